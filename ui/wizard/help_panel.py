"""Help for the current field (F1 填写帮助): beside the page, following the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from forms.context import FormContext
from forms.findings import Finding
from forms.schema import FieldKind, FieldSpec
from ui.icons import icon
from ui.theme import COLOURS, px
from ui.widgets.buttons import button
from ui.widgets.dialog import scroll
from ui.widgets.labels import label, paragraph
from ui.wizard.findings.words import rule_of
from ui.wizard.help_texts import way_to_fill

_COUNTED = (FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.PLANNED_VALUE)
"""Kinds whose length people write up to; nobody counts the characters of an amount."""


class HelpPanel(QFrame):
    """What to know about one field (填写帮助)."""

    closed = Signal()
    history_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "help")
        self.setFixedWidth(px(270))
        self._title = paragraph("", "section")
        self._parts = [
            paragraph("", role) for role in ("finding", "finding", "note", "note", "finding", "problem")
        ]
        close = QToolButton()
        close.setIcon(icon("close", COLOURS.muted))
        close.setIconSize(QSize(px(15), px(15)))
        close.setToolTip("关闭帮助（Esc）")
        close.setAccessibleName("关闭帮助")
        close.clicked.connect(self.closed)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(13), 0, px(11), px(11))
        column.setSpacing(px(8))
        for part in self._parts:
            column.addWidget(part)
        column.addWidget(button("填写记录…", "link", "restore", self.history_requested.emit))
        column.addStretch(1)
        head = QHBoxLayout()
        head.setContentsMargins(px(13), px(9), px(6), 0)
        head.addWidget(self._title, 1)
        head.addWidget(close)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addLayout(head)
        outer.addWidget(label("　填写帮助", "note"))
        outer.addWidget(scroll(inside), 1)

    def show_help(
        self, spec: FieldSpec, context: FormContext, findings: Sequence[Finding], scope: str = ""
    ) -> None:
        """Show what there is to know about a field; `scope` is what the indicator library says of its row."""
        self._title.setText(spec.label_in(context))
        limit = f"最多 {spec.max_length} 个字。" if spec.kind in _COUNTED else ""
        rules = dict.fromkeys(rule_of(finding) for finding in findings)
        texts = (
            spec.help_in(context),
            way_to_fill(spec, context),
            f"例：{spec.example}" if spec.example else "",
            ("必填。" if spec.is_required else "可以不填。") + limit,
            scope,
            "\n".join(f"检查规则：{rule}" for rule in rules if rule),
        )
        for part, text in zip(self._parts, texts, strict=True):
            part.setText(text)
            part.setVisible(bool(text))

    def text(self) -> str:
        """Everything that is shown, for reading aloud and for tests."""
        return "\n".join([self._title.text(), *(part.text() for part in self._parts)])
