"""The other pages of the filer's desk: projects, bin, packages sent, inbox, settings, help, recovery."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

import resources
from models.domain.filing import FilingStatus
from services.ports.store import Backup
from tests.gui.filer.sample import PROJECTS, TARGET, TOWN, cell
from ui.filer.damaged_page import DamagedPage
from ui.filer.help_view import HelpView, sections
from ui.filer.inbox_view import InboxView
from ui.filer.project_page import FIRST_STAGE, ProjectModel, ProjectPage
from ui.filer.projects_view import ProjectsView
from ui.filer.records import (
    InboxKind,
    InboxLine,
    KeyCard,
    KitCard,
    ProjectSheet,
    ProjectYearLine,
    SentLine,
    SettingsSheet,
)
from ui.filer.recycle_bin_view import RecycleBinView
from ui.filer.sent_view import SentView
from ui.filer.settings_view import SettingsView
from ui.shell.frame import DeskFrame
from ui.theme import px

MORNING = datetime(2026, 9, 1, 8, 30)
BACKUPS = [
    Backup(Path("b2"), MORNING, "manual", 2_345_678),
    Backup(Path("b1"), datetime(2026, 8, 28, 8, 30), "upgrade", 2_145_678),
]


@pytest.fixture
def shown(qtbot):
    def show(widget):
        qtbot.addWidget(widget)
        widget.resize(1100, 620)
        widget.show()
        return widget

    return show


SHEET = ProjectSheet(
    PROJECTS[2],
    ("绩效目标", "绩效自评"),
    (
        ProjectYearLine(
            2027,
            128_400_000,
            "一般公共预算",
            (cell(TARGET, "填至 40%", "accent", FilingStatus.DRAFT, 40), None),
        ),
        ProjectYearLine(2026, None, "", (cell(TARGET, "已接收", "good", FilingStatus.RECEIVED), None)),
    ),
)


def test_a_project_shows_years_and_stages(shown, qtbot, qtmodeltester):
    page = shown(ProjectPage())
    page.set_sheet(SHEET)
    qtmodeltester.check(page.model)
    assert page.title_label.text() == "农村公路养护"
    assert page.model.index(0, 0).data() == "2027年"
    assert page.model.index(0, 1).data() == "128.40"
    assert page.model.index(1, 1).data() == ""
    assert page.model.index(0, FIRST_STAGE).data() == "填至 40%"
    page.table.grab()


def test_a_stage_opens_its_form_by_click_and_key(shown, qtbot):
    page = shown(ProjectPage())
    page.set_sheet(SHEET)
    place = page.table.visualRect(page.model.index(0, FIRST_STAGE)).center()
    with qtbot.waitSignal(page.filing_requested) as told:
        qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["target", "p3"]
    page.table.setCurrentIndex(page.model.index(0, FIRST_STAGE + 1))
    with qtbot.assertNotEmitted(page.filing_requested):
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    page.table.setCurrentIndex(page.model.index(1, FIRST_STAGE))
    with qtbot.waitSignal(page.filing_requested):
        qtbot.keyClick(page.table, Qt.Key.Key_Return)


def test_a_project_goes_to_the_bin_or_back_to_the_list(shown, qtbot):
    page = shown(ProjectPage())
    page.set_sheet(SHEET)
    with qtbot.waitSignal(page.bin_requested) as told:
        page.bin_button.click()
    assert told.args == ["p3"]
    with qtbot.waitSignal(page.back_requested):
        page.back_button.click()


def test_an_empty_project_model_is_sound(qtmodeltester):
    qtmodeltester.check(ProjectModel())


def test_projects_are_listed_searched_and_opened(shown, qtbot):
    view = shown(ProjectsView())
    view.set_projects([(project, 1_000_000 * n) for n, project in enumerate(PROJECTS)])
    assert view.count_label.text() == "共 3 个"
    view.search.setText("公路")
    assert view.table.records.rowCount() == 1
    view.table.selectRow(0)
    with qtbot.waitSignal(view.project_requested) as told:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert told.args == ["p3"]
    view.search.setText("没有")
    assert view.count_label.text() == "没有符合的项目"


def test_no_projects_says_what_to_do(shown, qtbot):
    view = shown(ProjectsView())
    view.set_projects([])
    with qtbot.waitSignal(view.register_requested):
        view.card.empty.button.click()


def test_the_bin_gives_back_what_is_chosen(shown, qtbot):
    view = shown(RecycleBinView())
    view.set_projects(PROJECTS)
    assert not view.restore_button.isEnabled()
    view.table.selectRow(1)
    with qtbot.waitSignal(view.restore_requested) as told:
        view.restore_button.click()
    assert told.args == ["p2"]
    view.set_projects([])
    assert view.card.empty.isVisible()
    assert not view.restore_button.isEnabled()
    with qtbot.waitSignal(view.back_requested):
        view.back_button.click()


SENT = (
    SentLine("m3", 3, "绩效目标申报表 2 份", ("农村公路养护",), "c.asice", MORNING, "ABCDEFGHIJKLMNOP"),
    SentLine("m2", 2, "绩效目标申报表 1 份", (), "b.asice", MORNING, "K7Q2M4XZ9PLWRT3B", MORNING),
)


def test_packages_tell_whether_they_were_received(shown):
    view = shown(SentView())
    view.set_packages(SENT)
    assert [view.table.records.index(n, 4).data() for n in (0, 1)] == ["未回执", "已接收"]
    assert view.table.records.index(0, 3).data() == "ABCD EFGH IJKL MNOP"
    assert view.table.chosen() == SENT[0]
    assert view.file_label.words() == "c.asice"
    view.table.grab()


@pytest.mark.parametrize("name", ["cover", "folder", "forms", "copy"])
def test_what_can_be_done_with_a_package(shown, qtbot, name):
    view = shown(SentView())
    assert not getattr(view, f"{name}_button").isEnabled()
    view.set_packages(SENT)
    view.table.selectRow(1)
    with qtbot.waitSignal(getattr(view, f"{name}_requested")) as told:
        getattr(view, f"{name}_button").click()
    assert told.args == [SENT[1]]


def test_nothing_sent_yet_says_how(shown, qtbot):
    view = shown(SentView())
    view.set_packages([])
    with qtbot.waitSignal(view.seal_requested):
        view.card.empty.button.click()


def test_files_come_in_and_are_listed(shown, qtbot, tmp_path):
    view = shown(InboxView())
    view.set_lines([])
    assert view.card.empty.isVisible()
    with qtbot.waitSignal(view.file_chosen) as told:
        view.drop.take(str(tmp_path / "回执.asice"))
    assert told.args == [tmp_path / "回执.asice"]
    lines = [
        InboxLine(kind, "第 2 号报送文件", "说明", MORNING, is_new=True)
        for kind in (InboxKind.RECEIPT, InboxKind.RETURN, InboxKind.KIT)
    ]
    view.set_lines(lines)
    assert [view.table.records.index(n, 0).data() for n in range(3)] == [
        "接收回执",
        "退回修改通知",
        "任务参数包",
    ]
    view.table.grab()
    view.show_taken("3 份表显示为“已接收”。")
    assert view.notice.words.text() == "3 份表显示为“已接收”。"
    view.show_problem("回执.asice：这不是本单位的回执。")
    assert view.notice.isVisible()
    view.table.selectRow(0)
    with qtbot.waitSignal(view.line_opened) as told:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert told.args == [lines[0]]


KIT = KitCard("示例县 2026 年任务参数包", 3, "示例县财政局", "ABCDEFGHIJKLMNOP", MORNING, False)
KEY = KeyCard("张敏", "K7Q2M4XZ9PLWRT3B", date(2029, 8, 21), True)


def _settings(kit=KIT, key=KEY, scale=1.0, awaits=False):
    return SettingsSheet(TOWN, "张敏", kit, key, scale, Path("D:/数据/990001"), "0.1.0", awaits)


def test_settings_show_unit_kit_and_signature(shown):
    view = shown(SettingsView())
    view.set_sheet(_settings())
    assert view.unit_card.fact("单位") == "示例县柳林镇人民政府（990001）"
    assert view.kit_card.fact("名称") == "示例县 2026 年任务参数包　第 3 版"
    assert view.kit_card.code.code() == "ABCDEFGHIJKLMNOP"
    assert view.key_card.state.look().word == "财政部门已登记"
    assert view.key_card.fact("有效期至") == "2029年8月21日"
    assert not view.key_card.registration_button.isVisible()
    assert view.version_label.text().endswith("0.1.0")


def test_a_desk_without_key_or_kit_says_what_is_missing(shown):
    view = shown(SettingsView())
    view.set_sheet(_settings(kit=None, key=None))
    assert view.key_card.key_button.text() == "设置签名密码…"
    assert view.key_card.state.look().word == "未设置"
    assert "还没有装入" in view.kit_card.note.text()


def test_a_builtin_kit_says_what_it_cannot(shown):
    view = shown(SettingsView())
    view.set_sheet(_settings(kit=KitCard("通用示范", 1, "", "", None, True)))
    assert "才能生成报送文件" in view.kit_card.note.text()
    assert not view.kit_card.code.isVisible()


def test_where_keys_are_registered_beforehand_the_request_is_offered(shown, qtbot):
    view = shown(SettingsView())
    view.set_sheet(_settings(key=KeyCard("张敏", "K7Q2", None, False), awaits=True))
    with qtbot.waitSignal(view.registration_requested):
        view.key_card.registration_button.click()


def test_text_size_is_chosen(shown, qtbot):
    view = shown(SettingsView())
    view.set_sheet(_settings(scale=1.25))
    menu = view.size_card.size_button.menu()
    assert [action.text() for action in menu.actions()] == ["100%", "110%", "125%", "150%", "175%"]
    with qtbot.waitSignal(view.text_scale_chosen) as told:
        menu.actions()[-1].trigger()
    assert told.args == [1.75]


def test_backups_are_made_and_restored(shown, qtbot):
    view = shown(SettingsView())
    view.set_sheet(_settings())
    card = view.backup_card
    card.set_backups([], date(2026, 9, 1))
    assert card.last_backup.text() == "还没有备份"
    card.set_backups(BACKUPS, date(2026, 9, 1))
    assert card.last_backup.text() == "上次备份 今天 08:30"
    assert not card.restore_button.isEnabled()
    card.table.selectRow(1)
    with qtbot.waitSignal(card.restore_requested) as told:
        card.restore_button.click()
    assert told.args == [BACKUPS[1]]


def test_backups_say_in_chinese_why_they_were_made(shown):
    page = shown(DamagedPage())
    reasons = ("manual", "daily", "upgrade", "restore", "other", "年终结账")
    page.set_problem("打不开。", [Backup(Path("b"), MORNING, reason, 1) for reason in reasons])
    words = [page.table.records.index(n, 1).data() for n in range(6)]
    expected = ["手工备份", "每日备份", "升级数据之前", "恢复备份之前", "其他备份", "年终结账"]
    assert words == expected


def test_damage_offers_the_newest_backup_first(shown, qtbot):
    page = shown(DamagedPage())
    page.set_problem("数据文件已损坏，打不开。", BACKUPS)
    assert page.sentence.text() == "数据文件已损坏，打不开。"
    with qtbot.waitSignal(page.restore_requested) as told:
        page.restore_button.click()
    assert told.args == [BACKUPS[0]]
    page.set_busy(True)
    assert not page.restore_button.isEnabled()
    page.set_busy(False)
    assert page.restore_button.isEnabled()


def test_a_newer_database_is_not_restored(shown):
    page = shown(DamagedPage())
    page.set_problem("数据由更新版本的程序写入，请安装新版本。", BACKUPS, can_restore=False)
    assert not page.restore_button.isVisible()
    assert not page.nothing.isVisible()


def test_damage_without_backups_says_whom_to_ask(shown, qtbot):
    page = shown(DamagedPage())
    page.set_problem("数据文件已损坏，打不开。", [])
    assert page.nothing.isVisible()
    with qtbot.waitSignal(page.retry_requested):
        page.retry_button.click()
    with qtbot.waitSignal(page.quit_requested):
        page.quit_button.click()


def test_help_has_sections_and_keys(shown):
    view = shown(HelpView(resources.path("help", "filer.md")))
    assert view.topics.item(0).text() == "从这里开始"
    view.show_topic("快捷键")
    assert "Ctrl+F" in view.text.toPlainText()
    view.show_topic("没有这一节")
    assert "Ctrl+F" in view.text.toPlainText()


@pytest.mark.parametrize("desk", ["filer", "bureau"])
def test_topics_of_the_help_are_never_cut(shown, desk):
    view = shown(HelpView(resources.path("help", f"{desk}.md")))
    assert view.topics.sizeHintForColumn(0) <= view.topics.viewport().width()


def test_topics_of_the_help_stand_at_their_full_height(shown, qtbot):
    frame = shown(DeskFrame())
    frame.add_page("other", QLabel("项目"))
    view = HelpView(resources.path("help", "filer.md"))
    frame.add_page("help", view)
    frame.show_page("help")

    def tops():
        return [view.topics.visualItemRect(view.topics.item(number)).top() for number in range(3)]

    qtbot.waitUntil(lambda: tops() == [0, px(30), 2 * px(30)])


def test_sections_of_a_text():
    assert sections("# 标题\n\n## 甲\n\n一\n\n## 乙\n二") == [("甲", "一"), ("乙", "二")]
