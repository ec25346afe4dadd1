"""Rows of the indicator block (指标行读取): levels filled down, sub-rows, rows that go on, totals, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from forms.hand_filled.area import Area
from forms.hand_filled.head_words import HeadWords, pattern, plain_head
from forms.hand_filled.mapping import ColumnMapping
from forms.hand_filled.printed import NumberReader, fault_message
from forms.hand_filled.row_cells import LEVELS, SCORES, TEXTS, RowCells, is_words, level_text
from forms.hand_filled.stated import BLANK_NUMBER, StatedIndicator, StatedNumber, StatedSubtotal
from forms.hand_filled.values import ReadValues, ValueReader, ValueTexts
from forms.kinds import parse_number
from models.domain.money import plain_text

_POINTS = re.compile(
    r"[(（\[［【]\s*(?:共|计|满分)?(?P<inside>[\d.０-９．]+)\s*[分%％]?\s*[)）\]］】]$|(?P<bare>[\d.０-９．]+)\s*分$"
)
_ADDED = ("planned", "actual", "forecast")


@dataclass
class BlockRows:
    """What a block of rows gave (读出的指标行)."""

    indicators: list[StatedIndicator] = field(default_factory=list)
    subtotals: list[StatedSubtotal] = field(default_factory=list)
    total: StatedNumber = BLANK_NUMBER
    projects: list[dict[str, str]] = field(default_factory=list)
    last_row: int = 0


@dataclass
class BlockReader:
    """Reads the rows below one head (指标块读取); `prefix` chooses a half of a form of two."""

    area: Area
    mapping: ColumnMapping
    columns: dict[str, int]
    words: HeadWords
    numbers: NumberReader
    values: ValueReader
    prefix: str = ""
    spread: Mapping[str, int] = field(default_factory=dict)
    _first: str = ""
    _second: str = ""
    _parent_row: int = 0
    _parent_is_bare: bool = False

    def read(self, first: int, last: int, skipped: frozenset[int], into: BlockRows) -> None:
        """Read the rows between two, heads repeated on a new page skipped, into what was read before."""
        for row in self.area.rows(first, last):
            if row in skipped:
                continue
            cells = self._cells(row)
            if self._is_total(cells):
                self._total(cells, into)
                if into.indicators:
                    break
                continue
            if self._is_foot(cells):
                break
            self._row(cells, into)
            into.last_row = row

    def _cells(self, row: int) -> RowCells:
        """A row as the mapping sees it."""
        return RowCells(self.area, row, self.columns, self.mapping, self.words, self.prefix, self.spread)

    def _row(self, cells: RowCells, into: BlockRows) -> None:
        """One row that is neither total nor foot."""
        if self._is_subtotal(cells, into) or self._is_one_text(cells):
            return
        self._levels(cells, into)
        name = cells.name
        if cells.is_blank and (
            not name or is_words(cells.shown("third_level"), self.words.row_words.template)
        ):
            return
        if self._continues(cells, name, into) or self._is_heading(cells):
            return
        self._add(cells, name, into)

    def _levels(self, cells: RowCells, into: BlockRows) -> None:
        """Take the levels of a row; blank ones go on from above."""
        first = self._level(cells, "first_level", into)
        if first and (first != self._first or cells.begins("first_level")):
            self._first, self._second = first, ""
        spread = cells.is_spread("second_level", "first_level")
        second = "" if spread else self._level(cells, "second_level", into)
        self._second = second or self._second

    def _level(self, cells: RowCells, role: str, into: BlockRows) -> str:
        """A level's name; points in its brackets become a subtotal once."""
        text = pattern(self.words.row_words.points_range).sub("", level_text(cells.shown(role)))
        found = _POINTS.search(text)
        points = parse_number(found["inside"] or found["bare"]) if found else None
        if found is None or points is None:
            return text
        bare = text[: found.start()]
        if cells.begins(role):
            subtotal = StatedSubtotal(bare, points, cells.where(role))
            if subtotal not in into.subtotals:
                into.subtotals.append(subtotal)
        return bare

    def _add(self, cells: RowCells, name: str, into: BlockRows) -> None:
        """A row of its own."""
        texts = {role: cells.value(role) for role in TEXTS}
        values = self._read_values(cells, name, texts)
        is_sub = self._is_sub_row(cells, name, into)
        if not is_sub:
            self._parent_row = cells.row
            self._parent_is_bare = cells.has_scores and not texts["planned"] and not texts["actual"]
        self._note_unread(cells, texts, values)
        into.indicators.append(
            StatedIndicator(
                first_level=self._first,
                second_level=self._second,
                third_level=name,
                planned_text=texts["planned"],
                comparator=values.comparator,
                planned_value=values.planned_value,
                measure_unit=values.measure_unit,
                actual_text=texts["actual"],
                actual_value=values.actual_value,
                full_score=self._points(cells, "full_score", "分值"),
                stated_score=self._points(cells, "stated_score", "得分"),
                deviation_reason=self._reason(cells, texts["deviation_reason"]),
                forecast_text=texts["forecast"],
                forecast_value=values.forecast_value,
                likelihood=self._likelihood(cells),
                direction=values.direction,
                is_sub_row=is_sub,
                where=cells.area.row_name(cells.row),
                planned_upper=values.planned_upper,
                sign_source=values.sign_source,
            )
        )
        into.projects.append(
            {role: cells.shown(role) for role in self.columns if role not in (*LEVELS, *SCORES)}
        )

    def _read_values(self, cells: RowCells, name: str, texts: dict[str, str]) -> ReadValues:
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

    def _note_unread(self, cells: RowCells, texts: dict[str, str], values: ReadValues) -> None:
        """Say what was to be a number and is none."""
        for role in _ADDED:
            cell = cells.begun(role)
            if cell.fault:
                remedy = "请用 Excel 或 WPS 打开，改正这个单元格并保存后再检查"
                self.numbers.unread.add(
                    cells.where(role), cell.text, fault_message(cell, _LABELS[role]), remedy
                )
        if texts["planned"] and values.planned_value is None and (values.is_numeric or values.is_vague):
            self._not_a_number(cells, "planned", texts)
        if values.is_fraction:
            message = "没有写百分号，按百分数的小数写法读取"
            remedy = "请写成百分数，例如 98%"
            self.numbers.unread.add(cells.where("actual"), texts["actual"], message, remedy)
        if values.planned_value is not None:
            for role, value in (("actual", values.actual_value), ("forecast", values.forecast_value)):
                if texts[role] and value is None and texts[role] not in self.words.empty_words:
                    self._not_a_number(cells, role, texts)

    def _not_a_number(self, cells: RowCells, role: str, texts: dict[str, str]) -> None:
        message = f"里没有认出数字，{_LABELS[role]}没有读取"
        self.numbers.unread.add(cells.where(role), texts[role], message, "请填数字，说明写到偏差原因一栏")

    def _points(self, cells: RowCells, role: str, label: str) -> StatedNumber:
        if cells.column(role) is None:
            return BLANK_NUMBER
        return self.numbers.points(cells.begun(role), cells.where(role), label)

    def _reason(self, cells: RowCells, text: str) -> str:
        """The reason of a deviation, the ticked causes before it."""
        text = text or cells.value("remark") if cells.column("deviation_reason") is None else text
        parts = [*cells.ticked("deviation_reason"), "" if text in self.words.empty_words else text]
        return "；".join(part for part in parts if part)

    def _likelihood(self, cells: RowCells) -> str:
        """How likely the target is met, in the table's words."""
        ticked = cells.ticked("likelihood")
        return "；".join(ticked) if ticked else cells.value("likelihood")

    def _is_sub_row(self, cells: RowCells, name: str, into: BlockRows) -> bool:
        """Whether a row only breaks down the one above: it says so, or it has no points where others have."""
        above = into.indicators[-1] if into.indicators else None
        if plain_head(name, keep_brackets=True).startswith(self.words.sub_row_prefixes):
            return above is not None
        if (
            above is None
            or "full_score" not in self.columns
            or cells.has_scores
            or cells.begins("second_level")
        ):
            return False
        if cells.goes_on("full_score"):
            self._shared_points(cells)
            return True
        return above.is_sub_row or (
            self._parent_is_bare and bool(cells.value("planned") or cells.value("actual"))
        )

    def _is_heading(self, cells: RowCells) -> bool:
        """Whether a row without any value only names the numbered rows below, which have their own points."""
        if not cells.is_blank:
            return False
        below = next(self.area.rows(cells.row + 1), None)
        if below is None:
            return False
        next_cells = self._cells(below)
        numbering = self._numbering(next_cells.name)
        return next_cells.has_scores and numbering not in ("", self._numbering(cells.name))

    def _numbering(self, name: str) -> str:
        """How a name is numbered: 1. and （1） are different kinds; "" for no number."""
        found = pattern(self.words.row_words.numbered_child).search(plain_text(name))
        return re.sub(r"\w+", "0", found.group()) if found else ""

    def _shared_points(self, cells: RowCells) -> None:
        """Say that several rows share one cell of points."""
        message = "这一格分值由上下几行合用，本行没有单独计分"
        remedy = "如需逐行计分，请取消合并，把分值和得分分到每一行"
        self.numbers.unread.add(cells.where("full_score"), cells.shown("full_score"), message, remedy)

    def _continues(self, cells: RowCells, name: str, into: BlockRows) -> bool:
        """Whether a row only goes on with the texts of the one above; if so they are put together."""
        above = into.indicators[-1] if into.indicators else None
        if above is None or cells.has_scores or cells.begins("second_level") or cells.begins("first_level"):
            return False
        if name and not cells.goes_on("third_level"):
            return False
        if not name and "third_level" not in self.columns:
            return False
        planned, actual = (
            _joined(above.planned_text, cells.value("planned")),
            _joined(above.actual_text, cells.value("actual")),
        )
        reason = _joined(above.deviation_reason, cells.value("deviation_reason"))
        texts = {
            "planned": planned,
            "actual": actual,
            "forecast": _joined(above.forecast_text, cells.value("forecast")),
        }
        values = self._read_values(cells, above.third_level, {**texts, "deviation_reason": reason})
        into.indicators[-1] = replace(
            above,
            planned_text=planned,
            actual_text=actual,
            forecast_text=texts["forecast"],
            deviation_reason=reason,
            comparator=values.comparator if planned != above.planned_text else above.comparator,
            planned_value=values.planned_value if planned != above.planned_text else above.planned_value,
            actual_value=values.actual_value if actual != above.actual_text else above.actual_value,
        )
        return True

    def _left_text(self, cells: RowCells) -> tuple[int, str]:
        """The first content that begins in a row up to the third level, and its column."""
        edge = max((cells.column(role) or 0) for role in LEVELS)
        for column, text in cells.area.beginning(cells.row):
            if column <= edge:
                return column, text
        return 0, ""

    def _is_total(self, cells: RowCells) -> bool:
        return is_words(self._left_text(cells)[1], self.words.row_words.total)

    def _is_subtotal(self, cells: RowCells, into: BlockRows) -> bool:
        """Whether a row sums up a level; its points are kept."""
        edge = max((cells.column(role) or 0) for role in LEVELS)
        texts = [text for column, text in cells.area.beginning(cells.row) if column <= edge]
        if not any(is_words(text, self.words.row_words.subtotal) for text in texts):
            return False
        points = self._points(cells, "full_score", "分值")
        if points.value is not None:
            into.subtotals.append(StatedSubtotal(self._first, points.value, cells.where("full_score")))
        return True

    def _total(self, cells: RowCells, into: BlockRows) -> None:
        """The stated total: in the column of scores, else the last number of the row."""
        stated = self._points(cells, "stated_score", "总分")
        if stated.value is None:
            edge = max(cells.column("full_score") or 0, self._left_text(cells)[0])
            last = max((column for role in SCORES if (column := cells.column(role))), default=edge)
            numbers = [
                cells.area.cell(cells.row, column)
                for column, _ in cells.area.beginning(cells.row)
                if column > edge and column <= last
            ]
            found = [number for number in numbers if plain_text(number.text).replace(".", "").isdigit()]
            if found and "stated_score" in self.columns:
                stated = self.numbers.points(found[-1], cells.area.row_name(cells.row), "总分")
        into.total = stated if stated.text else into.total
        into.last_row = cells.row

    def _is_foot(self, cells: RowCells) -> bool:
        """Whether the block ends here: notes, signatures, opinions."""
        column, text = self._left_text(cells)
        if not column or cells.has_scores:
            return False
        return is_words(text, self.words.row_words.foot)

    def _is_one_text(self, cells: RowCells) -> bool:
        """Whether the row is one text across levels and values: a heading or remark, no indicator."""
        texts = cells.area.distinct(cells.row)
        if len(texts) != 1:
            return False
        column = texts[0][0]
        edge = cells.area.right_edge(cells.row, column)
        value = min((found for role in TEXTS if (found := cells.column(role))), default=0)
        return bool(value) and column < value <= edge


_LABELS = {"planned": "指标值", "actual": "实际完成值", "forecast": "全年预计完成情况"}


def _joined(above: str, more: str) -> str:
    """Two pieces of one text."""
    return f"{above}{more}" if more and more != above else above
