"""操作人员, 登录 and 操作日志: people are entered, sign in, lock, switch, help each other; the log tells."""

from __future__ import annotations

import pytest

from models.domain.desk_user import UserRole
from services import people as people_service
from services.desk_people import present_user
from tests.gui.pages.bureau_desk import BureauDeskPage
from tests.gui.pages.people import PeopleDeskPage
from tests.gui.pages.sign_in import SignInGate, choose
from ui.bureau.sign_in_dialogs import KeyRecoveryDialog, RecoveryDialog, SignInDialog

pytestmark = pytest.mark.slow
FIRST, OWN, ANEW = "chuci-mima-1", "ziji-de-mima-2", "huifu-mima-3"


@pytest.fixture(autouse=True)
def _cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(people_service._COST, "n", 2**4)


@pytest.fixture
def staffed(new_desk: BureauDeskPage) -> tuple[PeopleDeskPage, SignInGate]:
    """The first person entered and signed in, two more entered."""
    people, gate = PeopleDeskPage(new_desk), SignInGate(new_desk)
    assert not gate.is_shown()
    people.add("王新", (UserRole.PERFORMANCE_REVIEWER,), FIRST)
    assert gate.is_shown()
    assert gate.names() == ["王新"]
    gate.enter("王新", FIRST)
    gate.change_first(FIRST, OWN)
    assert not gate.is_shown()
    people.add("李文", (UserRole.OFFICE_REVIEWER,), FIRST, "农业股")
    people.add("赵明", (UserRole.LEADER,), FIRST)
    return people, gate


def test_people_sit_down_and_help_each_other(new_desk, staffed):
    people, gate = staffed
    assert people.rows()[0] == ("王新", "绩效股复审、系统管理员", "在用")
    assert gate.person() == "王新 · 绩效股复审等 ▾"
    new_desk.desk.access.need("测试", lambda _keys: None)
    assert new_desk.desk.keys is not None

    dialog = people.sign_in("李文", "bu-shi-zhege")
    assert dialog.wait.seconds_left
    assert not dialog.accept_button.isEnabled()
    assert present_user(new_desk.workspace).name == "王新"
    dialog.reject()
    people.page.recovery_button.click()
    asked = new_desk.dialog(RecoveryDialog)
    choose(asked.person, "李文")
    choose(asked.confirming[0][0], "李文")
    assert "同一个人选了两次" in asked.problem()
    people.confirm("李文", (("王新", OWN), ("赵明", FIRST)), ANEW)
    assert "已重设" in people.told()
    people.sign_in("李文", ANEW)
    people.change_password(ANEW, OWN)
    assert not new_desk.has_dialog(SignInDialog)
    assert present_user(new_desk.workspace).name == "李文"
    assert people.present() == "现在是：李文（业务股室初审）"
    assert gate.person() == "李文 · 业务股室初审 ▾"
    assert new_desk.desk.keys is None, "the keys go with whoever unlocked them"
    assert not people.page.add_button.isEnabled()

    assert people.log("登录密码不正确") == ["登录密码不正确"]
    assert people.log("李文")[:2] == ["登录", "修改登录密码"]
    assert "前后相接" in people.check_log()


def test_locked_until_somebody_signs_in_again(new_desk, staffed):
    people, gate = staffed
    gate.work("锁定")
    assert gate.is_shown()
    assert new_desk.frame.top_bar.person_button.isHidden()
    assert gate.names() == ["王新", "李文（农业股）", "赵明"]
    gate.enter("王新", "bu-shi-zhege")
    assert gate.is_shown()
    assert gate.page.fields.wait.seconds_left
    gate.page.fields.recovery_button.click()
    people.confirm("王新", (("李文", FIRST), ("赵明", FIRST)), ANEW)
    assert "已重设" in gate.problem()
    gate.enter("王新", ANEW)
    gate.change_first(ANEW, OWN)
    assert not gate.is_shown()
    assert new_desk.frame.current_page() == "kit", "the desk goes on where it was"
    assert "锁定" in people.log("王新")


def test_too_few_people_confirm_with_the_key_passwords(new_desk):
    people, gate = PeopleDeskPage(new_desk), SignInGate(new_desk)
    people.add("王新", (UserRole.LEADER,), FIRST)
    gate.page.fields.recovery_button.click()
    dialog = new_desk.dialog(KeyRecoveryDialog)
    dialog.person.setCurrentIndex(1)
    for field, text in zip(
        (*dialog.keys, dialog.new.first, dialog.new.second), ("x", "y", ANEW, ANEW), strict=True
    ):
        field.setText(text)
    dialog.accept_button.click()
    new_desk.until(lambda: dialog.wait.seconds_left)
    dialog.reject()
    assert gate.is_shown()


def test_the_last_administrator_stays(new_desk, staffed):
    people, _gate = staffed
    dialog = people.change(0)
    dialog.active.click()
    dialog.accept_button.click()
    new_desk.settle()
    assert "系统管理员" in dialog.problem()
    dialog.active.click()
    dialog.roles[UserRole.OFFICE_REVIEWER].click()
    dialog.office.setCurrentText("农业股")
    dialog.accept_button.click()
    new_desk.settle()
    assert people.rows()[0][1] == "业务股室初审、绩效股复审、系统管理员"
