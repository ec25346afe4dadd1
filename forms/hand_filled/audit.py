"""Checking one hand-filled table (手工表核对): recompute what can be recomputed, and say what does not fit.

Pure: the table comes from the reader, kits from whoever asks. The findings carry the numbers of the trade's
list and the places of the answers (`indicators[3].stated_score`); `cells_of` gives the cells to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from forms import registry
from forms.checks.self_evaluation_settings import ReasonSetting
from forms.checks.wording import clipped
from forms.findings import Finding, Place, Severity
from forms.hand_filled.audit_basis import AuditBases, AuditBasis
from forms.hand_filled.audit_funds import sum_findings
from forms.hand_filled.audit_list import list_findings
from forms.hand_filled.audit_monitoring import monitoring_findings
from forms.hand_filled.audit_scores import AuditScores, recomputed
from forms.hand_filled.audit_self_evaluation import self_evaluation_findings
from forms.hand_filled.audit_target import target_findings
from forms.hand_filled.audit_whole import read_whole
from forms.hand_filled.official_layout import WHOLE_FORMS
from forms.hand_filled.stated import StatedTable

SELF_EVALUATIONS = ("self_evaluation", "overall_expenditure_self_evaluation")
MONITORINGS = ("monitoring", "overall_expenditure_monitoring")
_CELL = re.compile(r"[A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?")
_HEADS = (("project_name", "项目名称"), ("fiscal_year", "年度"))
_TARGETS = ("年度总体目标", "年度总体目标完成情况")
_OF_PROJECTS = ("self_evaluation", "monitoring", "performance_target")


@dataclass(frozen=True)
class TableAudit:
    """What checking a table gave (核对结果); `scores` None for tables without scores, `basis` what it was checked by."""

    table: StatedTable
    findings: tuple[Finding, ...]
    scores: AuditScores | None = None
    basis: AuditBasis | None = None


def audit(table: StatedTable, bases: AuditBases) -> TableAudit:
    """Check one table of a known form; KitProblem when the kit has no scheme or frame to check by."""
    basis = bases.of(table)
    if table.form in WHOLE_FORMS and table.source is not None:
        whole = read_whole(table, basis)
        found = [*_unread(whole.table), *whole.findings]
        return TableAudit(replace(whole.table, source=None), tuple(_in_table_order(found)), basis=basis)
    table = replace(table, source=None)  # Hundreds of tables are kept side by side, their sheets are not.
    scores = recomputed(table, basis) if table.form in SELF_EVALUATIONS else None
    findings = [
        *_unread(table),
        *_heads(table),
        *_prompts(table, basis),
        *sum_findings(table, basis.settings),
        *_of_form(table, basis, scores),
    ]
    return TableAudit(table, tuple(_in_table_order(findings)), scores, basis)


def _of_form(table: StatedTable, basis: AuditBasis, scores: AuditScores | None) -> Iterator[Finding]:
    """The checks of the table's own stage."""
    if scores is not None:
        yield from self_evaluation_findings(scores)
    elif table.list_index is not None:
        yield from list_findings(table, basis)
    elif table.form in MONITORINGS:
        yield from monitoring_findings(table, basis)
    elif registry.has(table.form):
        yield from target_findings(table, basis)


def _unread(table: StatedTable) -> Iterator[Finding]:
    """C55: what could not be read, with its text; what was only assumed of a table that was read is advice."""
    for item in table.unread:
        is_read = bool(table.indicators) or table.list_index is not None or table.form in WHOLE_FORMS
        is_assumption = item.where == table.cells and is_read
        shown = f"“{item.text}”" if item.text else ""
        yield Finding(
            "C55",
            Severity.HINT if is_assumption else Severity.EXPLAIN,
            Place(item.where),
            f"单元格 {item.where}" if item.where and not is_assumption else "表格",
            f"{shown}{item.message}",
            item.remedy,
        )


def _heads(table: StatedTable) -> Iterator[Finding]:
    """C1: heads nothing could be read from; asked about, because a layout may not have them."""
    wanted = [(key, label) for key, label in _HEADS if key != "project_name" or table.form in _OF_PROJECTS]
    wanted = [one for one in wanted if not table.list_index or one[0] == "project_name"]
    missing = [(key, label) for key, label in wanted if not getattr(table, key)]
    if not table.list_index and not table.supervising_department and not table.implementing_unit:
        missing.append(("implementing_unit", "主管部门和实施单位"))
    if not table.funds and table.form in _OF_PROJECTS and not _is_without_money(table):
        missing.append(("funds", "项目资金"))
    if not table.indicators and table.columns and table.list_index is None:
        missing.append(("indicators", "绩效指标"))
    for key, label in missing:
        yield Finding(
            "C1",
            Severity.EXPLAIN,
            Place(key),
            label,
            "没有读到，表里没有填写或没有这一栏",
            f"请核对并填写{label}",
            "表头和资金是汇总、核对的依据。",
        )


def _is_without_money(table: StatedTable) -> bool:
    """Whether the layout has no place for money: flat lists without budgets, sheets of points alone."""
    columns = table.columns
    is_flat = "project_name" in columns and not any("budget" in role for role in columns)
    return is_flat or (
        {"full_score", "stated_score"} <= columns and columns.isdisjoint(("planned", "actual"))
    )


def _prompts(table: StatedTable, basis: AuditBasis) -> Iterator[Finding]:
    """C6: a target text that is still the form's own prompt."""
    setting = basis.settings.find(ReasonSetting)
    for key, label, text in zip(("annual_target", "actual_target"), _TARGETS, table.targets, strict=True):
        if setting is not None and any(prompt in text for prompt in setting.prompts):
            yield Finding(
                "C6",
                Severity.EXPLAIN,
                Place(key),
                label,
                f"“{clipped(text)}”像是表格自带的填写提示，还没有填写",
                f"请填写{label}",
                "总体目标要写明做成什么、做到什么程度。",
            )


def cells_of(table: StatedTable, place: Place) -> str:
    """The cells a place stands in, A12:H12; the whole table when it is not in one row."""
    if _CELL.fullmatch(place.field):
        return place.field
    where = {
        "funds": [fund.where for fund in table.funds],
        "indicators": [row.where for row in table.indicators],
        "annual_tasks": [task.where for task in table.tasks],
    }.get(place.field, [])
    if place.row_id.isdigit() and int(place.row_id) < len(where):
        return where[int(place.row_id)] or table.cells
    return table.cells


def _in_table_order(findings: Sequence[Finding]) -> list[Finding]:
    """Heads first, then money, then rows in their order, the graver first at one place."""
    order = {"funds": 1, "annual_tasks": 2, "indicators": 3, "stated_total": 4}

    def key(finding: Finding) -> tuple[int, int, int, int]:
        place = finding.place
        row = int(place.row_id) if place.row_id.isdigit() else -1
        return order.get(place.field, 0), row, finding.severity.rank, int(finding.code[1:])

    return sorted(findings, key=key)
