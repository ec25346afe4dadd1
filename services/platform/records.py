"""What a platform's file says, and what taking it over would change (一体化带入的预览)."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.domain.background import ApprovedTarget
from models.domain.platform_mapping import PlatformKind
from models.domain.project import Project, ProjectYear, RegisterEntry


class LineState(enum.StrEnum):
    """What a line is to this desk (带入状态)."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    UNREADABLE = "unreadable"

    @property
    def label(self) -> str:
        """新增, 有变化, 相同, 不能带入."""
        return {"new": "新增", "changed": "有变化", "same": "相同", "unreadable": "不能带入"}[self.value]


@dataclass
class ReadProject:
    """One project as a file states it (读到的项目): amounts in 分, `indicators` as answers' rows.

    `faults` keep it out, `notes` only want to be seen; `where` names the line a person can look at.
    """

    kind: PlatformKind
    where: str
    code: str = ""
    name: str = ""
    unit_code: str = ""
    unit_name: str = ""
    budget_year: int = 0
    category: str = ""
    fund_type: str = ""
    bureau_office: str = ""
    budget_fen: int | None = None
    spending_fen: int | None = None
    as_of: date | None = None
    annual_target: str = ""
    document_number: str = ""
    approved_on: date | None = None
    indicators: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    line_count: int = 1


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """A project and its year to be kept at the unit's desk (项目带入)."""

    project: Project
    year: ProjectYear


@dataclass(frozen=True, slots=True)
class EntryChange:
    """A line of the project register to be kept at the bureau's desk (名录带入)."""

    entry: RegisterEntry


@dataclass(frozen=True, slots=True)
class TargetChange:
    """An approved target to be noted (批复目标带入); `project` with its year where the desk does not know it yet."""

    unit_code: str
    project_id: str
    budget_year: int
    target: ApprovedTarget
    project: ProjectChange | None = None


@dataclass(frozen=True, slots=True)
class PaymentChange:
    """Spending of a project by the payment progress list (支付进度带入), in 分."""

    unit_code: str
    project_code: str
    budget_year: int
    spending_fen: int
    as_of: date | None


Change = ProjectChange | EntryChange | TargetChange | PaymentChange


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One line of the preview (预览行): what stands here now, what the file says, and what taking it would do."""

    kind: PlatformKind
    state: LineState
    subject: str
    code: str
    unit_name: str
    before: str
    after: str
    note: str
    where: str
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class PlatformPreview:
    """A file looked at, nothing taken yet (带入预览).

    `kinds` are what was recognised; `document_number` what the file names for approved targets; `asked_year`
    the budget year used where the file names none; `remarks` concern the file as a whole.
    """

    file_name: str
    kinds: tuple[PlatformKind, ...]
    lines: tuple[PreviewLine, ...]
    asked_year: int
    names_year: bool
    document_number: str = ""
    remarks: tuple[str, ...] = ()

    def count(self, state: LineState) -> int:
        """How many lines are in a state."""
        return sum(line.state is state for line in self.lines)

    @property
    def needs_document_number(self) -> bool:
        """Whether approved targets are among the lines that can be taken."""
        return any(isinstance(line.change, TargetChange) for line in self.lines)
