"""By what a hand-filled table is checked (核对依据): a kit and its score scheme, fitted to what the table states.

Without a kit of its own a table is checked by the built-in kit whose frame fits its first levels: the one
with 成本指标 as a first level where the table has one, else the commoner. What a kit issued by a bureau
decides is asked for; what only the national default says is told as advice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache

from forms.checks.self_evaluation_settings import TotalSetting
from forms.checks.settings import CheckSettings, SharedWords
from forms.hand_filled.stated import StatedFund, StatedTable
from forms.remembered import by_identity
from forms.scoring.reading import RowReader, row_reader
from models.domain.errors import KitProblem
from models.domain.kit import IndicatorFrame, ParameterKit, ScoreScheme
from models.domain.money import plain_text

_TARGET = "performance_target"
_ENDING = "指标"
_LONGEST_LEVEL = 20


@dataclass(frozen=True)
class AuditBasis:
    """A kit made ready for checking tables (核对依据); `is_given` when the user named it, not the national default."""

    kit: ParameterKit
    is_given: bool

    @cached_property
    def settings(self) -> CheckSettings:
        """The kit's check settings."""
        return CheckSettings(self.kit)

    @cached_property
    def reader(self) -> RowReader:
        """The reader of indicator rows with the kit's words."""
        return row_reader(self.kit)

    def scheme(self, table: StatedTable) -> ScoreScheme:
        """The scheme the kit has for a table's form and year; KitProblem when it has none at all."""
        year = table.fiscal_year or self.kit.working_year
        for form_id in (table.form, _TARGET):
            setting = self.kit.form_setting(form_id, year)
            if setting is not None:
                return self.kit.scheme(setting.scheme_id)
        if not self.kit.schemes:
            raise KitProblem("任务参数包里没有计分方案", "请换用完整的任务参数包", self.kit.name)
        return self.kit.schemes[0]

    def frame(self, table: StatedTable) -> IndicatorFrame:
        """The indicator frame of the kit that knows most of the table's first levels."""
        levels = first_levels(table)
        if not self.kit.frames:
            raise KitProblem("任务参数包里没有指标框架", "请换用完整的任务参数包", self.kit.name)
        return max(self.kit.frames, key=lambda frame: len(levels & _labels(frame)))


class AuditBases:
    """The bases of one run (本次核对的依据): the kit given for every table, else the national default that fits."""

    def __init__(self, defaults: Sequence[ParameterKit], given: ParameterKit | None = None) -> None:
        self._bases = [AuditBasis(kit, is_given=False) for kit in defaults] if given is None else []
        self._given = AuditBasis(given, is_given=True) if given is not None else None

    def reader_of(self, words: SharedWords) -> RowReader | None:
        """The reader of rows with these very words, None when no basis has them."""
        every = (self._given,) if self._given is not None else self._bases
        return next((basis.reader for basis in every if basis.reader.words is words), None)

    def of(self, table: StatedTable) -> AuditBasis:
        """The basis of one table; of two that fit alike the first, the commoner."""
        if self._given is not None:
            return self._given
        levels = first_levels(table)

        def known(basis: AuditBasis) -> int:
            return max((len(levels & _labels(frame)) for frame in basis.kit.frames), default=0)

        return max(self._bases, key=known)


@lru_cache(maxsize=1024)
def level_key(label: str) -> str:
    """A level's name without marks, brackets and ending: ★产出指标（50分） is 产出."""
    text = plain_text(label).partition("(")[0].strip(" ★*☆:：")
    return text.removesuffix(_ENDING)


def first_levels(table: StatedTable) -> set[str]:
    """The first levels a table has; of one that is read by its labels, every short text that may be one."""
    printed = {row.first_level for row in table.indicators if row.first_level}
    levels = set(map(level_key, printed))
    if levels or table.source is None or table.indicators:
        return levels
    area = table.source.area
    return {
        level_key(text)
        for row in area.rows()
        for _column, text in area.distinct(row)
        if len(text) <= _LONGEST_LEVEL
    }


@by_identity(64)
def _labels(frame: IndicatorFrame) -> set[str]:
    return {level_key(first.label) for first in frame.firsts}


def execution_row(table: StatedTable) -> int | None:
    """Which funds row carries the points of execution: the total, unless only another row has points; None without any."""
    totals = [index for index, fund in enumerate(table.funds) if fund.source == "total"]
    with_points = [
        index for index, fund in enumerate(table.funds) if fund.full_score.value or fund.stated_score.value
    ]
    for index in (*(index for index in totals if index in with_points), *with_points, *totals):
        return index
    return 0 if table.funds else None


def fitted_scheme(scheme: ScoreScheme, table: StatedTable, settings: CheckSettings) -> ScoreScheme:
    """The scheme with the points the table itself states for execution: another place's scheme shows there.

    A table whose indicators alone make up the whole, or that has no funds at all, has no points for execution.
    """
    index = execution_row(table)
    fund = table.funds[index] if index is not None else StatedFund("total", "")
    stated = fund.full_score.value
    points = [row.full_score.value for row in table.indicators if row.full_score.value is not None]
    if stated is None:
        stated = _assumed(scheme, sum(points, Decimal(0)), settings.find(TotalSetting), index is not None)
    if stated == scheme.execution_score or not 0 <= stated <= scheme.full_total:
        return scheme
    rest = scheme.full_total - stated
    return replace(scheme, execution_score=stated, declaration_total=rest, first_level_weights=())


def _assumed(scheme: ScoreScheme, of_rows: Decimal, setting: TotalSetting | None, has_funds: bool) -> Decimal:
    """Points for execution where the funds have no points column: the scheme's, unless the rows add up without them."""
    wanted = scheme.execution_score
    if not has_funds or setting is None:
        return wanted if has_funds else Decimal(0)
    is_alone = of_rows in setting.indicator_totals and of_rows + wanted != setting.full_total
    return Decimal(0) if is_alone else wanted
