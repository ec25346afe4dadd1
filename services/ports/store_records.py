"""What the store keeps and hands out beside the words of the trade (存储记录): queries, figures, packages, certificates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.domain.kit import ParameterKit


@dataclass(frozen=True, slots=True)
class FilingFigures:
    """What of a filing is projected into columns for queries (可查询数据): amount 分, rows, score, grade.

    `indicator_rows` are rows as in the answers (`row_id`, `first_level`, …); a value of None counts as
    not given. `progress` is the percent of required answers given (0…100); `blocking` and `to_explain`
    count 必改 findings and 需说明 findings still without an explanation.
    """

    amount_fen: int | None = None
    score: str | None = None
    grade: str | None = None
    indicator_rows: tuple[Mapping[str, Any], ...] = ()
    progress: int = 0
    blocking: int = 0
    to_explain: int = 0


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator row of a filing (指标行) as kept for queries; `values` by column key, blanks left out."""

    filing_id: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SubmittedVersion:
    """One submission of a filing as sealed or received (报送版本); answers and findings as in the package."""

    filing_id: str
    version: int
    manifest_sha256: str
    answers: Mapping[str, Any]
    explanations: Mapping[str, str]
    findings: Sequence[Mapping[str, Any]]
    at: datetime


@dataclass(frozen=True, slots=True)
class PackageRecord:
    """A package sent or received (报送文件记录). `direction` is `sent`, `received`, or `declined`.

    `declined` is a package the bureau looked into and put aside in favour of what it had: kept whole, not
    in force. A later decision may turn it into `received`.

    `source_path` where it lay or was written, "" where it came in a department's package; `archive_name` the workspace's own copy;
    `payload_sha256` gives the 核对码; `verdict` the five-word code and reasons as JSON;
    `receipt_sha256` the manifest digest of the receipt that answered it, "" while none; `carrier_sha256` that of the
    department's package it came in, "" for one that came by itself.
    """

    manifest_sha256: str
    direction: str
    message_type: str
    unit_code: str
    unit_name: str
    working_year: int
    number: int
    file_name: str
    source_path: str
    archive_name: str
    size: int
    payload_sha256: str
    signer: Mapping[str, Any]
    verdict: Mapping[str, Any]
    filing_versions: tuple[tuple[str, int], ...]
    at: datetime
    receipt_sha256: str = ""
    carrier_sha256: str = ""


@dataclass(frozen=True, slots=True)
class FileClaims:
    """What a file that was not taken in says of itself (文件自称): nothing of it is believed, all of it is short text.

    `contents` is the phrase lists show (2027年项目支出绩效目标申报表 4 份), `tasks` the task names, `version` and
    `filing_count` are figures in words.
    """

    unit_code: str = ""
    unit_name: str = ""
    message_type: str = ""
    tasks: str = ""
    contents: str = ""
    version: str = ""
    filing_count: str = ""


@dataclass(frozen=True, slots=True)
class QuarantineRecord:
    """A file not taken in (未接收（待核实）): where it lies, its digest and size, verdict, reasons and when.

    `signer` carries what is known of the signer as JSON, with the certificate as PEM where readable,
    so that one click can register a first key. `claims` is what the file says of itself.
    """

    path: str
    sha256: str
    size: int
    verdict: str
    reasons: tuple[Mapping[str, str], ...]
    unit_code: str
    message_type: str
    signer: Mapping[str, Any]
    at: datetime
    claims: FileClaims = FileClaims()


@dataclass(frozen=True, slots=True)
class IntakeDecision:
    """What the bureau decided when a filing came in a version that contradicts the one in force (接收决定).

    `kept_*` name the version in force when it was decided, `came_*` the one that came, each by the manifest
    digest of its package; `is_adopted` is True for 采用这一份 (the one that came is in force from then on),
    False for 保留原来的. `decided_by` is the person at the desk.
    """

    filing_id: str
    is_adopted: bool
    kept_sha256: str
    kept_version: int
    came_sha256: str
    came_version: int
    reason: str
    decided_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CertificateRecord:
    """A certificate the bureau has issued or confirmed (证书登记). `kind` is `issued` or `registered`."""

    serial: str
    kind: str
    unit_code: str
    fingerprint: str
    pem: str
    at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredKit:
    """A kit taken in or issued (已存任务参数包), with the digest of the package it came in ("" for built-in)."""

    kit: ParameterKit
    digest: str
    taken_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup (备份) of a workspace."""

    path: Path
    made_at: datetime
    reason: str
    size: int
