"""A problem told in a dialog (问题提示): one sentence with what to do, nothing to decide."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from ui.theme import COLOURS, px
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.labels import label, paragraph
from ui.widgets.picture import Picture
from ui.widgets.placing import resize_within_screen


class ProblemDialog(QDialog):
    """What stands in the way and what to do (问题提示)."""

    def __init__(self, what: str, remedy: str, where: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(where or "提示")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(px(400))
        picture = Picture(26, "care", COLOURS.care)
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(8)
        if where:
            words.addWidget(label(where, "muted"))
        words.addWidget(paragraph(what, "section"))
        if remedy:
            words.addWidget(paragraph(remedy))
        words.addStretch(1)
        self.close_button = button("知道了", "primary", clicked=self.accept)
        head = row(picture, words, spacing=14)
        head.setStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addLayout(row(None, self.close_button))
        self.close_button.setDefault(True)


class CrashDialog(QDialog):
    """The program's own mistake (程序出错): drafts are safe, and a report without content can be copied."""

    def __init__(self, report: str, drafts_saved: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("程序出错")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        resize_within_screen(self, px(600), px(430))
        safe = "已填的内容都已保存。" if drafts_saved else "最近一次自动保存之前的内容都在。"
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setAccessibleName("出错报告")
        self._copy = button("复制报告", icon_name="copy", clicked=self._on_copy)
        self.close_button = button("继续使用", "primary", clicked=self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 16)
        column.setSpacing(12)
        column.addWidget(label("程序出了差错，刚才的操作没有完成", "section"))
        column.addWidget(
            paragraph(
                f"{safe}可以继续使用；如果再次出现，请重新打开程序，并把下面的报告复制给技术支持人员。"
                "报告里只有出错位置和版本，没有您填写的内容。"
            )
        )
        column.addWidget(self.report, 1)
        column.addLayout(row(self._copy, None, self.close_button))
        self.close_button.setDefault(True)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self._copy.setText("已复制")
