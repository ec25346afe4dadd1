"""What stands beside the page of an open form (页旁面板): help, evidence, suggestions, points, remarks; one at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from forms.findings import Place
from forms.schema import TableSpec
from ui.wizard.assistance import Assistance
from ui.wizard.evidence_panel import EvidencePanel
from ui.wizard.help_panel import HelpPanel
from ui.wizard.help_texts import scope_of
from ui.wizard.pages import Pages
from ui.wizard.remarks.flow import RemarksFlow
from ui.wizard.score_flow import ScoreFlow
from ui.wizard.session import WizardSession


class SidePanels(QObject):
    """The panels beside the page (页旁面板), and the place the cursor stands at, which they speak of."""

    history_requested = Signal(Place)

    def __init__(
        self,
        session: WizardSession,
        pages: Pages,
        flows: tuple[Assistance, ScoreFlow, RemarksFlow],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._pages = pages
        self._assistance, self._scores, self._remarks = flows
        self.place: Place | None = None
        self.help, self.evidence = HelpPanel(), EvidencePanel()
        self._panels = (
            self.help,
            self.evidence,
            self._assistance.panel,
            self._scores.panel,
            self._remarks.panel,
        )
        self.help.hide()
        self.evidence.hide()
        for flow in flows:
            flow.opened.connect(self.clear)
        pages.entered.connect(self._on_entered)
        self.help.closed.connect(self.help.hide)
        self.help.history_requested.connect(self._on_history)
        self.evidence.closed.connect(self.evidence.hide)

    def lay_into(self, line: QHBoxLayout) -> None:
        """Put the panels at the right of the page."""
        for panel in self._panels:
            line.addWidget(panel)

    def toggle_help(self) -> None:
        """Show or hide the help for the current field."""
        is_wanted = self.help.isHidden()
        self.clear()
        self.help.setVisible(is_wanted)
        self._show_help()

    def toggle_evidence(self) -> None:
        """Show or hide what is attached; it takes the place of help and suggestions."""
        is_wanted = self.evidence.isHidden()
        self.clear()
        self.evidence.show_answers(self._session.answers)
        self.evidence.set_place(self.place)
        self.evidence.setVisible(is_wanted)

    def clear(self) -> None:
        """Only one panel at a time stands beside the page."""
        for panel in self._panels:
            panel.hide()

    def fold_away(self) -> bool:
        """Close the panel that is open; False when none was."""
        if self._scores.panel.isVisible():
            self._scores.close()
            return True
        for panel in self._panels:
            if panel.isVisible():
                panel.hide()
                return True
        return False

    def follow(self) -> None:
        """The answers have changed: the evidence counts anew what is needed."""
        if self.evidence.isVisible():
            self.evidence.show_answers(self._session.answers)

    def show_step(self) -> None:
        """Another page is shown: a place that stands elsewhere is no longer spoken of."""
        if self.place is not None and self.place.field not in self._pages.item_keys():
            self.place = None
            self.evidence.set_place(None)
        if self.help.isVisible():
            self._show_help()

    def _on_entered(self, place: Place) -> None:
        self.place = place
        if self.evidence.isVisible():
            self.evidence.show_answers(self._session.answers)
            self.evidence.set_place(place)
        if self.help.isVisible():
            self._show_help()

    def _on_history(self) -> None:
        if self.place is not None:
            self.history_requested.emit(self.place)

    def _show_help(self) -> None:
        """Fill the help for the current field, the page's first one when there is none yet."""
        session, place = self._session, self.place or self.first_place()
        findings = [f for f in session.report.findings if f.place == place]
        scope = scope_of(session.context, session.row(place))
        self.help.show_help(session.spec(place), session.context, findings, scope)

    def first_place(self) -> Place:
        """The first field of the page shown, or the first column of its table."""
        session, key = self._session, self._pages.current_key()
        steps = [step for step in session.form.steps if step.key == key] or session.form.steps
        item = steps[0].sections[0].items[0]
        if isinstance(item, TableSpec):
            return Place(item.key, "", item.visible_columns(session.context)[0].key)
        return Place(item.key)
