"""Several desks at one database, as a card of the bureau's settings (多人共用): address, test, move there and back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar

from ui.theme import set_role
from ui.widgets.buttons import button
from ui.widgets.card import Card, row
from ui.widgets.field import Field
from ui.widgets.labels import label, paragraph
from ui.widgets.password_field import PasswordField

_HINT = (
    "几位审核人员要同时办公时，把数据移到本单位服务器上的 PostgreSQL 数据库，请管理服务器的人先建一个空的数据库。"
    "移动前自动备份，逐表核对一致后才启用；密码只存在本机当前用户的密码文件里，不写进工作区。"
)
_EXAMPLE = "postgresql+psycopg://用户名@服务器/数据库名称"


class SharedDatabaseCard(Card):
    """Where the data are, and moving them (多人共用)."""

    test_requested = Signal(str, str)
    move_requested = Signal(str, str)
    join_requested = Signal(str, str)
    move_home_requested = Signal()
    cancel_requested = Signal()

    def __init__(self) -> None:
        super().__init__("多人共用（PostgreSQL）")
        self.place = label("", "strong")
        self.address = QLineEdit()
        self.address.setPlaceholderText(_EXAMPLE)
        self.password = PasswordField()
        self._address_field = Field("数据库地址", self.address)
        self._password_field = Field("密码", self.password)
        self.test_button = button("测试连接", clicked=self._on_test)
        self.move_button = button("移到这个数据库…", clicked=self._on_move)
        self.join_button = button("改用那里的工作区", clicked=self._on_join)
        self.home_button = button("移回本机…", clicked=self.move_home_requested.emit)
        self.cancel_button = button("停止", clicked=self.cancel_requested.emit)
        self.bar = QProgressBar()
        self.said = paragraph("")
        self._address, self._is_busy, self._taken = "", False, ""
        self.body.addWidget(self.place)
        for widget in (self._address_field, self._password_field):
            self.body.addWidget(widget)
        choices = (self.test_button, self.move_button, self.join_button)
        self.body.addLayout(row(*choices, self.home_button, self.cancel_button, None, spacing=8))
        self.body.addWidget(self.bar)
        self.body.addWidget(self.said)
        self.body.addWidget(paragraph(_HINT, "muted"))
        self.address.textChanged.connect(lambda _text: self._show_state())
        self.set_place("")

    def set_place(self, address: str) -> None:
        """Show where the data are; "" is this computer."""
        self._address = address
        self.place.setText("数据现在在多人共用的数据库里" if address else "数据现在在这台电脑上")
        if address:
            self.address.setText(address)
            self.password.clear()
        self._show_state()

    def set_busy(self, *, is_busy: bool) -> None:
        """Show that a test or a move is under way."""
        self._is_busy = is_busy
        self.bar.setRange(0, 0)
        self._show_state()

    def show_taken(self, address: str) -> None:
        """A workspace is at an address already: this computer may become another desk of it."""
        self._taken = address
        self._show_state()

    def show_progress(self, done: int, total: int, text: str) -> None:
        """How far a move is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.say(text, "muted")

    def say(self, text: str, role: str) -> None:
        """Tell how it went; `role` is good, problem or muted."""
        self.said.setText(text)
        set_role(self.said, role)
        self.said.setVisible(bool(text))

    def _show_state(self) -> None:
        is_shared = bool(self._address)
        for widget in (self._password_field, self.test_button):
            widget.setVisible(not is_shared)
        typed = self.address.text().strip()
        can_join = not is_shared and bool(typed) and typed == self._taken
        self.join_button.setVisible(can_join)
        self.move_button.setVisible(not is_shared and not can_join)
        self.home_button.setVisible(is_shared)
        self.address.setReadOnly(is_shared or self._is_busy)
        can_ask = not self._is_busy and bool(typed)
        for asking in (self.test_button, self.move_button, self.join_button):
            asking.setEnabled(can_ask)
        self.home_button.setEnabled(not self._is_busy)
        self.bar.setVisible(self._is_busy)
        self.cancel_button.setVisible(self._is_busy)
        self.said.setVisible(bool(self.said.text()))

    def _on_test(self) -> None:
        self.test_requested.emit(self.address.text().strip(), self.password.text())

    def _on_join(self) -> None:
        self.join_requested.emit(self.address.text().strip(), self.password.text())

    def _on_move(self) -> None:
        self.move_requested.emit(self.address.text().strip(), self.password.text())
