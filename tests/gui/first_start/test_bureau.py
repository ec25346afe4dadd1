"""First start of a bureau: what it is called, its root under a password, its daily key under another or on a token."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from services.ports.tokens import PinState, TokenChoice, TokenInfo, TokenPlace
from services.setup import BureauSetup
from ui.widgets.signing_means import SigningMeans

PLACE = TokenPlace("/drivers/token.so", "绩效UKey", "0001")


def test_a_bureau_sets_two_different_passwords(page, qtbot):
    page.window.skip_notice()
    page.choose("财政部门")
    page.go_on()
    bureau = page.window.bureau_page
    bureau.name.setText("示例县财政局")
    bureau.code.setText("990000")
    bureau.person.setText("李文")
    bureau.year.setValue(2027)
    page.go_on()
    page.set_password(page.window.bureau_root_page.root, "根密码要很长很长")
    page.go_on()
    daily = page.window.bureau_key_page
    page.set_password(daily.bureau, "根密码要很长很长")
    assert daily.same_label.isVisible()
    assert not page.may_go_on()
    page.set_password(daily.bureau, "日常签发用的密码")
    assert not daily.same_label.isVisible()
    with qtbot.waitSignal(page.window.bureau_ready) as told:
        page.go_on()
    assert told.args == [
        BureauSetup("990000", "示例县财政局", "李文", 2027, "根密码要很长很长", "日常签发用的密码")
    ]


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("code", "99/0000", "6 到 12 位数字"),
        ("name", "长" * 201, "超过 200 字"),
        ("person", "李" * 22, "太长"),
    ],
)
def test_what_cannot_stand_in_a_certificate_is_said_where_it_is_typed(page, field, text, words):
    page.window.skip_notice()
    page.choose("财政部门")
    page.go_on()
    facts = page.window.bureau_page
    for edit, good in ((facts.name, "示例县财政局"), (facts.code, "９９００００"), (facts.person, "李文")):
        edit.setText(good)
    assert page.may_go_on()
    getattr(facts, field).setText(text)
    assert not page.may_go_on()
    said = [label.text() for label in facts.findChildren(QLabel) if label.property("role") == "problem"]
    assert any(words in one for one in said)


def test_a_bureau_chooses_a_token_for_its_daily_key(page, qtbot):
    """The root has no such choice; the PIN must not open it too."""
    page.window.skip_notice()
    page.choose("财政部门")
    page.go_on()
    facts, daily = page.window.bureau_page, page.window.bureau_key_page
    for edit, text in ((facts.name, "示例县财政局"), (facts.code, "990000"), (facts.person, "李文")):
        edit.setText(text)
    page.go_on()
    assert not page.window.bureau_root_page.findChildren(SigningMeans)
    page.set_password(page.window.bureau_root_page.root, "24681024")
    page.go_on()
    daily.means.offer_token(True)
    daily.means.by_token.click()
    daily.means.chooser.set_tokens([TokenInfo(PLACE, "示例厂家", PinState.FINE)])
    assert not page.may_go_on()
    daily.means.chooser.pin.setText("24681024")
    assert "PIN 码与根密码相同" in daily.same_label.text()
    assert not page.may_go_on()
    daily.means.chooser.pin.setText("246810")
    with qtbot.waitSignal(page.window.bureau_ready) as told:
        page.go_on()
    assert told.args[0].bureau_secret == TokenChoice(PLACE, "246810")
