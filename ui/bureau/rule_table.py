"""Rules of the kit being prepared (任务参数包的规定): one line each, changed in place; some are chosen from a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from services.kit_rules.line import KitRule
from ui.widgets.record_model import Column, RecordModel
from ui.widgets.table import DeskTable

Index = QModelIndex | QPersistentModelIndex
VALUE = 2
EMPTY = "（不作规定）"

COLUMNS: tuple[Column[KitRule], ...] = (
    Column("环节", lambda rule: rule.spec.group),
    Column("规定", lambda rule: rule.label, tip=lambda rule: rule.spec.hint),
    Column("现在的内容", lambda rule: rule.text or EMPTY, tip=lambda rule: rule.text or rule.spec.hint),
    Column("单位", lambda rule: rule.spec.unit),
)


class RuleModel(RecordModel[KitRule]):
    """The rules (规定数据); `changed` carries a rule and the text typed or chosen."""

    changed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)

    def show_rules(self, rules: Sequence[KitRule]) -> None:
        """Show rules; the same lines with other contents are changed in place, so that an open editor can close."""
        if [rule.label for rule in rules] != [rule.label for rule in self._records] or not rules:
            self.set_records(rules)
            return
        self._records = list(rules)
        self.dataChanged.emit(self.index(0, 0), self.index(len(rules) - 1, len(COLUMNS) - 1))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The content can be typed over or chosen anew."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == VALUE else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The editor begins with the content as kept, blank where nothing is ruled."""
        if role == Qt.ItemDataRole.EditRole and index.isValid() and index.column() == VALUE:
            return self.record(index.row()).text
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed; whoever keeps the kit shows the new rules, or says why not."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or index.column() != VALUE:
            return False
        rule, text = self.record(index.row()), str(value).strip()
        if text == rule.text:
            return False
        self.changed.emit(rule, text)
        return True


class RuleDelegate(QStyledItemDelegate):
    """An editor for a content: a list where only some texts are allowed, a line otherwise (规定编辑)."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor of a line."""
        choices = _choices(index)
        if not choices:
            return super().createEditor(parent, option, index)
        combo = QComboBox(parent)
        combo.addItems(choices)
        combo.activated.connect(lambda _row: self._chosen(combo))
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what is kept."""
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data(Qt.ItemDataRole.EditRole)))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the text over."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText())
        else:
            super().setModelData(editor, model, index)

    def _chosen(self, combo: QComboBox) -> None:
        self.commitData.emit(combo)
        self.closeEditor.emit(combo)


class RuleTable(DeskTable):
    """The table of rules (规定一览); Enter or double click edits."""

    changed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, row_height=32)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.AnyKeyPressed | trigger.EditKeyPressed)
        self.rules = RuleModel(self)
        self.setModel(self.rules)
        self._delegate = RuleDelegate(self)
        self.setItemDelegateForColumn(VALUE, self._delegate)
        self.setAccessibleName("各环节的规定")
        header = self.horizontalHeader()
        for column in (0, 1, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Stretch)
        self.rules.changed.connect(self.changed)
        self.opened.connect(lambda index: self.edit(index.siblingAtColumn(VALUE)))

    def set_rules(self, rules: Sequence[KitRule]) -> None:
        """Show the rules."""
        self.rules.show_rules(rules)


def _choices(index: Index) -> tuple[str, ...]:
    """The only texts a line may have, none where any may be typed."""
    model = index.model()
    return model.record(index.row()).choices if isinstance(model, RuleModel) else ()
