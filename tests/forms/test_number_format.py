"""Numbers as a spreadsheet shows them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from documents.sheet_grid import cell_text
from forms.number_format import shown_number
from forms.sheet import Cell, CellRole


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        ("1330.984", "#,##0.00####", "1,330.984"),
        ("330", "#,##0.00####", "330.00"),
        ("0.000001", "#,##0.00####", "0.000001"),
        ("1234567.891", "#,##0.00", "1,234,567.89"),
        ("0.125", "0.00", "0.13"),
        ("-0.001", "0.00", "0.00"),
        ("-1234.5", "#,##0.00", "-1,234.50"),
        ("95", "0", "95"),
        ("7", "000", "007"),
        ("0.9567", "0.0%", "95.7%"),
        ("12.50", "", "12.5"),
        ("1E+3", "General", "1000"),
        ("99999999999.999999", "#,##0.00####", "99,999,999,999.999999"),
    ],
)
def test_shown_as_the_format_says(value, number_format, shown):
    assert shown_number(Decimal(value), number_format) == shown


def test_a_format_nobody_declared_is_our_mistake():
    with pytest.raises(ValueError, match="not understood"):
        shown_number(1, "[红色]0.00;;")


def test_money_without_a_format_gets_the_one_of_wan_yuan():
    assert cell_text(Cell(0, 0, Decimal("8.4"), CellRole.AMOUNT)) == "8.40"
    assert cell_text(Cell(0, 0, "—", CellRole.AMOUNT)) == "—"
    assert cell_text(Cell(0, 0, 820001, CellRole.CODE)) == "820001"
