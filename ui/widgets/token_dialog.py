"""Choosing a hardware token to sign with (改用 UKey): the maker's module, the token, the PIN, a new key or one on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from models.domain.check_code import spaced_check_code
from services.ports.tokens import TokenInfo, TokenKeyInfo, TokenPlace
from services.token_keys import TokenChoice
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.file_drop import choose_file
from ui.widgets.labels import paragraph
from ui.widgets.password_field import PasswordField
from ui.widgets.placing import resize_within_screen

MODULES = "UKey 模块 (*.dll *.so *.dylib)"
_WHICH_MODULE = (
    "由 UKey 厂家的驱动程序安装，文件名常带“pkcs11”；Windows 上是 .dll 文件，麒麟、统信上是 .so 文件。"
)
_NO_TOKEN = "没有找到 UKey。请插好 UKey，再点“重新查找”。"
_NEW = "在 UKey 里新生成签名密钥（推荐）"
_EXISTING = "使用 UKey 里已有的密钥"


class TokenDialog(DeskDialog):
    """Asks which token to use (选择 UKey); `submitted` carries a TokenChoice.

    `module_chosen` wants the tokens of a module, `keys_requested` the keys of the token chosen; whoever opened the
    dialog answers with `set_tokens` and `set_keys`.
    """

    module_chosen = Signal(str)
    keys_requested = Signal(object, str)
    submitted = Signal(object)

    def __init__(self, intro: str, module: str = "", parent: QWidget | None = None) -> None:
        super().__init__("改用 UKey 签名", "改用这个 UKey", parent, intro=intro)
        resize_within_screen(self, px(600), px(570))
        self.module = QLineEdit(module)
        self.module.setReadOnly(True)
        self.module.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.module.setPlaceholderText("请选择 UKey 厂家的模块文件")
        self.choose_button = button("选择…", clicked=self._on_choose)
        self.tokens, self.keys = _combo(), _combo()
        self.again_button = button("重新查找", icon_name="refresh", clicked=self._look_again)
        self.warning = paragraph("", "care")
        self.pin = PasswordField("UKey 的 PIN 码，不会保存")
        self.make_new, self.use_existing = QRadioButton(_NEW), QRadioButton(_EXISTING)
        self.read_button = button("读取", clicked=self._on_read)
        self._infos: tuple[TokenInfo, ...] = ()
        self._listed: tuple[TokenKeyInfo, ...] = ()
        self._lay_out()
        self._connect()
        self._on_token()

    def set_tokens(self, found: Sequence[TokenInfo]) -> None:
        """The tokens plugged in."""
        self._infos = tuple(found)
        self.tokens.clear()
        for info in self._infos:
            self.tokens.addItem(f"{info.place.label}（{info.maker}，编号 {info.place.serial}）")
        self.show_problem("" if found else _NO_TOKEN)
        self._on_token()

    def set_keys(self, found: Sequence[TokenKeyInfo]) -> None:
        """The keys on the token chosen; those that cannot sign say why and cannot be chosen."""
        self.set_busy(False)
        self._listed = tuple(info for info in found if not info.obstacle)
        self.keys.clear()
        for info in self._listed:
            self.keys.addItem(_key_words(info))
        self.show_problem("" if self._listed else _none_fits(found))
        self._judge()

    def place(self) -> TokenPlace | None:
        """The token chosen."""
        at = self.tokens.currentIndex()
        return self._infos[at].place if 0 <= at < len(self._infos) else None

    def submit(self) -> None:
        """Hand the choice over; whoever asked closes the dialog."""
        place = self.place()
        if place is not None:
            key_id = "" if self.make_new.isChecked() else self._listed[self.keys.currentIndex()].key_id
            self.submitted.emit(TokenChoice(place, self.pin.text(), key_id))

    def refuse(self, sentence: str) -> None:
        """It did not work: say why; the PIN is typed anew."""
        self.set_busy(False)
        self.show_problem(sentence)
        self.pin.selectAll()
        self.pin.setFocus()
        self._judge()

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        for choice in (self.make_new, self.use_existing):
            group.addButton(choice)
        self.make_new.setChecked(True)
        module = QVBoxLayout()
        module.setSpacing(4)
        module.addLayout(_beside(Field("UKey 的模块文件", self.module), self.choose_button))
        module.addWidget(paragraph(_WHICH_MODULE, "muted"))
        self.body.addLayout(module)
        self.body.addLayout(_beside(Field("插着的 UKey", self.tokens), self.again_button))
        for item in (self.warning, Field("PIN 码", self.pin), self.make_new, self.use_existing):
            self.body.addWidget(item)
        self.body.addLayout(_beside(self.keys, self.read_button))
        self.keys.setAccessibleName("UKey 里已有的密钥")
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.tokens.currentIndexChanged.connect(self._on_token)
        self.pin.textChanged.connect(self._judge)
        self.make_new.toggled.connect(self._judge)

    def _on_choose(self) -> None:
        start = str(Path(self.module.text()).parent) if self.module.text() else ""
        choose_file(self, "选择 UKey 的模块文件", MODULES, self.take_module, start)

    def take_module(self, path: str) -> None:
        """A module was chosen."""
        self.module.setText(path)
        self._look_again()

    def _look_again(self) -> None:
        if self.module.text():
            self.module_chosen.emit(self.module.text())

    def _on_token(self) -> None:
        at = self.tokens.currentIndex()
        words = self._infos[at].pin.warning if 0 <= at < len(self._infos) else ""
        self.warning.setText(words)
        self.warning.setVisible(bool(words))
        self._listed = ()
        self.keys.clear()
        self._judge()

    def _on_read(self) -> None:
        self.show_problem("")
        self.set_busy(True)
        self.keys_requested.emit(self.place(), self.pin.text())

    def _judge(self) -> None:
        has_pin = self.place() is not None and bool(self.pin.text())
        existing = self.use_existing.isChecked()
        self.again_button.setEnabled(bool(self.module.text()))
        for item in (self.keys, self.read_button):
            item.setVisible(existing)
        self.read_button.setEnabled(existing and has_pin)
        self.accept_button.setEnabled(has_pin and (not existing or bool(self._listed)))


def _combo() -> QComboBox:
    """A list that never asks for more room than the dialog has, however long a label is."""
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(16)
    return made


def _beside(field: QWidget, control: QWidget) -> QHBoxLayout:
    """A field with its button at the right, at the height of what is typed."""
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(field, 1)
    line.addWidget(control, 0, Qt.AlignmentFlag.AlignBottom)
    return line


def _key_words(info: TokenKeyInfo) -> str:
    if info.certificate is None:
        return f"{info.label or '未命名'}（{info.algorithm}，还没有报送签名证书）"
    code = spaced_check_code(info.certificate.fingerprint)
    return f"{info.certificate.subject.unit_name}　{info.certificate.subject.person_name}（核对码 {code}）"


def _none_fits(found: Sequence[TokenKeyInfo]) -> str:
    if not found:
        return "这个 UKey 里还没有密钥，请选择新生成签名密钥。"
    return f"这个 UKey 里的密钥都不能用来签名（{found[0].obstacle}），请选择新生成签名密钥。"
