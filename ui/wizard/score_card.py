"""The score at the lower left (自评总分): total and grade as they stand, and the way to the reasons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.labels import label


class ScoreCard(QFrame):
    """自评总分（尚未完成） 97.64 优 (总分卡片)."""

    why_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._shown: tuple[str, str, bool] | None = None
        self._caption = label("自评总分", "note")
        self.total = label("—", "figure-small")
        self.grade = label("", "strong")
        self.why = button("为什么是这个分？", "link", None, self.why_requested.emit)
        self.why.setToolTip("逐项说明得分（F9）")
        figures = QHBoxLayout()
        figures.setSpacing(px(8))
        figures.addWidget(self.total)
        figures.addWidget(self.grade)
        figures.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(13), px(9), px(8), px(8))
        column.setSpacing(px(2))
        column.addWidget(self._caption)
        column.addLayout(figures)
        column.addWidget(self.why)

    def show_score(self, total: str, grade: str, *, is_complete: bool) -> None:
        """Show total and grade, and whether everything counted has been filled in."""
        if self._shown == (total, grade, is_complete):
            return
        self._shown = (total, grade, is_complete)
        self._caption.setText("自评总分" if is_complete else "自评总分（尚未完成）")
        self.total.setText(total or "—")
        self.grade.setText(grade)
        state = "" if is_complete else "，尚未完成"
        self.setAccessibleName(f"自评总分 {total or '没有'}{f'，{grade}' if grade else ''}{state}")
