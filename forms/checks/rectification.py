"""Checks of a rectification (整改反馈校验): C48 overdue, settled without evidence, the same problem again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from forms.checks.engine import CheckInput
from forms.checks.places import row_subject
from forms.checks.rectification_settings import RectificationSetting
from forms.checks.wording import clipped
from forms.evidence import attached
from forms.findings import Finding, Place, Severity
from forms.kinds import parse_date, show_date
from forms.rectification_rows import COMPLETED, TABLE, problem_rows
from forms.schema import Row
from forms.text_similarity import core_text, similarity


def rectification(given: CheckInput) -> Iterator[Finding]:
    """C48 over every problem."""
    until = _looked_at(given)
    before = problem_rows(given.context.previous_answers or {})
    limit = given.settings.get(RectificationSetting).similarity
    for number, row in enumerate(problem_rows(given.answers), 1):
        yield from _overdue(given, row, number, until)
        yield from _without_evidence(given, row, number)
        yield from _again(given, row, number, before, limit)


def _looked_at(given: CheckInput) -> date:
    """The day deadlines are compared with: that of the filing, else the task's last."""
    return parse_date(given.text("filled_on")) or given.context.task.closes_on


def _overdue(given: CheckInput, row: Row, number: int, until: date) -> Iterator[Finding]:
    deadline = parse_date(str(row.get("deadline_on") or ""))
    if deadline is None or row.get("state") in (None, COMPLETED) or deadline >= until:
        return
    yield _finding(
        given,
        Severity.EXPLAIN,
        row,
        (number, "deadline_on"),
        f"完成时限是 {show_date(deadline)}，到 {show_date(until)}还没有完成",
        "请说明原因和新的完成时间",
        "整改要在规定期限内完成，超期的要说明。",
    )


def _without_evidence(given: CheckInput, row: Row, number: int) -> Iterator[Finding]:
    if row.get("state") != COMPLETED or attached(given.context, Place(TABLE, str(row.get("row_id")))):
        return
    yield _finding(
        given,
        Severity.BLOCKING,
        row,
        (number, "state"),
        "填的是“已完成”，没有附佐证材料",
        "请在这一行附上验收单、照片、文件等佐证材料，或改为“正在整改”",
        "整改完成要有材料证明。",
    )


def _again(given: CheckInput, row: Row, number: int, before: list[Row], limit: Decimal) -> Iterator[Finding]:
    """The same problem of the same project as last year."""
    project, issue = core_text(str(row.get("project_name") or "")), core_text(str(row.get("issue") or ""))
    for old in before:
        same_project = core_text(str(old.get("project_name") or "")) == project
        if same_project and issue and similarity(core_text(str(old.get("issue") or "")), issue) >= limit:
            yield _finding(
                given,
                Severity.EXPLAIN,
                row,
                (number, "issue"),
                f"上年已有同样的问题“{clipped(str(old.get('issue') or ''))}”",
                "请说明为什么再次出现，今后怎样防止",
                "同样的问题连年出现，说明上年整改没有到位。",
            )
            return


def _finding(
    given: CheckInput,
    severity: Severity,
    row: Mapping[str, Any],
    at: tuple[int, str],
    message: str,
    remedy: str,
    why: str,
) -> Finding:
    number, column = at
    subject = row_subject(given.form.table(TABLE), row, number, column)
    place = Place(TABLE, str(row.get("row_id")), column)
    return Finding("C48", severity, place, subject, message, remedy, why)
