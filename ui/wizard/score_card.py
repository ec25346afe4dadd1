"""The score at the lower left (总分卡片): total and grade as they stand, and the way to the reasons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.labels import label, paragraph

_SHORT = 3
"""A grade of so many characters stands beside the total (优秀); a longer one (调整完善后予以支持) below it."""


class ScoreCard(QFrame):
    """自评总分（尚未完成） 97.64 优 (总分卡片)."""

    why_requested = Signal()

    def __init__(self, caption: str = "总分", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._name = caption
        self._shown: tuple[str, str, bool] | None = None
        self._caption = paragraph(caption, "note")
        self.total = label("—", "figure-small")
        self._short, self._long = label("", "strong"), paragraph("", "strong")
        self._long.hide()
        self.why = button("为什么是这个分？", "link", None, self.why_requested.emit)
        self.why.setToolTip("逐项说明得分（F9）")
        figures = QHBoxLayout()
        figures.setSpacing(px(8))
        figures.addWidget(self.total)
        figures.addWidget(self._short)
        figures.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(13), px(9), px(8), px(8))
        column.setSpacing(px(2))
        column.addWidget(self._caption)
        column.addLayout(figures)
        column.addWidget(self._long)
        column.addWidget(self.why)

    def show_score(self, total: str, grade: str, *, is_complete: bool) -> None:
        """Show total and grade, and whether everything counted has been filled in."""
        if self._shown == (total, grade, is_complete):
            return
        self._shown = (total, grade, is_complete)
        self._caption.setText(self._name if is_complete else f"{self._name}（尚未完成）")
        self.total.setText(total or "—")
        is_short = len(grade) <= _SHORT
        self._short.setText(grade if is_short else "")
        self._long.setText("" if is_short else grade)
        self._long.setVisible(not is_short)
        state = "" if is_complete else "，尚未完成"
        self.setAccessibleName(f"{self._name} {total or '没有'}{f'，{grade}' if grade else ''}{state}")

    def grade(self) -> str:
        """The grade shown."""
        return self._short.text() or self._long.text()
