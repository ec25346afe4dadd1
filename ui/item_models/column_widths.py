"""Widths of a form table's columns (列宽): by declared shares, never less than a heading needs or a figure takes."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from forms.schema import FieldKind, FieldSpec
from models.domain.monitoring_rule import Light
from ui.item_models.form_table_model import FormTableModel
from ui.theme import font, px

_WIDEST = {
    FieldKind.LIGHT: [f"　{light.label}" for light in Light],
    FieldKind.WEIGHT: ["00.00"],
    FieldKind.RATE: ["100.00%"],
}
_TEXT_SHARES = {FieldKind.TEXT: 0.5, FieldKind.LONG_TEXT: 0.5, FieldKind.CODE: 0.45}
"""Ems a column of text wants for each of its declared width: codes are digits, half as wide, and never broken."""


_FIGURE = re.compile(r"(?=.*\d)[\d.,%+<>=≥≤~～—-]{1,20}")
"""What is read as one number: it can neither be broken nor cut, as words can."""
_MOST_ROWS = 500
"""So many rows are looked through for figures; longer lists are of the same kind all the way down."""


def figure_width(text: str, metrics: QFontMetrics) -> int:
    """What a cell needs to show a figure whole, beside a finding's mark; 0 for words."""
    return metrics.horizontalAdvance(text) + px(36) if _FIGURE.fullmatch(text) else 0


def headings(model: FormTableModel) -> list[str]:
    """The columns' headings; a unit stands on a second line."""
    return [
        str(model.headerData(number, Qt.Orientation.Horizontal) or "")
        for number in range(model.columnCount())
    ]


def labels_of(model: FormTableModel, spec: FieldSpec) -> list[str]:
    """What a column must show on one line: its choices, lights with their icons, points and shares."""
    if spec.kind in _WIDEST:
        return _WIDEST[spec.kind]
    options = spec.choices(model.context, {}) if spec.choices else ()
    return [option.label for option in options if len(option.label) <= 12]


def fitting_widths(model: FormTableModel, room: int) -> list[int]:
    """A width for each column; together wider than `room` only where headings or figures need it.

    Figures are whole before texts have what they want: those go on below, on another line.
    """
    metrics, specs = QFontMetrics(font()), model.column_specs()
    em = metrics.horizontalAdvance("填")
    bares, least, wanted = [], [], []
    for number, (spec, heading) in enumerate(zip(specs, headings(model), strict=True)):
        bare = max(metrics.horizontalAdvance(line) for line in heading.split("\n")) + px(20)
        longest = max((metrics.horizontalAdvance(text) for text in labels_of(model, spec)), default=0)
        text = em * _TEXT_SHARES.get(spec.kind, 0.0) * spec.width
        bares.append(max(bare, min(longest, em * 6) + px(20), _widest_figure(model, number, metrics)))
        least.append(max(bares[-1], round(text * 2 / 3)))
        wanted.append(max(least[-1], longest + px(20), round(text)))
    if sum(bares) <= room < sum(least):
        return _shared(bares, least, [spec.width for spec in specs], room)
    return _shared(least, wanted, [spec.width for spec in specs], room)


def _widest_figure(model: FormTableModel, column: int, metrics: QFontMetrics) -> int:
    """What the longest figure of a column needs."""
    rows = range(min(model.rowCount(), _MOST_ROWS))
    return max((figure_width(model.text(row, column), metrics) for row in rows), default=0)


def _shared(least: list[int], wanted: list[int], shares: list[int], room: int) -> list[int]:
    """Widths that fill the room: what is wanted and the rest by shares, or as much above the least as there is."""
    spare = room - sum(wanted)
    if spare >= 0:
        whole = sum(shares) or 1
        return [width + spare * share // whole for width, share in zip(wanted, shares, strict=True)]
    over, lack = max(room - sum(least), 0), sum(wanted) - sum(least)
    return [low + (high - low) * over // max(lack, 1) for low, high in zip(least, wanted, strict=True)]
