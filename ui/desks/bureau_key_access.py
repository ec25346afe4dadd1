"""The bureau's keys while the window is open (财政端密钥的使用): asked for once per sitting, kept in memory only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from models.domain.errors import Cancelled, DeskError, WrongPassword
from services import bureau_keys, token_keys
from services.bureau_keys import BureauKeys
from services.ports.exchange import UnlockedKey
from ui.desks.base import DeskController, DeskParts
from ui.widgets.password_dialog import PasswordDialog

ONCE = "输入一次后，关闭程序前不再询问。"


def practice_words(password: str) -> str:
    """What the passwords of the practice bureau are, "" at a bureau's own desk."""
    return f"演示密码：根密码 {password}-root，签发密码 {password}-bureau。" if password else ""


class KeyAccess(DeskController):
    """Hands out the unlocked keys (密钥使用); `lock_changed` tells whether they are in memory."""

    lock_changed = Signal(bool)

    def __init__(
        self, parts: DeskParts, keys: BureauKeys | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parts, parent)
        self.keys = keys
        self.dialog: PasswordDialog | None = None

    @property
    def is_unlocked(self) -> bool:
        """Whether both keys are in memory."""
        return self.keys is not None

    def need(self, why: str, then: Callable[[BureauKeys], object], parent: QWidget | None = None) -> None:
        """Call `then` with the keys, after asking for the passwords where that is still to be done."""
        if self.keys is not None:
            then(self.keys)
            return
        if self.dialog is not None:
            self.dialog.raise_()
            return
        told = practice_words(self.parts.practice_password)
        names = tuple(token_keys.secret_name(self.workspace, name) for name in ("root", "bureau"))
        dialog = PasswordDialog("输入财政端密码", f"{why}{ONCE}{told}", names, "解锁", parent or self.frame)
        self.dialog = dialog

        def done(keys: BureauKeys) -> None:
            self.keys = keys
            dialog.accept()
            self.lock_changed.emit(True)
            then(keys)

        def failed(error: BaseException) -> None:
            dialog.set_busy(False)
            if isinstance(error, WrongPassword):
                dialog.show_wrong_password(f"{error.what.rstrip('。')}。", error.wait_seconds)
            elif isinstance(error, DeskError) and not isinstance(error, Cancelled):
                dialog.show_problem(error.sentence)
            else:
                self.parts.door.show(error)

        def submit(given: tuple[str, str]) -> None:
            dialog.set_busy(True)
            self.run(lambda _ctx: bureau_keys.unlock_keys(self.workspace, *given), done, failed)

        dialog.submitted.connect(submit)
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def need_signature(self, why: str, then: Callable[[UnlockedKey], object]) -> None:
        """Call `then` with the key that signs what goes down to the units."""
        self.need(why, lambda keys: then(keys.bureau))

    def take(self, keys: BureauKeys) -> None:
        """Work with keys that were just made."""
        self.keys = keys
        self.lock_changed.emit(True)

    def lock(self) -> None:
        """Forget the keys."""
        self.keys = None
        self.lock_changed.emit(False)

    def close(self) -> None:
        """Forget the keys and close what asks for them."""
        self.keys = None
        if self.dialog is not None:
            self.dialog.close()
        super().close()

    def _on_closed(self, _result: int) -> None:
        if self.dialog is not None:
            self.dialog.wait.stop()
            self.dialog.deleteLater()
            self.dialog = None
