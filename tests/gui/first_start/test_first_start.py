"""First start: every way ends in one typed record, Back works, nothing typed is lost, the keyboard is enough."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from models.domain.project import Unit
from services.workspaces import DeskRole
from tests.gui.first_start.conftest import BUILTIN
from ui.first_start.notice_page import NOTICE
from ui.first_start.records import BuiltinStart, PracticeStart, UnitStart

UNITS = (
    Unit("990001", "示例县柳林镇人民政府", bureau_office="乡财股"),
    Unit("990002", "示例县桃园镇人民政府", bureau_office="乡财股"),
    Unit("990010", "示例县水利局", "990010", "示例县水利局", "农业农村股"),
)
PASSWORD = "柳林镇公路2026"


def offer(*, compare=True, practice=False):
    kit = SimpleNamespace(
        name="示例县2026年任务参数包",
        version=3,
        issuer_name="示例县财政局",
        issued_on=date(2026, 8, 18),
        units=UNITS,
        tasks=(1, 2),
        is_practice=practice,
    )
    return SimpleNamespace(
        path=Path("kit.asice"), kit=kit, check_code="ABCDEFGHIJKLMNOP", needs_comparison=compare
    )


@pytest.fixture
def at_kit(page):
    page.window.skip_notice()
    page.choose("预算单位")
    page.go_on()
    return page


@pytest.fixture
def at_sign(at_kit):
    at_kit.window.set_offer(offer())
    at_kit.window.kit_page.confirm.setChecked(True)
    at_kit.go_on()
    at_kit.pick_unit("示例县柳林镇人民政府")
    at_kit.go_on()
    return at_kit


def test_the_notice_comes_first_and_is_acknowledged(page, qtbot):
    assert any(label.text() == NOTICE for label in page.window.findChildren(QLabel))
    assert page.window.next_button.text() == "我已知晓"
    assert not page.window.back_button.isVisible()
    with qtbot.waitSignal(page.window.notice_acknowledged):
        page.go_on()
    assert page.title() == "您在哪里使用"


def test_unit_and_department_go_together_the_others_alone(page):
    page.window.skip_notice()
    assert not page.may_go_on()
    page.choose("预算单位", "主管部门")
    assert page.chosen() == ["预算单位", "主管部门"]
    page.choose("财政部门")
    assert page.chosen() == ["财政部门"]
    page.choose("先看演示")
    assert page.chosen() == ["先看演示"]
    page.choose("主管部门")
    assert page.chosen() == ["主管部门"]
    page.choose("主管部门")
    assert not page.may_go_on()


def test_a_kit_file_is_handed_on_and_shown(at_kit, qtbot, tmp_path):
    with qtbot.waitSignal(at_kit.window.kit_file_chosen) as told:
        at_kit.window.kit_page.drop.take(str(tmp_path / "kit.asice"))
    assert told.args == [tmp_path / "kit.asice"]
    at_kit.window.set_busy("正在核验任务参数包")
    assert not at_kit.may_go_on()
    assert at_kit.window.progress.isVisible()
    at_kit.window.set_offer(offer())
    kit_page = at_kit.window.kit_page
    assert not at_kit.window.progress.isVisible()
    assert kit_page.name_label.text() == "示例县2026年任务参数包　第 3 版"
    assert "示例县财政局" in kit_page.facts_label.text()
    assert kit_page.code.code() == "ABCDEFGHIJKLMNOP"
    assert "逐组核对" in kit_page.compare_label.text()


def test_without_comparing_one_cannot_go_on(at_kit):
    at_kit.window.set_offer(offer())
    assert not at_kit.may_go_on()
    at_kit.window.kit_page.confirm.setChecked(True)
    assert at_kit.may_go_on()
    at_kit.window.set_offer(offer())
    assert not at_kit.may_go_on(), "another file asks for another comparison"


@pytest.mark.parametrize(
    "given", [offer(compare=False), offer(practice=True)], ids=["known bureau", "practice"]
)
def test_where_there_is_no_paper_nothing_is_compared(at_kit, given):
    at_kit.window.set_offer(given)
    assert at_kit.window.practice_label.isVisible() is given.kit.is_practice
    assert ("演示用" in at_kit.window.kit_page.compare_label.text()) is given.kit.is_practice
    assert not at_kit.window.kit_page.confirm.isVisible()
    assert at_kit.may_go_on()


def test_a_file_that_is_no_kit_says_so(at_kit):
    at_kit.window.set_busy("正在核验任务参数包")
    at_kit.window.show_problem("照片.asice：这个文件不是任务参数包。请选择财政部门下发的任务参数包文件。")
    assert "不是任务参数包" in at_kit.window.problem()
    assert not at_kit.may_go_on()


def test_the_unit_is_found_by_name_and_code(at_kit):
    at_kit.window.set_offer(offer(compare=False))
    at_kit.go_on()
    assert len(at_kit.units()) == 3
    assert not at_kit.may_go_on()
    at_kit.window.unit_page.search.setText("镇")
    assert at_kit.units() == ["示例县柳林镇人民政府", "示例县桃园镇人民政府"]
    at_kit.window.unit_page.search.setText("990010")
    assert at_kit.units() == ["示例县水利局"]
    assert at_kit.may_go_on(), "the only one found is picked"
    at_kit.window.unit_page.search.setText("没有")
    assert at_kit.window.unit_page.card.empty.isVisible()
    assert not at_kit.may_go_on()


def test_a_desk_the_unit_has_already_is_told(at_kit):
    """Or somebody begins anew and finds nothing of what they have filled in."""
    at_kit.window.unit_page.set_known(["示例县柳林镇人民政府（填报端）", "示例县水利局二层（填报端）"])
    at_kit.window.set_offer(offer(compare=False))
    at_kit.go_on()
    at_kit.pick_unit("示例县水利局")
    assert not at_kit.window.unit_page.known_note.isVisible()
    at_kit.pick_unit("示例县柳林镇人民政府")
    assert "已有“示例县柳林镇人民政府（填报端）”的工作区" in at_kit.window.unit_page.known_note.text()
    assert at_kit.may_go_on()


def test_a_unit_with_its_kit(at_sign, qtbot):
    sign = at_sign.window.sign_page
    sign.person.setText(" 张敏 ")
    assert not at_sign.may_go_on()
    at_sign.set_password(sign.password, PASSWORD)
    with qtbot.waitSignal(at_sign.window.unit_ready) as told:
        at_sign.go_on()
    start = told.args[0]
    assert isinstance(start, UnitStart)
    assert (start.unit, start.person_name, start.secret) == (UNITS[0], "张敏", PASSWORD)
    assert start.role is DeskRole.FILER
    assert start.offer.check_code == "ABCDEFGHIJKLMNOP"


def test_a_town_that_is_a_department_too(page, qtbot):
    page.window.skip_notice()
    page.choose("预算单位", "主管部门")
    page.go_on()
    page.window.set_offer(offer(compare=False))
    page.go_on()
    page.pick_unit("示例县柳林镇人民政府")
    page.go_on()
    page.window.sign_page.person.setText("张敏")
    page.set_password(page.window.sign_page.password, PASSWORD)
    with qtbot.waitSignal(page.window.unit_ready) as told:
        page.go_on()
    assert told.args[0].role is DeskRole.DEPARTMENT


def test_a_short_password_is_not_taken(at_sign):
    at_sign.window.sign_page.person.setText("张敏")
    at_sign.set_password(at_sign.window.sign_page.password, "short")
    assert not at_sign.may_go_on()
    assert "还差 3 位" in at_sign.window.sign_page.password.strength.text()


def test_a_problem_gives_the_page_back_with_everything_typed(at_sign):
    sign = at_sign.window.sign_page
    sign.person.setText("张敏")
    at_sign.set_password(sign.password, PASSWORD)
    at_sign.go_on()
    at_sign.window.set_busy("正在建立工作区")
    at_sign.window.set_progress(1, 3, "生成签名")
    at_sign.press(Qt.Key.Key_Return)
    at_sign.go_back()
    assert at_sign.title() == "设置签名密码"
    at_sign.window.show_problem("磁盘已满。请清理后重试。")
    assert at_sign.window.problem() == "磁盘已满。请清理后重试。"
    assert sign.person_name() == "张敏"
    assert at_sign.may_go_on()


def test_back_works_from_every_page_and_keeps_what_was_typed(at_sign):
    at_sign.window.sign_page.person.setText("张敏")
    titles = [at_sign.title()]
    while at_sign.window.back_button.isVisible():
        at_sign.go_back()
        titles.append(at_sign.title())
    assert titles == ["设置签名密码", "您是哪个单位", "装入任务参数包", "您在哪里使用"]
    for _ in range(3):
        at_sign.go_on()
    assert at_sign.window.sign_page.person_name() == "张敏"
    assert at_sign.window.unit_page.unit() == UNITS[0]


def test_without_a_kit_the_unit_is_typed(at_kit, qtbot):
    at_kit.window.kit_page.without_button.click()
    typed = at_kit.window.builtin_page
    assert not at_kit.may_go_on()
    typed.name.setText("示例县柳林镇人民政府")
    typed.code.setText("990001")
    typed.office.setText("乡财股")
    typed.phone.setText("0000-1234567")
    typed.person.setText("张敏")
    with qtbot.waitSignal(at_kit.window.builtin_ready) as told:
        at_kit.go_on()
    start = told.args[0]
    assert isinstance(start, BuiltinStart)
    assert start.kit is BUILTIN[0]
    assert start.person_name == "张敏"
    assert start.unit == Unit(
        "990001",
        "示例县柳林镇人民政府",
        "990001",
        "示例县柳林镇人民政府",
        "乡财股",
        contact_name="张敏",
        contact_phone="0000-1234567",
    )
    assert start.unit.is_own_department


def test_a_typed_unit_may_have_a_department_and_another_kit(at_kit, qtbot):
    at_kit.window.kit_page.without_button.click()
    typed = at_kit.window.builtin_page
    typed._group.button(1).setChecked(True)
    for edit, text in (
        (typed.name, "示例县水库管理所"),
        (typed.code, "990011"),
        (typed.department, "示例县水利局"),
        (typed.department_code, "990010"),
        (typed.person, "陈静"),
    ):
        edit.setText(text)
    typed.department_code.clear()
    assert not at_kit.may_go_on(), "it would pass for a department itself"
    assert any("代码也填上" in label.text() for label in typed.findChildren(QLabel))
    typed.department_code.setText("990010")
    with qtbot.waitSignal(at_kit.window.builtin_ready) as told:
        at_kit.go_on()
    assert told.args[0].kit is BUILTIN[1]
    assert told.args[0].unit.department_code == "990010"
    assert not told.args[0].unit.is_own_department


def test_the_limit_of_a_builtin_kit_is_told_plainly(at_kit):
    at_kit.window.kit_page.without_button.click()
    words = "".join(label.text() for label in at_kit.window.builtin_page.findChildren(QLabel))
    assert "才能生成报送文件" in words


@pytest.mark.parametrize(
    ("name", "role"),
    [("填报端", DeskRole.FILER), ("主管部门端", DeskRole.DEPARTMENT), ("财政端", DeskRole.BUREAU)],
)
def test_practice_opens_each_desk(page, qtbot, name, role):
    page.window.skip_notice()
    page.choose("先看演示")
    page.go_on()
    page.choose(name)
    assert page.chosen() == [name]
    with qtbot.waitSignal(page.window.practice_requested) as told:
        page.go_on()
    assert told.args == [PracticeStart(role)]


def test_the_keyboard_alone_is_enough(page, qtbot):
    window = page.window
    page.press(Qt.Key.Key_Return)
    assert page.title() == "您在哪里使用"
    page.press(Qt.Key.Key_Space)
    assert page.chosen() == ["预算单位"]
    page.press(Qt.Key.Key_Return)
    assert page.title() == "装入任务参数包"
    window.set_offer(offer())
    while window.focusWidget() is not window.kit_page.confirm:
        page.press(Qt.Key.Key_Tab)
    page.press(Qt.Key.Key_Space)
    page.press(Qt.Key.Key_Return)
    assert page.title() == "您是哪个单位"
    page.write("柳林")
    page.press(Qt.Key.Key_Down)
    page.press(Qt.Key.Key_Return)
    assert page.title() == "设置签名密码"
    page.write("张敏")
    page.press(Qt.Key.Key_Tab)
    page.write(PASSWORD)
    page.press(Qt.Key.Key_Tab)
    page.write(PASSWORD)
    with qtbot.waitSignal(window.unit_ready):
        page.press(Qt.Key.Key_Return)
    page.press(Qt.Key.Key_Escape)
    assert page.title() == "您是哪个单位"


def test_enter_on_a_button_presses_that_button(page):
    page.window.skip_notice()
    page.choose("先看演示")
    page.go_on()
    page.window.back_button.setFocus()
    page.press(Qt.Key.Key_Return)
    assert page.title() == "您在哪里使用"


def test_a_workspace_there_already_can_be_opened(page, qtbot, tmp_path):
    page.window.skip_notice()
    existing = next(
        b for b in page.window.role_page.findChildren(type(page.window.next_button)) if "已有" in b.text()
    )
    existing.click()
    dialog = page.window.findChild(QFileDialog)
    with qtbot.waitSignal(page.window.existing_chosen) as told:
        dialog.fileSelected.emit(str(tmp_path))
        dialog.close()
    assert told.args == [tmp_path]


def test_closing_is_told(page, qtbot):
    with qtbot.waitSignal(page.window.closed):
        page.window.close()


@pytest.mark.parametrize(("compare", "control"), [(True, "confirm"), (False, "next")])
def test_the_keyboard_goes_on_after_the_kit_was_read(at_kit, qtbot, compare, control):
    window = at_kit.window
    with qtbot.waitActive(window):
        window.activateWindow()
    window.set_busy("读取任务参数包")
    window.set_offer(offer(compare=compare))
    wanted = {"confirm": window.kit_page.confirm, "next": window.next_button}[control]
    qtbot.waitUntil(wanted.hasFocus)
