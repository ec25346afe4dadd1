"""The root's care at the bureau (根密钥保管控制): copies on two media, the page for the safe, restoring, another root."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from models.domain.errors import DeskError, WrongPassword
from services import ceremony, key_renewals, root_change, root_copies, setup, token_keys
from services.bureau_keys import BureauKeys
from services.ceremony import Keeping
from services.job import JobContext
from services.root_change import RootLoss
from services.root_copies import RootCopy
from ui.bureau.ceremony_dialog import CeremonyDialog
from ui.bureau.choosing import choose_target
from ui.bureau.root_copies_dialog import RootCopiesDialog
from ui.bureau.root_dialogs import NewRootDialog
from ui.bureau.root_keeping_dialog import RootKeepingDialog
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.bureau_key_access import KeyAccess
from ui.desks.token_flow import TokenFlow
from ui.widgets.confirm_dialog import ConfirmDialog
from ui.widgets.file_drop import choose_file, choose_folder
from ui.widgets.password_dialog import NewPasswordDialog, PasswordDialog

AGAIN = "请重新备份根密钥到两个介质、打印保管页，并下发新的任务参数包。"
OFF_TOKEN = "签发密钥不再用 UKey“{label}”，现在是本机的密钥文件。"
ASK_TOKEN = (
    "原来的签发密钥在 UKey“{label}”里，不再使用。新的签发密钥是本机的密钥文件，用刚设置的签发密码打开。"
    "可以现在重新改用 UKey，也可以以后在“设置”里改。"
)
USE_TOKEN = "重新改用 UKey…"


class RootFlow(DeskController):
    """Everything behind 根密钥保管…; `told` carries one sentence on what was done."""

    told = Signal(str)

    def __init__(self, parts: DeskParts, access: KeyAccess, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._access = access
        self.tokens = TokenFlow(parts, self)
        self.dialog: RootKeepingDialog | None = None

    def close(self) -> None:
        """Let go."""
        self.tokens.close()
        super().close()

    def begin(self) -> None:
        """Show where the root's copies lie and what can be done."""
        vault = self.workspace.vault
        root = vault.certificate("root") if "root" in vault.names() else None
        dialog = RootKeepingDialog(
            root.fingerprint if root else "",
            root_copies.root_copies(self.workspace),
            self.frame,
            ends=root.not_after if root else None,
        )
        dialog.copies_requested.connect(self._on_copies)
        dialog.page_requested.connect(self._on_page)
        dialog.restore_requested.connect(self._on_restore)
        dialog.succeed_requested.connect(self._on_succeed)
        dialog.replace_requested.connect(self._on_replace)
        dialog.bureau_requested.connect(self._on_bureau)
        dialog.renew_requested.connect(self._on_renew)
        self.dialog = dialog
        self.open_dialog(dialog)

    @property
    def _above(self) -> QWidget:
        """The window a further dialog belongs to."""
        return self.dialog if self.dialog is not None and self.is_open(self.dialog) else self.frame

    # Copies ---------------------------------------------------------------------------------------

    def _on_copies(self) -> None:
        dialog = RootCopiesDialog(self._above)

        def chosen(number: int, folder: str) -> None:
            dialog.set_folder(number, Path(folder))
            first, second = dialog.folders()
            if first is not None and second is not None:
                dialog.set_warning(root_copies.carrier_problem(self.workspace, first, second))

        dialog.folder_requested.connect(
            lambda number: choose_folder(dialog, f"第 {number + 1} 份备份存到", partial(chosen, number))
        )
        dialog.submitted.connect(lambda wanted: self._copy(dialog, *wanted))
        self.open_dialog(dialog)

    def _copy(self, dialog: RootCopiesDialog, first: Path, second: Path, password: str) -> None:
        def work(_ctx: JobContext) -> list[RootCopy]:
            return [root_copies.copy_root(self.workspace, folder, password) for folder in (first, second)]

        def done(_made: list[RootCopy]) -> None:
            if self.dialog is not None and self.is_open(self.dialog):
                self.dialog.set_copies(root_copies.root_copies(self.workspace))
            self.told.emit("根密钥已备份到两个介质，都已读回并打开核验。请打印保管页，与介质一起归档。")

        self.run_for(dialog, work, done, partial(_wrong, dialog))

    def _on_page(self) -> None:
        dialog = CeremonyDialog(self._above)

        def save(keeping: Keeping, path: str) -> None:
            target = Path(path) if path.lower().endswith(".pdf") else Path(f"{path}.pdf")

            def work(_ctx: JobContext) -> Path:
                self.workspace.tools.files.write(target, ceremony.ceremony_page(self.workspace, keeping))
                return target

            self.run_for(dialog, work, open_outside)

        dialog.submitted.connect(
            lambda keeping: choose_target(
                dialog, "保存密钥保管页", "根密钥保管记录.pdf", "PDF 文件 (*.pdf)", partial(save, keeping)
            )
        )
        self.open_dialog(dialog)

    def _on_restore(self) -> None:
        choose_file(
            self._above,
            "选择备份介质里的根密钥文件",
            "根密钥备份 (*.key.json)",
            lambda path: self._ask_restore(Path(path)),
        )

    def _ask_restore(self, path: Path) -> None:
        intro = "输入备份时的根密码。现在的根密钥文件会另存留底。"
        dialog = PasswordDialog("从备份恢复根密钥", intro, ("根密码",), "恢复", self._above)
        told = "根密钥已从备份恢复。"
        dialog.submitted.connect(
            lambda given: self.run_for(
                dialog,
                lambda _ctx: root_copies.restore_root(self.workspace, path, given[0]),
                lambda _info: self._ended(told),
                partial(_wrong, dialog),
            )
        )
        self.open_dialog(dialog)

    # The bureau's own key -------------------------------------------------------------------------

    def _on_renew(self) -> None:
        def renew(keys: BureauKeys) -> None:
            told = "本局签名已续期。请下发任务参数包，或导出证书名单。"
            self.run(
                lambda _ctx: key_renewals.renew_bureau_certificate(self.workspace, keys),
                lambda renewed: self._with_keys(renewed, told),
            )

        self._access.need("本局签名续期要用根密码和签发密码。", renew, self._above)

    def _on_bureau(self) -> None:
        intro = "先输入根密码，再设置新的签发密码。原来的本局签名从现在起作废，已发出的文件照常有效。"
        dialog = PasswordDialog("补办本局签名", intro, ("根密码",), "下一步", self._above)

        def unlock(given: tuple[str]) -> None:
            vault, clock = self.workspace.vault, self.workspace.tools.clock
            self.run_for(
                dialog,
                lambda _ctx: vault.unlock("root", given[0], clock.now()),
                lambda root: self._ask_bureau(
                    lambda password: root_change.replace_bureau_key(self.workspace, root, password)
                ),
                partial(_wrong, dialog),
            )

        dialog.submitted.connect(unlock)
        self.open_dialog(dialog)

    def _ask_bureau(self, make: Callable[[str], BureauKeys]) -> None:
        intro = "这是以后签发文件用的密码，请与根密码分开保管。"
        dialog = NewPasswordDialog(
            "设置新的签发密码", intro, setup.MINIMUM_PASSWORD_LENGTH, parent=self._above, what="新的签发密码"
        )
        told, before = "本局签名已补办，原来的已注销。请下发任务参数包，或导出证书名单。", self._token()
        dialog.submitted.connect(
            lambda password: self.run_for(
                dialog, lambda _ctx: make(password), lambda keys: self._with_keys(keys, told, before)
            )
        )
        self.open_dialog(dialog)

    # Another root ---------------------------------------------------------------------------------

    def _on_succeed(self) -> None:
        def ask(keys: BureauKeys) -> None:
            before = self._token()
            dialog = NewRootDialog(asks_loss=False, token_label=before, parent=self._above)
            dialog.submitted.connect(
                lambda wish: self.run_for(
                    dialog,
                    lambda _ctx: root_change.succeed_root(self.workspace, keys, wish.root, wish.bureau),
                    lambda made: self._with_keys(made, f"根证书已更换。{AGAIN}", before),
                )
            )
            self.open_dialog(dialog)

        self._access.need("更换根证书要由原来的根证书签认。", ask, self._above)

    def _on_replace(self) -> None:
        before = self._token()
        dialog = NewRootDialog(asks_loss=True, token_label=before, parent=self._above)
        told = f"根证书已重建。{AGAIN}各单位须凭新的核对单重新核对。"
        dialog.submitted.connect(
            lambda wish: self.run_for(
                dialog,
                lambda _ctx: root_change.replace_root(
                    self.workspace, wish.loss or RootLoss.EXPOSED, wish.root, wish.bureau
                ),
                lambda made: self._with_keys(made, told, before),
            )
        )
        self.open_dialog(dialog)

    def _token(self) -> str:
        """The UKey the bureau's own key lies on, "" for a key file."""
        place = token_keys.place_of(self.workspace, "bureau")
        return "" if place is None else place.label

    def _with_keys(self, keys: BureauKeys, told: str, before: str = "") -> None:
        """The desk works with these keys from now on; one that lay on the UKey `before` lies in a file then."""
        self._access.take(keys)
        if not before or self._token():
            self._ended(told)
            return
        self._ended(f"{told}{OFF_TOKEN.format(label=before)}")
        dialog = ConfirmDialog(
            "签发密钥现在是密钥文件", ASK_TOKEN.format(label=before), USE_TOKEN, self.frame
        )
        dialog.reject_button.setText("以后再说")
        dialog.confirmed.connect(lambda: self.tokens.begin_at_bureau(self._access))
        self.open_dialog(dialog)

    def _ended(self, told: str) -> None:
        if self.dialog is not None and self.is_open(self.dialog):
            self.dialog.accept()
        self.told.emit(told)


def _wrong(dialog: RootCopiesDialog | PasswordDialog, error: DeskError) -> None:
    """Say what was wrong; after a wrong root password the next try waits."""
    if isinstance(error, WrongPassword):
        what = error.what.replace("签名密码", "根密码")
        dialog.show_wrong_password(f"{what.rstrip('。')}。", error.wait_seconds)
    else:
        dialog.show_problem(error.sentence)
