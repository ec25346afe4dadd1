"""How cells are looked at (内容识别方式): what is plainly right is told at once, what is not gets its sentence."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, NamedTuple

from forms import kinds
from forms.answers import is_blank
from forms.checks.wording import clipped
from forms.context import FormContext
from forms.remembered import by_identity
from forms.schema import Choice, Choices, FieldKind, FieldSpec


class Looking(NamedTuple):
    """How values of a field or column are looked at (内容识别方式): settled once for all rows of a county.

    `longest` is the length up to which a text needs no sentence about it, `choices` None but where there is something to choose.
    """

    key: str
    spec: FieldSpec
    longest: int
    is_plain: bool
    is_spelled: bool
    choices: Choices | None

    def is_right(self, text: str, context: FormContext, row: Mapping[str, Any]) -> bool:
        """Whether a text that is not blank plainly needs no sentence about it."""
        if len(text) > self.longest:
            return False
        if self.is_plain or (self.is_spelled and kinds.is_soundly_spelled(self.spec.kind, text)):
            return True
        return self.choices is not None and is_among(self.choices(context, row), text)


@by_identity(256)
def looking_at(specs: tuple[FieldSpec, ...]) -> tuple[Looking, ...]:
    """The fields of a form, or the columns of a table, as this kit uses them."""
    return tuple(
        Looking(
            spec.key,
            spec,
            spec.max_length or sys.maxsize,
            spec.kind in kinds.PLAIN,
            spec.kind in kinds.SPELLED,
            spec.choices if spec.kind is FieldKind.CHOICE else None,
        )
        for spec in specs
    )


def is_among(options: tuple[Choice, ...], kept: str) -> bool:
    """Whether a text is one of some choices."""
    for option in options:  # noqa: SIM110  # a generator would take three times as long
        if option.value == kept:
            return True
    return False


def cell_problem(spec: FieldSpec, kept: Any, context: FormContext, row: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong with a kept value and what to do; two empty texts when nothing is."""
    problem, remedy = kinds.problem_of(spec, kept)
    if (
        problem
        or is_blank(kept)
        or spec.kind is not FieldKind.CHOICE
        or spec.is_open_choice
        or not spec.choices
    ):
        return problem, remedy
    for option in spec.choices(context, row):
        if option.value == kept:
            return "", ""
    if spec.key == "second_level" and (wrong := _elsewhere(str(kept), context, row)):
        return wrong, "请在这个一级指标下重新选择二级指标"
    return f"“{clipped(str(kept))}”不在可选范围内", "请从列表中选择"


def _elsewhere(code: str, context: FormContext, row: Mapping[str, Any]) -> str:
    """What is wrong with a second level that belongs under another first level; "" when it belongs nowhere."""
    first = context.frame.first(text_in(row.get("first_level")))
    for other in context.frame.firsts:
        second = context.frame.second(other.code, code)
        if first and second:
            return f"“{second.label}”不属于“{first.label}”，属于“{other.label}”"
    return ""


def text_in(value: Any) -> str:
    """A kept text without outer blanks; "" for anything else."""
    return value.strip() if isinstance(value, str) else ""
