"""Receipts (接收回执): signed by the bureau over manifest digest and receive time; taken in at the clerk's desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from forms.kinds import show_date
from models.domain.check_code import check_code_of_digest, spaced_check_code
from models.domain.errors import InputError
from models.domain.filing import FilingStatus
from models.domain.message import MessageType
from services import bureau_keys, messages
from services.bureau_messages import read_message
from services.changes import Topic
from services.department.carrier_receipt import CARRIER_HEAD, brought, carrier_rows
from services.desk_people import present_user
from services.form_titles import FormTitles
from services.own_certificates import take_home
from services.ports.documents import Cover, CoverLine, PageMark, PageMarks
from services.ports.exchange import UnlockedKey
from services.ports.store import PackageRecord
from services.received import (
    ANSWERED_BY_RECEIPT,
    RECEIVED,
    archive_name,
    copy_to_archive,
    keep_received,
)
from services.workspaces import Workspace


def without_receipt(workspace: Workspace) -> Sequence[PackageRecord]:
    """Received packages that have no receipt yet, by unit: submissions, alone or carried, and departments' packages."""
    with workspace.store.reading() as work:
        found = [record for kind in ANSWERED_BY_RECEIPT for record in work.packages.find(RECEIVED, kind)]
    waiting = [record for record in found if not record.receipt_sha256]
    return sorted(waiting, key=lambda record: (record.unit_code, record.number))


def issue_receipt(
    workspace: Workspace, record: PackageRecord, key: UnlockedKey, folder: Path
) -> PackageRecord:
    """Write the signed receipt for a received package into `folder`; the receipt's own record."""
    now, profile, who = workspace.tools.clock.now(), workspace.profile, present_user(workspace).name
    with workspace.store.writing() as work:
        number = work.settings.next_number("package")
        work.commit()
    kit = workspace.current_kit().kit
    payload = messages.head(MessageType.RECEIPT, profile.unit, record.working_year, number, now, kit)
    payload |= {
        "is_practice": kit.is_practice,
        "to_unit_code": record.unit_code,
        "to_unit_name": record.unit_name,
        "submission_sha256": record.manifest_sha256,
        "submission_payload_sha256": record.payload_sha256,
        "received_at": workspace.local(record.at).isoformat(timespec="seconds"),
        "filings": [{"filing_id": f, "version": v} for f, v in record.filing_versions],
        "certificate": _certificate_for(workspace, record.signer.get("fingerprint")),
    }
    payload |= _second_certificate(workspace, record)
    if record.message_type == MessageType.DEPARTMENT_SUBMISSION.value:
        payload["packages"] = [item.as_json() for item in brought(workspace, record)]
    page = workspace.tools.documents.cover(_page(workspace, record, payload), _marks(payload))
    signed = workspace.tools.writer.sign_pdf(page, key, now)
    written = workspace.tools.writer.write(
        folder, messages.namer(payload), payload, {"documents/receipt.pdf": signed}, key, now
    )
    with messages.taken_away_on_failure(written):
        copy_to_archive(workspace, written.path, written.manifest_sha256)
        receipt = messages.sent_record(payload, written, key, archive_name(written.manifest_sha256), now)
        receipt = replace(receipt, filing_versions=record.filing_versions)
        with workspace.store.writing() as work:
            work.packages.add(receipt)
            work.packages.set_receipt(record.manifest_sha256, written.manifest_sha256)
            work.audit.append(now, who, "receipt", record.unit_code, "开具接收回执", {"number": number})
            work.commit()
    workspace.changes.tell(Topic.PACKAGES)
    return receipt


def _second_certificate(workspace: Workspace, record: PackageRecord) -> dict[str, Any]:
    """The certificate of 单位负责人 where two signed, {} where one did."""
    second = record.signer.get("countersigner") or {}
    return {"certificates": [_certificate_for(workspace, second.get("fingerprint"))]} if second else {}


def _certificate_for(workspace: Workspace, fingerprint: Any) -> str:
    """The certificate issued for the key that signed, so that it reaches the unit with the receipt."""
    found = [
        c
        for c in bureau_keys.certificates(workspace)
        if c.kind == "issued" and c.fingerprint == fingerprint and c.revoked_at is None
    ]
    return found[-1].pem if found else ""


def _marks(payload: dict[str, Any]) -> PageMarks:
    return PageMarks(
        PageMark.PRACTICE if payload["is_practice"] else PageMark.NONE, messages.payload_code(payload)
    )


def _page(workspace: Workspace, record: PackageRecord, payload: dict[str, Any]) -> Cover:
    """The receipt as people read it: the forms of a submission, the units' packages of a department's."""
    is_carrier = record.message_type == MessageType.DEPARTMENT_SUBMISSION.value
    head, contents = (
        (CARRIER_HEAD, carrier_rows(workspace, record)) if is_carrier else _forms(workspace, record)
    )
    code = check_code_of_digest(bytes.fromhex(record.payload_sha256))
    received = workspace.local(record.at)
    return Cover(
        title="接收回执",
        facts=(
            CoverLine("报送单位", f"{record.unit_name}（{record.unit_code}）"),
            CoverLine("接收单位", workspace.profile.unit.name),
            CoverLine("接收时间", f"{show_date(received.date())} {received:%H:%M}"),
            CoverLine("报送文件", record.file_name),
            CoverLine("内容核对码", spaced_check_code(code)),
        ),
        contents_head=head,
        contents=tuple(contents),
        notes=("本回执证明财政部门已收到上述内容，不代表审核通过。",),
        foot=("经办人：", "日期：", "财政部门（盖章）："),
    )


def _forms(workspace: Workspace, record: PackageRecord) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Head and lines of the forms in a submission."""
    contents, titles = list[tuple[str, ...]](), FormTitles(workspace)
    with workspace.store.reading() as work:
        for index, (filing_id, version) in enumerate(record.filing_versions, 1):
            filing = work.filings.get(filing_id)
            if filing is None:
                continue
            project = work.projects.get(filing.project_id) if filing.project_id else None
            title = titles.of(filing.form_id, filing.budget_year)
            name = project.name if project else record.unit_name
            contents.append((str(index), title, name, f"{filing.budget_year}年", f"第 {version} 版"))
    return ("序号", "表名", "项目（单位）", "预算年度", "版本"), contents


@dataclass(frozen=True, slots=True)
class TakenReceipt:
    """A receipt taken in (已装入的回执).

    For a department's own package `package_count` units' packages the bureau has taken in, and `waiting_count` it has
    to look into first.
    """

    record: PackageRecord
    filing_count: int
    certificate_taken: bool
    was_known: bool
    package_count: int = 0
    waiting_count: int = 0


def take_receipt(workspace: Workspace, path: Path) -> TakenReceipt:
    """Take a receipt in at the clerk's desk: its filings become 已接收, an issued certificate comes home.

    InputError when the file is no receipt, not this bureau's, or answers nothing this desk has sent.
    """
    message = read_message(workspace, path, MessageType.RECEIPT)
    payload, judged = message.payload, message.judged
    with workspace.store.reading() as work:
        sent = work.packages.get(str(payload.get("submission_sha256")))
    if sent is None or sent.direction != "sent":
        raise InputError("本机没有这份回执对应的报送文件", "请在生成报送文件的电脑上装入", path.name)
    was_known = bool(sent.receipt_sha256)
    if not was_known:
        keep_received(workspace, path, judged, {"received_at": str(payload.get("received_at"))})
    count = _note_received(workspace, sent, judged.manifest_sha256 or "")
    taken = take_home(workspace, [str(payload.get("certificate") or ""), *_others(payload)])
    workspace.changes.tell(Topic.FILINGS, Topic.PACKAGES, Topic.KEYS)
    states = [bool(item.get("is_received")) for item in _packages(payload)]
    return TakenReceipt(sent, count, taken, was_known, sum(states), len(states) - sum(states))


def _packages(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """What a receipt says of each package a department brought."""
    items = payload.get("packages")
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def receipt_time(workspace: Workspace, sent: PackageRecord) -> datetime | None:
    """When the bureau received a package of this desk, by its receipt; None while there is none."""
    if not sent.receipt_sha256:
        return None
    with workspace.store.reading() as work:
        receipt = work.packages.get(sent.receipt_sha256)
    try:
        return datetime.fromisoformat(str(receipt.verdict["received_at"])) if receipt else None
    except (KeyError, ValueError):
        return None


def _note_received(workspace: Workspace, sent: PackageRecord, receipt_sha256: str) -> int:
    """Filings of that package still in the sent version become 已接收; how many."""
    count = 0
    with workspace.store.writing() as work:
        for filing_id, version in sent.filing_versions:
            filing = work.filings.get(filing_id)
            if filing is None or filing.version != version or filing.status is not FilingStatus.SEALED:
                continue
            work.filings.set_status(filing_id, FilingStatus.RECEIVED, workspace.tools.clock.now())
            count += 1
        work.packages.set_receipt(sent.manifest_sha256, receipt_sha256)
        work.commit()
    return count


def _others(payload: Mapping[str, Any]) -> list[str]:
    """Further certificates that came along: of 单位负责人 who countersigned."""
    found = payload.get("certificates")
    return [str(item) for item in found] if isinstance(found, list) else []
