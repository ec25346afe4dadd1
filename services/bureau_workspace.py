"""A bureau workspace for batch intake (成批接收的工作区): an existing one, or a new one from kit and root."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from models.domain.errors import EnvironmentProblem, InputError, KitProblem
from models.domain.kit import ParameterKit
from models.domain.kit_json import kit_from_json
from models.domain.message import MessageType
from models.domain.project import Unit
from models.domain.verdict import Judgement
from services.changes import ChangeFeed
from services.gravest import what_is_wrong
from services.path_text import path_text
from services.ports.exchange import TrustMaterial
from services.ports.store import CertificateRecord, UnitOfWork
from services.received import copy_to_archive, received_record
from services.revocations import note_revoked
from services.tools import Tools
from services.workspace_places import files_folder, is_address, refuse_files
from services.workspaces import (
    DeskRole,
    NotAWorkspace,
    Workspace,
    WorkspaceProfile,
    is_free,
    open_workspace,
    put_profile,
)

UNNAMED = "未登记姓名"
"""Who takes in packages without a window at a computer that does not know its person."""


def open_for_import(
    tools: Tools,
    where: str,
    kit_file: Path | None,
    trust_files: Sequence[Path],
    files: Path | None = None,
) -> Workspace:
    """The workspace to receive into, made from kit and root when it is new or was only begun.

    `where` is a folder, or the address of a shared database with `files` beside it for copies. InputError: empty
    folder or database without kit and root, a folder of something else, not a bureau's desk.
    """
    if is_address(where):
        return _shared(tools, where, files_folder(tools, where, files), kit_file, trust_files)
    refuse_files(files)
    folder = Path(where).absolute()
    if folder.exists() and not folder.is_dir():
        raise InputError("这里是一个文件，不是财政端工作区", "请指定工作区所在的文件夹", path_text(folder))
    if is_free(folder):
        if kit_file is None or not trust_files:
            raise InputError(
                "这里还没有财政端工作区",
                "请指定已有的工作区，或同时给出任务参数包和根证书",
                path_text(folder),
            )
        return _from_kit(tools, folder, kit_file, trust_files)
    return _existing(tools, folder, kit_file, trust_files)


def _shared(
    tools: Tools, address: str, folder: Path, kit_file: Path | None, trust_files: Sequence[Path]
) -> Workspace:
    """The workspace in a shared database; nothing is written before kit and root were judged."""
    if tools.databases.look(address).has_workspace:
        tools.databases.use(folder, address)
        return _named(_existing(tools, folder, kit_file, trust_files))
    if kit_file is None or not trust_files:
        raise InputError(
            "这个数据库里还没有财政端工作区",
            "请核对地址，或同时给出任务参数包和根证书",
            tools.databases.name(address),
        )
    return _from_kit(tools, folder, kit_file, trust_files, address)


def _named(workspace: Workspace) -> Workspace:
    """What is noted on this visit bears a name also where this computer has none yet; nothing of it is kept."""
    if not workspace.profile.person_name:
        workspace.profile = replace(workspace.profile, person_name=UNNAMED)
    return workspace


def _existing(tools: Tools, folder: Path, kit_file: Path | None, trust_files: Sequence[Path]) -> Workspace:
    """A bureau's workspace that is there; one whose making was cut off is finished when kit and root are given."""
    try:
        workspace = open_workspace(tools, folder, marks_end=False).workspace
    except NotAWorkspace:
        if kit_file is None or not trust_files:
            raise
        return _from_kit(tools, folder, kit_file, trust_files)
    if workspace.profile.role is not DeskRole.BUREAU:
        workspace.close()
        raise InputError("这不是财政端工作区", "请指定财政端工作区所在的文件夹", path_text(folder))
    return workspace


def _from_kit(
    tools: Tools, folder: Path, kit_file: Path, trust_files: Sequence[Path], address: str = ""
) -> Workspace:
    """A bureau workspace without filings that can judge and receive, without any key of its own.

    Self-signed certificates among the trust files count as confirmed. Everything a desk needs is kept at once, so
    that a run cut off before leaves nothing half made.
    """
    trust = tools.sort_trust([_text(path) for path in trust_files], [])
    kit, judged = _judged_kit(tools, kit_file, trust.roots)
    profile = WorkspaceProfile(
        DeskRole.BUREAU, Unit(kit.division_code, kit.issuer_name), "", kit.working_year, kit.is_practice
    )
    if address:
        tools.databases.use(folder, address)
    store = tools.opener.open(folder, tools.clock.now(), create=True)
    workspace = Workspace(folder, store, tools, profile, ChangeFeed(), marks_end=False)
    try:
        copy_to_archive(workspace, kit_file, judged.manifest_sha256 or "")
        with store.writing() as work:
            put_profile(work, profile)
            _put_kit(workspace, work, kit, judged)
            _put_certificates(workspace, work, "issued", kit.certificates)
            _put_certificates(workspace, work, "registered", trust.registered)
            if kit.revocation_list:
                read = tools.authority.read_revocation_list(kit.root_certificate, kit.revocation_list)
                note_revoked(work, read.revocations)
            work.packages.add(received_record(kit_file, judged, (), tools.clock.now()))
            work.commit()
    except BaseException:
        store.close()
        raise
    return workspace


def _put_kit(workspace: Workspace, work: UnitOfWork, kit: ParameterKit, judged: Judgement) -> None:
    """Kit, registers and trust of a kit as if this desk had issued it."""
    work.kits.add(kit, judged.manifest_sha256 or "", workspace.tools.clock.now())
    work.registers.put_units(kit.units)
    for year in sorted({entry.budget_year for entry in kit.register}):
        work.registers.replace_entries(year, [e for e in kit.register if e.budget_year == year])
    work.settings.put("root_certificate", kit.root_certificate)
    work.settings.put("revocation_list", kit.revocation_list)


def _put_certificates(workspace: Workspace, work: UnitOfWork, kind: str, texts: Sequence[str]) -> None:
    """Certificates the bureau issued, or self-signed ones it has confirmed."""
    tools, now = workspace.tools, workspace.tools.clock.now()
    for pem in texts:
        info = tools.authority.read_certificate(pem)
        work.certificates.add(
            CertificateRecord(info.serial, kind, info.subject.unit_code, info.fingerprint, pem, now)
        )


def _text(path: Path) -> str:
    """The text of a trust file."""
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise EnvironmentProblem("根证书文件读不出来", "请检查路径", path_text(path)) from error


def _judged_kit(tools: Tools, kit_file: Path, roots: tuple[str, ...]) -> tuple[ParameterKit, Judgement]:
    """The kit of a file that this root's bureau has signed; KitProblem otherwise."""
    now = tools.clock.now()
    first = tools.reader.judge(kit_file, TrustMaterial(roots=roots), now, inspect_documents=False)
    if first.payload is None or first.message_type != MessageType.PARAMETER_KIT.value:
        raise KitProblem("这个文件不是任务参数包", "请给出财政部门下发的任务参数包", path_text(kit_file.name))
    kit = kit_from_json(first.payload.get("parameter_kit"))
    trust = TrustMaterial(roots=roots, revocation_lists=(kit.revocation_list,))
    judged = tools.reader.judge(kit_file, trust, now)
    if not judged.verdict.is_acceptable:
        wrong = what_is_wrong(tools.reasons, judged.verdict)
        raise KitProblem(wrong, "请核对任务参数包和根证书是否配套", path_text(kit_file.name))
    return kit, judged
