"""Rows nothing can be said against (无须细看的指标行), told by one cheap look, so that most rows are never checked singly.

The look is careful, never clever: it only knows rows whose figures and points are such that every check of one row
(`blank_cells`, `row_findings`, `reason_findings`) is silent. Any other row goes to the checks themselves.
"""

from __future__ import annotations

import re
from decimal import Decimal

from forms.checks.self_evaluation_lines import ScoredLine, is_blank_text
from forms.checks.self_evaluation_settings import LowTargetSetting, ReasonSetting, UnitFamilySetting
from forms.checks.settings import CheckSettings
from forms.scoring.inputs import IndicatorInput
from models.domain.indicator import Comparator

_WORDED = (Comparator.QUALITATIVE, Comparator.OTHER)
_FIGURE_AT_END = re.compile(r"\d[^\d\s]{1,6}$")
"""What a figure with a unit at the end of a name looks like, read widely: 村组干部230人."""


class PlainRows:
    """Tells rows that need no check, by a kit's settings (无须细看的判断)."""

    def __init__(self, settings: CheckSettings) -> None:
        self._reasons = settings.find(ReasonSetting)
        self._units = settings.find(UnitFamilySetting)
        self._endings = tuple(self._units.units_by_name) if self._units else ()
        low = settings.find(LowTargetSetting)
        self._low_words = low.low_target_words if low else ()

    def knows(self, line: ScoredLine) -> bool:
        """Whether every check of one row is silent about this one; False only says that they have to be asked."""
        row, score, given = line.row, line.score, line.stated.value
        if given is None or given != score.score or not line.has_rule or line.improvement is not None:
            return False
        planned, actual = row.planned_value, row.actual_value
        if planned is None or actual is None or row.quotient is None or row.planned_upper is not None:
            return False
        if row.comparator in _WORDED or not 0 <= given <= score.full_score:
            return False
        return self._is_explained(line) and self._has_own_unit(row) and self._is_near(planned, actual)

    def _is_explained(self, line: ScoredLine) -> bool:
        """Whether nothing was lost, or the reason is long enough; and the target was not left far behind."""
        setting, reason, score = self._reasons, line.reason, line.score
        if setting is None:
            return True
        has_full_marks = line.stated.value == score.full_score
        if reason and any(word in reason for word in self._low_words):
            return False
        if has_full_marks and score.is_met:
            return not score.is_over_achieved
        reason = reason.strip()
        return (
            len(reason) >= setting.minimum_length
            and not is_blank_text(reason)
            and reason not in setting.fillers
            and not any(prompt in reason for prompt in setting.prompts)
            and not score.is_over_achieved
        )

    def _has_own_unit(self, row: IndicatorInput) -> bool:
        """Whether the completion is a figure in the row's own unit, and the name speaks of no other one."""
        text, unit, name = row.actual_text, row.measure_unit, row.name
        if not text or not text[0].isalnum():
            return False
        if not unit or self._units is None:
            return not unit
        is_own = text.endswith(unit) or text[-1].isdigit()
        return is_own and not name.endswith(self._endings) and _FIGURE_AT_END.search(name) is None

    def _is_near(self, planned: Decimal, actual: Decimal) -> bool:
        """Whether two values are not so far apart that their units may differ."""
        if self._units is None:
            return True
        if planned == actual:
            return self._units.factor > 1
        return max(planned, actual) / min(planned, actual) < self._units.factor
