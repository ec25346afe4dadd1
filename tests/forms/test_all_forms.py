"""All forms there are: self-check, empty and full answers, and sheets that are whole rectangles."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from forms import kinds, registry
from forms.answers import blank_answers, progress
from forms.checks.catalog import CHECKS
from forms.context import FormContext
from forms.declaration_check import faults_of, head_faults
from forms.findings import place_of
from forms.schema import FieldKind, FormSpec, TableSpec
from forms.sheet import CellRole, Orientation, Sheet
from models.domain.kit import FrameLayout
from models.domain.money import AmountUnit
from tests.forms import cases
from tests.forms.cases import KIT_10, KIT_101
from tests.forms.full_answers import full_answers
from tests.forms.summary_cases import FILINGS, SUMMARIES
from tests.source import ROOT
from tests.wide import core_when

KITS = {
    "10": KIT_10,
    "101": KIT_101,
    "two halves": cases.two_halves(),
    "in one cell": cases.in_one_cell(),
}
PLACES = [(form, kit) for form in registry.all_forms() for kit in KITS]
ids = [f"{form.form_id} {kit}" for form, kit in PLACES]

NOT_PRINTED = {
    "self_evaluation": frozenset({"execution_reason", "fund_source", "comparator", "measure_unit"}),
    "overall_expenditure_self_evaluation": frozenset({"execution_reason", "fund_source"}),
    "target_adjustment": frozenset(
        {
            "adjustment_number",
            "old_total_fen",
            "old_fiscal_fen",
            "old_other_fen",
            "change_rate",
            "is_cancelled",
        }
        | {"comparator", "measure_unit", "direction", "weight"}
    ),
    "target_summary": frozenset({"total_sum_fen", "fiscal_sum_fen", "other_sum_fen"}),
    "self_evaluation_summary": frozenset(
        {"budget_sum_fen", "spending_sum_fen", "rate_of_sums", "average_score"}
    ),
    "ex_ante_evaluation": frozenset(f"dimension_text_{number}" for number in range(1, 7)),
}
"""Fields and columns whose label the official form does not have: their content stands in another cell."""
every_form = pytest.mark.parametrize("form", registry.all_forms(), ids=lambda form: form.form_id)
IN_CORE = core_when(lambda place: place[1] == "101", PLACES)
every_place = pytest.mark.parametrize(("form", "kit"), IN_CORE, ids=ids)


def _context(form: FormSpec, kit: str) -> FormContext:
    filings = {"unit_filings": FILINGS} if form.form_id in SUMMARIES else {}
    return cases.context(KITS[kit], form.form_id, **filings)


def _answers(form: FormSpec, context: FormContext) -> dict[str, dict[str, Any]]:
    """Nothing, what a new filing begins with, and everything."""
    return {
        "none": {},
        "blank": blank_answers(form, context),
        "full": full_answers(form, context),
    }


@every_form
def test_the_declaration_is_sound(form: FormSpec) -> None:
    assert faults_of(form) == []
    assert set(form.checks) <= set(CHECKS)


@every_form
def test_every_field_tells_the_clerk_what_to_write(form: FormSpec) -> None:
    for item in form.items():
        for spec in item.columns if isinstance(item, TableSpec) else (item,):
            assert spec.help or spec.example or spec.choices, spec.key
            assert not any(char.isascii() and char.isalpha() for char in spec.label), spec.label


@every_form
def test_examples_are_answers_the_program_itself_accepts(form: FormSpec) -> None:
    context = _context(form, "101")
    for item in form.items():
        for spec in item.columns if isinstance(item, TableSpec) else (item,):
            assert kinds.read(spec, spec.example, context).problem == "", spec.key


@every_place
def test_empty_answers_block_and_full_ones_can_be_read(form: FormSpec, kit: str) -> None:
    context = _context(form, kit)
    answers = _answers(form, context)
    for name in ("none", "blank"):
        assert any(f.severity.label == "必改" for f in cases.report(context, answers[name]).findings)
    codes = {finding.code for finding in cases.report(context, answers["full"]).findings}
    assert codes & {"C1", "C10", "C55", "C53"} == set()
    assert progress(form, context, {}) == 0
    assert progress(form, context, answers["full"]) == 100


def _grid(sheet: Sheet) -> Counter[tuple[int, int]]:
    """How often every position of the grid is covered."""
    return Counter(
        (row, column)
        for cell in sheet.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    )


@every_place
@pytest.mark.parametrize("filled", ["none", "blank", "full"])
def test_every_position_of_the_sheet_is_covered_exactly_once(form: FormSpec, kit: str, filled: str) -> None:
    context = _context(form, kit)
    sheet = form.build_sheet(form, context, _answers(form, context)[filled])
    covered = _grid(sheet)
    wanted = {(r, c) for r in range(sheet.row_count) for c in range(len(sheet.column_widths))}
    assert {place: n for place, n in covered.items() if n > 1} == {}
    assert wanted - set(covered) == set()
    assert set(covered) - wanted == set()
    assert all(0 <= row < sheet.row_count for row in sheet.minimum_heights)
    assert 100 < sum(sheet.column_widths) <= (190 if sheet.orientation is Orientation.PORTRAIT else 261)


@every_place
def test_every_label_stands_in_the_sheet(form: FormSpec, kit: str) -> None:
    context = _context(form, kit)
    sheet = form.build_sheet(form, context, full_answers(form, context))
    shown = "".join(str(cell.value) for cell in sheet.cells).replace("\n", "") + "".join(sheet.foot)
    assert sheet.title == form.title
    assert str(context.budget_year) in sheet.subtitle
    joined = context.frame.layout is FrameLayout.TWO_HALVES and form.form_id == cases.TARGET
    for label in _labels(form, context, joined):
        assert label in shown, label


def _labels(form: FormSpec, context: FormContext, joined: bool) -> list[str]:
    """Labels the printed form shows; in two halves sign, value and unit stand in one cell."""
    elsewhere = {"project_code", "project_category", "supervising_department_code", "period_to"}
    elsewhere |= NOT_PRINTED.get(form.form_id, frozenset())
    labels = []
    for item in form.items():
        if not item.is_visible(context):
            continue
        if isinstance(item, TableSpec):
            columns = item.visible_columns(context)
            left_out = {"comparator", "measure_unit", "direction", "weight"} if joined else set()
            left_out |= NOT_PRINTED.get(form.form_id, frozenset())
            labels += [c.label for c in columns if c.is_printed and c.key not in left_out]
        elif item.is_printed and item.key not in elsewhere:
            labels.append(item.label.removesuffix("起始年"))
    return labels


@every_place
def test_places_in_the_sheet_are_places_of_the_form(form: FormSpec, kit: str) -> None:
    context = _context(form, kit)
    answers = full_answers(form, context)
    sheet = form.build_sheet(form, context, answers)
    keys = {item.key for item in form.items()}
    placed = [place_of(cell.place) for cell in sheet.cells if cell.place]
    assert {place.field for place in placed} <= keys
    rows = {(table.key, row["row_id"]) for table in form.tables() for row in answers.get(table.key, ())}
    assert {(place.field, place.row_id) for place in placed if place.row_id} == rows
    assert all(cell.role in (CellRole.LABEL, CellRole.LABEL_LEFT) for cell in sheet.cells if not cell.place)


@every_place
def test_rows_are_printed_in_the_order_of_the_frame(form: FormSpec, kit: str) -> None:
    context = _context(form, kit)
    sheet = form.build_sheet(form, context, full_answers(form, context))
    in_frame = any(table.is_indicator_table for table in form.tables())
    firsts = [first.label for first in context.frame.firsts] if in_frame else []
    printed = [str(cell.value).partition("\n（")[0] for cell in sheet.cells]
    assert [text for text in printed if text in firsts] == firsts


@every_place
def test_money_is_printed_as_a_number_of_the_forms_unit(form: FormSpec, kit: str) -> None:
    context = _context(form, kit)
    sheet = form.build_sheet(form, context, full_answers(form, context))
    money = [cell.value for cell in sheet.cells if cell.role is CellRole.AMOUNT]
    assert context.amount_unit is AmountUnit.WAN_YUAN
    kinds = [s.kind for s in form.fields()] + [c.kind for t in form.tables() for c in t.columns]
    assert bool(money) is (FieldKind.MONEY in kinds)
    assert set(money) <= {Decimal("12.3456"), Decimal("24.6912"), Decimal("37.0368"), Decimal(0)}


def test_unknown_forms_and_versions_are_named() -> None:
    assert registry.knows("performance_target", "1")
    assert not registry.knows("performance_target", "2")
    assert not registry.knows("no_such_form", "1")
    assert registry.has("overall_expenditure_target")
    with pytest.raises(Exception, match="本程序没有这种表"):
        registry.form("no_such_form")
    with pytest.raises(Exception, match="本程序没有这种表"):
        registry.head("no_such_form")


@every_form
def test_the_registry_tells_heads_as_they_are_declared(form: FormSpec) -> None:
    assert head_faults(registry.head(form.form_id), form) == []
    assert registry.form(form.form_id) is form


def test_heads_come_in_the_order_of_the_forms() -> None:
    assert [head.form_id for head in registry.heads()] == [form.form_id for form in registry.all_forms()]


def test_asking_for_heads_loads_no_declaration() -> None:
    program = (
        "import sys\n"
        "from forms import registry\n"
        "for head in registry.heads():\n"
        "    assert registry.head(head.form_id).title and registry.knows(head.form_id, head.version)\n"
        "print([name for name in sys.modules if name.startswith('forms.catalog') or name == 'forms.schema'])\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"
