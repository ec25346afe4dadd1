"""批复通知 (approval messages): what was approved for a unit, signed, on its way back (domain §0.3).

What review refused is told the same way, in a notice of its own (`services.review_results`): nothing else follows it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forms.kinds import show_date
from models.domain.approval import Approval
from models.domain.filing import Filing, FilingStatus
from models.domain.message import MessageType
from models.domain.money import AmountUnit, format_amount
from models.domain.project import Unit
from services import messages
from services.approval_states import ADJUSTMENT_FORM, TARGET_FORMS
from services.changes import Topic
from services.form_titles import FormTitles
from services.handed_out import handed_out
from services.job import JobContext
from services.ports.approvals import ApprovalPlace
from services.ports.documents import Cover, CoverLine, PageMark, PageMarks
from services.ports.exchange import UnlockedKey
from services.ports.store import FilingQuery, PackageRecord, UnitOfWork
from services.received import archive_name, copy_to_archive
from services.review.result_notices import REMEDY, mark_of, results_to_tell
from services.review_results import KEY, ReviewResult, result_json
from services.unit_folders import place_for
from services.workspaces import Workspace

_DECIDED = (FilingStatus.APPROVED, FilingStatus.UNFUNDED)
_BINDING = "绩效目标随预算一并批复，执行中一般不予调整；确需调整的按程序申请。"


@dataclass(frozen=True)
class Approved:
    """A filing whose unit is to be told (待通知的批复); `approval` None for 未安排预算.

    With a `result` it is told what review came to, nothing of any approval.
    """

    filing: Filing
    unit: Unit
    subject: str
    title: str
    approval: Approval | None
    result: ReviewResult | None = None

    @property
    def word(self) -> str:
        """批复, 未安排预算, 不予通过, 审核通过."""
        if self.result is not None:
            return self.result.result.label
        return "未安排预算" if self.approval is None else "批复"


def waiting_for_notice(workspace: Workspace, budget_year: int) -> tuple[Approved, ...]:
    """Approved, unfunded and refused filings whose unit has not been told of what is in force, by unit."""
    return _said(workspace, budget_year, is_told_too=False)


def all_approved(workspace: Workspace, budget_year: int) -> tuple[Approved, ...]:
    """Every filing of a budget year that is approved or unfunded now, whether its unit was told or not, by unit."""
    return _said(workspace, budget_year, is_told_too=True)


def _said(workspace: Workspace, budget_year: int, *, is_told_too: bool) -> tuple[Approved, ...]:
    known, titles = handed_out(workspace), FormTitles(workspace)
    with workspace.store.reading() as work:
        told = _told(work)
        filings = work.filings.find(FilingQuery(budget_year=budget_year))
        results = {} if is_told_too else results_to_tell(work, filings, told)
        found = []
        for filing in filings:
            unit, result = known.unit(filing.unit_code), results.get(filing.filing_id)
            is_decided = filing.status in _DECIDED and filing.form_id in (*TARGET_FORMS, ADJUSTMENT_FORM)
            if unit is None or (result is None and not is_decided):
                continue
            approval = _approval(work, filing) if result is None else None
            project = work.projects.get(filing.project_id) if filing.project_id else None
            title = titles.of(filing.form_id, budget_year)
            item = Approved(filing, unit, project.name if project else unit.name, title, approval, result)
            if is_told_too or result is not None or _mark(item) not in told:
                found.append(item)
    return tuple(sorted(found, key=lambda item: (item.unit.code, item.subject)))


def _told(work: UnitOfWork) -> set[str]:
    """Marks of everything that was told in a notice."""
    sent = work.packages.find("sent", MessageType.APPROVAL.value)
    return {mark for record in sent for mark in record.verdict.get("told", ())}


def _approval(work: UnitOfWork, filing: Filing) -> Approval | None:
    """The approval in force of a filing; None for one that got no money."""
    if filing.status is FilingStatus.UNFUNDED:
        return None
    form_id = filing.form_id
    if form_id == ADJUSTMENT_FORM:
        form_id = TARGET_FORMS[0] if filing.project_id else TARGET_FORMS[1]
    place = ApprovalPlace(filing.unit_code, filing.project_id, filing.budget_year, form_id)
    return next(iter(work.approvals.of(place)), None)


def _mark(item: Approved) -> str:
    """What tells one notice from another: a corrected approval is told again."""
    filing, approval = item.filing, item.approval
    if item.result is not None:
        return mark_of(item.result)
    said = (
        f"{approval.document_number}|{approval.approved_on}|{approval.amount_fen}" if approval else "unfunded"
    )
    return f"{filing.filing_id}|{filing.version}|{said}"


def issue_notices(
    workspace: Workspace,
    chosen: Sequence[Approved],
    key: UnlockedKey,
    folder: Path,
    ctx: JobContext,
    *,
    is_sorted: bool = False,
) -> list[PackageRecord]:
    """One notice per unit into `folder`, results of review in one beside it; stopping keeps what has been written.

    With `is_sorted` notices for several units lie in a folder for each.
    """
    notices: dict[tuple[str, bool], list[Approved]] = defaultdict(list)
    for item in chosen:
        notices[item.unit.code, item.result is not None].append(item)
    units = list(dict.fromkeys(code for code, _ in notices))
    written = []
    for index, items in enumerate(notices.values()):
        ctx.step(index, len(notices), items[0].unit.name)
        unit, codes = items[0].unit, units if is_sorted else []
        written.append(_issue(workspace, items, key, place_for(folder, unit.code, unit.name, codes)))
    ctx.step(len(notices), len(notices), "已生成")
    workspace.changes.tell(Topic.PACKAGES)
    return written


def _issue(workspace: Workspace, items: Sequence[Approved], key: UnlockedKey, folder: Path) -> PackageRecord:
    """The notice of one unit."""
    now, profile, kit = workspace.tools.clock.now(), workspace.profile, workspace.current_kit().kit
    with workspace.store.writing() as work:
        number = work.settings.next_number("package")
        work.commit()
    unit = items[0].unit
    payload = messages.head(MessageType.APPROVAL, profile.unit, profile.working_year, number, now, kit)
    payload |= {
        "is_practice": kit.is_practice,
        "to_unit_code": unit.code,
        "to_unit_name": unit.name,
        **_told_json(items),
    }
    mark = PageMark.PRACTICE if kit.is_practice else PageMark.NONE
    page = workspace.tools.documents.cover(
        _page(workspace, unit, items), PageMarks(mark, messages.payload_code(payload))
    )
    signed = workspace.tools.writer.sign_pdf(page, key, now)
    written = workspace.tools.writer.write(
        folder, messages.namer(payload), payload, {"documents/approval.pdf": signed}, key, now
    )
    with messages.taken_away_on_failure(written):
        copy_to_archive(workspace, written.path, written.manifest_sha256)
        record = messages.sent_record(
            payload,
            written,
            key,
            archive_name(written.manifest_sha256),
            now,
            {"told": [_mark(item) for item in items]},
        )
        with workspace.store.writing() as work:
            work.packages.add(record)
            said = f"生成批复通知，{len(items)} 项"
            work.audit.append(
                now, profile.person_name, "approval_notice", unit.code, said, {"number": number}
            )
            work.commit()
    return record


def _told_json(items: Sequence[Approved]) -> Mapping[str, Any]:
    """What a notice tells as it travels; results of review stand under their own key."""
    results = [result_json(item.result) for item in items if item.result is not None]
    approved = [_filing_json(item) for item in items if item.result is None]
    return {"filings": approved, KEY: results} if results else {"filings": approved}


def _filing_json(item: Approved) -> Mapping[str, Any]:
    """One approved filing as it travels; without a document number it is 未安排预算."""
    filing, approval = item.filing, item.approval
    return {
        "filing_id": filing.filing_id,
        "version": filing.version,
        "form_id": filing.form_id,
        "budget_year": filing.budget_year,
        "document_number": approval.document_number if approval else "",
        "approved_on": approval.approved_on.isoformat() if approval and approval.approved_on else "",
        "amount_fen": approval.amount_fen if approval else None,
    }


def _page(workspace: Workspace, unit: Unit, items: Sequence[Approved]) -> Cover:
    """The notice as people read it."""
    results = [(item, item.result) for item in items if item.result is not None]
    if results:
        head, note = ("序号", "表", "结果", "审核意见", "审核人", "审核日期"), REMEDY
        rows = [_result_row(workspace, number, *one) for number, one in enumerate(results, 1)]
    else:
        head, note = ("序号", "绩效目标", "结果", "批复金额", "批复文号", "批复日期"), _BINDING
        rows = [_approval_row(number, item) for number, item in enumerate(items, 1)]
    return Cover(
        title="批复通知（审核结果）" if results else "批复通知",
        facts=(
            CoverLine("单位", f"{unit.name}（{unit.code}）"),
            CoverLine("审核单位" if results else "批复单位", workspace.profile.unit.name),
        ),
        contents_head=head,
        contents=tuple(rows),
        notes=(note,),
        foot=("经办人：", "日期：", "财政部门（盖章）："),
    )


def _approval_row(number: int, item: Approved) -> tuple[str, ...]:
    """A target with what was approved."""
    approval = item.approval
    amount = approval.amount_fen if approval else None
    shown = f"{format_amount(amount, AmountUnit.WAN_YUAN)} 万元" if amount is not None else "—"
    document = approval.document_number if approval else "—"
    day = show_date(approval.approved_on) if approval and approval.approved_on else "—"
    return str(number), f"{item.title}　{item.subject}", item.word, shown, document, day


def _result_row(workspace: Workspace, number: int, item: Approved, told: ReviewResult) -> tuple[str, ...]:
    """A form with what review came to, and why; the day as the clock on the desk tells it."""
    day = show_date(workspace.local(told.decided_at).date())
    said = " ".join(told.opinion.split()) or "—"
    return str(number), f"{item.title}　{item.subject}", item.word, said, told.decided_by, day
