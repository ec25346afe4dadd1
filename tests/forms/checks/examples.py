"""Examples of the checks (校验样例): one failing or passing filing each, and how the tests read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from forms.context import FormContext
from forms.findings import Severity
from models.domain.kit import ExAnteRule
from models.domain.project import RegisterEntry
from tests.forms import cases
from tests.forms.cases import KIT_10, KIT_101, OVERALL, ROADS, TOWN, Answers, row_changed

E, W, H = Severity.BLOCKING, Severity.EXPLAIN, Severity.HINT


@dataclass(frozen=True)
class Fails:
    """A filing a check finds fault with: severity, place, and what the sentence must say."""

    code: str
    name: str
    answers: Mapping[str, Any]
    severity: Severity
    place: str
    says: tuple[str, ...]
    context: FormContext = field(default_factory=lambda: cases.context(KIT_101))


@dataclass(frozen=True)
class Passes:
    """A filing a check must say nothing about."""

    code: str
    name: str
    answers: Mapping[str, Any]
    context: FormContext = field(default_factory=lambda: cases.context(KIT_101))


def ten(**changes: Any) -> FormContext:
    """A project's filing in the kit without weights at declaration."""
    return cases.context(KIT_10, **changes)


def whole(**changes: Any) -> FormContext:
    """The overall form of a unit."""
    return cases.context(KIT_101, OVERALL, **changes)


def registered(fen: int) -> FormContext:
    """A project whose budget stands in the project register."""
    entry = RegisterEntry("51000027T000000012345", "农村公路养护", "820001", 2027, budget_fen=fen)
    return cases.context(register_entry=entry)


def with_rule(rule: ExAnteRule, known: bool | None = None, attributes: tuple[str, ...] = ()) -> FormContext:
    """A kit with an ex-ante rule, for all projects or those of some attributes."""
    settings = {**KIT_101.check_settings, "C22": {"project_attributes": list(attributes)}}
    kit = replace(KIT_101, ex_ante=rule, check_settings=settings)
    return cases.context(kit, has_ex_ante_evaluation=known)


def row(row_id: str, answers: Mapping[str, Any] = ROADS, **changes: Any) -> Answers:
    """The answers (农村公路养护) with one indicator row changed."""
    return row_changed(answers, row_id, **changes)


def rows(answers: Mapping[str, Any], edit: Callable[[Answers], Answers]) -> Answers:
    """The answers with every indicator row edited."""
    return {**answers, "indicators": [edit(dict(one)) for one in answers["indicators"]]}


def rows_set(up_to: str, **changes: Any) -> Answers:
    """农村公路养护 with the rows up to one all changed alike."""
    return rows(ROADS, lambda one: {**one, **changes} if one["row_id"] <= up_to else one)


def weights(*points: str | None) -> Answers:
    """农村公路养护 with the eight weights given."""
    numbers = dict(zip((one["row_id"] for one in ROADS["indicators"]), points, strict=True))
    return rows(ROADS, lambda one: {**one, "weight": numbers[one["row_id"]]})


def task_row(**changes: Any) -> Answers:
    """The town's overall form with its second task changed."""
    first, second = TOWN["annual_tasks"]
    return {**TOWN, "annual_tasks": [first, {**second, **changes}]}


def amounts(fen: int, base: Mapping[str, Any], **changes: Any) -> Answers:
    """A one-year filing that asks for so much, all of it fiscal."""
    return {**base, "annual_total_fen": fen, "annual_fiscal_fen": fen, "annual_other_fen": 0, **changes}
