"""The bureau's keys while the window is open (财政端密钥的使用): each asked for once per sitting, kept in memory only.

What goes to units every day (receipts, slips, notices) is signed with 签发密码 alone, so that 根密码 may lie in the safe and
is known to few; it is asked for where certificates, their lists and kits are issued.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from models.domain.errors import Cancelled, DeskError, WrongPassword
from services import bureau_keys, token_keys
from services.bureau_keys import BureauKeys
from services.key_names import BUREAU, PASSWORDS, ROOT
from services.ports.exchange import UnlockedKey
from ui.desks.base import DeskController, DeskParts
from ui.widgets.password_dialog import PasswordDialog

ONCE = "输入一次后，关闭程序前不再询问。"


def practice_words(password: str, names: tuple[str, ...]) -> str:
    """What these passwords of the practice bureau are, "" at a bureau's own desk."""
    told = "，".join(f"{PASSWORDS[name]} {password}-{name}" for name in names)
    return f"演示密码：{told}。" if password else ""


class KeyAccess(DeskController):
    """Hands out the unlocked keys (密钥使用); `lock_changed` tells whether any is in memory."""

    lock_changed = Signal(bool)

    def __init__(
        self, parts: DeskParts, keys: BureauKeys | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parts, parent)
        self._open: dict[str, UnlockedKey] = {ROOT: keys.root, BUREAU: keys.bureau} if keys else {}
        self.dialog: PasswordDialog | None = None

    @property
    def is_unlocked(self) -> bool:
        """Whether a key is in memory."""
        return bool(self._open)

    @property
    def keys(self) -> BureauKeys | None:
        """Both keys, None while one of them is still to be unlocked."""
        root, bureau = self._open.get(ROOT), self._open.get(BUREAU)
        return BureauKeys(root, bureau) if root and bureau else None

    def need(self, why: str, then: Callable[[BureauKeys], object], parent: QWidget | None = None) -> None:
        """Call `then` with both keys, after asking for the passwords where that is still to be done."""

        def opened() -> None:
            assert self.keys is not None
            then(self.keys)

        self._unlock((ROOT, BUREAU), why, opened, parent)

    def need_signature(self, why: str, then: Callable[[UnlockedKey], object]) -> None:
        """Call `then` with the key that signs what goes down to the units; the root stays closed."""
        self._unlock((BUREAU,), why, lambda: then(self._open[BUREAU]), None)

    def take(self, keys: BureauKeys) -> None:
        """Work with keys that were just made."""
        self._open = {ROOT: keys.root, BUREAU: keys.bureau}
        self.lock_changed.emit(True)

    def lock(self) -> None:
        """Forget the keys."""
        self._open = {}
        self.lock_changed.emit(False)

    def close(self) -> None:
        """Forget the keys and close what asks for them."""
        self._open = {}
        if self.dialog is not None:
            self.dialog.close()
        super().close()

    def _unlock(
        self, wanted: tuple[str, ...], why: str, then: Callable[[], object], parent: QWidget | None
    ) -> None:
        """Have these keys open: what is closed of them is asked for together."""
        closed = tuple(name for name in wanted if name not in self._open)
        if not closed:
            then()
            return
        if self.dialog is not None:
            self.dialog.raise_()
            return
        told = practice_words(self.parts.practice_password, closed)
        names = tuple(token_keys.secret_name(self.workspace, name) for name in closed)
        title = f"输入{names[0]}" if len(names) == 1 else "输入财政端密码"
        dialog = PasswordDialog(title, f"{why}{ONCE}{told}", names, "解锁", parent or self.frame)
        self.dialog = dialog

        def done(keys: dict[str, UnlockedKey]) -> None:
            self._open |= keys
            dialog.accept()
            self.lock_changed.emit(True)
            then()

        def failed(error: BaseException) -> None:
            dialog.set_busy(False)
            if isinstance(error, WrongPassword):
                dialog.show_wrong_password(f"{error.what.rstrip('。')}。", error.wait_seconds)
            elif isinstance(error, DeskError) and not isinstance(error, Cancelled):
                dialog.show_problem(error.sentence)
            else:
                self.parts.door.show(error)

        def submit(given: tuple[str, ...]) -> None:
            dialog.set_busy(True)
            passwords = dict(zip(closed, given, strict=True))
            self.run(lambda _ctx: bureau_keys.unlock(self.workspace, passwords), done, failed)

        dialog.submitted.connect(submit)
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def _on_closed(self, _result: int) -> None:
        if self.dialog is not None:
            self.dialog.wait.stop()
            self.dialog.deleteLater()
            self.dialog = None
