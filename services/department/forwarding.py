"""汇总报送 (forwarding): a department's one package upward, with its units' own packages and its opinions on them.

The units' packages go byte for byte, so the bureau judges each as if it had come alone. The department's own forms (the
汇总表 among them) are sealed as any unit's are, and that package goes along as one more. A package waits here while one
of its forms waits for this level, or was sent back and has not come again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from models.domain.errors import EnvironmentProblem, InputError
from models.domain.filing import FilingStatus
from models.domain.kit import ParameterKit
from models.domain.message import MessageType
from models.domain.review import ReviewDecision, ReviewLevel
from services import messages
from services.changes import Topic
from services.department.list_page import LIST, list_page
from services.department.members import SENT, member_of
from services.job import JobContext
from services.package_files import file_digest, file_size
from services.permission_table import Action
from services.permissions import require
from services.ports.exchange import TrustMaterial, UnlockedKey, WrittenPackage
from services.ports.store import PackageRecord, UnitOfWork
from services.received import RECEIVED, archive_name, copy_to_archive
from services.review.queue import QueueFilter, QueueLine, QueueQuery, queue
from services.sealing import judge_own, refuse_certificate, refuse_desk
from services.workspaces import DeskRole, Workspace

WHERE = "汇总报送"
MOST_PACKAGES = 1000
MOST_BYTES = 400 * 1024 * 1024
"""What one package may bring; beyond it the department sends several."""

_LONGEST_OPINION = 2000
"""Characters of an opinion that travel, by the format."""


Place = tuple[str, str, str]
"""What a form was filed for (应报项): unit, task, and the project's code or name, "" for the unit as a whole."""


@dataclass(frozen=True, slots=True)
class Forwardable:
    """A package that could go upward (待汇总报送的文件); `obstacle` says why it cannot yet, "" when it can.

    `is_own` for the department's own forms; `places` are what its forms in force were filed for: unit, task and project.
    """

    record: PackageRecord
    is_own: bool
    places: frozenset[Place]
    obstacle: str

    @property
    def forms(self) -> int:
        """How many forms it brings that no newer version has replaced."""
        return len(self.places)


def forms_together(items: Iterable[Forwardable]) -> int:
    """How many forms packages bring together; what was filed twice for one place counts once."""
    return len(frozenset().union(*(item.places for item in items)))


@dataclass(frozen=True, slots=True)
class ForwardResult:
    """A department's package written and read back (汇总报送结果)."""

    written: WrittenPackage
    record: PackageRecord
    package_count: int


def forwardable(workspace: Workspace) -> tuple[Forwardable, ...]:
    """Packages not sent upward yet, by unit and number; what was wholly replaced by newer versions stays here."""
    lines = {line.filing.filing_id: line for line in queue(workspace, QueueQuery(QueueFilter.ALL))}
    submission = MessageType.SUBMISSION.value
    with workspace.store.reading() as work:
        carried = _carried(work)
        received = [r for r in work.packages.find(RECEIVED, submission) if r.manifest_sha256 not in carried]
        own = [
            record
            for record in work.packages.find("sent", submission)
            if record.manifest_sha256 not in carried and not record.receipt_sha256
        ]
        places = _places(work, (*received, *own))
    found = [
        Forwardable(record, is_own, here, "" if is_own else _obstacle(record, lines))
        for is_own, records in ((False, received), (True, own))
        for record in records
        if (here := frozenset(places[one] for one in record.filing_versions if one in places))
    ]
    return tuple(sorted(found, key=lambda item: (item.record.unit_code, item.record.number)))


def _carried(work: UnitOfWork) -> set[str]:
    """Manifests of every package that went upward in one of this department's."""
    sent = work.packages.find("sent", MessageType.DEPARTMENT_SUBMISSION.value)
    return {manifest for record in sent for manifest in record.verdict.get(SENT, ())}


def _places(work: UnitOfWork, records: Iterable[PackageRecord]) -> dict[tuple[str, int], Place]:
    """By filing and version what was filed for, only of versions in force here."""
    filings = work.filings.overview_of({one for record in records for one, _ in record.filing_versions})
    projects = {one.project_id: one for one in work.projects.some({item.project_id for item in filings})}

    def subject(project_id: str) -> str:
        project = projects.get(project_id)
        return (project.project_code or project.name) if project else project_id

    return {
        (item.filing_id, item.version): (item.unit_code, item.task_id, subject(item.project_id))
        for item in filings
    }


def _obstacle(record: PackageRecord, lines: Mapping[str, QueueLine]) -> str:
    """What a package waits for, "" when it may go."""
    current = [
        line
        for filing_id, version in record.filing_versions
        if (line := lines.get(filing_id)) is not None and line.filing.version == version
    ]
    if waiting := sum(line.is_waiting for line in current):
        return f"还有 {waiting} 份表没有审核"
    if returned := sum(line.filing.status is FilingStatus.RETURNED for line in current):
        return f"有 {returned} 份表已退回修改，等单位重新报送"
    return ""


def forward(
    workspace: Workspace, manifests: Sequence[str], folder: Path, password: str, ctx: JobContext
) -> ForwardResult:
    """Write one package of the chosen ones into `folder`, signed by the department.

    InputError (not a department's desk, nothing of a unit chosen, something that has to wait, too much at once), NotAllowed,
    KeyProblem, EnvironmentProblem; then nothing was sent and no file is left.
    """
    require(workspace, Action.FORWARD)
    kit, now = workspace.current_kit().kit, workspace.tools.clock.now()
    if workspace.profile.role is not DeskRole.DEPARTMENT:
        raise InputError("这不是主管部门的工作区", "请在主管部门的工作区汇总报送", WHERE)
    refuse_desk(workspace, kit, now)
    records = _chosen(workspace, manifests)
    key = workspace.vault.unlock("unit", password, now)
    refuse_certificate(key.certificate, now)
    members = {}
    for index, record in enumerate(records):
        ctx.step(index, len(records), record.unit_name)
        members[member_of(record)] = _content(workspace, record)
    payload = _payload(workspace, records, members, kit, key, now)
    page = workspace.tools.writer.sign_pdf(list_page(workspace, records, payload), key, now)
    written = workspace.tools.writer.write(
        folder, messages.namer(payload), payload, {**members, LIST: page}, key, now
    )
    with messages.taken_away_on_failure(written):
        judge_own(workspace, written, kit, key, now)
        sent = _keep(workspace, payload, written, key, records, now)
    ctx.step(len(records), len(records), "已生成")
    workspace.changes.tell(Topic.PACKAGES)
    return ForwardResult(written, sent, len(records))


def _chosen(workspace: Workspace, manifests: Sequence[str]) -> list[PackageRecord]:
    """The records asked for, every one ready."""
    wanted = set(manifests)
    chosen = [item for item in forwardable(workspace) if item.record.manifest_sha256 in wanted]
    if len(chosen) != len(wanted):
        raise InputError("有报送文件已经汇总报送，或刚刚被新版替换", "请重新选择", WHERE)
    if not any(not item.is_own for item in chosen):
        raise InputError("没有选择下级单位的报送文件", "本单位自己的表请直接报送", WHERE)
    for item in chosen:
        if item.obstacle:
            raise InputError(item.obstacle, "处理好后再汇总报送", item.record.unit_name)
    size = sum(item.record.size for item in chosen)
    if len(chosen) > MOST_PACKAGES or size > MOST_BYTES:
        raise InputError("一次汇总报送的文件太多或太大", "请分几次汇总报送", WHERE)
    return [item.record for item in chosen]


def _content(workspace: Workspace, record: PackageRecord) -> Path:
    """The package as it came, as a file; EnvironmentProblem when the own copy is not what was received."""
    path, tools = workspace.archive / record.archive_name, workspace.tools
    judged = tools.reader.judge(path, TrustMaterial(), tools.clock.now(), inspect_documents=False)
    if not judged.verdict.intact or judged.manifest_sha256 != record.manifest_sha256:
        raise EnvironmentProblem(
            "本机存的报送文件读不出来", "请让该单位再交一次，接收后重试", record.unit_name
        )
    return path


def _payload(
    workspace: Workspace,
    records: Sequence[PackageRecord],
    members: Mapping[str, Path],
    kit: ParameterKit,
    key: UnlockedKey,
    now: datetime,
) -> dict[str, Any]:
    """payload.json of a department's package."""
    profile = workspace.profile
    with workspace.store.writing() as work:
        number = work.settings.next_number("package")
        work.commit()
    payload = messages.head(
        MessageType.DEPARTMENT_SUBMISSION, profile.unit, profile.working_year, number, now, kit
    )
    payload["is_practice"] = kit.is_practice
    payload["sender"] = {"name": key.certificate.subject.person_name, "phone": profile.unit.contact_phone}
    payload["packages"] = [
        {"member": name, "size": file_size(path), "sha256": file_digest(path)}
        for name, path in members.items()
    ]
    with workspace.store.reading() as work:
        payload["decisions"] = [
            _decision_json(member_of(record), decision)
            for record in records
            for decision in _decisions(work, record)
        ]
    return payload


def _decisions(work: UnitOfWork, record: PackageRecord) -> list[ReviewDecision]:
    """The department's last decision in force on each version a package brought."""
    versions = dict(record.filing_versions)
    last = {
        item.filing_id: item
        for item in work.reviews.decisions(list(versions))
        if item.level is ReviewLevel.DEPARTMENT
        and item.is_in_force
        and item.version == versions[item.filing_id]
    }
    return [last[filing_id] for filing_id in versions if filing_id in last]


def _decision_json(member: str, decision: ReviewDecision) -> dict[str, Any]:
    """One opinion as it travels."""
    return {
        "member": member,
        "filing_id": decision.filing_id,
        "version": decision.version,
        "outcome": decision.outcome.value,
        "opinion": decision.opinion[:_LONGEST_OPINION],
        "decided_by": decision.decided_by,
        "decided_at": decision.decided_at.isoformat(timespec="seconds"),
        "grade": decision.grade,
        "points": decision.points,
        "conclusion": decision.conclusion,
        "submitted_fen": decision.submitted_fen,
        "approved_fen": decision.approved_fen,
    }


def _keep(
    workspace: Workspace,
    payload: Mapping[str, Any],
    written: WrittenPackage,
    key: UnlockedKey,
    records: Sequence[PackageRecord],
    now: datetime,
) -> PackageRecord:
    """An own copy of the package and the note of what it brought."""
    copy_to_archive(workspace, written.path, written.manifest_sha256)
    facts = {SENT: [record.manifest_sha256 for record in records]}
    sent = messages.sent_record(payload, written, key, archive_name(written.manifest_sha256), now, facts)
    with workspace.store.writing() as work:
        work.packages.add(sent)
        said = f"汇总报送 {len(records)} 份报送文件"
        detail = {"number": sent.number, "packages": len(records)}
        person = workspace.profile.person_name
        work.audit.append(now, person, "department_submission", sent.unit_code, said, detail)
        work.commit()
    return sent
