"""改用 UKey in 设置 (UKey 控制), the same at a unit's and the bureau's desk: module, token, PIN, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from models.domain.errors import Cancelled, DeskError
from services import token_keys
from services.bureau_keys import BureauKeys
from services.key_names import UNIT
from services.ports.exchange import CertificateInfo
from services.ports.tokens import TokenChoice
from ui.desks.base import DeskController, DeskParts
from ui.desks.bureau_key_access import KeyAccess
from ui.widgets.dialog import DeskDialog
from ui.widgets.file_drop import choose_file
from ui.widgets.token_chooser import MODULES, TokenChooser
from ui.widgets.token_dialog import TokenDialog

_UNIT = (
    "签名密钥放在 UKey 里，签名时插上 UKey、输入 PIN 码。换用后签名核对码会变，下一次报送时财政部门重新核对；"
    "填过的表和生成过的文件不受影响。"
)
_HEAD = (
    "负责人的签名密钥放在负责人自己的 UKey 里，签名时插上 UKey、输入 PIN 码。换用后负责人的签名核对码会变，"
    "财政部门重新核对；已经签过的文件不受影响。"
)
_BUREAU = (
    "回执、任务参数包等由 UKey 里的密钥签名，证书当场由根密钥签发，各单位不用做任何事。"
    "根密钥仍是密钥文件，请照旧分两份介质保管。"
)

T = TypeVar("T")


class TokenFlow(DeskController):
    """Moves a desk's key to a token (改用 UKey), and answers every dialog in which one is chosen."""

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._attended: set[DeskDialog] = set()

    def begin(self, name: str = UNIT) -> TokenDialog | None:
        """At a unit's or department's desk: the clerk's key, or that of 单位负责人 (HEAD)."""
        if self._is_practice():
            return None
        dialog = self._dialog(name, _UNIT if name == UNIT else _HEAD)

        def done(info: CertificateInfo) -> None:
            told = "" if not info.is_self_signed else "下一次报送时财政部门会核对新的签名核对码。"
            who = "" if name == UNIT else "负责人"
            self.frame.notice.show_notice(f"{who}以后用 UKey 签名，签名时请插好 UKey。{told}")

        dialog.submitted.connect(
            lambda choice: self._submit(
                dialog, lambda: token_keys.use_token(self.workspace, choice, name), done
            )
        )
        return dialog

    def begin_at_bureau(self, access: KeyAccess) -> None:
        """At the bureau's desk: the key of its messages; the root is asked for first, it issues the certificate."""
        if not self._is_practice():
            access.need("改用 UKey 时由根密钥签发证书。", lambda keys: self._at_bureau(access, keys))

    def choose_module(self, name: str) -> None:
        """The maker's module lies elsewhere now."""
        choose_file(self.frame, "选择 UKey 的模块文件", MODULES, lambda path: self.take_module(name, path))

    def take_module(self, name: str, path: str) -> None:
        """A module was chosen for a key that is on a token already."""
        self.run(
            lambda _ctx: token_keys.choose_module(self.workspace, name, path),
            lambda _none: self.frame.notice.show_notice("UKey 的模块文件已重新选定。"),
        )

    def is_offered(self) -> bool:
        """Whether this desk may sign with tokens, and this copy of the program can read them."""
        return not self.parts.practice_password and self.workspace.tools.tokens.is_supported()

    def _is_practice(self) -> bool:
        if self.parts.practice_password:
            self.frame.notice.show_notice("演示工作区的签名是固定的，不能改用 UKey。")
        return bool(self.parts.practice_password)

    def _at_bureau(self, access: KeyAccess, keys: BureauKeys) -> None:
        dialog = self._dialog("bureau", _BUREAU)

        def done(moved: BureauKeys) -> None:
            access.take(moved)
            self.frame.notice.show_notice("以后由 UKey 签发，打开程序后请插好 UKey 再解锁。")

        def work(choice: TokenChoice) -> BureauKeys:
            return token_keys.use_token_at_bureau(self.workspace, keys, choice)

        dialog.submitted.connect(lambda choice: self._submit(dialog, lambda: work(choice), done))

    def _dialog(self, name: str, intro: str) -> TokenDialog:
        place = token_keys.place_of(self.workspace, name)
        dialog = TokenDialog(intro, self.frame)
        self.open_dialog(dialog)
        self.attend(dialog, dialog.chooser, dialog.refuse)
        if place is not None and place.module:
            dialog.chooser.take_module(place.module)
        self.find_modules(dialog, dialog.chooser)
        return dialog

    def attend(self, dialog: DeskDialog, chooser: TokenChooser, refuse: Callable[[str], object]) -> None:
        """Answer what a chooser in an open dialog asks, whoever opened it."""
        self._attended.add(dialog)
        dialog.finished.connect(lambda _result: self._attended.discard(dialog))

        def look(module: str) -> None:
            self._ask(
                dialog, lambda: token_keys.plugged_in(self.workspace, module), chooser.set_tokens, refuse
            )

        def read(place: object, pin: str) -> None:
            chosen = chooser.place()
            if chosen is not None and chosen == place:
                self._ask(
                    dialog, lambda: token_keys.keys_on(self.workspace, chosen, pin), chooser.set_keys, refuse
                )

        chooser.module_chosen.connect(look)
        chooser.keys_requested.connect(read)

    def find_modules(self, dialog: DeskDialog, chooser: TokenChooser) -> None:
        """Offer the makers' modules found on this machine."""
        tokens = self.workspace.tools.tokens
        self.run(
            lambda _ctx: tokens.modules(),
            lambda found: chooser.set_modules(found) if dialog in self._attended else None,
        )

    def _ask(
        self,
        dialog: DeskDialog,
        work: Callable[[], T],
        done: Callable[[T], object],
        refuse: Callable[[str], object],
    ) -> None:
        """Ask the token something for a dialog that stays open."""

        def failed(error: BaseException) -> None:
            if dialog in self._attended and isinstance(error, DeskError) and not isinstance(error, Cancelled):
                refuse(error.sentence)
            else:
                self.parts.door.show(error)

        self.run(lambda _ctx: work(), lambda found: done(found) if dialog in self._attended else None, failed)

    def _submit(self, dialog: TokenDialog, work: Callable[[], T], done: Callable[[T], object]) -> None:
        self.run_for(dialog, lambda _ctx: work(), done, lambda error: dialog.refuse(error.sentence))
