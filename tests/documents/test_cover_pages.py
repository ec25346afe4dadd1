"""Columns of the lists on a cover stand where their texts ask for it."""

from __future__ import annotations

import pytest

from documents.pdf.cover_pages import _contents_role
from forms.sheet import CellRole


@pytest.mark.parametrize(
    ("texts", "longest", "role"),
    [
        (["1,098.50", "", "23.60"], 4.0, CellRole.AMOUNT),
        (["126.40 万元"], 5.0, CellRole.AMOUNT),
        (["2027年", "2026年"], 3.5, CellRole.CENTERED),
        (["1", "12"], 1.0, CellRole.CENTERED),
        (["", ""], 0.0, CellRole.CENTERED),
        (["部门（单位）整体支出绩效目标申报表"], 17.0, CellRole.TEXT),
    ],
)
def test_amounts_stand_at_the_right(texts: list[str], longest: float, role: CellRole) -> None:
    assert _contents_role(texts, longest) is role
