"""The same facts in many layouts give the same table: orders, heads, merges, units, signs, breaks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from forms.hand_filled.stated import StatedTable
from models.domain.money import AmountUnit
from tests.forms.hand_filled.facts import (
    COMMISSIONED,
    TABLES,
    TableFacts,
    expected_funds,
    expected_rows,
    shown,
    shown_funds,
)
from tests.forms.hand_filled.layouts import NATIONAL_HEADS, ORDERS, OTHER_HEADS, Layout, printed
from tests.forms.hand_filled.paper import Paper
from tests.forms.hand_filled.reader import FINDER
from tests.wide import core_when, first_of_each


def check(table: StatedTable, facts: TableFacts, layout: Layout) -> None:
    """Everything the layout prints must come back."""
    assert table.form == "self_evaluation"
    assert shown(table) == expected_rows(facts)
    assert shown_funds(table) == expected_funds(facts)
    assert (table.project_name, table.supervising_department) == (facts.project, facts.department)
    assert (table.implementing_unit, table.fiscal_year) == (facts.unit, facts.year)
    assert table.targets == (facts.expected, facts.achieved)
    assert table.stated_total.value == Decimal(facts.total)
    assert table.unit_of_amount is layout.unit
    points = {item.level: str(item.points) for item in table.subtotals}
    assert points == (facts.points if layout.points_in_levels else {})
    assert table.unread == ()


def read_one(paper: Paper) -> StatedTable:
    tables = FINDER.read_file("表.xlsx", [paper.grid()])
    assert len(tables) == 1
    return tables[0]


@pytest.mark.parametrize(
    "facts", core_when(lambda facts: facts is COMMISSIONED, TABLES), ids=lambda facts: facts.project
)
@pytest.mark.parametrize(
    "order", ORDERS, ids=["national", "points_first", "signs", "platform", "reason_early"]
)
@pytest.mark.parametrize("heads", OTHER_HEADS, ids=["national", "variant", "platform"])
@pytest.mark.parametrize("levels", core_when("merged".__eq__, ["merged", "blank", "repeated"]))
def test_orders_heads_and_merges(facts: TableFacts, order, heads, levels) -> None:
    layout = Layout(order=order, heads=heads, levels=levels)
    check(read_one(printed(facts, layout)), facts, layout)


@pytest.mark.parametrize(
    ("unit", "place", "signs", "side", "blank"),
    first_of_each(
        lambda case: case[:2],
        product(
            AmountUnit,
            ("funds", "corner", "heads"),
            ("joined", "words", "wide"),
            (True, False),
            (True, False),
        ),
    ),
)
def test_units_signs_and_side_labels(unit, place, signs, side, blank) -> None:
    for facts in TABLES:
        layout = Layout(unit=unit, unit_place=place, signs=signs, side_label=side, blank_rows=blank)
        check(read_one(printed(facts, layout)), facts, layout)


@pytest.mark.parametrize("break_after", range(1, 9))
def test_head_repeated_on_a_new_page(break_after: int) -> None:
    layout = Layout(break_after=break_after, levels="blank")
    check(read_one(printed(COMMISSIONED, layout)), COMMISSIONED, layout)


@pytest.mark.parametrize("filler", ["—", "——", "/", "-", "……", ""])
def test_fillers_are_blanks(filler: str) -> None:
    layout = Layout(fillers=filler)
    check(read_one(printed(COMMISSIONED, layout)), COMMISSIONED, layout)


@pytest.mark.parametrize("shift", [(0, 0), (3, 0), (0, 2), (5, 4)])
def test_anywhere_on_the_sheet(shift: tuple[int, int]) -> None:
    paper = Paper()
    paper.paste(printed(COMMISSIONED, Layout()), *shift)
    check(read_one(paper), COMMISSIONED, Layout())


@pytest.mark.parametrize("gap", [0, 1, 4])
def test_tables_below_each_other(gap: int) -> None:
    paper = Paper()
    layouts = [
        Layout(),
        Layout(order=ORDERS[1], heads=OTHER_HEADS[1]),
        Layout(order=ORDERS[2], levels="blank"),
    ]
    for facts, layout in zip(TABLES, layouts, strict=True):
        paper.paste(printed(facts, layout), paper.last_row + gap if paper.cells else 0, 0)
    tables = FINDER.read_file("表.xlsx", [paper.grid()])
    assert len(tables) == len(TABLES)
    for table, facts, layout in zip(tables, TABLES, layouts, strict=True):
        check(table, facts, layout)


def test_tables_beside_each_other() -> None:
    paper = Paper()
    left, right = (printed(facts, Layout()) for facts in TABLES[:2])
    paper.paste(left, 0, 0)
    paper.paste(right, 2, 11)
    tables = FINDER.read_file("表.xlsx", [paper.grid()])
    for table, facts in zip(tables, TABLES[:2], strict=True):
        check(table, facts, Layout())


def test_tables_without_titles_begin_at_the_project_name() -> None:
    paper = Paper()
    for facts in TABLES:
        one = printed(facts, replace(Layout(), unit_place="heads"))
        for row in (1, 2):
            del one.cells[row, 1]
        paper.paste(one, paper.last_row, 0)
    tables = FINDER.read_file("表.xlsx", [paper.grid()])
    assert [table.project_name for table in tables] == [facts.project for facts in TABLES]
    assert [shown(table) for table in tables] == [expected_rows(facts) for facts in TABLES]
    assert [table.form for table in tables] == ["self_evaluation"] * 3


def test_several_sheets() -> None:
    papers = [printed(facts, Layout(heads=NATIONAL_HEADS)) for facts in TABLES]
    for number, paper in enumerate(papers):
        paper.name = f"表{number}"
    tables = FINDER.read_file("表.xlsx", [paper.grid() for paper in papers])
    assert [(table.sheet, table.project_name) for table in tables] == [
        (f"表{number}", facts.project) for number, facts in enumerate(TABLES)
    ]
