"""Where tables break over pages: nothing lost, nothing cut, heads and labels again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from documents.pdf.font_book import FontBook
from documents.pdf.grid_layout import LaidGrid, lay_grid
from documents.pdf.page_division import GridPart, divide
from documents.pdf.page_style import PORTRAIT, GridStyle
from forms.sheet import Cell, CellRole, Orientation, Sheet
from tests.documents.samples import LONG_TEXT, SAMPLES, annual_form, pages_long_form
from tests.wide import core_when

pytestmark = pytest.mark.wide

ROOM = PORTRAIT.text_height


@pytest.fixture(scope="module")
def fonts():
    return FontBook()


def laid(sheet: Sheet, fonts: FontBook) -> LaidGrid:
    return lay_grid(sheet, PORTRAIT.text_width, GridStyle(), fonts)


def texts(part: GridPart) -> list[str]:
    return [cell.laid.text for cell in part.cells if cell.last > cell.first]


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("first", core_when((120.0).__eq__, [ROOM - 60, 300.0, 120.0]))
@pytest.mark.parametrize("after", [0.0, 60.0])
def test_every_line_stands_on_exactly_one_page_and_inside_its_cell(name, first, after, fonts):
    grid = laid(SAMPLES[name](), fonts)
    seen = defaultdict(list)
    for number, part in enumerate(divide(grid, first, ROOM, after)):
        assert part.height <= (first if number == 0 else ROOM) + 0.1
        for cell in part.cells:
            lines = cell.last - cell.first
            assert cell.laid.need(lines) <= cell.bottom - cell.top + 0.1 or cell.laid.is_label
            seen[id(cell.laid)].append((cell.first, cell.last))
    for cell in grid.cells:
        if not cell.is_label:
            assert [line for start, end in seen[id(cell)] for line in range(start, end)] == list(
                range(len(cell.lines))
            )


def test_head_rows_come_again_and_cut_labels_are_repeated(fonts):
    parts = divide(laid(annual_form(), fonts), ROOM - 60, ROOM, 60)
    assert len(parts) == 2
    later = texts(parts[1])
    assert {"一级指标", "二级指标", "三级指标", "分值"} <= set(later)
    assert "绩效指标" in later
    assert "项目名称" not in later
    first_level = [text for text in texts(parts[0]) + later if text == "产出指标"]
    assert len(first_level) == 2


def test_the_head_does_not_come_again_above_what_follows_the_table(fonts):
    sheet = annual_form()

    def second(until: int | None) -> GridPart:
        return divide(laid(replace(sheet, head_until=until), fonts), ROOM - 60, ROOM, 60)[1]

    begun = min(
        cell.laid.cell.row for cell in second(0).cells if cell.last > cell.first and not cell.laid.is_label
    )
    assert "三级指标" not in texts(second(begun))
    assert "三级指标" in texts(second(begun + 1))


def test_a_head_is_never_left_alone_at_the_foot_of_a_page(fonts):
    grid = laid(annual_form(), fonts)
    above = divide(grid, ROOM, ROOM)[0]
    head = next(cell for cell in above.cells if cell.laid.text == "三级指标")
    parts = divide(grid, head.bottom + 2, ROOM)
    assert "三级指标" not in texts(parts[0])
    assert "三级指标" in texts(parts[1])


def test_a_row_longer_than_a_page_is_split_between_lines(fonts):
    parts = divide(laid(pages_long_form(), fonts), ROOM - 60, ROOM, 60)
    assert len(parts) == 3
    assert all("总体目标" in texts(part) for part in parts)
    assert all(part.height > ROOM * 0.8 for part in parts[:2])


def test_the_last_row_goes_with_the_foot_line(fonts):
    sheet = annual_form(12)
    whole = divide(laid(sheet, fonts), ROOM, ROOM)
    assert len(whole) == 1
    parts = divide(laid(sheet, fonts), whole[0].height + 10, ROOM, after=60)
    assert len(parts) == 2
    assert 0 < parts[1].height < ROOM / 3
    assert "三级指标" in texts(parts[1])


def test_a_lower_row_moves_whole(fonts):
    sheet = annual_form(10, LONG_TEXT[:300])
    grid = laid(sheet, fonts)
    above = next(
        cell
        for cell in divide(grid, ROOM, ROOM)[0].cells
        if cell.laid.cell.row == 5 and cell.laid.cell.column
    )
    parts = divide(grid, above.top + 30, ROOM)
    assert LONG_TEXT[:300] not in texts(parts[0])
    assert LONG_TEXT[:300] in texts(parts[1])


def test_absurd_sheets_end(fonts):
    tall = Sheet(
        "表",
        "题",
        "",
        (Cell(0, 0, "标" * 400, CellRole.LABEL), Cell(1, 0, "字" * 900, CellRole.TEXT)),
        (8.0,),
        Orientation.PORTRAIT,
        minimum_heights={0: 5000.0},
    )
    parts = divide(laid(tall, fonts), 200.0, ROOM, 60)
    assert 5 < len(parts) < 40
    assert divide(laid(replace(tall, cells=()), fonts), 200.0, ROOM) == []
