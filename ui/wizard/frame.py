"""Everything on the screen for one open form (填报界面): bars, steps, pages, findings, help, find.

The parts are wired to each other here; what concerns the outside (saving, sealing, history) is only
passed on. One frame serves one session and goes with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from forms.answers import progress
from forms.evidence import missing
from forms.findings import Finding, Place
from forms.schema import TableSpec
from services.evidence import EvidenceList
from ui.theme import px
from ui.widgets.notice_bar import NoticeBar
from ui.wizard.assistance import Assistance
from ui.wizard.bars import FootBar, HeadBar
from ui.wizard.evidence_panel import EvidencePanel
from ui.wizard.find_bar import FindBar
from ui.wizard.findings.panel import FindingsPanel
from ui.wizard.help_panel import HelpPanel
from ui.wizard.help_texts import scope_of
from ui.wizard.pages import Pages
from ui.wizard.remarks.flow import RemarksFlow
from ui.wizard.scheduler import FOLLOW_AFTER_MS, CheckScheduler, QuietTimer
from ui.wizard.score_flow import ScoreFlow
from ui.wizard.search import places_with
from ui.wizard.session import Change, WizardSession
from ui.wizard.side import Side
from ui.wizard.step_states import CHECK_STEP, step_states, weight_note


class WizardFrame(QWidget):
    """The screen of one open form (填报界面)."""

    history_requested = Signal(Place)
    keep_requested = Signal(Place)
    seal_requested = Signal()
    export_requested = Signal()
    explained = Signal(str, str)
    evidence_wished = Signal(object)
    checked = Signal()

    def __init__(self, session: WizardSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.place: Place | None = None
        self.head, self.foot, self.side = HeadBar(), FootBar(), Side()
        self.recovered, self.notice = NoticeBar(), NoticeBar()
        self.find_bar, self.help, self.evidence = FindBar(), HelpPanel(), EvidencePanel()
        self.pages = Pages(session)
        self.findings = FindingsPanel(read_only=session.read_only)
        self.find_bar.hide()
        self.help.hide()
        self.evidence.hide()
        self.scheduler = CheckScheduler(
            session.check_in_slices,
            (self.show_findings, self.show_list, self.show_steps, self.show_figures),
            self,
        )
        self._following = QuietTimer(FOLLOW_AFTER_MS, self)
        self._following.quiet.connect(self.follow)
        self.assistance = Assistance(session, self.pages, self.scheduler, self)
        self.scores = ScoreFlow(session, self.pages, self.scheduler, self)
        self.remarks = RemarksFlow(session, self.pages, self.scheduler, self)
        self.side.show_score(self.scores.card)
        self._lay_out()
        self._connect()
        self.head.show_form(session.form, session.context, read_only=session.read_only)
        self.scheduler.checked.connect(self.checked)

    # Moving -----------------------------------------------------------------------------------

    def show_step(self, key: str) -> None:
        """Show a step by its key."""
        self.pages.show_step(key)

    def begin(self) -> None:
        """Put the cursor where filling in begins; a reader's stands on the steps."""
        if self._session.read_only:
            self.side.steps.setFocus()
        else:
            self.pages.focus_first()

    def step_by(self, by: int) -> None:
        """Go to the step before or after, cursor at its beginning."""
        key = self.pages.neighbour(by)
        if key:
            self.pages.show_step(key)
            self.pages.focus_first()

    def go_to_finding(self, finding: Finding) -> None:
        """Show what a finding is about; with several places all of them are tinted."""
        self.pages.show_spoken_of((finding.place, *finding.also) if finding.also else ())
        self.pages.go_to(finding.place)

    def step_finding(self, by: int) -> None:
        """Go to the next or previous finding and to its place; while the remarks are shown, to the next of them."""
        if self.remarks.panel.isVisible():
            self.remarks.step(by)
            return
        finding = self.findings.step(by)
        if finding is not None:
            self.go_to_finding(finding)

    def find_next(self) -> None:
        """The next place found; the search field when nothing has been searched for."""
        if self.find_bar.isVisible():
            self.find_bar.step(1)
        else:
            self.find_bar.begin()

    def toggle_help(self) -> None:
        """Show or hide the help for the current field."""
        is_wanted = self.help.isHidden()
        self._clear_side()
        self.help.setVisible(is_wanted)
        self._show_help()

    def toggle_evidence(self) -> None:
        """Show or hide what is attached; it takes the place of help and suggestions."""
        is_wanted = self.evidence.isHidden()
        self._clear_side()
        self.evidence.show_answers(self._session.answers)
        self.evidence.set_place(self.place)
        self.evidence.setVisible(is_wanted)

    def _clear_side(self) -> None:
        """Only one panel at a time stands beside the page."""
        for panel in (
            self.help,
            self.evidence,
            self.assistance.panel,
            self.scores.panel,
            self.remarks.panel,
        ):
            panel.hide()

    def fold_away(self) -> bool:
        """Close what Esc closes: help or evidence, then the search; False when none was open."""
        if self.scores.panel.isVisible():
            self.scores.close()
            return True
        for part in (self.help, self.assistance.panel, self.evidence, self.remarks.panel, self.find_bar):
            if part.isVisible():
                part.hide()
                return True
        return False

    # Showing ----------------------------------------------------------------------------------

    def show_change(self, change: Change) -> None:
        """An edit was made: show it where it stands; what follows from it comes when typing pauses, or is shown now."""
        self.pages.show_change(change)
        if change.is_settling:
            return
        self._following.note()
        self.head.show_undo(self._session.can_undo, self._session.can_redo)
        if not self._session.read_only:
            self.scheduler.restart()

    @property
    def is_following(self) -> bool:
        """Whether scores, lights and sums are still to follow what was written."""
        return self._following.is_active

    def follow(self) -> None:
        """Typing has paused or a place was left: show all that follows from what was written."""
        self._following.stop()
        self._session.settle()
        self.pages.show_sums()
        self.scores.show_answers()
        if self.evidence.isVisible():
            self.evidence.show_answers(self._session.answers)

    def stop(self) -> None:
        """Nothing runs by itself any more (the form is closed)."""
        self.scheduler.stop()
        self._following.stop()

    def show_findings(self) -> None:
        """Mark fields and cells."""
        self.pages.show_report(self._session.report)

    def show_list(self) -> None:
        """Fill the list below."""
        self.findings.show_report(self._session.report, self._session.explanations)

    def show_steps(self) -> None:
        """Show how the steps stand."""
        if self.side.steps.show_states(step_states(self._session)):
            self.side.fit()

    def show_figures(self) -> None:
        """Show progress and points."""
        session = self._session
        percent = progress(session.form, session.context, session.answers, session.begun)
        self.side.card.show_figures(percent, weight_note(session))

    def show_evidence(self, shown: EvidenceList, thumbnails: Mapping[str, QImage]) -> None:
        """Show what is attached: beside the page, at the rows, and to the checks."""
        session = self._session
        files = tuple(item.file for item in shown.items)
        if session.set_evidence(files):
            self.scheduler.restart()
        needed = missing(session.form, session.context, session.answers)
        self.evidence.show_list(shown, session.answers, needed, thumbnails)
        self.head.show_evidence(len(files))
        self.pages.show_evidence(Counter(file.place for file in files))

    def show_all(self) -> None:
        """Show the session's report everywhere at once."""
        for show in (self.show_findings, self.show_list, self.show_steps, self.show_figures):
            show()

    # Inside -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        """Steps at the left; bars, page and findings at the right."""
        middle = QWidget()
        line = QHBoxLayout(middle)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(10))
        line.addWidget(self.pages, 1)
        line.addWidget(self.help)
        line.addWidget(self.evidence)
        line.addWidget(self.assistance.panel)
        line.addWidget(self.scores.panel)
        line.addWidget(self.remarks.panel)
        self._usual_sizes: list[int] = []
        self._splitter = splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setProperty("role", "pages")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(px(8))
        splitter.addWidget(middle)
        splitter.addWidget(self.findings)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 0)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(px(18), px(12), px(18), px(12))
        column.setSpacing(px(8))
        for item in (self.head, self.recovered, self.notice, self.find_bar):
            column.addWidget(item)
        column.addWidget(splitter, 1)
        column.addWidget(self.foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.side)
        whole.addWidget(content, 1)

    def _connect(self) -> None:
        """Let the parts speak to each other."""
        self.head.find_requested.connect(self.find_bar.begin)
        self.foot.back_requested.connect(lambda: self.step_by(-1))
        self.foot.forward_requested.connect(lambda: self.step_by(1))
        self.side.steps.chosen.connect(self._on_step_chosen)
        self.pages.entered.connect(self._on_entered)
        self.pages.left.connect(self._on_left)
        self.pages.shown.connect(self._on_step_shown)
        self.pages.history_requested.connect(self.history_requested)
        self.pages.check_page.seal_requested.connect(self.seal_requested)
        self.pages.check_page.export_requested.connect(self.export_requested)
        self.find_bar.searched.connect(self._on_searched)
        self.find_bar.place_chosen.connect(self.pages.go_to)
        self.find_bar.closed.connect(self._on_find_closed)
        self.help.closed.connect(self.help.hide)
        self.head.evidence_requested.connect(self.toggle_evidence)
        self.evidence.closed.connect(self.evidence.hide)
        self.evidence.wished.connect(self.evidence_wished)
        self.pages.keep_requested.connect(self.keep_requested)
        for side in (self.assistance, self.scores, self.remarks):
            side.opened.connect(self._clear_side)
        self.remarks.counted.connect(self._on_remarks_counted)
        self.head.remarks_requested.connect(self.remarks.toggle)
        self.help.history_requested.connect(self._on_history)
        self.findings.folded.connect(self._on_folded)
        self.findings.room_wanted.connect(self._on_room_wanted)
        self.findings.fitted.connect(self._on_fitted)
        for source in (self.findings, self.pages.check_page):
            source.go_requested.connect(self.go_to_finding)
            source.why_shown.connect(self._on_why)
            source.explained.connect(self._on_explained)

    def _on_step_chosen(self, key: str) -> None:
        self.pages.show_step(key)
        self.pages.focus_first()

    def _on_step_shown(self, key: str) -> None:
        """Mark the step, name its neighbours, and leave the list to the checklist on the last step."""
        self.side.steps.show_current(key)
        if self.place is not None and self.place.field not in self.pages.item_keys():
            self.place = None
            self.evidence.set_place(None)
        if self.help.isVisible():
            self._show_help()
        self.findings.setVisible(key != CHECK_STEP and self._session.is_checked)
        titles = {step.key: step.title for step in self._session.form.steps} | {CHECK_STEP: "检查与报送"}
        before, after = self.pages.neighbour(-1), self.pages.neighbour(1)
        self.foot.show_way(titles.get(before, ""), titles.get(after, ""))
        self._order_tabs()
        if key == CHECK_STEP:
            self.show_findings()

    def _order_tabs(self) -> None:
        """From the page's last field Tab leads to the findings and on to the next step."""
        last = self.pages.last_stop()
        stops = [stop for stop in (last, self.findings.list, self.foot.back, self.foot.forward) if stop]
        for stop, following in pairwise(stops):
            QWidget.setTabOrder(stop, following)

    def _on_left(self) -> None:
        """A field or cell was left: its undo step is done, and what follows from it is there before the next one."""
        self._session.end_run()
        if self.is_following:
            self.follow()

    def _on_entered(self, place: Place) -> None:
        self.place = place
        if self.evidence.isVisible():
            self.evidence.show_answers(self._session.answers)
            self.evidence.set_place(place)
        if self.help.isVisible():
            self._show_help()

    def _show_help(self) -> None:
        """Fill the help for the current field, the page's first one when there is none yet."""
        place = self.place or self._first_place()
        findings = [f for f in self._session.report.findings if f.place == place]
        session = self._session
        scope = scope_of(session.context, session.row(place))
        self.help.show_help(session.spec(place), session.context, findings, scope)

    def _first_place(self) -> Place:
        """The first field of the page shown, or the first column of its table."""
        session, key = self._session, self.pages.current_key()
        steps = [step for step in session.form.steps if step.key == key] or session.form.steps
        item = steps[0].sections[0].items[0]
        if isinstance(item, TableSpec):
            return Place(item.key, "", item.visible_columns(session.context)[0].key)
        return Place(item.key)

    def _on_remarks_counted(self, waiting: int, total: int) -> None:
        self.head.show_remarks(waiting, total)
        self.show_steps()

    def _on_history(self) -> None:
        if self.place is not None:
            self.history_requested.emit(self.place)

    def _on_searched(self, text: str) -> None:
        self.find_bar.show_found(places_with(self._session, text))

    def _on_find_closed(self) -> None:
        self.find_bar.hide()
        if self.place is not None:
            self.pages.go_to(self.place)

    def _on_room_wanted(self, height: int) -> None:
        """Give an open finding room, never more than half of the whole; what was there comes back."""
        sizes = self._splitter.sizes()
        self._usual_sizes = self._usual_sizes or sizes
        below = max(min(height, sum(sizes) // 2), self._usual_sizes[1])
        self._splitter.setSizes([sum(sizes) - below, below])

    def _on_folded(self) -> None:
        self.pages.show_spoken_of(())
        if self._usual_sizes:
            self._splitter.setSizes(self._usual_sizes)
            self._usual_sizes = []

    def _on_fitted(self, height: int) -> None:
        """A list that was folded away leaves its room to the page, which Qt does not do by itself."""
        self._usual_sizes = []
        self._splitter.setSizes([self._splitter.height() - height, height])

    def _on_why(self, finding: Finding) -> None:
        """Tint every place a finding speaks of, and show the first of them."""
        self.pages.show_spoken_of((finding.place, *finding.also))
        if self.pages.current_key() != CHECK_STEP:
            step = self._session.form.step_of(finding.place.field)
            self.pages.show_step(step.key)

    def _on_explained(self, key: str, text: str) -> None:
        """Keep an explanation; counts follow at once."""
        self._session.explain(key, text)
        explanations = self._session.explanations
        self.findings.show_explanations(explanations)
        self.pages.check_page.show_counts(self._session.counts)
        self.show_steps()
        self.explained.emit(key, text)
