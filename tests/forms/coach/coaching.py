"""A coach for the tests (测试用填写建议): the program's own library, words and cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms import registry
from forms.checks.catalog import CHECKS
from forms.checks.settings import CheckSettings, SharedWords
from forms.coach import Advice, Coach, Suggestion
from forms.context import FormContext
from forms.library_levels import FrameLevels
from forms.library_search import LibraryIndex
from resources.builtin_library import builtin_library, coach_words, indicator_cases
from tests.forms import cases
from tests.forms.cases import ROADS, Answers, line


def context(**changes: Any) -> FormContext:
    """A project's filing at a desk with the built-in library."""
    return cases.context(library=builtin_library(), **changes)


def coach_of(given: FormContext) -> Coach:
    """The coach of a filing."""
    form = registry.form(given.task.form_id)
    levels = FrameLevels(given.frame, CheckSettings(given.kit).find(SharedWords))
    about = given.project.name if given.project else ""
    index = LibraryIndex(tuple(given.library_by_code.values()), levels, about)
    checks = [CHECKS[code] for code in form.checks]
    return Coach(form, given, checks, coach_words(), indicator_cases(), index)


def advice(answers: Mapping[str, Any], given: FormContext | None = None) -> list[Advice]:
    """What the coach has to offer on answers."""
    filing = given or context()
    return list(coach_of(filing).advise(answers, cases.report(filing, answers)))


def with_row(*spec: Any, **changes: Any) -> Answers:
    """农村公路养护 whose only indicator is this one."""
    return {**ROADS, "indicators": [{**line(1, *spec), **changes}]}


def taken(answers: Mapping[str, Any], suggestion: Suggestion) -> Answers:
    """The answers with a suggestion taken."""
    rows = []
    for row in answers[suggestion.table]:
        if row["row_id"] != suggestion.row_id:
            rows.append(row)
        elif not suggestion.removes:
            rows.append({**row, **suggestion.changes})
    return {**answers, suggestion.table: rows}
