"""Projects beside the table of their whole unit (整体表与项目表相互核对): C42, where both are handed in.

A folder may lack projects, so a sum that is too small is asked about with both figures; amounts of the same
project that differ, and projects together above the whole, are told the same way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from forms import registry
from forms.checks.settings import SumSetting
from forms.checks.wording import clipped, money_text
from forms.findings import Finding, Place, Severity
from forms.hand_filled.audit_target import annual_total
from forms.hand_filled.stated import StatedTable
from forms.text_similarity import core_text

_PROJECT_SPENDING = "项目支出"
_WHY = "整体支出里的项目支出应当等于各个项目之和，一个不多，一个不少。"


def unit_findings(
    whole: StatedTable, tables: Sequence[StatedTable], setting: SumSetting | None
) -> Iterator[Finding]:
    """C42 of one table of a whole unit beside the projects of the same unit, year and stage."""
    projects = [table for table in tables if _belongs(table, whole)]
    if not projects or setting is None:
        return
    tolerance = setting.tolerance * whole.unit_of_amount.value
    yield from _whole(whole, projects, tolerance)
    yield from _by_name(whole, projects, tolerance)


def _belongs(table: StatedTable, whole: StatedTable) -> bool:
    """Whether a project's table belongs to the unit and year of a table of the whole."""
    if table.form != registry.stands_beside(whole.form) or table.fiscal_year != whole.fiscal_year:
        return False
    unit = core_text(whole.implementing_unit or whole.supervising_department)
    return bool(unit) and unit in {
        core_text(table.implementing_unit),
        core_text(table.supervising_department),
    }


def _whole(whole: StatedTable, projects: Sequence[StatedTable], tolerance: Decimal) -> Iterator[Finding]:
    """The projects together against 项目支出, or against the total they cannot exceed."""
    found = sum(annual_total(table) or 0 for table in projects)
    for index, fund in enumerate(whole.funds):
        is_projects = _PROJECT_SPENDING in fund.label
        stated = fund.initial_budget_fen if fund.annual_budget_fen is None else fund.annual_budget_fen
        if stated is None or not (is_projects or fund.source == "total"):
            continue
        if found - stated > tolerance or (is_projects and stated - found > tolerance):
            label = fund.label or "资金总额"
            message = (
                f"填的是 {money_text(stated, whole.unit_of_amount)}，这次检查的 {len(projects)} 个项目合计 "
                f"{money_text(found, whole.unit_of_amount)}，相差 {money_text(abs(stated - found), whole.unit_of_amount)}"
            )
            yield _finding(Place("funds", str(index), "annual_budget"), f"“{label}”的预算数", message)
            return


def _by_name(whole: StatedTable, projects: Sequence[StatedTable], tolerance: Decimal) -> Iterator[Finding]:
    """Tasks and summary rows that name a project, with another amount than its own table."""
    own = {core_text(table.project_name): table for table in projects if table.project_name}
    for index, task in enumerate(whole.tasks):
        table = own.pop(core_text(task.name), None)
        amount = annual_total(table) if table is not None else None
        if table is None or amount is None or task.total_fen is None:
            continue
        if abs(amount - task.total_fen) > tolerance:
            message = (
                f"填的是 {money_text(task.total_fen, whole.unit_of_amount)}，"
                f"它的项目表（{table.file}）是 {money_text(amount, whole.unit_of_amount)}"
            )
            yield _finding(
                Place("annual_tasks", str(index), "total_fen"), f"“{clipped(task.name)}”的金额", message
            )
    if whole.form.endswith("_summary") and own:
        names = "、".join(f"“{clipped(table.project_name)}”" for table in list(own.values())[:3])
        message = f"有 {len(own)} 个项目有项目表、没有列入汇总：{names}" + ("等" if len(own) > 3 else "")
        yield _finding(Place("annual_tasks"), "汇总表", message)


def _finding(place: Place, subject: str, message: str) -> Finding:
    remedy = "请核对整体表和各项目表；有的项目没有一起检查的，以齐全的为准"
    return Finding("C42", Severity.EXPLAIN, place, subject, message, remedy, _WHY)
