"""修改根密码、修改签发密码: each changes its own key; keys in memory go on working."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from services import bureau_keys
from tests.gui.pages.bureau_desk import BureauDeskPage
from tests.gui.pages.passwords import ChangePassword
from ui.bureau.settings_view import BureauSettingsView
from ui.desks.bureau_settings_flow import PAGE
from ui.widgets.change_password_dialog import ChangePasswordDialog

pytestmark = pytest.mark.slow
NEW = "xin-mima-2027"


@pytest.mark.parametrize(
    ("name", "passwords"), [("root", (NEW, BureauDeskPage.BUREAU)), ("bureau", (BureauDeskPage.ROOT, NEW))]
)
def test_each_key_has_its_own(desk, name, passwords):
    desk.frame.show_page(PAGE)
    desk.settle()
    view = desk.frame.findChild(BureauSettingsView)
    pressed = view.root_button if name == "root" else view.bureau_button
    desk.qtbot.mouseClick(pressed, Qt.MouseButton.LeftButton)
    changing = ChangePassword(desk.qtbot, desk.dialog(ChangePasswordDialog), desk.settle)
    changing.type(BureauDeskPage.ROOT if name == "root" else BureauDeskPage.BUREAU, NEW)
    changing.go_on()
    desk.until(lambda: not desk.has_dialog(ChangePasswordDialog))
    assert "密码已修改" in desk.frame.notice.words.text()
    assert bureau_keys.unlock_keys(desk.workspace, *passwords)
