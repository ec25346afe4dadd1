"""Taking over from the platform (从一体化导出表带入): look first, then take the lines chosen, in one go."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from models.domain.errors import InputError
from models.domain.payment import Payment
from models.domain.platform_batch import PlatformBatch
from models.domain.platform_mapping import PlatformKind
from services.approvals import approval_of
from services.changes import Topic
from services.platform import undoing
from services.platform.desks import BureauDesk, PlatformDesk, UnitDesk, compared
from services.platform.mappings import mappings_of
from services.platform.reading import ReadingRule, read_file
from services.platform.records import (
    EntryChange,
    PaymentChange,
    PlatformPreview,
    PreviewLine,
    ProjectChange,
    ReadProject,
    TargetChange,
)
from services.ports.store import UnitOfWork
from services.workspaces import DeskRole, Workspace


def look_at(
    workspace: Workspace, path: Path, budget_year: int, kind: PlatformKind | None = None
) -> PlatformPreview:
    """What a file would bring to this desk; InputError naming the columns missing when it is none of the platform's.

    `budget_year` counts where the file names none; `kind` reads it as one kind alone.
    """
    kit = workspace.current_kit().kit
    mappings = mappings_of(workspace.tools, kit)
    read = read_file(workspace.tools, path, mappings, ReadingRule(kit, budget_year), kind)
    with workspace.store.reading() as work:
        desk = _desk(workspace, work)
        found = [compared(work, desk, one) for one in read.projects]
    foreign = found.count(None)
    remarks = (*read.remarks, *([f"另有 {foreign} 个项目是别的单位的，没有列出"] if foreign else []))
    return PlatformPreview(
        read.file_name,
        read.kinds,
        tuple(line for line in found if line is not None),
        budget_year,
        read.names_year,
        _document_number(read.projects),
        remarks,
    )


def _desk(workspace: Workspace, work: UnitOfWork) -> PlatformDesk:
    """The desk a file is compared with."""
    if workspace.profile.role is DeskRole.BUREAU:
        return BureauDesk(work)
    return UnitDesk(work, workspace.profile.unit)


def _document_number(projects: Sequence[ReadProject]) -> str:
    """The document number all targets of a file name, "" where they name none or several."""
    numbers = {one.document_number for one in projects if one.kind is PlatformKind.APPROVED_TARGETS}
    return numbers.pop() if len(numbers) == 1 else ""


@dataclass
class _Taking:
    """One taking over while it goes on (带入过程)."""

    workspace: Workspace
    work: UnitOfWork
    batch_id: str
    source: str
    now: datetime
    document_number: str
    undo: list[dict[str, Any]]

    def take(self, line: PreviewLine) -> None:
        """Keep one line and note what stood before."""
        change = line.change
        if isinstance(change, ProjectChange):
            self._project(change)
        elif isinstance(change, TargetChange):
            self._target(change)
        elif isinstance(change, PaymentChange):
            self._payment(change)

    def take_entries(self, lines: Sequence[PreviewLine]) -> None:
        """Register lines, a budget year at a time."""
        entries = [line.change.entry for line in lines if isinstance(line.change, EntryChange)]
        for year in sorted({entry.budget_year for entry in entries}):
            of_year = [entry for entry in entries if entry.budget_year == year]
            self.undo.append(undoing.put_entries(self.work, year, of_year))

    def _project(self, change: ProjectChange) -> None:
        """A project with its year."""
        self.undo.append(undoing.put_project(self.work, change.project))
        self.undo.append(undoing.put_year(self.work, change.year))

    def _target(self, change: TargetChange) -> None:
        """An approved target, with its project where the desk has none yet and keeps projects."""
        if change.project is not None:
            self._project(change.project)
        target = change.target
        if not target.document_number:
            target = replace(target, document_number=self.document_number)
        approval = approval_of(
            self.workspace, change.unit_code, change.project_id, change.budget_year, target
        )
        self.work.approvals.add(approval)
        self.undo.append(undoing.approval_note(approval))

    def _payment(self, change: PaymentChange) -> None:
        """Spending by the payment list; it goes with its batch."""
        payment = Payment(
            change.unit_code,
            change.project_code,
            change.budget_year,
            change.spending_fen,
            change.as_of,
            self.source,
            self.now,
            self.batch_id,
        )
        self.work.payments.add([payment])


def take_over(
    workspace: Workspace, preview: PlatformPreview, lines: Sequence[PreviewLine], document_number: str = ""
) -> PlatformBatch:
    """Take lines of a preview over, all or none; InputError without any, or without a document for targets."""
    chosen = [line for line in lines if line.change is not None]
    if not chosen:
        raise InputError("没有选中可以带入的内容", "请勾选要带入的行", "从一体化带入")
    targets = [line.change.target for line in chosen if isinstance(line.change, TargetChange)]
    if not document_number.strip() and any(not target.document_number for target in targets):
        raise InputError("没有填写批复文号", "请填写批复文件的文号", "从一体化带入")
    now = workspace.tools.clock.now()
    kinds = tuple(dict.fromkeys(line.kind.value for line in chosen))
    batch_id = secrets.token_hex(8)
    with workspace.store.writing() as work:
        number = document_number.strip()
        taking = _Taking(workspace, work, batch_id, preview.file_name, now, number, [])
        taking.take_entries(chosen)
        for line in chosen:
            taking.take(line)
        batch = PlatformBatch(
            batch_id,
            kinds,
            preview.file_name,
            len(chosen),
            now,
            workspace.profile.person_name,
            {"changes": taking.undo},
        )
        work.platform_batches.add(batch)
        work.commit()
    workspace.changes.tell(Topic.PROJECTS, Topic.FILINGS, Topic.REGISTERS)
    return batch


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What taking a batch back did (撤回结果): `left` names what was changed since and stays as it is."""

    batch: PlatformBatch
    left: tuple[str, ...]


def batches(workspace: Workspace) -> Sequence[PlatformBatch]:
    """Every file taken over at this desk, newest first, in the desk's own time."""
    with workspace.store.reading() as work:
        found = work.platform_batches.all()
    return [replace(batch, taken_at=workspace.local(batch.taken_at)) for batch in found]


def take_back(workspace: Workspace, batch_id: str) -> TakenBack:
    """Undo a batch; what somebody has changed since stays. InputError when it is gone or taken back already."""
    now = workspace.tools.clock.now()
    with workspace.store.writing() as work:
        batch = work.platform_batches.get(batch_id)
        if batch is None or batch.taken_back_at is not None:
            raise InputError("这次带入已经撤回", "请刷新列表后再看", "带入记录")
        left = [
            told
            for change in reversed(list(batch.undo.get("changes") or ()))
            if (told := undoing.undo(work, change, now))
        ]
        work.payments.remove(batch_id)
        work.platform_batches.take_back(batch_id, now)
        work.commit()
    workspace.changes.tell(Topic.PROJECTS, Topic.FILINGS, Topic.REGISTERS)
    return TakenBack(batch, tuple(dict.fromkeys(left)))
