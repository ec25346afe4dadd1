"""One finding of the receiving desk as a card (接收核对卡片): level, place, both sides, what to do; why on demand."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from forms.findings import Finding, Severity
from ui.theme import Tone
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.chip import StatusChip
from ui.widgets.labels import paragraph

_LOOKS = {
    Severity.BLOCKING: (Tone.BAD, "problem"),
    Severity.EXPLAIN: (Tone.CARE, "care"),
    Severity.HINT: (Tone.PLAIN, "dot"),
}
_WORDS = {Severity.BLOCKING: "必核", Severity.EXPLAIN: "需核实", Severity.HINT: "提示"}
"""The reviewer's words: nothing here stops a decision, it must be looked at."""


class CheckNote(QFrame):
    """A finding to look at (接收核对卡片); a click or Enter goes where it is."""

    opened = Signal(object)

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        self.setProperty("role", "remark")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        word = _WORDS[finding.severity]
        self.setAccessibleName(f"{word}：{finding.sentence}")
        self.setToolTip("点一下到所在位置" if finding.place.field else "点一下看各次报送")
        tone, icon_name = _LOOKS[finding.severity]
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 10, 8)
        column.setSpacing(4)
        self.why_button = button("为什么", "link", clicked=self._on_why)
        column.addLayout(row(StatusChip(word, tone, icon_name), None, self.why_button, spacing=6))
        column.addWidget(paragraph(_breakable(finding.subject), "strong"))
        column.addWidget(paragraph(_breakable(f"{finding.message.rstrip('。')}。")))
        column.addWidget(paragraph(f"{finding.remedy.rstrip('。')}。", "muted"))
        self.why = paragraph(_breakable(_why(finding)), "muted")
        self.why.hide()
        column.addWidget(self.why)

    def _on_why(self) -> None:
        """The rule and both sides, on demand."""
        self.why.setVisible(self.why.isHidden())

    def mousePressEvent(self, event: Any) -> None:
        """Go to the place."""
        super().mousePressEvent(event)
        self.opened.emit(self.finding)

    def keyPressEvent(self, event: Any) -> None:
        """Enter goes to the place."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.finding)
        else:
            super().keyPressEvent(event)


def _breakable(text: str) -> str:
    """Names of files may break at their underscores: a narrow panel shows them whole."""
    return text.replace("_", "_\u200b")


def _why(finding: Finding) -> str:
    """The rule, and the figures on both sides."""
    figures = "；".join(f"{name}：{value}" for name, value in finding.values)
    return f"{finding.why}{f'（{figures}）' if figures else ''}"
