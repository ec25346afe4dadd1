"""改用 UKey 签发 at the bureau's desk: the root issues the certificate, the PIN opens the key from then on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from exchange import token_module
from services import bureau_keys, token_keys
from tests.exchange.fake_token import FakeLibrary, FakeToken
from tests.gui.pages.bureau_desk import BureauDeskPage
from ui.bureau.settings_view import BureauSettingsView
from ui.desks.bureau_settings_flow import PAGE
from ui.widgets.password_dialog import PasswordDialog
from ui.widgets.token_dialog import TokenDialog

pytestmark = pytest.mark.slow
PIN = "246810"


@pytest.fixture
def token(monkeypatch) -> FakeToken:
    made = FakeToken()
    library = FakeLibrary([made])
    monkeypatch.setattr(token_module, "load", lambda _module: library)
    return made


def test_the_bureau_signs_with_a_token(desk, token):
    before = desk.workspace.vault.certificate("bureau")
    desk.frame.show_page(PAGE)
    desk.settle()
    view = desk.frame.findChild(BureauSettingsView)
    desk.qtbot.mouseClick(view.token_button, Qt.MouseButton.LeftButton)
    desk.give_passwords()
    desk.until(lambda: desk.has_dialog(TokenDialog))
    dialog = desk.dialog(TokenDialog)
    dialog.chooser.take_module("/drivers/token.so")
    desk.until(lambda: dialog.chooser.place() is not None)
    dialog.chooser.pin.setText(PIN)
    desk.qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    desk.until(lambda: not desk.has_dialog(TokenDialog))
    desk.until(lambda: "绩效UKey" in view.token_label.text())
    after = desk.workspace.vault.certificate("bureau")
    assert after.fingerprint != before.fingerprint
    assert not after.is_self_signed
    assert token_keys.place_of(desk.workspace, "root") is None
    assert bureau_keys.unlock_keys(desk.workspace, BureauDeskPage.ROOT, PIN)
    desk.qtbot.mouseClick(view.lock_button, Qt.MouseButton.LeftButton)
    desk.qtbot.mouseClick(view.token_button, Qt.MouseButton.LeftButton)
    asked = desk.dialog(PasswordDialog)
    assert [field.accessibleName() for field in asked.fields] == ["根密码", token_keys.PIN]
