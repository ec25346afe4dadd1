"""Signing passwords (签名密码): one field to give it, a pair to choose it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.icons import icon
from ui.theme import COLOURS, set_role
from ui.widgets.field import Field
from ui.widgets.labels import label


class PasswordField(QLineEdit):
    """A password, hidden unless the eye is pressed (密码框)."""

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setPlaceholderText(hint)
        self._eye = QAction(icon("hide", COLOURS.muted), "显示密码", self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._on_toggled)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)

    def _on_toggled(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._eye.setIcon(icon("show" if shown else "hide", COLOURS.muted))
        self._eye.setText("隐藏密码" if shown else "显示密码")


class NewPassword(QWidget):
    """A password chosen twice, with a word on its strength (设置密码).

    The least length comes from whoever opens the page; nothing is demanded of its characters, because a
    long password one remembers beats a short one with signs in it.
    """

    changed = Signal()

    def __init__(self, what: str, min_length: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._min_length = min_length
        self.first = PasswordField(f"至少 {min_length} 位")
        self.second = PasswordField("再输入一次")
        self.strength = label("", "muted")
        self._first_row = Field(what, self.first)
        self._second_row = Field("再输入一次", self.second)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for item in (self._first_row, self.strength, self._second_row):
            column.addWidget(item)
        for field in (self.first, self.second):
            field.textChanged.connect(self._on_typed)
        self._judge()

    def password(self) -> str:
        """What was typed first."""
        return self.first.text()

    def is_acceptable(self) -> bool:
        """Whether it is long enough and both agree."""
        return len(self.first.text()) >= self._min_length and self.first.text() == self.second.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.second.clear()

    def _on_typed(self) -> None:
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        text, again = self.first.text(), self.second.text()
        words, role = _strength(text, self._min_length)
        self.strength.setText(words)
        set_role(self.strength, role)
        differs = bool(again) and not text.startswith(again)
        self._second_row.set_problem("两次输入的密码不一样，请重新输入" if differs else "")


def _strength(text: str, min_length: int) -> tuple[str, str]:
    """A word on a password and the role it is shown in."""
    if not text:
        return "可以用一句自己记得住的话，越长越安全", "muted"
    if len(text) < min_length:
        return f"还差 {min_length - len(text)} 位", "care"
    if len(set(text)) < max(4, min_length // 2):
        return "重复的字符太多，容易被猜到", "care"
    kinds = sum(any(test(c) for c in text) for test in (str.isdigit, str.isalpha, lambda c: not c.isalnum()))
    if len(text) >= min_length + 4 or kinds >= 2:
        return "强度：好", "good"
    return "强度：够用，再长几位更好", "muted"


class WaitCountdown(QWidget):
    """How long until the next try after a wrong password (等待重试): counts down by the second."""

    elapsed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left = 0
        self._sentence = self._hint = ""
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._on_timeout)
        self.words = label("", "problem")
        self.words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        self.hide()

    @property
    def seconds_left(self) -> int:
        """Seconds still to wait."""
        return self._left

    def start(self, sentence: str, seconds: int, hint: str = "") -> None:
        """Show what is wrong and begin to count; 0 seconds only shows the sentence; `hint` stands at the end."""
        self._sentence, self._left, self._hint = sentence, max(seconds, 0), hint
        self._timer.stop()
        if self._left:
            self._timer.start()
        self._tell()
        self.show()

    def stop(self) -> None:
        """Take sentence and count away."""
        self._timer.stop()
        self._left = 0
        self.hide()

    def _on_timeout(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._timer.stop()
            self._left = 0
            self.elapsed.emit()
        self._tell()

    def _tell(self) -> None:
        wait = f"请 {self._left} 秒后再试。" if self._left else "现在可以再试。"
        self.words.setText(f"{self._sentence}{wait}{self._hint}")
