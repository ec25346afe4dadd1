"""A list of findings under a table (核对栏): what is to be looked at, the gravest first, each leading where it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from forms.findings import Finding
from ui.bureau.check_note import CheckNote
from ui.theme import px
from ui.widgets.dialog import scroll
from ui.widgets.labels import label, paragraph

SHOWN_AT_MOST = 20
"""So many findings are listed; the rest is counted, the table above has every line."""


class CheckNotesPanel(QFrame):
    """Findings as cards (核对栏); `opened` carries the number of the finding in the sequence shown."""

    opened = Signal(int)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._title = title
        self.head = label("", "section")
        self.notes: list[CheckNote] = []
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(12, 4, 12, 10)
        self._column.setSpacing(8)
        self.rest = paragraph("", "muted")
        self._column.addWidget(self.rest)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 0, 0)
        outer.setSpacing(4)
        self.head.setContentsMargins(14, 0, 14, 0)
        outer.addWidget(self.head)
        area = scroll(inside)
        area.setMinimumHeight(px(40))
        outer.addWidget(area, 1)
        self.show_findings(())

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show findings; with none there is no panel."""
        for note in self.notes:
            self._column.removeWidget(note)
            note.hide()
            note.deleteLater()
        self.notes = [CheckNote(finding) for finding in findings[:SHOWN_AT_MOST]]
        for number, note in enumerate(self.notes):
            note.opened.connect(lambda _finding, number=number: self.opened.emit(number))
            self._column.insertWidget(number, note)
        more = len(findings) - len(self.notes)
        self.rest.setText(f"另有 {more} 项，见上面的列表。")
        self.rest.setVisible(more > 0)
        self.head.setText(f"{self._title} {len(findings)}")
        self.setVisible(bool(findings))
