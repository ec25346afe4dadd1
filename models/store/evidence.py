"""Evidence attached and submitted (佐证材料): words about files; the files lie in the workspace's folder."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, union, update

from models.domain.evidence import Evidence, EvidenceFile
from models.store.content_tables import evidence, submitted_evidence
from models.store.row_writing import inserting
from models.store.values import moment_column, optional_moment_column, read_moment, read_optional_moment
from services.ports.evidence import EvidenceUse

_DROP_SUBMITTED = delete(submitted_evidence).where(
    submitted_evidence.c.filing_id == bindparam("filing_id"),
    submitted_evidence.c.manifest_sha256 == bindparam("manifest_sha256"),
)
_AT_ONCE = 400
"""How many values one condition names; databases limit them."""


class SqlEvidence:
    """Evidence of filings (佐证材料)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, item: Evidence) -> None:
        """Add, or replace what is kept under the same id; the order of adding stays."""
        row = _row_of(item)
        known = update(evidence).where(evidence.c.evidence_id == item.evidence_id).values(row)
        if self._connection.execute(known).rowcount == 0:
            self._connection.execute(insert(evidence).values(row))

    def get(self, evidence_id: str) -> Evidence | None:
        """One attached or removed file."""
        wanted = select(evidence).where(evidence.c.evidence_id == evidence_id)
        found = self._connection.execute(wanted).first()
        return None if found is None else _evidence(found)

    def find(self, filing_ids: Collection[str], *, in_bin: bool = False) -> Sequence[Evidence]:
        """What is attached to filings, in the order it was added; `in_bin` lists what was removed instead."""
        removed = evidence.c.removed_at
        state = removed.is_not(None) if in_bin else removed.is_(None)
        rows: list[Row[Any]] = []
        for some in _slices(filing_ids):
            rows += self._connection.execute(select(evidence).where(evidence.c.filing_id.in_(some), state))
        return [_evidence(row) for row in sorted(rows, key=lambda row: int(row.evidence_number))]

    def empty_bin(self, filing_id: str) -> None:
        """Forget what was removed from a filing."""
        self._connection.execute(
            delete(evidence).where(evidence.c.filing_id == filing_id, evidence.c.removed_at.is_not(None))
        )

    def put_submitted(
        self, filing_id: str, version: int, manifest_sha256: str, files: Sequence[EvidenceFile]
    ) -> None:
        """Keep what one submission of a filing carried; the same submission again replaces itself."""
        same = {"filing_id": filing_id, "manifest_sha256": manifest_sha256}
        self._connection.execute(_DROP_SUBMITTED, same)
        if files:
            rows = submitted_rows(filing_id, version, manifest_sha256, files)
            self._connection.execute(inserting(submitted_evidence), rows)

    def submitted(self, filing_id: str, manifest_sha256: str) -> Sequence[EvidenceFile]:
        """What one submission of a filing carried, in its order."""
        table = submitted_evidence
        wanted = select(table).where(
            table.c.filing_id == filing_id, table.c.manifest_sha256 == manifest_sha256
        )
        return [_file(row) for row in self._connection.execute(wanted.order_by(table.c.position))]

    def uses(self, digests: Collection[str]) -> Sequence[EvidenceUse]:
        """Every place that uses files of these digests: attached ones first, then submissions, newest first."""
        attached: list[Row[Any]] = []
        sent: list[Row[Any]] = []
        for some in _slices(digests):
            here = (evidence.c.sha256.in_(some), evidence.c.removed_at.is_(None))
            attached += self._connection.execute(select(evidence).where(*here))
            sent += self._connection.execute(
                select(submitted_evidence).where(submitted_evidence.c.sha256.in_(some))
            )
        attached.sort(key=lambda row: int(row.evidence_number))
        sent.sort(key=lambda row: (str(row.filing_id), -int(row.version), int(row.position)))
        return [
            *(EvidenceUse(row.filing_id, 0, _file(row)) for row in attached),
            *(EvidenceUse(row.filing_id, row.version, _file(row)) for row in sent),
        ]

    def digests(self) -> frozenset[str]:
        """Digests of every file anything refers to, removed ones too."""
        both = union(select(evidence.c.sha256), select(submitted_evidence.c.sha256))
        return frozenset(str(sha256) for (sha256,) in self._connection.execute(both))


def submitted_rows(
    filing_id: str, version: int, manifest_sha256: str, files: Sequence[EvidenceFile]
) -> list[dict[str, Any]]:
    """What one submission of a filing carried, as rows."""
    same = {"filing_id": filing_id, "manifest_sha256": manifest_sha256, "version": version}
    return [{**same, "position": n, **_words(file)} for n, file in enumerate(files)]


def _slices(values: Collection[str]) -> Iterator[list[str]]:
    """The values in portions a condition can name."""
    listed = sorted(set(values))
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]


def _words(file: EvidenceFile) -> dict[str, Any]:
    """A file's columns, the same in both tables."""
    return {
        "place": file.place,
        "name": file.name,
        "size": file.size,
        "sha256": file.sha256,
        "note": file.note,
    }


def _row_of(item: Evidence) -> dict[str, Any]:
    """An attached file as a row."""
    return {
        "evidence_id": item.evidence_id,
        "filing_id": item.filing_id,
        **_words(item.file),
        "added_at": moment_column(item.added_at),
        "added_by": item.added_by,
        "removed_at": optional_moment_column(item.removed_at),
    }


def _file(row: Row[Any]) -> EvidenceFile:
    """A row's file."""
    return EvidenceFile(row.place, row.name, row.size, row.sha256, row.note)


def _evidence(row: Row[Any]) -> Evidence:
    """A row as an attached file."""
    return Evidence(
        row.evidence_id,
        row.filing_id,
        _file(row),
        read_moment(row.added_at),
        row.added_by,
        read_optional_moment(row.removed_at),
    )
