"""退回修改函: what is merged into it, what the desk words itself, and where it is written."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import Cancelled, InputError
from models.domain.letter_template import MERGE_FIELDS, LetterTemplate, merged
from models.domain.project import Unit
from models.domain.review import ReviewOutcome
from services.job import JobContext
from services.review.deciding import DecisionDraft, decide
from services.review.letter_files import LetterWish
from services.review.letter_wording import keep_contact, keep_wording, usual_wish, usual_wording
from services.review.letters import RETURN_LETTERS, letters
from services.review.remarks import RemarkDraft, remark
from services.review.return_slips import Returned, all_returned, issue_return_slips, waiting_for_slip
from services.review.rules import review_rule
from services.workspaces import Workspace
from tests.services.county import County

OFFICE = DeskUser("U1", "李文", (UserRole.OFFICE_REVIEWER,))
RETURN = DecisionDraft(ReviewOutcome.RETURN, "请按意见修改。")
WISH = LetterWish(LetterTemplate(), "示财绩函〔2026〕12号", "李文", "0551-1234567")


@pytest.fixture
def back(county: County, town: Workspace) -> tuple[Returned, ...]:
    """A filing of the town, returned with two remarks."""
    (filing_id,) = county.filled(town)
    county.accepted(town, [filing_id])
    remark(
        county.bureau,
        OFFICE,
        filing_id,
        RemarkDraft("annual_target", "年度目标", "请写明里程", "", "50 公里"),
    )
    remark(county.bureau, OFFICE, filing_id, RemarkDraft("", "", "请核对字号", is_compulsory=False))
    decide(county.bureau, OFFICE, filing_id, 0, RETURN)
    return all_returned(county.bureau)


def test_one_letter_says_what_was_returned_and_what_to_do(county: County, back: tuple[Returned, ...]):
    (one,) = letters(county.bureau, back, WISH)
    letter, (item,) = one.letter, back
    assert (letter.sender, letter.number) == (county.bureau.profile.unit.name, "示财绩函〔2026〕12号")
    assert letter.title == f"关于退回修改{item.title}的函"
    assert letter.salutation == f"{item.unit.name}："
    assert "有1份需要修改完善" in letter.paragraphs[0]
    assert "3条审核意见" in letter.paragraphs[0]
    assert "于2026年9月6日前" in letter.paragraphs[1]
    assert not any("{" in text for text in (letter.title, *letter.paragraphs))
    assert letter.note == "联系人：李文；联系电话：0551-1234567"
    assert letter.dated == "2026年9月1日"
    first, *remarks = letter.enclosed.rows
    assert first[0] == "1"
    assert item.subject in first[1]
    assert first[2:] == ("总体意见", "请按意见修改。", "请修改后重新报送")
    assert [row[:2] for row in remarks] == [("", "")] * 2
    by_place = {row[2]: row[3:] for row in remarks}
    assert by_place["年度目标"] == ("请写明里程", "建议改为：50 公里\n请修改，或答复说明理由")
    assert by_place["全表"] == ("请核对字号", "供修改时参考")


def test_the_days_count_from_the_slip_and_told_ones_stay_on_the_list(
    county: County, back: tuple[Returned, ...]
):
    assert back == waiting_for_slip(county.bureau)
    issue_return_slips(county.bureau, back, county.keys.bureau, county.stick, JobContext())
    assert waiting_for_slip(county.bureau) == ()
    (told,) = all_returned(county.bureau)
    assert told.told_at == county.tools.clock.now()
    earlier = replace(told, told_at=told.told_at.replace(year=2025))
    (one,) = letters(county.bureau, [earlier], WISH)
    assert one.answer_by.isoformat() == "2025-09-06"


def test_letters_are_written_one_a_unit_or_in_one_file(county: County, back: tuple[Returned, ...]):
    (item,) = back
    other = replace(item, unit=Unit("999", "另一/单位"))
    paths = RETURN_LETTERS.write(
        county.bureau, [item, other], WISH, county.stick, JobContext(), in_one_file=False
    )
    assert [path.name for path in paths] == [
        f"退回修改函_{item.unit.code}_{item.unit.name}_20260901.pdf",
        "退回修改函_999_另一_单位_20260901.pdf",
    ]
    (whole,) = RETURN_LETTERS.write(
        county.bureau, [item, other], WISH, county.stick, JobContext(), in_one_file=True
    )
    (again,) = RETURN_LETTERS.write(county.bureau, [item], WISH, county.stick, JobContext(), in_one_file=True)
    assert whole.read_bytes() == "letters|2|演示数据".encode()
    assert whole != again
    with county.bureau.store.reading() as work:
        said = [entry.what for entry in work.audit.oldest_first() if entry.action == "return_letter"]
    assert len(said) == 5
    with pytest.raises(InputError, match="没有选择单位"):
        RETURN_LETTERS.write(county.bureau, [], WISH, county.stick, JobContext(), in_one_file=True)


def test_stopping_keeps_what_was_written(county: County, back: tuple[Returned, ...]):
    job = JobContext()
    units = [replace(back[0], unit=Unit(str(n), f"单位{n}")) for n in range(3)]
    seen: list[str] = []

    def step(done: int, _total: int, text: str) -> None:
        seen.append(text)
        if done == 1:
            raise Cancelled

    job.step = step  # type: ignore[method-assign]
    with pytest.raises(Cancelled):
        RETURN_LETTERS.write(county.bureau, units, WISH, county.stick, job, in_one_file=False)
    assert seen == ["单位0", "单位1"]
    assert len(list(county.stick.glob("退回修改函*"))) == 1


def test_the_desk_words_its_own_letters(county: County, back: tuple[Returned, ...]):
    desk, usual = county.bureau, usual_wording(county.bureau)
    assert usual_wish(desk).template == usual
    own = replace(usual, opening="{单位}：{联系人}在{审核单位}等你们。\n第二段。", ending="")
    keep_wording(desk, own)
    keep_contact(desk, WISH)
    wish = usual_wish(desk)
    assert (wish.template, wish.number, wish.contact_name, wish.contact_phone) == (
        own,
        "",
        "李文",
        "0551-1234567",
    )
    (one,) = letters(desk, back, wish)
    assert one.letter.paragraphs[:2] == (
        f"{back[0].unit.name}：李文在{desk.profile.unit.name}等你们。",
        "第二段。",
    )
    keep_wording(desk, usual)
    with desk.store.reading() as work:
        assert work.settings.get("return_letter") is None


def test_the_kit_words_the_letters_of_a_desk_without_a_wording(county: County):
    kit = county.bureau.current_kit().kit
    own = LetterTemplate(title="退件函")
    county.issued(template=replace(kit, review=replace(review_rule(kit), return_letter=own)))
    assert usual_wish(county.bureau).template == own


def test_a_field_nobody_knows_is_named(county: County, back: tuple[Returned, ...]):
    wrong = LetterTemplate(title="{单为}的函", closing="{期限} {} {单为}")
    assert wrong.unknown_fields == ("单为", "")
    with pytest.raises(InputError, match="单为"):
        keep_wording(county.bureau, wrong)
    with pytest.raises(InputError, match="单为"):
        RETURN_LETTERS.write(
            county.bureau, back, replace(WISH, template=wrong), county.stick, JobContext(), in_one_file=True
        )
    assert list(county.stick.glob("退回修改函*")) == []


def test_what_is_merged_in_is_not_read_for_fields_again():
    assert (
        merged("{单位}，{期限}前，{没有}", {"单位": "{期限}镇", "期限": "明天"}) == "{期限}镇，明天前，{没有}"
    )
    assert LetterTemplate().unknown_fields == ()
    assert LetterTemplate(opening="".join(f"{{{name}}}" for name in MERGE_FIELDS)).unknown_fields == ()


@pytest.mark.parametrize("kept", [7, "x", {"title": 3}, {"title": "新题"}, {"andere": "x"}])
def test_a_wording_kept_by_anybody_is_read_as_far_as_it_goes(county: County, kept: object):
    with county.bureau.store.writing() as work:
        work.settings.put("return_letter", json.loads(json.dumps(kept)))
        work.commit()
    template = usual_wish(county.bureau).template
    wanted = "新题" if kept == {"title": "新题"} else usual_wording(county.bureau).title
    assert template == replace(usual_wording(county.bureau), title=wanted)
