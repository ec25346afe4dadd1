"""C23 (指标库核对): an indicator taken from the library whose unit, sign or level is no longer the library's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from forms.checks.engine import RowInput
from forms.checks.indicator_line import IndicatorLine
from forms.checks.library_settings import LibrarySetting
from forms.checks.settings import SharedWords
from forms.checks.wording import clipped
from forms.context import FormContext
from forms.findings import Finding, Severity
from forms.library_levels import FrameLevels
from forms.text_similarity import core_text
from models.domain.indicator import Comparator
from models.domain.indicator_library import LibraryIndicator
from models.domain.money import plain_text

LIBRARY_COLUMN = "library_code"
"""Column no screen or paper shows: the code of the library indicator a row was taken from."""

_FULL = 100
Difference = tuple[str, str, str]
"""Column, what the library says, what the row says."""


def has_library(context: FormContext) -> bool:
    """Whether there is a library to compare with."""
    return bool(context.library or context.kit.indicator_library)


def library_row_changed(given: RowInput) -> Iterable[Finding]:
    """C23: the same indicator as in the library, with another unit, sign or level."""
    line = given.line
    indicator = given.context.library_by_code.get(line.library_code)
    if indicator is None or not _is_the_same(line, indicator):
        return ()
    differences = list(_differences(given, indicator))
    return (_changed(line, indicator, differences),) if differences else ()


def _changed(line: IndicatorLine, indicator: LibraryIndicator, differences: Sequence[Difference]) -> Finding:
    """A C23 finding."""
    column = differences[0][0]
    what = "；".join(
        f"{line.table.column(key).label}库中是“{there}”，现在是“{here}”" for key, there, here in differences
    )
    return Finding(
        code="C23",
        severity=Severity.EXPLAIN,
        place=line.place(column),
        subject=line.subject(),
        message=f"取自指标库的“{clipped(indicator.name)}”，{what}",
        remedy="请改回与指标库一致；确实要改的，请说明",
        why="指标库的单位、符号和层次统一规定，各单位填得一样才能汇总和比较。",
        also=tuple(line.place(key) for key, _, _ in differences[1:]),
        values=tuple((f"库中的{line.table.column(key).label}", there) for key, there, _ in differences),
    )


def _is_the_same(line: IndicatorLine, indicator: LibraryIndicator) -> bool:
    """Whether the row still is the library's indicator: a name written anew makes it another one."""
    name, there = core_text(line.name), core_text(indicator.name)
    return bool(name) and (there in name or name in there)


def _differences(given: RowInput, indicator: LibraryIndicator) -> Iterator[Difference]:
    """Level, sign and unit that differ; columns the frame does not use and empty cells say nothing."""
    line = given.line
    yield from _level(given, indicator)
    if _sign_differs(line, indicator):
        yield "comparator", indicator.comparator.label, Comparator(line.sign).label
    unit = line.texts.get("measure_unit", "")
    if unit and indicator.measure_unit and not _same_unit(given, unit, indicator.measure_unit):
        yield "measure_unit", indicator.measure_unit, unit


def _sign_differs(line: IndicatorLine, indicator: LibraryIndicator) -> bool:
    """Whether the row's own column says another sign; one nobody can read is left to another check."""
    is_known = line.has("comparator") and line.sign in set(Comparator)
    return is_known and line.sign != indicator.comparator and not _asks_for_all(line, indicator)


def _level(given: RowInput, indicator: LibraryIndicator) -> Iterator[Difference]:
    """The level, when row and library can both be placed in the frame."""
    line, frame = given.line, given.context.frame
    levels = FrameLevels(frame, given.settings.find(SharedWords))
    there = levels.of(indicator)
    here = (line.texts.get("first_level", ""), line.texts.get("second_level", ""))
    if there and frame.second(*here) and here != there and not _same_role(levels, here, there):
        yield "second_level", levels.label(there), levels.label(here)


def _same_role(levels: FrameLevels, here: tuple[str, str], there: tuple[str, str]) -> bool:
    """Whether both levels stand for one role: a cost stays a cost under each of the cost levels."""
    roles = levels.words.levels.values() if levels.words else ()
    return any(here[1] in codes and there[1] in codes for codes in roles)


def _asks_for_all(line: IndicatorLine, indicator: LibraryIndicator) -> bool:
    """Whether only a full hundred percent makes the signs differ: ≥95 % raised to =100 %, or the other way round."""
    upward = {Comparator.AT_LEAST.value, Comparator.EQUAL.value}
    if not line.is_percent or {line.sign, indicator.comparator.value} != upward:
        return False
    full = str(_FULL)
    return line.amount == _FULL if line.sign == Comparator.EQUAL else indicator.reference_value == full


def _same_unit(given: RowInput, unit: str, there: str) -> bool:
    """Whether two units are spelled alike or mean the same by the kit's list."""
    one, other = plain_text(unit), plain_text(there)
    groups = given.settings.get(LibrarySetting).same_units
    return one == other or any(one in group.units and other in group.units for group in groups)
