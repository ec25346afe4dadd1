"""Where an ex-ante evaluation takes its first content from (评估报告的来源): the project, the kit, the target declaration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from forms.context import FormContext
from forms.ex_ante_scores import rows_of, scheme_of
from forms.indicator_table import joined_value
from forms.kinds import is_amount
from forms.schema import Choice, LabelOf, Prefill, Row
from models.domain.filing import Answers

TARGET_FORM = "performance_target"
"""The declaration whose content the report must agree with."""

_NUMERALS = "一二三四五六七八九"
MOST_DIMENSIONS = 6
"""As many sections of opinion as the form has room for; five are usual, some places have six (domain §2.2)."""


def target_answers(context: FormContext) -> Answers:
    """The target declaration of the same project and budget year; empty when there is none yet."""
    return context.related.get(TARGET_FORM) or {}


def from_target(key: str) -> Prefill:
    """A text as the target declaration has it."""

    def prefill(context: FormContext) -> str | None:
        kept = target_answers(context).get(key)
        return kept if isinstance(kept, str) and kept.strip() else None

    return prefill


def amount_from_target(key: str) -> Prefill:
    """An amount as the target declaration has it."""

    def prefill(context: FormContext) -> int | None:
        kept = target_answers(context).get(key)
        return kept if is_amount(kept) else None

    return prefill


def project_name(context: FormContext) -> str | None:
    """The project's name."""
    return context.project.name if context.project else None


def project_code(context: FormContext) -> str | None:
    """The project's code, if it has one."""
    return (context.project.project_code or None) if context.project else None


def department(context: FormContext) -> str:
    """The department in charge; a town is its own."""
    return context.unit.department_name or context.unit.name


def unit_name(context: FormContext) -> str:
    """The unit that files."""
    return context.unit.name


def is_registered(context: FormContext) -> bool:
    """Whether the project stands in the register of the year."""
    return context.register_entry is not None


def attribute(context: FormContext) -> str | None:
    """新增 or 延续 by the declaration, else by whether the project had a budget last year."""
    told = from_target("project_attribute")(context)
    return told or ("continuing" if context.last_year_budget_fen is not None else None)


def year_from(context: FormContext) -> str:
    """First year of the project, else the budget year."""
    return from_target("period_from")(context) or str(context.budget_year)


def year_to(context: FormContext) -> str:
    """Last year of the project, else the budget year."""
    return from_target("period_to")(context) or str(context.budget_year)


def submitted(context: FormContext) -> int | None:
    """What is asked for: the declared total, else the project's known budget."""
    declared: int | None = amount_from_target("annual_total_fen")(context)
    known = context.project_year.budget_fen if context.project_year else None
    return declared if declared is not None else known


def last_year(context: FormContext) -> int | None:
    """Last year's budget, if known."""
    return context.last_year_budget_fen


def targets(context: FormContext) -> str | None:
    """The declared target with its indicators, one line each kind."""
    answers = target_answers(context)
    text = answers.get("annual_target")
    lines = [text.strip()] if isinstance(text, str) and text.strip() else []
    rows = answers.get("indicators")
    named = [_indicator(row) for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    told = "；".join(words for words in named if words)
    return "\n".join([*lines, *([f"主要绩效指标：{told}。"] if told else [])]) or None


def _indicator(row: Mapping[str, Any]) -> str:
    """养护里程≥12公里."""
    name = row.get("third_level")
    return f"{name}{joined_value(row)}" if isinstance(name, str) and name.strip() else ""


def object_kinds(context: FormContext, _row: Row) -> tuple[Choice, ...]:
    """项目 or 政策, as the kit evaluates them."""
    scheme = scheme_of(context)
    found = tuple(Choice(item.kind, item.label) for item in scheme.objects) if scheme else ()
    return found or (Choice("project", "项目"),)


def first_object(context: FormContext) -> str:
    """What is evaluated as a rule."""
    return object_kinds(context, {})[0].value


def ratings(context: FormContext, _row: Row) -> tuple[Choice, ...]:
    """优 良 中 差, as the kit has them."""
    scheme = scheme_of(context)
    return tuple(Choice(one.name, one.name) for one in scheme.ratings) if scheme else ()


def conclusions(context: FormContext, _row: Row) -> tuple[Choice, ...]:
    """予以支持, 调整完善后予以支持, 不予支持, as the kit has them."""
    scheme = scheme_of(context)
    return tuple(Choice(one.conclusion, one.conclusion) for one in scheme.bands) if scheme else ()


def rated_rows(context: FormContext) -> Sequence[Row]:
    """The items to rate, of what is evaluated as a rule."""
    scheme = scheme_of(context)
    return rows_of(scheme, {}) if scheme else []


def attachment_rows(context: FormContext) -> Sequence[Row]:
    """The materials the kit names, one row each."""
    scheme = scheme_of(context)
    named = scheme.attachments if scheme else ()
    return [
        {"row_id": f"a{number}", "material": one.name, "is_needed": "yes" if one.is_required else None}
        for number, one in enumerate(named, 1)
    ]


def dimension_names(context: FormContext, number: int, kind: str = "") -> tuple[str, ...]:
    """The names of the `number`th dimension (from 0): of one kind of object, or of all kinds without repetition."""
    scheme = scheme_of(context)
    objects = () if scheme is None else (scheme.object_of(kind),) if kind else scheme.objects
    names = [one.dimensions[number].name for one in objects if number < len(one.dimensions)]
    return tuple(dict.fromkeys(names))


def dimension_title(number: int, names: Sequence[str]) -> str:
    """（一）立项必要性; both names where projects and policies call it otherwise."""
    return f"（{_NUMERALS[number]}）{'／'.join(names)}"


def dimension_guidance(number: int) -> LabelOf:
    """What a section of opinion must answer, by the kit; both where projects and policies are asked otherwise."""

    def guidance(context: FormContext) -> str:
        scheme = scheme_of(context)
        told = {
            one.label: one.dimensions[number].guidance
            for one in (scheme.objects if scheme else ())
            if number < len(one.dimensions) and one.dimensions[number].guidance
        }
        if len(set(told.values())) == 1:
            return next(iter(told.values()))
        return "；".join(f"{label}：{words}" for label, words in told.items())

    return guidance


def dimension_label(number: int) -> LabelOf:
    """The label of a section of opinion."""

    def label(context: FormContext) -> str:
        return dimension_title(number, dimension_names(context, number))

    return label
