"""Documents out of kept packages (已归档文书): the very bytes that were signed, found by filing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from forms import registry
from forms.context import FormContext
from forms.schema import FormSpec
from models.domain.errors import InputError
from models.domain.evidence import EvidenceFile
from models.domain.filing import Filing
from models.domain.kit import ParameterKit
from models.domain.project import FilingTask
from services.contexts import previous_answers
from services.handed_out import HandedOut, handed_out
from services.periods import earlier_periods
from services.ports.store import IntakeDecision, PackageRecord, SubmittedVersion
from services.register_lines import register_entry
from services.stages import first_round
from services.workspaces import Workspace


@dataclass(frozen=True)
class ReceivedForm:
    """A received filing opened read-only (收到的表): form, background, answers, explanations, submissions.

    `decisions` say why one submission is in force and not another, newest first; `evidence` is what each
    submission carried, by its manifest.
    """

    filing: Filing
    form: FormSpec
    context: FormContext
    versions: Sequence[SubmittedVersion]
    decisions: Sequence[IntakeDecision] = ()
    evidence: Mapping[str, tuple[EvidenceFile, ...]] = field(default_factory=dict)

    def context_of(self, version: SubmittedVersion | None) -> FormContext:
        """The background as it was for one submission: with what that one carried."""
        carried = self.evidence.get(version.manifest_sha256, ()) if version else ()
        return replace(self.context, evidence=carried)

    @property
    def in_force(self) -> SubmittedVersion | None:
        """The submission that counts."""
        return in_force(self.filing, self.versions)


def in_force(filing: Filing, versions: Sequence[SubmittedVersion]) -> SubmittedVersion | None:
    """The submission a received filing now stands by; None when none is kept.

    `versions` are the newest first; of two of one number, the one taken in (or adopted) last counts.
    """
    return next((item for item in versions if item.version == filing.version), None)


def open_received(workspace: Workspace, filing_id: str) -> ReceivedForm:
    """A received filing in the filer's own layout; InputError when it is not there."""
    known = handed_out(workspace)
    with workspace.store.reading() as work:
        filing = work.filings.get(filing_id)
        if filing is None:
            raise InputError("找不到这份表", "请刷新列表后再打开")
        project = work.projects.get(filing.project_id) if filing.project_id else None
        years = {y.budget_year: y for y in work.projects.years(filing.project_id)} if project else {}
        versions, decisions = work.filings.versions(filing_id), work.packages.decisions(filing_id)
        manifests = [item.manifest_sha256 for item in versions]
        evidence = {item: tuple(work.evidence.submitted(filing_id, item)) for item in manifests}
        previous = previous_answers(
            work, filing.form_id, filing.unit_code, filing.project_id, filing.budget_year
        )
        kit, task = _asked_by(known, filing)
        unit = known.unit(filing.unit_code)
        place = (filing.unit_code, filing.project_id)
        periods = earlier_periods(work, kit, task, *place) if kit and task else ()
        first = first_round(work, kit, task, *place) if kit and task else None
    if kit is None or task is None or unit is None:
        raise InputError("任务参数包里已没有这份表的任务或单位", "请核对任务参数包")
    entry = register_entry(kit, project, filing.budget_year)
    year = years.get(filing.budget_year)
    context = FormContext(
        kit,
        task,
        unit,
        project,
        year,
        entry,
        previous_answers=previous,
        periods=periods,
        first_round=first,
    )
    form = registry.form(filing.form_id)
    return ReceivedForm(filing, form, context, versions, decisions, evidence)


def _asked_by(known: HandedOut, filing: Filing) -> tuple[ParameterKit | None, FilingTask | None]:
    """The kit and task a filing answers.

    One of a year before the kits kept here is read as the current kit asks for the same form, in its own year:
    targets of earlier years are opened beside what is filed on them.
    """
    kit = known.kit_of(filing.task_id)
    if kit is not None:
        return kit, kit.task(filing.task_id)
    same = (task for task in known.current.tasks if task.form_id == filing.form_id)
    task = next((task for task in same if task.budget_year > filing.budget_year), None)
    if task is None:
        return None, None
    years = task.budget_year - filing.budget_year
    own = replace(
        task,
        task_id=filing.task_id,
        name=task.name.replace(str(task.budget_year), str(filing.budget_year)),
        budget_year=filing.budget_year,
        opens_on=_years_before(task.opens_on, years),
        closes_on=_years_before(task.closes_on, years),
    )
    return replace(known.current, tasks=(*known.current.tasks, own)), own


def _years_before(day: date, years: int) -> date:
    """The same day some years earlier; of a leap day the day before."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if is_leap_day else day.day)


def package_documents(workspace: Workspace, record: PackageRecord) -> Mapping[str, bytes]:
    """Documents inside a kept package, digests checked again, by member name."""
    return workspace.tools.reader.documents(workspace.archive / record.archive_name, record.manifest_sha256)


def documents_of(workspace: Workspace, version: SubmittedVersion) -> Mapping[str, bytes]:
    """The signed documents of one filing's submission, by file name; InputError when the package has none of it."""
    with workspace.store.reading() as work:
        record = work.packages.get(version.manifest_sha256)
        if record is None:
            raise InputError("找不到这份表所在的报送文件", "请重新接收该报送文件")
    places = {filing_id: number for number, (filing_id, _) in enumerate(record.filing_versions, 1)}
    prefix = f"documents/{places.get(version.filing_id, 0):02d}_"
    found = {
        name.removeprefix("documents/"): content
        for name, content in package_documents(workspace, record).items()
        if name.startswith(prefix)
    }
    if not found:
        raise InputError("报送文件里没有这份表的文书", "请与报送单位核实", record.file_name)
    return found


def save_documents(
    workspace: Workspace, documents: Mapping[str, bytes], folder: Path, stem: str
) -> list[Path]:
    """Save documents under a readable name, keeping their endings; existing files get a number, never replaced."""
    saved = []
    for name, content in documents.items():
        path = _free(folder, f"{stem}{Path(name).suffix}")
        workspace.tools.files.write(path, content)
        saved.append(path)
    return saved


def _free(folder: Path, name: str) -> Path:
    """A path in the folder that nothing has yet."""
    path, number = folder / name, 2
    while path.exists():
        path = folder / f"{Path(name).stem}（{number}）{Path(name).suffix}"
        number += 1
    return path
