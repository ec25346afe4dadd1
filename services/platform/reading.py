"""A platform's file read into projects (一体化导出表的读取): lines of one project joined, every fault with its place.

Rows of a project that stand several times in a list of money are added up and said so; an indicator that cannot
be read keeps the whole target out, for half a target would be a wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from forms.checks.project_code import code_rule, is_well_built
from forms.checks.settings import CheckSettings, ProjectCodeSetting
from models.domain.kit import IndicatorFrame, ParameterKit
from models.domain.platform_mapping import PlatformKind, PlatformMapping, RowsOf
from services.one_line import MAX_NAME
from services.platform import cell_values
from services.platform.indicator_lines import IndicatorLines
from services.platform.recognition import KnownSheet, recognised
from services.platform.records import ReadProject
from services.register_tables import Line
from services.tools import Tools

_TARGET_FORM = "performance_target"
_TOTALS = ("合计", "小计", "总计")


@dataclass(frozen=True)
class ReadFile:
    """Everything a file states (读到的导出表)."""

    file_name: str
    kinds: tuple[PlatformKind, ...]
    projects: tuple[ReadProject, ...]
    names_year: bool
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class ReadingRule:
    """What reading needs to know of a place (读取依据): its kit, and the budget year where the file names none."""

    kit: ParameterKit
    budget_year: int

    @property
    def frame(self) -> IndicatorFrame | None:
        """The frame targets of that year hang in."""
        setting = self.kit.form_setting(_TARGET_FORM, self.budget_year)
        return self.kit.frame(setting.frame_id) if setting else None


def read_file(
    tools: Tools,
    path: Path,
    mappings: Sequence[PlatformMapping],
    rule: ReadingRule,
    kind: PlatformKind | None = None,
) -> ReadFile:
    """Read a file; InputError when no sheet of it is the platform's, or the file cannot be read at all."""
    sheets, unknown = recognised(tools.tables.sheets(path), mappings, kind)
    projects: list[ReadProject] = []
    for found in _KINDS:
        of_kind = [sheet for sheet in sheets if sheet.kind is found]
        if of_kind:
            projects += _Joined(found, rule).read(of_kind)
    remarks = [f"工作表“{name}”没有认出，没有读" for name in unknown if name]
    return ReadFile(
        path.name,
        tuple(dict.fromkeys(sheet.kind for sheet in sheets)),
        tuple(projects),
        all("budget_year" in sheet.table.columns for sheet in sheets),
        tuple(remarks),
    )


_KINDS = (
    PlatformKind.PROJECTS,
    PlatformKind.BUDGETS,
    PlatformKind.APPROVED_TARGETS,
    PlatformKind.PAYMENT_LEDGER,
)
"""In the order they are shown and taken: a project comes before what is said of it."""


class _Joined:
    """Joins the lines of one kind by unit, code and year (按项目归并)."""

    def __init__(self, kind: PlatformKind, rule: ReadingRule) -> None:
        self._kind, self._rule = kind, rule
        self._code_setting = CheckSettings(rule.kit).find(ProjectCodeSetting)
        self._found: dict[tuple[str, str, int], ReadProject] = {}
        self._unreadable: list[ReadProject] = []

    def read(self, sheets: Sequence[KnownSheet]) -> list[ReadProject]:
        """Every project of the sheets, those that cannot be read last."""
        for sheet in sheets:
            self._read_sheet(sheet)
        for one in self._found.values():
            if self._kind is PlatformKind.APPROVED_TARGETS and not one.indicators and not one.faults:
                one.faults.append("没有绩效指标")
            if one.line_count > 1 and self._kind is not PlatformKind.APPROVED_TARGETS:
                one.notes.append(f"表里有 {one.line_count} 行，已合计")
        return [*self._found.values(), *self._unreadable]

    def _read_sheet(self, sheet: KnownSheet) -> None:
        """Every line of a sheet."""
        frame = self._rule.frame
        indicators = None
        if sheet.sheet.rows is RowsOf.INDICATOR and frame is not None:
            indicators = IndicatorLines(self._rule.kit, frame, sheet)
        titles = sheet.table.table.titles
        as_of = next((day for text in titles if (day := cell_values.day_in_title(text))), None)
        for number, line in sheet.lines():
            one = self._head(sheet, number, line)
            if one is None:
                continue
            self._fill(sheet, line, one)
            one.as_of = one.as_of or as_of
            kept = self._keep(one)
            if indicators is not None:
                row, fault = indicators.read(line)
                if row is not None:
                    row["row_id"] = f"r{len(kept.indicators) + 1}"
                    kept.indicators.append(row)
                if fault:
                    kept.faults.append(f"第{number}行：{fault}")

    def _head(self, sheet: KnownSheet, number: int, line: Line) -> ReadProject | None:
        """Who a line speaks of; None for a sum, which speaks of nobody."""
        code, joined = cell_values.code_and_name(line.get("project_code", ""))
        name = line.get("project_name", "")
        if name == code and not any(char.isdigit() for char in code):
            code = ""  # 合计 in a column that holds both codes and names.
        if joined and name in ("", line.get("project_code")):
            name = joined
        if not code and (not name or any(word in "".join(line.values()) for word in _TOTALS)):
            return None
        unit_code, unit_name = cell_values.code_and_name(line.get("unit_code", ""))
        if not unit_code:
            unit_code, unit_name = cell_values.code_and_name(line.get("unit_name", ""))
            if not unit_name:
                unit_code, unit_name = "", unit_code
        where = f"{sheet.where}第{number}行"
        stated = line.get("budget_year", "")
        year = cell_values.year_of(stated) if stated else self._rule.budget_year
        one = ReadProject(
            self._kind, where, code.upper(), name, unit_code, line.get("unit_name", "") or unit_name
        )
        one.budget_year = year or 0
        if year is None:
            one.faults.append(f"预算年度“{stated[:10]}”不是年份")
        one.faults += self._faults(one)
        return one

    def _faults(self, one: ReadProject) -> list[str]:
        """What is wrong with a project's code or name."""
        if cell_values.is_scientific(one.code):
            return [f"项目编码“{one.code}”被表格软件改成了科学计数，请把该列设为文本后重新导出"]
        if not one.code:
            return ["没有项目编码"]
        setting = self._code_setting
        if setting is not None and not is_well_built(one.code, setting):
            length = sum(segment.length for segment in setting.segments)
            return (
                [f"项目编码“{one.code[:30]}”不是 {length} 位，应为{code_rule(setting)}"]
                if (len(one.code) != length)
                else [f"项目编码“{one.code}”的组成不对，应为{code_rule(setting)}"]
            )
        return [f"项目名称超过 {MAX_NAME} 字"] if len(one.name) > MAX_NAME else []

    def _fill(self, sheet: KnownSheet, line: Line, one: ReadProject) -> None:
        """What a line says of its project."""
        unit = sheet.amount_unit
        one.budget_fen, fault = cell_values.amount_of(line.get("annual_budget", ""), unit, "预算数")
        one.faults += [fault] if fault else []
        one.spending_fen, fault = cell_values.amount_of(line.get("spending", ""), unit, "支出数")
        one.faults += [fault] if fault else []
        if self._kind is PlatformKind.PAYMENT_LEDGER and one.spending_fen is None and not fault:
            one.faults.append("支出数没有填")
        if self._kind is PlatformKind.BUDGETS and one.budget_fen is None and not one.faults:
            one.faults.append("预算数没有填")
        one.category, one.fund_type = line.get("project_category", ""), line.get("fund_type", "")
        one.bureau_office = line.get("bureau_office", "")
        one.annual_target = line.get("annual_target", "")
        one.document_number = line.get("document_number", "")
        one.as_of = cell_values.day_of(line.get("as_of", ""))
        one.approved_on = cell_values.day_of(line.get("approved_on", ""))

    def _keep(self, one: ReadProject) -> ReadProject:
        """Put a line to the others of its project; the project it went to."""
        key = (one.unit_code, one.code, one.budget_year)
        if one.faults and self._kind is not PlatformKind.APPROVED_TARGETS:
            self._unreadable.append(one)
            return one
        kept = self._found.setdefault(key, one)
        if kept is one:
            return one
        kept.line_count += 1
        kept.faults += [fault for fault in one.faults if fault not in kept.faults]
        if self._kind is PlatformKind.APPROVED_TARGETS:
            self._complete(kept, one)
        else:
            kept.budget_fen = _added(kept.budget_fen, one.budget_fen)
            kept.spending_fen = _added(kept.spending_fen, one.spending_fen)
            kept.as_of = max(filter(None, (kept.as_of, one.as_of)), default=None)
        return kept

    @staticmethod
    def _complete(kept: ReadProject, one: ReadProject) -> None:
        """What another line of a target adds: a text or number said there alone; a contradiction is named."""
        for name in ("name", "annual_target", "document_number", "approved_on", "budget_fen", "unit_name"):
            known, said = getattr(kept, name), getattr(one, name)
            if known in ("", None):
                setattr(kept, name, said)
            elif said not in ("", None, known) and name in ("annual_target", "budget_fen", "document_number"):
                what = {"annual_target": "年度目标", "budget_fen": "预算数", "document_number": "批复文号"}[
                    name
                ]
                note = f"{what}前后几行不一致，用了前面的"
                kept.notes += [note] if note not in kept.notes else []


def _added(known: int | None, more: int | None) -> int | None:
    """Two amounts together; an amount nobody stated is none."""
    return known if more is None else more if known is None else known + more
