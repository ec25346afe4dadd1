"""The wizard as a page of the desk (填报向导): it shows one form, keeps what is typed, tells what happened.

It knows no service: answers come in by `open`, every keystroke goes out by `answer_changed`, batches
of them by `answers_changed`, and whoever saves says so by `set_saved`. The bureau opens the same
view read-only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from forms.checks.engine import CheckReport
from forms.context import FormContext
from forms.findings import FindingCounts, Place
from forms.schema import FormSpec
from models.domain.filing import Answers
from services.evidence import EvidenceList
from services.remark_answers import RemarkSheet
from ui.preview.window import PreviewWindow
from ui.theme import Tone
from ui.wizard import memory
from ui.wizard.dress import dress
from ui.wizard.frame import WizardFrame
from ui.wizard.keys import Wish, wish_of
from ui.wizard.scheduler import BatchTimer
from ui.wizard.session import Change, WizardSession
from ui.wizard.taking_over import TakeWish


class WizardView(QWidget):
    """One form being filled in or read (填报向导).

    `answer_changed` (Place, value) tells each keystroke, or (Place of the table, rows) when rows came,
    went or moved; `answers_changed` (answers) a batch of them, 300 ms after the last and at the
    latest one second after the first; `explanation_changed` (key, text) an explanation; `evidence_wished`
    what is wanted done with evidence (ui/wizard/evidence_wishes.py), `taking_over_wished` what is to come
    from elsewhere or go out (ui/wizard/taking_over.py); `remark_answered` (comment id, text) an answer to keep.
    """

    answer_changed = Signal(Place, object)
    answers_changed = Signal(object)
    explanation_changed = Signal(str, str)
    checked = Signal(CheckReport)
    save_requested = Signal()
    preview_requested = Signal()
    close_requested = Signal()
    seal_requested = Signal()
    export_requested = Signal()
    score_print_requested = Signal()
    score_save_requested = Signal()
    history_requested = Signal(Place)
    evidence_wished = Signal(object)
    taking_over_wished = Signal(object)
    remark_answered = Signal(str, str)
    library_used = Signal(str)
    library_keep_requested = Signal(object)
    library_drop_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: WizardSession | None = None
        self._frame: WizardFrame | None = None
        self._preview: PreviewWindow | None = None
        self._outer = QHBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._batch = BatchTimer(self)
        self._batch.due.connect(self._on_batch_due)

    # What others call -------------------------------------------------------------------------

    def open(
        self,
        form: FormSpec,
        context: FormContext,
        answers: Answers,
        explanations: Mapping[str, str],
        *,
        read_only: bool = False,
        is_checked: bool = True,
        notices: Sequence[str] = (),
        recovered_note: str = "",
    ) -> None:
        """Show a form. `notices` are sentences for above the page, `recovered_note` what was brought back."""
        self.close_form()
        dress(self)
        session = WizardSession(
            form, context, answers, explanations, read_only=read_only, is_checked=is_checked
        )
        frame = WizardFrame(session)
        self._session, self._frame = session, frame
        session.listen(self._on_change)
        self._connect(frame)
        self._outer.addWidget(frame)
        if recovered_note:
            frame.recovered.show_notice(recovered_note, Tone.CARE)
        if notices:
            frame.notice.show_notice("\n".join(notices), Tone.ACCENT)
        if is_checked:
            frame.scheduler.run_now()
        else:
            frame.show_all()
        frame.head.show_undo(False, False)
        frame.show_step(form.steps[0].key)
        frame.begin()
        memory.set_aside()

    def close_form(self) -> None:
        """Hand on what is pending and let the form go."""
        self.flush()
        if self._preview is not None:
            self._preview.close()
            self._preview.deleteLater()
            self._preview = None
        if self._frame is not None:
            self._frame.stop()
            self._frame.assistance.close()
            self._outer.removeWidget(self._frame)
            self._frame.hide()
            self._frame.deleteLater()
            self._frame = None
            memory.give_back()
        self._session = None

    @property
    def session(self) -> WizardSession:
        """The session of the open form; there must be one."""
        assert self._session is not None, "no form is open"
        return self._session

    @property
    def frame(self) -> WizardFrame:
        """The screen of the open form; there must be one."""
        assert self._frame is not None, "no form is open"
        return self._frame

    def is_open(self) -> bool:
        """Whether a form is open."""
        return self._session is not None

    def answers(self) -> Answers:
        """The answers as they stand."""
        return self.session.answers

    def explanations(self) -> Mapping[str, str]:
        """The explanations as they stand."""
        return self.session.explanations

    def counts(self) -> FindingCounts:
        """Open findings of the last check."""
        return self.session.counts

    def flush(self) -> None:
        """Hand on at once what was typed and not handed on yet."""
        self._batch.flush()
        if self._frame is not None:
            self._frame.remarks.flush()

    def check_now(self) -> CheckReport:
        """Run the checks at once and show them (before sealing)."""
        self.frame.scheduler.run_now()
        return self.session.report

    def set_saved(self, time_text: str) -> None:
        """Everything handed on so far was kept, at this time (10:32:07)."""
        self.frame.foot.show_saved(f"已自动保存 {time_text}")

    def set_save_problem(self, sentence: str) -> None:
        """What was handed on could not be kept, and what to do; the text stays here."""
        self.frame.foot.show_saved(sentence, Tone.BAD)

    def set_check_report(self, report: CheckReport) -> None:
        """Show a report made elsewhere (what the checks said when the form was sealed)."""
        self.frame.scheduler.stop()
        self.session.report = report
        self.frame.show_all()

    def set_evidence(self, shown: EvidenceList, thumbnails: Mapping[str, QImage]) -> None:
        """Show what is attached to the form; pictures may follow by `set_thumbnails`."""
        self.frame.show_evidence(shown, thumbnails)

    def set_thumbnails(self, thumbnails: Mapping[str, QImage]) -> None:
        """Show pictures that have been read meanwhile, by digest."""
        self.frame.evidence.show_thumbnails(thumbnails)

    def set_remarks(self, sheet: RemarkSheet) -> None:
        """Show what reviewers have remarked on the form."""
        self.frame.remarks.show_sheet(sheet)

    def show_step(self, key: str) -> None:
        """Show a step by its key; `step_states.CHECK_STEP` is the last."""
        self.frame.show_step(key)

    def go_to(self, place: Place, *, edit: bool = False) -> bool:
        """Show a field or cell and put the cursor there; False when the form has no such place."""
        return self.frame.pages.go_to(place, edit=edit)

    def show_preview(self) -> None:
        """Open the form as it will be printed, in a window of its own."""
        if self._preview is None:
            self._preview = PreviewWindow(self)
            self._preview.place_chosen.connect(self._on_preview_place)
            self._preview.export_requested.connect(self._on_export)
            self.frame.checked.connect(self._refresh_preview)
        self._draw_preview(self._preview)
        self._preview.show()
        self._preview.raise_()
        self._preview.activateWindow()
        self.preview_requested.emit()

    def preview(self) -> PreviewWindow | None:
        """The preview's window, None before it was opened."""
        return self._preview

    # Inside -----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Claim the wizard's keys before anybody's shortcut takes them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and wish_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the wizard's keys ask for."""
        if self._frame is None:
            super().keyPressEvent(event)
            return
        wish = wish_of(event)
        if wish is not None:
            self._works(self._frame)[wish]()
        elif event.key() != Qt.Key.Key_Escape or not self._frame.fold_away():
            super().keyPressEvent(event)

    def hasHeightForWidth(self) -> bool:
        """No: its parts scroll by themselves, so it takes the height there is, whatever its notices wrap to."""
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        """Leaving the page hands on what is pending."""
        super().hideEvent(event)
        self.flush()
        if self._frame is not None and self._frame.scheduler.is_busy:
            self._frame.scheduler.run_now()

    def _works(self, frame: WizardFrame) -> Mapping[Wish, Callable[[], object]]:
        """What each wish does."""
        return {
            Wish.SAVE: self._on_save,
            Wish.UNDO: self.session.undo,
            Wish.REDO: self.session.redo,
            Wish.FIND: frame.find_bar.begin,
            Wish.FIND_NEXT: frame.find_next,
            Wish.HELP: frame.toggle_help,
            Wish.PREVIEW: self.show_preview,
            Wish.EVIDENCE: frame.beside.toggle_evidence,
            Wish.TAKE_OVER: frame.head.open_taking_over,
            Wish.NEXT_FINDING: lambda: frame.step_finding(1),
            Wish.PREVIOUS_FINDING: lambda: frame.step_finding(-1),
            Wish.NEXT_STEP: lambda: frame.step_by(1),
            Wish.PREVIOUS_STEP: lambda: frame.step_by(-1),
            Wish.LIBRARY: frame.assistance.open_library,
            Wish.NEXT_ADVICE: lambda: frame.assistance.step_advice(1),
            Wish.PREVIOUS_ADVICE: lambda: frame.assistance.step_advice(-1),
            Wish.SCORE: frame.scores.toggle,
            Wish.TOTAL_SCORE: frame.scores.show_total,
            Wish.REMARKS: frame.remarks.toggle,
        }

    def _connect(self, frame: WizardFrame) -> None:
        """Pass on what concerns the outside."""
        frame.head.close_requested.connect(self._on_close)
        frame.head.undo_requested.connect(self.session.undo)
        frame.head.redo_requested.connect(self.session.redo)
        frame.head.preview_requested.connect(self.show_preview)
        frame.history_requested.connect(self.history_requested)
        frame.head.taking_over.wished.connect(self.taking_over_wished)
        frame.evidence_wished.connect(self.evidence_wished)
        frame.remarks.answered.connect(self.remark_answered)
        frame.remarks.comparison_requested.connect(lambda: self.taking_over_wished.emit(TakeWish.COMPARE))
        frame.assistance.library.used.connect(self.library_used)
        frame.assistance.library.drop_requested.connect(self.library_drop_requested)
        frame.keep_requested.connect(lambda place: self.library_keep_requested.emit(self.session.row(place)))
        frame.seal_requested.connect(self._on_seal)
        frame.export_requested.connect(self._on_export)
        frame.scores.print_requested.connect(self._on_score_print)
        frame.scores.save_requested.connect(self._on_score_save)
        frame.explained.connect(self.explanation_changed)
        frame.checked.connect(lambda: self.checked.emit(self.session.report))

    def _on_change(self, change: Change) -> None:
        """An edit: show it, tell it, and let the batch run."""
        self.frame.show_change(change)
        if change.place is not None:
            self.answer_changed.emit(change.place, change.value)
        else:
            for key in change.touched():
                self.answer_changed.emit(Place(key), change.after.get(key))
        if not change.is_settling:
            self._batch.note()

    def _on_batch_due(self) -> None:
        if self._session is not None:
            self._session.end_run()
            self.answers_changed.emit(self._session.answers)

    def _on_save(self) -> None:
        self.flush()
        self.save_requested.emit()

    def _on_close(self) -> None:
        self.flush()
        self.close_requested.emit()

    def _on_seal(self) -> None:
        """Nothing typed may be missing from what is sealed."""
        self.flush()
        if self.check_now() and self.counts().allows_sealing:
            self.seal_requested.emit()

    def _on_export(self) -> None:
        """Nothing typed may be missing from what is written."""
        self.flush()
        self.export_requested.emit()

    def _on_score_print(self) -> None:
        """Nothing typed may be missing from the reasons on paper."""
        self.flush()
        self.score_print_requested.emit()

    def _on_score_save(self) -> None:
        """Nothing typed may be missing from the reasons in the files."""
        self.flush()
        self.score_save_requested.emit()

    def _on_preview_place(self, place: Place) -> None:
        self.go_to(place)
        self.activateWindow()

    def _refresh_preview(self) -> None:
        if self._preview is not None and self._preview.isVisible():
            self._draw_preview(self._preview)

    def _draw_preview(self, preview: PreviewWindow) -> None:
        """The form as it would be printed now: 草稿 while something blocking is open, as on paper."""
        session = self.session
        is_draft = not session.read_only and session.counts.blocking > 0
        preview.show_form(session.form, session.context, session.answers, is_draft=is_draft)
