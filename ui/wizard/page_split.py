"""The page above, the findings below (页面与检查结果): who has how much of the height."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from ui.theme import px
from ui.wizard.findings.panel import FindingsPanel


class PageSplit(QSplitter):
    """Divides the height between the page and the findings (上下分栏)."""

    def __init__(self, page: QWidget, findings: FindingsPanel) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._usual_sizes: list[int] = []
        self.setProperty("role", "pages")
        self.setChildrenCollapsible(False)
        self.setHandleWidth(px(8))
        self.addWidget(page)
        self.addWidget(findings)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        findings.folded.connect(self._on_folded)
        findings.room_wanted.connect(self._on_room_wanted)
        findings.fitted.connect(self._on_fitted)

    def _on_room_wanted(self, height: int) -> None:
        """Give an open finding room, never more than half of the whole; what was there comes back."""
        sizes = self.sizes()
        self._usual_sizes = self._usual_sizes or sizes
        below = max(min(height, sum(sizes) // 2), self._usual_sizes[1])
        self.setSizes([sum(sizes) - below, below])

    def _on_folded(self) -> None:
        if self._usual_sizes:
            self.setSizes(self._usual_sizes)
            self._usual_sizes = []

    def _on_fitted(self, height: int) -> None:
        """A list that was folded away leaves its room to the page, which Qt does not do by itself."""
        self._usual_sizes = []
        self.setSizes([self.height() - height, height])
