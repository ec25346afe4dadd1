"""First start, each of its ways, through to the desk; what goes wrong is said and what was typed stays."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from exchange import token_module
from models.domain.errors import EnvironmentProblem
from services import token_keys
from services.demo import PRACTICE_PASSWORD
from services.workspaces import DeskRole
from tests.exchange.fake_token import FakeLibrary, FakeToken
from tests.gui.desks.county import CHINA, NOW, PASSWORD, TOWN, TOWN_NAME
from tests.gui.pages.desk_program import ProgramPage, choose_in_file_dialog, words_of
from ui.desks.bureau_desk import BureauDesk
from ui.filer.seal_dialog import SealDialog


def code_of(kit_file) -> str:
    """核对码 by its definition: the first 16 base32 characters of SHA-256 of payload.json."""
    with zipfile.ZipFile(kit_file) as package:
        digest = hashlib.sha256(package.read("payload.json")).digest()
    return base64.b32encode(digest).decode()[:16]


@pytest.fixture
def first(program):
    """First start with the notice read."""
    program.begin()
    page = program.first_start()
    assert "本程序只能处理非涉密信息" in words_of(page.window)
    page.go_on()
    assert program.home.read().notice_accepted
    return page


@pytest.fixture
def at_kit(first):
    first.choose("预算单位")
    first.go_on()
    return first


def to_sign(page, county):
    """Kit, comparison, unit."""
    page.drop_kit(county.kit_file)
    page.confirm_code()
    page.go_on()
    page.search_unit("柳林")
    page.pick_unit(TOWN_NAME)
    page.go_on()


def test_a_unit_from_its_kit(at_kit, program, county):
    at_kit.window.kit_page.drop.button.click()
    choose_in_file_dialog(county.kit_file)
    program.settle()
    assert "第 1 版" in at_kit.kit_words()
    assert not at_kit.may_go_on()
    at_kit.confirm_code()
    assert at_kit.may_go_on()
    at_kit.go_on()
    at_kit.search_unit(TOWN)
    assert at_kit.units() == [TOWN_NAME]
    at_kit.go_on()
    assert at_kit.title() == "设置签名密码"
    at_kit.sign("张敏", PASSWORD)
    at_kit.go_on()
    clerk = program.clerk()
    assert program.program.first is None
    assert clerk.workspace.profile.unit.code == TOWN
    assert clerk.workspace.profile.role is DeskRole.FILER
    assert not clerk.workspace.profile.is_practice
    assert clerk.workspace.vault.certificate("unit").subject.person_name == "张敏"
    assert clerk.page() == "home"
    assert clerk.matrix.rows() == ["部门（单位）整体支出", "　汇总表"]
    assert not clerk.frame.banner.isVisible()


def test_a_unit_that_signs_with_a_token_from_the_first_day(at_kit, program, county, monkeypatch):
    """No password is asked for; a wrong PIN leaves everything as it was typed."""
    library = FakeLibrary([FakeToken()])
    monkeypatch.setattr(token_module, "load", lambda _module: library)
    to_sign(at_kit, county)
    at_kit.sign_with_token("张敏", "/drivers/token.so", "000000")
    assert at_kit.title() == "用 UKey 签名"
    at_kit.go_on()
    assert "UKey 的 PIN 码不正确" in at_kit.problem()
    pin = at_kit.window.sign_page.means.chooser.pin
    assert at_kit.window.focusWidget() is pin
    pin.setText("246810")
    at_kit.go_on()
    clerk = program.clerk()
    assert clerk.workspace.vault.names() == ("unit",)
    assert token_keys.secret_name(clerk.workspace, "unit") == token_keys.PIN
    clerk.go_to("设置")
    assert clerk.desk.settings.view.key_card.fact("签名方式") == "UKey“绩效UKey”"


def test_the_next_start_opens_the_desk_at_once(at_kit, program, county, tools, qtbot):
    to_sign(at_kit, county)
    at_kit.sign("张敏", PASSWORD)
    at_kit.go_on()
    folder = program.clerk().workspace.folder
    program.clerk().frame.close()
    program.until(lambda: program.has_ended)
    again = ProgramPage(qtbot, tools, program.home.folder)
    again.begin()
    assert again.clerk().workspace.folder == folder
    assert not again.clerk().notice()
    again.close()


def test_a_practice_kit_needs_no_comparison(at_kit, county):
    at_kit.drop_kit(county.practice_kit)
    assert at_kit.may_go_on()


@pytest.mark.parametrize(
    ("name", "content"),
    [("通知.asice", b"PK\x03\x04"), ("名录.xlsx", b"PK\x05\x06" + bytes(18)), ("空", b"")],
)
def test_a_foreign_file_is_refused_and_the_right_one_taken_after_it(at_kit, county, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    at_kit.drop_kit(path)
    assert name in at_kit.problem()
    assert at_kit.problem().endswith("。")
    assert not at_kit.may_go_on()
    at_kit.drop_kit(county.kit_file)
    assert not at_kit.problem()
    assert "第 1 版" in at_kit.kit_words()


def test_a_damaged_kit_is_refused(at_kit, county, tmp_path):
    content = bytearray(county.kit_file.read_bytes())
    content[len(content) // 2] ^= 1
    damaged = tmp_path / "任务参数包.asice"
    damaged.write_bytes(bytes(content))
    at_kit.drop_kit(damaged)
    assert at_kit.problem()
    assert not at_kit.kit_words()
    assert not at_kit.may_go_on()


def test_the_code_shown_is_the_one_on_the_bureaus_paper(at_kit, county):
    """Who compares a kit from elsewhere sees another 核对码 and stops there."""
    at_kit.drop_kit(county.kit_file)
    assert at_kit.check_code() == code_of(county.kit_file)
    at_kit.drop_kit(county.second_kit)
    assert at_kit.check_code() == code_of(county.second_kit)
    assert code_of(county.kit_file) != code_of(county.second_kit)
    assert not at_kit.may_go_on()


def test_a_clock_earlier_than_the_kit_is_told_and_mended(at_kit, county, clock):
    clock.moment = datetime(2025, 3, 1, 9, 0, tzinfo=CHINA)
    at_kit.drop_kit(county.kit_file)
    assert "电脑日期" in at_kit.problem()
    assert "调整正确" in at_kit.problem()
    clock.moment = NOW
    at_kit.drop_kit(county.kit_file)
    assert not at_kit.problem()
    at_kit.confirm_code()
    assert at_kit.may_go_on()


def test_another_kit_asks_for_another_comparison(at_kit, county):
    at_kit.drop_kit(county.kit_file)
    at_kit.confirm_code()
    at_kit.drop_kit(county.second_kit)
    assert not at_kit.may_go_on()


def test_when_setting_up_fails_everything_typed_is_still_there(at_kit, program, county, tools, monkeypatch):
    to_sign(at_kit, county)
    at_kit.sign("张敏", PASSWORD)
    real = tools.vault

    def full(folder):
        vault = real(folder)
        monkeypatch.setattr(type(vault), "create", refuse)
        return vault

    def refuse(*_args, **_options):
        raise EnvironmentProblem("磁盘空间已满", "请清理磁盘后再试一次")

    monkeypatch.setattr(tools, "vault", full)
    at_kit.go_on()
    assert at_kit.problem() == "磁盘空间已满。请清理磁盘后再试一次。"
    assert at_kit.window.sign_page.person_name() == "张敏"
    assert not list((program.home.folder / "工作区").glob("*"))
    monkeypatch.undo()
    at_kit.go_on()
    assert program.clerk().workspace.folder.name == TOWN_NAME


def test_the_built_in_kit_does_everything_but_sealing(at_kit, program):
    at_kit.without_kit()
    at_kit.type_unit("石桥镇人民政府", "990088", "周宁")
    at_kit.go_on()
    clerk = program.clerk()
    assert clerk.workspace.profile.unit.name == "石桥镇人民政府"
    assert clerk.workspace.current_kit().kit.is_builtin
    clerk.open_form("部门（单位）整体支出", 3)
    clerk.leave_form()
    clerk.desk.pages.home.seal_button.click()
    dialog = clerk.dialog(SealDialog)
    assert "通用示范参数" in dialog.choose_page.notice.words.text()
    assert not dialog.next_button.isEnabled()


def test_a_bureau(first, program):
    first.choose("财政部门")
    first.go_on()
    first.type_bureau("示例县财政局", "990000", "李文", "gen-mima-2026")
    first.type_twice(first.window.bureau_key_page.bureau, "qianfa-mima-2026")
    first.go_on()
    assert isinstance(program.program.desk.desk, BureauDesk)
    assert program.program.desk.workspace.profile.role is DeskRole.BUREAU
    assert program.program.desk.desk.keys is not None


@pytest.mark.wide
def test_a_bureau_that_signs_with_a_token_from_the_first_day(first, program, monkeypatch):
    """Whatever the token says stands below the page one is at; nothing is left of the attempt but what was typed."""
    token = FakeToken(is_full=True)
    library = FakeLibrary([token])
    monkeypatch.setattr(token_module, "load", lambda _module: library)
    first.choose("财政部门")
    first.go_on()
    first.type_bureau("示例县财政局", "990000", "李文", "gen-mima-2026")
    first.choose_token(first.window.bureau_key_page.means, "/drivers/token.so", "246810")
    chooser = first.window.bureau_key_page.means.chooser

    def told() -> str:
        first.go_on()
        assert first.title() == "设置签发密钥"
        assert not list((program.home.folder / "工作区").glob("*"))
        assert token.objects == []
        return first.problem()

    assert told() == "UKey 里已没有空位。请用 UKey 自带的工具清理不用的密钥后再试。"
    token.is_full = False
    token.is_plugged_in = False
    assert told().startswith("找不到 UKey“绩效UKey”，可能没有插好或已拔出")
    token.is_plugged_in = True
    chooser.pin.setText("000000")
    for words in ("PIN 码不正确。连续输错几次会被锁定", "PIN 码不正确。只剩最后一次机会", "PIN 码已锁定"):
        assert words in told()
    assert first.window.focusWidget() is chooser.pin
    token.failures = 0
    chooser.pin.setText("246810")
    first.go_on()
    workspace = program.program.desk.workspace
    assert program.program.desk.desk.keys is not None
    assert [(name, workspace.vault.token(name) is not None) for name in workspace.vault.names()] == [
        ("bureau", True),
        ("root", False),
    ]


def test_a_look_at_the_practice_desk(first, program, clock, qtbot):
    clock.moment = NOW
    first.choose("先看演示")
    first.go_on()
    qtbot.mouseClick(first.window.next_button, Qt.MouseButton.LeftButton)
    program.until(lambda: not program.program.jobs.is_busy, timeout=120_000)  # a whole county is made
    program.settle()
    clerk = program.clerk()
    assert clerk.workspace.profile.is_practice
    assert clerk.frame.banner.isVisible()
    assert f"{PRACTICE_PASSWORD}-unit" in clerk.notice()
    clerk.desk.pages.home.seal_button.click()
    sealing = clerk.dialog(SealDialog)
    assert f"{PRACTICE_PASSWORD}-unit" in sealing.sign_page.password.placeholderText()
    sealing.reject()
    program.program.switch_to(program.home.folder / "演示" / "department")
    program.settle()
    department = program.clerk()
    assert department.frame.banner.isVisible()
    assert f"{PRACTICE_PASSWORD}-department" in department.notice()
    department.go_to("接收下级")
    department.desk._made["intake"].view.folder_button.click()
    dialog = department.dialog(QFileDialog)
    assert dialog.directory().dirName() == "下级报送"
    dialog.close()
    program.program.switch_to(program.home.folder / "演示" / "bureau")
    program.settle()
    desk = program.program.desk.desk
    assert isinstance(desk, BureauDesk)
    desk.access.need("下发任务参数包要用财政端签名。", lambda _keys: None)
    assert f"{PRACTICE_PASSWORD}-root" in desk.access.dialog.intro.text()
    assert f"{PRACTICE_PASSWORD}-bureau" in desk.access.dialog.intro.text()


def test_an_existing_workspace_is_opened(first, program, folder):
    first.window.role_page.existing_requested.emit(str(folder))
    program.settle()
    assert program.clerk().workspace.folder == folder


def test_a_folder_that_is_none_is_told_in_the_window(first, program, tmp_path):
    first.window.role_page.existing_requested.emit(str(tmp_path))
    program.settle()
    assert "没有工作区" in first.problem()
    assert not program.is_desk_open()
    first.choose("预算单位")
    assert first.may_go_on()


def test_closing_first_start_ends_the_program(first, program):
    first.window.close()
    program.until(lambda: program.has_ended)


def test_closing_while_a_desk_is_made_lets_it_be_finished(at_kit, program, county):
    to_sign(at_kit, county)
    at_kit.sign("张敏", PASSWORD)
    at_kit.window.next_button.click()
    at_kit.window.close()
    program.until(lambda: program.has_ended)
    folders = list((program.home.folder / "工作区").glob("*"))
    assert [str(f) for f in folders] in ([], [program.home.read().last_workspace])


def test_a_workspace_that_is_gone_is_told_at_the_next_start(program, tmp_path):
    program.home.remember(tmp_path / "拔掉的U盘" / "柳林镇", "柳林镇")
    program.begin()
    assert "找不到" in program.first_start().problem()
    assert "柳林镇" in program.first_start().problem()
