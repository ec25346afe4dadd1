"""绩效目标批复函: what is approved is told with its amount, goals and indicators; how it is worded and written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from models.domain.approval import Approval
from models.domain.errors import InputError
from models.domain.letter_template import APPROVAL_FIELDS, ApprovalLetterTemplate, LetterTemplate
from models.domain.project import Unit
from services.job import JobContext
from services.review.approval_letters import APPROVAL_LETTERS, approval_letters
from services.review.approval_messages import Approved
from services.review.letter_files import LetterWish
from services.review.letter_wording import keep_wording, usual_wish
from tests.services.county import County

TOWN, SCHOOL = Unit("820001", "示例县柳林镇人民政府"), Unit("205002", "示例县第一实验小学")
TARGET, OVERALL = "performance_target", "overall_expenditure_target"
ROWS = (
    {"third_level": "养护里程", "comparator": "≥", "planned_value": "12", "measure_unit": "公里"},
    {"third_level": "路面清洁", "comparator": "定性", "planned_value": "整洁"},
)
WISH = LetterWish(ApprovalLetterTemplate(), "示财绩函〔2026〕20号", "李文", "0551-1234567")


def approved(
    unit: Unit, project: str, fen: int | None, *, subject: str = "", title: str = "绩效目标"
) -> Approved:
    """A target with an amount, or without money for None."""
    form_id = TARGET if project else OVERALL
    answers: dict[str, Any] = {"annual_target": "养护 12 公里", "indicators": ROWS}
    approval = Approval(
        unit.code,
        project,
        2027,
        form_id,
        "示财预〔2026〕9号",
        date(2026, 8, 20),
        fen,
        answers,
        None,  # type: ignore[arg-type]
    )
    filing: Any = SimpleNamespace(filing_id=f"{unit.code}{project}", project_id=project, budget_year=2027)
    return Approved(filing, unit, subject or project or unit.name, title, None if fen is None else approval)


def test_a_letter_names_every_project_with_amount_goal_and_indicators(county: County) -> None:
    items = [approved(TOWN, "农村公路养护", 1_020_900_00), approved(TOWN, "人居环境整治", None)]
    (one,) = approval_letters(county.bureau, items, WISH)
    letter = one.letter
    assert (letter.number, letter.title) == ("示财绩函〔2026〕20号", "关于批复2027年绩效目标的函")
    assert "根据示财预〔2026〕9号，" in letter.paragraphs[0]
    assert "共1项、102.09万元" in letter.paragraphs[0]
    assert not any("{" in text for text in (letter.title, letter.salutation, *letter.paragraphs))
    assert letter.note == "联系人：李文；联系电话：0551-1234567"
    assert letter.enclosed.rows == (
        ("1", "人居环境整治\n绩效目标", "未安排预算", "—", "—"),
        ("2", "农村公路养护\n绩效目标", "102.09", "年度目标", "养护 12 公里"),
        ("", "", "", "养护里程", "≥12公里"),
        ("", "", "", "路面清洁", "整洁"),
    )
    assert len(letter.enclosed.head) == len(letter.enclosed.widths) == 5


def test_a_letter_goes_to_each_unit_that_got_money_and_money_counts_once(county: County) -> None:
    items = [
        approved(TOWN, "", 3_000_000_00),
        approved(TOWN, "农村公路养护", 1_000_000_00),
        approved(TOWN, "农村公路养护", 1_000_000_00, title="目标调整"),
        approved(SCHOOL, "", 20_000_00),
        approved(Unit("301001", "示例县民政局"), "福利", None),
    ]
    school, town = approval_letters(county.bureau, items, WISH)
    assert (school.unit, town.unit) == (SCHOOL, TOWN)
    assert (school.amount_fen, town.amount_fen) == (20_000_00, 1_000_000_00)
    assert [row[0] for row in town.letter.enclosed.rows if row[0]] == ["1", "2"]
    assert town.letter.enclosed.rows[0][3] == "年度总体目标"


def test_the_bureau_words_it_apart_from_the_letters_of_return(county: County) -> None:
    bureau = county.bureau
    assert usual_wish(bureau, ApprovalLetterTemplate).template == ApprovalLetterTemplate()
    with pytest.raises(InputError, match=r"\{退回件数\}"):
        keep_wording(bureau, ApprovalLetterTemplate(opening="{退回件数}"))
    own = ApprovalLetterTemplate(opening="".join(f"{{{name}}}" for name in APPROVAL_FIELDS))
    keep_wording(bureau, own)
    assert usual_wish(bureau, ApprovalLetterTemplate).template == own
    assert usual_wish(bureau).template == LetterTemplate()
    (one,) = approval_letters(
        bureau, [approved(TOWN, "农村公路养护", 100)], replace(WISH, template=own, number="{单位}")
    )
    assert "{" not in one.letter.paragraphs[0]
    assert one.letter.number == TOWN.name


def test_it_is_written_beside_what_is_there_and_told_in_the_log(county: County) -> None:
    bureau, items = county.bureau, [approved(TOWN, "农村公路养护", 100_00)]
    for ending in ("", "（2）"):
        (path,) = APPROVAL_LETTERS.write(bureau, items, WISH, county.stick, JobContext(), in_one_file=False)
        assert path.name == f"绩效目标批复函_820001_{TOWN.name}_20260901{ending}.pdf"
        assert path.read_bytes().startswith(b"letters|1|")
    with bureau.store.reading() as work:
        said = [entry.what for entry in work.audit.oldest_first() if entry.action == "approval_letter"]
    assert said == ["生成绩效目标批复函，1 份表"] * 2
    with pytest.raises(InputError, match="没有选择单位"):
        APPROVAL_LETTERS.write(bureau, [], WISH, county.stick, JobContext(), in_one_file=True)
