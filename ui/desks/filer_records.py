"""From services' records to what the filer's views show (界面数据装配); pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from forms.findings import is_explained
from models.domain.check_code import check_code_of_digest
from models.domain.filing import FilingStatus
from models.domain.message import COUNTERSIGNED, MessageType
from services import receipts, sealing, token_keys
from services.department.members import SENT
from services.evidence_enclosed import evidence_sent
from services.ports.exchange import CertificateInfo
from services.ports.store import FilingQuery, PackageRecord, StoredKit, UnitOfWork
from services.received import ANSWERED_BY_RECEIPT, RECEIVED
from services.remark_answers import open_count
from services.returned_forms import answer_by, returned_in, slips
from services.review_results import KEY, Result
from services.sealing import SealCandidate, SealResult
from services.workspaces import Workspace
from ui.filer.records import (
    InboxKind,
    InboxLine,
    SealLine,
    SealOutcome,
    SealSigner,
    SentLine,
)
from ui.theme import Tone
from ui.widgets.chip import ChipLook
from ui.widgets.dates import full_date, short_date


def seal_line(candidate: SealCandidate) -> SealLine:
    """A filing on the sealing list."""
    opened, filing = candidate.opened, candidate.opened.filing
    project = opened.context.project
    look = ChipLook("可报送", Tone.GOOD, "check")
    if candidate.counts.blocking:
        look = ChipLook(f"必改 {candidate.counts.blocking}", Tone.BAD, "problem_solid")
    elif candidate.counts.to_explain:
        look = ChipLook(f"需说明 {candidate.counts.to_explain}", Tone.CARE, "care")
    elif waiting := open_count(candidate.remarks):
        look = ChipLook(f"意见未处理 {waiting}", Tone.CARE, "comment")
    elif filing.status is FilingStatus.RETURNED:
        look = ChipLook("退回后已改", Tone.GOOD, "check")
    explained = sum(is_explained(finding, filing.explanations) for finding in candidate.report.findings)
    return SealLine(
        filing.filing_id,
        filing.task_id,
        filing.project_id,
        project.name if project else opened.context.unit.name,
        opened.title,
        filing.budget_year,
        look,
        candidate.obstacle,
        explained,
        evidence_sent(filing.answers, opened.context.evidence),
    )


def seal_signer(
    certificate: CertificateInfo | None, now: datetime, token_label: str = ""
) -> SealSigner | None:
    """Who will sign, None while there is no key; `now` tells a certificate that has run out."""
    if certificate is None:
        return None
    last_day = full_date(certificate.not_after)
    if certificate.not_after < now:
        state = ChipLook("已过期", Tone.BAD, "problem_solid")
        words = f"签名证书已于{last_day}到期，请先在“设置”里更换签名密钥。"
    elif certificate.is_self_signed:
        state = ChipLook("待登记", Tone.CARE, "time")
        words = "财政部门首次收到时会核对签名核对码并登记，不影响本次报送。"
    else:
        state = ChipLook("已登记", Tone.GOOD, "check")
        words = f"财政部门已登记并签发证书，有效期至{last_day}。"
    subject = certificate.subject
    return SealSigner(
        subject.person_name, subject.unit_name, certificate.fingerprint, state, words, token_label
    )


def seal_outcome(result: SealResult, handing_over: str) -> SealOutcome:
    """The package that was made, and whom it goes to."""
    written = result.written
    return SealOutcome(
        written.path,
        written.size,
        written.check_code,
        result.filing_count,
        written.manifest_sha256,
        result.awaits_countersignature,
        handing_over,
    )


def sent_lines(workspace: Workspace) -> list[SentLine]:
    """Packages made at this desk, newest first."""
    with workspace.store.reading() as work:
        records = work.packages.find("sent")
    return [_sent_line(workspace, record) for record in records]


def _sent_line(workspace: Workspace, record: PackageRecord) -> SentLine:
    kind = MessageType(record.message_type)
    count = len(record.filing_versions)
    what = f"{kind.label}（{count} 份表）" if kind is MessageType.SUBMISSION else kind.label
    carried = record.verdict.get(SENT, ())
    if kind is MessageType.DEPARTMENT_SUBMISSION:
        what = f"{kind.label}（{len(carried)} 份报送文件）"
    return SentLine(
        record.manifest_sha256,
        record.number,
        what,
        _carried(workspace, carried) if carried else _contents(workspace, record),
        record.file_name,
        record.at,
        check_code_of_digest(bytes.fromhex(record.payload_sha256)),
        receipts.receipt_time(workspace, record),
        awaits_receipt=kind.value in ANSWERED_BY_RECEIPT,
        awaits_head=record.verdict.get(COUNTERSIGNED) is False,
        instead="交给下级单位" if kind is MessageType.RETURN_SLIP else "随任务参数包登记",
    )


def _carried(workspace: Workspace, manifests: Sequence[str]) -> tuple[str, ...]:
    """The units' packages in a department's, one line each."""
    with workspace.store.reading() as work:
        found = [record for one in manifests if (record := work.packages.get(one)) is not None]
    return tuple(f"{record.unit_name}　{len(record.filing_versions)} 份表" for record in found)


def _contents(workspace: Workspace, record: PackageRecord) -> tuple[str, ...]:
    """What is inside, one line a form."""
    from services.form_titles import FormTitles

    found, titles = [], FormTitles(workspace)
    with workspace.store.reading() as work:
        for filing_id, version in record.filing_versions:
            filing = work.filings.get(filing_id)
            if filing is None:
                continue
            project = work.projects.get(filing.project_id) if filing.project_id else None
            name = project.name if project else record.unit_name
            found.append(f"{name}　{titles.of(filing.form_id, filing.budget_year)}　第 {version} 版")
    return tuple(found)


def inbox_lines(workspace: Workspace) -> list[InboxLine]:
    """Receipts, slips, approvals and kits taken in, newest first."""
    with workspace.store.reading() as work:
        messages = work.packages.find(RECEIVED, MessageType.RECEIPT.value)
        returned = slips(work)
        approvals = work.packages.find(RECEIVED, MessageType.APPROVAL.value)
        trust = work.packages.find(RECEIVED, MessageType.TRUST_LIST.value)
        states = _states(work, workspace.profile.unit.code) if returned else {}
        sent = {record.receipt_sha256: record for record in work.packages.find("sent")}
        kits = work.kits.all()
    lines = [
        InboxLine(
            InboxKind.RECEIPT,
            f"{record.unit_name}　接收回执",
            _answered(sent.get(record.manifest_sha256)) or record.file_name,
            record.at,
        )
        for record in messages
    ]
    lines += [_slip_line(record, states) for record in returned]
    lines += [_approval_line(record) for record in approvals]
    lines += [
        InboxLine(InboxKind.TRUST, f"{record.unit_name}　证书名单", record.file_name, record.at)
        for record in trust
    ]
    lines += [_kit_line(stored) for stored in kits if stored.digest]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _answered(sent: PackageRecord | None) -> str:
    """What a receipt is for: the package by its number in the list of those sent."""
    if sent is None:
        return ""
    if sent.message_type == MessageType.DEPARTMENT_SUBMISSION.value:
        return f"第 {sent.number} 号汇总报送文件，{len(sent.verdict.get(SENT, ()))} 份报送文件"
    return f"第 {sent.number} 号报送文件，{len(sent.filing_versions)} 份表"


def _states(work: UnitOfWork, unit_code: str) -> Mapping[str, tuple[int, FilingStatus]]:
    """Version and state of the unit's filings."""
    found = work.filings.overview(FilingQuery(unit_code=unit_code))
    return {filing.filing_id: (filing.version, filing.status) for filing in found}


def _slip_line(record: PackageRecord, states: Mapping[str, tuple[int, FilingStatus]]) -> InboxLine:
    """A slip, with how many of its forms are still to be sent again and by when."""
    returned = returned_in(record)
    waiting = sum(
        state is not None and state[0] == version and state[1].is_editable
        for filing_id, version in returned.items()
        for state in (states.get(filing_id),)
    )
    day = answer_by(record)
    note = f"退回 {len(returned)} 份表，" + ("都已重新报送" if not waiting else f"还有 {waiting} 份待改")
    note += f"，{short_date(day)}前报送" if waiting and day else ""
    sender = record.verdict.get("from_unit") or record.unit_name
    return InboxLine(InboxKind.RETURN, f"{sender}　退回修改通知", note, record.at)


def _approval_line(record: PackageRecord) -> InboxLine:
    """A notice, with how many targets it approves and what it says of review."""
    count = len(record.verdict.get("filings", ()))
    results = [item["result"] for item in record.verdict.get(KEY, ())]
    parts = [f"{count} 份绩效目标"] if count or not results else []
    parts += [f"{results.count(one)} 份表{one.label}" for one in Result if one in results]
    return InboxLine(InboxKind.APPROVAL, f"{record.unit_name}　批复通知", "，".join(parts), record.at)


def _kit_line(stored: StoredKit) -> InboxLine:
    note = "正在使用" if stored.is_current else "已被更新的版本代替"
    return InboxLine(
        InboxKind.KIT, f"{stored.kit.name}　第 {stored.kit.version} 版", note, stored.taken_at, False
    )


def seal_background(workspace: Workspace) -> tuple[list[SealLine], str, SealSigner | None]:
    """All the sealing dialog begins with: lines, what stands in the way of the desk, signer."""
    obstacle = sealing.obstacle(workspace)
    lines = [seal_line(candidate) for candidate in sealing.candidates(workspace)]
    place = token_keys.place_of(workspace, "unit")
    label = "" if place is None else place.label
    return lines, obstacle, seal_signer(sealing.signer(workspace), workspace.tools.clock.now(), label)
