"""Every version of a filing in one list (各次报送), and the differences between any two of them.

What was received and is in force or kept, what somebody put aside, what still waits for a decision, and another filing of the
same project: each with day, verdict, signer and who decided. Packages not taken in are judged anew before they are shown.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from forms.answers import differences as places_of
from models.domain.errors import DeskError, InputError
from models.domain.verdict import VerdictWord
from services.archive import ReceivedForm, in_force, open_received
from services.file_names import file_stem
from services.intake_against import CONTESTED
from services.ports.documents import DataHead, DataSheet
from services.received import DECLINED
from services.received_checks import rivals_of
from services.received_filings import with_own_project
from services.version_comparison import judged_again
from services.version_differences import FieldDifference, FilingContent, differences

if TYPE_CHECKING:
    from services.ports.store import IntakeDecision, PackageRecord, SubmittedVersion, UnitOfWork
    from services.workspaces import Workspace

_HEADS = (DataHead("序号"), DataHead("位置"), DataHead("{0}"), DataHead("{1}"))


class Standing(enum.StrEnum):
    """How a version stands (版本状态)."""

    IN_FORCE = "in_force"
    KEPT = "kept"
    DECLINED = "declined"
    WAITING = "waiting"
    RIVAL = "rival"

    @property
    def label(self) -> str:
        """现在采用, 留存, 不采用, 待决定, 另一份表."""
        return {
            "in_force": "现在采用",
            "kept": "留存",
            "declined": "不采用",
            "waiting": "待决定",
            "rival": "另一份表",
        }[self.value]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version (一次报送); `path` is the file a choice can be made on, None where there is nothing to choose.

    `changed` counts the places that read otherwise than in the version before it, None for the first one.
    """

    filing_id: str
    manifest_sha256: str
    version: int
    standing: Standing
    received_at: datetime | None
    sealed_at: datetime | None
    signer: str
    verdict: VerdictWord | None
    file_name: str
    content: FilingContent
    decisions: tuple[IntakeDecision, ...] = ()
    path: Path | None = None
    changed: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other line."""
        return self.filing_id, self.manifest_sha256

    @property
    def words(self) -> str:
        """第 2 版（现在采用）."""
        return f"第 {self.version} 版（{self.standing.label}）"


@dataclass(frozen=True)
class VersionList:
    """All versions of a filing, the newest first (各次报送)."""

    received: ReceivedForm
    lines: tuple[VersionLine, ...]

    @property
    def subject(self) -> str:
        """The project's name, or the unit's."""
        context = self.received.context
        return context.project.name if context.project else context.unit.name

    def between(self, before: VersionLine, after: VersionLine) -> tuple[FieldDifference, ...]:
        """Every place at which two versions differ, in the form's order."""
        return differences(self.received.form, self.received.context_of(None), before.content, after.content)


def version_list(workspace: Workspace, filing_id: str) -> VersionList:
    """The versions of a received filing; InputError when it is not here."""
    received = open_received(workspace, filing_id)
    with workspace.store.reading() as work:
        lines = [*_submitted(workspace, work, received, filing_id)]
        for other in rivals_of(work, received.filing):
            lines += _submitted(workspace, work, received, other)
        aside = _aside(workspace, work, received)
    lines += [line for path, record in aside if (line := _judged(workspace, path, record, filing_id))]
    lines.sort(key=lambda one: (one.received_at or one.sealed_at or datetime.max).timestamp())
    counted = [_counted(line, lines[number - 1] if number else None) for number, line in enumerate(lines)]
    return VersionList(received, tuple(reversed(counted)))


def write_differences(
    workspace: Workspace, found: VersionList, before: VersionLine, after: VersionLine, folder: Path
) -> Path:
    """Write the differences of two versions as a workbook into a folder; its path. What lies there stays."""
    shown = found.between(before, after)
    heads = tuple(DataHead(head.text.format(before.words, after.words)) for head in _HEADS)
    rows = tuple((str(n), one.place, one.kept, one.came) for n, one in enumerate(shown, 1))
    content = workspace.tools.documents.data_workbook((DataSheet("版本差异", heads, rows),))
    stem = file_stem(f"{found.subject}_第{before.version}版与第{after.version}版_差异")
    path, number = folder / f"{stem}.xlsx", 2
    while path.exists():
        path, number = folder / f"{stem}（{number}）.xlsx", number + 1
    workspace.tools.files.write(path, content)
    return path


def _submitted(
    workspace: Workspace, work: UnitOfWork, received: ReceivedForm, filing_id: str
) -> Iterator[VersionLine]:
    """The submissions that were taken in."""
    filing = work.filings.get(filing_id)
    versions, decisions = work.filings.versions(filing_id), work.packages.decisions(filing_id)
    current = in_force(filing, versions) if filing else None
    project = work.projects.get(filing.project_id) if filing and filing.project_id else None
    is_own = filing_id == received.filing.filing_id
    for item in versions:
        record = work.packages.get(item.manifest_sha256)
        if not is_own:
            standing = Standing.RIVAL
        elif current is not None and current.manifest_sha256 == item.manifest_sha256:
            standing = Standing.IN_FORCE
        else:
            standing = Standing.KEPT
        content = FilingContent(item.answers, item.explanations, project)
        said = tuple(d for d in decisions if item.manifest_sha256 in (d.kept_sha256, d.came_sha256))
        can_turn = standing is Standing.KEPT and bool(said) and record is not None
        path = workspace.archive / record.archive_name if record and can_turn else None
        yield replace(_line(workspace, item, record, content, standing), decisions=said, path=path)


def _line(
    workspace: Workspace,
    item: SubmittedVersion,
    record: PackageRecord | None,
    content: FilingContent,
    standing: Standing,
) -> VersionLine:
    """What a submission says of itself and its package."""
    signer = record.signer if record else {}
    sealed, word = (
        str(signer.get("signing_time") or ""),
        str((record.verdict if record else {}).get("word", "")),
    )
    return VersionLine(
        filing_id=item.filing_id,
        manifest_sha256=item.manifest_sha256,
        version=item.version,
        standing=standing,
        received_at=workspace.local(item.at),
        sealed_at=workspace.local(datetime.fromisoformat(sealed)) if sealed else None,
        signer=str(signer.get("name", "")),
        verdict=VerdictWord(word) if word in set(VerdictWord) else None,
        file_name=record.file_name if record else "",
        content=content,
    )


def _aside(
    workspace: Workspace, work: UnitOfWork, received: ReceivedForm
) -> list[tuple[Path, PackageRecord | None]]:
    """Files of the unit that were put aside or wait because of their version alone."""
    filing = received.filing
    found: list[tuple[Path, PackageRecord | None]] = [
        (workspace.archive / record.archive_name, record)
        for record in work.packages.find(DECLINED)
        if any(filing_id == filing.filing_id for filing_id, _ in record.filing_versions)
    ]
    for waiting in work.packages.quarantine():
        codes = {str(reason.get("code", "")) for reason in waiting.reasons}
        if waiting.unit_code == filing.unit_code and codes and codes <= CONTESTED:
            found.append((Path(waiting.path), None))
    return found


def _judged(
    workspace: Workspace, path: Path, record: PackageRecord | None, filing_id: str
) -> VersionLine | None:
    """One such file judged anew; None when it has gone, does not hold any more, or is about other filings."""
    try:
        found = judged_again(workspace, path)
    except (DeskError, OSError):
        return None
    came = next((item for item in found.inspection.filings if item.filing_id == filing_id), None)
    if came is None:
        return None
    with workspace.store.reading() as work:
        own = with_own_project(work, came)
        said = tuple(d for d in work.packages.decisions(filing_id) if d.came_sha256 == found.manifest)
    signer = found.judged.signers[0] if found.judged.signers else None
    sealed = signer.signing_time if signer else None
    return VersionLine(
        filing_id=filing_id,
        manifest_sha256=found.manifest,
        version=came.version,
        standing=Standing.DECLINED if record else Standing.WAITING,
        received_at=workspace.local(record.at) if record else None,
        sealed_at=workspace.local(sealed) if sealed else None,
        signer=signer.name if signer else "",
        verdict=found.judged.verdict.word,
        file_name=record.file_name if record else path.name,
        content=FilingContent(own.answers, own.explanations, own.project),
        decisions=said,
        path=path,
    )


def _counted(line: VersionLine, before: VersionLine | None) -> VersionLine:
    """The line with how many places changed since the one before."""
    if before is None:
        return line
    changed = len(tuple(places_of(before.content.answers, line.content.answers)))
    return replace(line, changed=changed)


def line_of(found: VersionList, key: object) -> VersionLine:
    """The line of a key; InputError when it has gone meanwhile."""
    for line in found.lines:
        if line.key == key:
            return line
    raise InputError("这一次报送已不在列表里", "请重新打开各次报送")
