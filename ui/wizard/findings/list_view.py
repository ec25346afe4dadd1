"""List of findings (检查结果列表): one quiet line each; a line opens where it stands for why and explanation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from forms.findings import Finding
from ui.wizard.findings.card import FindingCard
from ui.wizard.findings.delegate import EXPLAIN, GO, WHY, FindingDelegate
from ui.wizard.findings.list_model import FindingListModel
from ui.wizard.keys import wish_of

Index = QModelIndex | QPersistentModelIndex


class FindingListView(QTableView):
    """The findings with their links (检查结果列表): Enter goes to the place, Space tells why, F2 explains."""

    go_requested = Signal(Finding)
    why_shown = Signal(Finding)
    explained = Signal(str, str)
    folded = Signal()
    room_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, read_only: bool = False) -> None:
        super().__init__(parent)
        self._read_only = read_only
        self._model = FindingListModel(self)
        self._delegate = FindingDelegate(self, read_only=read_only)
        self._explanations: dict[str, str] = {}
        self._open_key = ""
        self._card: FindingCard | None = None
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self._open_height = 0
        self.setProperty("role", "findings")
        self._set_up()

    def _set_up(self) -> None:
        """One column without headers; a table, because it asks for no height it does not show."""
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self._model.modelReset.connect(self._fit_lines)
        self._model.dataChanged.connect(lambda first, last: self._fit_lines(first.row(), last.row()))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("检查结果")
        self.setToolTip("回车：去填写　空格：为什么　F2：说明")

    def finding_model(self) -> FindingListModel:
        """The model shown."""
        return self._model

    def open_card(self) -> FindingCard | None:
        """The card of the line that is open."""
        return self._card

    def show_findings(self, findings: Sequence[Finding], explanations: Mapping[str, str]) -> None:
        """Show findings; a line that was open stays open while its finding stands."""
        self._explanations = dict(explanations)
        current = self.current()
        key = current.explanation_key if current else ""
        if not self._model.show(findings, self._explanations):
            return
        self._card = None
        row = self._model.row_of(key)
        if row >= 0:
            self.setCurrentIndex(self._model.index(row))
        if self._open_key:
            self._reopen()

    def current(self) -> Finding | None:
        """The finding of the current line."""
        index = self.currentIndex()
        return self._model.finding(index) if index.isValid() else None

    def step(self, by: int) -> Finding | None:
        """Go to the next or previous finding, round at the ends; None when there is none."""
        count = self._model.rowCount()
        if not count:
            return None
        row = self.currentIndex().row()
        row = (row + by) % count if row >= 0 else (0 if by > 0 else count - 1)
        self.setCurrentIndex(self._model.index(row))
        return self.current()

    def open_line(self, index: Index, what: str) -> None:
        """Open a line for why or explanation; opening it again for why folds it up."""
        finding = self._model.finding(index)
        self.setCurrentIndex(self._model.index(index.row()))
        if self._card is None or self._open_key != finding.explanation_key:
            self.fold()
            self._open_key = finding.explanation_key
            self._place_card(index.row(), finding)
        assert self._card is not None
        if what == WHY:
            self._card.show_why()
        else:
            self._card.show_explanation()

    def fold(self) -> None:
        """Fold the open line up."""
        row, self._delegate.open_row = self._delegate.open_row, -1
        self._open_key = ""
        if self._card is not None and row >= 0:
            self.setIndexWidget(self._model.index(row), None)  # type: ignore[arg-type]
            self._card = None
            self._fit_lines(row, row)
            self.folded.emit()

    def activate(self, index: Index, link: str) -> None:
        """Do what a link of a line says."""
        if link == GO:
            self.go_requested.emit(self._model.finding(index))
        elif link in (EXPLAIN, WHY):
            self.open_line(index, link)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Space and F2 on the current line; Esc folds up."""
        if wish_of(event):
            event.ignore()
            return
        index = self.currentIndex()
        links = {
            Qt.Key.Key_Return: GO,
            Qt.Key.Key_Enter: GO,
            Qt.Key.Key_Space: WHY,
            Qt.Key.Key_F2: EXPLAIN,
        }
        link = links.get(Qt.Key(event.key()))
        if link and index.isValid() and not event.modifiers():
            self.activate(index, link)
        elif event.key() == Qt.Key.Key_Escape and self._card is not None:
            self.fold()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a link does what it says."""
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.activate(
                index, self._delegate.link_at(self.visualRect(index), point, self._model.finding(index))
            )

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over the links."""
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        link = index.isValid() and self._delegate.link_at(
            self.visualRect(index), point, self._model.finding(index)
        )
        shape = Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Double click goes to the place."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.activate(index, GO)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sentences wrap anew; the open card takes the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_lines()
            self._fit_card()

    def _reopen(self) -> None:
        """Put the card back on its line after the list has changed."""
        row = self._model.row_of(self._open_key)
        self._delegate.open_row = -1
        if row < 0:
            self._open_key = ""
            self.folded.emit()
            return
        self._place_card(row, self._model.finding(self._model.index(row)))

    def _place_card(self, row: int, finding: Finding) -> None:
        """Lay a finding's card over its line."""
        card = FindingCard(
            finding, self._explanations.get(finding.explanation_key, ""), read_only=self._read_only
        )
        card.setProperty("role", "finding-open")
        card.go_requested.connect(self.go_requested)
        card.why_shown.connect(self.why_shown)
        card.explained.connect(self._on_explained)
        card.folded.connect(self._on_folded)
        self._card = card
        self._delegate.open_row = row
        self.setIndexWidget(self._model.index(row), card)
        card.fold_explanation()
        card.height_changed.connect(self._fit_card)
        self._fit_card()

    def _fit_card(self) -> None:
        """Give the open line the height its card needs, and ask for the room to see it whole."""
        layout = self._card.layout() if self._card is not None else None
        if layout is None:
            return
        layout.invalidate()
        layout.activate()
        self._open_height = layout.totalHeightForWidth(self.viewport().width())
        row = self._delegate.open_row
        self._fit_lines(row, row)
        self.room_wanted.emit(self._open_height)
        self.scrollTo(self._model.index(row), QAbstractItemView.ScrollHint.PositionAtTop)

    def _fit_lines(self, first: int = 0, last: int = -1) -> None:
        """Give lines the height of their sentences, the open one that of its card."""
        header, width = self.verticalHeader(), self.viewport().width()
        last = self._model.rowCount() - 1 if last < 0 else last
        for row in range(first, last + 1):
            wanted = self._open_height
            if row != self._delegate.open_row:
                wanted = self._delegate.height_of(self._model.finding(self._model.index(row)), width)
            if header.sectionSize(row) != wanted:
                header.resizeSection(row, wanted)

    def _on_explained(self, key: str, text: str) -> None:
        self._explanations[key] = text
        self.explained.emit(key, text)

    def _on_folded(self) -> None:
        self.fold()
        self.setFocus()
