"""Nothing to file (无需填报): the reason is asked for, because the bureau will ask."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget

from ui.theme import px
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.placing import resize_within_screen

NO_GROUND = "其他情形"
"""The choice beside the grounds a kit names."""


class ExemptDialog(DeskDialog):
    """Asks why a form is not to be filed (无需填报); `submitted` carries the reason.

    `grounds` are those the kit names (应急、救灾…); one chosen goes before the reason, which is asked for all the same.
    """

    submitted = Signal(str)

    def __init__(
        self, subject: str, task_name: str, parent: QWidget | None = None, grounds: tuple[str, ...] = ()
    ) -> None:
        super().__init__(
            "无需填报", "确定", parent, intro=f"{subject}　{task_name}。已填的内容会保留，以后可以改回来。"
        )
        resize_within_screen(self, px(480), px(490 if grounds else 415))
        self.reason = QPlainTextEdit()
        self.reason.setPlaceholderText("例如：项目已并入“农村公路养护”，依据某财预〔2026〕8号")
        self.reason.setTabChangesFocus(True)
        self.reason.setMinimumHeight(px(90))
        self.grounds: QComboBox | None = None
        if grounds:
            self.grounds = QComboBox()
            self.grounds.addItems([NO_GROUND, *grounds])
            self.body.addWidget(Field("属于哪种情形", self.grounds))
        self._field = Field("原因和依据", self.reason, required=True)
        self.body.addWidget(self._field, 1)
        self.reason.textChanged.connect(lambda: self._field.set_problem(""))

    def submit(self) -> None:
        """Emit the reason."""
        reason = self.reason.toPlainText().strip()
        ground = self.grounds.currentText() if self.grounds and self.grounds.currentIndex() > 0 else ""
        if reason:
            self.submitted.emit(f"{ground}：{reason}" if ground else reason)
        else:
            self._field.set_problem("请写明为什么不需要填报")
            self.reason.setFocus()
