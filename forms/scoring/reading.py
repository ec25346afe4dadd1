"""Reading rows for scoring (指标行识别): texts as people write them into numbers the rules can use.

Forms keep texts and hand-filled tables hold anything: 不少于, 98%以上, ≥266米 in the actual value, the
unit in the name, 万元 beside 元. Whatever had to be assumed is said in a note of the row; what cannot
be read stays text, and the score says that it waits (domain §1.3, §12).
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cached_property
from typing import Any

from forms.checks.settings import CheckSettings, SharedWords
from forms.checks.wording import clipped, number_text
from forms.kinds import parse_number
from forms.scoring.figures import Figures, FigureTexts, NameTells
from forms.scoring.inputs import IndicatorInput, usable
from forms.scoring.measures import PERCENT, convert, is_other_pace
from forms.scoring.signs import WORDED, method_of, sign_of, sounds_reverse
from forms.scoring.written_values import MOST_REMEMBERED, NOTHING, WrittenValue, WrittenValues
from forms.value_text import mark_in_name
from models.domain.indicator import Comparator
from models.domain.kit import ParameterKit
from models.domain.kit_json import record_from_json
from models.domain.money import plain_text

_SHARES = ("率", "满意度", "比例", "占比")
_MAPPINGS = ("money_units", "levels", "level_words", "signs_before", "signs_after")
_ONE = Decimal(1)
_HUNDRED = Decimal(100)


@dataclass(slots=True, unsafe_hash=True)
class IndicatorCells:
    """One indicator as its cells hold it (指标行原文): texts, "" for blank; plain, as one is made of every row,
    and never changed, so that others may remember by it.

    `comparator` is a sign, 定性, 其他 or a code of `Comparator`; `direction` a label or code; an empty
    sign is looked for in the planned value and in the name. Everything else as in `IndicatorInput`.
    """

    row_id: str
    name: str = ""
    first_level: str = ""
    second_level: str = ""
    comparator: str = ""
    planned: str = ""
    measure_unit: str = ""
    direction: str = ""
    full_score: str = ""
    actual: str = ""
    completion: str = ""
    method: str = ""
    entered_score: str = ""
    not_applicable_reason: str = ""


@dataclass(frozen=True)
class RowReader:
    """Reads rows with the words of a kit (指标行识别): which words are signs, which texts units.

    A percentage asked for from `fraction_from` on makes a bare actual value up to 1 a fraction: 0.98
    against 95 % can only mean 98 %.
    """

    words: SharedWords
    fraction_from: Decimal = Decimal(50)
    _names: dict[str, NameTells] = field(default_factory=dict, compare=False, repr=False)
    _figures: dict[tuple[NameTells, FigureTexts], Figures] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def _written(self) -> WrittenValues:
        return WrittenValues(self.words)

    def read(self, cells: IndicatorCells) -> IndicatorInput:
        """The row to be scored; never an error, what cannot be read stays text."""
        texts = FigureTexts(
            cells.comparator, cells.planned, cells.measure_unit, cells.direction, cells.actual
        )
        figures = self.figures(cells.name, texts)
        return IndicatorInput(
            cells.row_id,
            cells.name.strip(),
            cells.first_level,
            cells.second_level,
            figures.comparator,
            figures.planned,
            figures.upper,
            cells.planned.strip(),
            figures.unit,
            figures.direction,
            parse_number(cells.full_score),
            figures.actual,
            cells.actual.strip(),
            cells.completion.strip(),
            cells.method or figures.method,
            parse_number(cells.entered_score),
            cells.not_applicable_reason.strip(),
            figures.notes,
        )

    def scored(
        self,
        row_id: str,
        name: str,
        levels: tuple[str, str],
        texts: FigureTexts,
        full_score: Decimal | None,
        entered_score: Decimal | None,
    ) -> IndicatorInput:
        """The row to be scored where its points are numbers already; those no form can hold are left out."""
        figures = self.figures(name, texts)
        return IndicatorInput(
            row_id,
            name.strip(),
            levels[0],
            levels[1],
            figures.comparator,
            figures.planned,
            figures.upper,
            texts.planned.strip(),
            figures.unit,
            figures.direction,
            _as_written(full_score),
            figures.actual,
            texts.actual.strip(),
            "",
            figures.method,
            _as_written(entered_score),
            "",
            figures.notes,
            is_looked_at=True,
        )

    def name_tells(self, name: str) -> NameTells:
        """What a name says of its value; remembered, since it is asked for in every reading of a row."""
        found = self._names.get(name)
        if found is None:
            if len(self._names) >= MOST_REMEMBERED:
                self._names.clear()
            mark = mark_in_name(name, self.words.signs_before, self.words.known_units)
            found = self._names[name] = NameTells(
                mark.sign, mark.unit, sounds_reverse(self.words, name), plain_text(name).endswith(_SHARES)
            )
        return found

    def figures(self, name: str, texts: FigureTexts) -> Figures:
        """The figures of a row, remembered: of the name only what it tells counts, and rows are much alike."""
        tells = self.name_tells(name)
        found = self._figures.get((tells, texts))
        if found is None:
            if len(self._figures) >= MOST_REMEMBERED:
                self._figures.clear()
            found = self._figures[tells, texts] = self._read_figures(texts, tells)
        return found

    def _read_figures(self, cells: FigureTexts, name: NameTells) -> Figures:
        """The figures of a row not met before."""
        column = self._written.column_unit(cells.measure_unit)
        planned = self._written.read(cells.planned, is_measured=bool(column or name.unit))
        actual = self._written.read(cells.actual, is_measured=bool(column or name.unit or planned.unit))
        notes: list[str] = []
        comparator, direction = sign_of(self.words, cells, planned, name, notes)
        unit = column or planned.unit or name.unit or _share_unit(planned, actual)
        if actual.sign:
            notes.append(f"实际完成值“{clipped(cells.actual)}”带有符号“{actual.sign}”，按数字计分")
        if comparator in WORDED:
            planned = actual = NOTHING
        written = planned.unit_for(unit)
        goal = self._in_unit(planned.number, written, unit, "指标值", notes)
        upper = self._in_unit(planned.upper, written, unit, "指标值", notes)
        done = self._actual(actual, goal, unit, notes, is_share=_is_share(name, unit))
        goal, upper = usable(goal, "指标值", notes), usable(upper, "指标值上限", notes)
        done, method = usable(done, "实际完成值", notes), method_of(cells, comparator)
        return Figures(comparator, direction, goal, upper, unit, done, method, tuple(notes))

    def _in_unit(
        self, number: Decimal | None, written: str, unit: str, label: str, notes: list[str]
    ) -> Decimal | None:
        """A number in the unit of the row; a unit that measures something else is left as it stands."""
        if number is None or not written or written == unit:
            return number
        converted = convert(number, written, unit)
        if converted is None:
            if unit:
                notes.append(f"{label}的单位“{written}”与“{unit}”不同，按同一单位计算")
            return number
        converted = Decimal(number_text(converted))
        if converted != number:
            notes.append(f"{label} {number_text(number)}{written} 换算为 {number_text(converted)}{unit}")
        return converted

    def _actual(
        self, actual: WrittenValue, goal: Decimal | None, unit: str, notes: list[str], *, is_share: bool
    ) -> Decimal | None:
        """The actual value in the unit of the row; 0.98 against 95 % is a fraction."""
        if actual.upper is not None:
            return None
        if is_other_pace(actual.unit, unit):
            notes.append(f"实际完成值的单位“{actual.unit}”与“{unit}”不同，不能比较")
            return None
        number = self._in_unit(actual.number, actual.unit_for(unit), unit, "实际完成值", notes)
        is_fraction = (
            is_share
            and not actual.unit
            and number is not None
            and goal is not None
            and goal >= self.fraction_from
            and 0 < number <= _ONE
        )
        if number is not None and is_fraction:
            notes.append(
                f"实际完成值 {number_text(number)} 按 {number_text(number * _HUNDRED)}% 计算，请核对"
            )
            return Decimal(number_text(number * _HUNDRED))
        return number


def row_reader(kit: ParameterKit) -> RowReader:
    """The reader with a kit's words; a kit that spells them wrongly leaves only signs and plain numbers."""
    return RowReader(CheckSettings(kit).find(SharedWords) or _only_signs())


def _only_signs() -> SharedWords:
    """Words of a kit that has none: the signs themselves."""
    words: dict[str, Any] = {item.name: {} if item.name in _MAPPINGS else [] for item in fields(SharedWords)}
    words["signs_before"] = {sign.value: [sign.value] for sign in Comparator if sign.is_numeric}
    return record_from_json(SharedWords, words, SharedWords.LABEL)


def _as_written(number: Decimal | None) -> Decimal | None:
    """A number as a form would hold it when it is written out."""
    return None if number is None else parse_number(format(number, "f"))


def _is_share(name: NameTells, unit: str) -> bool:
    """Whether a row is about a share: by its unit, without one by a name that can be nothing else (合格率 95)."""
    return unit == PERCENT or (not unit and name.is_share)


def _share_unit(planned: WrittenValue, actual: WrittenValue) -> str:
    """% when only the actual value writes it and the planned one can be no fraction (95 → 96%)."""
    is_percent = actual.unit == PERCENT and planned.number is not None and planned.number > _ONE
    return PERCENT if is_percent else ""
