"""转交下级 (passing down): the bureau's receipts, returns and approvals for a department's units, handed on unchanged.

What a unit signed went up through its department, so what answers it comes down the same way. A message is judged by
the bureau's root, belongs to a unit in this department's charge, and is kept whole; the unit's own desk judges it again.
What it says is noted here too, so that the department's lists tell the same as its units'. The kit in force, and the list
of certificates that came last, are for everybody: each unit's folder gets them as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from models.domain.errors import EnvironmentProblem, InputError
from models.domain.filing import FilingStatus
from models.domain.message import MessageType, package_file_name
from models.domain.project import Unit
from services.approved_messages import items_of, note_items
from services.bureau_messages import BureauMessage, sound_message
from services.changes import Topic
from services.department.carried import is_in_charge
from services.job import JobContext
from services.ports.exchange import SignerRole, TrustMaterial
from services.ports.store import FilingQuery, PackageRecord, UnitOfWork
from services.received import RECEIVED, copy_to_archive, received_record
from services.returned import noted_versions
from services.review_results import FOR_UNIT, KEY, note_results, result_json, results_in
from services.unit_folders import unit_folder
from services.workspaces import DeskRole, Workspace

KINDS = frozenset(kind.value for kind in (MessageType.RECEIPT, MessageType.RETURN_SLIP, MessageType.APPROVAL))
_RETURNABLE = (FilingStatus.PASSED, FilingStatus.REFUSED)
EVERYBODY = "全部下级单位"
WHERE = "转交下级"
_TO_CODE, _TO_NAME, _PUT_OUT = "to_unit_code", "to_unit_name", "put_out_at"


@dataclass(frozen=True, slots=True)
class TakenForUnit:
    """A message for one of the units taken in (已收下待转交的文件)."""

    unit_name: str
    kind: MessageType
    was_known: bool


@dataclass(frozen=True, slots=True)
class UnitMessage:
    """A message to hand on (待转交的文件); `put_out_at` when it was last written for its unit, None while it was not.

    `receivers` are codes and names of whom it is for; `is_for_all` for a kit or list that every unit gets.
    """

    record: PackageRecord
    receivers: tuple[tuple[str, str], ...]
    put_out_at: datetime | None
    is_for_all: bool = False

    @property
    def kind(self) -> MessageType:
        """What it is."""
        return MessageType(self.record.message_type)

    @property
    def unit_name(self) -> str:
        """Whom it is for."""
        return EVERYBODY if self.is_for_all else self.receivers[0][1]

    @property
    def is_waiting(self) -> bool:
        """Whether a unit waits for it; what everybody gets the units may have from the bureau itself."""
        return self.put_out_at is None and not self.is_for_all


def is_for_unit(workspace: Workspace, message_type: str | None, payload: Any) -> bool:
    """Whether a file that came to this desk is for somebody else, who stands below a department."""
    if workspace.profile.role is not DeskRole.DEPARTMENT or message_type not in KINDS:
        return False
    return bool(payload) and payload.get(_TO_CODE) != workspace.profile.unit.code


def take_for_unit(workspace: Workspace, path: Path) -> TakenForUnit:
    """Take a message for one of this department's units in; a second time changes nothing.

    InputError when it does not hold, is not the bureau's, or is for a unit of another department.
    """
    tools = workspace.tools
    kind = tools.reader.judge(path, TrustMaterial(), tools.clock.now(), inspect_documents=False).message_type
    if kind not in KINDS:
        raise InputError("这不是回执、退回修改通知或批复通知", "请选择财政部门发给下级单位的文件", path.name)
    message = sound_message(workspace, path, MessageType(kind))
    unit = _unit_of(workspace, message)
    manifest = message.judged.manifest_sha256 or ""
    with workspace.store.reading() as work:
        if work.packages.get(manifest) is not None:
            return TakenForUnit(unit.name, MessageType(kind), was_known=True)
    copy_to_archive(workspace, path, manifest)
    record = received_record(path, message.judged, _told(message), tools.clock.now(), FOR_UNIT)
    facts = {_TO_CODE: unit.code, _TO_NAME: unit.name, **_results_kept(message)}
    with workspace.store.writing() as work:
        work.packages.add(replace(record, verdict={**record.verdict, **facts}))
        _note(workspace, work, message, unit)
        work.commit()
    workspace.changes.tell(Topic.PACKAGES, Topic.FILINGS)
    return TakenForUnit(unit.name, MessageType(kind), was_known=False)


def _told(message: BureauMessage) -> tuple[tuple[str, int], ...]:
    """The filings a return speaks of, with their versions; other messages are only handed on."""
    if message.judged.message_type != MessageType.RETURN_SLIP.value:
        return ()
    return tuple(noted_versions(message.payload, message.path))


def _results_kept(message: BureauMessage) -> dict[str, Any]:
    """What a notice tells of review, to be read at this desk as well; InputError when it is not as the format says."""
    if message.judged.message_type != MessageType.APPROVAL.value:
        return {}
    return {KEY: [result_json(told) for told in results_in(message.payload, message.path)]}


def _unit_of(workspace: Workspace, message: BureauMessage) -> Unit:
    """The unit a message is for; InputError where it is not this department's to hand on."""
    signers, name = message.judged.signers, message.path.name
    if not signers or signers[0].role != SignerRole.BUREAU.label:
        raise InputError("这个文件不是财政部门签发的", "请直接交给收件单位", name)
    code = message.payload.get(_TO_CODE)
    unit = workspace.current_kit().kit.unit(str(code))
    if unit is None or not is_in_charge(workspace.profile.unit.code, unit):
        told = message.payload.get(_TO_NAME) or code
        raise InputError(f"这是给“{told}”的文件，不是本部门的下级单位", "请退给财政部门", name)
    return unit


def _note(workspace: Workspace, work: UnitOfWork, message: BureauMessage, unit: Unit) -> None:
    """What the bureau decided on the versions this desk has: a returned one waits for the next, an approved one binds."""
    here = {filing.filing_id: filing for filing in work.filings.overview(FilingQuery(unit_code=unit.code))}
    if message.judged.message_type == MessageType.APPROVAL.value:
        items = items_of(message.payload, message.path)
        note_items(workspace, work, [item for item in items if item["filing_id"] in here])
        results = results_in(message.payload, message.path)
        note_results(workspace, work, [told for told in results if told.filing_id in here])
    elif message.judged.message_type == MessageType.RETURN_SLIP.value:
        now = workspace.tools.clock.now()
        for filing_id, version in noted_versions(message.payload, message.path):
            filing = here.get(filing_id)
            if filing is None or filing.version != version or filing.status not in _RETURNABLE:
                continue
            if filing.status is FilingStatus.PASSED:
                work.filings.set_status(filing_id, FilingStatus.IN_REVIEW, now)
            work.filings.set_status(filing_id, FilingStatus.RETURNED, now)


def unit_messages(workspace: Workspace) -> tuple[UnitMessage, ...]:
    """Everything to hand on: what waits by unit, the newest first, then what all may be given, then what was put out."""
    mine, year = workspace.profile.unit.code, workspace.profile.working_year
    with workspace.store.reading() as work:
        kit = work.kits.current(year)
        shared = [work.packages.get(kit.digest) if kit and kit.digest else None]
        shared += work.packages.find(RECEIVED, MessageType.TRUST_LIST.value)[:1]
        records = work.packages.find(FOR_UNIT)
    below = tuple(
        (unit.code, unit.name) for unit in (kit.kit.units if kit else ()) if is_in_charge(mine, unit)
    )
    found = [_message(record, below, is_for_all=True) for record in shared if record and below]
    for record in records:
        to = (str(record.verdict[_TO_CODE]), str(record.verdict[_TO_NAME]))
        found.append(_message(record, (to,), is_for_all=False))
    return tuple(
        sorted(found, key=lambda item: (item.put_out_at is not None, item.is_for_all, item.receivers[0]))
    )


def _message(
    record: PackageRecord, receivers: tuple[tuple[str, str], ...], *, is_for_all: bool
) -> UnitMessage:
    at = record.verdict.get(_PUT_OUT)
    return UnitMessage(record, receivers, datetime.fromisoformat(at) if at else None, is_for_all)


def put_out(
    workspace: Workspace, manifests: Sequence[str], folder: Path, ctx: JobContext
) -> tuple[Path, ...]:
    """Write messages into `folder`, byte for byte, a folder for each unit; stopping keeps what was written.

    InputError when nothing is chosen, EnvironmentProblem when the carrier or this desk's own copy fails.
    """
    wanted = set(manifests)
    chosen = [item for item in unit_messages(workspace) if item.record.manifest_sha256 in wanted]
    if not chosen:
        raise InputError("没有选择要转交的文件", "请勾选后再取出", WHERE)
    written: list[Path] = []
    for index, item in enumerate(chosen):
        ctx.step(index, len(chosen), item.unit_name)
        written += _put_out(workspace, item, folder)
    ctx.step(len(chosen), len(chosen), "已全部取出")
    workspace.changes.tell(Topic.PACKAGES)
    return tuple(written)


def _put_out(workspace: Workspace, item: UnitMessage, folder: Path) -> list[Path]:
    """One message written for whom it is, and noted."""
    tools, record = workspace.tools, item.record
    copy, now = workspace.archive / record.archive_name, tools.clock.now()
    judged = tools.reader.judge(copy, TrustMaterial(), now, inspect_documents=False)
    if not judged.verdict.intact or judged.manifest_sha256 != record.manifest_sha256:
        raise EnvironmentProblem(
            "本机存的文件读不出来", "请让财政部门再交一次，装入后重试", f"{item.unit_name}{item.kind.label}"
        )
    name = package_file_name(
        record.unit_code, record.working_year, item.kind, record.number, record.manifest_sha256
    )
    written = [unit_folder(folder, *receiver) / name for receiver in item.receivers]
    for path in written:
        tools.files.copy(copy, path)
    with workspace.store.writing() as work:
        work.packages.add(replace(record, verdict={**record.verdict, _PUT_OUT: now.isoformat()}))
        said = f"转交{item.kind.label}：{item.unit_name}"
        subject = workspace.profile.unit.code if item.is_for_all else item.receivers[0][0]
        person = workspace.profile.person_name
        work.audit.append(now, person, "passed_down", subject, said, {"number": record.number})
        work.commit()
    return written
