"""What people want done with evidence (佐证材料操作): told by the panel, fulfilled by whoever holds the files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class AddFiles:
    """Attach files to a row (its path) or to the form as a whole ("") (添加)."""

    place: str
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class OpenFile:
    """Look at a file (打开)."""

    evidence_id: str


@dataclass(frozen=True, slots=True)
class SaveFiles:
    """Save files elsewhere (另存)."""

    evidence_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """Give a file another name or note (改名和说明)."""

    evidence_id: str


@dataclass(frozen=True, slots=True)
class RemoveFile:
    """Take a file off the form (移除)."""

    evidence_id: str


@dataclass(frozen=True, slots=True)
class BringBack:
    """Attach a removed file again (恢复)."""

    evidence_id: str


@dataclass(frozen=True, slots=True)
class ShrinkPhotos:
    """Make photographs smaller (缩小照片)."""

    evidence_ids: tuple[str, ...]


EvidenceWish = AddFiles | OpenFile | SaveFiles | ChangeWords | RemoveFile | BringBack | ShrinkPhotos
