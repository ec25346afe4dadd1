"""One indicator out of a row (指标行内容): values, points, reasons and likelihood, and what of them could not be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from forms.hand_filled.head_words import pattern, plain_head
from forms.hand_filled.printed import UNCALCULATED, NumberReader, fault_message, points_texts
from forms.hand_filled.row_cells import RowCells
from forms.hand_filled.serial_dates import day_of, may_be_day
from forms.hand_filled.stated import BLANK_NUMBER, StatedIndicator, StatedNumber
from forms.hand_filled.values import ReadValues, ValueReader, ValueTexts
from forms.kinds import show_date
from forms.scoring.deadlines import read_deadline

_LABELS = {"planned": "指标值", "actual": "实际完成值", "forecast": "全年预计完成情况"}


@dataclass(slots=True)
class IndicatorMaker:
    """Makes records of rows (指标行读取)."""

    numbers: NumberReader
    values: ValueReader
    plain_points: Callable[[str], StatedNumber | None] = field(init=False)
    """A score or weight as nearly all are; None where something has to be noted about it."""

    def __post_init__(self) -> None:
        """The texts of points met so far are kept with the dictionary."""
        self.plain_points = points_texts(self.numbers.words)

    def made(self, cells: RowCells, levels: tuple[str, str, str], *, is_sub_row: bool) -> StatedIndicator:
        """The record of a row whose levels are known."""
        get = cells.values.get
        planned, actual, forecast = get("planned", ""), get("actual", ""), get("forecast", "")
        unit, name = get("measure_unit", ""), levels[2]
        if may_be_day(planned) or may_be_day(actual):
            texts = {"planned": planned, "actual": actual, "forecast": forecast}
            self._put_days(cells, name, texts)
            planned, actual, forecast = texts.values()
        found = self.values.read(
            ValueTexts(name, get("comparator", ""), planned, unit, get("direction", ""), actual, forecast)
        )
        if not (found.is_whole(actual, forecast) and cells.is_sound):
            texts = {"planned": planned, "actual": actual, "forecast": forecast}
            self._note_unread(cells, texts, found)
            planned, actual, forecast = (
                UNCALCULATED if not text and cells.begun(role).fault else text for role, text in texts.items()
            )
        return StatedIndicator(
            levels[0],
            levels[1],
            name,
            planned,
            found.comparator,
            found.planned_value,
            found.measure_unit,
            actual,
            found.actual_value,
            self.points(cells, "full_score", "分值"),
            self.points(cells, "stated_score", "得分"),
            self._reason(cells, get("deviation_reason", "")),
            forecast,
            found.forecast_value,
            self._likelihood(cells),
            found.direction,
            is_sub_row,
            cells.block.row_name(cells.row),
            found.planned_upper,
            found.sign_source,
            unit,
        )

    def extended(self, above: StatedIndicator, cells: RowCells) -> StatedIndicator:
        """The record above with the texts a row adds to it."""
        texts = {
            "planned": _joined(above.planned_text, cells.value("planned")),
            "actual": _joined(above.actual_text, cells.value("actual")),
            "forecast": _joined(above.forecast_text, cells.value("forecast")),
        }
        reason = _joined(above.deviation_reason, cells.value("deviation_reason"))
        changed = replace(
            above,
            planned_text=texts["planned"],
            actual_text=texts["actual"],
            forecast_text=texts["forecast"],
            deviation_reason=reason,
        )
        if replace(changed, deviation_reason=above.deviation_reason) == above:
            return changed
        values = self._read(cells, above.third_level, texts)
        return replace(
            changed,
            comparator=values.comparator,
            sign_source=values.sign_source,
            planned_value=values.planned_value,
            planned_upper=values.planned_upper,
            measure_unit=values.measure_unit,
            actual_value=values.actual_value,
            forecast_value=values.forecast_value,
        )

    def points(self, cells: RowCells, role: str, label: str) -> StatedNumber:
        """The points of a row in one column."""
        if cells.column(role) is None:
            return BLANK_NUMBER
        cell = cells.begun(role)
        found = None if cell.fault else self.plain_points(cell.text)
        return self.numbers.points(cell, cells.where(role), label) if found is None else found

    def _read(self, cells: RowCells, name: str, texts: dict[str, str]) -> ReadValues:
        """The values of a row."""
        return self.values.read(
            ValueTexts(
                name=name,
                comparator=cells.value("comparator"),
                planned=texts["planned"],
                measure_unit=cells.value("measure_unit"),
                direction=cells.value("direction"),
                actual=texts["actual"],
                forecast=texts["forecast"],
            )
        )

    def _put_days(self, cells: RowCells, name: str, texts: dict[str, str]) -> None:
        """Days in the place of their numbers, where the row's name or its other value says that it asks for a day."""
        asks = pattern(cells.words.day_names).search(plain_head(name)) or any(
            read_deadline(text) is not None for text in (texts["planned"], texts["actual"])
        )
        if not asks or cells.value("measure_unit"):
            return
        for role in ("planned", "actual", "forecast"):
            day = day_of(texts[role])
            if day is not None:
                message = f"是日期的序号，单元格 {cells.where(role)} 按 {show_date(day)}读取"
                self.numbers.unread.add(cells.area.name, texts[role], message, "请把单元格格式改成日期")
                texts[role] = show_date(day)

    def _note_unread(self, cells: RowCells, texts: dict[str, str], values: ReadValues) -> None:
        """Say what was to be a number and is none."""
        unread = self.numbers.unread
        for role, label in _LABELS.items() if cells.area.grid.has_faults() else ():
            cell = cells.begun(role)
            if cell.fault:
                remedy = "请用 Excel 或 WPS 打开，改正这个单元格并保存后再检查"
                unread.add(cells.where(role), cell.text, fault_message(cell, label), remedy)
        if texts["planned"] and values.planned_value is None and (values.is_numeric or values.is_vague):
            self._not_a_number(cells, "planned", texts)
        if values.is_fraction:
            message = "没有写百分号，按百分数的小数写法读取"
            unread.add(cells.where("actual"), texts["actual"], message, "请写成百分数，例如 98%")
        if values.planned_value is None:
            return
        for role, value in (("actual", values.actual_value), ("forecast", values.forecast_value)):
            if not texts[role] or value is not None or texts[role] in cells.words.empty_words:
                continue
            is_monitored = bool(texts["forecast"]) or "likelihood" in {
                *cells.block.columns,
                *cells.block.ticks,
            }
            is_later = role == "actual" and is_monitored
            if not (is_later and pattern(cells.words.not_yet).search(texts[role])):
                self._not_a_number(cells, role, texts)

    def _not_a_number(self, cells: RowCells, role: str, texts: dict[str, str]) -> None:
        message = f"里没有认出数字，{_LABELS[role]}没有读取"
        self.numbers.unread.add(cells.where(role), texts[role], message, "请填数字，说明写到偏差原因一栏")

    def _reason(self, cells: RowCells, text: str) -> str:
        """The reason of a deviation, the ticked causes before it; one cell may speak for several rows."""
        if cells.column("deviation_reason") is None:
            text = cells.value("remark")
        elif not text and cells.goes_on("deviation_reason"):
            text = cells.shown("deviation_reason")
        is_empty = text in cells.words.empty_words or text in cells.block.fillers
        if "improvement" not in cells.values and not cells.block.ticks:
            return "" if is_empty else text
        more = cells.value("improvement")
        parts = [*cells.ticked("deviation_reason"), "" if is_empty else text]
        parts.append("" if more in cells.words.empty_words else more)
        return "；".join(part for part in parts if part)

    def _likelihood(self, cells: RowCells) -> str:
        """How likely the target is met, in the table's words."""
        ticked = cells.ticked("likelihood") if cells.block.ticks else ()
        return "；".join(ticked) if ticked else cells.value("likelihood")


def _joined(above: str, more: str) -> str:
    """Two pieces of one text."""
    return f"{above}{more}" if more and more != above else above
