"""根密钥保管 at the bureau: the root taken back from a medium; a signing key that left its UKey is offered it again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QScrollArea

from services import bureau_keys, root_copies, token_keys
from services.ports.tokens import TokenChoice, TokenPlace
from tests.exchange.fake_token import FakeToken
from tests.gui.bureau.test_bureau_token import PIN, token
from tests.gui.pages.bureau_desk import BureauDeskPage
from tests.gui.pages.cut_off import cut_off, settle
from tests.gui.pages.desk_program import words_of
from tests.gui.pages.trust_care import CertificatesDeskPage
from ui.bureau.root_dialogs import NewRootDialog
from ui.bureau.root_keeping_dialog import RootKeepingDialog
from ui.widgets.confirm_dialog import ConfirmDialog
from ui.widgets.password_dialog import PasswordDialog
from ui.widgets.token_dialog import TokenDialog

__all__ = ["token"]

pytestmark = pytest.mark.slow
ROOT, LEAF = "root-pass-5", "bureau-pass-6"
SCREEN_HEIGHT = 768 - 40
"""What a screen of 1366 × 768 leaves a window below its title bar."""


@pytest.fixture
def bureau(desk: BureauDeskPage) -> CertificatesDeskPage:
    return CertificatesDeskPage(desk)


def restore(bureau: CertificatesDeskPage, file: Path, password: str = BureauDeskPage.ROOT) -> PasswordDialog:
    """Choose a copy and type the root password; the dialog that asked."""
    bureau.click(bureau.desk.dialog(RootKeepingDialog).restore_button)
    bureau.desk.choose(file)
    asked = bureau.desk.dialog(PasswordDialog)
    asked.fields[0].setText(password)
    bureau.click(asked.accept_button)
    return asked


def test_the_root_is_taken_back_from_a_medium(bureau: CertificatesDeskPage) -> None:
    workspace, folder = bureau.desk.workspace, bureau.desk.folder
    before = workspace.vault.certificate("root")
    copy = root_copies.copy_root(workspace, folder / "medium", BureauDeskPage.ROOT)
    strange = folder / "another.key.json"
    strange.write_bytes(workspace.vault.export("bureau"))
    (workspace.folder / "keys" / root_copies.FILE).unlink()
    keeping = bureau.keeping()
    assert not keeping.copies_button.isEnabled()
    assert not keeping.page_button.isEnabled()
    refused = restore(bureau, strange)
    bureau.desk.until(refused.problem)
    assert "另一个根证书的备份" in refused.problem()
    refused.reject()
    restore(bureau, Path(copy.place) / root_copies.FILE)
    bureau.desk.until(lambda: "根密钥已从备份恢复" in bureau.told())
    assert workspace.vault.certificate("root") == before
    assert bureau.keeping().page_button.isEnabled()


def test_a_signing_key_that_left_its_token_is_offered_it_again(
    bureau: CertificatesDeskPage, token: FakeToken
) -> None:
    desk = bureau.desk
    bureau.click(bureau.page.renew_button)
    desk.give_passwords()
    desk.until(lambda: desk.desk.access.is_unlocked)
    place = TokenPlace("/drivers/token.so", "绩效UKey", "0001")
    choice = TokenChoice(place, PIN)
    desk.desk.access.take(token_keys.use_token_at_bureau(desk.workspace, desk.desk.keys, choice))
    bureau.click(bureau.keeping().succeed_button)
    assert "在 UKey“绩效UKey”里" in words_of(desk.dialog(NewRootDialog))
    bureau.give_new_root(ROOT, LEAF)
    desk.until(lambda: "根证书已更换" in bureau.told())
    assert "不再用 UKey“绩效UKey”" in bureau.told()
    assert token_keys.place_of(desk.workspace, "bureau") is None
    offer = desk.dialog(ConfirmDialog)
    bureau.click(offer.accept_button)
    dialog = desk.dialog(TokenDialog)
    dialog.chooser.take_module(place.module)
    desk.until(lambda: dialog.chooser.place() is not None)
    dialog.chooser.pin.setText(PIN)
    bureau.click(dialog.accept_button)
    desk.until(lambda: token_keys.place_of(desk.workspace, "bureau") == place)
    assert bureau_keys.unlock_keys(desk.workspace, ROOT, PIN)


@pytest.mark.parametrize("scale", [1.25, 1.5])
def test_a_new_root_is_asked_for_without_scrolling(qtbot, text_scale, scale):
    text_scale(scale)
    dialog = NewRootDialog(asks_loss=True, token_label="示例县财政局预算绩效管理专用")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.resize(dialog.width(), min(dialog.height(), SCREEN_HEIGHT))
    settle()
    area = dialog.findChild(QScrollArea)
    assert area.verticalScrollBar().maximum() == 0
    assert cut_off(dialog) == []
