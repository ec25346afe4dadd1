"""操作人员 and 操作日志: people are entered, sit down with passwords of their own, help each other; the log tells."""

from __future__ import annotations

import pytest

from models.domain.desk_user import UserRole
from services.desk_people import present_user
from tests.gui.pages.people import PeopleDeskPage
from ui.bureau.sign_in_dialogs import SignInDialog

pytestmark = pytest.mark.slow
FIRST, OWN, ANEW = "chuci-mima-1", "ziji-de-mima-2", "huifu-mima-3"


def test_people_sit_down_and_help_each_other(new_desk):
    people = PeopleDeskPage(new_desk)
    people.add("王新", (UserRole.PERFORMANCE_REVIEWER,), FIRST)
    assert people.rows() == [("王新", "绩效股复审、系统管理员", "首次登录要改密码")]
    people.add("李文", (UserRole.OFFICE_REVIEWER,), FIRST, "农业股")
    people.add("赵明", (UserRole.LEADER,), FIRST)

    dialog = people.sign_in("李文", "bu-shi-zhege")
    assert dialog.wait.seconds_left
    assert not dialog.accept_button.isEnabled()
    assert present_user(new_desk.workspace).name == "王新"
    dialog.reject()
    people.recover("李文", (("王新", FIRST), ("赵明", FIRST)), ANEW)
    assert "已重设" in people.told()
    people.sign_in("李文", ANEW)
    people.change_password(ANEW, OWN)
    assert not new_desk.has_dialog(SignInDialog)
    assert (present_user(new_desk.workspace).name, people.present()) == (
        "李文",
        "现在是：李文（业务股室初审）",
    )
    assert "李文" in new_desk.frame.top_bar.person_label.text()
    assert not people.page.add_button.isEnabled()

    assert people.log("登录密码不正确") == ["登录密码不正确"]
    assert people.log("李文")[0] == "修改登录密码"
    assert "前后相接" in people.check_log()


def test_the_last_administrator_stays(new_desk):
    people = PeopleDeskPage(new_desk)
    people.add("王新", (UserRole.LEADER,), FIRST)
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
    assert people.rows()[0][1] == "业务股室初审、分管领导审定、系统管理员"
