"""Member names (包内文件名): which names a package may hold, and what people read instead of them.

Names are ASCII on purpose: names in GBK or CP437 come out differently on every machine; the names
people gave their attachments stand in the payload.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from exchange.reasons import RefusalError, reason

MIMETYPE = "mimetype"
PAYLOAD = "payload.json"
MANIFEST = "META-INF/ASiCManifest001.xml"
SIGNATURE = "META-INF/signature001.p7s"
SECOND_MANIFEST = "META-INF/ASiCManifest002.xml"
SECOND_SIGNATURE = "META-INF/signature002.p7s"
"""The countersignature of 单位负责人: the only second pair a package may have."""
FOLDERS = ("documents/", "evidence/", "packages/")
"""Folders in the order their members stand in the container."""

_LEADING = (MIMETYPE, PAYLOAD)
_TRAILING = (MANIFEST, SIGNATURE, SECOND_MANIFEST, SECOND_SIGNATURE)
_LABELS = {
    MIMETYPE: "类型标记",
    PAYLOAD: "填报数据",
    MANIFEST: "文件清单",
    SIGNATURE: "签名",
    SECOND_MANIFEST: "负责人签名的文件清单",
    SECOND_SIGNATURE: "负责人签名",
}
_FOLDER_LABELS = {"documents/": "表格", "evidence/": "佐证材料", "packages/": "下级单位报送文件"}
_KINDS = {".pdf": " PDF ", ".xlsx": " Excel "}
_NUMBERED = re.compile(r"(\d{2})_")
_PLACE = re.compile(r"(?:documents|evidence|packages)/[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
_CHARACTERS = re.compile(rb"[A-Za-z0-9._/-]+")
_RESERVED = re.compile(rb"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\$|conout\$|clock\$)(?:\..*)?")
_MAX_NAME = 140


def member_label(name: str) -> str:
    """A member as people know it, e.g. 「报送文件里第 2 张表的 PDF 表格」: names in there are the program's own."""
    for folder, label in _FOLDER_LABELS.items():
        if name.startswith(folder):
            kind = _KINDS.get(name[name.rfind(".") :].lower(), "") if folder == "documents/" else ""
            return f"报送文件里{_which(name.removeprefix(folder))}{kind}{label}"
    return _LABELS.get(name) or f"文件“{_harmless(name)}”"


def _which(name: str) -> str:
    """The form a document belongs to: documents are numbered in the order of the cover."""
    found = _NUMBERED.match(name)
    return f"第 {int(found[1])} 张表的" if found else "的"


def check_names(names: Sequence[bytes]) -> None:
    """Refuse hostile names as they stand in the directory; nothing has been decoded yet."""
    seen: dict[bytes, bytes] = {}
    for raw in names:
        code = _remembered(raw) if len(raw) <= _MAX_NAME else _name_fault(raw)
        if code:
            raise RefusalError(reason(code, _printable(raw)))
        folded = raw.lower()
        if folded in seen:
            same = seen[folded] == raw
            raise RefusalError(reason("name_duplicate" if same else "name_case", _printable(raw)))
        seen[folded] = raw


@lru_cache(maxsize=64)
def usual_names(names: tuple[bytes, ...]) -> tuple[str, ...] | None:
    """The names of a package's members where nothing is amiss with them and the mark stands first; None elsewhere.

    Packages of one kind have the same; not for thousands of names, which are remembered.
    """
    try:
        check_names(names)
    except RefusalError:
        return None
    return tuple(raw.decode("ascii") for raw in names) if names[:1] == (MIMETYPE.encode(),) else None


def _name_fault(raw: bytes) -> str:
    """The reason code a name earns, "" for a harmless one."""
    if b"\\" in raw or b":" in raw or raw.startswith(b"/"):
        return "name_path"
    if raw.endswith(b"/"):
        return "entry_kind"
    parts = raw.split(b"/")
    if any(part in (b"", b".", b"..") for part in parts[:-1]) or parts[-1] in (b".", b".."):
        return "name_path"
    if any(part.endswith((b".", b" ")) or _RESERVED.fullmatch(part) for part in parts):
        return "name_reserved"
    if len(raw) > _MAX_NAME or not _CHARACTERS.fullmatch(raw):
        return "name_characters"
    return ""


_remembered = lru_cache(maxsize=256)(_name_fault)


def _printable(raw: bytes) -> str:
    return f"文件“{_harmless(raw.decode('latin-1'))}”"


def _harmless(text: str) -> str:
    """A hostile name made fit for a sentence: whatever is no plain ASCII becomes ?, and it is cut."""
    return "".join(c if "!" <= c <= "~" else "?" for c in text[:60])


def is_known_place(name: str) -> bool:
    """Whether the profile knows a member of this name."""
    return name in _LABELS or _PLACE.fullmatch(name) is not None


def canonical_order(names: Sequence[str]) -> list[str]:
    """The names in the container's fixed order: mimetype, payload, the folders sorted, manifest, signature."""

    def rank(name: str) -> tuple[int, str]:
        if name in _LEADING:
            return (_LEADING.index(name), "")
        if name in _TRAILING:
            return (10 + _TRAILING.index(name), "")
        folder = next((i for i, prefix in enumerate(FOLDERS) if name.startswith(prefix)), len(FOLDERS))
        return (2 + folder, name)

    return sorted(names, key=rank)
