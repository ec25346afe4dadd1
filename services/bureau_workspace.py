"""A bureau workspace for batch intake (成批接收的工作区): an existing one, or a new one from kit and root."""

from __future__ import annotations

from pathlib import Path

from models.domain.errors import EnvironmentProblem, InputError, KitProblem
from models.domain.kit import ParameterKit
from models.domain.kit_json import kit_from_json
from models.domain.message import MessageType
from models.domain.project import Unit
from services.ports.exchange import TrustMaterial
from services.ports.store import CertificateRecord
from services.tools import Tools
from services.workspaces import DeskRole, Workspace, WorkspaceProfile, create_workspace, open_workspace


def open_for_import(tools: Tools, where: str, kit_file: Path | None, root_file: Path | None) -> Workspace:
    """The workspace to receive into. InputError: empty folder without kit and root, or not a bureau's."""
    folder = Path(where).absolute()
    is_new = not folder.exists() or not any(folder.iterdir())
    if is_new:
        if kit_file is None or root_file is None:
            raise InputError(
                "这里还没有财政端工作区", "请指定已有的工作区，或同时给出任务参数包和根证书", str(folder)
            )
        return _from_kit(tools, folder, kit_file, root_file)
    workspace = open_workspace(tools, folder).workspace
    if workspace.profile.role is not DeskRole.BUREAU:
        workspace.close()
        raise InputError("这不是财政端工作区", "请指定财政端工作区所在的文件夹", str(folder))
    return workspace


def _from_kit(tools: Tools, folder: Path, kit_file: Path, root_file: Path) -> Workspace:
    """An empty bureau workspace that can judge and receive, without any key of its own."""
    try:
        root = root_file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentProblem("根证书文件读不出来", "请检查路径", str(root_file)) from error
    now = tools.clock.now()
    trust = tools.sort_trust([root], [])
    kit, digest = _judged_kit(tools, kit_file, trust.roots)
    unit = Unit(kit.division_code, kit.issuer_name)
    profile = WorkspaceProfile(DeskRole.BUREAU, unit, "", kit.working_year, kit.is_practice)
    workspace = create_workspace(tools, folder, profile)
    with workspace.store.writing() as work:
        work.kits.add(kit, digest, now)
        work.registers.put_units(kit.units)
        for year in sorted({entry.budget_year for entry in kit.register}):
            work.registers.replace_entries(year, [e for e in kit.register if e.budget_year == year])
        work.settings.put("root_certificate", kit.root_certificate)
        work.settings.put("revocation_list", kit.revocation_list)
        for pem in kit.certificates:
            info = tools.authority.read_certificate(pem)
            record = CertificateRecord(
                info.serial, "issued", info.subject.unit_code, info.fingerprint, pem, now
            )
            work.certificates.add(record)
        work.commit()
    return workspace


def _judged_kit(tools: Tools, kit_file: Path, roots: tuple[str, ...]) -> tuple[ParameterKit, str]:
    """The kit of a file that this root's bureau has signed; KitProblem otherwise."""
    now = tools.clock.now()
    first = tools.reader.judge(kit_file, TrustMaterial(roots=roots), now, inspect_documents=False)
    if first.payload is None or first.message_type != MessageType.PARAMETER_KIT.value:
        raise KitProblem("这个文件不是任务参数包", "请给出财政部门下发的任务参数包", kit_file.name)
    kit = kit_from_json(first.payload.get("parameter_kit"))
    judged = tools.reader.judge(
        kit_file, TrustMaterial(roots=roots, revocation_lists=(kit.revocation_list,)), now
    )
    if not judged.verdict.is_acceptable:
        raise KitProblem(judged.verdict.reasons[0].message, "请核对任务参数包和根证书是否配套", kit_file.name)
    return kit, judged.manifest_sha256 or ""
