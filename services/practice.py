"""The practice county at work (演示工作区): a bureau and units with real keys and real packages.

Built through the very services that people use; nothing is put into a database behind their backs.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from forms import registry
from forms.form_head import FormSubject
from models.domain.filing import Answers
from models.domain.kit import ParameterKit
from models.domain.project import FilingTask
from services import filings, kit_issue, kits, projects, sealing, setup
from services.bureau_keys import BureauKeys
from services.kit_issue import KitDraft
from services.practice_entries import filled_in
from services.tools import Tools
from services.workspaces import DeskRole, Workspace

PROJECT_TARGET, UNIT_TARGET = "performance_target", "overall_expenditure_target"
"""Forms whose answers the county keeps whole."""


@dataclass(frozen=True)
class PracticeBureau:
    """The practice bureau (示例县财政局) with its unlocked keys and the kit file it issued."""

    workspace: Workspace
    keys: BureauKeys
    kit_file: Path


def build_bureau(tools: Tools, folder: Path, stick: Path, passwords: tuple[str, str]) -> PracticeBureau:
    """Set up the bureau of 示例县 with registers and issue its kit onto the stick."""
    county = tools.practice
    kit = county.practice_kit()
    wanted = setup.BureauSetup(
        kit.division_code,
        kit.issuer_name,
        "李文",
        kit.working_year,
        passwords[0],
        passwords[1],
        is_practice=True,
    )
    workspace, keys = setup.set_up_bureau(tools, folder, wanted)
    years = sorted({entry.budget_year for entry in kit.register} | {task.budget_year for task in kit.tasks})
    with workspace.store.writing() as work:
        work.registers.put_units(county.practice_units())
        for year in years:
            work.registers.replace_entries(year, county.practice_register(year))
        work.commit()
    record = kit_issue.issue_kit(workspace, KitDraft(kit, kit.name, kit.tasks, kit.trust_mode), keys, stick)
    return PracticeBureau(workspace, keys, Path(record.source_path))


def build_unit(tools: Tools, folder: Path, kit_file: Path, unit_code: str, password: str) -> Workspace:
    """A unit's desk from the practice kit, with its projects taken from the register."""
    offer = kits.look_at_kit(tools, kit_file)
    unit = next(unit for unit in offer.kit.units if unit.code == unit_code)
    person = tools.practice.practice_person(unit_code)
    workspace = setup.set_up_unit(tools, folder, offer, unit, person, password, DeskRole.FILER)
    take_projects(workspace, offer.kit)
    return workspace


def take_projects(workspace: Workspace, kit: ParameterKit) -> None:
    """Put the unit's register projects of every task's budget year on its desk."""
    for year in sorted({task.budget_year for task in kit.tasks}):
        choices = projects.register_choices(workspace, year)
        projects.take_from_register(workspace, [choice.entry for choice in choices if not choice.is_taken])


def fill(
    workspace: Workspace, limit: int | None = None, leaving: Collection[tuple[str, str]] = ()
) -> list[str]:
    """Fill in the unit's practice answers, `limit` at the most; the filings' ids in order.

    `leaving` names tasks and projects whose forms stay blank.
    """
    kit = workspace.current_kit().kit
    filled: list[str] = []
    for task, project_id in _places(workspace, kit):
        if limit is not None and len(filled) >= limit:
            break
        if (task.task_id, project_id) in leaving:
            continue
        opened = filings.open_filing(workspace, task.task_id, project_id)
        answers = _answers(workspace, opened)
        if answers is None or not opened.is_new:
            continue
        explanations = _explanations(workspace, opened, answers)
        filled.append(filings.save_draft(workspace, opened, answers, explanations).filing.filing_id)
    return filled


def _answers(workspace: Workspace, opened: filings.OpenFiling) -> Answers | None:
    """What the county's clerks answer in a form; None where they leave it."""
    county, context, form_id = workspace.tools.practice, opened.context, opened.form.form_id
    code = context.project.project_code if context.project else ""
    unit_code, year = context.unit.code, context.budget_year
    whole: Answers | None = None
    if form_id == PROJECT_TARGET:
        whole = county.practice_target_answers(code, year)
    elif form_id == UNIT_TARGET:
        whole = county.practice_overall_answers(unit_code, year)
    elif later := county.practice_later_entries(form_id, unit_code, code, year):
        return filled_in(opened.form, context, opened.filing.answers, later.entries)
    return {**opened.filing.answers, **whole} if whole else None


def _explanations(workspace: Workspace, opened: filings.OpenFiling, answers: Answers) -> dict[str, str]:
    """The county's explanations put to the findings they answer."""
    context = opened.context
    code = context.project.project_code if context.project else ""
    later = workspace.tools.practice.practice_later_entries(
        opened.form.form_id, context.unit.code, code, context.budget_year
    )
    if later is None or not later.explanations:
        return {}
    findings = filings.check(opened, answers).findings
    return {f.explanation_key: later.explanations[f.code] for f in findings if f.code in later.explanations}


def _places(workspace: Workspace, kit: ParameterKit) -> Sequence[tuple[FilingTask, str]]:
    """(task, project) of everything the unit has to file, in the order work is done.

    Targets first, the unit's own before its projects'; of the later forms the projects' before those that
    look at all of them.
    """
    with workspace.store.reading() as work:
        known = work.projects.list(workspace.profile.unit.code)
    projects_first: list[tuple[FilingTask, str]] = []
    as_a_whole: list[tuple[FilingTask, str]] = []
    for task in kit.tasks:
        if not task.is_due_from(workspace.profile.unit):
            continue
        if registry.head(task.form_id).subject is FormSubject.UNIT:
            as_a_whole.append((task, ""))
        else:
            projects_first += [(task, project.project_id) for project in known]
    targets = [place for place in (*as_a_whole, *projects_first) if _is_target(place)]
    return [*targets, *(place for place in (*projects_first, *as_a_whole) if not _is_target(place))]


def _is_target(place: tuple[FilingTask, str]) -> bool:
    """Whether a place is a target declaration's."""
    return place[0].form_id in (PROJECT_TARGET, UNIT_TARGET)


def sealable(workspace: Workspace, wanted: Sequence[str]) -> list[str]:
    """Those of the filings that nothing stands in the way of."""
    ready = {c.opened.filing.filing_id for c in sealing.candidates(workspace) if not c.obstacle}
    return [filing_id for filing_id in wanted if filing_id in ready]
