"""Evidence in the store (佐证材料存取): what is attached at the desk, and what each submission carried.

Only words about files are kept here; the files themselves lie in the workspace's folder under their
digest (`services/evidence_files.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from models.domain.evidence import Evidence, EvidenceFile


@dataclass(frozen=True, slots=True)
class EvidenceUse:
    """One place a file is used in (佐证材料使用处); `version` 0 for what is attached and not sealed."""

    filing_id: str
    version: int
    file: EvidenceFile


class EvidenceRepository(Protocol):
    """Evidence of filings (佐证材料)."""

    def put(self, evidence: Evidence) -> None:
        """Add, or replace what is kept under the same id; the order of adding stays."""
        ...

    def get(self, evidence_id: str) -> Evidence | None:
        """One attached or removed file."""
        ...

    def find(self, filing_ids: Collection[str], *, in_bin: bool = False) -> Sequence[Evidence]:
        """What is attached to filings, in the order it was added; `in_bin` lists what was removed instead."""
        ...

    def empty_bin(self, filing_id: str) -> None:
        """Forget what was removed from a filing."""
        ...

    def put_submitted(
        self, filing_id: str, version: int, manifest_sha256: str, files: Sequence[EvidenceFile]
    ) -> None:
        """Keep what one submission of a filing carried; the same submission again replaces itself."""
        ...

    def submitted(self, filing_id: str, manifest_sha256: str) -> Sequence[EvidenceFile]:
        """What one submission of a filing carried, in its order."""
        ...

    def uses(self, digests: Collection[str]) -> Sequence[EvidenceUse]:
        """Every place that uses files of these digests: attached ones first, then submissions, newest first."""
        ...

    def digests(self) -> frozenset[str]:
        """Digests of every file anything refers to, removed ones too."""
        ...
