"""Card of one finding (检查结果卡片): the sentence, where to go, why, and the explanation that goes with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from forms.findings import Finding
from ui.item_models.cell_delegate import MARKS
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.labels import label, paragraph
from ui.widgets.picture import Picture
from ui.wizard.fields.long_text_field import GrowingTextEdit
from ui.wizard.findings.words import figures_of, may_explain, rest_of, rule_of


class FindingCard(QFrame):
    """One finding with all that belongs to it (检查结果卡片).

    `read_only` is the bureau's view: the explanation can be read, not written.
    """

    go_requested = Signal(Finding)
    explained = Signal(str, str)
    why_shown = Signal(Finding)
    folded = Signal()
    height_changed = Signal()

    def __init__(
        self, finding: Finding, explanation: str, parent: QWidget | None = None, *, read_only: bool = False
    ) -> None:
        super().__init__(parent)
        self.finding = finding
        self._read_only = read_only
        self.setProperty("role", "finding-card")
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(10), px(8))
        column.setSpacing(px(5))
        column.addLayout(self._top_line())
        self.why = self._why_box()
        column.addWidget(self.why)
        self.editor = self._explanation_box(column, explanation)

    def show_why(self, shown: bool = True) -> None:
        """Show or hide the rule and the figures compared."""
        self.why.setVisible(shown)
        if shown:
            self.why_shown.emit(self.finding)
        self.height_changed.emit()

    def show_explanation(self) -> None:
        """Open the explanation and put the cursor into it."""
        if may_explain(self.finding):
            self._explain.hide()
            self._explanation.show()
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.height_changed.emit()

    def fold_explanation(self) -> None:
        """Leave the explanation away until it is asked for; one that is there already stays to be seen."""
        if may_explain(self.finding) and not self.editor.toPlainText():
            self._explanation.hide()
            self._explain.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc folds the card up."""
        if event.key() == Qt.Key.Key_Escape:
            self.folded.emit()
        else:
            super().keyPressEvent(event)

    def _top_line(self) -> QHBoxLayout:
        """Icon, sentence, and the three ways on."""
        name, ink, _ = MARKS[self.finding.severity]
        picture = Picture(16, name, ink)
        picture.setToolTip(self.finding.severity.label)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(paragraph(f"{self.finding.severity.label}　{self.finding.subject}", "strong"))
        words.addWidget(paragraph(rest_of(self.finding), "finding"))
        line = QHBoxLayout()
        line.setSpacing(px(6))
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        go = button(
            "去查看" if self._read_only else "去填写",
            "link",
            clicked=lambda: self.go_requested.emit(self.finding),
        )
        self._explain = button("说明…", "link", clicked=self.show_explanation)
        why = button("为什么", "link", clicked=lambda: self.show_why(self.why.isHidden()))
        for made in (go, self._explain, why):
            line.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        self._explain.hide()
        return line

    def _why_box(self) -> QFrame:
        """The rule, and the figures on both sides."""
        box = QFrame()
        box.setProperty("role", "detail")
        column = QVBoxLayout(box)
        column.setContentsMargins(px(10), px(6), px(10), px(6))
        column.setSpacing(px(3))
        column.addWidget(paragraph(f"规则：{rule_of(self.finding)}", "rule-text"))
        figures = figures_of(self.finding)
        if figures:
            column.addWidget(paragraph(figures, "finding"))
        if self.finding.also:
            column.addWidget(label(f"涉及的 {len(self.finding.also) + 1} 处已在表中标出底色。", "rule-text"))
        box.hide()
        return box

    def _explanation_box(self, column: QVBoxLayout, explanation: str) -> GrowingTextEdit:
        """The explanation of a 需说明 finding; hidden for all others."""
        self._explanation = QWidget()
        inner = QVBoxLayout(self._explanation)
        inner.setContentsMargins(px(22), 0, 0, 0)
        inner.setSpacing(px(3))
        inner.addWidget(label("情况说明（随报送文件一并报送）", "rule-text"))
        editor = GrowingTextEdit(least_lines=2)
        editor.show_text(explanation)
        editor.setReadOnly(self._read_only)
        editor.setAccessibleName(f"{self.finding.subject}的情况说明")
        editor.setPlaceholderText(
            "没有说明" if self._read_only else "例：按县委县政府统一部署新增，依据为县政府专题会议纪要"
        )
        editor.edited.connect(lambda text: self.explained.emit(self.finding.explanation_key, text))
        editor.textChanged.connect(self.height_changed)
        inner.addWidget(editor)
        column.addWidget(self._explanation)
        if not may_explain(self.finding):
            self._explanation.hide()
        return editor
