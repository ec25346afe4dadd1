"""Whose differences are told: of a form drawn for another background nothing, of a PDF as sealed nothing."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from services import tampering
from services.ports.exchange import AlteredPackage
from services.tamper_cells import Change
from services.tamper_repairs import MendedFiling

BOOK, PDF, DATA = "documents/01_form.xlsx", "documents/01_form.pdf", "payload.json"
CELL, LINE = Change("“分值”", "10", "12"), Change("有一处文字", "甲", "乙")
STRANGE = [CELL] * 9


def told(
    monkeypatch: pytest.MonkeyPatch,
    book: Sequence[Change],
    pdf: Sequence[Change],
    changed: set[str],
    *,
    is_sealed: bool = True,
) -> list[str]:
    """What is said of a form of ten cells whose documents differ so from what its data draws."""
    monkeypatch.setattr(tampering.printing, "sheets_of", lambda *_: ())
    monkeypatch.setattr(tampering, "Drawing", lambda *_: SimpleNamespace(size=10))
    monkeypatch.setattr(tampering, "book_changes", lambda *_: book)
    monkeypatch.setattr(tampering, "text_changes", lambda *_: pdf)
    monkeypatch.setattr(tampering, "line_texts", lambda *_: frozenset())
    tools: Any = SimpleNamespace(
        documents=SimpleNamespace(pdf=lambda *_: b""), reader=SimpleNamespace(pdf_texts=lambda _: ())
    )
    package = AlteredPackage({}, {BOOK: b"book", PDF: b"pdf"}, frozenset(changed), is_sealed)
    anything: Any = SimpleNamespace(answers={}, amount_unit=SimpleNamespace(label=""))
    mended = MendedFiling(1, anything, anything, ())
    return tampering._Comparison(tools, package, mended, [anything]).sentences() or []


def test_a_form_drawn_for_another_background(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, STRANGE, [LINE], {DATA}) == []


def test_a_pdf_as_sealed_beside_a_workbook_that_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch, [], [LINE], {DATA}) == []


def test_a_pdf_that_was_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    (said,) = told(monkeypatch, [], [LINE], {PDF})
    assert "PDF 表格里，有一处文字由 甲 改成了 乙" in said


def test_a_pdf_nobody_can_vouch_for(monkeypatch: pytest.MonkeyPatch) -> None:
    (said,) = told(monkeypatch, [], [LINE], set(), is_sealed=False)
    assert "填报数据与 PDF 表格不一致" in said


def test_the_workbook_tells_of_changed_data_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    (said,) = told(monkeypatch, [CELL], [LINE], {DATA})
    assert "“分值”由 12 改成了 10" in said
