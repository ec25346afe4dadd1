"""An office without the program: its sheet out, filled in, read back, noted; whatever does not fit is left out and said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from models.domain.desk_user import DeskUser, UserRole
from models.domain.errors import InputError
from models.domain.filing import FilingStatus
from models.domain.review import ReviewLevel, ReviewOutcome
from services.audit_log import newest
from services.permissions import NotAllowed
from services.ports.store import FilingFigures
from services.review.deciding import DecisionDraft, decide
from services.review.opinion_sheet import waiting_offices, write_sheet
from services.review.opinion_sheet_back import OpinionPreview, read_sheet
from services.review.opinion_sheet_merging import merge_sheet
from services.review.queue import line_of
from services.review.reassigning import Target, reassign_unit
from services.workspaces import Workspace
from tests.services.county import TOWN, County, kept

pytestmark = pytest.mark.wide

LEAD = DeskUser("U1", "周明", (UserRole.PERFORMANCE_REVIEWER,))
OFFICE = DeskUser("U2", "王芳", (UserRole.OFFICE_REVIEWER,), "农业股")
GOOD = {
    "outcome": "审核通过",
    "points": "92",
    "opinion": "目标明确，同意。",
    "reviewer": "孙立",
    "date": "2026年7月3日",
}


@pytest.fixture
def sent(county: County, town: Workspace) -> list[str]:
    """Everything of the town waits for one office."""
    ids = [i for i in county.filled(town, 4) if kept(town, i).project_id][:3]
    county.accepted(town, ids)
    reassign_unit(county.bureau, LEAD, TOWN, Target("农业股", "", "都由农业股管理"))
    return ids


@pytest.fixture
def sheet(county: County, sent: list[str]) -> Path:
    assert waiting_offices(county.bureau) == (("农业股", 3),)
    return write_sheet(county.bureau, LEAD, "农业股", county.stick)


def columns(page: Worksheet) -> tuple[int, dict[str, int]]:
    """The row of keys, and where each column is."""
    row = next(cell.row for cell in page["A"] if str(cell.value).startswith("columns:"))
    return row, {str(cell.value): cell.column for cell in page[row] if cell.value and cell.column > 1}


def filled(path: Path, *rows: dict[str, object], change: Callable[[Worksheet], None] | None = None) -> Path:
    """The sheet as an office gives it back."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    head, places = columns(page)
    for number, row in enumerate(rows):
        for key, value in row.items():
            page.cell(head + 2 + number, places[key]).value = value  # type: ignore[assignment]
    if change:
        change(page)
    back = path.with_name("back.xlsx")
    book.save(back)
    return back


def shown(path: Path) -> list[str]:
    """Projects in the order of the rows."""
    page = openpyxl.load_workbook(path).worksheets[0]
    head, places = columns(page)
    return [str(page.cell(head + 2 + n, places["project"]).value) for n in range(page.max_row - head - 1)]


def problems(preview: OpinionPreview) -> list[str]:
    return [row.problem for row in preview.rows]


def test_out_filled_in_and_noted(county: County, sent: list[str], sheet: Path):
    back = filled(sheet, GOOD, {**GOOD, "outcome": "退回修改", "points": "70", "opinion": "请补充指标。"})
    preview = read_sheet(county.bureau, back)
    assert (preview.office, preview.blank, preview.left_out) == ("农业股", 1, ())
    first, second = preview.ready
    assert first.words == "审核通过　92 分　优　目标明确，同意。　孙立 2026年7月3日"
    result = merge_sheet(county.bureau, LEAD, preview, preview.ready)
    assert (result.decided, result.refused) == ((first.filing_id, second.filing_id), ())
    line = line_of(county.bureau, first.filing_id)
    assert line is not None
    said = line.last_decision(ReviewLevel.OFFICE)
    assert said is not None
    assert (said.outcome, said.decided_by, said.points, said.grade) == (
        ReviewOutcome.PASS,
        "孙立（农业股）",
        "92",
        "优",
    )
    assert said.is_signed_elsewhere
    assert said.opinion == "目标明确，同意。（据股室审核意见表登记：孙立 2026年7月3日审核，周明登记）"
    assert line.file.level is ReviewLevel.PERFORMANCE
    assert kept(county.bureau, second.filing_id).status is FilingStatus.RETURNED
    assert "农业股的股室审核意见表登记审核意见 2 份" in newest(county.bureau)[0].what


def test_a_second_time_changes_nothing(county: County, sheet: Path):
    back = filled(sheet, GOOD)
    preview = read_sheet(county.bureau, back)
    merge_sheet(county.bureau, LEAD, preview, preview.ready)
    again = read_sheet(county.bureau, back)
    assert (again.ready, again.blank) == ((), 2)
    assert again.left_out[0].problem == "已据股室审核意见表登记过：审核通过"
    before = county.bureau.store.state.snapshot()  # type: ignore[attr-defined]
    late = merge_sheet(county.bureau, LEAD, preview, preview.ready)
    assert "另一位审核人员" in late.refused[0][1]
    assert vars(county.bureau.store.state.snapshot()) == vars(before)  # type: ignore[attr-defined]


def test_of_two_who_merge_the_slower_is_told(county: County, sheet: Path):
    preview = read_sheet(county.bureau, filled(sheet, GOOD, GOOD))
    first, second = preview.ready
    decide(county.bureau, OFFICE, first.filing_id, 0, DecisionDraft(ReviewOutcome.PASS, "看过。"))
    result = merge_sheet(county.bureau, LEAD, preview, preview.ready)
    assert (result.decided, result.refused[0][0]) == ((second.filing_id,), first.filing_id)
    line = line_of(county.bureau, first.filing_id)
    assert line is not None
    assert [item.opinion for item in line.decisions] == ["看过。"]
    assert "已由王芳审核" in problems(read_sheet(county.bureau, filled(sheet, GOOD)))[0]


WRONG: tuple[tuple[dict[str, object], str], ...] = (
    ({"outcome": "同意"}, "审核意见“同意”不能识别，只能是审核通过、不予通过、退回修改"),
    ({"outcome": None}, "没有选择审核意见"),
    ({"points": "九十"}, "得分“九十”不是数字"),
    ({"points": 120}, "得分“120”不在 0 到 100 分之间"),
    ({"grade": "甲"}, "等次“甲”不能识别，只能是优、良、中、差"),
    ({"grade": "良"}, "按 92 分应评“优”，评的是“良”"),
    ({"points": "30"}, "评为“差”的绩效目标不能审核通过"),
    ({"outcome": "退回修改", "opinion": None}, "没有写明要改什么"),
    ({"reviewer": " "}, "没有填写审核人"),
    ({"date": "上周"}, "日期“上周”不能识别"),
    ({"date": "2026年2月30日"}, "不能识别"),
    ({"date": "2099-01-01"}, "晚于今天"),
    ({"opinion": "长" * 1001}, "超过 1000 字"),
    ({"points": "=90+2"}, "是公式"),
)


def test_what_an_office_wrote_wrong_is_left_out(county: County, sheet: Path):
    for changed, words in WRONG:
        preview = read_sheet(county.bureau, filled(sheet, {**GOOD, **changed}))
        assert preview.ready == (), changed
        assert words in preview.left_out[0].problem
        assert merge_sheet(county.bureau, LEAD, preview, preview.left_out).decided == ()


def test_rows_that_are_not_what_was_given_out(county: County, sheet: Path):
    def swap(page: Worksheet) -> None:
        """Two projects change places, one row is there twice, one is new."""
        head, places = columns(page)
        first, second, third = (head + 2 + number for number in range(3))
        one, other = page.cell(first, places["project"]), page.cell(second, places["project"])
        one.value, other.value = other.value, one.value
        for cell in page[third]:
            page.cell(third + 1, cell.column).value = cell.value
        page.cell(third + 2, places["outcome"]).value = "审核通过"

    preview = read_sheet(county.bureau, filled(sheet, GOOD, GOOD, GOOD, change=swap))
    assert preview.ready == ()
    told = problems(preview)
    assert all("无法确认是哪一份表" in words for words in (*told[:2], told[4]))
    assert all("有两行" in words for words in told[2:4])


def test_an_altered_mark_is_seen(county: County, sheet: Path, sent: list[str]):
    def alter(page: Worksheet) -> None:
        head, _ = columns(page)
        mark = str(page.cell(head + 2, 1).value)
        page.cell(head + 2, 1).value = mark.replace(":1:", ":2:")
        page.cell(head + 3, 1).value = "row:F000:1:0000000000000000"

    told = problems(read_sheet(county.bureau, filled(sheet, GOOD, GOOD, change=alter)))
    assert all("无法确认是哪一份表" in words for words in told[:2])


def test_a_newer_version_is_not_judged_by_an_old_sheet(county: County, sheet: Path, sent: list[str]):
    preview = read_sheet(county.bureau, filled(sheet, GOOD, GOOD))
    first, second = (row.filing_id for row in preview.ready)
    with county.bureau.store.writing() as work:
        for filing_id, changes in ((first, {"version": 2}), (second, {"answers": {"x": "1"}})):
            filing = kept(county.bureau, filing_id)
            changed = replace(filing, **changes)  # type: ignore[arg-type]
            work.filings.save(changed, FilingFigures(), expected_revision=filing.revision)
        work.commit()
    told = [why for _id, why in merge_sheet(county.bureau, LEAD, preview, preview.ready).refused]
    assert "已报送第 2 版，这一行审的是第 1 版" in told[0]
    assert "换成了另一份" in told[1]
    again = problems(read_sheet(county.bureau, county.stick / "back.xlsx"))
    assert "已报送第 2 版" in again[0]


def test_reassigned_since(county: County, sheet: Path, sent: list[str]):
    preview = read_sheet(county.bureau, filled(sheet, GOOD))
    reassign_unit(county.bureau, LEAD, TOWN, Target("社保股", "", "归口调整"))
    result = merge_sheet(county.bureau, LEAD, preview, preview.ready)
    assert "已改派给社保股" in result.refused[0][1]


def test_what_is_no_sheet_of_this_desk(county: County, sheet: Path, sent: list[str], tmp_path: Path):
    other = tmp_path / "other.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "单位"  # type: ignore[index]
    book.save(other)
    with pytest.raises(InputError, match="不是股室审核意见表"):
        read_sheet(county.bureau, other)
    with county.bureau.store.writing() as work:
        for key in [key for key in county.bureau.store.state.settings if key.startswith("opinion_sheet:")]:  # type: ignore[attr-defined]
            work.settings.put(key, None)
        work.commit()
    with pytest.raises(InputError, match="不是在本工作区生成的"):
        read_sheet(county.bureau, sheet)


def test_who_may(county: County, sheet: Path, sent: list[str]):
    preview = read_sheet(county.bureau, filled(sheet, GOOD))
    with pytest.raises(NotAllowed, match="王芳没有办理股室审核意见表的权限"):
        write_sheet(county.bureau, OFFICE, "农业股", county.stick)
    with pytest.raises(NotAllowed, match="王芳没有办理股室审核意见表的权限"):
        merge_sheet(county.bureau, OFFICE, preview, preview.ready)
    with pytest.raises(InputError, match="没有等社保股审核的表"):
        write_sheet(county.bureau, LEAD, "社保股", county.stick)


def test_nothing_in_it_is_run_and_only_what_is_asked_is_open(county: County, sheet: Path, sent: list[str]):
    state = county.bureau.store.state  # type: ignore[attr-defined]
    for project_id, project in state.projects.items():
        state.projects[project_id] = replace(project, name=f"=cmd|{project.name}")
    path = write_sheet(county.bureau, LEAD, "农业股", county.stick)
    assert path != sheet, "the one before is not written over"
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    assert not [cell for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert all(name.startswith("=cmd|") for name in shown(path))
    head, places = columns(page)
    opened = {key for key, column in places.items() if not page.cell(head + 2, column).protection.locked}
    assert opened == {"outcome", "points", "grade", "opinion", "reviewer", "date"}
    assert page.protection.sheet
    assert (page.column_dimensions["A"].hidden, page.row_dimensions[head].hidden) == (True, True)
    assert book.worksheets[1].sheet_state == "hidden"
    lists = {
        str(item.formula1): str(item.sqref)
        for item in page.data_validations.dataValidation
        if item.type == "list"
    }
    assert any("审核通过" in words and "退回修改" in words for words in lists)
    assert any("优" in words and "差" in words for words in lists)
    preview = read_sheet(county.bureau, filled(path, GOOD))
    assert len(preview.ready) == 1


@pytest.mark.judge
@pytest.mark.slow
def test_it_comes_back_from_libreoffice(county: County, sheet: Path, tmp_path: Path):
    """What another spreadsheet program saves is read like what was given out; locks and lists are still there."""
    from tests.documents.judges import converted

    filled(sheet, GOOD, {**GOOD, "outcome": "不予通过", "points": "40", "opinion": "没有依据。"})
    saved = converted([county.stick / "back.xlsx"], "xlsx", tmp_path)["back"]
    preview = read_sheet(county.bureau, saved)
    assert [row.draft.outcome.label for row in preview.ready if row.draft] == ["审核通过", "不予通过"]
    assert (preview.left_out, preview.blank) == ((), 1)
    page = openpyxl.load_workbook(saved).worksheets[0]
    assert page.protection.sheet
    assert sum(item.type == "list" for item in page.data_validations.dataValidation) == 2
    assert len(merge_sheet(county.bureau, LEAD, preview, preview.ready).decided) == 2
