"""Official workbooks of every form read back: form recognised, nothing lost of what is printed, nothing changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from documents.hand_filled_reader import WorkbookGrids, shipped_head_words
from forms import kinds, registry
from forms.answers import is_blank
from forms.context import FormContext
from forms.hand_filled.audit import audit
from forms.hand_filled.audit_basis import AuditBases
from forms.hand_filled.official_layout import form_layout
from forms.hand_filled.reading import TableFinder
from forms.hand_filled.stated import StatedTable
from forms.hand_filled.to_answers import answers_of
from forms.offers import difference_offers
from forms.schema import FieldSpec, FormSpec, TableSpec
from services.ports.documents import PageMark, PageMarks
from tests.documents.official_cases import CASES, signed
from tests.forms.cases import KIT_101
from tests.forms.hand_filled.reader import SHARED
from tests.wide import core_when

pytestmark = pytest.mark.wide

FINDER = TableFinder(shipped_head_words(), SHARED)
READER = WorkbookGrids()
C20 = ("C20", "indicators", "合计 60 分，应为 90 分，还差 30 分")
"""One indicator of the adjustment is cancelled, and its points are not given to another."""


def read_back(form: FormSpec, given: FormContext, answers: Mapping[str, Any], writer, path) -> StatedTable:
    path.write_bytes(writer.workbook([form.build_sheet(form, given, answers)], PageMarks(PageMark.DRAFT)))
    (table,) = FINDER.read_file(path.name, READER.read(path))
    return table


@pytest.mark.parametrize(
    "name", core_when({"self-evaluation", "monitoring", "target of two halves", "review"}.__contains__, CASES)
)
def test_what_is_printed_comes_back(name: str, writer, tmp_path) -> None:
    form_id, given, answers = signed(CASES[name]())
    form = registry.form(form_id)
    table = read_back(form, given, answers, writer, tmp_path / "表.xlsx")
    assert (table.form, table.fiscal_year) == (form_id, given.budget_year)
    made = answers_of(form, given, table)
    assert not made.notes, made.notes
    offers = difference_offers(form, given, answers, made.answers)
    assert not offers, [(offer.label, offer.now, offer.offered) for offer in offers]
    assert list(lost(form, given, answers, made.answers)) == []


def test_a_blank_box_is_not_filled_with_the_next_heading(writer, tmp_path) -> None:
    form_id, given, answers = signed(CASES["target"]())
    form, blank = registry.form(form_id), {**answers, "annual_target": ""}
    made = answers_of(form, given, read_back(form, given, blank, writer, tmp_path / "表.xlsx"))
    assert is_blank(made.answers.get("annual_target"))
    assert made.answers["project_name"] == answers["project_name"]


def lost(
    form: FormSpec, given: FormContext, answers: Mapping[str, Any], made: Mapping[str, Any]
) -> Iterator[tuple[str, Any]]:
    """What the sheet prints of a clerk's own answers and the reading does not have."""
    layout = form_layout(form, given, answers)
    fields = {key for slot in layout.slots for key in slot.keys}
    columns = {
        table.key: {key for _label, slot in table.heads for key in slot.keys} for table in layout.tables
    }
    for item in form.items():
        if isinstance(item, FieldSpec):
            kept = answers.get(item.key)
            if (
                item.key in fields
                and not item.is_computed
                and not is_blank(kept)
                and is_blank(made.get(item.key))
            ):
                yield item.key, kept
            continue
        if item.key in columns:
            yield from _lost_cells(item, given, columns[item.key], answers, made)


def _lost_cells(
    table: TableSpec,
    given: FormContext,
    printed: set[str],
    answers: Mapping[str, Any],
    made: Mapping[str, Any],
) -> Iterator[tuple[str, Any]]:
    kept, found = answers.get(table.key) or [], made.get(table.key) or []
    open_columns = [
        column for column in table.visible_columns(given) if column.key in printed and not column.is_computed
    ]
    for column in open_columns:
        wanted = [
            row for row in kept if not column.is_closed(given, row) and not is_blank(row.get(column.key))
        ]
        given_back = [row for row in found if not is_blank(row.get(column.key))]
        if len(given_back) < len(wanted):
            yield f"{table.key}.{column.key}", (len(wanted), len(given_back))


@pytest.mark.parametrize("name", ["ex-ante", "adjustment", "review", "summary of results"])
def test_sound_forms_without_indicator_rows_are_left_alone(name: str, writer, tmp_path) -> None:
    form_id, given, answers = signed(CASES[name]())
    table = read_back(registry.form(form_id), given, answers, writer, tmp_path / "表.xlsx")
    found = audit(table, AuditBases((KIT_101,)))
    told = [(f.code, f.place.path, f.message) for f in found.findings if f.severity.value != "hint"]
    assert told == ([C20] if name == "adjustment" else [])


def test_a_printed_sum_that_is_wrong_is_found(writer, tmp_path) -> None:
    form_id, given, answers = signed(CASES["summary of targets"]())
    wrong = {**answers, "total_sum_fen": answers["total_sum_fen"] + 100_000}
    table = read_back(registry.form(form_id), given, wrong, writer, tmp_path / "表.xlsx")
    found = audit(table, AuditBases((KIT_101,)))
    (finding,) = [one for one in found.findings if one.code == "C42"]
    assert finding.place.path == "total_sum_fen"
    amount = registry.form(form_id).field("total_sum_fen")
    assert kinds.shown(amount, answers["total_sum_fen"], given) in finding.message


def test_an_adjustment_states_its_new_indicators_in_words(writer, tmp_path) -> None:
    form_id, given, answers = signed(CASES["adjustment"]())
    table = read_back(registry.form(form_id), given, answers, writer, tmp_path / "表.xlsx")
    first, *_ = audit(table, AuditBases((KIT_101,))).table.indicators
    assert (first.first_level, first.second_level, first.planned_text) == ("产出指标", "数量指标", "≥12公里")
