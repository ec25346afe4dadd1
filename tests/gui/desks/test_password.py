"""修改签名密码 at the clerk's desk: the same key under another password, wrong ones wait, nothing is half done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from exchange import atomic_file
from models.domain.errors import WrongPassword
from tests.gui.desks.county import PASSWORD
from tests.gui.desks.test_forms import READY
from tests.gui.pages.desk_program import press
from tests.gui.pages.passwords import ChangePassword
from ui.widgets.change_password_dialog import ChangePasswordDialog

NEW = "liulin-2027-xin"


@pytest.fixture
def changing(clerk) -> ChangePassword:
    clerk.go_to("设置")
    press(clerk.qtbot, clerk.frame, "修改签名密码…")
    return ChangePassword(clerk.qtbot, clerk.dialog(ChangePasswordDialog), clerk.settle)


def opens(clerk, password, clock) -> bool:
    try:
        clerk.workspace.vault.unlock("unit", password, clock.now() + timedelta(days=1))
    except WrongPassword:
        return False
    return True


def test_the_new_password_seals_the_key_stays(clerk, changing, clock, tmp_path):
    before = clerk.workspace.vault.certificate("unit")
    changing.type(PASSWORD, NEW)
    changing.go_on()
    assert not clerk.has_dialog(ChangePasswordDialog)
    assert "签名密码已修改" in clerk.notice()
    assert clerk.workspace.vault.certificate("unit") == before
    clerk.go_to("工作台")
    assert clerk.seal(tmp_path, NEW, READY).is_file()
    assert not opens(clerk, PASSWORD, clock)


def test_nothing_can_be_pressed_before_all_is_typed(changing):
    for typed in (("", NEW), (PASSWORD, ""), (PASSWORD, NEW, "anders-2027"), (PASSWORD, "kurz")):
        changing.type(*typed)
        assert not changing.may_go_on(), typed
    changing.type(PASSWORD, NEW)
    assert changing.may_go_on()


def test_a_wrong_old_one_waits_longer_each_time(clerk, changing, clock):
    changing.type("falsch-2026", NEW)
    changing.go_on()
    assert "原来的签名密码不正确" in changing.told()
    assert "1 秒" in changing.told()
    assert not changing.may_go_on()
    changing.wait_over()
    assert changing.dialog.new.password() == NEW
    clock.moment += timedelta(seconds=1)
    changing.type("falsch-2027", NEW)
    changing.go_on()
    assert "2 秒" in changing.told()
    changing.wait_over()
    clock.moment += timedelta(seconds=2)
    changing.type(PASSWORD, NEW)
    changing.go_on()
    assert not clerk.has_dialog(ChangePasswordDialog)
    assert opens(clerk, NEW, clock)


def test_the_same_one_again_is_no_change(clerk, changing, clock):
    changing.type(PASSWORD, PASSWORD)
    changing.go_on()
    assert "和原来的一样" in changing.told()
    assert opens(clerk, PASSWORD, clock)


def test_a_full_disk_leaves_the_old_one(clerk, changing, clock, monkeypatch):
    def full(_descriptor: int) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(atomic_file.os, "fsync", full)
    changing.type(PASSWORD, NEW)
    changing.go_on()
    assert "存储空间不足" in changing.told()
    monkeypatch.undo()
    assert opens(clerk, PASSWORD, clock)
    assert changing.may_go_on()
    changing.go_on()
    assert opens(clerk, NEW, clock)


def test_cancelling_changes_nothing(clerk, changing, clock):
    changing.type(PASSWORD, NEW)
    changing.dialog.reject()
    clerk.settle()
    assert opens(clerk, PASSWORD, clock)
