"""How a form is scored (表单计分): one record of functions, so that screens and prints score any form alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from forms.context import FormContext
    from forms.scoring.score_sheet import ScoreSheet
    from models.domain.filing import Answers


@dataclass(frozen=True, slots=True)
class FormScoring:
    """The scoring of a form (表单计分).

    `sheet` scores answers anew, quickly enough to be asked what another value would bring; `labels` name
    the first levels. `table` and `actual` are the rows and the column whose values bring the points,
    `score` the column they are shown in; `funds_table` and `funds_row` the line of the money with the points
    of execution, `entered_table` the points scored elsewhere. `total_key` and `grade_key` are the fields that state the result.
    """

    sheet: Callable[[FormContext, Answers], ScoreSheet]
    labels: Callable[[FormContext], Mapping[str, str]]
    table: str = "indicators"
    actual: str = "actual_value"
    score: str = "score"
    funds_table: str = "funds"
    funds_row: str = "total"
    entered_table: str = "entered_items"
    total_key: str = "total_score"
    grade_key: str = "grade"

    def result(self, answers: Answers) -> tuple[str | None, str | None]:
        """Total and grade as the answers state them, None where they state none."""
        return _text(answers.get(self.total_key)), _text(answers.get(self.grade_key))


def _text(value: Any) -> str | None:
    """A stated text; None for none and for anything else."""
    return value if isinstance(value, str) and value.strip() else None
