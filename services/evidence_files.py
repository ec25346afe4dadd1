"""Files of evidence on the disk (佐证材料文件): taken in whole, kept under their digest, never altered.

`evidence/<sha256>` in the workspace's folder holds the bytes as they were when they were added; what
happens to the source afterwards does not matter. People look at copies.
"""

from __future__ import annotations

import hashlib
import stat
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, timedelta
from pathlib import Path

from forms.checks.evidence_settings import EvidenceSetting
from forms.checks.settings import CheckSettings
from models.domain.errors import EnvironmentProblem, InputError
from models.domain.evidence import EvidenceFile, ending_of, is_executable
from models.domain.kit import ParameterKit
from services.file_names import file_stem
from services.workspaces import Workspace

LONGEST_NAME = 100
"""Characters of a file's name that are kept, its ending among them; packages hold up to 200."""

UNTOUCHED = timedelta(days=1)
"""How long a file nothing refers to is left lying: another window may be about to note it."""

FOLDER = "evidence"
"""Folder of a workspace in which files of evidence lie."""

_LOOKED_AT = "looked_at"
_MEGABYTE = 1024 * 1024
_PROGRAM_BEGINNINGS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xfe\xed\xfa\xcf",
)
"""How programs and scripts begin on the systems there are, whatever their name says."""


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file read whole (读入的文件): the name it will be shown under, its bytes and their SHA-256."""

    name: str
    content: bytes
    sha256: str


def rules_of(workspace: Workspace, kit: ParameterKit) -> EvidenceSetting:
    """What may be attached by a kit; one that says nothing of it, or not readably, is taken at the built-in kit's word."""
    found = CheckSettings(kit).find(EvidenceSetting)
    if found is not None:
        return found
    builtin = workspace.tools.builtin_kits(kit.working_year)[0]
    return CheckSettings(builtin).get(EvidenceSetting)


def take_in(workspace: Workspace, path: Path, rules: EvidenceSetting) -> TakenFile:
    """Read a file somebody wants to attach.

    InputError: no file, empty, too large, a program or script, another kind than the kit allows.
    EnvironmentProblem: it cannot be read, or it changed while it was read.
    """
    name = shown_name(path.name)
    before = _state(path, name)
    refuse_kind(name, rules)
    if not stat.S_ISREG(before[0]):
        raise InputError("这不是一个文件", "请选择文件，不能选择文件夹", name)
    refuse_size(name, before[1], rules)
    try:
        content = workspace.tools.files.read_back(path)
    except OSError as error:
        raise _unreadable(name) from error
    if _state(path, name) != before or len(content) != before[1]:
        raise EnvironmentProblem(
            "文件正在被别的程序改动，没有添加", "请在别的程序里保存并关闭它，再添加", name
        )
    return taken(name, content)


def taken(name: str, content: bytes) -> TakenFile:
    """Bytes made here (a picture made smaller) as a file; InputError when they are a program."""
    if content.startswith(_PROGRAM_BEGINNINGS):
        raise InputError(
            "这个文件是程序或脚本，不能作为佐证材料", "请添加 PDF、图片、Word、Excel 等文件", name
        )
    return TakenFile(name, content, hashlib.sha256(content).hexdigest())


def refuse_kind(name: str, rules: EvidenceSetting) -> None:
    """InputError when a file of this name may not be attached."""
    ending = ending_of(name)
    if is_executable(name):
        raise InputError(
            f"“.{name.rstrip(' .').rpartition('.')[2].lower()}”类文件是程序、脚本或可能带有宏，不能作为佐证材料",
            "请添加 PDF、图片、Word、Excel 等文件",
            name,
        )
    if ending not in rules.kinds:
        kinds = "、".join(rules.kinds)
        what = f"不能添加“.{ending}”类文件" if ending else "文件名没有后缀，看不出是什么文件"
        raise InputError(what, f"可以添加的有：{kinds}", name)


def refuse_size(name: str, size: int, rules: EvidenceSetting) -> None:
    """InputError when a file is empty or larger than the kit allows."""
    if size == 0:
        raise InputError("这个文件是空的（0 字节）", "请确认文件已保存完整，再添加", name)
    if size > rules.file_megabytes * _MEGABYTE:
        raise InputError(
            f"文件有 {size / _MEGABYTE:.1f} MB，超过单个文件的上限 {rules.file_megabytes} MB",
            "请压缩或拆分后再添加；照片可以先缩小",
            name,
        )


def keep(workspace: Workspace, file: TakenFile) -> None:
    """Have the bytes lie in the workspace; EnvironmentProblem when the disk does not take them."""
    place = path_of(workspace, file.sha256)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem(
            "佐证材料的文件夹不能写入", "请检查磁盘空间和文件夹权限", file.name
        ) from error
    workspace.tools.files.write(place, file.content)


def path_of(workspace: Workspace, sha256: str) -> Path:
    """Where a file lies in the workspace."""
    return workspace.folder / FOLDER / sha256


def read(workspace: Workspace, file: EvidenceFile) -> bytes:
    """A kept file's bytes, held against its digest; EnvironmentProblem when it is gone or damaged."""
    place = path_of(workspace, file.sha256)
    try:
        content = workspace.tools.files.read_back(place) if place.is_file() else b""
    except OSError as error:
        raise _unreadable(file.name) from error
    if hashlib.sha256(content).hexdigest() != file.sha256:
        what = "在本机的文件已损坏" if content else "在本机的文件不见了"
        raise EnvironmentProblem(f"佐证材料{what}", "请把原文件重新添加一次", file.name)
    return content


def copy_to_look_at(workspace: Workspace, file: EvidenceFile, content: bytes) -> Path:
    """A copy under a readable name for the machine's own program; what is done to it touches nothing here."""
    if is_executable(file.name):
        raise InputError("这个文件是程序或脚本，本程序不打开", "请与提供文件的单位核实", file.name)
    folder = workspace.folder / FOLDER / _LOOKED_AT / file.sha256[:16]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / outside_name(file.name)
    workspace.tools.files.write(path, content)
    return path


def save_out(workspace: Workspace, folder: Path, file: EvidenceFile, content: bytes) -> Path:
    """Write a file into a folder under its own name; an existing file stays, the new one gets a number."""
    name = outside_name(file.name)
    path, number = folder / name, 2
    while path.exists():
        path = folder / f"{Path(name).stem}（{number}）{Path(name).suffix}"
        number += 1
    workspace.tools.files.write(path, content)
    return path


def outside_name(name: str) -> str:
    """A name every file system takes, with the ending the file has inside packages."""
    ending = ending_of(name)
    stem = file_stem(name[: -len(ending) - 1] if ending else name) or "佐证材料"
    return f"{stem}.{ending or 'bin'}"


def shown_name(name: str) -> str:
    """A file's name as people read it: no control characters, no paths, cut before its ending when very long."""
    plain = unicodedata.normalize("NFC", name)
    plain = "".join(" " if char in "/\\" or not char.isprintable() else char for char in plain).strip()
    ending = ending_of(plain)
    tail = f".{ending}" if ending else ""
    stem = plain[: len(plain) - len(tail)].strip() or "佐证材料"
    return stem[: LONGEST_NAME - len(tail)] + tail


def numbered_name(name: str, others: Mapping[str, object]) -> str:
    """The name, with a number before its ending when another file here bears it."""
    ending = ending_of(name)
    tail = f".{ending}" if ending else ""
    stem, number, made = name[: len(name) - len(tail)], 2, name
    while made in others:
        made = f"{stem[: LONGEST_NAME - len(tail) - 5]}（{number}）{tail}"
        number += 1
    return made


def sweep(workspace: Workspace) -> int:
    """Delete files nothing refers to any more, and copies people have looked at; how many files went.

    What was added within the last day stays: the note of it may be on its way.
    """
    folder = workspace.folder / FOLDER
    limit = (workspace.tools.clock.now().astimezone(UTC) - UNTOUCHED).timestamp()
    gone = 0
    with workspace.store.writing() as work:
        needed = work.evidence.digests()
        candidates = [path for path in folder.glob("*") if path.name not in needed]
        for path in [*candidates, *folder.glob(f"{_LOOKED_AT}/*/*")]:
            with suppress(OSError):
                if path.is_file() and path.stat().st_mtime < limit:
                    path.unlink()
                    gone += 1
    return gone


def _state(path: Path, name: str) -> tuple[int, int, int]:
    """Kind, size and time of change of a file."""
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise _unreadable(name) from error
    return found.st_mode, found.st_size, found.st_mtime_ns


def _unreadable(name: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        "文件打不开，没有添加", "请确认文件还在原处、没有被别的程序占用，再试一次", name
    )
