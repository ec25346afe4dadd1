"""Proposals of the indicator coach (建议的改法): what a row could say instead, one small way at a time.

Each function looks at one row and yields proposals: columns to change and what the row says then. They
only propose; `forms.coach` lets through what the program's own checks have nothing against.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from forms.checks.indicator_line import HIGHER_SIGNS, IndicatorLine
from forms.checks.line_spelling import contains
from forms.checks.settings import SharedWords
from forms.checks.wording import number_text
from forms.context import FormContext
from forms.library_search import LibraryHit, LibraryIndex
from models.domain.indicator import Comparator, Direction
from models.domain.indicator_coach import CoachWords, WordAdvice

_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way to write a row better (一条改法): columns to change, and where the idea comes from."""

    changes: Mapping[str, Any]
    source: str


@dataclass(frozen=True)
class CoachInput:
    """What proposals are made from (建议依据): the row, its line, the words, and the library."""

    context: FormContext
    line: IndicatorLine
    row: Mapping[str, Any]
    shared: SharedWords
    words: CoachWords
    index: LibraryIndex
    budget_fen: int | None = None

    @property
    def second(self) -> str:
        """The row's second level."""
        return self.line.texts.get("second_level", "")

    def role_second(self, role: str) -> tuple[str, str] | None:
        """The frame's levels that stand for a role (quantity, cost …), the first there is."""
        codes = self.shared.levels.get(role, ())
        pairs = ((f.code, s.code) for f in self.context.frame.firsts for s in f.seconds)
        return next((pair for pair in pairs if pair[1] in codes), None)


def tidied(given: CoachInput) -> Iterator[Proposal]:
    """Sign, number and unit each into its own column; 百分比 as %, all of it as =; a unit out of the name's brackets."""
    line, shared = given.line, given.shared
    changes: dict[str, Any] = {}
    unit = line.written.unit if line.amount is not None else ""
    unit = unit or line.texts.get("measure_unit", "") or line.in_name.unit
    if unit in shared.wrong_percent_units:
        unit = "%"
    if line.amount is not None:
        changes["planned_value"] = number_text(line.amount)
        sign = line.written.sign or line.in_name.sign or _sign_for(line, unit, shared)
        is_all = unit == "%" and line.amount == _FULL and sign in HIGHER_SIGNS
        changes["comparator"] = Comparator.EQUAL.value if is_all else sign
    if unit and (line.amount is not None or line.is_numeric):
        changes["measure_unit"] = unit
    if line.in_name.unit or line.in_name.sign:
        changes["third_level"] = _without_brackets(line.name)
    if changes:
        yield Proposal(changes, "按填写的内容整理")


def _sign_for(line: IndicatorLine, unit: str, shared: SharedWords) -> str:
    """The sign in force where it is numeric, else the one the name asks for."""
    if line.is_numeric:
        return line.sign
    if contains(line.name, shared.reverse_words) and not contains(line.name, shared.reverse_exceptions):
        return Comparator.AT_MOST.value
    return Comparator.EQUAL.value if unit == "%" and line.amount == _FULL else Comparator.AT_LEAST.value


def _without_brackets(name: str) -> str:
    """A name without what stands in brackets at its end."""
    return name[: max(name.rfind("("), name.rfind("（"))].strip() or name


def as_other(given: CoachInput) -> Iterator[Proposal]:
    """A date or a period in words keeps its text under 其他."""
    line = given.line
    if line.value and line.amount is None and any(char.isdigit() for char in line.value):
        changes = {"comparator": Comparator.OTHER.value, "measure_unit": None}
        yield Proposal(changes, "日期、期限等用“其他”")


def at_most(given: CoachInput) -> Iterator[Proposal]:
    """What should be small is asked for with ≤."""
    changes = {"comparator": Comparator.AT_MOST.value, "direction": Direction.NEGATIVE.value}
    yield Proposal(changes, "越少越好的用“≤”")


def within_budget(given: CoachInput) -> Iterator[Proposal]:
    """A cost no higher than the money there is, in the row's own unit."""
    unit = given.line.unit or given.line.written.unit
    fen = given.shared.money_units.get(unit)
    if fen and given.budget_fen and given.budget_fen > 0:
        value = number_text(Decimal(given.budget_fen) / fen)
        yield Proposal({"comparator": Comparator.AT_MOST.value, "planned_value": value}, "按年度资金封顶")


def moved(given: CoachInput, role: str, label: str) -> Iterator[Proposal]:
    """The same row under the second level it belongs to."""
    levels = given.role_second(role)
    if levels is not None and levels[1] != given.second:
        changes = {"first_level": levels[0], "second_level": levels[1], "library_code": None}
        yield Proposal(changes, label)


def by_words(given: CoachInput) -> Iterator[Proposal]:
    """What the word list says instead of vague words, for the row's level."""
    line = given.line
    text = f"{line.name}　{line.value}"
    for advice in given.words.advice:
        fits_level = not advice.second_levels or given.second in advice.second_levels
        if fits_level and contains(text, advice.words):
            yield Proposal(_advised(advice, line.name), "按常用写法")


def by_words_elsewhere(given: CoachInput) -> Iterator[Proposal]:
    """What the word list says of the name under another second level: 按时发放 is 按时发放率 under timeliness."""
    name = given.line.name
    pairs = [(f.code, s.code) for f in given.context.frame.firsts for s in f.seconds]
    for advice in given.words.advice:
        level = next((pair for pair in pairs if pair[1] in advice.second_levels), None)
        is_known = any(name.endswith(one.ending) for one in advice.endings)
        if level and is_known and given.second not in advice.second_levels:
            changes = _advised(advice, name) | {"first_level": level[0], "second_level": level[1]}
            yield Proposal(changes, "按常用写法")


def _advised(advice: WordAdvice, name: str) -> dict[str, Any]:
    """The columns a piece of advice settles."""
    put_right = [
        name.removesuffix(one.ending) + one.by for one in advice.endings if name.endswith(one.ending)
    ]
    return {
        "third_level": put_right[0] if put_right else advice.name,
        "comparator": advice.comparator.value,
        "planned_value": advice.value or None,
        "measure_unit": advice.measure_unit or None,
        "direction": advice.direction.value,
        "library_code": None,
    }


def by_library(given: CoachInput) -> Iterator[Proposal]:
    """Library indicators of the same level whose names are most like the row's."""
    for hit in _neighbours(given, given.words.neighbour_share):
        yield Proposal(hit.row_values(), _library_words(hit))


def close_in_library(given: CoachInput) -> Iterator[Proposal]:
    """The same, but only where the names are much alike and the value is another one."""
    for hit in _neighbours(given, given.words.close_share):
        if hit.indicator.reference_value != given.line.value and "satisfaction" not in given.line.roles:
            yield Proposal(hit.row_values(), _library_words(hit))


def unit_of_library(given: CoachInput) -> Iterator[Proposal]:
    """Sign and unit that are missing, as the library indicator of nearly the same name has them."""
    hits = [] if given.line.in_name.unit else _neighbours(given, given.words.close_share)
    for hit in hits:
        row, line = hit.indicator, given.line
        changes: dict[str, Any] = {}
        if "comparator" in line.blanks:
            changes["comparator"] = row.comparator.value
        if "measure_unit" in line.blanks and row.measure_unit:
            changes["measure_unit"] = row.measure_unit
        if changes:
            yield Proposal(changes, f"参照{_library_words(hit)}的“{row.name}”")


def _neighbours(given: CoachInput, least: Decimal) -> list[LibraryHit]:
    """Indicators of the row's own level, the likest first."""
    second = given.second
    return given.index.nearest(
        given.line.name, least, given.words.neighbours, lambda hit: hit.levels[1] == second
    )


def _library_words(hit: LibraryHit) -> str:
    """Which part of the library a proposal comes from."""
    return f"指标库·{hit.indicator.purpose or hit.indicator.origin.label}"


def graded(given: CoachInput) -> Iterator[Proposal]:
    """A qualitative value with a scale, where no number can be had."""
    line = given.line
    if line.value and not line.is_numeric:
        value = f"{line.value}，{given.words.grade_value}"
        yield Proposal({"comparator": Comparator.QUALITATIVE.value, "planned_value": value}, "写明分几档")


def as_in_library(given: CoachInput) -> Iterator[Proposal]:
    """Unit, sign and level as the library has them; or the row as an indicator of the unit's own."""
    indicator = given.context.library_by_code.get(given.line.library_code)
    levels = given.index.levels.of(indicator) if indicator else None
    if indicator is None or levels is None:
        return
    changes = {
        "first_level": levels[0],
        "second_level": levels[1],
        "comparator": indicator.comparator.value,
        "measure_unit": indicator.measure_unit or None,
    }
    yield Proposal(changes, "改回指标库的规定")
    yield Proposal({"library_code": None}, "改为自拟指标，不再与指标库核对")
