"""What every scored form can be asked about its points (得分说明的共同形状): why, where points went, what if (F24, F26).

One explainer a form, made for one background; it keeps nothing, so what is said is always what is reckoned.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar

from forms import kinds
from forms.answers import value_at, with_value
from forms.context import FormContext
from forms.findings import Place
from forms.schema import FormSpec, Row
from forms.scoring.breakdown import BreakdownLine
from forms.scoring.explanation import Explanation
from models.domain.filing import Answers

TOTAL = "总分"
"""How the total is called on screen and in print."""


@dataclass(frozen=True, slots=True)
class ShownScore:
    """One score as people see it (得分及说明).

    `score` is "" where nothing is counted; `full_score` the points it could get. `trial` is the place whose value can be
    tried out, None where nothing can; `trial_label` names it, `trial_unit` stands behind it, `trial_choices` are
    the only values it can have ("" for any). The total has its `grade`, and `remarks` that hold for the table as
    a whole: a ceiling, a veto, the points still missing to the next grade.
    """

    title: str
    score: str
    full_score: str
    explanation: Explanation
    is_open: bool = False
    trial: Place | None = None
    trial_label: str = ""
    trial_unit: str = ""
    trial_choices: tuple[str, ...] = ()
    is_total: bool = False
    grade: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """养护里程　9.33／10 分：10 × 11.20 ÷ 12 = 9.33。再完成 0.80 公里（达到 12 公里）可得满分。"""
        change = f"{self.explanation.change}。" if self.explanation.change else ""
        return f"{self.title}　{self.short_sentence}{change}"

    @property
    def short_sentence(self) -> str:
        """9.33／10 分：10 × 11.20 ÷ 12 = 9.33。"""
        head = f"{self.score}／{self.full_score} 分：" if self.score else ""
        return f"{head}{self.explanation.formula}。"


@dataclass(frozen=True, slots=True)
class Loss:
    """Points a part falls short of (失分): where they went."""

    place: Place
    title: str
    lost: Decimal


@dataclass(frozen=True, slots=True)
class Trial:
    """What another value would bring (试算结果): its own points, the total and the grade, before and after."""

    problem: str
    title: str = ""
    score: str = ""
    before: str = ""
    total: str = ""
    total_before: str = ""
    grade: str = ""
    grade_before: str = ""
    remarks: tuple[str, ...] = ()


class ScoreExplainer(ABC):
    """Explains the scores of one form (得分说明).

    `caption` stands over the total, `grade_label` before its grade. `basis` names the scheme of points.
    """

    caption: ClassVar[str] = "总分"
    grade_label: ClassVar[str] = "等级"

    def __init__(self, form: FormSpec, context: FormContext) -> None:
        self.form = form
        self.context = context

    @property
    @abstractmethod
    def basis(self) -> str:
        """The name of the scheme the points follow (计分方案)."""

    @property
    @abstractmethod
    def clause(self) -> str:
        """The circular behind the scheme, "" where the kit names none."""

    @property
    @abstractmethod
    def tables(self) -> tuple[str, ...]:
        """Keys of the tables whose rows have scores."""

    @abstractmethod
    def result(self, answers: Answers) -> tuple[str | None, str | None]:
        """Total and grade as the answers state them, None where they state none."""

    @abstractmethod
    def shown(self, answers: Answers, place: Place | None) -> ShownScore:
        """The score a place belongs to; the total for None and for places that have none."""

    @abstractmethod
    def losses(self, answers: Answers) -> tuple[Loss, ...]:
        """Where points went, the dearest first."""

    @abstractmethod
    def lines(self, answers: Answers) -> Iterator[BreakdownLine]:
        """The whole breakdown line by line, the total last."""

    def with_tried(self, answers: Answers, place: Place, value: Any) -> Answers:
        """The answers with a value put in and everything computed anew, as if it had been typed.

        The background is a copy without memory, so that nothing tried out is taken for what was filled in.
        """
        return self.form.derive(replace(self.context), with_value(answers, place, value))

    def trial(self, answers: Answers, place: Place, typed: str) -> Trial:
        """What a value typed at a place would bring; nothing of it is kept."""
        if not place.row_id:  # a file made elsewhere may leave the ids of its rows blank
            return Trial("这一行没有行号，不能试算。")
        row: Row = value_at(answers, replace(place, column="")) or {}
        spec = self.form.table(place.field).column(place.column)
        reading = kinds.read(spec, typed, self.context, row)
        if reading.problem or reading.value is None:
            return Trial(f"{reading.problem}，{reading.remedy}。" if reading.problem else "")
        changed = self.with_tried(answers, place, reading.value)
        was, now = self.shown(answers, place), self.shown(changed, place)
        if now.is_open:
            return Trial(f"{now.explanation.formula}。")
        before, after = self.shown(answers, None), self.shown(changed, None)
        return Trial(
            "",
            was.title,
            now.score or "不计分",
            was.score or "—",
            after.score,
            before.score,
            after.grade,
            before.grade,
            after.remarks,
        )


def explainer_of(form: FormSpec, context: FormContext) -> ScoreExplainer | None:
    """The explainer of a form's scores; None for forms without points, and where the kit has no scheme for them."""
    return form.explainer(form, context) if form.explainer else None
