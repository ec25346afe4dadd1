"""Forms handed out and taken back: what stands in the workbook, and how three versions meet."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from forms.hand_back import merge_offers
from forms.offers import Offer, OfferKind, applied
from models.domain.errors import InputError
from services import filings, hand_outs
from services.filings import OpenFiling
from services.hand_outs import HandOutWish
from services.workspaces import Workspace

pytestmark = pytest.mark.wide

ALL = ("basics", "funds", "targets", "indicators")
ROW = {
    "row_id": "r1",
    "first_level": "output",
    "second_level": "quantity",
    "third_level": "养护里程",
    "comparator": "≥",
    "planned_value": "12",
    "measure_unit": "公里",
    "direction": "positive",
}


@pytest.fixture
def opened(town: Workspace) -> OpenFiling:
    task = next(t for t in town.current_kit().kit.tasks if t.form_id == "performance_target")
    with town.store.reading() as work:
        project = work.projects.list(town.profile.unit.code)[0]
    blank = filings.open_filing(town, task.task_id, project.project_id)
    answers = {**blank.filing.answers, "annual_fiscal_fen": 12345600, "indicators": [ROW]}
    return filings.save_draft(town, blank, answers, {})


def cell_of(sheet: Worksheet, mark: str, column: int = 3):
    row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == mark)
    return sheet.cell(row, column)


def column_of(sheet: Worksheet, key: str) -> int:
    head = next(
        row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, 1).value).startswith("columns:")
    )
    return next(c for c in range(2, sheet.max_column + 1) if sheet.cell(head, c).value == key)


class Sent:
    """A workbook handed out, filled in by somebody with a spreadsheet."""

    def __init__(
        self, desk: Workspace, opened: OpenFiling, folder: Path, steps: tuple[str, ...] = ALL
    ) -> None:
        self.desk = desk
        self.done = hand_outs.hand_out(desk, opened, HandOutWish(steps, "陈勇", "9月10日"), folder)
        self.book = load_workbook(self.done.path)
        self.fields, self.rows = self.book.worksheets[0], self.book["年度绩效指标"]

    def field(self, key: str):
        return cell_of(self.fields, f"field:{key}")

    def cell(self, row_mark: str, key: str):
        return cell_of(self.rows, row_mark, column_of(self.rows, key))

    def new_row(self, **values: str) -> None:
        mark = next(
            str(self.rows.cell(row, 1).value)
            for row in range(1, self.rows.max_row + 1)
            if str(self.rows.cell(row, 1).value).startswith("new:")
            and not self.rows.cell(row, column_of(self.rows, "third_level")).value
        )
        for key, value in values.items():
            self.cell(mark, key).value = value

    def back(self, now: OpenFiling) -> tuple[Offer, ...]:
        self.book.save(self.done.path)
        taken = hand_outs.take_back(self.desk, now, self.done.path)
        assert taken.back.person == "陈勇"
        return merge_offers(now.form, now.context, taken.given, now.filing.answers, taken.back)


@pytest.fixture
def sent(town: Workspace, opened: OpenFiling, tmp_path: Path) -> Sent:
    return Sent(town, opened, tmp_path)


def by_place(offers: tuple[Offer, ...]) -> dict[str, Offer]:
    return {offer.place.path: offer for offer in offers}


class TestTheWorkbook:
    def test_only_what_is_to_be_filled_in_is_open(self, sent: Sent) -> None:
        assert all(sheet.protection.sheet for sheet in sent.book.worksheets)
        assert sent.book.security.lockStructure
        assert not sent.field("annual_target").protection.locked
        assert sent.field("project_name").protection.locked
        assert sent.fields["B1"].protection.locked
        assert not sent.cell("row:r1", "planned_value").protection.locked

    def test_money_is_a_number_and_texts_stay_texts(
        self, town: Workspace, opened: OpenFiling, tmp_path: Path
    ) -> None:
        tricky = {
            **opened.filing.answers,
            "annual_target": '=HYPERLINK("http://x","y")',
            "project_code": "00123",
        }
        changed = filings.save_draft(town, opened, tricky, {})
        sent = Sent(town, changed, tmp_path)
        assert (sent.field("annual_fiscal_fen").value, sent.field("annual_fiscal_fen").data_type) == (
            12.3456,
            "n",
        )
        assert sent.field("annual_target").data_type == "s"
        assert sent.field("annual_target").quotePrefix
        assert not any(
            c.data_type == "f" for s in sent.book.worksheets for line in s.iter_rows() for c in line
        )

    def test_choices_and_helps_stand_on_the_cells(self, sent: Sent) -> None:
        cell = sent.cell("row:r1", "second_level")
        found = [v for v in sent.rows.data_validations.dataValidation if cell.coordinate in v.sqref]
        assert [v.type for v in found] == ["list"]
        assert "数量指标" in str(found[0].formula1)
        target = sent.field("annual_target")
        helps = [v for v in sent.fields.data_validations.dataValidation if target.coordinate in v.sqref]
        assert "做成什么" in str(helps[0].prompt)

    def test_steps_not_handed_out_are_closed(
        self, town: Workspace, opened: OpenFiling, tmp_path: Path
    ) -> None:
        sent = Sent(town, opened, tmp_path, ("targets",))
        assert sent.field("annual_fiscal_fen").protection.locked
        assert sent.cell("row:r1", "planned_value").protection.locked
        assert not sent.field("annual_target").protection.locked
        sent.field("annual_fiscal_fen").value = 99
        assert sent.back(opened) == ()

    def test_the_file_of_before_is_never_overwritten(
        self, town: Workspace, opened: OpenFiling, tmp_path: Path
    ) -> None:
        one, other = Sent(town, opened, tmp_path), Sent(town, opened, tmp_path)
        assert one.done.path != other.done.path
        assert [note.person for note in hand_outs.notes(town, opened.filing.filing_id)] == ["陈勇", "陈勇"]

    def test_a_form_nobody_has_saved_is_saved_first(self, town: Workspace, tmp_path: Path) -> None:
        task = next(t for t in town.current_kit().kit.tasks if t.form_id == "overall_expenditure_target")
        blank = filings.open_filing(town, task.task_id)
        assert blank.is_new
        done = hand_outs.hand_out(town, blank, HandOutWish(("basics", "tasks"), "", ""), tmp_path)
        assert not done.opened.is_new
        assert hand_outs.take_back(town, done.opened, done.path).given == done.opened.filing.answers

    def test_nothing_chosen_and_a_sealed_form(
        self, town: Workspace, opened: OpenFiling, tmp_path: Path
    ) -> None:
        with pytest.raises(InputError, match="没有选择"):
            hand_outs.hand_out(town, opened, HandOutWish(()), tmp_path)


class TestComingBack:
    def test_untouched_changes_nothing(self, sent: Sent, opened: OpenFiling) -> None:
        assert sent.back(opened) == ()

    def test_what_only_they_changed_is_taken(self, sent: Sent, opened: OpenFiling) -> None:
        sent.field("annual_target").value = "完成 12 公里村道养护"
        sent.field("annual_fiscal_fen").value = 20.5
        sent.cell("row:r1", "planned_value").value = "14"
        offers = by_place(sent.back(opened))
        assert all(offer.is_chosen and not offer.is_clash for offer in offers.values())
        assert offers["annual_fiscal_fen"].value == 20500000
        after = applied(opened.filing.answers, offers.values())
        assert after["annual_target"] == "完成 12 公里村道养护"
        assert after["indicators"] == [{**ROW, "planned_value": "14"}]

    def test_what_both_changed_is_asked_first(self, town: Workspace, sent: Sent, opened: OpenFiling) -> None:
        mine = filings.save_draft(
            town, opened, {**opened.filing.answers, "annual_target": "本机写的", "annual_other_fen": 100}, {}
        )
        sent.field("medium_term_target").value = "三年目标"
        sent.field("annual_target").value = "他们写的"
        offers = sent.back(mine)
        assert [offer.place.path for offer in offers] == ["annual_target", "medium_term_target"]
        assert (offers[0].is_clash, offers[0].is_chosen) == (True, False)
        assert (offers[0].now, offers[0].offered) == ("本机写的", "他们写的")

    def test_the_same_change_on_both_sides_is_no_question(
        self, town: Workspace, sent: Sent, opened: OpenFiling
    ) -> None:
        mine = filings.save_draft(town, opened, {**opened.filing.answers, "annual_target": "一样"}, {})
        sent.field("annual_target").value = "一样"
        assert sent.back(mine) == ()

    def test_rows_added_and_emptied(self, sent: Sent, opened: OpenFiling) -> None:
        for key in (
            "first_level",
            "second_level",
            "third_level",
            "comparator",
            "planned_value",
            "measure_unit",
        ):
            sent.cell("row:r1", key).value = None
        if "direction" in [sent.rows.cell(4, c).value for c in range(2, 12)]:
            sent.cell("row:r1", "direction").value = None
        sent.new_row(
            first_level="产出指标",
            second_level="质量指标",
            third_level="优良率",
            comparator="≥",
            planned_value="85",
        )
        offers = sent.back(opened)
        assert {offer.kind for offer in offers} == {OfferKind.LOST_ROW, OfferKind.NEW_ROW}
        rows = applied(opened.filing.answers, [o for o in offers if o.is_chosen])["indicators"]
        assert [(row["third_level"], row["second_level"], row["planned_value"]) for row in rows] == [
            ("优良率", "quality", "85")
        ]

    def test_a_row_deleted_here_meanwhile_is_asked_about(
        self, town: Workspace, sent: Sent, opened: OpenFiling
    ) -> None:
        mine = filings.save_draft(town, opened, {**opened.filing.answers, "indicators": []}, {})
        assert sent.back(mine) == ()
        sent.cell("row:r1", "planned_value").value = "20"
        (offer,) = sent.back(mine)
        assert (offer.kind, offer.is_clash, offer.is_chosen) == (OfferKind.NEW_ROW, True, False)

    def test_what_cannot_be_read_is_kept_as_written(self, sent: Sent, opened: OpenFiling) -> None:
        sent.field("annual_other_fen").value = "大约十万"
        (offer,) = sent.back(opened)
        assert offer.value == "大约十万"

    def test_a_formula_nobody_calculated_is_named_not_taken_for_empty(self, sent: Sent) -> None:
        cell = sent.cell("row:r1", "planned_value")
        cell.value = "=10+2"
        sent.book.save(sent.done.path)
        with pytest.raises(InputError, match=f"单元格 {cell.coordinate} 是公式，文件里没有它的计算结果"):
            hand_outs.take_back(sent.desk, sent.done.opened, sent.done.path)

    def test_another_form_and_a_foreign_file(
        self, town: Workspace, sent: Sent, opened: OpenFiling, tmp_path: Path
    ) -> None:
        with town.store.reading() as work:
            project = work.projects.list(town.profile.unit.code)[1]
        other = filings.open_filing(town, opened.filing.task_id, project.project_id)
        with pytest.raises(InputError, match="请先打开那份表"):
            hand_outs.take_back(town, other, sent.done.path)
        sent.book.remove(sent.book["程序识别"])
        sent.book.save(tmp_path / "别的.xlsx")
        with pytest.raises(InputError, match="不是本程序分发"):
            hand_outs.take_back(town, opened, tmp_path / "别的.xlsx")

    def test_when_nobody_remembers_what_was_given_everything_is_asked(
        self, sent: Sent, opened: OpenFiling
    ) -> None:
        sent.field("annual_target").value = "他们写的"
        sent.book.save(sent.done.path)
        back = hand_outs.take_back(sent.desk, opened, sent.done.path).back
        offers = merge_offers(opened.form, opened.context, None, opened.filing.answers, back)
        assert [(offer.place.path, offer.is_clash) for offer in offers] == [("annual_target", True)]


def test_who_filled_in_what_is_in_the_history(town: Workspace, opened: OpenFiling) -> None:
    theirs = {"annual_target": ("他们写的", hand_outs.author_words(" 陈勇 "))}
    both = {**opened.filing.answers, "annual_target": "他们写的", "medium_term_target": "我写的"}
    saved = filings.save_draft(town, opened, both, {}, authors=theirs)
    (change,) = filings.history(town, saved.filing.filing_id, "annual_target")
    assert change.changed_by == "陈勇（分发填写）"
    (mine,) = filings.history(town, saved.filing.filing_id, "medium_term_target")
    assert mine.changed_by == town.profile.person_name
    filings.save_draft(town, saved, {**both, "annual_target": "我又改了"}, {}, authors=theirs)
    assert (
        filings.history(town, saved.filing.filing_id, "annual_target")[0].changed_by
        == town.profile.person_name
    )
