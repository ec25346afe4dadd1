"""The bureau's keys (财政端密钥): root and bureau leaf, unlocked once per sitting, certificates and revocation list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.domain.check_code import spaced_check_code
from models.domain.errors import KeyProblem, WrongPassword
from models.domain.kit import TrustMode
from models.domain.message import MessageType
from models.domain.project import Unit, find_unit
from models.domain.revocation import RevocationReason
from models.domain.verdict import VerdictWord
from services import revocations
from services.changes import Topic
from services.key_names import BUREAU, PASSWORDS, ROOT
from services.permission_table import Action
from services.permissions import require
from services.ports.exchange import CertificateInfo, SignerRole, Subject, TrustMaterial, UnlockedKey
from services.ports.store import CertificateRecord, QuarantineRecord, UnitOfWork
from services.ports.tokens import TokenChoice
from services.revocations import FORMER_LISTS, FORMER_ROOTS, LIST, renewed_list, texts
from services.workspaces import Workspace

UNREGISTERED, UNREGISTERED_HEAD = "unregistered_signer", "unregistered_countersigner"
"""Reason codes of a first meeting with a key, those that comparing its 核对码 can settle."""


@dataclass(frozen=True)
class BureauKeys:
    """Both keys in memory (已解锁的财政端密钥), held by the desk while its window is open."""

    root: UnlockedKey
    bureau: UnlockedKey


def create_keys(workspace: Workspace, root_password: str, bureau_secret: str | TokenChoice) -> BureauKeys:
    """Make root and bureau leaf and the first revocation list; the leaf in a file under a password, or on a token.

    The root is a key file in either case: it is made first, so that a token that refuses has nothing to do with it.
    """
    now, profile = workspace.tools.clock.now(), workspace.profile
    vault, authority = workspace.vault, workspace.tools.authority
    authority.create_root(vault, profile.unit.code, profile.unit.name, root_password, now)
    root = vault.unlock(ROOT, root_password, now)
    subject = Subject(profile.person_name, profile.unit.code, profile.unit.name, SignerRole.BUREAU)
    if isinstance(bureau_secret, TokenChoice):
        bureau, opens = issue_on_token(workspace, root, BUREAU, subject, bureau_secret), bureau_secret.pin
    else:
        bureau = authority.create_bureau_key(vault, root, subject, bureau_secret, now)
        opens = bureau_secret
    with workspace.store.writing() as work:
        work.settings.put("root_certificate", vault.certificate(ROOT).pem)
        work.certificates.add(
            CertificateRecord(bureau.serial, "issued", profile.unit.code, bureau.fingerprint, bureau.pem, now)
        )
        renewed_list(workspace, work, root)
        if isinstance(bureau_secret, TokenChoice):
            told = f"签发密钥放在 UKey“{bureau_secret.place.label}”里"
            detail = {"key": bureau.fingerprint}
            work.audit.append(now, profile.person_name, "token", profile.unit.code, told, detail)
        work.commit()
    return BureauKeys(root, vault.unlock(BUREAU, opens, now))


def issue_on_token(
    workspace: Workspace, root: UnlockedKey, name: str, subject: Subject, choice: TokenChoice
) -> CertificateInfo:
    """A key of the bureau on a token under a name, with the certificate the root issues for it at once.

    WrongPassword; KeyProblem when the token is gone, locked or full, or its key does not serve.
    """
    vault, now = workspace.vault, workspace.tools.clock.now()
    own = vault.create_on_token(name, choice.place, choice.key_id, subject, choice.pin, now)
    issued = workspace.tools.authority.issue(root, own.pem, subject, now)
    vault.take_certificate(name, issued.pem)
    return issued


def unlock_keys(workspace: Workspace, root_password: str, bureau_password: str) -> BureauKeys:
    """Open both keys; WrongPassword names which one."""
    opened = unlock(workspace, {ROOT: root_password, BUREAU: bureau_password})
    return BureauKeys(opened[ROOT], opened[BUREAU])


def unlock(workspace: Workspace, passwords: Mapping[str, str]) -> dict[str, UnlockedKey]:
    """Open the keys whose passwords are given, in that order; WrongPassword names which one did not open."""
    return {name: _unlocked(workspace, name, password) for name, password in passwords.items()}


def _unlocked(workspace: Workspace, name: str, password: str) -> UnlockedKey:
    """Open one key; WrongPassword says whose password was wrong."""
    try:
        return workspace.vault.unlock(name, password, workspace.tools.clock.now())
    except WrongPassword as error:
        label = PASSWORDS[name]
        what = error.what.replace("签名密码", label)
        is_named = label in what or workspace.vault.token(name) is not None
        named = what if is_named else f"{label}：{what}"
        raise WrongPassword(named, error.remedy, error.wait_seconds) from error


def renew_revocation_list(workspace: Workspace, root: UnlockedKey) -> str:
    """Issue a fresh revocation list (PEM)."""
    with workspace.store.writing() as work:
        pem = renewed_list(workspace, work, root)
        work.commit()
    workspace.changes.tell(Topic.KEYS)
    return pem


def revoke_key(
    workspace: Workspace,
    keys: BureauKeys,
    fingerprint: str,
    reason: RevocationReason = RevocationReason.UNSPECIFIED,
    since: datetime | None = None,
    note: str = "",
) -> int:
    """Revoke every certificate of a unit's key (注销) and issue the list that says so; how many certificates.

    KeyProblem when it is the bureau's own key; otherwise as `revocations.revoke`.
    """
    if fingerprint in (keys.root.certificate.fingerprint, keys.bureau.certificate.fingerprint):
        raise KeyProblem("这是本财政部门自己的签名，不能在这里注销", "请另选要注销的单位签名", "证书")
    return revocations.revoke(workspace, keys.root, (fingerprint,), reason, since, note)


def trust_of(workspace: Workspace) -> TrustMaterial:
    """What the bureau judges packages against: its root and those before it, confirmed keys, their newest lists."""
    with workspace.store.reading() as work:
        root, pem = work.settings.get("root_certificate"), work.settings.get(LIST)
        stored = work.kits.current(workspace.profile.working_year)
        former, lists = texts(work, FORMER_ROOTS), texts(work, FORMER_LISTS)
        registered = tuple(
            r.pem for r in work.certificates.all() if r.kind == "registered" and r.revoked_at is None
        )
    days = stored.kit.renewal_notice_days if stored else TrustMaterial().renewal_notice_days
    roots = (root, *former) if root else ()
    return TrustMaterial(roots, registered, (*((pem,) if pem else ()), *lists), days)


def revoked_keys(workspace: Workspace) -> frozenset[str]:
    """核对码 of every key revoked here, also those that sign with their own certificate and stand in no list."""
    with workspace.store.reading() as work:
        return frozenset(r.fingerprint for r in work.certificates.all() if r.revoked_at is not None)


def certificates(workspace: Workspace) -> Sequence[CertificateRecord]:
    """Everything issued or confirmed, oldest first."""
    with workspace.store.reading() as work:
        return work.certificates.all()


def register_key(
    workspace: Workspace, keys: BureauKeys, waiting: QuarantineRecord, code: str = UNREGISTERED
) -> CertificateInfo:
    """Register the key of a first filing or request after its 核对码 was compared (登记签名), and issue its certificate.

    The subject comes from the bureau's own unit register. KeyProblem when the unit is not in it, the
    file carries no certificate or has more against it than a key not met yet, the key was revoked, or
    the kit asks for certificates beforehand and this is a filing. NotAllowed for whom this is not the work of.
    """
    who = require(workspace, Action.KEYS)
    given = _certificate_to_register(workspace, waiting, code)
    now, authority = workspace.tools.clock.now(), workspace.tools.authority
    with workspace.store.writing() as work:
        unit = find_unit(work.registers.units(), waiting.unit_code)
        if unit is None:
            raise KeyProblem(
                f"单位名录里没有代码 {waiting.unit_code}", "请先把该单位加入单位名录", waiting.path
            )
        kept = [r for r in work.certificates.all() if r.fingerprint == given.fingerprint]
        if any(record.revoked_at is not None for record in kept):
            raise KeyProblem("这个签名已经注销", "请让报送单位更换签名密钥后重新报送", waiting.path)
        if standing := _standing(workspace, kept, given, now):
            return standing
        subject = Subject(given.subject.person_name, unit.code, unit.name, _role_of(work, unit, given))
        issued = authority.issue(keys.root, given.pem, subject, now)
        if given.serial not in {record.serial for record in kept}:
            work.certificates.add(
                CertificateRecord(given.serial, "registered", unit.code, given.fingerprint, given.pem, now)
            )
        work.certificates.add(
            CertificateRecord(issued.serial, "issued", unit.code, issued.fingerprint, issued.pem, now)
        )
        said = f"登记{given.subject.person_name}的签名，签发证书，签名核对码 {spaced_check_code(given.fingerprint)}"
        work.audit.append(now, who.name, "register_key", unit.code, said, {"key": issued.fingerprint})
        work.commit()
    workspace.changes.tell(Topic.KEYS)
    return issued


def _certificate_to_register(workspace: Workspace, waiting: QuarantineRecord, code: str) -> CertificateInfo:
    """The certificate of a waiting file; KeyProblem where comparing the 核对码 does not settle it."""
    second = waiting.signer.get("countersigner") or {}
    pem = str((second if code == UNREGISTERED_HEAD else waiting.signer).get("certificate") or "")
    if not pem:
        raise KeyProblem("这个文件里读不到签名证书", "请让报送单位重新生成报送文件", waiting.path)
    codes = {reason["code"] for reason in waiting.reasons}
    if waiting.verdict != VerdictWord.CANNOT_JUDGE.value or code not in codes:
        raise KeyProblem("这个文件不是因为签名没有登记而待核实", "请按列出的原因处理", waiting.path)
    given = workspace.tools.authority.read_certificate(pem)
    if given.subject.unit_code != waiting.unit_code:
        raise KeyProblem("签名证书的单位与报送单位不同", "请让报送单位用本单位的签名重新生成", waiting.path)
    mode = workspace.current_kit().kit.trust_mode
    if mode is TrustMode.CERTIFICATE and waiting.message_type != MessageType.REGISTRATION_REQUEST.value:
        raise KeyProblem("本县要求先登记签名再报送", "请让报送单位先交签名登记申请", waiting.path)
    return given


def _standing(
    workspace: Workspace, kept: Sequence[CertificateRecord], given: CertificateInfo, now: datetime
) -> CertificateInfo | None:
    """The certificate in force of a key that is registered already: asking twice issues nothing twice."""
    if given.serial not in {record.serial for record in kept if record.kind == "registered"}:
        return None
    issued = [workspace.tools.authority.read_certificate(r.pem) for r in kept if r.kind == "issued"]
    return next((info for info in reversed(issued) if info.not_after > now), None)


def _role_of(work: UnitOfWork, unit: Unit, given: CertificateInfo) -> SignerRole:
    """主管部门 for a department by the register that asks for it, 预算单位 for everybody else."""
    if given.subject.role is SignerRole.HEAD:
        return SignerRole.HEAD
    leads = unit.is_own_department or any(u.department_code == unit.code for u in work.registers.units())
    asks = given.subject.role is SignerRole.DEPARTMENT
    return SignerRole.DEPARTMENT if asks and leads else SignerRole.UNIT
