"""改用 UKey at the clerk's desk: chosen in the settings, its PIN asked at sealing, every trouble in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from exchange import token_module
from services import token_keys
from tests.exchange.fake_token import FakeLibrary, FakeToken
from tests.gui.desks.county import PASSWORD
from tests.gui.desks.test_forms import READY
from tests.gui.desks.test_sealing import drafts
from tests.gui.pages.desk_program import press
from ui.filer.seal_dialog import SIGN
from ui.widgets.password_dialog import NewPasswordDialog
from ui.widgets.token_dialog import TokenDialog

PIN = "246810"


@pytest.fixture
def token(monkeypatch) -> FakeToken:
    made = FakeToken()
    library = FakeLibrary([made])
    monkeypatch.setattr(token_module, "load", lambda _module: library)
    return made


@pytest.fixture
def choosing(clerk, token) -> TokenDialog:
    """The dialog with the module chosen and its token shown."""
    clerk.go_to("设置")
    press(clerk.qtbot, clerk.frame, "改用 UKey…")
    dialog = clerk.dialog(TokenDialog)
    dialog.chooser.take_module("/drivers/token.so")
    clerk.settle()
    return dialog


def go_on(clerk, dialog: TokenDialog, pin: str = PIN) -> None:
    dialog.chooser.pin.setText(pin)
    clerk.qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    clerk.settle()


def shown(clerk) -> str:
    return clerk.desk.settings.view.key_card.fact("签名方式")


def sign(clerk, stick: Path, secret: str):
    sealing = clerk.begin_sealing()
    sealing.go_on()
    sealing.dialog.folder_chosen.emit(stick)
    clerk.settle()
    sealing.type_password(secret)
    sealing.go_on()
    clerk.settle()
    return sealing


def test_a_key_made_on_the_token_signs_what_is_sent(clerk, choosing, token, tmp_path):
    assert [choosing.chooser.tokens.itemText(0)] == ["绩效UKey（示例厂家，编号 0001）"]
    assert not choosing.accept_button.isEnabled(), "a PIN is needed"
    go_on(clerk, choosing)
    assert not clerk.has_dialog(TokenDialog)
    assert "以后用 UKey 签名" in clerk.notice()
    assert shown(clerk) == "UKey“绩效UKey”"
    clerk.go_to("工作台")
    assert clerk.seal(tmp_path, PIN, READY).is_file()


def test_troubles_of_the_token_lose_nothing(clerk, choosing, token, tmp_path):
    go_on(clerk, choosing)
    clerk.go_to("工作台")
    before = drafts(clerk)
    sealing = sign(clerk, tmp_path, "000000")
    page = sealing.dialog.sign_page
    assert sealing.dialog.stack.currentIndex() == SIGN
    assert "UKey 的 PIN 码不正确" in page.wait.words.text()
    assert page.password_field.findChildren(type(page.state_words))[0].text() == "UKey 的 PIN 码"
    assert "请先插好" in page.state_words.text()
    token.is_plugged_in = False
    sealing.type_password(PIN)
    sealing.go_on()
    clerk.settle()
    assert "可能没有插好或已拔出" in sealing.dialog.problem()
    token.is_plugged_in, token.failures = True, 3
    sealing.go_on()
    clerk.settle()
    assert "PIN 码已锁定" in sealing.dialog.problem()
    assert drafts(clerk) == before
    assert list(tmp_path.glob("*.asice")) == []


def test_a_wrong_pin_leaves_the_key_file_in_force(clerk, choosing, token):
    go_on(clerk, choosing, "000000")
    assert "PIN 码不正确" in choosing.problem()
    assert token_keys.place_of(clerk.workspace, "unit") is None
    token.failures = 2
    choosing.chooser.again_button.click()
    clerk.settle()
    assert "只剩最后一次机会" in choosing.chooser.warning.text()


def test_a_module_that_shows_no_token_says_what_to_do(clerk, choosing, token):
    token.is_plugged_in = False
    choosing.chooser.again_button.click()
    clerk.settle()
    assert "没有找到 UKey" in choosing.problem()
    assert not choosing.accept_button.isEnabled()


def test_keys_on_the_token_are_offered(clerk, choosing, token):
    choosing.chooser.use_existing.setChecked(True)
    choosing.chooser.pin.setText(PIN)
    clerk.qtbot.mouseClick(choosing.chooser.read_button, Qt.MouseButton.LeftButton)
    clerk.settle()
    assert "还没有密钥" in choosing.problem()
    choosing.chooser.make_new.setChecked(True)
    go_on(clerk, choosing)
    made = clerk.workspace.vault.certificate("unit")
    press(clerk.qtbot, clerk.frame, "更换 UKey…")
    again = clerk.dialog(TokenDialog)
    clerk.settle()
    again.chooser.use_existing.setChecked(True)
    again.chooser.pin.setText(PIN)
    clerk.qtbot.mouseClick(again.chooser.read_button, Qt.MouseButton.LeftButton)
    clerk.settle()
    assert "张敏" in again.chooser.keys.itemText(0)
    clerk.qtbot.mouseClick(again.accept_button, Qt.MouseButton.LeftButton)
    clerk.settle()
    assert clerk.workspace.vault.certificate("unit") == made


def test_back_to_a_key_file(clerk, choosing, token, tmp_path):
    go_on(clerk, choosing)
    press(clerk.qtbot, clerk.frame, "改用本机密钥文件…")
    dialog = clerk.dialog(NewPasswordDialog)
    dialog.password.first.setText(PASSWORD)
    dialog.password.second.setText(PASSWORD)
    clerk.qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    clerk.settle()
    assert shown(clerk) == "本机密钥文件"
    clerk.go_to("工作台")
    assert clerk.seal(tmp_path, PASSWORD, READY).is_file()
