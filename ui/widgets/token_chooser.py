"""Choosing a hardware token to sign with (选择 UKey): the maker's module, the token, the PIN, a new key or one on it.

Whoever shows it answers its wishes with `set_modules`, `set_tokens` and `set_keys`, and says what went wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from models.domain.check_code import spaced_check_code
from services.ports.tokens import TokenChoice, TokenInfo, TokenKeyInfo, TokenPlace
from ui.widgets.buttons import button
from ui.widgets.field import Field
from ui.widgets.file_drop import choose_file
from ui.widgets.labels import paragraph
from ui.widgets.password_field import PasswordField

MODULES = "UKey 模块 (*.dll *.so *.dylib)"
_WHICH_MODULE = (
    "由 UKey 厂家的驱动程序安装，文件名常带“pkcs11”；Windows 上是 .dll 文件，麒麟、统信上是 .so 文件。"
)
_NO_MODULE = "没有选择，请点“选择…”"
_NO_DRIVER = "没有找到 UKey 的模块文件。请先安装 UKey 厂家的驱动程序，或点“选择…”指定。"
_NO_TOKEN = "没有找到 UKey。请插好 UKey，再点“重新查找”；不是这家的 UKey，请换一个模块文件。"
_NEW = "在 UKey 里新生成签名密钥（推荐）"
_EXISTING = "使用 UKey 里已有的密钥"


class TokenChooser(QWidget):
    """Module, token, PIN and key (选择 UKey); `changed` after everything typed or found.

    `module_chosen` wants the tokens of a module, `keys_requested` the keys of the token chosen; `told` carries a
    sentence to show, "" for none.
    """

    module_chosen = Signal(str)
    keys_requested = Signal(object, str)
    told = Signal(str)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.modules, self.tokens, self.keys = _combo(), _combo(), _combo()
        self.modules.setPlaceholderText(_NO_MODULE)
        self.choose_button = button("选择…", clicked=self._on_choose)
        self.again_button = button("重新查找", icon_name="refresh", clicked=self._look_again)
        self.warning = paragraph("", "care")
        self.pin = PasswordField("UKey 的 PIN 码，不会保存")
        self.make_new, self.use_existing = QRadioButton(_NEW), QRadioButton(_EXISTING)
        self.read_button = button("读取", clicked=self._on_read)
        self._infos: tuple[TokenInfo, ...] = ()
        self._listed: tuple[TokenKeyInfo, ...] = ()
        self._lay_out()
        self.modules.currentIndexChanged.connect(lambda _row: self._look_again())
        self.tokens.currentIndexChanged.connect(self._on_token)
        self.pin.textChanged.connect(self._judge)
        self.make_new.toggled.connect(self._judge)
        self._on_token()

    def set_modules(self, found: Sequence[str]) -> None:
        """Offer the modules found on this machine; the first is looked into while none is chosen."""
        for path in found:
            self._offer(path)
        if self.modules.currentIndex() < 0 and found:
            self.modules.setCurrentIndex(0)
        elif not self.modules.count():
            self.told.emit(_NO_DRIVER)

    def set_tokens(self, found: Sequence[TokenInfo]) -> None:
        """The tokens plugged in; the keyboard goes to the PIN, unless it is still going through the modules."""
        self._infos = tuple(found)
        self.tokens.clear()
        for info in self._infos:
            self.tokens.addItem(f"{info.place.label}（{info.maker}，编号 {info.place.serial}）")
        self.told.emit("" if found else _NO_TOKEN)
        self._on_token()
        if found and self.isVisible() and not self.modules.hasFocus():
            self.pin.setFocus()

    def set_keys(self, found: Sequence[TokenKeyInfo]) -> None:
        """The keys on the token chosen; those that cannot sign say why and cannot be chosen."""
        self._listed = tuple(info for info in found if not info.obstacle)
        self.keys.clear()
        for info in self._listed:
            self.keys.addItem(_key_words(info))
        self.told.emit("" if self._listed else _none_fits(found))
        self._judge()

    def place(self) -> TokenPlace | None:
        """The token chosen."""
        at = self.tokens.currentIndex()
        return self._infos[at].place if 0 <= at < len(self._infos) else None

    def is_complete(self) -> bool:
        """Whether a token, its PIN and a key are chosen."""
        has_pin = self.place() is not None and bool(self.pin.text())
        return has_pin and (self.make_new.isChecked() or bool(self._listed))

    def choice(self) -> TokenChoice | None:
        """What was chosen, None while something is missing."""
        place = self.place()
        if place is None or not self.is_complete():
            return None
        key_id = "" if self.make_new.isChecked() else self._listed[self.keys.currentIndex()].key_id
        return TokenChoice(place, self.pin.text(), key_id)

    def type_pin_anew(self) -> None:
        """It did not work: the PIN is typed once more."""
        self.pin.selectAll()
        self.pin.setFocus()
        self._judge()

    def take_module(self, path: str) -> None:
        """A module was chosen; the same one is looked into again."""
        before = self.modules.currentIndex()
        at = self._offer(path)
        self.modules.setCurrentIndex(at)
        if at == before:
            self._look_again()

    def module(self) -> str:
        """The file chosen, "" for none."""
        return str(self.modules.currentData() or "")

    def _offer(self, path: str) -> int:
        """Its line in the list, made when it is new."""
        at = self.modules.findData(path)
        if at < 0:
            name = Path(path)
            blocked = self.modules.blockSignals(True)  # the first line of a list chooses itself
            before = self.modules.currentIndex()
            self.modules.addItem(f"{name.name}（{name.parent}）", path)
            self.modules.setCurrentIndex(before)
            self.modules.blockSignals(blocked)
            at = self.modules.count() - 1
        return at

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        for choice in (self.make_new, self.use_existing):
            group.addButton(choice)
        self.make_new.setChecked(True)
        module = QVBoxLayout()
        module.setSpacing(4)
        module.addLayout(_beside(Field("UKey 的模块文件", self.modules), self.choose_button))
        module.addWidget(paragraph(_WHICH_MODULE, "muted"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(module)
        column.addLayout(_beside(Field("插着的 UKey", self.tokens), self.again_button))
        for item in (self.warning, Field("PIN 码", self.pin), self.make_new, self.use_existing):
            column.addWidget(item)
        column.addLayout(_beside(self.keys, self.read_button))
        self.keys.setAccessibleName("UKey 里已有的密钥")

    def _on_choose(self) -> None:
        start = str(Path(self.module()).parent) if self.module() else ""
        choose_file(self, "选择 UKey 的模块文件", MODULES, self.take_module, start)

    def _look_again(self) -> None:
        if self.module():
            self.module_chosen.emit(self.module())
        self._judge()

    def _on_token(self) -> None:
        at = self.tokens.currentIndex()
        words = self._infos[at].pin.warning if 0 <= at < len(self._infos) else ""
        self.warning.setText(words)
        self.warning.setVisible(bool(words))
        self._listed = ()
        self.keys.clear()
        self._judge()

    def _on_read(self) -> None:
        self.told.emit("")
        self.keys_requested.emit(self.place(), self.pin.text())

    def _judge(self) -> None:
        existing = self.use_existing.isChecked()
        self.again_button.setEnabled(bool(self.module()))
        for item in (self.keys, self.read_button):
            item.setVisible(existing)
        self.read_button.setEnabled(existing and self.place() is not None and bool(self.pin.text()))
        self.changed.emit()


def _combo() -> QComboBox:
    """A list that never asks for more room than there is, however long a label is."""
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
