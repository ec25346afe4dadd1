"""Evidence on its way into a package (随表报送的佐证材料): read whole and held against its digest before sealing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.evidence import has_place
from models.domain.errors import InputError
from models.domain.evidence import EvidenceFile
from models.domain.filing import Answers, Filing
from models.domain.kit import ParameterKit
from services import evidence_files
from services.workspaces import Workspace

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class EnclosedEvidence:
    """What goes along (随附材料): files by filing, and the package's members, the same content once."""

    files: Mapping[str, tuple[EvidenceFile, ...]]
    members: Mapping[str, bytes]

    def of(self, filing_id: str) -> tuple[EvidenceFile, ...]:
        """The files of one filing."""
        return self.files.get(filing_id, ())


def enclosed(workspace: Workspace, kit: ParameterKit, filings: Sequence[Filing]) -> EnclosedEvidence:
    """Everything attached to these filings whose row is still there.

    InputError when it is more than a package may carry, EnvironmentProblem when a kept file is gone or
    damaged; before a number is given or a key touched.
    """
    by_id = {filing.filing_id: filing for filing in filings}
    found: dict[str, list[EvidenceFile]] = {}
    with workspace.store.reading() as work:
        for item in work.evidence.find(by_id):
            found.setdefault(item.filing_id, []).append(item.file)
    sent = {id_: evidence_sent(by_id[id_].answers, items) for id_, items in found.items()}
    files = {id_: items for id_, items in sent.items() if items}
    wanted = {item.member: item for items in files.values() for item in items}
    if wanted:
        _refuse_weight(workspace, kit, sum(item.size for item in wanted.values()))
    members = {member: evidence_files.read(workspace, item) for member, item in wanted.items()}
    return EnclosedEvidence(files, members)


def evidence_sent(answers: Answers, files: Sequence[EvidenceFile]) -> tuple[EvidenceFile, ...]:
    """Those of a filing's files that travel along: a deleted row keeps its files at home."""
    return tuple(file for file in files if has_place(answers, file.place))


def evidence_json(file: EvidenceFile) -> dict[str, Any]:
    """A file as its filing lists it in payload.json."""
    return {
        "place": file.place,
        "name": file.name,
        "member": file.member,
        "size": file.size,
        "sha256": file.sha256,
        "note": file.note,
    }


def _refuse_weight(workspace: Workspace, kit: ParameterKit, total: int) -> None:
    """InputError when the chosen filings together carry more than a package may."""
    limit = evidence_files.rules_of(workspace, kit).package_megabytes
    if total > limit * _MEGABYTE:
        raise InputError(
            f"佐证材料共 {total / _MEGABYTE:.1f} MB，超过一份报送文件的上限 {limit} MB",
            "请分几次报送，或先缩小照片",
            "生成报送文件",
        )
