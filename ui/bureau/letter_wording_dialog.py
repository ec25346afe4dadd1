"""The text frame of the letters (函件文字): what stands around the list, with fields that are filled in for each unit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from models.domain.letter_template import LetterTemplate
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.labels import paragraph
from ui.widgets.placing import resize_within_screen

_INTRO = "花括号里的字，生成时换成各单位自己的内容。改好后以后的函都用这里的文字，其他内容不受影响。"


class LetterWordingDialog(DeskDialog):
    """Words the letters (函件文字); `submitted` carries a LetterTemplate as typed. `usual` is what 恢复默认 puts back."""

    submitted = Signal(object)

    def __init__(
        self, template: LetterTemplate, usual: LetterTemplate, parent: QWidget | None = None
    ) -> None:
        super().__init__("函件文字", "保存", parent, intro=_INTRO)
        self._kind = type(template)
        resize_within_screen(self, px(680), px(640))
        self.title_edit, self.salutation = QLineEdit(), QLineEdit()
        self.opening, self.closing, self.ending = QPlainTextEdit(), QPlainTextEdit(), QLineEdit()
        for edit in (self.opening, self.closing):
            edit.setTabChangesFocus(True)
            edit.setMinimumHeight(px(86))
        self.fields_label = paragraph(
            f"可用的合并域：{'、'.join(f'{{{name}}}' for name in template.merge_fields)}", "muted"
        )
        self.usual_button = button("恢复默认", icon_name="undo", clicked=lambda: self.show_template(usual))
        self.body.addWidget(self.fields_label)
        for text, control, help_text in (
            ("标题", self.title_edit, ""),
            ("称呼（主送单位）", self.salutation, ""),
            ("正文开头", self.opening, "说明事由。每行一段。"),
            ("要求", self.closing, "说明要单位做什么、什么时候办。每行一段。"),
            ("结语", self.ending, "不需要时可以空着。"),
        ):
            self.body.addWidget(Field(text, control, help_text))
        self.body.addStretch(1)
        self.buttons.insertWidget(0, self.usual_button)
        self.show_template(template)

    def show_template(self, template: LetterTemplate) -> None:
        """Show a wording."""
        self.title_edit.setText(template.title)
        self.salutation.setText(template.salutation)
        self.opening.setPlainText(template.opening)
        self.closing.setPlainText(template.closing)
        self.ending.setText(template.ending)

    def submit(self) -> None:
        """Hand the wording on; whoever asked closes the dialog."""
        self.submitted.emit(
            self._kind(
                self.title_edit.text().strip(),
                self.salutation.text().strip(),
                self.opening.toPlainText().strip(),
                self.closing.toPlainText().strip(),
                self.ending.text().strip(),
            )
        )
