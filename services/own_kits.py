"""The bureau's own kits taken back (取回本局下发的参数包), after its data came back from an older backup.

Units go on filling in under the kit that was issued last; a bureau whose database has never heard of it could
neither receive their filings nor issue the next kit without giving its number twice. The kit file brings back
all it carries: itself, certificates and revocations, registers, and how far the numbers had come. Signed by the
bureau's own root or not taken at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.domain.check_code import check_code_of_digest
from models.domain.errors import KitProblem
from models.domain.kit import ParameterKit
from models.domain.kit_json import kit_from_json
from models.domain.message import MessageType
from models.domain.verdict import Judgement
from services.changes import Topic
from services.gravest import what_is_wrong
from services.kit_differences import kit_differences
from services.path_text import path_text
from services.ports.exchange import CertificateInfo, RevokedCertificates, TrustMaterial
from services.ports.store import CertificateRecord, StoredKit, UnitOfWork
from services.received import DECLINED, RECEIVED, copy_to_archive, received_record
from services.revocations import FORMER_ROOTS, note_revoked, texts
from services.workspaces import Workspace

SENT = "sent"


@dataclass(frozen=True)
class OwnKit:
    """A kit of this bureau looked at (待取回的参数包).

    `becomes_current` when it is newer than the one in force here; `clashes` when another kit of the same version
    but other content is kept, which happens when a kit was issued again after a backup was restored.
    """

    path: Path
    kit: ParameterKit
    judged: Judgement
    check_code: str
    issued_at: datetime
    becomes_current: bool
    clashes: bool
    differences: tuple[str, ...]


def look_at_own_kit(workspace: Workspace, path: Path) -> OwnKit:
    """Judge a kit file against this bureau's own root. KitProblem says why it cannot be taken back."""
    where = path_text(path.name)
    with workspace.store.reading() as work:
        root = work.settings.get("root_certificate")
        former = texts(work, FORMER_ROOTS)
        kept = _own(work, workspace)
        current = work.kits.current(workspace.profile.working_year)
    judged, kit = _judged(workspace, path, root, former)
    if kit.kit_id != _kit_id(workspace, kit.working_year) or kit.root_certificate.split() not in [
        str(pem).split() for pem in (root, *former)
    ]:
        raise KitProblem("这不是本财政部门下发的任务参数包", "请选择本局下发的文件", where)
    if any(stored.digest == judged.manifest_sha256 for stored in kept):
        raise KitProblem(f"第 {kit.version} 版本机已经有了", "不用取回", where)
    payload = judged.payload or {}
    issued_at = workspace.local(datetime.fromisoformat(str(payload.get("created_at"))))
    same = [s for s in kept if (s.kit.working_year, s.kit.version) == (kit.working_year, kit.version)]
    in_year = [s for s in kept if s.kit.working_year == kit.working_year]
    newest = max(((s.kit.version, s.taken_at) for s in in_year), default=None)
    known = current.kit if current is not None and current.kit.working_year == kit.working_year else None
    return OwnKit(
        path=path,
        kit=kit,
        judged=judged,
        check_code=check_code_of_digest(bytes.fromhex(judged.payload_sha256 or "")),
        issued_at=issued_at,
        becomes_current=newest is None or (kit.version, issued_at) > newest,
        clashes=bool(same),
        differences=tuple(kit_differences(known, kit)) if known is not None else (),
    )


def take_own_kit(workspace: Workspace, found: OwnKit) -> None:
    """Take it back with all it carries. KitProblem as `look_at_own_kit`, which is asked once more."""
    found = look_at_own_kit(workspace, found.path)
    kit, manifest = found.kit, found.judged.manifest_sha256 or ""
    copy_to_archive(workspace, found.path, manifest)
    read = [workspace.tools.authority.read_certificate(pem) for pem in kit.certificates]
    revoked = _revoked(workspace, kit)
    with workspace.store.writing() as work:
        before = work.kits.current(kit.working_year)
        work.kits.add(kit, manifest, found.issued_at)
        if not found.becomes_current and before is not None:
            work.kits.add(before.kit, before.digest, before.taken_at)
        work.packages.add(received_record(found.path, found.judged, (), found.issued_at, SENT))
        _bring_back_certificates(work, read, found.issued_at)
        _bring_back_revocations(work, kit, revoked, workspace)
        _bring_back_registers(work, kit)
        number = (found.judged.payload or {}).get("number")
        work.settings.raise_number("package", number if type(number) is int else 0)
        work.commit()
    workspace.changes.tell(Topic.KITS, Topic.KEYS, Topic.REGISTERS, Topic.PACKAGES)


def take_forgotten(workspace: Workspace) -> int:
    """Take every forgotten kit back, the oldest first; how many. KitProblem as `look_at_own_kit`."""
    waiting = forgotten_kits(workspace)
    for found in reversed(waiting):
        take_own_kit(workspace, found)
    return len(waiting)


def forgotten_kits(workspace: Workspace) -> Sequence[OwnKit]:
    """Own kits whose files lie in the workspace but which its database does not know, the newest first.

    Only a restored backup leaves such files; normally there is nothing to judge.
    """
    with workspace.store.reading() as work:
        known = {
            record.archive_name
            for direction in (SENT, RECEIVED, DECLINED)
            for record in work.packages.find(direction)
        }
    found = []
    for path in sorted(workspace.archive.glob("*.asice")) if workspace.archive.is_dir() else ():
        if path.name in known:
            continue
        try:
            found.append(look_at_own_kit(workspace, path))
        except KitProblem:
            continue
    return sorted(found, key=lambda one: (one.kit.version, one.issued_at), reverse=True)


def next_version(work: UnitOfWork, workspace: Workspace) -> int:
    """The version the next kit of the working year bears: above every one kept, in force or not."""
    year = workspace.profile.working_year
    return max((s.kit.version for s in _own(work, workspace) if s.kit.working_year == year), default=0) + 1


def refuse_forgotten(workspace: Workspace) -> None:
    """KitProblem while a kit issued in the working year has still to be taken back: its number would be given twice."""
    year = workspace.profile.working_year
    waiting = [one for one in forgotten_kits(workspace) if one.kit.working_year == year]
    if waiting:
        raise KitProblem(
            f"本机留有已下发的第 {waiting[0].kit.version} 版，数据是从更早的备份恢复的",
            "请先在“任务参数包”里取回这一版，再下发新的",
            "任务参数包",
        )


def _kit_id(workspace: Workspace, working_year: int) -> str:
    """Id of this bureau's kits of a year."""
    return f"{workspace.profile.unit.code}-{working_year}"


def _own(work: UnitOfWork, workspace: Workspace) -> Sequence[StoredKit]:
    """This bureau's own kits kept here, whatever their year."""
    return [s for s in work.kits.all() if s.kit.kit_id == _kit_id(workspace, s.kit.working_year)]


def _judged(
    workspace: Workspace, path: Path, root: object, former: Sequence[str]
) -> tuple[Judgement, ParameterKit]:
    """The file judged by its own revocation list and this bureau's root."""
    tools, where = workspace.tools, path_text(path.name)
    if not isinstance(root, str) or not root:
        raise KitProblem("还没有财政部门的签名密钥", "请先完成财政端设置", where)
    now = tools.clock.now()
    first = tools.reader.judge(path, TrustMaterial(), now, inspect_documents=False)
    if first.payload is None or first.message_type != MessageType.PARAMETER_KIT.value:
        wrong = "这个文件不是任务参数包"
        if first.payload is None:
            wrong = what_is_wrong(tools.reasons, first.verdict)
        raise KitProblem(wrong, "请选择本局下发的任务参数包文件", where)
    kit = kit_from_json(first.payload.get("parameter_kit"))
    judged = tools.reader.judge(path, TrustMaterial((root, *former), (), (kit.revocation_list,)), now)
    if not judged.verdict.is_acceptable:
        raise KitProblem(what_is_wrong(tools.reasons, judged.verdict), "请另找一份本局下发的文件", where)
    return judged, kit


def _revoked(workspace: Workspace, kit: ParameterKit) -> RevokedCertificates | None:
    """What the kit's revocation list says, None when it carries none."""
    if not kit.revocation_list:
        return None
    return workspace.tools.authority.read_revocation_list(kit.root_certificate, kit.revocation_list)


def _bring_back_certificates(work: UnitOfWork, read: Sequence[CertificateInfo], at: datetime) -> None:
    """Certificates issued after the backup was made."""
    known = {(record.serial, record.fingerprint) for record in work.certificates.all()}
    for info in read:
        if (info.serial, info.fingerprint) not in known:
            work.certificates.add(
                CertificateRecord(
                    info.serial, "issued", info.subject.unit_code, info.fingerprint, info.pem, at
                )
            )


def _bring_back_revocations(
    work: UnitOfWork, kit: ParameterKit, found: RevokedCertificates | None, workspace: Workspace
) -> None:
    """Keys revoked after the backup was made stay revoked; numbers of revocation lists never go back."""
    if found is None:
        return
    note_revoked(work, found.revocations)
    present, root = work.settings.get("revocation_list"), kit.root_certificate
    if root.split() != str(work.settings.get("root_certificate")).split():
        return  # of a root that has been replaced: its last list is kept already
    old = workspace.tools.authority.read_revocation_list(root, present) if present else None
    if old is None or old.number < found.number:
        work.settings.put("revocation_list", kit.revocation_list)
    work.settings.raise_number("revocation_list", found.number)


def _bring_back_registers(work: UnitOfWork, kit: ParameterKit) -> None:
    """Units and project lines that came after the backup; what is there now stays as it is."""
    codes = {unit.code for unit in work.registers.units()}
    work.registers.put_units([unit for unit in kit.units if unit.code not in codes])
    for year in sorted({entry.budget_year for entry in kit.register}):
        present = list(work.registers.entries(year))
        known = {(entry.unit_code, entry.project_code or entry.project_name) for entry in present}
        missing = [
            entry
            for entry in kit.register
            if entry.budget_year == year
            and (entry.unit_code, entry.project_code or entry.project_name) not in known
        ]
        if missing:
            work.registers.replace_entries(year, [*present, *missing])
