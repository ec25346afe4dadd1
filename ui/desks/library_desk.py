"""The indicator library at the clerk's desk (指标库控制): uses counted, rows kept for oneself and taken out again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject

from models.domain.indicator_library import LibraryIndicator
from services import indicator_library
from services.job import JobContext
from ui.desks.base import DeskController, DeskParts
from ui.wizard.view import WizardView


class LibraryDesk(DeskController):
    """The library of the form open in a wizard (指标库控制)."""

    def __init__(self, parts: DeskParts, view: WizardView, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._view = view
        view.library_used.connect(self._on_used)
        view.library_keep_requested.connect(self._on_keep)
        view.library_drop_requested.connect(self._on_drop)

    def begin(self) -> None:
        """A form was opened: tell it how often each indicator was used here."""

        def work(_ctx: JobContext) -> dict[str, int]:
            with self.workspace.store.reading() as store:
                return indicator_library.usage_counts(store)

        self.run(work, self._show_uses)

    def _on_used(self, code: str) -> None:
        self.run(lambda _ctx: indicator_library.note_use(self.workspace, code), self._show_uses)

    def _on_keep(self, row: Mapping[str, Any]) -> None:
        project = self._view.session.context.project
        purpose = project.name if project else ""
        self.run(
            lambda _ctx: indicator_library.keep_own(self.workspace, row, purpose),
            self._on_kept,
        )

    def _on_kept(self, kept: LibraryIndicator) -> None:
        if self._view.is_open():
            self._view.frame.assistance.library.add_own(kept)
        self.frame.notice.show_notice(f"已把“{kept.name}”收入本单位指标库，以后可以从指标库中选用。")

    def _on_drop(self, code: str) -> None:
        self.run(
            lambda _ctx: indicator_library.drop_own(self.workspace, code), lambda _none: self._gone(code)
        )

    def _gone(self, code: str) -> None:
        if self._view.is_open():
            self._view.frame.assistance.library.drop_own(code)

    def _show_uses(self, uses: Mapping[str, int]) -> None:
        if self._view.is_open():
            self._view.frame.assistance.library.show_uses(uses)
