"""备份根密钥: two folders on two media, one root password; each copy is read back and opened before it counts."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.card import Card, row
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.labels import ElidedLabel, label, paragraph
from ui.widgets.password_field import PasswordField, WaitCountdown
from ui.widgets.placing import resize_within_screen

_INTRO = "请把两个 U 盘（或刻录光盘的文件夹）都插好，各选一个文件夹。每写一份都会读回，并用根密码打开核验。"
ANYWAY = "我知道，仍然备份到这里(&Y)"


class RootCopiesDialog(DeskDialog):
    """Two places and the password (备份根密钥); `submitted` carries both folders and the password."""

    submitted = Signal(object)
    folder_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("备份根密钥", "开始备份", parent, intro=_INTRO)
        resize_within_screen(self, px(620), px(520))
        self._folders: list[Path | None] = [None, None]
        self._labels = [ElidedLabel("还没有选", "muted"), ElidedLabel("还没有选", "muted")]
        self.folder_buttons = [
            button(f"选第 {number + 1} 个介质…", clicked=partial(self.folder_requested.emit, number))
            for number in range(2)
        ]
        card = Card()
        for number, choose in enumerate(self.folder_buttons):
            line = row(label(f"第 {number + 1} 份", "strong"), choose, self._labels[number])
            line.setStretch(2, 1)
            card.body.addLayout(line)
        self.body.addWidget(card)
        self.warning = paragraph("", "care")
        self.anyway = QCheckBox(ANYWAY)
        self.password = PasswordField()
        self.wait = WaitCountdown()
        self.body.addWidget(self.warning)
        self.body.addWidget(self.anyway)
        self.body.addWidget(Field("根密码", self.password))
        self.body.addWidget(self.wait)
        self.body.addStretch(1)
        self.set_warning("")
        self.password.textChanged.connect(self._judge)
        self.anyway.toggled.connect(lambda _on: self._judge())
        self.wait.elapsed.connect(self._judge)
        self._judge()

    def set_folder(self, number: int, folder: Path) -> None:
        """A folder was chosen."""
        self._folders[number] = folder
        self._labels[number].set_words(str(folder))
        self._judge()

    def folders(self) -> tuple[Path | None, Path | None]:
        """Both folders, None where nothing was chosen."""
        return self._folders[0], self._folders[1]

    def set_warning(self, sentence: str) -> None:
        """Why the two places are a poor choice, "" when nothing is known against them."""
        self.warning.setText(sentence)
        self.warning.setVisible(bool(sentence))
        self.anyway.setVisible(bool(sentence))
        self.anyway.setChecked(False)
        self._judge()

    def show_wrong_password(self, sentence: str, wait_seconds: int) -> None:
        """The root password did not open the key."""
        self.set_busy(False)
        self.wait.start(sentence, wait_seconds)
        self._judge()

    def submit(self) -> None:
        """Ask for the copies; whoever makes them closes the dialog."""
        self.submitted.emit((*self._folders, self.password.text()))

    def _judge(self) -> None:
        chosen = all(folder is not None for folder in self._folders) and bool(self.password.text())
        agreed = not self.warning.text() or self.anyway.isChecked()
        self.accept_button.setEnabled(chosen and agreed and self.wait.seconds_left == 0)
