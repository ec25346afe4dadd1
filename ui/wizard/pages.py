"""The pages of the form, one shown at a time (页面区): made when first visited, told of changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from forms.checks.engine import CheckReport
from forms.findings import Finding, Place
from ui.wizard.check_page import CheckPage
from ui.wizard.session import Change, WizardSession
from ui.wizard.step_page import StepPage
from ui.wizard.step_states import CHECK_STEP
from ui.wizard.table_panel import TablePanel


class Pages(QStackedWidget):
    """Step pages and the checklist (页面区)."""

    entered = Signal(Place)
    left = Signal()
    history_requested = Signal(Place)
    library_requested = Signal(str)
    coach_requested = Signal(str)
    keep_requested = Signal(Place)
    shown = Signal(str)

    def __init__(self, session: WizardSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pages: dict[str, StepPage] = {}
        self._panels: dict[str, TablePanel] = {}
        self._findings: Sequence[Finding] = ()
        self._spoken: frozenset[Place] = frozenset()
        self._attached: Mapping[str, int] = {}
        self._remarked: Mapping[Place, str] = {}
        self._key = ""
        self.check_page = CheckPage(read_only=session.read_only)
        self.addWidget(self.check_page)

    def step_keys(self) -> list[str]:
        """Keys of the steps in order, the checklist last where the form is checked."""
        session = self._session
        keys = [step.key for step in session.form.steps_in(session.context)]
        return [*keys, CHECK_STEP] if session.is_checked else keys

    def current_key(self) -> str:
        """Key of the step shown."""
        return self._key

    def neighbour(self, by: int) -> str:
        """Key of the step before (-1) or after (1), "" at the ends."""
        keys = self.step_keys()
        position = keys.index(self._key) + by
        return keys[position] if 0 <= position < len(keys) else ""

    def page(self, key: str) -> StepPage:
        """The page of a step of the form, made when first asked for."""
        if key not in self._pages:
            step = next(step for step in self._session.form.steps if step.key == key)
            made = StepPage(self._session, step)
            made.entered.connect(self.entered)
            made.left.connect(self.left)
            made.history_requested.connect(self.history_requested)
            made.library_requested.connect(self.library_requested)
            made.coach_requested.connect(self.coach_requested)
            made.keep_requested.connect(self.keep_requested)
            self._pages[key] = made
            self._panels.update(made.tables())
            self.show_evidence(self._attached)
            made.show_remarks(self._remarked)
            self.addWidget(made)
        return self._pages[key]

    def show_step(self, key: str) -> None:
        """Show a step."""
        if key == CHECK_STEP:
            self.setCurrentWidget(self.check_page)
        else:
            page = self.page(key)
            page.show_findings(self._findings)
            page.show_spoken_of(self._spoken)
            self.setCurrentWidget(page)
        if key != self._key:
            self._key = key
            self.shown.emit(key)

    def focus_first(self) -> None:
        """Put the cursor where the step begins."""
        current = self.currentWidget()
        if isinstance(current, (StepPage, CheckPage)):
            current.focus_first()

    def item_keys(self) -> list[str]:
        """Fields and tables of the page shown."""
        current = self.currentWidget()
        return current.item_keys() if isinstance(current, StepPage) else []

    def last_stop(self) -> QWidget | None:
        """The last widget of the page shown that the cursor can stand in."""
        current = self.currentWidget()
        return current.last_stop() if isinstance(current, StepPage) else self.check_page.seal_button

    def go_to(self, place: Place, *, edit: bool = False) -> bool:
        """Show the step of a place and put the cursor there; False when the form has no such place."""
        try:
            step = self._session.form.step_of(place.field)
        except KeyError:
            return False
        self.show_step(step.key)
        return self.page(step.key).go_to(place, edit=edit)

    def show_change(self, change: Change) -> None:
        """Show fields and tables as the session keeps them, on the pages that have been made."""
        place = change.place
        if place is not None and place.row_id:
            panel = self._panels.get(place.field)
            if panel is not None:
                panel.refresh_cell(place)
            return
        written = change.typed_at.field if change.typed_at is not None and change.typed_at.row_id else ""
        touched = change.touched()
        for page in self._pages.values():
            for key in touched:
                page.refresh(key, is_typing=key == written)

    def show_sums(self) -> None:
        """Show what follows from what was typed into tables: sums, and the current row's light or score."""
        for panel in self._panels.values():
            panel.show_sums()

    def show_report(self, report: CheckReport) -> None:
        """Mark what the findings are about, on the page that is shown; others when they are shown."""
        self._findings = report.findings
        if self._key == CHECK_STEP:
            self.check_page.show_report(report, self._session.explanations, self._session.counts)
        elif self._key:
            self.page(self._key).show_findings(report.findings)

    def show_evidence(self, counts: Mapping[str, int]) -> None:
        """Mark the rows that have files attached, on pages made already and those still to come."""
        self._attached = counts
        for panel in self._panels.values():
            panel.model.set_attached(counts)

    def show_remarks(self, marks: Mapping[Place, str]) -> None:
        """Mark what reviewers have remarked on, on pages made already and those still to come."""
        self._remarked = marks
        for page in self._pages.values():
            page.show_remarks(marks)

    def show_spoken_of(self, places: Collection[Place]) -> None:
        """Tint what a chosen finding speaks of."""
        self._spoken = frozenset(places)
        for page in self._pages.values():
            page.show_spoken_of(self._spoken)
