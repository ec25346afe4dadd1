"""What only several tables together show (多张表互相核对): a self-evaluation beside the target of the same project.

A target table handed in is not yet the approved one, so what differs is asked about (C28, C29), two
self-evaluations of one project are told as duplicates (C42), and so is a whole unit whose projects do not add up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from forms import registry
from forms.checks.self_evaluation_approved import ApprovedTarget, approved_findings
from forms.checks.settings import SumSetting
from forms.findings import Finding, Place, Severity
from forms.hand_filled.audit import MONITORINGS, TableAudit
from forms.hand_filled.audit_monitoring import fallen_behind
from forms.hand_filled.audit_scores import TABLE, read_row
from forms.hand_filled.audit_sums import unit_findings
from forms.hand_filled.stated import StatedTable
from forms.text_similarity import core_text

_SELF, _TARGET = "self_evaluation", "performance_target"
_Key = tuple[str, int, str]


def together(audits: Sequence[TableAudit]) -> Mapping[int, tuple[Finding, ...]]:
    """More findings by `id` of the audit they belong to."""
    of_project: dict[_Key, list[TableAudit]] = defaultdict(list)
    for one in audits:
        key = _key(one.table)
        if key is not None and one.table.form in (_SELF, _TARGET):
            of_project[key].append(one)
    more: dict[int, list[Finding]] = defaultdict(list)
    for group in of_project.values():
        evaluations = [one for one in group if one.table.form == _SELF]
        targets = [one for one in group if one.table.form == _TARGET]
        if len(evaluations) > 1:
            for one in evaluations[1:]:
                more[id(one)].append(_duplicate(one, evaluations[0]))
        if len(targets) == 1:
            for one in evaluations:
                more[id(one)] += _against(one, targets[0])
    for one, before in _periods(audits):
        if one.basis is not None:
            more[id(one)] += fallen_behind(one.table, before.table, one.basis)
    tables = [one.table for one in audits if one.table.form]
    for one in audits:
        if registry.stands_beside(one.table.form) and one.basis is not None:
            more[id(one)] += unit_findings(one.table, tables, one.basis.settings.find(SumSetting))
    return {key: tuple(found) for key, found in more.items() if found}


def _periods(audits: Sequence[TableAudit]) -> Iterator[tuple[TableAudit, TableAudit]]:
    """Each monitoring table beside that of the month before it, of the same project or unit and year."""
    of_one: dict[tuple[str, _Key], list[TableAudit]] = defaultdict(list)
    for one in audits:
        key = _key(one.table, is_whole=one.table.form != "monitoring")
        if key is not None and one.table.form in MONITORINGS and one.table.period_month is not None:
            of_one[one.table.form, key].append(one)
    for group in of_one.values():
        group.sort(key=lambda one: one.table.period_month or 0)
        for before, one in pairwise(group):
            if before.table.period_month != one.table.period_month:
                yield one, before


def _key(table: StatedTable, *, is_whole: bool = False) -> _Key | None:
    """Project, year and unit; None while one of them is unknown. A unit as a whole has no project."""
    project = core_text(table.project_code) or core_text(table.project_name)
    unit = core_text(table.implementing_unit or table.supervising_department)
    if not (project or is_whole) or not unit or table.fiscal_year is None:
        return None
    return project, table.fiscal_year, unit


def _against(one: TableAudit, target: TableAudit) -> list[Finding]:
    """C28 and C29, asked about."""
    if one.scores is None:
        return []
    basis = one.scores.basis
    rows = [
        read_row(basis, row, number)
        for number, row in enumerate(target.table.indicators)
        if not row.is_sub_row
    ]
    source = f"绩效目标申报表（{target.table.file}）"
    found = approved_findings(ApprovedTarget(tuple(rows), source), one.scores.lines, Place(TABLE))
    return [replace(finding, severity=Severity.EXPLAIN) for finding in found]


def _duplicate(one: TableAudit, first: TableAudit) -> Finding:
    """C42: the same project evaluated twice."""
    return Finding(
        "C42",
        Severity.EXPLAIN,
        Place("project_name"),
        f"项目“{one.table.project_name}”",
        f"同一年度另有一张自评表（{first.table.file}），重复了",
        "请核对以哪一张为准",
        "一个项目一个年度只报一张自评表。",
    )
