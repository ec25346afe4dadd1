"""What differs is told as the form shows it; the code that follows from the data is no difference."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from forms.hand_filled.grid import GridCell, SheetGrid
from forms.sheet import Cell, CellRole, Orientation, Sheet
from services.tamper_cells import Change, Drawing, _with_moved_rows, book_changes, text_changes
from services.tamper_rows import paired_rows
from services.tamper_words import changed_in_data

TOTAL, SCORE = (
    Cell(0, 1, None, role, number_format=form, place=place)
    for role, form, place in (
        (CellRole.AMOUNT, "#,##0.00####", "total_fen"),
        (CellRole.NUMBER, "0.0", "score"),
    )
)
SHEET = Sheet("目标表", "", "", (), (), Orientation.PORTRAIT)
NAMES = {"total_fen": "“年度资金总额”", "score": "“自评总分”"}


def grid(total: GridCell, score: GridCell) -> SheetGrid:
    return SheetGrid("", "目标表", {(1, 2): total, (2, 2): score})


def number(text: str) -> GridCell:
    return GridCell(text, Decimal(text))


def drawing(came: SheetGrid) -> Drawing:
    """A form with an amount and a score, 1,020.90 万元 and 95.0; what is read from bytes is what came."""
    drawn = grid(number("1020.9"), number("95"))
    tools: Any = SimpleNamespace(
        hand_filled=SimpleNamespace(read_content=lambda content, _name: (came if content else drawn,)),
        documents=SimpleNamespace(
            workbook=lambda _sheets, _marks: b"",
            workbook_places=lambda _sheets: {("目标表", 1, 2): TOTAL, ("目标表", 2, 2): SCORE},
        ),
    )
    return Drawing(tools, (SHEET,), lambda path: NAMES[path], "万元")


DRAWING = drawing(grid(number("1"), number("1")))


@pytest.mark.parametrize(
    ("came", "told"),
    [
        (grid(number("1120900"), number("95")), ("“年度资金总额”", "1,020.90 万元", "1,120,900.00 万元")),
        (grid(GridCell("见附件"), number("95")), ("“年度资金总额”", "1,020.90 万元", "见附件")),
        (grid(number("1020.9000001"), number("95")), ("“年度资金总额”", "1020.9", "1020.9000001")),
        (grid(number("1020.9"), number("98.5")), ("“自评总分”", "95.0", "98.5")),
    ],
)
def test_a_number_reads_as_the_form_shows_it(came: SheetGrid, told: tuple[str, str, str]) -> None:
    assert book_changes(drawing(came), b"came") == [Change(*told)]


def test_a_printed_amount_is_known_by_what_the_page_shows() -> None:
    assert text_changes(DRAWING, ["1,020.90", "95.0"], ["1,920.90", "59.0"]) == [
        Change("“年度资金总额”", "1,020.90 万元", "1,920.90 万元"),
        Change("“自评总分”", "95.0", "59.0"),
    ]


def test_the_code_at_the_foot_is_no_change() -> None:
    drawn, came = (["152.88", f"核对码：{code}"] for code in ("RK6N ZYMQ FX3Y 2LTS", "4TWT EQXL ACAX NNXP"))
    assert text_changes(DRAWING, drawn, came) == []


def test_a_word_in_capitals_is_one() -> None:
    assert text_changes(DRAWING, ["GB", "RK6N ZYMQ"], ["GB", "RK6N FX3Y"]) == [
        Change("有一处文字", "RK6N ZYMQ", "RK6N FX3Y")
    ]


def rows(*texts: str) -> SheetGrid:
    """A worksheet of one row per text, its letters in columns of their own."""
    cells = {(n, c): GridCell(one) for n, row in enumerate(texts, 1) for c, one in enumerate(row, 1)}
    return SheetGrid("", "目标表", cells)


@pytest.mark.parametrize(
    ("came", "pairs"),
    [
        (("甲子丑", "乙寅卯", "丙辰巳"), [(1, 1), (2, 2), (3, 3)]),
        (("甲子丑", "乙寅午", "丙辰巳"), [(1, 1), (2, 2), (3, 3)]),
        (("甲子丑", "丙辰巳"), [(1, 1), (2, 0), (3, 2)]),
        (("甲子丑", "新旧", "乙寅卯", "丙辰未"), [(1, 1), (0, 2), (2, 3), (3, 4)]),
        (("乙寅卯", "丙辰巳", "甲子丑"), [(1, 0), (2, 1), (3, 2), (0, 3)]),
    ],
)
def test_rows_are_found_again_where_others_came_or_went(
    came: tuple[str, ...], pairs: list[tuple[int, int]]
) -> None:
    assert paired_rows(rows("甲子丑", "乙寅卯", "丙辰巳"), rows(*came)) == pairs


def test_a_row_that_moved_is_told_once() -> None:
    came = Change("一行", "", "里程", is_whole=True), Change("第 3 行“里程”", "里程", "", is_whole=True)
    (moved,) = _with_moved_rows(came)
    assert changed_in_data(moved) == "第 3 行“里程”换了位置或归类"
    assert [changed_in_data(one) for one in came] == ["少了一行“里程”", "多了第 3 行“里程”"]


@pytest.mark.parametrize(
    ("drawn", "came", "known"),
    [
        (["处理率不低于", "95%，下降"], ["处理率不低", "于95%，下降"], ()),
        (["1—N月执行数"], ["1—7月执行数"], ()),
        (["95.0"], ["按3号批复", "95.0"], ("按3号批复",)),
    ],
)
def test_what_the_background_gives_is_no_change_of_a_pdf(
    drawn: list[str], came: list[str], known: tuple[str, ...]
) -> None:
    assert text_changes(DRAWING, drawn, came, known) == []


def test_a_line_above_the_table_is_no_change_of_the_data() -> None:
    came = SheetGrid(
        "", "目标表", {(1, 1): GridCell("按3号批复"), (2, 2): number("1020.9"), (3, 2): number("9")}
    )
    assert book_changes(drawing(came), b"came") == [Change("“自评总分”", "95.0", "9.0")]
