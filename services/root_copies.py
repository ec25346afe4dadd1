"""Copies of the root on two media (根密钥备份): written, read back, opened with the password, and noted.

The copy is the wrapped key file itself: whoever finds it needs the root password. Losing both the desk and every
copy means a new root and comparing 核对码 with every unit again.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from forms.kinds import show_date
from models.domain.check_code import spaced_check_code
from models.domain.errors import EnvironmentProblem, InputError, KeyProblem, WrongPassword
from services.changes import Topic
from services.file_names import file_stem
from services.path_text import path_text
from services.permission_table import Action
from services.permissions import require
from services.ports.exchange import CertificateInfo
from services.workspaces import Workspace

COPIES = "root_copies"
"""Setting: where copies of the present root were written and checked."""
FILE = "root.key.json"
WANTED = 2
_README = "说明.txt"
_WORDS = """这里存放的是{bureau}根证书密钥的备份（已用根密码加密）。

根证书核对码：{code}
备份时间：{when}

需要恢复时：打开预算绩效工作台财政端，进入“参数与证书”的“证书”页，点“根密钥保管…”，选“从备份恢复…”，
选择本文件夹里的 {file}，输入根密码。
请把本介质与根密码分开、锁好保管，不要联网，不要复制到办公电脑以外的地方。
"""


@dataclass(frozen=True, slots=True)
class RootCopy:
    """A copy written and checked (根密钥备份记录): where, on which carrier, when and by whom."""

    place: str
    carrier: str
    at: str
    by: str


def root_copies(workspace: Workspace) -> tuple[RootCopy, ...]:
    """Copies of the present root, oldest first."""
    with workspace.store.reading() as work:
        kept = work.settings.get(COPIES)
    found = []
    for item in kept if isinstance(kept, list) else ():
        if isinstance(item, dict) and set(item) == {"place", "carrier", "at", "by"}:
            found.append(RootCopy(**{key: str(value) for key, value in item.items()}))
    return tuple(found)


def are_done(workspace: Workspace) -> bool:
    """Whether the root lies on two media (or this is practice, where there is nothing to lose)."""
    return workspace.profile.is_practice or len(root_copies(workspace)) >= WANTED


def carrier_problem(workspace: Workspace, first: Path, second: Path) -> str:
    """Why two folders are a poor choice, "" when nothing is known against them: one carrier, or this computer's own."""
    files = workspace.tools.files
    one, other, own = files.carrier(first), files.carrier(second), files.carrier(workspace.folder)
    if first.resolve() == second.resolve():
        return "两次选了同一个文件夹。"
    if one and one == other:
        return "两个文件夹在同一个介质上，介质损坏时两份备份会一起丢失。"
    if own and own in (one, other):
        return "有一个文件夹就在本机硬盘上，电脑损坏时这份备份会一起丢失。"
    return ""


def copy_root(workspace: Workspace, folder: Path, password: str) -> RootCopy:
    """Write the wrapped root into a folder of its own there, read it back, open it, note it.

    WrongPassword, EnvironmentProblem (carrier); what could not be checked is not noted. NotAllowed for whom this
    is not the work of.
    """
    who = require(workspace, Action.KEYS)
    tools, profile, now = workspace.tools, workspace.profile, workspace.tools.clock.now()
    content = workspace.vault.export("root")
    info = workspace.vault.unlock("root", password, now).certificate
    place = _new_folder(folder, f"根密钥备份_{file_stem(profile.unit.name, 20)}_{now:%Y%m%d}")
    words = _WORDS.format(
        bureau=profile.unit.name,
        code=spaced_check_code(info.fingerprint),
        when=f"{show_date(now.date())} {now:%H:%M}",
        file=FILE,
    )
    tools.files.write(place / FILE, content)
    tools.files.write(place / _README, words.encode("utf-8"))
    if tools.files.read_back(place / FILE) != content:
        raise EnvironmentProblem("写入后读回核对不一致", "请换一个介质后重新备份", path_text(place))
    _opens(workspace, place, password, info)
    made = RootCopy(path_text(place), tools.files.carrier(place), now.isoformat(timespec="seconds"), who.name)
    kept = [asdict(item) for item in root_copies(workspace) if item.place != made.place]
    with workspace.store.writing() as work:
        work.settings.put(COPIES, [*kept, asdict(made)])
        told = f"根密钥备份到“{made.place}”，已读回并用根密码打开核验"
        work.audit.append(now, who.name, "root_copy", profile.unit.code, told, {"root": info.fingerprint})
        work.commit()
    workspace.changes.tell(Topic.KEYS)
    return made


def _new_folder(folder: Path, name: str) -> Path:
    place, number = folder / name, 2
    while place.exists():
        place, number = folder / f"{name}（{number}）", number + 1
    try:
        place.mkdir(parents=True)
    except OSError as error:
        raise EnvironmentProblem("文件夹建不了", "请检查介质是否插好、能否写入", path_text(folder)) from error
    return place


def _opens(workspace: Workspace, place: Path, password: str, info: CertificateInfo) -> None:
    """Open the copy on the medium itself, as one would have to in need."""
    vault = workspace.tools.vault(place)
    now = workspace.tools.clock.now()
    opened = vault.take_back("root", workspace.tools.files.read_back(place / FILE), password, now)
    if opened.pem.split() != info.pem.split():
        raise KeyProblem("备份里的根密钥不是本局现在用的", "请换一个介质后重新备份", path_text(place))


def restore_root(workspace: Workspace, file: Path, password: str) -> CertificateInfo:
    """Take the root back from a copy (恢复根密钥). What lay in its place is set aside.

    InputError when the copy is of another root, KeyProblem when the file is none, WrongPassword; then nothing
    changes.
    """
    who = require(workspace, Action.KEYS)
    now, content = workspace.tools.clock.now(), workspace.tools.files.read_back(file)
    known = _root_known(workspace)
    if known and workspace.vault.certificate_in(content).pem.split() != known.split():
        raise InputError("这是另一个根证书的备份", "请选择本局现在这个根证书的备份", path_text(file))
    try:
        info = workspace.vault.take_back("root", content, password, now)
    except WrongPassword as error:
        raise WrongPassword("根密码不正确", error.remedy, error.wait_seconds) from error
    with workspace.store.writing() as work:
        told = f"从“{path_text(file)}”恢复根密钥"
        work.audit.append(now, who.name, "root_restore", workspace.profile.unit.code, told, {})
        work.commit()
    workspace.changes.tell(Topic.KEYS)
    return info


def _root_known(workspace: Workspace) -> str:
    with workspace.store.reading() as work:
        return str(work.settings.get("root_certificate") or "")
