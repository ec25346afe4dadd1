"""Printouts of packages made at this desk (打印件): cover and forms as files under names people know."""

from __future__ import annotations

from pathlib import Path

from models.domain.errors import EnvironmentProblem, InputError
from models.domain.message import MessageType
from services import archive, covers, package_forms
from services.department.list_page import LIST
from services.ports.store import PackageRecord
from services.workspaces import Workspace


def write_cover(workspace: Workspace, manifest_sha256: str) -> Path:
    """The paper that goes with a package: cover of a submission, application page of a registration request."""
    record = _record(workspace, manifest_sha256)
    if record.message_type == MessageType.REGISTRATION_REQUEST.value:
        name, content = "签名登记申请表.pdf", _application(workspace, record)
    elif record.message_type == MessageType.DEPARTMENT_SUBMISSION.value:
        name, content = "汇总报送清单.pdf", _summary_list(workspace, record)
    else:
        name, content = "报送封面.pdf", covers.cover_of(workspace, manifest_sha256)
    path = _folder(workspace, record) / name
    workspace.tools.files.write(path, content)
    return path


def write_forms(workspace: Workspace, manifest_sha256: str) -> Path:
    """PDF and workbook of every form of a package, byte for byte as they were signed; the folder they are in."""
    record = _record(workspace, manifest_sha256)
    forms = package_forms.forms_of(workspace, record)
    if not forms:
        raise InputError("这个文件里没有表样", "签名登记申请请用“打印封面”")
    folder = _folder(workspace, record)
    for form in forms:
        with workspace.store.reading() as work:
            versions = work.filings.versions(form.filing_id)
        version = next(item for item in versions if item.version == form.version)
        for name, content in archive.documents_of(workspace, version).items():
            workspace.tools.files.write(folder / f"{form.stem}{Path(name).suffix}", content)
    return folder


def _record(workspace: Workspace, manifest_sha256: str) -> PackageRecord:
    with workspace.store.reading() as work:
        record = work.packages.get(manifest_sha256)
    if record is None:
        raise InputError("本机没有这份报送文件的记录", "请重新生成报送文件")
    return record


def _summary_list(workspace: Workspace, record: PackageRecord) -> bytes:
    """The signed list that travels in a department's package."""
    path = workspace.archive / record.archive_name
    return workspace.tools.reader.member(path, LIST, record.manifest_sha256)


def _application(workspace: Workspace, record: PackageRecord) -> bytes:
    """The application page; InputError when the key it was for has been replaced since."""
    certificate = workspace.vault.certificate("unit")
    if certificate.fingerprint != record.signer.get("fingerprint"):
        raise InputError("这份登记申请用的签名已经更换", "请在“设置”里重新生成签名登记申请")
    return covers.registration_page(workspace, certificate)


def _folder(workspace: Workspace, record: PackageRecord) -> Path:
    """打印/报送文件3, made when it is not there yet."""
    folder = workspace.folder / "打印" / f"报送文件{record.number}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem("工作区文件夹现在不能写入", "请检查磁盘空间和写入权限后再试") from error
    return folder
