"""Intake (接收): one file or a whole folder, judged one by one; what is refused writes nothing but a note."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from models.domain.errors import Cancelled
from models.domain.message import MessageType
from services.changes import Topic
from services.department.carried import taken_out
from services.desk_people import present_user
from services.handed_out import handed_out
from services.intake_ahead import IntakeAhead
from services.intake_batch import HERE, IntakeBatch
from services.intake_desk import IntakeDesk, intake_desk
from services.intake_rows import IntakeOutcome, IntakeReport, IntakeRow
from services.job import JobContext
from services.package_files import packages_in
from services.path_text import path_text
from services.ports.store import QuarantineRecord
from services.workspaces import Workspace

LIVE = timedelta(seconds=2)
"""How often a long run says that something has come, so that boards count along."""


def _nobody(_row: IntakeRow) -> None:
    """Nobody watches the lines come."""


def receive(
    workspace: Workspace,
    paths: Sequence[Path],
    ctx: JobContext,
    judged: Callable[[IntakeRow], object] = _nobody,
) -> IntakeReport:
    """Take in packages. Stopping keeps what has been received; a second run finds it unchanged.

    `judged` is called with each line once it is durable, some at a time, so that a run that was stopped can be told
    as well.
    """
    files = packages_in(paths)
    known = handed_out(workspace)
    ahead = IntakeAhead(workspace, ctx.check_cancel)
    try:
        ahead.begin(files, known)  # they read their libraries while this one reads trust and keys
        run = _Run(intake_desk(workspace, known), ahead, judged)
    except BaseException:
        ahead.close()
        raise
    is_noted = False
    try:
        ahead.expect(run.desk, files)
        for index, path in enumerate(files):
            ctx.step(index, len(files), path_text(path.name))
            run.take(path)
        run.batch.write()
        ctx.step(len(files), len(files), "接收完成")
        is_noted = True
    except Cancelled:
        is_noted = True
        raise
    finally:
        run.close()
        if is_noted:  # a store that has just failed is not asked once more
            _note_run(workspace, run.report)
        workspace.changes.tell(Topic.PACKAGES, Topic.FILINGS, *run.about_keys())
    return run.report


def _note_run(workspace: Workspace, report: IntakeReport) -> None:
    """Keep in the log what a run has taken in; one that changed nothing leaves no trace."""
    fresh, replaced = report.count(IntakeOutcome.RECEIVED), report.count(IntakeOutcome.REPLACED)
    refused = report.count(IntakeOutcome.REFUSED)
    if not fresh + replaced:
        return
    said = f"接收报送文件 {fresh + replaced} 份"
    said += f"，其中替换旧版 {replaced} 份" if replaced else ""
    said += f"，另有 {refused} 份未接收（待核实）" if refused else ""
    units = sorted({row.unit_code for row in report.rows if row.outcome is not IntakeOutcome.REFUSED})
    who, now = present_user(workspace).name, workspace.tools.clock.now()
    with workspace.store.writing() as work:
        subject = units[0] if len(units) == 1 else ""
        work.audit.append(now, who, "intake", subject, said, {"units": units})
        work.commit()


class _Run:
    """One run over many files (一次接收): its batch, its lines, and who is told of them."""

    def __init__(self, desk: IntakeDesk, ahead: IntakeAhead, judged: Callable[[IntakeRow], object]) -> None:
        self.desk, self._ahead, self._judged = desk, ahead, judged
        self._told_at: datetime = desk.workspace.tools.clock.now()
        self.report = IntakeReport()
        self.batch = IntakeBatch(desk, self._on_row, ahead)

    def take(self, path: Path) -> None:
        """A file's line, and those of the units' packages inside a department's, each judged as if it came alone.

        One that was received before is looked through again: a run that was cut off may have left some inside.
        """
        if self.batch.look_at(path):
            self.batch.write()
            row = self.report.rows[-1]
            if row.outcome in HERE:
                inside = taken_out(self.desk.workspace, row.manifest_sha256)
                self._ahead.expect(self.desk, inside)
                for inner in inside:
                    self.batch.look_at(inner)

    def about_keys(self) -> tuple[Topic, ...]:
        """Whether requests around keys came in: the page of keys shows them."""
        asked = any(
            row.message_type == MessageType.REGISTRATION_REQUEST.value and row.outcome in HERE
            for row in self.report.rows
        )
        return (Topic.KEYS,) if asked else ()

    def close(self) -> None:
        """What was judged before the run ended, however it ended, is kept."""
        self.batch.close()

    def _on_row(self, row: IntakeRow) -> None:
        self.report.add(row)
        self._judged(row)
        workspace = self.desk.workspace
        now = workspace.tools.clock.now()
        if now - self._told_at >= LIVE:
            self._told_at = now
            workspace.changes.tell(Topic.PACKAGES, Topic.FILINGS)


def quarantine(workspace: Workspace) -> Sequence[QuarantineRecord]:
    """Everything under 未接收（待核实）, newest first."""
    with workspace.store.reading() as work:
        return work.packages.quarantine()


def set_aside(workspace: Workspace, path: str) -> None:
    """Forget the note on a file that a person has dealt with; the file itself stays where it lies."""
    with workspace.store.writing() as work:
        work.packages.drop_quarantine(path)
        work.commit()
    workspace.changes.tell(Topic.PACKAGES)
