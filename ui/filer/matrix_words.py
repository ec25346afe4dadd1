"""Words and looks of the matrix (总表用语): a cell's chip, a task's name in a head and on a card."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from models.domain.filing_status import FilingStatus
from ui.theme import Tone
from ui.widgets.chip import ChipLook
from ui.widgets.dates import short_date

if TYPE_CHECKING:
    from models.domain.project import FilingTask
    from services.matrix import MatrixCell, MatrixRow, TaskCard

_TONES = {
    "none": Tone.FAINT,
    "open": Tone.QUIET,
    "accent": Tone.ACCENT,
    "good": Tone.GOOD,
    "care": Tone.CARE,
    "bad": Tone.BAD,
}
_ICONS = {
    "none": "",
    "open": "empty",
    "accent": "edit",
    "good": "check",
    "care": "care",
    "bad": "problem_solid",
}
_OWN_ICONS = {FilingStatus.SEALED: "lock", FilingStatus.RETURNED: "returned", FilingStatus.REFUSED: "refuse"}


def cell_look(cell: MatrixCell) -> ChipLook:
    """Word, tone and icon of one cell; a finished draft gets a tick instead of the pencil, a returned form stands out."""
    icon = _ICONS[cell.tone.value]
    if cell.status is FilingStatus.DRAFT and cell.progress >= 100 and icon == "edit":
        icon = "check"
    if cell.status in _OWN_ICONS:
        icon = _OWN_ICONS[cell.status]
    return ChipLook(cell.word, _TONES[cell.tone.value], icon, cell.status is FilingStatus.RETURNED)


def task_head(task: FilingTask) -> tuple[str, str]:
    """Name and year of a task: 绩效目标申报（一上）, 2027年预算."""
    name, _, year = task.name.partition("〔")
    if task.stage is not None:
        name = f"{name}（{task.stage.label}）"
    elif task.period:
        name = f"{name}（{task.period}）"
    return name, year.rstrip("〕") or f"{task.budget_year}年预算"


def card_note(card: TaskCard) -> tuple[str, str]:
    """Until when, or how late, and the role it is shown in."""
    if not card.total:
        return "还没有要报的", "muted"
    if card.done >= card.total:
        return "全部完成", "good"
    if card.days_left < 0:
        return f"已逾期{-card.days_left}天", "problem"
    if card.days_left == 0:
        return "今天截止", "care"
    return f"{short_date(card.task.closes_on)}截止", "care" if card.days_left <= 7 else "muted"


class StatusGroup(enum.Enum):
    """What the status filter offers (状态筛选)."""

    ALL = "全部状态"
    TO_FILL = "未填和填报中"
    READY = "可报送"
    RETURNED = "退回修改"
    REFUSED = "不予通过"
    SENT = "已报送"
    EXEMPT = "无需填报"


def group_of(cell: MatrixCell) -> StatusGroup | None:
    """The group a cell counts in, None when nothing is due."""
    if cell.status is None:
        return StatusGroup.TO_FILL if cell.is_due else None
    if cell.status is FilingStatus.DRAFT:
        return (
            StatusGroup.READY if cell.progress >= 100 and cell.tone.value == "accent" else StatusGroup.TO_FILL
        )
    if cell.status in (FilingStatus.RETURNED, FilingStatus.REFUSED, FilingStatus.EXEMPT):
        return StatusGroup(cell.status.label)
    return StatusGroup.SENT


def row_fits(row: MatrixRow, text: str, group: StatusGroup) -> bool:
    """Whether a row is shown: the text in name or code, and one cell of the group at least."""
    if text and text not in row.name and text not in row.project_code:
        return False
    return group is StatusGroup.ALL or any(group_of(cell) is group for cell in row.cells)
