"""Item model of the findings (检查结果列表模型): filtered by severity, in page order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from forms.findings import Finding, Severity
from ui.wizard.findings.words import is_settled

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()

_SAID = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)
"""All of a sentence, also where the line has room for its beginning only."""


class FindingListModel(QAbstractListModel):
    """The findings shown below the page (检查结果列表模型)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Finding] = ()
        self._shown: list[Finding] = []
        self._severities: frozenset[Severity] = frozenset(Severity)
        self._explanations: Mapping[str, str] = {}

    def show(self, findings: Sequence[Finding], explanations: Mapping[str, str]) -> bool:
        """Show findings; False when the lines are the same and at most what they say has changed."""
        before, self._all = self._shown, tuple(findings)
        self._explanations = explanations
        after = [finding for finding in self._all if finding.severity in self._severities]
        if [f.explanation_key for f in before] != [f.explanation_key for f in after]:
            self._filter()
            return True
        self._shown = after
        for row, (old, new) in enumerate(zip(before, after, strict=True)):
            if old is not new and old != new:
                self.dataChanged.emit(self.index(row), self.index(row))
        return False

    def explanations_changed(self, explanations: Mapping[str, str]) -> None:
        """Draw anew what has been explained meanwhile."""
        self._explanations = explanations
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def set_severities(self, severities: Collection[Severity]) -> None:
        """Show only some severities."""
        self._severities = frozenset(severities)
        self._filter()

    def finding(self, index: Index) -> Finding:
        """The finding of a line."""
        return self._shown[index.row()]

    def is_settled(self, index: Index) -> bool:
        """Whether the finding of a line has been explained."""
        return is_settled(self.finding(index), self._explanations)

    def row_of(self, explanation_key: str) -> int:
        """The line of a finding by its key, -1 when it is not shown."""
        return next((row for row, f in enumerate(self._shown) if f.explanation_key == explanation_key), -1)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The sentence, for reading aloud and for tests; the delegate paints the finding itself."""
        if not index.isValid():
            return None
        if role in _SAID:
            finding = self.finding(index)
            return f"{finding.severity.label}：{finding.sentence}"
        return None

    def _filter(self) -> None:
        self.beginResetModel()
        self._shown = [finding for finding in self._all if finding.severity in self._severities]
        self.endResetModel()
