"""Taking indicators into the open form (选用指标): opens the library over the wizard and puts in what is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from forms.answers import is_blank
from forms.findings import Place
from forms.library_search import LibraryHit
from models.domain.indicator_library import LibraryIndicator
from services.indicator_library import LibraryShelf, shelf_of
from ui.item_models.library_rows import with_indicator
from ui.wizard.library_dialog import LibraryDialog
from ui.wizard.session import WizardSession


class LibraryFlow(QObject):
    """The library of one open form (选用指标).

    `used` (code) when an indicator was taken in; `drop_requested` (code) asks for one of the unit's own to
    be taken out of its library; `ended` (Place) when the window is closed and the cursor
    belongs into the table again.
    """

    used = Signal(str)
    drop_requested = Signal(str)
    ended = Signal(Place)

    def __init__(self, session: WizardSession, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._parent = parent
        self._uses: Mapping[str, int] = {}
        self._own: tuple[LibraryIndicator, ...] = ()
        self._gone: frozenset[str] = frozenset()
        self._shelf: LibraryShelf | None = None
        self._dialog: LibraryDialog | None = None
        self._table = ""
        self._into = ""
        self._first: Place | None = None

    @property
    def shelf(self) -> LibraryShelf:
        """The library by this form's frame, made when first asked for."""
        if self._shelf is None:
            context = self._session.context
            rows = [row for row in (*context.library, *self._own) if row.code not in self._gone]
            self._shelf = shelf_of(replace(context, library=tuple(rows)), self._uses)
        return self._shelf

    def show_uses(self, uses: Mapping[str, int]) -> None:
        """Take how often each indicator was used."""
        self._uses, self._shelf = uses, None
        self._refresh_dialog()

    def add_own(self, indicator: LibraryIndicator) -> None:
        """Offer what the unit has just kept for itself."""
        self._own, self._shelf = (*self._own, indicator), None
        self._refresh_dialog()

    def drop_own(self, code: str) -> None:
        """Offer no more what the unit has taken out of its library."""
        self._gone, self._shelf = self._gone | {code}, None
        self._refresh_dialog()

    def begin(self, table: str, row_id: str = "") -> LibraryDialog:
        """Open the library for a table; a row nobody has written into yet is filled first."""
        self._table, self._into, self._first = table, row_id, None
        row = self._session.row(Place(table, row_id)) if row_id else {}
        dialog = self._dialog = LibraryDialog(self.shelf, self._parent)
        dialog.wanted.connect(self._take)
        dialog.drop_requested.connect(self.drop_requested)
        dialog.finished.connect(self._on_finished)
        is_unwritten = is_blank(row.get("third_level"))
        dialog.begin(str(row.get("second_level") or "") if is_unwritten else "")
        return dialog

    def dialog(self) -> LibraryDialog | None:
        """The open window, None when it is closed."""
        return self._dialog

    def close(self) -> None:
        """The form goes away."""
        if self._dialog is not None:
            self._dialog.close()

    def _take(self, hit: LibraryHit) -> None:
        """Put an indicator into the table as one step that can be undone."""
        session = self._session
        rows, row_id = with_indicator(
            session.table(self._table),
            session.context,
            session.rows(self._table),
            hit.row_values(),
            self._into,
        )
        session.set_rows(self._table, rows)
        self._into = ""
        self._first = self._first or Place(self._table, row_id, "planned_value")
        self.used.emit(hit.indicator.code)
        if self._dialog is not None:
            self._dialog.tell_taken(hit.indicator.name)

    def _on_finished(self, _result: int) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()
        self.ended.emit(self._first or Place(self._table))

    def _refresh_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.show_shelf(self.shelf)
