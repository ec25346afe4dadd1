"""What settings, sealing and the dialog show of a token, without a desk behind them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.ports.tokens import PinState, TokenChoice, TokenInfo, TokenKeyInfo, TokenPlace
from tests.gui.filer.sample import SIGNER
from tests.gui.filer.test_pages import KEY, _settings
from ui.filer.key_dialogs import HeadKeyDialog
from ui.filer.seal_sign_page import SealSignPage
from ui.filer.settings_view import SettingsView
from ui.widgets.token_dialog import TokenDialog

FIRST, SECOND = (
    TokenPlace("pkcs11.dll", label, serial) for label, serial in (("一号", "01"), ("二号", "02"))
)
GOOD = TokenKeyInfo("0a", "签名", "RSA-2048", None)
SHORT = TokenKeyInfo("0b", "旧", "RSA-1024", None, "密钥太短，本程序不能用")


@pytest.fixture
def dialog(qtbot) -> TokenDialog:
    made = TokenDialog("说明")
    qtbot.addWidget(made)
    made.show()
    made.chooser.set_tokens(
        [TokenInfo(FIRST, "厂家", PinState.FINE), TokenInfo(SECOND, "厂家", PinState.LOCKED)]
    )
    return made


def test_settings_say_where_the_key_lies(qtbot):
    view = SettingsView()
    qtbot.addWidget(view)
    view.show()
    card = view.key_card
    view.set_sheet(_settings())
    assert card.fact("签名方式") == "本机密钥文件"
    assert not card.module_button.isVisible()
    view.set_sheet(_settings(key=replace(KEY, token_label="一号")))
    assert card.fact("签名方式") == "UKey“一号”"
    texts = [item.text() for item in (card.password_button, card.key_button, card.token_button)]
    assert texts == ["修改 UKey 的 PIN 码…", "改用本机密钥文件…", "更换 UKey…"]
    for asked, pressed in (
        (view.token_requested, card.token_button),
        (view.module_requested, card.module_button),
    ):
        with qtbot.waitSignal(asked):
            pressed.click()
    view.set_sheet(_settings(key=None))
    assert card.token_button.text() == "用 UKey 签名…", "no key in a file is needed first"


def test_sealing_asks_for_the_pin(qtbot):
    page = SealSignPage()
    qtbot.addWidget(page)
    page.set_signer(SIGNER)
    assert page.password.accessibleName() == "签名密码"
    page.set_signer(replace(SIGNER, token_label="一号"))
    assert page.password.accessibleName() == "UKey 的 PIN 码"
    assert "请先插好" in page.state_words.text()


def test_the_choice_is_handed_over(qtbot, dialog):
    dialog.chooser.pin.setText("246810")
    with qtbot.waitSignal(dialog.submitted) as told:
        dialog.accept_button.click()
    assert told.args == [TokenChoice(FIRST, "246810", "")]
    dialog.chooser.use_existing.setChecked(True)
    assert not dialog.accept_button.isEnabled(), "a key is to be chosen first"
    with qtbot.waitSignal(dialog.chooser.keys_requested) as asked:
        dialog.chooser.read_button.click()
    assert asked.args == [FIRST, "246810"]
    dialog.chooser.set_keys([GOOD, SHORT])
    assert dialog.chooser.keys.count() == 1
    with qtbot.waitSignal(dialog.submitted) as told:
        dialog.accept_button.click()
    assert told.args == [TokenChoice(FIRST, "246810", "0a")]


def test_a_password_or_a_token(qtbot):
    """The head's dialog: the token is looked for once it is wanted, and nothing of the password is asked then."""
    made = HeadKeyDialog("", 8, offers_token=True)
    qtbot.addWidget(made)
    made.show()
    made.name.setText("陈立")
    assert not made.accept_button.isEnabled()
    with qtbot.waitSignal(made.means.token_wanted):
        made.means.by_token.click()
    assert not made.password.isVisible()
    chooser = made.means.chooser
    chooser.set_modules(())
    assert "请先安装 UKey 厂家的驱动程序" in made.problem()
    with qtbot.waitSignal(chooser.module_chosen) as asked:
        chooser.set_modules(("/a/one-pkcs11.so", "/a/two-pkcs11.so"))
    assert asked.args == ["/a/one-pkcs11.so"]
    assert chooser.modules.itemText(1) == "two-pkcs11.so（/a）"
    chooser.set_tokens([TokenInfo(FIRST, "厂家", PinState.FINE)])
    chooser.pin.setText("246810")
    with qtbot.waitSignal(made.submitted) as told:
        made.accept_button.click()
    assert told.args == [("陈立", TokenChoice(FIRST, "246810"))]
    made.means.by_password.click()
    assert not made.accept_button.isEnabled()
    assert not HeadKeyDialog("", 8).means.by_token.isVisibleTo(made)


def test_keys_that_cannot_sign_say_why(dialog):
    dialog.chooser.use_existing.setChecked(True)
    dialog.chooser.set_keys([SHORT])
    assert "密钥太短" in dialog.problem()
    assert not dialog.accept_button.isEnabled()


def test_another_token_forgets_the_keys_and_warns(dialog):
    dialog.chooser.pin.setText("246810")
    dialog.chooser.use_existing.setChecked(True)
    dialog.chooser.set_keys([GOOD])
    assert not dialog.chooser.warning.isVisible()
    dialog.chooser.tokens.setCurrentIndex(1)
    assert "已锁定" in dialog.chooser.warning.text()
    assert dialog.chooser.keys.count() == 0
    assert not dialog.accept_button.isEnabled()
