"""Everything on the screen for one open form (填报界面): bars, steps, pages, findings, help, find.

The parts are wired to each other here; what concerns the outside (saving, sealing, history) is only
passed on. One frame serves one session and goes with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from forms.answers import progress
from forms.evidence import missing
from forms.findings import Finding, Place
from services.evidence import EvidenceList
from ui.theme import px
from ui.widgets.notice_bar import NoticeBar
from ui.wizard.assistance import Assistance
from ui.wizard.bars import FootBar, HeadBar
from ui.wizard.find_bar import FindBar
from ui.wizard.findings.panel import FindingsPanel
from ui.wizard.page_split import PageSplit
from ui.wizard.pages import Pages
from ui.wizard.remarks.flow import RemarksFlow
from ui.wizard.scheduler import FOLLOW_AFTER_MS, CheckScheduler, QuietTimer
from ui.wizard.score_flow import ScoreFlow
from ui.wizard.search import places_with
from ui.wizard.session import Change, WizardSession
from ui.wizard.side import Side
from ui.wizard.side_panels import SidePanels
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
        self.head, self.foot, self.side = HeadBar(), FootBar(), Side()
        self.recovered, self.notice = NoticeBar(), NoticeBar()
        self.find_bar = FindBar()
        self.pages = Pages(session)
        self.findings = FindingsPanel(read_only=session.read_only)
        self.find_bar.hide()
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
        self.beside = SidePanels(session, self.pages, (self.assistance, self.scores, self.remarks), self)
        self.help, self.evidence = self.beside.help, self.beside.evidence
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
        self.beside.toggle_help()

    def fold_away(self) -> bool:
        """Close what Esc closes: what stands beside the page, then the search; False when none was open."""
        if self.beside.fold_away():
            return True
        is_open = self.find_bar.isVisible()
        self.find_bar.hide()
        return is_open

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
        self.beside.follow()

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
        self.beside.lay_into(line)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(px(18), px(12), px(18), px(12))
        column.setSpacing(px(8))
        for item in (self.head, self.recovered, self.notice, self.find_bar):
            column.addWidget(item)
        column.addWidget(PageSplit(middle, self.findings), 1)
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
        self.pages.left.connect(self._on_left)
        self.pages.shown.connect(self._on_step_shown)
        self.pages.history_requested.connect(self.history_requested)
        self.pages.check_page.seal_requested.connect(self.seal_requested)
        self.pages.check_page.export_requested.connect(self.export_requested)
        self.find_bar.searched.connect(self._on_searched)
        self.find_bar.place_chosen.connect(self.pages.go_to)
        self.find_bar.closed.connect(self._on_find_closed)
        self.head.evidence_requested.connect(self.beside.toggle_evidence)
        self.evidence.wished.connect(self.evidence_wished)
        self.pages.keep_requested.connect(self.keep_requested)
        self.remarks.counted.connect(self._on_remarks_counted)
        self.head.remarks_requested.connect(self.remarks.toggle)
        self.beside.history_requested.connect(self.history_requested)
        self.findings.folded.connect(lambda: self.pages.show_spoken_of(()))
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
        self.beside.show_step()
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

    def _on_remarks_counted(self, waiting: int, total: int) -> None:
        self.head.show_remarks(waiting, total)
        self.show_steps()

    def _on_searched(self, text: str) -> None:
        self.find_bar.show_found(places_with(self._session, text))

    def _on_find_closed(self) -> None:
        self.find_bar.hide()
        if self.beside.place is not None:
            self.pages.go_to(self.beside.place)

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
