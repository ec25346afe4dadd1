"""Evidence of the store in memory (内存里的佐证材料)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from models.domain.evidence import Evidence, EvidenceFile
from services.ports.evidence import EvidenceUse
from tests.fakes.store_state import Session, moment


class FakeEvidence:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, evidence: Evidence) -> None:
        moment(evidence.added_at)
        self._session.changing.evidence[evidence.evidence_id] = evidence

    def get(self, evidence_id: str) -> Evidence | None:
        return self._session.state.evidence.get(evidence_id)

    def find(self, filing_ids: Collection[str], *, in_bin: bool = False) -> Sequence[Evidence]:
        return [
            item
            for item in self._session.state.evidence.values()
            if item.filing_id in filing_ids and (item.removed_at is not None) is in_bin
        ]

    def empty_bin(self, filing_id: str) -> None:
        state = self._session.changing
        state.evidence = {
            key: item
            for key, item in state.evidence.items()
            if item.filing_id != filing_id or item.removed_at is None
        }

    def put_submitted(
        self, filing_id: str, version: int, manifest_sha256: str, files: Sequence[EvidenceFile]
    ) -> None:
        kept = self._session.changing.submitted_evidence
        kept.pop((filing_id, manifest_sha256), None)
        if files:
            kept[filing_id, manifest_sha256] = (version, tuple(files))

    def submitted(self, filing_id: str, manifest_sha256: str) -> Sequence[EvidenceFile]:
        _version, files = self._session.state.submitted_evidence.get((filing_id, manifest_sha256), (0, ()))
        return list(files)

    def uses(self, digests: Collection[str]) -> Sequence[EvidenceUse]:
        state = self._session.state
        attached = [
            EvidenceUse(item.filing_id, 0, item.file)
            for item in state.evidence.values()
            if item.file.sha256 in digests and item.removed_at is None
        ]
        sent = [
            EvidenceUse(filing_id, version, file)
            for (filing_id, _), (version, files) in state.submitted_evidence.items()
            for file in files
            if file.sha256 in digests
        ]
        return [*attached, *sorted(sent, key=lambda use: (use.filing_id, -use.version))]

    def digests(self) -> frozenset[str]:
        state = self._session.state
        sent = {file.sha256 for _, files in state.submitted_evidence.values() for file in files}
        return frozenset({item.file.sha256 for item in state.evidence.values()} | sent)
