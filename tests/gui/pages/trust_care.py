"""Page objects of keys over the years: the clerk's settings, the bureau's page 证书 and 根密钥保管."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from services.key_notices import filer_notices
from services.root_change import RootLoss
from tests.gui.pages.bureau_desk import BureauDeskPage
from tests.gui.pages.desk_clerk import ClerkPage
from tests.gui.pages.desk_program import choose_in_file_dialog, press
from ui.bureau.certificates_page import CertificatesPage
from ui.bureau.kit_view import CERTIFICATES
from ui.bureau.root_dialogs import NewRootDialog
from ui.bureau.root_keeping_dialog import RootKeepingDialog
from ui.filer.kit_offer_dialog import KitOfferDialog
from ui.widgets.password_field import NewPassword


def type_new(field: NewPassword, password: str) -> None:
    """Type a new password twice."""
    field.first.setText(password)
    field.second.setText(password)


class KeyCarePage:
    """A clerk who looks after the unit's signature (签名的续期与补办)."""

    def __init__(self, clerk: ClerkPage) -> None:
        self.clerk = clerk

    def told_at_home(self) -> str:
        """What the notice over the home page says a while after the program was opened."""
        self.clerk.desk.opening.tell_keys()
        self.clerk.settle()
        return self.clerk.notice()

    def sentences(self) -> tuple[str, ...]:
        return filer_notices(self.clerk.workspace)

    def press(self, words: str) -> None:
        press(self.clerk.qtbot, self.clerk.frame, words)
        self.clerk.settle()

    def choose(self, folder: Path) -> None:
        choose_in_file_dialog(folder)
        self.clerk.settle()

    def state(self) -> str:
        """The word beside the signature in the settings."""
        self.clerk.go_to("设置")
        return self.clerk.desk.settings.view.key_card.state.look().word

    def take_in(self, path: Path) -> str:
        """A file dropped onto 回执与退回; what is said then."""
        self.clerk.go_to("回执与退回")
        inbox = self.clerk.desk.inbox.view
        inbox.drop.take(str(path))
        self.clerk.settle()
        return inbox.notice.words.text() if inbox.notice.isVisible() else ""

    def offered_kit(self, path: Path) -> KitOfferDialog:
        self.take_in(path)
        return self.clerk.dialog(KitOfferDialog)


class CertificatesDeskPage:
    """A person at the bureau who looks after keys (证书页)."""

    def __init__(self, desk: BureauDeskPage) -> None:
        self.desk = desk

    @property
    def page(self) -> CertificatesPage:
        view = self.desk.kit()
        view.show_tab(CERTIFICATES)
        return view.certificates

    def click(self, button: Any) -> None:
        assert isinstance(button, QPushButton)
        assert button.isEnabled(), button.text()
        self.desk.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def told(self) -> str:
        return self.desk.kit().notice.words.text()

    def states(self, unit_name: str) -> dict[str, str]:
        """The words in the last column for a unit's keys, by 核对码."""
        page = self.page
        page.search.setText(unit_name)
        records = page.table.records
        lines = [records.record(number) for number in range(records.rowCount())]
        return {line.fingerprint: line.state.label for line in lines}

    def write_list(self, folder: Path) -> Path:
        """导出证书名单 into a folder; the file."""
        before = set(folder.glob("*.asice"))
        self.click(self.page.list_button)
        self.desk.choose(folder)
        self.desk.until(lambda: "已导出" in self.told())
        (made,) = set(folder.glob("*.asice")) - before
        return made

    def keeping(self) -> RootKeepingDialog:
        self.click(self.page.keeping_button)
        return self.desk.dialog(RootKeepingDialog)

    def give_new_root(self, root: str, bureau: str, loss: RootLoss | None = None) -> NewRootDialog:
        """Fill in the dialog of a new root and send it off."""
        dialog = self.desk.dialog(NewRootDialog)
        assert not dialog.accept_button.isEnabled()
        if loss is not None:
            dialog.losses[loss].setChecked(True)
        type_new(dialog.root, root)
        type_new(dialog.bureau, bureau)
        dialog.confirm.setChecked(True)
        self.click(dialog.accept_button)
        return dialog
