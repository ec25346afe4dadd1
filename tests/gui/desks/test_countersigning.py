"""Two people sign at the clerk's desk: the head's own password or UKey, the list that says what is missing, the whole file."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from models.domain.review_rule import ReviewRule
from services.ports.exchange import TrustMaterial
from tests.gui.desks.county import PASSWORD
from tests.gui.desks.test_token import PIN, token
from tests.gui.pages.desk_program import words_of
from ui.filer.countersign_dialog import CountersignDialog
from ui.filer.key_dialogs import HeadKeyDialog

__all__ = ["token"]
HEAD = "Head-2026-zhen"
READY = "农村公路养护"


def ask_for_two(workspace) -> None:
    """The kit in force, as a bureau that wants two signers would have issued it."""
    stored = workspace.current_kit()
    rule = replace(stored.kit.review or ReviewRule(), needs_two_signers=True)
    with workspace.store.writing() as work:
        work.kits.add(replace(stored.kit, review=rule), stored.digest, workspace.tools.clock.now())
        work.commit()


def test_the_head_signs_after_the_clerk(clerk, tmp_path, tools):
    stick = tmp_path / "U盘"
    stick.mkdir()
    ask_for_two(clerk.workspace)
    clerk.go_to("设置")
    clerk.settle()
    card = clerk.desk.settings.view.head_card
    assert not card.isHidden()
    card.head_button.click()
    (dialog,) = clerk.desk.frame.findChildren(HeadKeyDialog)
    dialog.name.setText("陈立")
    for field in dialog.password.findChildren(type(dialog.name)):
        field.setText(HEAD)
    dialog.accept_button.click()
    clerk.settle()
    assert card.fact("负责人") == "陈立"
    path = clerk.seal(stick, PASSWORD, READY)
    clerk.go_to("报送")
    clerk.settle()
    sent = clerk.desk.sealing.sent
    assert sent.table.records.record(0).awaits_head
    sent.table.selectRow(0)
    sent.head_button.click()
    clerk.settle()
    (asked,) = clerk.desk.frame.findChildren(CountersignDialog)
    assert not asked.accept_button.isEnabled()
    asked.password.setText(HEAD)
    asked.accept_button.click()
    clerk.settle()
    assert not sent.table.records.record(0).awaits_head
    kit, vault = clerk.workspace.current_kit().kit, clerk.workspace.vault
    registered = (vault.certificate("unit").pem, vault.certificate("head").pem)
    judged = tools.reader.judge(path, TrustMaterial((kit.root_certificate,), registered), tools.clock.now())
    assert judged.verdict.is_acceptable
    assert [one.role for one in judged.signers] == ["预算单位", "单位负责人"]
    assert judged.signers[1].fingerprint == vault.certificate("head").fingerprint


def test_the_heads_key_on_a_token_asks_for_its_pin(clerk, tmp_path, tools, token):
    ask_for_two(clerk.workspace)
    path = clerk.seal(tmp_path, PASSWORD, READY)
    clerk.go_to("设置")
    card = clerk.desk.settings.view.head_card
    clerk.qtbot.mouseClick(card.head_button, Qt.MouseButton.LeftButton)
    making = clerk.dialog(HeadKeyDialog)
    making.name.setText("陈立")
    making.means.by_token.click()
    making.means.chooser.take_module("/drivers/token.so")
    clerk.settle()
    making.means.chooser.pin.setText("000000")
    clerk.accept(making)
    assert "PIN 码不正确" in making.problem()
    making.means.chooser.pin.setText(PIN)
    clerk.accept(making)
    assert "单位负责人签名已设置" in clerk.notice()
    assert card.fact("签名方式") == "UKey“绩效UKey”"
    assert clerk.desk.settings.view.key_card.fact("签名方式") == "本机密钥文件"
    clerk.go_to("报送")
    sent = clerk.desk.sealing.sent
    sent.table.selectRow(0)
    sent.head_button.click()
    asked = clerk.dialog(CountersignDialog)
    assert "UKey 的 PIN 码" in words_of(asked)
    asked.password.setText("000000")
    clerk.accept(asked)
    assert "PIN 码不正确" in words_of(asked)
    asked.password.setText(PIN)
    clerk.accept(asked)
    assert not sent.table.records.record(0).awaits_head
    kit, vault = clerk.workspace.current_kit().kit, clerk.workspace.vault
    registered = (vault.certificate("unit").pem, vault.certificate("head").pem)
    judged = tools.reader.judge(path, TrustMaterial((kit.root_certificate,), registered), tools.clock.now())
    assert judged.verdict.is_acceptable
    assert judged.signers[1].fingerprint == vault.certificate("head").fingerprint
