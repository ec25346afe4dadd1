"""Review at the bureau's or a department's desk (审核控制): the queue, the open form, the decision on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from forms.checks.engine import CheckReport
from models.domain.desk_user import DeskUser
from models.domain.errors import Cancelled, DeskError, KitProblem, RevisionConflict
from models.domain.review import ReviewDecision, ReviewFile
from services import archive
from services.archive import ReceivedForm
from services.changes import ChangeSet, Topic
from services.desk_people import present_user
from services.file_names import file_stem
from services.job import JobContext
from services.ports.store import SubmittedVersion
from services.received_checks import received_report
from services.review.deciding import DecisionDraft, decide
from services.review.desk_queue import DeskQueue, desk_queue, own_queue
from services.review.queue import QueueFilter, QueueLine
from services.review.sheet import ReviewSheet, review_sheet
from services.review.taking_back import withdraw
from ui.bureau.decision_bar import Typed
from ui.bureau.files_dialog import FilesDialog
from ui.bureau.reason_dialog import ReasonDialog
from ui.bureau.records import WrittenFiles
from ui.bureau.review_queue_panel import (
    APPROVAL_LETTERS,
    APPROVE,
    ENLIST,
    NOTICE,
    REASSIGN,
    REASSIGN_UNIT,
    SHEET_BACK,
    SHEET_OUT,
    TAKE_OUT,
)
from ui.bureau.review_view import ReviewView
from ui.bureau.review_words import decision_head
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.bulk_review import BulkReview
from ui.desks.bureau_key_access import KeyAccess
from ui.desks.bureau_refresh import Refresher
from ui.desks.received_compare_flow import CompareFlow
from ui.desks.received_evidence_flow import ReceivedEvidenceFlow
from ui.desks.review_binding import BindingFlow
from ui.desks.review_messages import MessagesFlow
from ui.desks.review_offices import OfficesFlow
from ui.desks.review_remarks import RemarksFlow
from ui.desks.score_prints import ScorePrints
from ui.jobs import Lane
from ui.theme import Tone
from ui.widgets.file_drop import choose_folder

PAGE = "review"
OPEN_AFTER_MS = 120
"""A line the cursor only passes is not opened."""
ELSEWHERE_MS = 1_500
"""While another page is in front the queue is read this often at the most."""
NO_QUEUE = DeskQueue((), dict.fromkeys(QueueFilter, 0))
Seen = tuple[DeskUser, DeskQueue]


class ReviewFlow(DeskController):
    """The page 审核 (审核控制); `waiting_counted` tells how many wait for a decision."""

    waiting_counted = Signal(int)

    def __init__(self, parts: DeskParts, access: KeyAccess, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self.view = ReviewView()
        self.frame.add_page(PAGE, self.view)
        self._who = DeskUser("", self.workspace.profile.person_name, ())
        self._queue = NO_QUEUE
        self._next = ""
        self._refused = ("", Typed())
        self.messages = MessagesFlow(parts, access, self)
        self.binding = BindingFlow(parts, self.who, self)
        self.bulk = BulkReview(parts, self.who, self)
        self.offices = OfficesFlow(parts, self.who, self)
        self.remarks = RemarksFlow(parts, self.view, self.who, self)
        self.evidence = ReceivedEvidenceFlow(parts, self.view.form, self._tell_files, self)
        self.scores = ScorePrints(parts, self)
        self.beside = CompareFlow(parts, self.view.form, self)
        self._refresher = Refresher(parts.jobs, parts.door, self._prepare, self._show)
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.setInterval(OPEN_AFTER_MS)
        self._opening.timeout.connect(self._open_current)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(ELSEWHERE_MS)
        self._later.timeout.connect(self.refresh)
        self._connect()
        self.refresh()

    def who(self) -> DeskUser:
        """Who decides here."""
        return self._who

    def on_change(self, change: ChangeSet) -> None:
        """Filings, kits and messages decide what waits; an intake on another page is not held up by every package."""
        if not change.topics & {Topic.FILINGS, Topic.KITS, Topic.SETTINGS, Topic.PACKAGES}:
            return
        if self.frame.current_page() == PAGE:
            self.refresh()
        elif not self._later.isActive():
            self._later.start()

    def refresh(self) -> None:
        """Read the queue anew."""
        self._refresher.request()

    def close(self) -> None:
        """Let the form and every part go."""
        self._opening.stop()
        self._later.stop()
        for part in (
            self.beside,
            self.offices,
            self.evidence,
            self.scores,
            self.remarks,
            self.bulk,
            self.binding,
            self.messages,
        ):
            part.close()
        self.view.form.close_form()
        super().close()

    def _on_page_shown(self, key: str) -> None:
        """What changed meanwhile is shown at once, also at another desk of a shared workspace."""
        if key == PAGE:
            self._later.stop()
            self.refresh()

    # Queue ------------------------------------------------------------------------------------

    def _prepare(self) -> Callable[[JobContext], Seen]:
        workspace, query = self.workspace, self.view.queue.query()

        def read(_ctx: JobContext) -> Seen:
            who = present_user(workspace)
            try:
                return who, desk_queue(workspace, replace(query, who=who))
            except KitProblem:
                return who, NO_QUEUE

        return read

    def _show(self, seen: Seen) -> None:
        if self._is_closed:
            return
        before, (self._who, self._queue) = self._who, seen
        if before.user_id != self._who.user_id:
            self._begin_with(self._who, is_first=not before.user_id)
        queue_list = self.view.queue.list
        self.view.queue.set_queue(self._queue)
        shown = self.view.queue.shown
        is_own = shown.value() is QueueFilter.MINE
        self.waiting_counted.emit(self._queue.mine if is_own else self._queue.waiting)
        wanted, self._next = self._next, ""
        is_found = bool(wanted) and queue_list.choose(wanted)
        if not is_found and wanted == self._refused[0] != "" and shown.value() is not QueueFilter.ALL:
            # Another reviewer's decision took it off this list: it stays open all the same.
            self._next = wanted
            shown.choose(QueueFilter.ALL)
            return
        if not is_found and queue_list.current() is None:
            queue_list.step(1)
        self._opening.stop()
        self._open_current()

    def _begin_with(self, who: DeskUser, *, is_first: bool) -> None:
        """Somebody else sits here: the list begins with their own work, and nothing typed by another stays."""
        words, is_usual = own_queue(who)
        if not is_first:
            self.view.show_sheet(None, who.name)
            self.view.forget_all()
        if self.view.queue.set_own(words, is_usual=is_usual):
            self.refresh()

    def _on_line(self, line: QueueLine) -> None:
        """Open it in a moment; until then nothing can be decided, for another form still stands on the screen."""
        if not self._is_shown(line):
            self.view.decision.set_busy(True)
        self._opening.start()

    def _is_shown(self, line: QueueLine | None) -> bool:
        """Whether the form on the screen is that of a line."""
        sheet = self.view.sheet
        return (
            line is not None
            and sheet is not None
            and line.filing.filing_id == sheet.received.filing.filing_id
        )

    def _open_current(self) -> None:
        """Open the line one is at, or read the open one anew."""
        line, who = self.view.queue.list.current(), self._who
        if line is None:
            self.view.show_sheet(None, who.name)
            self.view.show_findings(())
            return
        filing_id = line.filing.filing_id

        def read(_ctx: JobContext) -> tuple[ReviewSheet, CheckReport]:
            sheet = review_sheet(self.workspace, who, filing_id)
            return sheet, received_report(self.workspace, sheet.received)

        def show(found: tuple[ReviewSheet, CheckReport]) -> None:
            current = self.view.queue.list.current()
            if current is not None and current.filing.filing_id == filing_id:
                self.view.show_sheet(found[0], who.name)
                self.view.show_findings(found[1].findings)
                self._put_back(filing_id)

        self.run(read, show)

    def _put_back(self, filing_id: str) -> None:
        """What was typed for a decision that was refused stands there again, also at another level."""
        refused, typed = self._refused
        if refused == filing_id:
            self._refused = ("", Typed())
            if not self.view.decision.opinion.text():
                self.view.decision.retype(typed)

    # Deciding ---------------------------------------------------------------------------------

    def _on_decided(self, draft: DecisionDraft) -> None:
        sheet, who = self.view.sheet, self._who
        if sheet is None or not self._is_shown(self.view.queue.list.current()):
            return
        if self.view.has_unsaved_remark():
            return
        typed = self.view.decision.typed()
        filing_id, seen = sheet.received.filing.filing_id, sheet.line.file.revision
        following = self._following(filing_id)
        self.view.leave_bar()
        self.view.decision.set_busy(True)

        def done(_saved: ReviewFile) -> None:
            self._next = following
            self.view.decision.retype(Typed())
            self.view.decision.tell(f"上一份“{sheet.line.subject}”：{draft.outcome.label}")
            self.refresh()

        def failed(error: BaseException) -> None:
            if isinstance(error, RevisionConflict):
                self._was_overtaken(sheet, typed)
            else:
                self._on_refused(error)

        self.run(lambda _ctx: decide(self.workspace, who, filing_id, seen, draft), done, failed)

    def _on_refused(self, error: BaseException) -> None:
        """Say why."""
        self.view.decision.set_busy(False)
        if not isinstance(error, DeskError) or isinstance(error, Cancelled):
            self.parts.door.show(error)
        else:
            self.view.decision.show_problem(error.sentence)

    def _was_overtaken(self, sheet: ReviewSheet, typed: Typed) -> None:
        """Another reviewer was faster: the form stays open as it is now, whatever is listed, with what was typed."""
        filing_id = sheet.received.filing.filing_id
        self._refused, self._next = (filing_id, typed), filing_id
        self.frame.notice.show_notice(
            f"“{sheet.line.subject}”刚刚由另一位审核人员处理过，您的决定没有登记。请看过对方的意见后再处理。",
            Tone.CARE,
        )
        self.view.decision.set_busy(False)
        self.refresh()

    def _following(self, filing_id: str) -> str:
        """The line after the one decided on, else the one before."""
        lines = self.view.queue.list.lines
        row = lines.row_of(filing_id)
        at = row + 1 if row + 1 < lines.rowCount() else row - 1
        return lines.line(at).filing.filing_id if at >= 0 else ""

    def _on_withdraw(self, decision: ReviewDecision) -> None:
        who = self._who
        told = "撤回以后这份表回到这一环节待审；撤回的决定和理由都留在审核记录里。"
        dialog = ReasonDialog("撤回审核决定", f"{decision_head(decision)}\n{told}", "撤回", self.frame)
        dialog.submitted.connect(
            lambda reason: self.run_for(
                dialog, lambda _ctx: withdraw(self.workspace, who, decision.decision_id, reason)
            )
        )
        self.open_dialog(dialog)

    # Many at once -----------------------------------------------------------------------------

    def _on_work(self, wanted: str) -> None:
        """What the menus 入库和批复 and 股室审核 ask for."""
        ticked = self.view.queue.list.lines.chosen()
        years, asked = self._queue.target_years, self.view.queue.query().budget_year
        if wanted == REASSIGN:
            self.offices.reassign(ticked)
        elif wanted == REASSIGN_UNIT:
            self.offices.reassign_unit(self.view.queue.list.current())
        elif wanted == SHEET_OUT:
            self.offices.sheet_out(self.view.queue.query().office)
        elif wanted == SHEET_BACK:
            self.offices.sheet_back()
        elif wanted == ENLIST:
            self.binding.enlist(ticked)
        elif wanted == TAKE_OUT:
            self.binding.take_out(ticked)
        elif wanted == NOTICE:
            self.messages.notices(self._queue.years)
        elif wanted == APPROVAL_LETTERS:
            self.messages.approval_letters((asked,) if asked in years else years)
        elif wanted == APPROVE and not years:
            self.frame.notice.show_notice("还没有收到绩效目标，不能登记预算批复。")
        elif wanted == APPROVE:
            self.binding.approve(years, asked if asked in years else years[0], ticked)

    def _on_approved(self, said: str) -> None:
        self.frame.notice.show_notice(
            f"{said}可以在“入库和批复”里生成批复通知、出具批复函，发回各单位。", Tone.GOOD
        )

    # The form's own documents -----------------------------------------------------------------

    def _on_save(self, form: ReceivedForm, version: SubmittedVersion) -> None:
        project = form.context.project
        subject = project.name if project else form.context.unit.name
        stem = file_stem(f"{form.context.unit.name}_{subject}_第{version.version}版")

        def save(folder: Path) -> list[Path]:
            documents = archive.documents_of(self.workspace, version)
            return archive.save_documents(self.workspace, documents, folder, stem)

        def ask(chosen: str) -> None:
            folder = Path(chosen)
            self.run(
                lambda _ctx: save(folder),
                lambda saved: self._tell_files(
                    WrittenFiles("已另存", "都是报送时签名的原件。", folder, tuple(saved))
                ),
                lane=Lane.LONG,
            )

        choose_folder(self.frame, "另存到文件夹", ask)

    def _tell_files(self, written: WrittenFiles) -> None:
        dialog = FilesDialog(written, self.frame)
        dialog.folder_requested.connect(open_outside)
        self.open_dialog(dialog)

    def _connect(self) -> None:
        view, form = self.view, self.view.form
        view.queue.query_changed.connect(lambda _query: self.refresh())
        view.queue.line_chosen.connect(self._on_line)
        self.bulk.decided.connect(view.queue.list.lines.untick)
        view.queue.bulk_requested.connect(lambda: self.bulk.ask(view.queue.list.lines.chosen()))
        view.queue.slips_requested.connect(self.messages.slips)
        view.queue.letters_requested.connect(self.messages.return_letters)
        view.queue.work_requested.connect(self._on_work)
        view.decision.decided.connect(self._on_decided)
        view.remarks.withdraw_requested.connect(self._on_withdraw)
        form.save_requested.connect(self._on_save)
        form.score_print_requested.connect(lambda: self.scores.print_out(form.wizard().session))
        form.score_save_requested.connect(lambda: self.scores.choose_folder(form.wizard().session))
        view.refresh_wished.connect(self.refresh)
        self.frame.page_shown.connect(self._on_page_shown)
        self.binding.told.connect(self.frame.notice.show_notice)
        self.offices.told.connect(self.frame.notice.show_notice)
        self.offices.written.connect(self._tell_files)
        self.binding.approved.connect(self._on_approved)
