"""Excel from units without the program (未签名填报件): recognised, previewed, checked, taken in beside the stamped paper.

Nothing is guessed silently: where a table belongs is proposed from the names it bears, and a person confirms it. What
was taken in is 未签名（以盖章纸质件为准）; the file is kept whole, and a later one is a later version.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from forms import registry
from forms.answers import next_row_id, progress
from forms.checks import catalog
from forms.checks.engine import CheckReport
from forms.context import FormContext
from forms.findings import count_findings
from forms.form_head import FormSubject
from forms.hand_filled.stated import StatedTable, Unread
from forms.hand_filled.to_answers import answers_of
from models.domain.errors import InputError
from models.domain.filing import Answers, Filing, FilingStatus
from models.domain.kit import ParameterKit
from models.domain.paper_filing import PaperFiling
from models.domain.project import FilingTask, Project, Unit
from services import excel_import
from services.changes import Topic
from services.contexts import build_context
from services.department.carried import is_in_charge
from services.excel_import import WorkbookImport
from services.job import JobContext
from services.one_line import comparable
from services.paper_lines import WORKBOOKS
from services.ports.store import FilingFigures, FilingQuery, SubmittedVersion, UnitOfWork
from services.register_lines import project_year_of
from services.workspaces import DeskRole, Workspace

WHERE = "接收 Excel 表"
_CLOSED = (FilingStatus.PASSED, FilingStatus.ENLISTED, FilingStatus.APPROVED, FilingStatus.ADJUSTED)


@dataclass(frozen=True, slots=True)
class PaperPlace:
    """Where a table belongs (归属): unit, task, and the project by its register line's code or its name."""

    unit_code: str
    task_id: str
    project_code: str = ""
    project_name: str = ""


@dataclass(frozen=True)
class PaperTable:
    """One table found (识别出的表): what it says it is, and where it seems to belong; blanks are for a person."""

    number: int
    stated: StatedTable
    title: str
    place: PaperPlace


@dataclass(frozen=True)
class PaperFile:
    """A workbook looked at (待接收的 Excel 文件)."""

    path: Path
    sha256: str
    imported: WorkbookImport
    tables: tuple[PaperTable, ...]


@dataclass(frozen=True)
class PaperPreview:
    """What would be taken in (接收预览): answers, findings, what could not be read, what is there already.

    `replaces_signed` where that came with an electronic signature.
    """

    place: PaperPlace
    context: FormContext
    answers: Answers
    report: CheckReport
    unread: tuple[Unread, ...]
    before: Filing | None
    replaces_signed: bool = False

    @property
    def version(self) -> int:
        """The version it becomes."""
        return self.before.version + 1 if self.before else 1


def look(workspace: Workspace, path: Path, ctx: JobContext) -> PaperFile:
    """Read a workbook; InputError when it cannot be read or holds no form of ours."""
    imported = excel_import.open_workbook(workspace, path, ctx)
    kit = places_kit(workspace)
    tables = tuple(
        PaperTable(number, table.stated, registry.head(table.stated.form).title, _proposed(kit, table.stated))
        for number, table in enumerate(imported.tables)
        if registry.has(table.stated.form)
    )
    return PaperFile(path, hashlib.sha256(path.read_bytes()).hexdigest(), imported, tables)


def places_kit(workspace: Workspace) -> ParameterKit:
    """The kit whose units a table may belong to: all of them at the bureau, at a department's desk its own units."""
    kit = workspace.current_kit().kit
    if workspace.profile.role is not DeskRole.DEPARTMENT:
        return kit
    mine = tuple(unit for unit in kit.units if is_in_charge(workspace.profile.unit.code, unit))
    return replace(kit, units=mine)


def _proposed(kit: ParameterKit, stated: StatedTable) -> PaperPlace:
    """Where a table seems to belong, by the names on it; only what is met exactly once is proposed."""
    names = {comparable(stated.implementing_unit), comparable(stated.supervising_department)} - {""}
    units = [unit for unit in kit.units if comparable(unit.name) in names]
    owner = next((u for u in units if comparable(u.name) == comparable(stated.implementing_unit)), None)
    unit = owner or (units[0] if len(units) == 1 else None)
    entries = [
        entry
        for entry in kit.register
        if (stated.project_code and entry.project_code == stated.project_code)
        or (stated.project_name and entry.project_name == stated.project_name)
    ]
    if unit is not None:
        entries = [entry for entry in entries if entry.unit_code == unit.code]
    if unit is None and len({entry.unit_code for entry in entries}) == 1:
        unit = kit.unit(entries[0].unit_code)
    tasks = [
        task
        for task in kit.tasks
        if task.form_id == stated.form
        and stated.fiscal_year in (None, task.budget_year)
        and stated.period_month in (None, task.period_month)
    ]
    codes = {entry.project_code for entry in entries}
    code = next(iter(codes)) if len(codes) == 1 else ""
    return PaperPlace(
        unit.code if unit else "", tasks[0].task_id if len(tasks) == 1 else "", code, stated.project_name
    )


def preview(workspace: Workspace, file: PaperFile, number: int, place: PaperPlace) -> PaperPreview:
    """What one table gives at a place, by the same checks as every filing; InputError when the place does not fit."""
    kit, stated = workspace.current_kit().kit, file.imported.tables[number].stated
    task, unit = _task_and_unit(places_kit(workspace), place, stated)
    form = registry.form(task.form_id)
    with workspace.store.writing() as work:  # never committed: what a project would be is only looked at
        project = _project(work, kit, unit, task, place)
        context = build_context(work, kit, task, unit, project.project_id if project else "")
        before = _before(work, context)
        is_signed = before is not None and _is_signed(work, before)
    if before is not None and before.status in _CLOSED:
        raise InputError(f"这份表已经{before.status.label}，不能再接收", "请先撤回审核决定或办理调整", WHERE)
    made = answers_of(form, context, stated)
    answers = form.derive(context, _with_named_rows(made.answers))
    _is_new(before, answers)
    report = catalog.runner(form, context).run(answers)
    return PaperPreview(place, context, answers, report, (*stated.unread, *made.notes), before, is_signed)


def _is_signed(work: UnitOfWork, filing: Filing) -> bool:
    """Whether the version that is here came in a package, not as a workbook."""
    return all(paper.version != filing.version for paper in work.papers.of(filing.filing_id))


def _is_new(before: Filing | None, answers: Answers) -> None:
    """InputError for what is here already word for word: taken in twice it would be reviewed twice.

    What was returned may come back unchanged, as an answer to the return.
    """
    if before is None or before.status is FilingStatus.RETURNED or _said(before.answers) != _said(answers):
        return
    raise InputError(
        f"这张表与已接收的第 {before.version} 版内容一样",
        "不用再接收；盖章纸质件收到了的，请关闭本窗口后点“未签名的表”登记",
        WHERE,
    )


def _with_named_rows(answers: Answers) -> dict[str, Any]:
    """Answers whose every row has a name, as remarks and findings need one to tell which row they mean."""
    named = dict(answers)
    for key, value in answers.items():
        if isinstance(value, list):
            rows: list[Mapping[str, Any]] = []
            for line in value:
                rows.append(line if line.get("row_id") else {"row_id": next_row_id(rows), **line})
            named[key] = rows
    return named


def _said(answers: Answers) -> Any:
    """What answers say: without the names of rows, which a workbook does not carry, and what is left blank."""
    return {
        key: [_said({**line, "row_id": None}) for line in value] if isinstance(value, list) else value
        for key, value in answers.items()
        if value not in (None, "", [])
    }


def _task_and_unit(kit: ParameterKit, place: PaperPlace, stated: StatedTable) -> tuple[FilingTask, Unit]:
    task, unit = kit.task(place.task_id), kit.unit(place.unit_code)
    if unit is None:
        raise InputError("没有选择填报单位", "请在单位名录里选择", WHERE)
    if task is None or task.form_id != stated.form:
        raise InputError("没有选择填报任务，或任务与这张表不符", "请选择对应的填报任务", WHERE)
    if registry.head(task.form_id).subject is FormSubject.PROJECT and not place.project_name.strip():
        raise InputError("没有项目名称", "请选择名录里的项目，或填写项目名称", WHERE)
    return task, unit


def _project(
    work: UnitOfWork, kit: ParameterKit, unit: Unit, task: FilingTask, place: PaperPlace
) -> Project | None:
    """The project a table is about: the one here, else the register's line, else a new one of that name."""
    if registry.head(task.form_id).subject is FormSubject.UNIT:
        return None
    name = place.project_name.strip()
    known = work.projects.list(unit.code)
    met = [
        item
        for item in known
        if (item.project_code == place.project_code if place.project_code else item.name == name)
    ]
    entry = next(
        (
            item
            for item in kit.register
            if (item.unit_code, item.budget_year) == (unit.code, task.budget_year)
            and (item.project_code == place.project_code if place.project_code else item.project_name == name)
        ),
        None,
    )
    if met:
        project = met[0]
    elif entry is not None and entry.project_code:
        project = Project(
            entry.project_code, entry.project_name, unit.code, entry.project_code, entry.category
        )
    else:
        project = Project(f"P{secrets.token_hex(8)}", name, unit.code)
    work.projects.put(project)
    if entry is not None:
        work.projects.put_year(project_year_of(entry, project.project_id))
    return project


def _before(work: UnitOfWork, context: FormContext) -> Filing | None:
    """What is here of the same place already."""
    query = FilingQuery(
        unit_code=context.unit.code,
        task_id=context.task.task_id,
        project_id=context.project.project_id if context.project else "",
    )
    return next(iter(work.filings.find(query)), None)


def take(
    workspace: Workspace, who: str, file: PaperFile, shown: PaperPreview, came_on: date | None
) -> Filing:
    """Take a previewed table in as 已接收; the file itself is kept. InputError when the place has changed meanwhile."""
    now, kit, place = workspace.tools.clock.now(), workspace.current_kit().kit, shown.place
    if came_on is not None and came_on > now.date():
        raise InputError("纸质件收到日期晚于今天", "请核对日期", WHERE)
    _keep_file(workspace, file)
    with workspace.store.writing() as work:
        context = shown.context
        project = _project(work, kit, context.unit, context.task, place)
        before = _before(work, replace(context, project=project))
        if (before.version if before else 0) != shown.version - 1:
            raise InputError("这份表刚刚又收到了一版", "请重新预览后再接收", WHERE)
        filing = work.filings.save(
            _filing(shown, project, before),
            _figures(shown),
            expected_revision=before.revision if before else None,
        )
        work.filings.add_version(
            SubmittedVersion(filing.filing_id, filing.version, file.sha256, shown.answers, {}, (), now)
        )
        unread = len(shown.unread)
        work.papers.put(
            PaperFiling(
                filing.filing_id, filing.version, file.path.name, file.sha256, who, now, came_on, unread
            )
        )
        said = f"接收未签名的 Excel 表：{file.path.name}"
        work.audit.append(now, who, "paper", filing.filing_id, said, {"version": filing.version})
        work.commit()
    workspace.changes.tell(Topic.FILINGS)
    return filing


def paper_came(workspace: Workspace, who: str, filing_id: str, version: int, day: date) -> PaperFiling:
    """Note that the stamped paper came; InputError when there is no such version or the day is still to come."""
    now = workspace.tools.clock.now()
    if day > now.date():
        raise InputError("纸质件收到日期晚于今天", "请核对日期", WHERE)
    with workspace.store.writing() as work:
        known = next((item for item in work.papers.of(filing_id) if item.version == version), None)
        if known is None:
            raise InputError("这份表不是从 Excel 接收的", "请刷新列表", WHERE)
        changed = replace(known, paper_came_on=day)
        work.papers.put(changed)
        work.audit.append(now, who, "paper", filing_id, "登记收到盖章纸质件", {"version": version})
        work.commit()
    workspace.changes.tell(Topic.FILINGS)
    return changed


def _keep_file(workspace: Workspace, file: PaperFile) -> None:
    """A copy under its digest; InputError when the file is not the one that was looked at."""
    content = file.path.read_bytes()
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise InputError("文件在预览后又改过", "请重新打开后再接收", file.path.name)
    folder = workspace.folder / WORKBOOKS
    folder.mkdir(exist_ok=True)
    kept = folder / f"{file.sha256}.xlsx"
    if not kept.exists():
        workspace.tools.files.write(kept, content)


def _filing(shown: PaperPreview, project: Project | None, before: Filing | None) -> Filing:
    """The filing as the desk keeps it."""
    context = shown.context
    form = registry.form(context.task.form_id)
    return Filing(
        filing_id=before.filing_id if before else f"F{secrets.token_hex(10)}",
        task_id=context.task.task_id,
        form_id=form.form_id,
        form_version=form.version,
        budget_year=context.budget_year,
        unit_code=context.unit.code,
        project_id=project.project_id if project else "",
        status=FilingStatus.RECEIVED,
        answers=shown.answers,
        version=shown.version,
        revision=before.revision if before else 0,
    )


def _figures(shown: PaperPreview) -> FilingFigures:
    """Columns for lists and boards, findings as this desk sees them."""
    form, counts = registry.form(shown.context.task.form_id), count_findings(shown.report.findings, {})
    score, grade = form.scoring.result(shown.answers) if form.scoring else (None, None)
    return FilingFigures(
        amount_fen=form.amount_of(shown.answers),
        score=score,
        grade=grade,
        indicator_rows=tuple(shown.answers.get("indicators") or ()),
        progress=progress(form, shown.context, shown.answers),
        blocking=counts.blocking,
        to_explain=counts.to_explain,
    )


def unsigned(workspace: Workspace) -> Sequence[PaperFiling]:
    """Every version that came as a workbook, those whose paper is still awaited first."""
    with workspace.store.reading() as work:
        return sorted(work.papers.all(), key=lambda item: item.paper_came_on is not None)
