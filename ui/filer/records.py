"""What the filer's views are told (填报端界面数据), where services have no record of their own for it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.domain.project import Project, Unit
from ui.widgets.chip import ChipLook

if TYPE_CHECKING:
    from models.domain.approval import Approval
    from models.domain.evidence import EvidenceFile
    from services.matrix import MatrixCell


@dataclass(frozen=True, slots=True)
class ProjectYearLine:
    """One budget year of a project (项目年度): amount in 分, and a cell per stage, None where nothing is due."""

    budget_year: int
    budget_fen: int | None
    fund_type: str
    cells: tuple[MatrixCell | None, ...]


@dataclass(frozen=True, slots=True)
class ProjectSheet:
    """The page of a project, or of the unit as a whole where its id is "" (项目页): budget years × stages, approvals.

    `approved_forms` are the tasks whose forms the approvals were given for, by budget year and number of adjustment.
    """

    project: Project
    stages: tuple[str, ...]
    years: tuple[ProjectYearLine, ...]
    approvals: tuple[Approval, ...] = ()
    approved_forms: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SealLine:
    """A filing that could go into a package (可报送的表), with the files that travel along.

    `obstacle` says why it cannot, "" when it can.
    """

    filing_id: str
    task_id: str
    project_id: str
    subject: str
    form_title: str
    budget_year: int
    look: ChipLook
    obstacle: str = ""
    explained: int = 0
    evidence: tuple[EvidenceFile, ...] = ()


@dataclass(frozen=True, slots=True)
class SealSigner:
    """Who will sign (签署人): name, unit, 核对码 of the key, and how far the bureau knows it.

    `token_label` names the UKey the key lies on, "" for a key file.
    """

    name: str
    unit_name: str
    fingerprint: str
    state: ChipLook
    state_words: str
    token_label: str = ""


@dataclass(frozen=True, slots=True)
class SealOutcome:
    """A package written, read back and verified (已生成的报送文件); `handing_over` says whom it goes to (交给财政部门)."""

    path: Path
    size: int
    check_code: str
    filing_count: int
    manifest_sha256: str = ""
    awaits_head: bool = False
    handing_over: str = "交给财政部门"


@dataclass(frozen=True, slots=True)
class SentLine:
    """A package made at this desk (已生成的报送文件); `received_at` is the bureau's word, None while it is awaited.

    `awaits_receipt` is False for what the bureau answers otherwise (签名登记申请: by the next kit), or what does not go
    to it; `instead` then stands in the place of the time it was received.
    """

    manifest_sha256: str
    number: int
    what: str
    contents: tuple[str, ...]
    file_name: str
    made_at: datetime
    check_code: str
    received_at: datetime | None = None
    awaits_receipt: bool = True
    instead: str = "随任务参数包登记"
    awaits_head: bool = False


class InboxKind(enum.Enum):
    """What can be taken in at the filer's desk (收到的文件)."""

    RECEIPT = "接收回执"
    RETURN = "退回修改通知"
    APPROVAL = "批复通知"
    KIT = "任务参数包"
    TRUST = "证书名单"


@dataclass(frozen=True, slots=True)
class InboxLine:
    """A file taken in (已装入的文件)."""

    kind: InboxKind
    title: str
    note: str
    at: datetime
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class KitCard:
    """The kit in force (当前任务参数包)."""

    name: str
    version: int
    issuer_name: str
    check_code: str
    taken_at: datetime | None
    is_builtin: bool


@dataclass(frozen=True, slots=True)
class KeyCard:
    """The signing key (签名): None stands for a desk that has none yet; `token_label` names its UKey, "" for a file."""

    person_name: str
    fingerprint: str
    valid_until: date | None
    is_registered: bool
    token_label: str = ""

    due_words: str = ""


@dataclass(frozen=True, slots=True)
class SettingsSheet:
    """All the settings page shows (设置)."""

    unit: Unit
    person_name: str
    kit: KitCard | None
    key: KeyCard | None
    text_scale: float
    folder: Path
    version: str
    awaits_registration: bool = False
    head: KeyCard | None = None
    needs_head: bool = False
