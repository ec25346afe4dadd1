"""Registers read from tables (单位名录、年度预算项目名录的读取): a checked preview first, then taken in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from forms import registry
from models.domain.errors import InputError
from models.domain.money import AmountError, AmountUnit, parse_amount, plain_text
from models.domain.project import RegisterEntry, Unit
from services.changes import Topic
from services.register_heads import ENTRY_HEADS, UNIT_HEADS, Head
from services.workspaces import Workspace


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


Line = Mapping[str, str]


def _lines(workspace: Workspace, path: Path, heads: Sequence[Head]) -> tuple[str, list[tuple[int, Line]]]:
    """Lines of a table by key, met through the head row; InputError when a compulsory head is missing."""
    table = workspace.tools.tables.read(path)
    head_row, columns = _head_row(table.rows[:10], heads, path.name)
    lines: list[tuple[int, Line]] = []
    for index, row in enumerate(table.rows[head_row + 1 :], table.first_row + head_row + 1):
        line = {key: row[i].strip() if i < len(row) else "" for key, i in columns.items()}
        if any(line.values()):
            lines.append((index, line))
    return table.file_name, lines


def _head_row(
    rows: Sequence[Sequence[str]], heads: Sequence[Head], file_name: str
) -> tuple[int, dict[str, int]]:
    """Where the heads stand and in which column each is; InputError when a compulsory one is missing."""
    for number, row in enumerate(rows):
        columns = {head.key: i for head in heads for i, text in enumerate(row) if head.fits(text)}
        if all(head.key in columns for head in heads if head.is_required):
            return number, columns
    missing = "、".join(head.label for head in heads if head.is_required)
    raise InputError(f"没有找到表头“{missing}”", "请核对第一行的栏目名称", file_name)


def preview_units(workspace: Workspace, path: Path) -> UnitPreview:
    """The unit register of a table, each line checked."""
    file_name, lines = _lines(workspace, path, UNIT_HEADS)
    units: dict[str, Unit] = {}
    problems: list[RowProblem] = []
    for number, line in lines:
        code = plain_text(line["code"])
        if not code or not line["name"]:
            problems.append(RowProblem(number, "单位代码或单位名称没有填，这一行不会装入", True))
        elif not code.isascii() or not code.isalnum():
            problems.append(
                RowProblem(number, f"单位代码“{code[:21]}”只能由数字和字母组成，这一行不会装入", True)
            )
        elif code in units:
            problems.append(RowProblem(number, f"单位代码 {code} 重复，只保留前面一行", True))
        else:
            fields = {**line, "code": code, "department_code": plain_text(line.get("department_code", ""))}
            units[code] = Unit(**fields)
    for unit in units.values():
        if unit.department_code and unit.department_code not in units and not unit.department_name:
            problems.append(
                RowProblem(0, f"{unit.name}：主管部门代码 {unit.department_code} 没有写名称", False)
            )
    return UnitPreview(file_name, tuple(units.values()), tuple(problems))


def take_units(workspace: Workspace, preview: UnitPreview) -> int:
    """Take previewed units into the register; how many."""
    with workspace.store.writing() as work:
        work.registers.put_units(preview.units)
        work.commit()
    workspace.changes.tell(Topic.REGISTERS)
    return len(preview.units)


def preview_entries(workspace: Workspace, path: Path, budget_year: int) -> EntryPreview:
    """The project register of a budget year (预算数 in 万元 or 元 by its head), each line checked."""
    file_name, lines = _lines(workspace, path, ENTRY_HEADS)
    in_yuan = any("元" in head and "万元" not in head for head in _amount_head(workspace, path))
    unit = AmountUnit.YUAN if in_yuan else AmountUnit.WAN_YUAN
    with workspace.store.reading() as work:
        known = {item.code: item for item in work.registers.units()}
    entries: dict[tuple[str, str], RegisterEntry] = {}
    problems: list[RowProblem] = []
    for number, line in lines:
        entry = _entry(number, line, budget_year, unit, known, problems.append)
        if entry is None:
            continue
        if (entry.unit_code, entry.project_code or entry.project_name) in entries:
            problems.append(RowProblem(number, f"项目“{entry.project_name}”重复，只保留前面一行", True))
            continue
        entries[entry.unit_code, entry.project_code or entry.project_name] = entry
    return EntryPreview(file_name, tuple(entries.values()), tuple(problems))


def _amount_head(workspace: Workspace, path: Path) -> Sequence[str]:
    """Head texts of the amount column."""
    amount = next(head for head in ENTRY_HEADS if head.key == "budget_fen")
    return [text for row in workspace.tools.tables.read(path).rows[:10] for text in row if amount.fits(text)]


def _entry(
    number: int,
    line: Line,
    budget_year: int,
    unit: AmountUnit,
    known: Mapping[str, Unit],
    report: Callable[[RowProblem], None],
) -> RegisterEntry | None:
    """One register line, None when it cannot be taken in."""
    name, unit_code = line["project_name"], plain_text(line["unit_code"])
    if not name or not unit_code:
        report(RowProblem(number, "项目名称或单位代码没有填，这一行不会装入", True))
        return None
    if unit_code not in known:
        report(RowProblem(number, f"单位代码 {unit_code} 不在单位名录里，这一行不会装入", True))
        return None
    code = plain_text(line.get("project_code", ""))
    if "E+" in code.upper():
        report(
            RowProblem(number, f"项目代码“{code}”被表格软件改成了科学计数，请把该列设为文本后重新导出", True)
        )
        return None
    if code and len(code) != 21:
        report(RowProblem(number, f"项目代码“{code}”有 {len(code)} 位，应为 21 位，请核对", False))
    amount = _amount(number, line.get("budget_fen", ""), unit, report)
    forms_due, unknown = _forms_due(line.get("forms_due", ""))
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


def _amount(number: int, text: str, unit: AmountUnit, report: Callable[[RowProblem], None]) -> int | None:
    """The budget in 分; left blank with a remark when it cannot be read."""
    if not text:
        return None
    try:
        return parse_amount(text, unit)
    except AmountError as error:
        report(RowProblem(number, f"预算数{error.what}，已留空", False))
        return None


def _forms_due(text: str) -> tuple[tuple[str, ...], str]:
    """Form ids named in 应报各表 (by title or short title), and the first name not known."""
    names = {f.title: f.form_id for f in registry.all_forms()} | {
        f.short_title: f.form_id for f in registry.all_forms()
    }
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
    with workspace.store.writing() as work:
        work.registers.replace_entries(budget_year, preview.entries)
        work.commit()
    workspace.changes.tell(Topic.REGISTERS)
    return len(preview.entries)
