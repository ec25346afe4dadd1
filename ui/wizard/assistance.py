"""Help with indicators in the wizard (指标帮手): the library to take from, and the coach beside the page."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from forms.findings import Place
from ui.wizard.coach_flow import CoachFlow
from ui.wizard.coach_panel import CoachPanel
from ui.wizard.library_flow import LibraryFlow
from ui.wizard.pages import Pages
from ui.wizard.scheduler import CheckScheduler
from ui.wizard.session import WizardSession


class Assistance(QObject):
    """Library and coach of one open form (指标帮手).

    `opened` when the panel of suggestions comes up, so that what else stands beside the page gives way.
    """

    opened = Signal()

    def __init__(
        self, session: WizardSession, pages: Pages, scheduler: CheckScheduler, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._pages = pages
        self._scheduler = scheduler
        self._place: Place | None = None
        self.panel = CoachPanel()
        self.panel.hide()
        self.library = LibraryFlow(session, parent)
        self.coach = CoachFlow(session, self.panel, self)
        pages.library_requested.connect(self.open_library)
        pages.coach_requested.connect(lambda _table: self.open_coach())
        pages.entered.connect(self._on_entered)
        self.library.ended.connect(pages.go_to)
        self.panel.closed.connect(self.panel.hide)
        self.coach.place_wanted.connect(pages.go_to)
        self.coach.told.connect(self._on_told)
        scheduler.checked.connect(self.coach.refresh)

    def open_library(self, table: str = "") -> None:
        """Open the indicator library for a table, the current one or the form's first by default."""
        key = table or self._table()
        if not key:
            return
        self._pages.show_step(self._session.form.step_of(key).key)
        place = self._place
        self.library.begin(key, place.row_id if place is not None and place.field == key else "")

    def open_coach(self) -> None:
        """Open the suggestions beside the page, for the row the cursor stands in."""
        if not self._table():
            return
        self.opened.emit()
        if self._scheduler.is_busy:
            self._scheduler.run_now()
        self.coach.begin(self.library.shelf.index)

    def step_advice(self, by: int) -> None:
        """Open the suggestions; when they are open, go on to the next row that has any."""
        was_open = self.panel.isVisible()
        if not was_open:
            self.open_coach()
        if not self.panel.isHidden() and (was_open or not self.panel.takes):
            self.coach.step(by)

    def close(self) -> None:
        """The form goes away."""
        self.library.close()

    def _table(self) -> str:
        """The indicator table the cursor stands in, else the form's first; "" when there is none to fill in."""
        session = self._session
        keys = [
            table.key
            for table in session.form.tables()
            if table.is_indicator_table
            and table.is_visible(session.context)
            and not session.has_fixed_rows(table.key)
        ]
        here = self._place.field if self._place is not None else ""
        return here if here in keys else next(iter(keys), "")

    def _on_entered(self, place: Place) -> None:
        self._place = place
        self.coach.stand_at(place)

    def _on_told(self, table: str, sentence: str) -> None:
        step = self._session.form.step_of(table)
        self._pages.page(step.key).table(table).tell(sentence)
