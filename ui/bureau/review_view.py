"""Review (审核): the queue on the left, the filer's own form in the middle, remarks on the right, the decision below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from forms.findings import Finding, Place, place_of
from models.domain.filing_status import FilingStatus
from models.domain.review import ReviewOutcome
from ui.bureau.decision_bar import DecisionBar, Typed
from ui.bureau.received_form_page import ReceivedFormPage
from ui.bureau.remark_editor import BegunRemark
from ui.bureau.remark_panel import RemarkPanel
from ui.bureau.review_panes import ReviewPanes
from ui.bureau.review_queue_panel import QueuePanel
from ui.widgets.empty_state import EmptyState
from ui.widgets.shortcuts import add_shortcut

if TYPE_CHECKING:
    from services.review.sheet import ReviewSheet

_REVERSIBLE = (FilingStatus.IN_REVIEW, FilingStatus.RETURNED, FilingStatus.PASSED)
"""States in which the last decision can still be taken back; later ones bind others already."""
UNSAVED_REMARK = "写了一半的意见还没有保存。请先点“保存意见”，不要的点“取消”，再定。"
PAST_VERSION = "正在看的不是现在采用的一版。接收核对只列采用的那一版（第 {version} 版），选回那一版就能看到。"
CHOOSE = "在左边选一份表，就地审核"
CHOOSE_HINT = (
    "↑ ↓ 换一份　Ctrl+Enter 审核通过并转下一份　Ctrl+R 退回修改　Ctrl+M 写意见　F7 下一条意见　F5 刷新列表"
)

_Submission = tuple[str, int, str]


class ReviewView(QWidget):
    """The page 审核 (审核页); `remark_wished` carries the place the cursor stands at, None for the form as a whole."""

    remark_wished = Signal(object)
    refresh_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.sheet: ReviewSheet | None = None
        self._place: Place | None = None
        self._findings: tuple[Finding, ...] = ()
        self._begun: dict[_Submission, tuple[Typed, BegunRemark | None]] = {}
        self.queue, self.remarks = QueuePanel(), RemarkPanel()
        self.form, self.decision = ReceivedFormPage(is_narrow=True), DecisionBar()
        self.empty = EmptyState(CHOOSE, hint=CHOOSE_HINT, icon_name="review")
        self._middle = QStackedWidget()
        self._middle.addWidget(self.empty)
        self._middle.addWidget(self.form)
        self.setFocusProxy(self.queue.list)
        self._lay_out()
        self._connect()

    def show_sheet(self, sheet: ReviewSheet | None, own_name: str) -> None:
        """Show a filing; one read anew, or come back to, keeps what was typed and not decided or saved yet."""
        if self.sheet is not None:
            self._begun[_submission(self.sheet)] = self.decision.typed(), self.remarks.editor.begun()
        before, self.sheet = self.sheet, sheet
        is_same = before is not None and sheet is not None and _submission(before) == _submission(sheet)
        if not is_same:
            self._place = None
            self.remarks.editor.close_editor()
            if sheet is not None:
                self._open(sheet)
            else:
                self.form.close_form()
        self._middle.setCurrentWidget(self.form if sheet is not None else self.empty)
        keeps_text = is_same and before is not None and sheet is not None and before.step == sheet.step
        self.decision.show_sheet(sheet, keeps_text=keeps_text)
        self._show_remarks(own_name)
        if sheet is not None and not is_same:
            self._go_on(sheet)

    def _go_on(self, sheet: ReviewSheet) -> None:
        """What was begun on a filing before another one was looked at."""
        typed, remark = self._begun.get(_submission(sheet), (Typed(), None))
        if not sheet.obstacle:
            self.decision.retype(typed)
        if remark is not None and self._may_write():
            self.remarks.editor.go_on(remark)

    def forget_all(self) -> None:
        """Nothing that one person typed, ticked or was told is left to another."""
        self._begun.clear()
        self.decision.tell("")
        self.queue.list.lines.tick_all(False)

    def has_unsaved_remark(self) -> bool:
        """Whether a remark was begun and not saved; then it is said, and the keyboard goes there."""
        if self.remarks.editor.begun() is None:
            return False
        self.decision.show_problem(UNSAVED_REMARK)
        self.panes.show_remarks()
        self.remarks.editor.text.setFocus()
        return True

    def leave_bar(self) -> None:
        """The keyboard goes to the list: a button that cannot be pressed meanwhile would pass it to anything."""
        holder = self.focusWidget()
        if holder is not None and self.decision.isAncestorOf(holder) and self.queue.list.isVisible():
            self.queue.list.setFocus()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what the receiving desk's own checks say of the filing shown; of its version in force alone."""
        self._findings = tuple(findings)
        sheet, shown = self.sheet, self.form.version()
        current = sheet.received.in_force if sheet is not None else None
        if current is None or shown is None or shown.manifest_sha256 == current.manifest_sha256:
            self.remarks.show_findings(findings)
        else:
            self.remarks.show_findings((), PAST_VERSION.format(version=current.version))
        self.panes.set_count(self.remarks.count())

    def go_to(self, path: str) -> None:
        """Show the place of a remark; one on the whole form goes to its first page."""
        if self.sheet is None:
            return
        wizard = self.form.wizard()
        if not path:
            wizard.show_step(wizard.session.form.steps[0].key)
            return
        place = place_of(path)
        wizard.go_to(place)
        wizard.frame.pages.show_spoken_of((place,))

    def place(self) -> Place | None:
        """Where the cursor stands in the form, None while nowhere."""
        return self._place

    def _open(self, sheet: ReviewSheet) -> None:
        """Open the form; the keyboard stays where it was."""
        holder = self.focusWidget()
        self.form.open(sheet.received)
        if holder is not None and self.isAncestorOf(holder) and holder.isVisible():
            holder.setFocus()
        else:
            self.queue.list.setFocus()

    def _show_remarks(self, own_name: str) -> None:
        sheet = self.sheet
        comments = sheet.line.comments if sheet else ()
        decisions = sheet.line.decisions if sheet else ()
        may_withdraw = sheet is not None and sheet.line.filing.status in _REVERSIBLE
        self.remarks.show_review(
            comments, decisions, own_name, may_write=self._may_write(), may_withdraw=may_withdraw
        )
        from_bureau = sheet.from_bureau if sheet else ()
        self.remarks.show_bureau(from_bureau)
        self.panes.set_count(self.remarks.count())
        if sheet is not None:
            places = [place_of(item.place) for item in (*comments, *from_bureau) if item.place]
            self.form.wizard().frame.pages.show_spoken_of(places)

    def _on_version(self, _version: object) -> None:
        """Another submission is shown: its screen tells where the cursor goes."""
        self._place = None
        self.form.wizard().frame.pages.entered.connect(self._on_entered)
        self.remarks.write_button.setEnabled(self._may_write())
        self.show_findings(self._findings)

    def _may_write(self) -> bool:
        """Remarks are made on the version under review, while it is somebody's turn."""
        sheet, shown = self.sheet, self.form.version()
        is_present = sheet is not None and shown is not None and shown.version == sheet.line.filing.version
        return is_present and sheet is not None and not sheet.obstacle

    def _on_finding(self, finding: Finding) -> None:
        """To its place in the form; one about the filing as a whole leads to its versions."""
        if finding.place.field:
            self.go_to(finding.place.path)
        else:
            self.form.ask_versions()

    def _on_entered(self, place: Place) -> None:
        self._place = place

    def _lay_out(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._middle, 1)
        column.addWidget(self.decision)
        self.panes = ReviewPanes(self.queue, middle, self.remarks)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.panes)

    def _connect(self) -> None:
        self.form.version_shown.connect(self._on_version)
        self.remarks.place_requested.connect(self.go_to)
        self.remarks.finding_opened.connect(self._on_finding)
        self.remarks.write_requested.connect(self._on_write)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            add_shortcut(self, keys, self._on_enter, within_only=True)
        add_shortcut(self, "Ctrl+R", lambda: self.decision.decide(ReviewOutcome.RETURN), within_only=True)
        add_shortcut(self, "Ctrl+M", self._on_write, within_only=True)
        add_shortcut(self, "F5", self.refresh_wished.emit, within_only=True)
        add_shortcut(self, "F7", lambda: self._on_step(1), within_only=True)
        add_shortcut(self, "Shift+F7", lambda: self._on_step(-1), within_only=True)
        add_shortcut(self, "Alt+Down", lambda: self.queue.list.step(1), within_only=True)
        add_shortcut(self, "Alt+Up", lambda: self.queue.list.step(-1), within_only=True)

    def _on_enter(self) -> None:
        """A remark being written is kept; else the filing passes."""
        if self.remarks.editor.isVisible():
            self.remarks.editor.submit()
        else:
            self.decision.decide(ReviewOutcome.PASS)

    def _on_step(self, by: int) -> None:
        self.panes.show_remarks()
        self.remarks.step(by)

    def _on_write(self) -> None:
        if self.remarks.write_button.isEnabled():
            self.panes.show_remarks()
            self.remark_wished.emit(self._place)


def _submission(sheet: ReviewSheet) -> _Submission:
    """What is under review: of two submissions of one number the one that was decided for."""
    current = sheet.received.in_force
    filing = sheet.received.filing
    return filing.filing_id, filing.version, current.manifest_sha256 if current is not None else ""
