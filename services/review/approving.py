"""登记预算批复 at the bureau: a whole list under one document number, taken from a table or ticked on screen.

The target becomes binding with the budget ("谁批复预算，谁批复目标", domain §0.3); what got no money becomes 未安排预算.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.domain.approval import Approval
from models.domain.desk_user import DeskUser
from models.domain.errors import InputError
from models.domain.filing import Filing, FilingStatus
from models.domain.money import AmountError, AmountUnit, parse_amount
from models.domain.project import Project, Unit
from services.approval_notes import ApprovalNote, note_in, refuse_incomplete
from services.approval_states import ADJUSTMENT_FORM, APPROVED, TARGET_FORMS
from services.changes import Topic
from services.form_titles import FormTitles
from services.handed_out import handed_out
from services.permission_table import Action
from services.permissions import require_of
from services.ports.store import FilingOverview, FilingQuery, UnitOfWork
from services.register_heads import Head
from services.register_tables import Line, read_register
from services.workspaces import Workspace

WHERE = "登记预算批复"
_BEFORE = (FilingStatus.PASSED, FilingStatus.ENLISTED)
_AFTER = (FilingStatus.APPROVED, FilingStatus.UNFUNDED)
_WHOLE, _ADJUSTED = "整体支出", "调整"
"""Words by which a list names a unit's overall target, and an adjustment."""

HEADS = (
    Head("project_code", "项目代码", ("项目编码",)),
    Head("project_name", "项目名称", (), is_required=True),
    Head("unit_code", "单位代码", ("单位编码", "预算单位代码", "预算单位编码")),
    Head("unit_name", "单位名称", ("单位", "预算单位", "预算单位名称", "实施单位")),
    Head(
        "amount", "批复金额", ("批复数", "批复预算数", "预算批复数", "安排金额", "预算数"), is_required=True
    ),
    Head("kind", "批复事项", ("事项", "批复类型", "表名", "表")),
)
"""Columns of an approval list; an amount of 0 or a blank one stands for 未安排预算."""


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """A target that can be approved (可批复的绩效目标); amounts in 分. `approved_fen` 0 is 未安排预算, None not decided."""

    filing: FilingOverview
    unit: Unit
    project: Project | None
    title: str
    submitted_fen: int | None
    approved_fen: int | None = None
    document_number: str = ""

    @property
    def subject(self) -> str:
        """The project's name, or the unit's."""
        return self.project.name if self.project else self.unit.name


@dataclass(frozen=True, slots=True)
class ApprovalList:
    """A list read from a table (批复清单): lines met with an amount, and what could not be met, with its line."""

    file_name: str
    lines: tuple[ApprovalLine, ...]
    faults: tuple[tuple[int, str], ...]


def approvable(workspace: Workspace, budget_year: int) -> tuple[ApprovalLine, ...]:
    """Targets and adjustments of a budget year that passed review, or were approved and may be corrected."""
    known, titles = handed_out(workspace), FormTitles(workspace)
    with workspace.store.reading() as work:
        projects = {project.project_id: project for project in work.projects.list()}
        found = [
            item
            for item in work.filings.overview(FilingQuery(budget_year=budget_year))
            if item.form_id in (*TARGET_FORMS, ADJUSTMENT_FORM) and item.status in (*_BEFORE, *_AFTER)
        ]
        noted = {(a.unit_code, a.project_id): a for a in work.approvals.in_force(budget_year)}
    return tuple(
        ApprovalLine(
            item,
            unit,
            projects.get(item.project_id),
            titles.of(item.form_id, budget_year),
            item.amount_fen,
            _approved_fen(item, before := noted.get((item.unit_code, item.project_id))),
            before.document_number if before else "",
        )
        for item in found
        if (unit := known.unit(item.unit_code)) is not None
    )


def _approved_fen(item: FilingOverview, before: Approval | None) -> int | None:
    """What was approved, so that a correction begins from it and not from what was asked for; None where nothing was."""
    if item.status is FilingStatus.UNFUNDED:
        return 0
    return before.amount_fen if before and item.status is FilingStatus.APPROVED else None


def read_list(workspace: Workspace, path: Path, budget_year: int) -> ApprovalList:
    """Meet a table of approvals with the targets here, by project code, else by name within the unit (its code or name).

    A unit's overall target is met by the unit's name, or by the words 整体支出; an adjustment where the target it changes
    is approved already, or where the line says 调整. InputError when its heads are not found; lines that meet nothing are
    told, never guessed.
    """
    table = read_register(workspace.tools, path, HEADS)
    unit = table.amount_unit("amount")
    if unit is None:
        raise InputError("没有写明金额单位", "请在“批复金额”的表头写上（元）或（万元）", path.name)
    waiting = approvable(workspace, budget_year)
    found: dict[str, ApprovalLine] = {}
    faults: list[tuple[int, str]] = []
    for number, line in table.lines():
        met = _meant([item for item in waiting if _is_met(item, line)], line)
        amount, fault = _amount(line, unit)
        if not fault and len(met) == 1 and _is_adjustment(met[0]) and not line.get("amount"):
            fault = f"“{line.get('project_name', '')}”的目标调整没有写批复金额"
        if not fault and len(met) != 1:
            words = "没有对应的绩效目标，或还没有审核通过" if not met else "对应多个绩效目标"
            fault = f"“{line.get('project_name', '')}”{words}"
        if not fault and met[0].filing.filing_id in found:
            fault = f"“{line.get('project_name', '')}”在清单里出现两次"
        if fault:
            faults.append((number, fault))
        else:
            found[met[0].filing.filing_id] = replace(met[0], approved_fen=amount)
    return ApprovalList(path.name, tuple(found.values()), tuple(faults))


def _is_met(item: ApprovalLine, line: Line) -> bool:
    """Whether a line of the list is about this target."""
    if not _is_of(item.unit, line):
        return False
    if item.project is None:
        name = line.get("project_name", "")
        return not line.get("project_code") and (name == item.unit.name or _WHOLE in name)
    code = line.get("project_code", "")
    if code and item.project.project_code:
        return code == item.project.project_code
    names_unit = bool(line.get("unit_code") or line.get("unit_name"))
    return names_unit and line.get("project_name") == item.project.name


def _is_of(unit: Unit, line: Line) -> bool:
    """Whether a line is about this unit: by its code, else by its name; a list by project codes needs neither."""
    if code := line.get("unit_code", ""):
        return code == unit.code
    if name := line.get("unit_name", ""):
        return name == unit.name
    return bool(line.get("project_code"))


def _meant(met: list[ApprovalLine], line: Line) -> list[ApprovalLine]:
    """Of a target and its adjustment the one the line is about: as it says, else the adjustment of what is approved."""
    kind = line.get("kind", "")
    if kind:
        return [item for item in met if _is_adjustment(item) is (_ADJUSTED in kind)]
    adjustments = [item for item in met if _is_adjustment(item) and item.filing.status in _BEFORE]
    targets = [item for item in met if not _is_adjustment(item)]
    if adjustments and all(item.filing.status in APPROVED for item in targets):
        return adjustments
    return targets if not adjustments else met


def _is_adjustment(item: ApprovalLine) -> bool:
    return item.filing.form_id == ADJUSTMENT_FORM


def _amount(line: Line, unit: AmountUnit) -> tuple[int, str]:
    """The amount in 分, or what is wrong with it; blank is 0."""
    text = line.get("amount", "")
    if not text or text in ("-", "—", "0"):
        return 0, ""
    try:
        amount = parse_amount(text, unit)
    except AmountError:
        amount = -1
    return (amount, "") if amount >= 0 else (0, f"批复金额“{text}”不能识别")


def approve(
    workspace: Workspace, who: DeskUser, document: ApprovalNote, lines: Sequence[ApprovalLine]
) -> tuple[int, int]:
    """Note a document's list, all or none: how many were approved, how many got no money. InputError names the first fault."""
    require_of(workspace, who, Action.APPROVE)
    refuse_incomplete(document, workspace.today)
    if not lines:
        raise InputError("没有选择批复的项目", "请勾选或导入批复清单", WHERE)
    approved = unfunded = 0
    with workspace.store.writing() as work:
        for line in lines:
            filing = work.filings.get(line.filing.filing_id)
            if filing is None or filing.status not in (*_BEFORE, *_AFTER):
                raise InputError("还没有审核通过，不能登记批复", "请先完成审核", line.subject)
            if line.approved_fen == 0 and filing.form_id != ADJUSTMENT_FORM:
                _leave_unfunded(workspace, work, filing, line.subject)
                unfunded += 1
                continue
            note = replace(document, amount_fen=line.approved_fen)
            note_in(workspace, work, filing, note, is_by_hand=False)
            approved += 1
        said = f"登记批复 {document.document_number}：{approved} 项批复，{unfunded} 项未安排预算"
        now = workspace.tools.clock.now()
        work.audit.append(now, who.name, "approve", document.document_number, said, {"filings": len(lines)})
        work.commit()
    workspace.changes.tell(Topic.FILINGS)
    return approved, unfunded


def _leave_unfunded(workspace: Workspace, work: UnitOfWork, filing: Filing, subject: str) -> None:
    """A target that got no money; one approved already needs an adjustment instead."""
    now = workspace.tools.clock.now()
    if filing.status is FilingStatus.APPROVED:
        raise InputError("已经批复，不能改为未安排预算", "请办理预算和绩效目标调整", subject)
    if filing.status is FilingStatus.PASSED:
        work.filings.set_status(filing.filing_id, FilingStatus.ENLISTED, now)
    if filing.status is not FilingStatus.UNFUNDED:
        work.filings.set_status(filing.filing_id, FilingStatus.UNFUNDED, now)
