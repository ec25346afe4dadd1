"""Cells of a form's own layout (官方表样的单元格): the answers one cell holds, also where it holds several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms import kinds
from forms.checks.settings import CheckSettings, SharedWords
from forms.context import FormContext
from forms.hand_filled.grid import GridCell
from forms.hand_filled.head_words import HeadWords
from forms.hand_filled.official_layout import Slot
from forms.hand_filled.official_texts import INDENT, divided, is_unit, without
from forms.hand_filled.printed import NumberReader, Unreadable
from forms.hand_filled.serial_dates import day_of, last_day, may_be_day
from forms.number_format import plain_number
from forms.schema import FieldKind, FieldSpec
from forms.value_text import split_value
from models.domain.indicator import Comparator
from models.domain.money import AmountUnit

WEIGHT = re.compile(r"\s*[(（]\s*([\d.]+)\s*分\s*[)）]\s*$")
"""The points behind a value: ≥12公里（10分）."""
_YEARS = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class OfficialCells:
    """Reads what stands in a cell (单元格读取); `is_whole`: also what the form computes itself.

    What cannot be read is told to `unread`, days printed as numbers under the name of the sheet.
    """

    context: FormContext
    words: HeadWords
    unit: AmountUnit
    is_whole: bool
    unread: Unreadable
    sheet_name: str

    def values(
        self, slot: Slot, specs: list[FieldSpec], cell: GridCell, where: str, row: Mapping[str, Any]
    ) -> Iterator[tuple[str, Any]]:
        """Keys and values of a cell that may hold several."""
        printed = cell.text
        text = without(printed, slot.after)
        if text != cell.text:
            cell = GridCell(text)
        if len(specs) == 1:
            yield specs[0].key, self._value(specs[0], cell, where, row)
        elif specs and all(spec.kind is FieldKind.YEAR for spec in specs):
            years = _YEARS.findall(text)
            yield from ((spec.key, years[min(n, len(years) - 1)]) for n, spec in enumerate(specs) if years)
        elif slot.between and all(slot.between):
            found = re.fullmatch(divided(slot), text.strip(), re.DOTALL)
            for spec, part in zip(specs, found.groups() if found else (), strict=False):
                yield spec.key, self._value(spec, GridCell(part), where, row)
        else:
            yield from self.joined({spec.key: spec for spec in specs}, printed)

    def joined(self, specs: Mapping[str, FieldSpec], text: str) -> Iterator[tuple[str, Any]]:
        """Sign, value, unit and points out of one cell: ≥12公里（10分）."""
        weighed = WEIGHT.search(text)
        for key in specs:
            if "weight" in key and weighed:
                yield key, weighed[1]
        body = text[: weighed.start()] if weighed else text
        shared = CheckSettings(self.context.kit).find(SharedWords)
        if "comparator" in specs and shared is not None:
            parts = split_value(body, shared.signs_before, shared.signs_after)
            if parts.sign and parts.number is not None:
                yield "comparator", parts.sign
                yield "planned_value", plain_number(parts.number)
                yield "measure_unit", parts.unit
                return
            if parts.number is not None and is_unit(parts.unit):
                yield "comparator", Comparator.EQUAL.value
                yield "planned_value", plain_number(parts.number)
                yield "measure_unit", parts.unit
                return
        plain = next((key for key in specs if key.endswith("value")), "")
        if plain and body.strip():
            yield plain, body.strip()
            if "comparator" in specs:
                yield "comparator", Comparator.QUALITATIVE.value

    def _value(self, spec: FieldSpec, cell: GridCell, where: str, row: Mapping[str, Any]) -> Any:
        """The value of one field."""
        label = spec.label_in(self.context)
        if (spec.is_computed and not self.is_whole) or not cell.text.strip():
            return None
        numbers = NumberReader(self.words, self.unread)
        if spec.kind is FieldKind.MONEY:
            return numbers.amount(cell, self.unit, where, label)
        text = cell.text.strip()
        if spec.kind is FieldKind.LONG_TEXT:
            return "\n".join(line.strip(INDENT) for line in text.splitlines())
        if spec.kind is FieldKind.WEIGHT and (number := kinds.parse_number(text)) is not None:
            return plain_number(number)
        if spec.kind is FieldKind.DATE and kinds.parse_date(text) is None:
            text = last_day(text) or self._serial_day(text) or text
        reading = kinds.read(spec, text, self.context, row)
        if reading.problem:
            self.unread.add(where, text, f"{label}：{reading.problem}", reading.remedy)
        return reading.value

    def _serial_day(self, text: str) -> str:
        """The day a bare number in a cell of dates stands for, told; "" for anything else."""
        day = day_of(text) if may_be_day(text) else None
        if day is None:
            return ""
        shown = kinds.show_date(day)
        message = f"是日期的序号，按 {shown}读取"
        self.unread.add(self.sheet_name, text, message, "请把单元格格式改成日期")
        return shown
