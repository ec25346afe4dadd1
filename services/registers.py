"""Registers read from tables (单位名录、年度预算项目名录的读取): a checked preview first, then taken in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from forms import registry
from models.domain.money import AmountError, AmountUnit, parse_amount, plain_text
from models.domain.project import RegisterEntry, Unit
from services.changes import Topic
from services.desk_people import present_user
from services.one_line import MAX_NAME
from services.register_heads import ENTRY_HEADS, UNIT_HEADS
from services.register_tables import Line, read_register
from services.workspaces import Workspace

_PROJECT_CODE_LENGTH = 21
"""Digits of a project code in the platform of the budget (一体化), domain §1."""

_MAX_CODE = 40
"""Longest code the forms have room for."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a line of a table (表格问题): `is_blocking` when the line cannot be taken in."""

    line: int
    message: str
    is_blocking: bool


@dataclass(frozen=True, slots=True)
class UnitPreview:
    """Units read, and what was wrong (单位名录预览)."""

    file_name: str
    units: tuple[Unit, ...]
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class EntryPreview:
    """Register lines read, and what was wrong (项目名录预览)."""

    file_name: str
    entries: tuple[RegisterEntry, ...]
    problems: tuple[RowProblem, ...]


def preview_units(workspace: Workspace, path: Path) -> UnitPreview:
    """The unit register of a table, each line checked."""
    table = read_register(workspace.tools, path, UNIT_HEADS)
    units: dict[str, Unit] = {}
    problems: list[RowProblem] = []
    for number, line in table.lines():
        code = plain_text(line["code"])
        fault = _unit_fault(code, line["name"], units)
        if fault:
            problems.append(RowProblem(number, f"{fault}，这一行不会装入", True))
            continue
        fields = {**line, "code": code, "department_code": plain_text(line.get("department_code", ""))}
        units[code] = Unit(**fields)
    for unit in units.values():
        if unit.department_code and unit.department_code not in units and not unit.department_name:
            problems.append(
                RowProblem(0, f"{unit.name}：主管部门代码 {unit.department_code} 没有写名称", False)
            )
    return UnitPreview(table.table.file_name, tuple(units.values()), tuple(problems))


def _unit_fault(code: str, name: str, units: Mapping[str, Unit]) -> str:
    """What is wrong with a line's unit, "" when nothing."""
    if not code or not name:
        return "单位代码或单位名称没有填"
    if _is_scientific(code):
        return f"单位代码“{code}”被表格软件改成了科学计数，请把该列设为文本后重新导出"
    if not code.isascii() or not code.isalnum() or len(code) > _MAX_CODE:
        return f"单位代码“{code[:21]}”只能由数字和字母组成，不超过 {_MAX_CODE} 位"
    if len(name) > MAX_NAME:
        return f"单位名称超过 {MAX_NAME} 字"
    return f"单位代码 {code} 重复，只保留前面一行" if code in units else ""


def _is_scientific(code: str) -> bool:
    """Whether a spreadsheet has turned a long code into a rounded number."""
    return re.fullmatch(r"[0-9](\.[0-9]+)?E\+[0-9]+", code.upper()) is not None


def take_units(workspace: Workspace, preview: UnitPreview) -> int:
    """Take previewed units into the register; how many."""
    who, now = present_user(workspace).name, workspace.tools.clock.now()
    with workspace.store.writing() as work:
        work.registers.put_units(preview.units)
        work.audit.append(now, who, "registers", "", f"导入单位名录，{len(preview.units)} 个单位", {})
        work.commit()
    workspace.changes.tell(Topic.REGISTERS)
    return len(preview.units)


def preview_entries(workspace: Workspace, path: Path, budget_year: int) -> EntryPreview:
    """The project register of a budget year (预算数 in 万元 or 元, as the table says), each line checked."""
    table = read_register(workspace.tools, path, ENTRY_HEADS)
    unit = table.amount_unit("budget_fen")
    with workspace.store.reading() as work:
        known = {item.code: item for item in work.registers.units()}
        kit = work.kits.current(workspace.profile.working_year)
    local_names = {s.title: s.form_id for s in kit.kit.form_settings if s.title} if kit else {}
    entries: dict[tuple[str, str], RegisterEntry] = {}
    codes: set[str] = set()
    strange_funds: dict[str, int] = {}
    problems: list[RowProblem] = []
    if unit is None and "budget_fen" in table.columns:
        problems.append(RowProblem(0, "“预算数”没有写明单位，按万元读入，请核对", False))
    for number, line in table.lines():
        entry = _entry(
            number, line, budget_year, unit or AmountUnit.WAN_YUAN, known, local_names, problems.append
        )
        if entry is None:
            continue
        key = (entry.unit_code, entry.project_code or entry.project_name)
        if key in entries:
            problems.append(RowProblem(number, f"项目“{entry.project_name}”重复，只保留前面一行", True))
            continue
        if entry.project_code in codes:
            what = f"项目代码 {entry.project_code} 前面已用于另一个单位的项目，请核对"
            problems.append(RowProblem(number, what, False))
        codes |= {entry.project_code} - {""}
        entries[key] = entry
        if kit and entry.fund_type and kit.kit.fund_types and entry.fund_type not in kit.kit.fund_types:
            strange_funds.setdefault(entry.fund_type, number)
    problems += [
        RowProblem(number, f"资金性质“{name}”不在参数包列出的之内，汇总时单列一类，请核对", False)
        for name, number in strange_funds.items()
    ]
    return EntryPreview(table.table.file_name, tuple(entries.values()), tuple(problems))


def _entry(
    number: int,
    line: Line,
    budget_year: int,
    unit: AmountUnit,
    known: Mapping[str, Unit],
    local_names: Mapping[str, str],
    report: Callable[[RowProblem], None],
) -> RegisterEntry | None:
    """One register line, None when it cannot be taken in."""
    name, unit_code = line["project_name"], plain_text(line["unit_code"])
    code = plain_text(line.get("project_code", ""))
    fault = _entry_fault(name, code, unit_code, known)
    if fault:
        report(RowProblem(number, f"{fault}，这一行不会装入", True))
        return None
    if code and len(code) != _PROJECT_CODE_LENGTH:
        what = f"项目代码“{code}”有 {len(code)} 位，应为 {_PROJECT_CODE_LENGTH} 位，请核对"
        report(RowProblem(number, what, False))
    amount = _amount(number, line.get("budget_fen", ""), unit, report)
    forms_due, unknown = _forms_due(line.get("forms_due", ""), local_names)
    if unknown:
        report(RowProblem(number, f"应报各表里的“{unknown}”不认识，请核对", False))
    return RegisterEntry(
        project_code=code,
        project_name=name,
        unit_code=unit_code,
        budget_year=budget_year,
        category=line.get("category", ""),
        bureau_office=line.get("bureau_office", "") or known[unit_code].bureau_office,
        budget_fen=amount,
        fund_type=line.get("fund_type", ""),
        forms_due=forms_due,
        exempt_reason=line.get("exempt_reason", ""),
    )


def _entry_fault(name: str, code: str, unit_code: str, known: Mapping[str, Unit]) -> str:
    """What keeps a register line out, "" when nothing."""
    if not name or not unit_code:
        return "项目名称或单位代码没有填"
    if _is_scientific(unit_code):
        return f"单位代码“{unit_code}”被表格软件改成了科学计数，请把该列设为文本后重新导出"
    if unit_code not in known:
        return f"单位代码 {unit_code} 不在单位名录里"
    if _is_scientific(code):
        return f"项目代码“{code}”被表格软件改成了科学计数，请把该列设为文本后重新导出"
    if len(code) > _MAX_CODE:
        return f"项目代码超过 {_MAX_CODE} 位"
    limit = _name_limit()
    return f"项目名称超过 {limit} 字" if len(name) > limit else ""


def _name_limit() -> int:
    """Characters a project's name may have on the forms, where a registered name cannot be shortened."""
    names = [f for form in registry.all_forms() for f in form.fields() if f.key == "project_name"]
    return min((field.max_length for field in names), default=MAX_NAME)


def _amount(number: int, text: str, unit: AmountUnit, report: Callable[[RowProblem], None]) -> int | None:
    """The budget in 分; left blank with a remark when it cannot be read."""
    if not text:
        return None
    try:
        amount = parse_amount(text, unit)
    except AmountError as error:
        report(RowProblem(number, f"预算数{error.what}，已留空", False))
        return None
    if amount < 0:
        report(RowProblem(number, f"预算数“{text[:20]}”小于 0，已留空", False))
        return None
    return amount


def _forms_due(text: str, local_names: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """Form ids named in 应报各表 (by title, short title or the place's own), and the first name not known."""
    names = (
        {**local_names}
        | {head.title: head.form_id for head in registry.heads()}
        | {head.short_title: head.form_id for head in registry.heads()}
    )
    wanted = [
        part
        for part in text.replace("，", "、").replace(",", "、").replace("；", "、").split("、")
        if part.strip()
    ]
    found = tuple(names[part.strip()] for part in wanted if part.strip() in names)
    unknown = next((part.strip() for part in wanted if part.strip() not in names), "")
    return found, unknown


def take_entries(workspace: Workspace, preview: EntryPreview, budget_year: int) -> int:
    """Take a previewed register in, replacing that budget year's; how many lines."""
    who, now = present_user(workspace).name, workspace.tools.clock.now()
    with workspace.store.writing() as work:
        work.registers.replace_entries(budget_year, preview.entries)
        said = f"导入{budget_year}年度预算项目名录，{len(preview.entries)} 个项目"
        work.audit.append(now, who, "registers", "", said, {})
        work.commit()
    workspace.changes.tell(Topic.REGISTERS)
    return len(preview.entries)
