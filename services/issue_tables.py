"""Problems to put right read from a bureau's table (整改问题清单的读取): a checked preview, then part of the draft kit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from forms.kinds import parse_date
from forms.text_similarity import core_text
from models.domain.issue import RegisteredIssue
from models.domain.kit import ParameterKit
from models.domain.money import plain_text
from models.domain.project import Unit
from services.kit_issue import KitDraft
from services.register_heads import Head
from services.register_tables import Line, read_register
from services.registers import RowProblem
from services.workspaces import Workspace

RECTIFICATION_FORM = "rectification"
_LONGEST = 500
"""Characters the form has room for, in the problem and in what is required."""

ISSUE_HEADS = (
    Head("unit_code", "单位代码", ("预算单位代码", "单位编码"), is_required=True),
    Head("budget_year", "预算年度", ("年度", "所属年度")),
    Head("project_code", "项目代码", ("项目编码",)),
    Head("project_name", "项目名称", ("支出项目名称",)),
    Head("origin", "问题来源", ("整改类型", "检查类型", "来源")),
    Head("issue", "存在问题", ("问题", "问题内容", "整改内容"), is_required=True),
    Head("requirement", "整改要求", ("整改意见", "整改建议", "处理意见")),
    Head("deadline_on", "完成时限", ("整改时限", "整改期限", "期限")),
    Head("notice_number", "通知文号", ("整改通知文号", "文号")),
    Head("notice_on", "通知日期", ("整改通知日期", "签发日期")),
)
"""Columns of a list of problems, as offices name them (domain §6)."""


@dataclass(frozen=True, slots=True)
class IssuePreview:
    """Problems read, and what was wrong with the table (整改问题预览); `units` names the units they concern."""

    file_name: str
    issues: tuple[RegisteredIssue, ...]
    problems: tuple[RowProblem, ...]
    units: Mapping[str, str]


def preview_issues(workspace: Workspace, path: Path, kit: ParameterKit) -> IssuePreview:
    """The problems of a table, each line checked; those without a year are of the year the kit rectifies.

    InputError when the table cannot be read or a compulsory head is missing.
    """
    table = read_register(workspace.tools, path, ISSUE_HEADS)
    with workspace.store.reading() as work:
        known = {unit.code: unit for unit in work.registers.units()}
    year = _rectified_year(kit)
    found: dict[tuple[str, int, str, str], RegisteredIssue] = {}
    problems: list[RowProblem] = []
    for number, line in table.lines():
        fault = _fault(line, known)
        if fault:
            problems.append(RowProblem(number, f"{fault}，这一行不会装入", True))
            continue
        made, remarks = _issue(line, year)
        place = made.unit_code, made.budget_year, core_text(made.project_name), core_text(made.issue)
        if place in found:
            problems.append(RowProblem(number, "同一个问题前面已有一行，只保留前面一行", True))
            continue
        found[place] = made
        problems += [RowProblem(number, f"{remark}，请核对", False) for remark in remarks]
    names = {code: unit.name for code, unit in known.items()}
    return IssuePreview(table.table.file_name, tuple(found.values()), tuple(problems), names)


def with_issues(draft: KitDraft, issues: Iterable[RegisteredIssue]) -> KitDraft:
    """The draft with that list in place of the one it had."""
    return replace(draft, template=replace(draft.template, issues=tuple(issues)))


def _rectified_year(kit: ParameterKit) -> int:
    """The budget year the kit's rectification is about, the last one where it asks for none."""
    years = [task.budget_year for task in kit.tasks if task.form_id == RECTIFICATION_FORM]
    return max(years, default=kit.working_year - 1)


def _fault(line: Line, known: Mapping[str, Unit]) -> str:
    """What keeps a line out, "" when nothing."""
    code = plain_text(line["unit_code"])
    if not code or not line["issue"]:
        return "单位代码或存在问题没有填"
    if code not in known:
        return f"单位代码 {code[:21]} 不在单位名录里"
    too_long = next((h.label for h in ISSUE_HEADS if len(line.get(h.key, "")) > _LONGEST), "")
    if too_long:
        return f"“{too_long}”超过 {_LONGEST} 字"
    year = plain_text(line.get("budget_year", "")).removesuffix("年")
    return "" if not year or (year.isdigit() and len(year) == 4) else f"预算年度“{year[:10]}”不是年份"


def _issue(line: Line, year: int) -> tuple[RegisteredIssue, list[str]]:
    """A line as a registered problem, and what should be looked at."""
    remarks = []
    days = {key: parse_date(line.get(key, "")) for key in ("deadline_on", "notice_on")}
    for head in ISSUE_HEADS:
        if head.key in days and line.get(head.key) and days[head.key] is None:
            remarks.append(f"“{head.label}”的“{line[head.key][:20]}”不是日期，已留空")
    if not line.get("origin"):
        remarks.append("没有写问题来源，按“其他检查”装入")
    own = plain_text(line.get("budget_year", "")).removesuffix("年")
    made = RegisteredIssue(
        unit_code=plain_text(line["unit_code"]),
        budget_year=int(own) if own else year,
        origin=line.get("origin", "") or "其他检查",
        issue=line["issue"],
        project_code=plain_text(line.get("project_code", "")),
        project_name=line.get("project_name", ""),
        requirement=line.get("requirement", ""),
        deadline_on=days["deadline_on"],
        notice_number=line.get("notice_number", ""),
        notice_on=days["notice_on"],
    )
    return made, remarks
