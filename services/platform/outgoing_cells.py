"""Rows in the platform's spelling, and what is missing (导出单元格与缺项): nothing half is ever written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from forms.checks.project_code import code_rule, is_well_built
from forms.checks.settings import CheckSettings, ProjectCodeSetting
from forms.context import FormContext
from models.domain.money import AmountUnit
from models.domain.platform_check import HEAD_FIELDS
from models.domain.platform_mapping import (
    CellContent,
    PlatformColumn,
    PlatformMapping,
    PlatformSheet,
    Required,
    bare_head,
)
from services.platform.outgoing_rows import OutgoingForm, OutgoingRow, number_of

Cell = str | Decimal | None
_GRADES = ("full", "part", "none")


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that keeps a filing from going out (导出缺项): whose row, which column, what to do."""

    subject: str
    head: str
    message: str


@dataclass(frozen=True, slots=True)
class SheetRows:
    """A sheet's rows as cells (导出工作表内容)."""

    sheet: PlatformSheet
    rows: tuple[tuple[Cell, ...], ...]


def spelled(one: OutgoingForm, mapping: PlatformMapping) -> tuple[tuple[SheetRows, ...], tuple[Gap, ...]]:
    """Every sheet of a filing, and everything that is missing, each said once."""
    writer = _Writer(one.context, mapping)
    sheets = tuple(
        SheetRows(sheet, tuple(writer.row(sheet, row) for row in writer.rows_of(one, sheet)))
        for sheet in mapping.sheets
    )
    return sheets, tuple(dict.fromkeys(writer.gaps))


class _Writer:
    """Spells rows and notes gaps (导出拼写)."""

    def __init__(self, context: FormContext, mapping: PlatformMapping) -> None:
        self._unit: AmountUnit = mapping.amount_unit
        self._code = CheckSettings(context.kit).find(ProjectCodeSetting)
        self._bands = [band.name for band in context.scheme.bands]
        self.gaps: list[Gap] = []

    def rows_of(self, one: OutgoingForm, sheet: PlatformSheet) -> Sequence[OutgoingRow]:
        """The rows of a sheet; none at all is a gap of its own."""
        rows = one.rows(sheet.rows)
        if not rows:
            what = {"indicator": "绩效指标", "fund": "项目资金"}.get(sheet.rows.value, "内容")
            self.gaps.append(Gap("全表", what, f"还没有填{what}"))
        return rows

    def row(self, sheet: PlatformSheet, row: OutgoingRow) -> tuple[Cell, ...]:
        """One row's cells."""
        return tuple(self._cell(column, row) for column in sheet.columns)

    def _cell(self, column: PlatformColumn, row: OutgoingRow) -> Cell:
        """One cell; what is missing or cannot be said is noted."""
        value = row.values.get(column.field)
        text = "" if value is None else str(value).strip()
        if column.field == "constant" or (not text and column.default):
            return column.default
        if not text:
            if _is_wanted(column, row):
                self._gap(column, row, _blank_words(column))
            return None
        if column.content is CellContent.AMOUNT:
            return Decimal(value) / self._unit.value if isinstance(value, int) else None
        if column.content is CellContent.COMPLETION:
            return self._completion(column, row, text)
        if column.content is CellContent.NUMBER:
            return self._number(column, row, text)
        if column.field == "project_code":
            self._check_code(column, row, text)
        if column.field == "planned_value" and row.is_numeric:
            return self._number(column, row, text)
        return self._word(column, row, text)

    def _number(self, column: PlatformColumn, row: OutgoingRow, text: str) -> Cell:
        """A number, or a gap."""
        number = number_of(text.removesuffix("%"))
        if number is None:
            self._gap(column, row, f"“{text[:20]}”不是数字")
        return number

    def _word(self, column: PlatformColumn, row: OutgoingRow, text: str) -> Cell:
        """A text, in the platform's word where it has words of its own."""
        if not column.values:
            return text
        own = text if text in column.values else column.ours(text)
        if own is None:
            self._gap(column, row, f"“{text[:20]}”在一体化模板里没有对应的写法")
            return None
        return column.values[own][0]

    def _completion(self, column: PlatformColumn, row: OutgoingRow, text: str) -> Cell:
        """A number where the sign asks for one, else 达成、部分达成 or 未达成."""
        if row.is_exempt:
            return text
        if row.is_numeric:
            number = number_of(text)
            if number is None:
                self._gap(column, row, f"定量指标要填数字，现在是“{text[:20]}”")
            return number
        own = column.ours(text) or self._by_band(text)
        if own is None:
            words = "、".join(spellings[0] for spellings in column.values.values())
            self._gap(column, row, f"定性指标要填{words}，现在是“{text[:20]}”")
            return None
        return column.values[own][0]

    def _by_band(self, text: str) -> str | None:
        """The grade of completion a kit's own word stands for: the first band is reached, the last is not."""
        if text not in self._bands or len(self._bands) < len(_GRADES):
            return None
        place = self._bands.index(text)
        return _GRADES[0] if place == 0 else _GRADES[2] if place == len(self._bands) - 1 else _GRADES[1]

    def _check_code(self, column: PlatformColumn, row: OutgoingRow, text: str) -> None:
        """The project code must be the platform's own."""
        if self._code is not None and not is_well_built(text, self._code):
            self._gap(column, row, f"“{text[:30]}”不是一体化的项目代码，应为{code_rule(self._code)}")

    def _gap(self, column: PlatformColumn, row: OutgoingRow, message: str) -> None:
        subject = "项目" if column.field in HEAD_FIELDS else row.subject
        self.gaps.append(Gap(subject, bare_head(column.head), message))


def _is_wanted(column: PlatformColumn, row: OutgoingRow) -> bool:
    """Whether a blank cell keeps the filing from going out."""
    if row.is_exempt and column.field in ("score", "weight", "actual_value", "completion_note"):
        return False
    return {
        Required.NO: False,
        Required.ALWAYS: True,
        Required.NUMERIC: row.is_numeric,
        Required.QUALITATIVE: not row.is_numeric,
        Required.MISSED: row.is_missed,
    }[column.required]


def _blank_words(column: PlatformColumn) -> str:
    """What a blank cell lacks."""
    return {
        Required.NUMERIC: "数值型指标必须填计量单位"
        if column.field == "measure_unit"
        else "数值型指标必须填写",
        Required.QUALITATIVE: "定性指标必须填写",
        Required.MISSED: "没有达到指标值，必须写明原因",
    }.get(column.required, "没有填")
