"""`./run check`: hand-filled workbooks and packages read, recomputed and checked (检查)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from commands.cli import Screens
from commands.output import print_json, progress_on_stderr
from forms import registry
from forms.findings import Finding
from forms.hand_filled.audit import TableAudit, cells_of
from models.domain.errors import InputError
from services.checking import CheckedFile, check_files
from services.path_text import path_text
from services.tools import Tools

_SEVERITIES = {"blocking": "必改", "explain": "需说明", "hint": "提示"}


def run(arguments: argparse.Namespace, tools: Tools, _screens: Screens) -> int:
    """Check everything given; status 1 when something was found, 2 when no file could be read."""
    paths = [Path(name) for name in arguments.paths]
    kit = Path(arguments.kit) if arguments.kit else None
    checked = check_files(tools, paths, kit, progress_on_stderr())
    problem = next((file.problem for file in checked if file.problem is not None), None)
    if not checked:
        raise InputError("没有找到可以检查的文件", "请给出 .xlsx 表格、报送文件或它们所在的文件夹")
    if problem is not None and not any(file.is_readable for file in checked):
        more = f"（共 {len(checked)} 个文件，都读不出来）" if len(checked) > 1 else ""
        where = path_text(checked[0].path)
        raise InputError(f"{problem.what.rstrip('。')}{more}", problem.remedy, where)
    if arguments.json:
        print_json([one for file in checked for one in file.objects])
    else:
        for file in checked:
            sys.stdout.write("\n".join(_told(file)) + "\n")
    return 1 if any(file.has_findings for file in checked) else 0


def _told(file: CheckedFile) -> list[str]:
    """One file for people: its tables, and below each what was found, the cells to look at first."""
    lines = [path_text(file.path)]
    tables = [one for one in file.audits if one.table.form]
    for one in tables:
        lines += _table(one)
    for found in file.objects:
        if found["form"] is None or not file.audits:
            lines += _object(found)
    return lines


def _table(one: TableAudit) -> list[str]:
    """One table of a workbook."""
    table = one.table
    title = registry.head(table.form).title if registry.has(table.form) else _TITLES.get(table.form, "绩效表")
    name = f"“{table.project_name}”" if table.project_name else ""
    lines = [f"　工作表“{table.sheet}”{table.cells}　{title}{name}"]
    lines += _sums(one)
    lines += [_finding(finding, cells_of(table, finding.place)) for finding in one.findings]
    return lines if one.findings else [*lines, "　　没有发现问题"]


def _sums(one: TableAudit) -> list[str]:
    """The totals in one line: as written and by the rule."""
    if one.scores is None:
        return []
    scores = one.scores
    written = one.table.stated_total.text or "未读到"
    by_rule = (
        f"{scores.rule_total:f} 分{f'（{scores.grade}）' if scores.grade else ''}"
        if scores.rule_total is not None
        else "不能复算"
    )
    return [f"　　总分：表上 {written}，按规则 {by_rule}"]


def _finding(finding: Finding, cells: str) -> str:
    """One finding: severity, cells, sentence."""
    return f"　　[{finding.severity.label}] {cells}　{finding.sentence}"


def _object(found: dict[str, object]) -> Sequence[str]:
    """A filing of a package, or what could not be read."""
    form = found.get("form")
    answers = found.get("answers")
    name = answers.get("project_name") if isinstance(answers, dict) else None
    lines = [f"　{registry.head(str(form)).title}{f'“{name}”' if name else ''}"] if form else []
    findings = found["findings"]
    assert isinstance(findings, list)
    lines += [
        f"　　[{_SEVERITIES[one['severity']]}] {one['message'].rstrip('。')}。{one['remedy'].rstrip('。')}。"
        for one in findings
    ]
    return lines if findings else [*lines, "　　没有发现问题"]


_TITLES = {
    "self_evaluation": "项目支出绩效自评表",
    "overall_expenditure_self_evaluation": "部门（单位）整体支出绩效自评表",
    "monitoring": "项目支出绩效目标执行监控表",
    "overall_expenditure_monitoring": "部门（单位）整体支出绩效运行监控表",
    "ex_ante_evaluation": "事前绩效评估报告",
}
"""Names of forms whose declaration this program may not have yet."""
