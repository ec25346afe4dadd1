"""Choosing from the indicator library (从绩效指标库选用): searched as one types, taken in with Enter, one after another.

The cursor stays in the search field: arrows walk through what was found, Enter takes it in, Esc closes.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from forms.library_search import LibraryHit
from models.domain.indicator_library import LibraryOrigin
from services.indicator_library import LibraryShelf, search
from ui.theme import px, text_scale
from ui.widgets.buttons import button
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable
from ui.widgets.search_field import SearchField
from ui.wizard.library_detail import LibraryDetail, value_words

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
_ROOMY = 1.3
"""Beyond this text size the use of money stands in the detail alone."""

_HINT = "回车或双击加入本表，可以连着加入几条；↑↓ 选择，Esc 关闭"


class LibraryDialog(QDialog):
    """The library over the wizard (指标库窗口).

    `wanted` carries what is to be taken in, `drop_requested` the code of a row of the unit's own that is
    no longer to be offered.
    """

    wanted = Signal(LibraryHit)
    drop_requested = Signal(str)

    def __init__(self, shelf: LibraryShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._taken = 0
        self.setWindowTitle("从绩效指标库选用")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.field = SearchField("输入名称、单位或用途中的几个字", shortcut=False)
        self.area = _combo("资金用途")
        self.level = _combo("指标层次")
        self.table = self._table()
        self.detail = LibraryDetail()
        self.count = label("", "note")
        self.told = ElidedLabel(_HINT, "note")
        self.take = button("加入本表", "primary", "add", self._on_take)
        self.drop = button("移出本单位指标库", "link", clicked=self._on_drop)
        self.drop.hide()
        self.close_button = button("关闭", clicked=self.reject)
        self._lay_out()
        self.take.setDefault(True)
        self.field.installEventFilter(self)
        self.field.searched.connect(lambda _text: self._refresh())
        self.area.currentIndexChanged.connect(lambda _index: self._refresh())
        self.level.currentIndexChanged.connect(lambda _index: self._refresh())
        self.table.record_chosen.connect(self._on_chosen)
        self.table.record_opened.connect(lambda _hit: self._on_take())
        self.show_shelf(shelf)
        resize_within_screen(self, px(1010), px(590))

    def show_shelf(self, shelf: LibraryShelf) -> None:
        """Show a library: its areas, the frame's levels, and everything in it."""
        self._shelf = shelf
        frame = shelf.index.levels.frame
        _fill(self.area, "全部用途", [(area, area) for area in shelf.index.areas()])
        levels = [(second.label, second.code) for first in frame.firsts for second in first.seconds]
        _fill(self.level, "全部层次", levels)
        self._refresh()

    def begin(self, second: str = "") -> None:
        """Open with the cursor in the search field, at a second level when one is given."""
        self.level.setCurrentIndex(max(self.level.findData(second), 0) if second else 0)
        self.open()
        self.field.take_focus()

    def tell_taken(self, name: str) -> None:
        """Say that an indicator was taken in; the next can follow at once."""
        self._taken += 1
        self.told.set_words(f"已加入“{name}”，共加入 {self._taken} 条。{_HINT}")
        self.field.take_focus()

    def hits(self) -> list[LibraryHit]:
        """What is shown, best first."""
        return [self.table.records.record(row) for row in range(self.table.records.rowCount())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter in the search field work on the list below."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in _STEPS:
                self._step(_STEPS[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_take()
                return True
        return super().eventFilter(watched, event)

    def _refresh(self) -> None:
        """What fits, with the first chosen."""
        second = self.level.currentData()
        found = search(
            self._shelf, self.field.text(), self.area.currentData() or "", (second,) if second else ()
        )
        self.table.set_records(found)
        self.count.setText(f"找到 {len(found)} 条" if found else "没有找到，请换几个字")
        if found:
            self.table.selectRow(0)
            self.table.scrollToTop()
        else:
            self._on_chosen(None)

    def _step(self, by: int) -> None:
        """Up or down by so many lines."""
        count = self.table.records.rowCount()
        if count:
            row = min(max(self.table.currentIndex().row() + by, 0), count - 1)
            self.table.selectRow(row)

    def _on_chosen(self, hit: object) -> None:
        chosen = hit if isinstance(hit, LibraryHit) else None
        level = self._shelf.index.levels.label(chosen.levels) if chosen else ""
        self.detail.show_hit(chosen, level, self._shelf.used(chosen.indicator.code) if chosen else 0)
        self.take.setEnabled(chosen is not None)
        self.drop.setVisible(chosen is not None and chosen.indicator.origin is LibraryOrigin.UNIT)

    def _on_drop(self) -> None:
        hit = self.table.chosen()
        if hit is not None:
            self.drop_requested.emit(hit.indicator.code)

    def _on_take(self) -> None:
        hit = self.table.chosen()
        if hit is not None:
            self.wanted.emit(hit)

    def _table(self) -> RecordTable[LibraryHit]:
        """Name, value, level and use of money."""
        made: RecordTable[LibraryHit] = RecordTable(
            (
                Column("三级指标", lambda hit: hit.indicator.name, share=1),
                Column("指标值", value_words, share=1),
                Column("二级指标", self._second),
                Column("资金用途", lambda hit: hit.indicator.purpose),
            ),
            row_height=33,
        )
        made.setAccessibleName("指标库")
        made.setColumnHidden(3, text_scale() > _ROOMY)
        return made

    def _second(self, hit: LibraryHit) -> str:
        """The label of the second level."""
        second = self._shelf.index.levels.frame.second(*hit.levels)
        return second.label if second else ""

    def _lay_out(self) -> None:
        """Search above, list and detail in the middle, what was done and the buttons below."""
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(self.field, 1)
        top.addWidget(self.area)
        top.addWidget(self.level)
        middle = QHBoxLayout()
        middle.setSpacing(px(10))
        box = QFrame()
        box.setProperty("role", "panel")
        inner = QVBoxLayout(box)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.table)
        middle.addWidget(box, 1)
        middle.addWidget(self.detail)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.told, 1)
        foot.addWidget(self.drop)
        foot.addWidget(self.close_button)
        foot.addWidget(self.take)
        head = QHBoxLayout()
        head.addWidget(label("从绩效指标库选用", "title"))
        head.addStretch(1)
        head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(14), px(18), px(12))
        column.setSpacing(px(9))
        column.addLayout(head)
        column.addLayout(top)
        column.addLayout(middle, 1)
        column.addLayout(foot)


def _combo(name: str) -> QComboBox:
    """A list to narrow the search down."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.setMaxVisibleItems(16)
    made.setMinimumWidth(px(150))
    return made


def _fill(combo: QComboBox, everything: str, choices: list[tuple[str, str]]) -> None:
    """Give a list its choices, everything first; what was chosen stays chosen."""
    kept = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    combo.addItem(everything, "")
    for words, value in choices:
        combo.addItem(words, value)
    combo.setCurrentIndex(max(combo.findData(kept), 0) if kept else 0)
    combo.blockSignals(False)
