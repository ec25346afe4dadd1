"""生成报送文件, last page: the file is there, read back and verified; what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.domain.file_size import size_words
from ui.filer.records import SealOutcome
from ui.theme import COLOURS
from ui.widgets.buttons import button
from ui.widgets.card import Card, row
from ui.widgets.check_code import CheckCodeLabel
from ui.widgets.labels import ElidedLabel, label, paragraph
from ui.widgets.picture import Picture

NEXT = "接着做：打印封面，签字盖章，连同这个文件{over}；收到回执后装入本程序。"
HEAD_FIRST = "还须单位负责人签名：在“报送”里选中这一份，点“负责人签名…”；签好后再打印封面，连同文件{over}。"


class SealResultPage(QWidget):
    """The package made (已生成报送文件)."""

    cover_requested = Signal(object)
    folder_requested = Signal(object)
    forms_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outcome: SealOutcome | None = None
        picture = Picture(44, "done_solid", COLOURS.good)
        self.words = label("已写入并校验无误，可以安全拔出", "title")
        self.count_label = label("", "subtitle")
        self.file_label = ElidedLabel("", "strong")
        self.folder_label = ElidedLabel("", "muted")
        self.code = CheckCodeLabel()
        self.cover_button = button("打印封面", "primary", "print", lambda: self._tell(self.cover_requested))
        self.folder_button = button(
            "打开所在文件夹", icon_name="open_folder", clicked=lambda: self._tell(self.folder_requested)
        )
        self.forms_button = button(
            "表样 PDF", icon_name="pdf", clicked=lambda: self._tell(self.forms_requested)
        )
        card = Card(margin=20)
        card.body.addWidget(self.file_label)
        card.body.addWidget(self.folder_label)
        card.body.addWidget(label("内容核对码（印在封面和每页页脚，供财政部门核对）", "muted"))
        card.body.addWidget(self.code)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.count_label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(card)
        column.addLayout(row(None, self.cover_button, self.folder_button, self.forms_button, None))
        self.hint = paragraph("", "muted")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.hint)
        column.addStretch(2)

    def set_outcome(self, outcome: SealOutcome) -> None:
        """Show the package."""
        self._outcome = outcome
        what = f"共 {outcome.filing_count} 份表" if outcome.filing_count else "无需填报说明"
        self.count_label.setText(f"{what}，{size_words(outcome.size)}")
        self.file_label.set_words(outcome.path.name)
        self.folder_label.set_words(f"在 {outcome.path.parent}")
        self.code.set_code(outcome.check_code)
        self.hint.setText((HEAD_FIRST if outcome.awaits_head else NEXT).format(over=outcome.handing_over))
        self.cover_button.setEnabled(not outcome.awaits_head)

    def outcome(self) -> SealOutcome | None:
        """The package shown."""
        return self._outcome

    def _tell(self, signal: SignalInstance) -> None:
        if self._outcome is not None:
            signal.emit(self._outcome)
