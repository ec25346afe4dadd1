"""Supporting evidence (佐证材料): files attached to a filing as a whole or to one indicator row.

A file is known by its SHA-256; its name and the place it was attached to are words about it. What
travels in a package is named after digest and ending alone (`member_name`), so that no name a person
has given can do harm on another machine.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

FOLDER = "evidence/"
"""Folder of a package in which evidence stands."""

LONGEST_ENDING = 10
"""Longest ending, without its dot, that counts as one."""

EXECUTABLE_ENDINGS = frozenset({
    "ade", "adp", "apk", "app", "appimage", "application", "appref-ms", "bash", "bat", "bundle", "cab",
    "cer", "chm", "class", "cmd", "com", "command", "cpl", "csh", "deb", "desktop", "diagcab", "dll",
    "dmg", "docm", "dotm", "drv", "elf", "exe", "gadget", "hlp", "hta", "htm", "html", "img", "inf",
    "ins", "iqy", "iso", "isp", "jar", "js", "jse", "jsp", "ksh", "library-ms", "lnk", "mad", "maf",
    "mde", "mht", "mhtml", "msc", "msh", "msi", "msix", "msp", "mst", "ocx", "php", "pif", "pl", "potm",
    "ppam", "ppsm", "pptm", "ps1", "ps1xml", "ps2", "psc1", "psd1", "psm1", "py", "pyc", "pyw", "pyz",
    "rb", "reg", "rpm", "run", "scf", "scr", "sct", "settingcontent-ms", "sh", "slk", "so", "svg", "swf",
    "sys", "tcl", "url", "vb", "vbe", "vbs", "vhd", "vhdx", "vxd", "wasm", "website", "wsc", "wsf", "wsh",
    "xhtml", "xlam", "xll", "xlsm", "xltm", "xpi", "xsl", "zsh",
})  # fmt: skip
"""Endings a machine runs, or opens with a program that runs what is inside (可执行文件、脚本): never evidence,
whatever a kit allows, and never opened when they come in a package."""

_UNKNOWN_ENDING = "bin"
_PREFIX = 16


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One file as checks, packages and readers see it (佐证材料): where it belongs, what it is called, what it is.

    `place` is the path of an indicator row (`indicators[r3]`), "" for the filing as a whole; `size` in
    bytes; `sha256` in lower-case hex; `note` a person's remark.
    """

    place: str
    name: str
    size: int
    sha256: str
    note: str = ""

    @property
    def member(self) -> str:
        """Its name inside a package."""
        return member_name(self.name, self.sha256)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file attached at the clerk's desk (已添加的佐证材料); `removed_at` is None while it is attached."""

    evidence_id: str
    filing_id: str
    file: EvidenceFile
    added_at: datetime
    added_by: str
    removed_at: datetime | None = None

    def renamed(self, name: str, note: str) -> Evidence:
        """The same file under other words."""
        return replace(self, file=replace(self.file, name=name, note=note))


def ending_of(name: str) -> str:
    """A name's ending in lower case without its dot, "" when it has none that could be one."""
    stem, dot, ending = name.rpartition(".")
    is_one = dot and stem.strip(" .") and ending.isascii() and ending.isalnum()
    return ending.lower() if is_one and len(ending) <= LONGEST_ENDING else ""


def is_executable(name: str) -> bool:
    """Whether a file of this name must never be attached or opened; trailing dots and blanks hide nothing."""
    plain = name.rstrip(" .　\t").lower()
    return plain.rpartition(".")[2] in EXECUTABLE_ENDINGS and "." in plain


def member_name(name: str, sha256: str) -> str:
    """The one name a file has inside a package: digest prefix and plain ending."""
    return f"{FOLDER}{sha256[:_PREFIX]}.{ending_of(name) or _UNKNOWN_ENDING}"
