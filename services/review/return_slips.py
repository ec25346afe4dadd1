"""退回修改通知 (return slips): what was returned, with every remark, signed and on its way back to the unit (F68, F69)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from forms.kinds import show_date
from models.domain.filing import Filing, FilingStatus
from models.domain.message import MessageType
from models.domain.project import Unit
from models.domain.review import CommentState, ReviewComment, ReviewDecision, ReviewOutcome
from services import messages
from services.changes import Topic
from services.form_titles import FormTitles
from services.handed_out import HandedOut, handed_out
from services.job import JobContext
from services.ports.documents import Cover, CoverLine, PageMark, PageMarks
from services.ports.exchange import UnlockedKey
from services.ports.store import FilingQuery, PackageRecord, UnitOfWork
from services.received import archive_name, copy_to_archive
from services.review.rules import review_rule
from services.unit_folders import place_for
from services.workspaces import Workspace


@dataclass(frozen=True)
class Returned:
    """A filing that was returned, with what is to be said (退回的表); `told_at` when its slip was made, None before."""

    filing: Filing
    unit: Unit
    subject: str
    title: str
    decision: ReviewDecision
    comments: tuple[ReviewComment, ...]
    told_at: datetime | None = None


def waiting_for_slip(workspace: Workspace) -> tuple[Returned, ...]:
    """Returned filings whose unit has not been told yet, by unit."""
    return _returned(workspace, is_told_too=False)


def all_returned(workspace: Workspace) -> tuple[Returned, ...]:
    """Every filing that is returned now, whether its unit was told or not, by unit."""
    return _returned(workspace, is_told_too=True)


def _returned(workspace: Workspace, *, is_told_too: bool) -> tuple[Returned, ...]:
    titles, known = FormTitles(workspace), handed_out(workspace)
    with workspace.store.reading() as work:
        sent = work.packages.find("sent", MessageType.RETURN_SLIP.value)
        told = {key: r.at for r in sorted(sent, key=lambda r: r.at) for key in r.filing_versions}
        found = []
        for filing in work.filings.find(FilingQuery(status=FilingStatus.RETURNED)):
            unit, decision = known.unit(filing.unit_code), _return_of(work, filing)
            told_at = told.get((filing.filing_id, filing.version))
            if unit is None or decision is None or (told_at is not None and not is_told_too):
                continue
            project = work.projects.get(filing.project_id) if filing.project_id else None
            comments = [c for c in work.reviews.comments([filing.filing_id]) if c.state is CommentState.OPEN]
            found.append(
                Returned(
                    filing,
                    unit,
                    project.name if project else unit.name,
                    titles.of(filing.form_id, filing.budget_year),
                    decision,
                    tuple(comments),
                    told_at,
                )
            )
    return tuple(sorted(found, key=lambda item: (item.unit.code, item.subject)))


def _return_of(work: UnitOfWork, filing: Filing) -> ReviewDecision | None:
    """The decision that sent this version back."""
    found = [
        item
        for item in work.reviews.decisions([filing.filing_id])
        if item.is_in_force and item.version == filing.version and item.outcome is ReviewOutcome.RETURN
    ]
    return found[-1] if found else None


def issue_return_slips(
    workspace: Workspace,
    chosen: Sequence[Returned],
    key: UnlockedKey,
    folder: Path,
    ctx: JobContext,
    *,
    is_sorted: bool = False,
) -> list[PackageRecord]:
    """One slip per unit, the units in order, into `folder`; stopping keeps what has been written.

    With `is_sorted` slips for several units lie in a folder for each.
    """
    by_unit: dict[str, list[Returned]] = defaultdict(list)
    for item in chosen:
        by_unit[item.unit.code].append(item)
    written = []
    for index, items in enumerate(by_unit.values()):
        ctx.step(index, len(by_unit), items[0].unit.name)
        unit, codes = items[0].unit, list(by_unit) if is_sorted else []
        written.append(_issue(workspace, items, key, place_for(folder, unit.code, unit.name, codes)))
    ctx.step(len(by_unit), len(by_unit), "已生成")
    workspace.changes.tell(Topic.PACKAGES)
    return written


def _issue(workspace: Workspace, items: Sequence[Returned], key: UnlockedKey, folder: Path) -> PackageRecord:
    """The slip of one unit."""
    now, profile, kit = workspace.tools.clock.now(), workspace.profile, workspace.current_kit().kit
    with workspace.store.writing() as work:
        number = work.settings.next_number("package")
        work.commit()
    unit, answer_by = items[0].unit, now.date() + timedelta(days=answer_days(handed_out(workspace), items))
    payload = messages.head(MessageType.RETURN_SLIP, profile.unit, profile.working_year, number, now, kit)
    payload |= {
        "is_practice": kit.is_practice,
        "to_unit_code": unit.code,
        "to_unit_name": unit.name,
        "answer_by": answer_by.isoformat(),
        "filings": [_filing_json(item) for item in items],
    }
    marks = PageMarks(PageMark.PRACTICE if kit.is_practice else PageMark.NONE, messages.payload_code(payload))
    page = workspace.tools.documents.cover(_page(workspace, unit, items, answer_by), marks)
    signed = workspace.tools.writer.sign_pdf(page, key, now)
    written = workspace.tools.writer.write(
        folder, messages.namer(payload), payload, {"documents/return_slip.pdf": signed}, key, now
    )
    with messages.taken_away_on_failure(written):
        copy_to_archive(workspace, written.path, written.manifest_sha256)
        record = messages.sent_record(payload, written, key, archive_name(written.manifest_sha256), now)
        with workspace.store.writing() as work:
            work.packages.add(record)
            said = f"生成退回修改通知，{len(items)} 份表"
            work.audit.append(now, profile.person_name, "return_slip", unit.code, said, {"number": number})
            work.commit()
    return record


def answer_days(known: HandedOut, items: Sequence[Returned]) -> int:
    """Days the unit has for its answer, by the kit the filing came under."""
    return max(review_rule(known.kit_of(item.filing.task_id)).answer_days for item in items)


def _filing_json(item: Returned) -> Mapping[str, Any]:
    """One returned filing as it travels."""
    filing, decision = item.filing, item.decision
    return {
        "filing_id": filing.filing_id,
        "version": filing.version,
        "form_id": filing.form_id,
        "budget_year": filing.budget_year,
        "level": decision.level.value,
        "opinion": decision.opinion,
        "decided_by": decision.decided_by,
        "decided_at": decision.decided_at.isoformat(timespec="seconds"),
        "comments": [
            {
                "comment_id": comment.comment_id,
                "level": comment.level.value,
                "place": comment.place,
                "label": comment.label,
                "text": comment.text,
                "seen": comment.seen,
                "proposed": comment.proposed,
                "is_compulsory": "yes" if comment.is_compulsory else "",
                "author": comment.author,
                "made_at": comment.made_at.isoformat(timespec="seconds"),
            }
            for comment in item.comments
        ],
    }


def _page(workspace: Workspace, unit: Unit, items: Sequence[Returned], answer_by: date) -> Cover:
    """The slip as people read it: every filing with its opinion, then every remark."""
    rows: list[tuple[str, ...]] = []
    for index, item in enumerate(items, 1):
        head = f"{item.title}　{item.subject}（第 {item.filing.version} 版）"
        rows.append((str(index), head, item.decision.level.label, item.decision.opinion or "见下列意见"))
        for comment in item.comments:
            advice = f"　建议改为：{comment.proposed}" if comment.proposed else ""
            rows.append(("", comment.label or "全表", comment.level.label, f"{comment.text}{advice}"))
    return Cover(
        title="退回修改通知",
        facts=(
            CoverLine("退回单位", f"{unit.name}（{unit.code}）"),
            CoverLine("审核单位", workspace.profile.unit.name),
            CoverLine("修改后报送期限", show_date(answer_by)),
        ),
        contents_head=("序号", "退回的表和位置", "环节", "修改意见"),
        contents=tuple(rows),
        notes=(
            "请把本通知文件装入本程序：退回的表会重新打开，意见标在相应位置；已经改动的内容都保留。",
            "逐条修改或答复后重新生成报送文件，答复随新版报送。",
        ),
        foot=("经办人：", "日期：", "审核单位（盖章）："),
    )
