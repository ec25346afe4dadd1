"""批复通知 at the clerk's desk: the target as sent becomes binding, with document number, date and amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from models.domain.errors import InputError
from models.domain.filing import Filing, FilingStatus
from models.domain.message import MessageType
from models.domain.money import MAX_FEN
from services.approval_notes import ApprovalNote, note_in
from services.approval_states import ADJUSTMENT_FORM, APPROVED, CHAIN, TARGET_FORMS
from services.approvals import approved_target
from services.bureau_messages import read_message
from services.changes import Topic
from services.one_line import MAX_NAME, one_line
from services.ports.store import UnitOfWork
from services.received import keep_received
from services.review_results import KEY, Result, note_results, result_json, results_in
from services.workspaces import Workspace

_SEALED = CHAIN[: CHAIN.index(FilingStatus.ENLISTED)]


@dataclass(frozen=True, slots=True)
class TakenApprovals:
    """A notice taken in (已装入的批复通知); `left` names targets that could not be noted, each with the reason.

    `refused` were not passed in review, `passed` were after all.
    """

    approved: int
    unfunded: int
    left: tuple[str, ...]
    was_known: bool
    refused: int = 0
    passed: int = 0


def take_approvals(workspace: Workspace, path: Path) -> TakenApprovals:
    """Take a notice in; a second time changes nothing. InputError when it is not this unit's or names none of its forms."""
    message = read_message(workspace, path, MessageType.APPROVAL)
    items, results = items_of(message.payload, path), results_in(message.payload, path)
    manifest = message.judged.manifest_sha256 or ""
    with workspace.store.reading() as work:
        if work.packages.get(manifest) is not None:
            return TakenApprovals(0, 0, (), was_known=True)
        ids = [*(item["filing_id"] for item in items), *(told.filing_id for told in results)]
        is_ours = any(work.filings.get(filing_id) is not None for filing_id in ids)
    if not is_ours:
        raise InputError("本机没有这份通知批复的表", "请在生成报送文件的电脑上装入", path.name)
    facts = {"filings": [item["filing_id"] for item in items], KEY: [result_json(told) for told in results]}
    keep_received(workspace, path, message.judged, facts)
    with workspace.store.writing() as work:
        taken = note_items(workspace, work, items)
        noted, left = note_results(workspace, work, results)
        work.commit()
    taken = replace(
        taken, left=(*taken.left, *left), refused=noted[Result.REFUSED], passed=noted[Result.PASSED]
    )
    workspace.changes.tell(Topic.FILINGS, Topic.PACKAGES)
    return taken


def items_of(payload: Mapping[str, Any], path: Path) -> list[dict[str, Any]]:
    """What a notice approves, nothing only where it tells results of review; InputError when it is not as the format says."""
    items = payload.get("filings")
    if not isinstance(items, list) or not (items or payload.get(KEY)) or not all(map(_is_item, items)):
        raise InputError("批复通知的内容不完整", "请向财政部门重新索取", path.name)
    return items


def note_items(workspace: Workspace, work: UnitOfWork, items: Sequence[dict[str, Any]]) -> TakenApprovals:
    """Note what a notice approves within a unit of work; what cannot be noted is left, each with the reason."""
    approved = unfunded = 0
    left = []
    for item in items:
        filing = work.filings.get(item["filing_id"])
        if filing is None:
            left.append("有一项绩效目标不在本机")
        elif reason := _note(workspace, work, filing, item):
            left.append(reason)
        elif item["document_number"]:
            approved += 1
        else:
            unfunded += 1
    return TakenApprovals(approved, unfunded, tuple(left), was_known=False)


def _is_item(item: Any) -> bool:
    texts = ("filing_id", "form_id", "document_number", "approved_on")
    if not isinstance(item, dict) or not all(isinstance(item.get(key), str) for key in texts):
        return False
    amount = item.get("amount_fen")
    sound = amount is None or (type(amount) is int and 0 <= amount <= MAX_FEN)
    return sound and type(item.get("version")) is int and (not item["approved_on"] or _day(item) is not None)


def _day(item: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(item["approved_on"])
    except ValueError:
        return None


def _note(workspace: Workspace, work: UnitOfWork, filing: Filing, item: dict[str, Any]) -> str:
    """Note one item; the reason when it is left alone, "" when done.

    What binds is the version that was sent. A form reopened since keeps what the clerk is writing: it is sent anew
    or dropped by the clerk, and only then noted.
    """
    name = str(filing.answers.get("project_name") or "整体绩效目标")
    if filing.form_id not in (*TARGET_FORMS, ADJUSTMENT_FORM) or filing.form_id != item["form_id"]:
        return f"“{name}”不是绩效目标"
    if filing.version != item["version"] or filing.status.is_editable:
        return f"“{name}”报送后又改过，批复的是第 {item['version']} 版"
    now = workspace.tools.clock.now()
    if filing.status is FilingStatus.REFUSED:  # taken back and decided otherwise since it was told here
        work.filings.set_status(filing.filing_id, FilingStatus.PASSED, now)
        filing = replace(filing, status=FilingStatus.PASSED)
    if not item["document_number"]:
        if filing.status in _SEALED:
            for status in CHAIN[CHAIN.index(filing.status) + 1 : CHAIN.index(FilingStatus.ENLISTED) + 1]:
                work.filings.set_status(filing.filing_id, status, now)
            work.filings.set_status(filing.filing_id, FilingStatus.UNFUNDED, now)
        return ""
    note = ApprovalNote(one_line(item["document_number"])[:MAX_NAME], _day(item), item["amount_fen"])
    before = approved_target(work, filing.unit_code, filing.project_id, filing.budget_year)
    if before is not None and filing.status in APPROVED and _says_the_same(before, note):
        return ""
    try:
        note_in(workspace, work, filing, note, is_by_hand=False)
    except InputError as problem:
        return f"“{name}”：{problem.what}"
    return ""


def _says_the_same(before: Any, note: ApprovalNote) -> bool:
    """Whether the clerk has noted from the paper what now comes signed; then the signed one replaces the note."""
    same = (before.document_number, before.approved_on, before.amount_fen) == (
        note.document_number,
        note.approved_on,
        note.amount_fen,
    )
    return bool(same and not before.is_by_hand)
