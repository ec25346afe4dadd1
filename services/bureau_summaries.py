"""绩效目标汇总表 and 绩效自评结果汇总表 of a whole county (财政部门的汇总表): every unit's received forms in one list.

The same forms departments file for their own units; here nobody files them, so they are only written out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from forms import registry
from forms.answers import blank_answers
from forms.context import FormContext
from models.domain.errors import InputError
from models.domain.project import FilingTask
from services.archive import save_documents
from services.file_names import file_stem
from services.job import JobContext
from services.ports.documents import PageMark, PageMarks
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
