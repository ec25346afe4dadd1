"""生成报送文件 (sealing): from checked filings to a signed package that has been read back and judged."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from forms.checks.engine import CheckReport
from forms.findings import FindingCounts, count_findings
from forms.kinds import show_date
from models.domain.errors import DeskError, EnvironmentProblem, InputError, KeyProblem
from models.domain.evidence import EvidenceFile
from models.domain.filing import Filing, FilingStatus
from models.domain.kit import ParameterKit, TrustMode
from models.domain.message import COUNTERSIGNED, WORKBOOKS_SIGNED, MessageType
from models.domain.verdict import VerdictWord
from services import exemptions, messages, printing
from services import filings as filings_service
from services.changes import Topic
from services.desk_trust import desk_trust
from services.evidence_enclosed import EnclosedEvidence, enclosed, evidence_json
from services.evidence_files import sweep
from services.filings import OpenFiling
from services.gravest import what_is_wrong
from services.job import JobContext
from services.kits import early_clock
from services.permission_table import Action
from services.permissions import require
from services.ports.exchange import CertificateInfo, UnlockedKey, WrittenPackage
from services.ports.store import FilingQuery, PackageRecord, SubmittedVersion
from services.received import archive_name, copy_to_archive
from services.remark_answers import Remark, answers_json, open_count, remarks_in
from services.workspaces import Workspace

STEPS = ("校验内容", "生成表样", "签名", "写入文件", "读回核验")
"""What the progress says, in order."""


@dataclass(frozen=True)
class SealCandidate:
    """A filing that could go into a package (可报送的表); `obstacle` says why it cannot, "" when it can.

    `remarks` are those of reviewers, whose answers travel with it.
    """

    opened: OpenFiling
    report: CheckReport
    counts: FindingCounts
    obstacle: str
    remarks: tuple[Remark, ...] = ()

    @property
    def title(self) -> str:
        """Project (or unit) and form, for lists."""
        project = self.opened.context.project
        return f"{project.name if project else self.opened.context.unit.name}　{self.opened.title}"


@dataclass(frozen=True, slots=True)
class SealResult:
    """A package written, read back and verified (报送结果)."""

    written: WrittenPackage
    record: PackageRecord
    filing_count: int
    awaits_countersignature: bool = False


def candidates(workspace: Workspace, only: Collection[str] | None = None) -> Sequence[SealCandidate]:
    """Every draft or returned filing of the working year (or only those of some ids), checked, with its obstacle."""
    kit = workspace.current_kit().kit
    found: list[SealCandidate] = []
    with workspace.store.reading() as work:
        known = {p.project_id for p in work.projects.list(workspace.profile.unit.code)}
        drafts = [
            filing
            for filing in work.filings.find(FilingQuery(unit_code=workspace.profile.unit.code))
            if filing.status.is_editable
            and kit.task(filing.task_id)
            and filing.project_id in known | {""}
            and (only is None or filing.filing_id in only)
        ]
        remarks = {
            filing.filing_id: remarks_in(
                work, filing.filing_id, filings_service.payload_answers(filing.answers)
            )
            for filing in drafts
        }
    for filing in drafts:
        opened = filings_service.open_filing(workspace, filing.task_id, filing.project_id)
        found.append(_candidate(opened, remarks[filing.filing_id]))
    return found


def _candidate(opened: OpenFiling, remarks: Sequence[Remark]) -> SealCandidate:
    """A filing with its findings counted."""
    report = filings_service.check(opened, opened.filing.answers)
    counts = count_findings(report.findings, opened.filing.explanations)
    obstacle = ""
    if counts.blocking:
        obstacle = f"还有 {counts.blocking} 处必改，请先改正"
    elif counts.to_explain:
        obstacle = f"还有 {counts.to_explain} 处需说明，请写明情况"
    elif waiting := open_count(remarks):
        obstacle = f"还有 {waiting} 条审核意见没有修改或答复，请逐条处理"
    return SealCandidate(opened, report, counts, obstacle, tuple(remarks))


def needs_countersignature(kit: ParameterKit) -> bool:
    """Whether a submission under this kit is whole only with the signature of 单位负责人."""
    return kit.review is not None and kit.review.needs_two_signers


def signer(workspace: Workspace) -> CertificateInfo | None:
    """The certificate that will sign, None while there is no key."""
    vault = workspace.vault
    return vault.certificate("unit") if "unit" in vault.names() else None


def obstacle(workspace: Workspace) -> str:
    """Why this desk cannot seal now, in one sentence with what to do; "" when it can."""
    kit = workspace.current_kit().kit
    if not kit.root_certificate:
        return (
            "现在用的是通用示范参数，可以填写、校验、打印和导出；装入财政部门的任务参数包后才能生成报送文件。"
        )
    certificate = signer(workspace)
    if certificate is None:
        return "还没有设置签名密码，请在“设置”里设置后再生成报送文件。"
    if kit.trust_mode is TrustMode.CERTIFICATE and certificate.is_self_signed:
        return (
            "财政部门要求先登记签名：请把签名登记申请交给财政部门，收到新的任务参数包并装入后再生成报送文件。"
        )
    return ""


def seal(
    workspace: Workspace,
    filing_ids: Sequence[str],
    folder: Path,
    password: str,
    ctx: JobContext,
) -> SealResult:
    """Seal the chosen filings, each with its evidence, into one package in `folder`.

    With nothing chosen what the unit need not file (无需填报) goes alone, where there is any.
    InputError (findings, nothing to send, a filing that is no draft any more), KeyProblem (password,
    certificate), EnvironmentProblem (clock, disk, carrier). In every failure, and when it is stopped, the
    filings stay drafts and no file is left; numbers already given are not given again, so an unfinished
    file can never be taken for a later one.
    """
    ctx.step(0, len(STEPS), STEPS[0])
    ready = _ready(workspace, filing_ids)
    key = workspace.vault.unlock("unit", password, ready.now)
    return _seal(workspace, ready, folder, key, ctx)


def seal_with_key(
    workspace: Workspace, filing_ids: Sequence[str], folder: Path, key: UnlockedKey, ctx: JobContext
) -> SealResult:
    """The same with a key unlocked before, for many packages in a row; raises as `seal` does."""
    ctx.step(0, len(STEPS), STEPS[0])
    return _seal(workspace, _ready(workspace, filing_ids), folder, key, ctx)


@dataclass(frozen=True)
class _Ready:
    """What is about to be sealed (待封装内容): filings without obstacle, evidence, the kit, the moment of signing."""

    chosen: Sequence[SealCandidate]
    enclosed: EnclosedEvidence
    kit: ParameterKit
    now: datetime


def _ready(workspace: Workspace, filing_ids: Sequence[str]) -> _Ready:
    """Everything that must be right before a key is touched; NotAllowed for whom sealing is not the work of."""
    require(workspace, Action.SEAL)
    kit, now = workspace.current_kit().kit, workspace.tools.clock.now()
    if not filing_ids and not exemptions.exemption_count(workspace):
        raise InputError("没有选择要报送的表", "请至少选择一份", "生成报送文件")
    refuse_desk(workspace, kit, now)
    chosen = _chosen(workspace, set(filing_ids)) if filing_ids else ()
    return _Ready(chosen, enclosed(workspace, kit, [item.opened.filing for item in chosen]), kit, now)


def _seal(
    workspace: Workspace,
    ready: _Ready,
    folder: Path,
    key: UnlockedKey,
    ctx: JobContext,
) -> SealResult:
    """Number, draw, sign, write, read back and judge; then note it."""
    kit, now = ready.kit, ready.now
    refuse_certificate(key.certificate, now)
    numbered, number = _reserve(workspace, ready.chosen, now)
    payload = _payload(workspace, ready, numbered, number, key)
    ctx.step(1, len(STEPS), STEPS[1])
    members = _members(workspace, numbered, payload, key, now, ctx)
    members |= ready.enclosed.members
    ctx.step(3, len(STEPS), STEPS[3])
    written = workspace.tools.writer.write(folder, messages.namer(payload), payload, members, key, now)
    with messages.taken_away_on_failure(written):
        ctx.step(4, len(STEPS), STEPS[4])
        judge_own(workspace, written, kit, key, now)
        record = _keep(workspace, payload, written, key, numbered, ready)
    with suppress(DeskError):  # what lies about unused can go another day
        sweep(workspace)
    workspace.changes.tell(Topic.FILINGS, Topic.PACKAGES, Topic.EVIDENCE)
    return SealResult(written, record, len(numbered), needs_countersignature(kit))


def refuse_desk(workspace: Workspace, kit: ParameterKit, now: datetime) -> None:
    """Raise for what this desk lacks before anything else is looked at."""
    blocked = obstacle(workspace)
    if blocked:
        raise KeyProblem(blocked.split("，", 1)[0], blocked.split("，", 1)[-1])
    if (fault := early_clock(kit, now)) is not None:
        raise fault


def _chosen(workspace: Workspace, wanted: Collection[str]) -> Sequence[SealCandidate]:
    """The filings asked for, every one ready; InputError names what is in the way."""
    chosen = candidates(workspace, wanted)
    missing = len(wanted) - len(chosen)
    if missing:
        raise InputError(f"有 {missing} 份表已不能报送，可能刚在别处改动", "请重新选择", "生成报送文件")
    for candidate in chosen:
        if candidate.obstacle:
            raise InputError(candidate.obstacle, "改好后再生成报送文件", candidate.title)
    return chosen


def refuse_certificate(certificate: CertificateInfo, now: datetime) -> None:
    """Raise when the certificate is not in its time."""
    if certificate.not_before > now:
        raise EnvironmentProblem("电脑日期早于签名证书的生效日期", "请把电脑日期调整正确后再试")
    if certificate.not_after < now:
        day = show_date(certificate.not_after.astimezone(now.tzinfo).date())
        raise KeyProblem(f"签名证书已于{day}过期", "请在“设置”里更换签名密钥，报送后由财政部门重新登记")


def _reserve(
    workspace: Workspace, chosen: Sequence[SealCandidate], now: datetime
) -> tuple[list[SealCandidate], int]:
    """Give each filing its next version and the package its number, durably, before anything is written."""
    numbered: list[SealCandidate] = []
    with workspace.store.writing() as work:
        number = work.settings.next_number("package")
        for candidate in chosen:
            opened = candidate.opened
            filing = replace(opened.filing, version=opened.filing.version + 1, updated_at=now)
            figures = filings_service.figures_of(opened, filing.answers, candidate.counts)
            saved = work.filings.save(filing, figures, expected_revision=opened.filing.revision)
            numbered.append(replace(candidate, opened=replace(opened, filing=saved)))
        work.commit()
    return numbered, number


def _payload(
    workspace: Workspace, ready: _Ready, chosen: Sequence[SealCandidate], number: int, key: UnlockedKey
) -> dict[str, Any]:
    """payload.json of a submission."""
    profile, kit = workspace.profile, ready.kit
    payload = messages.head(
        MessageType.SUBMISSION, profile.unit, profile.working_year, number, ready.now, kit
    )
    payload["sender"] = {"name": key.certificate.subject.person_name, "phone": profile.unit.contact_phone}
    payload["is_practice"] = kit.is_practice
    payload[WORKBOOKS_SIGNED] = True
    if needs_countersignature(kit):
        payload[COUNTERSIGNED] = True
    with workspace.store.reading() as work:
        own = exemptions.own_exemptions(work, profile.unit.code, [task.task_id for task in kit.tasks])
    payload[exemptions.KEY] = own
    payload["filings"] = [
        _filing_json(item, ready.enclosed.of(item.opened.filing.filing_id)) for item in chosen
    ]
    return payload


def _filing_json(candidate: SealCandidate, evidence: Sequence[EvidenceFile]) -> dict[str, Any]:
    """One filing as it travels; without evidence it says nothing of any."""
    opened, filing = candidate.opened, candidate.opened.filing
    project = opened.context.project
    return {
        "filing_id": filing.filing_id,
        "task_id": filing.task_id,
        "form_id": filing.form_id,
        "form_version": filing.form_version,
        "budget_year": filing.budget_year,
        "unit_code": filing.unit_code,
        "project": None
        if project is None
        else {
            "project_id": project.project_id,
            "project_code": project.project_code,
            "name": str(filing.answers.get("project_name") or project.name),
            "category": project.category,
        },
        "version": filing.version,
        "answers": filings_service.payload_answers(filing.answers),
        "explanations": {key: text for key, text in filing.explanations.items() if text.strip()},
        "findings": [finding.to_json(filing.explanations) for finding in candidate.report.findings],
        "not_checked": [list(item) for item in candidate.report.not_run],
        **({"evidence": [evidence_json(item) for item in evidence]} if evidence else {}),
        **({"remarks": told} if (told := answers_json(candidate.remarks)) else {}),
    }


def _members(
    workspace: Workspace,
    chosen: Sequence[SealCandidate],
    payload: Mapping[str, Any],
    key: UnlockedKey,
    now: datetime,
    ctx: JobContext,
) -> dict[str, bytes]:
    """The official PDF and workbook of every filing, both signed."""
    code = messages.payload_code(payload)
    members: dict[str, bytes] = {}
    for index, candidate in enumerate(chosen, 1):
        opened = candidate.opened
        sheets = printing.sheets_of(opened.form, opened.context, opened.filing.answers)
        marks = printing.marks_of(opened.context, candidate.counts, code)
        printed = printing.draw(workspace.tools.documents, sheets, marks)
        stem = printing.member_stem(index, opened)
        ctx.step(2, len(STEPS), f"{STEPS[2]}（{index} / {len(chosen)}）")
        members[f"documents/{stem}.pdf"] = workspace.tools.writer.sign_pdf(printed.pdf, key, now)
        members[f"documents/{stem}.xlsx"] = workspace.tools.writer.sign_workbook(printed.workbook, key, now)
    return members


def judge_own(
    workspace: Workspace, written: WrittenPackage, kit: ParameterKit, key: UnlockedKey, now: datetime
) -> None:
    """Read the file back from the carrier and judge it as the bureau will."""
    registered = (key.certificate.pem,) if key.certificate.is_self_signed else ()
    trust = replace(desk_trust(workspace, kit), registered=registered)
    judged = workspace.tools.reader.judge(written.path, trust, now)
    same = judged.manifest_sha256 == written.manifest_sha256
    if not (same and judged.verdict.intact and judged.verdict.authentic):
        raise EnvironmentProblem("写入的文件读回来与原文不一致", "请换一个 U 盘或文件夹后重新生成")
    if judged.verdict.word is VerdictWord.INVALID_SIGNATURE:
        wrong = what_is_wrong(workspace.tools.reasons, judged.verdict)
        raise KeyProblem(wrong, "请在“设置”里更换签名密钥，报送后由财政部门重新登记", "签名")


def _keep(
    workspace: Workspace,
    payload: Mapping[str, Any],
    written: WrittenPackage,
    key: UnlockedKey,
    chosen: Sequence[SealCandidate],
    ready: _Ready,
) -> PackageRecord:
    """Keep an own copy of the package and note everything in one transaction."""
    now = ready.now
    copy_to_archive(workspace, written.path, written.manifest_sha256)
    facts = {COUNTERSIGNED: False} if payload.get(COUNTERSIGNED) else {}
    record = messages.sent_record(payload, written, key, archive_name(written.manifest_sha256), now, facts)
    with workspace.store.writing() as work:
        work.packages.add(record)
        for candidate, kept in zip(chosen, payload["filings"], strict=True):
            filing: Filing = candidate.opened.filing
            work.filings.save(
                replace(filing, status=FilingStatus.SEALED, updated_at=now),
                filings_service.figures_of(candidate.opened, filing.answers, candidate.counts),
                expected_revision=filing.revision,
            )
            files = ready.enclosed.of(filing.filing_id)
            work.evidence.put_submitted(filing.filing_id, filing.version, written.manifest_sha256, files)
            work.evidence.empty_bin(filing.filing_id)
            work.filings.add_version(
                SubmittedVersion(
                    filing.filing_id,
                    filing.version,
                    written.manifest_sha256,
                    kept["answers"],
                    kept["explanations"],
                    kept["findings"],
                    now,
                )
            )
        work.commit()
    return record
