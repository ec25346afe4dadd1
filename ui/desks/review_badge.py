"""How many wait under 审核, told in the sidebar before the page was ever opened (审核角标)."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from models.domain.errors import KitProblem
from services.changes import ChangeSet, Topic
from services.desk_people import present_user
from services.job import JobContext
from ui.desks.base import DeskController, DeskParts

COUNT_AFTER_MS = 1_500
"""The desk stands first; and an intake is not held up by every package it brings."""


class ReviewBadge(DeskController):
    """Counts what waits until the page 审核 is made, which counts for itself (审核角标控制)."""

    counted = Signal(int)

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(COUNT_AFTER_MS)
        self._later.timeout.connect(self._count)
        self._later.start()

    def on_change(self, change: ChangeSet) -> None:
        """Filings, kits and messages decide what waits."""
        if change.topics & {Topic.FILINGS, Topic.KITS, Topic.SETTINGS, Topic.PACKAGES}:
            self.refresh()

    def refresh(self) -> None:
        """Count in a moment; somebody else may sit here now."""
        if not self._is_closed and not self._later.isActive():
            self._later.start()

    def close(self) -> None:
        """The page counts from now on, or the desk goes."""
        self._later.stop()
        super().close()

    def _count(self) -> None:
        if self.parts.jobs.is_busy:
            self._later.start()
        else:
            self.run(self._waiting, self.counted.emit)

    def _waiting(self, _ctx: JobContext) -> int:
        from services.review.desk_queue import waiting_for

        try:
            return waiting_for(self.workspace, present_user(self.workspace))
        except KitProblem:
            return 0
