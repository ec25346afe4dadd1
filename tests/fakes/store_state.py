"""What the store in memory holds (内存存储的内容), and the two things every repository of it does with JSON and refusals."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.domain.approval import Approval
from models.domain.audit_entry import AuditEntry
from models.domain.desk_user import DeskUser
from models.domain.errors import StorageProblem
from models.domain.evidence import Evidence, EvidenceFile
from models.domain.filing import AnswerChange, Filing
from models.domain.paper_filing import PaperFiling
from models.domain.payment import Payment
from models.domain.platform_batch import PlatformBatch
from models.domain.project import Project, ProjectYear, RegisterEntry, Unit
from models.domain.review import ReviewComment, ReviewDecision, ReviewFile
from models.store.values import json_column, moment_column, read_json
from services.ports.store import (
    CertificateRecord,
    FilingFigures,
    IntakeDecision,
    PackageRecord,
    QuarantineRecord,
    StoredKit,
    SubmittedVersion,
)


class WriteInReading(RuntimeError):
    """A reading unit of work was asked to write: a mistake of the caller."""


class BrokenReference(RuntimeError):
    """A committed record belongs to one that is not there: a mistake of the caller."""


@dataclass
class StoreState:
    """The whole content of a workspace's database; records are frozen, so a shallow copy is a snapshot."""

    settings: dict[str, Any] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    kits: list[StoredKit] = field(default_factory=list)
    units: dict[str, Unit] = field(default_factory=dict)
    entries: dict[int, tuple[RegisterEntry, ...]] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    binned: dict[str, datetime] = field(default_factory=dict)
    years: dict[tuple[str, int], ProjectYear] = field(default_factory=dict)
    filings: dict[str, tuple[Filing, FilingFigures]] = field(default_factory=dict)
    history: list[AnswerChange] = field(default_factory=list)
    versions: list[SubmittedVersion] = field(default_factory=list)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    submitted_evidence: dict[tuple[str, str], tuple[int, tuple[EvidenceFile, ...]]] = field(
        default_factory=dict
    )
    packages: dict[str, PackageRecord] = field(default_factory=dict)
    quarantine: dict[tuple[str, str], QuarantineRecord] = field(default_factory=dict)
    decisions: list[IntakeDecision] = field(default_factory=list)
    approvals: list[Approval] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    batches: list[PlatformBatch] = field(default_factory=list)
    certificates: dict[tuple[str, str, str], CertificateRecord] = field(default_factory=dict)
    review_files: dict[str, ReviewFile] = field(default_factory=dict)
    review_decisions: list[ReviewDecision] = field(default_factory=list)
    review_comments: dict[str, ReviewComment] = field(default_factory=dict)
    users: dict[str, DeskUser] = field(default_factory=dict)
    audit: list[AuditEntry] = field(default_factory=list)
    papers: dict[tuple[str, int], PaperFiling] = field(default_factory=dict)

    def snapshot(self) -> StoreState:
        """A copy whose containers may be changed."""
        return StoreState(**{name: copy.copy(value) for name, value in vars(self).items()})

    def check_references(self) -> None:
        """Raise BrokenReference where the real database would."""
        broken = [key for key, _year in self.years if key not in self.projects]
        broken += [item.filing_id for item in self.history if item.filing_id not in self.filings]
        broken += [item.filing_id for item in self.versions if item.filing_id not in self.filings]
        broken += [item.filing_id for item in self.evidence.values() if item.filing_id not in self.filings]
        broken += [key for key, _sha256 in self.submitted_evidence if key not in self.filings]
        broken += [item.filing_id for item in self.decisions if item.filing_id not in self.filings]
        broken += [key for key in self.review_files if key not in self.filings]
        broken += [item.filing_id for item in self.review_decisions if item.filing_id not in self.filings]
        comments = self.review_comments.values()
        broken += [item.filing_id for item in comments if item.filing_id not in self.filings]
        broken += [key for key, _version in self.papers if key not in self.filings]
        if broken:
            raise BrokenReference(broken[0])


@dataclass
class Session:
    """The state a unit of work sees, and whether it may change it."""

    state: StoreState
    writes: bool

    @property
    def changing(self) -> StoreState:
        """The state to write to."""
        if not self.writes:
            raise WriteInReading("a reading unit of work was asked to write")
        return self.state


def as_kept(value: Any) -> Any:
    """A JSON value as it comes back from the database: canonical, floats refused, nothing shared."""
    return read_json(json_column(value))


def moment(at: datetime) -> datetime:
    """A moment, refused when its time zone is missing."""
    moment_column(at)
    return at


def unknown(what: str) -> StorageProblem:
    """The refusal of a change to something that is not there."""
    return StorageProblem(f"找不到这{what}，可能已在别的窗口变动", "请刷新列表后再试")
