"""绩效目标汇总表 and 绩效自评结果汇总表 of a whole county (财政部门的汇总表): every unit's received forms in one list.

The same forms departments file for their own units; here nobody files them, so they are only written out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from forms import registry
from forms.answers import blank_answers
from forms.checks import catalog
from forms.checks.board import left_out
from forms.checks.received_scores import alike
from forms.checks.received_settings import ScoreSpreadSetting
from forms.checks.settings import CheckSettings
from forms.context import FormContext
from forms.findings import Finding
from models.domain.errors import InputError
from models.domain.project import FilingTask
from services.archive import save_documents
from services.file_names import file_stem
from services.job import JobContext
from services.ports.documents import PageMark, PageMarks
from services.received_checks import SELF_EVALUATION
from services.reporting_status import DueState, reporting_status
from services.unit_filings import filings_of
from services.workspaces import Workspace

_SOURCES = {"target_summary": "performance_target", "self_evaluation_summary": "self_evaluation"}
"""The forms of projects that each summary lists."""


@dataclass(frozen=True, slots=True)
class SummaryChoice:
    """A summary that can be written out (可出的汇总表): which form, of which budget year, by what name."""

    form_id: str
    budget_year: int
    title: str

    @property
    def words(self) -> str:
        """2027年绩效目标汇总表."""
        return f"{self.budget_year}年{self.title}"


def summary_choices(tasks: Iterable[FilingTask]) -> tuple[SummaryChoice, ...]:
    """One for every budget year that tasks ask the listed forms for, the newest year first."""
    asked = {(task.form_id, task.budget_year) for task in tasks}
    found = [
        SummaryChoice(form_id, year, registry.head(form_id).title)
        for form_id, source in _SOURCES.items()
        for asked_form, year in asked
        if asked_form == source
    ]
    return tuple(sorted(found, key=lambda one: (-one.budget_year, one.form_id)))


def write_summary(workspace: Workspace, choice: SummaryChoice, folder: Path, ctx: JobContext) -> list[Path]:
    """Write a summary as PDF and workbook into a folder; their paths. What lies there stays.

    InputError while nothing of that form and year has been received, KitProblem where the kit does not know the form.
    """
    ctx.step(0, 2, "正在汇总")
    context = _context(workspace, choice)
    form = registry.form(choice.form_id)
    if not any(one.form_id == _SOURCES[choice.form_id] for one in context.unit_filings):
        raise InputError(f"还没有收到{choice.budget_year}年的表", "收到各单位的表以后再汇总", choice.title)
    answers = blank_answers(form, context)
    sheets = form.sheets(context, answers)
    ctx.step(1, 2, "正在写文件")
    marks = PageMarks(PageMark.PRACTICE if context.kit.is_practice else PageMark.NONE)
    documents = workspace.tools.documents
    stem = f"{file_stem(context.unit.name)}_{context.title(form)}_{choice.budget_year}年度"
    files = {
        f"{stem}.pdf": documents.pdf(sheets, marks),
        f"{stem}.xlsx": documents.workbook(sheets, marks),
    }
    return save_documents(workspace, files, folder, stem)


def summary_findings(workspace: Workspace, choice: SummaryChoice) -> tuple[Finding, ...]:
    """What is to be looked at before a summary is handed on: C42 of its rows, C46 unit by unit, C54 by the register."""
    context, form = _context(workspace, choice), registry.form(choice.form_id)
    report = catalog.runner(form, context).run(blank_answers(form, context))
    found = [item for item in report.findings if item.code == "C42"]
    limit = CheckSettings(context.kit).find(ScoreSpreadSetting)
    scores: dict[str, list[tuple[str, Decimal]]] = {}
    for item in context.unit_filings:
        if item.form_id == SELF_EVALUATION == _SOURCES[choice.form_id] and item.score is not None:
            scores.setdefault(item.unit_name, []).append((item.project_name, item.score))
    for unit, given in scores.items():
        alike_here = alike(unit, given, limit) if limit else None
        found += [alike_here] if alike_here else []
    return (*found, *_missing(workspace, choice))


def _missing(workspace: Workspace, choice: SummaryChoice) -> Iterator[Finding]:
    """C54: what the register asks for and the summary lacks, a finding for each unit."""
    wanted = (_SOURCES[choice.form_id], choice.budget_year)
    for status in reporting_status(workspace):
        names = [
            item.name
            for item in status.items
            if item.state is DueState.MISSING and (item.task.form_id, item.task.budget_year) == wanted
        ]
        if names:
            yield left_out(status.unit.name, choice.title, names)


def _context(workspace: Workspace, choice: SummaryChoice) -> FormContext:
    """The summary's background: the bureau as the unit, and what every unit of the register has sent."""
    kit, day = workspace.current_kit().kit, workspace.today
    task = next(
        (t for t in kit.tasks if (t.form_id, t.budget_year) == (choice.form_id, choice.budget_year)),
        FilingTask(choice.form_id, choice.title, choice.form_id, choice.budget_year, day, day),
    )
    with workspace.store.reading() as work:
        units = {unit.code: unit for unit in (*kit.units, *work.registers.units())}
        found = filings_of(work, task, tuple(units.values()))
    return FormContext(kit, task, workspace.profile.unit, unit_filings=found)
