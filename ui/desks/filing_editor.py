"""The open form at the clerk's desk (填报控制): opening, saving by itself, leaving, and what other windows did."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from forms.findings import Place
from models.domain.approval import Approval
from models.domain.filing import Filing, FilingStatus, may_move
from models.domain.kit import ParameterKit
from services import filings
from services.approval_states import APPROVED, TARGET_FORMS, approval_words
from services.changes import ChangeSet, Topic
from services.filings import OpenFiling
from services.job import JobContext
from ui.desks.autosave import Autosave, Batch
from ui.desks.base import DeskController, DeskParts
from ui.desks.conflict_dialog import ConflictDialog
from ui.desks.evidence_flow import EvidenceFlow
from ui.desks.filing_tools import FilingTools
from ui.desks.home_pages import FORM
from ui.desks.library_desk import LibraryDesk
from ui.desks.remarks_desk import RemarksDesk
from ui.desks.score_prints import ScorePrints
from ui.desks.taking_over_flow import TakingOverFlow
from ui.shell.status_strip import SaveState
from ui.theme import Tone
from ui.widgets.dates import clock_time, near_time
from ui.wizard.view import WizardView


class FilingEditor(DeskController):
    """One form open for filling in (填报控制).

    `closed` when the clerk goes back; `not_saved` (sentence) when what was typed could not be kept, so
    that it is told wherever the clerk is; `kept` when it could after all.
    """

    closed = Signal()
    seal_requested = Signal(str)
    not_saved = Signal(str)
    kept = Signal()

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self.view = WizardView()
        self.frame.add_page(FORM, self.view)
        self.saving = Autosave(parts, self)
        self.tools = FilingTools(parts, self.view, self)
        self.scores = ScorePrints(parts, self)
        self.library = LibraryDesk(parts, self.view, self)
        self.evidence = EvidenceFlow(parts, self.view, self.saving, self)
        self.taking_over = TakingOverFlow(parts, self.view, self.saving, self.leave, self)
        self.remarks = RemarksDesk(parts, self.view, self.saving, self.leave, self)
        self._conflict: ConflictDialog | None = None
        self._saved_counts: object = None
        self.saving.saved.connect(self._on_saved)
        self.saving.failed.connect(self._on_not_saved)
        self.saving.conflicted.connect(self._on_conflict)
        self.saving.rebased.connect(lambda: self.leave(self._read_again))
        self.view.answer_changed.connect(lambda _place, _value: self.saving.stay())
        self.view.answers_changed.connect(lambda _answers: self._note())
        self.view.explanation_changed.connect(lambda _key, _text: self._note())
        self.view.checked.connect(lambda _report: self._on_checked())
        self.view.save_requested.connect(self._on_save_requested)
        self.view.close_requested.connect(lambda: self.leave(self.closed.emit))
        self.view.seal_requested.connect(self._on_seal)
        self.view.history_requested.connect(self._on_history)
        self.view.export_requested.connect(self._on_export)
        self.view.score_print_requested.connect(lambda: self.scores.print_out(self.view.session))
        self.view.score_save_requested.connect(lambda: self.scores.choose_folder(self.view.session))

    @property
    def subject(self) -> str:
        """What the open form is about, for sentences told elsewhere."""
        opened = self.saving.opened
        if opened is None:
            return ""
        project = opened.context.project
        return project.name if project else opened.title

    def open(
        self,
        task_id: str,
        project_id: str,
        *,
        note: str = "",
        reopen: bool = False,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Open a form, go on with `then` once it stands; `reopen` makes a sealed or received one editable."""

        def work(_ctx: JobContext) -> OpenFiling:
            opened = filings.open_filing(self.workspace, task_id, project_id)
            return filings.reopen(self.workspace, opened) if reopen else opened

        def show(opened: OpenFiling) -> None:
            self._show(opened, note)
            self.frame.show_page(FORM)
            if then is not None:
                then()

        self.leave(lambda: self.run(work, show))

    def leave(self, then: Callable[[], object]) -> None:
        """Save what is pending, then go on; nothing is waited for when nothing is pending."""
        if self.view.is_open():
            self.view.flush()
        self.saving.when_saved(then)

    def put_away(self) -> None:
        """Another page is in front: save, and let the form go once everything is kept."""
        if self.view.is_open():
            self.leave(self._let_go)

    def has_unsaved(self) -> bool:
        """Whether something typed is not in the database yet."""
        if self.view.is_open():
            self.view.flush()
        return self.saving.is_pending

    def give_up(self) -> None:
        """Let the form go with what could not be saved; only ever after the clerk has been asked."""
        self.view.close_form()
        self.saving.drop()

    def save_now(self) -> bool:
        """Save on this thread, before a crash is shown; whether everything is safe."""
        if self.view.is_open():
            self.view.flush()
        return self.saving.save_now()

    def on_change(self, change: ChangeSet) -> None:
        """Sealing gives numbers and closes the form, a kit brings other rules: read the open form anew."""
        is_ours = change.initiator is not None
        if self.saving.opened is None or is_ours or not change.topics & {Topic.FILINGS, Topic.KITS}:
            return
        if Topic.KITS in change.topics:
            self.leave(self._read_again)
        else:
            self._read_again()

    def close(self) -> None:
        """Let the form go."""
        self.saving.close()
        self.tools.close()
        self.scores.close()
        self.library.close()
        self.evidence.close()
        self.taking_over.close()
        self.remarks.close()
        self.view.close_form()
        super().close()

    # Showing ----------------------------------------------------------------------------------

    def _show(self, opened: OpenFiling, note: str = "", step: str = "") -> None:
        filing = opened.filing
        self.view.close_form()
        self.saving.begin(opened)
        self._saved_counts = None
        self.view.open(
            opened.form,
            opened.context,
            filing.answers,
            filing.explanations,
            read_only=not filing.status.is_editable,
            recovered_note=note,
        )
        self.library.begin()
        self.taking_over.begin(opened)
        if not filing.status.is_editable:
            self._offer_reopening(opened)
        if step:
            self.view.show_step(step)
        self.evidence.refresh()
        self.remarks.refresh()
        if filing.updated_at is not None:
            self.view.frame.foot.show_saved(f"上次保存 {near_time(filing.updated_at, self.workspace.today)}")

    def _offer_reopening(self, opened: OpenFiling) -> None:
        """Say why nothing can be changed here, with the way to change it all the same, or to file it once more."""
        bar, filing, further = self.view.frame.notice, opened.filing, opened.next_time
        sentence, action = _notice(opened)
        if further is not None:
            action = f"再次办理：{further.name.partition('〔')[0]}"
        tone = Tone.BAD if filing.status is FilingStatus.REFUSED else Tone.ACCENT
        bar.show_notice(sentence, tone, action=action)
        task_id = further.task_id if further else filing.task_id
        bar.action_requested.connect(lambda: self.open(task_id, filing.project_id, reopen=further is None))

    def _let_go(self) -> None:
        if self.frame.current_page() != FORM:
            self.view.close_form()
            self.saving.drop()

    def _read_again(self) -> None:
        opened = self.saving.opened
        if opened is not None:
            self.run(
                lambda _ctx: filings.opened_again(self.workspace, opened),
                lambda found: self._on_read_again(opened, found),
            )

    def _on_read_again(self, before: OpenFiling, found: OpenFiling | None) -> None:
        """Show what changed, never over what is being typed: that is saved first, then the form is read once more."""
        now = self.saving.opened
        if now is None or now.filing.filing_id != before.filing.filing_id:
            return
        is_new_kit = found is None or found.context.kit != now.context.kit
        if now is not before or self.has_unsaved():
            if is_new_kit:
                self.leave(self._read_again)
            return
        if found is None:
            self._take_leave(before)
        elif is_new_kit or _stands(found) != _stands(before):
            note = _new_kit_words(found.context.kit) if is_new_kit else ""
            self._show(found, note, self.view.frame.pages.current_key())

    def _take_leave(self, opened: OpenFiling) -> None:
        """The kit now in force has no task for this form: everything is kept, but it is not filled in here."""
        words = f"当前任务参数包里没有“{self.subject}”这份表的任务（{opened.context.task.name}），已填内容都已保存。"
        was_shown = self.frame.current_page() == FORM
        self.view.close_form()
        self.saving.drop()
        if was_shown:
            self.closed.emit()
        self.frame.notice.show_notice(words, Tone.CARE)

    # Saving -----------------------------------------------------------------------------------

    def _note(self) -> None:
        session = self.view.session
        if not session.read_only:
            self._saved_counts = session.counts
            self.saving.note(
                Batch(dict(session.answers), session.explanations, session.counts, session.authors)
            )

    def _on_checked(self) -> None:
        """Counts that a save has overtaken are saved after it."""
        if self._saved_counts is not None and self.view.session.counts != self._saved_counts:
            self._note()

    def _on_save_requested(self) -> None:
        self.view.flush()
        self.saving.save()

    def _on_saved(self, saved: OpenFiling) -> None:
        if saved.filing.updated_at is not None:
            self.frame.status.set_saved(SaveState.SAVED, saved.filing.updated_at)
            if self.view.is_open():
                self.view.set_saved(clock_time(saved.filing.updated_at))
        self.kept.emit()

    def _on_not_saved(self, sentence: str) -> None:
        self.frame.status.set_saved(SaveState.FAILED)
        if self.view.is_open():
            self.view.set_save_problem(f"没有保存：{sentence}已填内容仍在窗口里，会继续尝试保存。")
        self.not_saved.emit(sentence)

    # Two windows ------------------------------------------------------------------------------

    def _on_conflict(self, theirs: Filing) -> None:
        """Another window has saved other answers: nothing is overwritten, the clerk chooses."""
        opened, batch = self.saving.opened, self.saving.newest
        if opened is None or batch is None:
            return
        self.view.set_save_problem(
            "没有保存：这份表在另一个窗口里改过，请选择以哪边为准（Ctrl+S 再次选择）。"
        )
        if self._conflict is not None and self.is_open(self._conflict):
            return
        saved_at = near_time(theirs.updated_at, self.workspace.today) if theirs.updated_at else ""
        dialog = ConflictDialog(opened.form, batch.answers, theirs, saved_at, self.frame)
        self._conflict = dialog
        dialog.mine_chosen.connect(self.saving.keep_mine)
        dialog.theirs_chosen.connect(lambda: self._take_theirs(opened, theirs, batch))
        self.open_dialog(dialog)

    def _take_theirs(self, opened: OpenFiling, theirs: Filing, given_up: Batch) -> None:
        """What was typed here goes into the history; the form shows what the other window saved."""
        filing = opened.filing

        def work(_ctx: JobContext) -> OpenFiling:
            filings.set_aside(self.workspace, theirs, given_up.answers)
            return filings.open_filing(self.workspace, filing.task_id, filing.project_id)

        self.run(work, self._show)

    # Wishes -----------------------------------------------------------------------------------

    def _on_seal(self) -> None:
        opened = self.saving.opened
        if opened is not None:
            self.leave(lambda: self.seal_requested.emit(opened.filing.filing_id))

    def _on_history(self, place: Place) -> None:
        opened = self.saving.opened
        if opened is not None:
            self.leave(lambda: self.tools.show_history(opened, place))

    def _on_export(self) -> None:
        opened = self.saving.opened
        if opened is not None:
            self.tools.choose_export(opened)


def _stands(opened: OpenFiling) -> tuple[int, Approval | None]:
    """What of a form another page may have changed: the filing itself, or what it was approved with."""
    return opened.filing.revision, opened.approval


def _new_kit_words(kit: ParameterKit) -> str:
    """What has happened to the form while it was open."""
    return f"已换用{kit.name}第 {kit.version} 版，已填内容不变，已重新校验。"


_ADJUSTING = "批复以后确需调整的，请填报绩效目标调整申请（审批）表。"
"""An approved target is binding: what to do instead of changing it."""

_REFUSED = "财政部门撤回并退回修改的，装入退回修改通知后再改。"
"""A refused form stays as it is: what would open it again."""


def _notice(opened: OpenFiling) -> tuple[str, str]:
    """What stands above a form that is not open for changes, and what its button offers, "" for none."""
    filing, approval = opened.filing, opened.approval
    if filing.status is FilingStatus.EXEMPT:
        return f"已标记为无需填报：{filing.exempt_reason}", "改为需要填报"
    if filing.status is FilingStatus.REFUSED:
        said = f"{opened.refusal}。" if opened.refusal else ""
        return f"这份表{filing.status.label}（第 {filing.version} 版），只读。{said}{_REFUSED}", ""
    action = "修改后重新报送" if may_move(filing.status, FilingStatus.DRAFT) else ""
    adjusting = _ADJUSTING if filing.status in APPROVED and filing.form_id in TARGET_FORMS else ""
    told = f"这份表{filing.status.label}（第 {filing.version} 版），只读。"
    approved = f"{approval_words(approval).replace('　', '，')}。" if approval else ""
    return f"{told}{approved}{adjusting}", action
