"""单位负责人签名 (countersigning): the second signature on a submission the clerk has signed, here or at another desk.

The half-signed file travels like any other. At the second signer's desk it is judged, shown, signed with the key of
单位负责人, and judged again; content and 核对码 stay what they were.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from models.domain.check_code import check_code_of_digest
from models.domain.errors import EnvironmentProblem, InputError, KeyProblem
from models.domain.message import COUNTERSIGNED, MessageType
from models.domain.verdict import Judgement, SignerInfo, VerdictWord
from services import sealing
from services.changes import Topic
from services.desk_trust import desk_trust
from services.form_titles import FormTitles
from services.gravest import what_is_wrong
from services.key_names import HEAD
from services.ports.exchange import CertificateInfo, WrittenPackage
from services.ports.store import PackageRecord
from services.received import copy_to_archive, pem_of
from services.workspaces import Workspace

MISSING = "countersignature_missing"
_OPEN = frozenset({MISSING, "unregistered_signer", "unregistered_countersigner"})
"""What may stand against a half-signed file: the bureau settles it by comparing 核对码."""


@dataclass(frozen=True, slots=True)
class HalfSigned:
    """A file that waits for the second signature (待负责人签名的文件): who signed first, 核对码, what it holds."""

    path: Path
    manifest_sha256: str
    check_code: str
    first: SignerInfo
    contents: tuple[str, ...]


def head_certificate(workspace: Workspace) -> CertificateInfo | None:
    """The certificate of 单位负责人 at this desk, None while there is no key."""
    vault = workspace.vault
    return vault.certificate(HEAD) if HEAD in vault.names() else None


def waiting(workspace: Workspace) -> Sequence[PackageRecord]:
    """Submissions made at this desk that have not been signed by 单位负责人 yet, newest first."""
    with workspace.store.reading() as work:
        sent = work.packages.find("sent", MessageType.SUBMISSION.value)
    return [record for record in sent if record.verdict.get(COUNTERSIGNED) is False]


def look_at(workspace: Workspace, path: Path) -> HalfSigned:
    """Judge a file that is to be countersigned; InputError says why it cannot be."""
    judged = _judge(workspace, path)
    codes = {reason.code for reason in judged.verdict.reasons}
    payload = judged.payload
    if payload is None or judged.verdict.word in (VerdictWord.ALTERED, VerdictWord.INVALID_SIGNATURE):
        wrong = what_is_wrong(workspace.tools.reasons, judged.verdict)
        raise InputError(wrong, "请向填报人重新取得文件", path.name)
    if judged.message_type != MessageType.SUBMISSION.value or payload.get(COUNTERSIGNED) is not True:
        raise InputError(
            "这个文件不用单位负责人签名", "请选择填报人生成的、等待负责人签名的报送文件", path.name
        )
    if judged.unit_code != workspace.profile.unit.code:
        raise InputError(f"这是“{payload.get('unit_name')}”的报送文件", "请选择本单位的报送文件", path.name)
    if MISSING not in codes:
        raise InputError("这份报送文件已经有负责人签名", "可以直接交给财政部门", path.name)
    return HalfSigned(
        path,
        judged.manifest_sha256 or "",
        check_code_of_digest(bytes.fromhex(judged.payload_sha256 or "")),
        _by_the_desk(workspace, judged.signers[0]),
        tuple(_contents(workspace, payload)),
    )


def _by_the_desk(workspace: Workspace, signer: SignerInfo) -> SignerInfo:
    """The signer with the time as the clock on the desk tells it."""
    moment = signer.signing_time
    return replace(signer, signing_time=workspace.local(moment)) if moment is not None else signer


def countersign(workspace: Workspace, half: HalfSigned, folder: Path, password: str) -> WrittenPackage:
    """Sign as 单位负责人 and write the whole file into `folder`, under the name it has.

    KeyProblem (password, certificate, the same person twice), EnvironmentProblem (carrier, the file has changed);
    then the half-signed file is what it was.
    """
    kit, now = workspace.current_kit().kit, workspace.tools.clock.now()
    if head_certificate(workspace) is None:
        raise KeyProblem("还没有设置单位负责人的签名", "请先在“设置”里设置单位负责人签名", "负责人签名")
    sealing.refuse_desk(workspace, kit, now)
    key = workspace.vault.unlock(HEAD, password, now)
    sealing.refuse_certificate(key.certificate, now)
    written = workspace.tools.writer.countersign(
        half.path, folder, half.path.name, half.manifest_sha256, key, now
    )
    judged = _judge(workspace, written.path)
    bad = {reason.code for reason in judged.verdict.reasons} - _OPEN
    if (
        not judged.verdict.authentic
        or len(judged.signers) != 2
        or (bad and not _only_notes(workspace, judged))
    ):
        raise EnvironmentProblem("写入的文件读回来与原文不一致", "请换一个 U 盘或文件夹后重新签名")
    _note(workspace, written, key.certificate)
    workspace.changes.tell(Topic.PACKAGES)
    return written


def _only_notes(workspace: Workspace, judged: Judgement) -> bool:
    """Whether nothing but notes stands beside what the bureau settles."""
    others = tuple(reason for reason in judged.verdict.reasons if reason.code not in _OPEN)
    return workspace.tools.reasons.word_of(others) in (VerdictWord.VALID, VerdictWord.VALID_WITH_NOTES)


def _judge(workspace: Workspace, path: Path) -> Judgement:
    """The file's judgement, by this desk's trust; a key registered nowhere yet is no obstacle here."""
    kit, now = workspace.current_kit().kit, workspace.tools.clock.now()
    trust, reader = desk_trust(workspace, kit), workspace.tools.reader
    judged = reader.judge(path, trust, now)
    given = [pem_of(der) for der in (judged.certificate_der, judged.countersigner_der) if der]
    return reader.judge(path, replace(trust, registered=tuple(given)), now) if given else judged


def _contents(workspace: Workspace, payload: Mapping[str, Any]) -> Sequence[str]:
    """What the file holds, a line for each form."""
    titles = FormTitles(workspace)
    return [
        f"{item['budget_year']}年{titles.of(item['form_id'], item['budget_year'])}"
        f"　{item['project']['name'] if item['project'] else payload['unit_name']}（第 {item['version']} 版）"
        for item in payload["filings"]
    ]


def _note(workspace: Workspace, written: WrittenPackage, certificate: CertificateInfo) -> None:
    """The desk's own copy becomes the whole file; a file made elsewhere is noted nowhere here."""
    with workspace.store.reading() as work:
        record = work.packages.get(written.manifest_sha256)
    if record is None or record.direction != "sent":
        return
    copy_to_archive(workspace, written.path, written.manifest_sha256)
    second = {
        "name": certificate.subject.person_name,
        "role": certificate.subject.role.value,
        "fingerprint": certificate.fingerprint,
    }
    changed = replace(
        record,
        size=written.size,
        source_path=str(written.path),
        signer={**record.signer, "countersigner": second},
        verdict={**record.verdict, COUNTERSIGNED: True},
    )
    with workspace.store.writing() as work:
        work.packages.add(changed)
        work.commit()
