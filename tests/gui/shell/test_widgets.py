"""The small widgets: chips, fields, passwords, progress, search, lists."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from models.domain.file_size import size_words
from models.domain.money import AmountError, AmountUnit
from ui.widgets import shortcuts
from ui.widgets.amount_field import AmountField
from ui.widgets.check_code import CheckCodeLabel
from ui.widgets.chip import ChipLook, StatusChip
from ui.widgets.confirm_dialog import ConfirmDialog
from ui.widgets.dates import full_date, full_time, near_time
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.file_drop import FileDrop, choose_folder
from ui.widgets.labels import ElidedLabel
from ui.widgets.password_dialog import NewPasswordDialog, PasswordDialog
from ui.widgets.password_field import NewPassword, PasswordField, WaitCountdown
from ui.widgets.progress_panel import ProgressDialog, ProgressPanel, time_left
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable
from ui.widgets.search_field import SearchField
from ui.widgets.tick_table import TickTable


@pytest.fixture
def shown(qtbot):
    def show(widget):
        qtbot.addWidget(widget)
        widget.show()
        return widget

    return show


def test_a_chip_says_its_word_to_readers_and_needs_room_for_it(shown):
    chip = shown(StatusChip("已接收", "good", "check"))
    assert chip.accessibleName() == "已接收"
    width = chip.sizeHint().width()
    chip.set_look(ChipLook("退回修改 2 条", "bad", "problem_solid"))
    assert chip.sizeHint().width() > width
    assert chip.accessibleName() == "退回修改 2 条"


def test_a_check_code_stands_in_groups_of_four(shown):
    code = shown(CheckCodeLabel("ABCDEFGHIJKLMNOP"))
    assert [g.text() for g in code.findChildren(QLabel)] == ["ABCD", "EFGH", "IJKL", "MNOP"]
    assert code.accessibleName() == "ABCD EFGH IJKL MNOP"
    code.set_code("K7Q2 M4XZ")
    assert code.code() == "K7Q2M4XZ"


def test_words_that_do_not_fit_become_shorter_then_end_in_dots(shown):
    label = shown(ElidedLabel())
    label.set_words("绩效目标（一上）申报进度", "绩效目标")
    label.resize(400, 20)
    assert label.text() == "绩效目标（一上）申报进度"
    label.resize(80, 20)
    assert label.text() == "绩效目标"
    assert label.toolTip() == "绩效目标（一上）申报进度"
    label.resize(40, 20)
    assert label.text().endswith("…")


def test_an_amount_is_echoed_and_a_wrong_one_kept(shown):
    field = shown(AmountField("预算数"))
    field.edit.setText("128.4")
    assert field.amount_fen() == 128_400_000
    assert "壹佰贰拾捌万肆仟元整" in field._echo.text()
    assert "1,284,000.00 元" in field._echo.text()
    field.edit.setText("一百多万")
    assert field.edit.text() == "一百多万"
    assert "不是金额" in field._field.problem()
    with pytest.raises(AmountError):
        field.amount_fen()
    field.edit.clear()
    assert field.amount_fen() is None
    assert field._field.problem() == ""


def test_an_amount_in_yuan_echoes_ten_thousands(shown):
    field = shown(AmountField("预算数", AmountUnit.YUAN))
    field.edit.setText("1284000")
    assert field.amount_fen() == 128_400_000
    assert "128.40 万元" in field._echo.text()


def test_a_password_is_hidden_until_the_eye_is_pressed(shown):
    field = shown(PasswordField())
    field.setText("abc")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    field.actions()[0].trigger()
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    assert field.actions()[0].text() == "隐藏密码"


@pytest.mark.parametrize(
    ("first", "second", "good", "words"),
    [
        ("", "", False, "越长越安全"),
        ("abc12", "", False, "还差 3 位"),
        ("aaaaaaaa", "aaaaaaaa", True, "容易被猜到"),
        ("abcd1234", "abcd1234", True, "强度：好"),
        ("柳林镇公路修到二零二六", "柳林镇公路修到二零二六", True, "够用"),
        ("abcd1234", "abcd123", False, "强度：好"),
    ],
)
def test_a_new_password_is_long_enough_and_typed_twice(shown, first, second, good, words):
    pair = shown(NewPassword("签名密码", 8))
    pair.first.setText(first)
    pair.second.setText(second)
    assert pair.is_acceptable() is good
    assert words in pair.strength.text()


def test_a_second_password_that_differs_is_told(shown):
    pair = shown(NewPassword("签名密码", 8))
    pair.first.setText("abcd1234")
    pair.second.setText("abcx")
    assert "不一样" in pair._second_row.problem()
    pair.second.setText("abcd")
    assert pair._second_row.problem() == ""


def test_the_wait_counts_down_by_the_second(shown, qtbot):
    wait = shown(WaitCountdown())
    wait._timer.setInterval(5)
    wait.start("签名密码不正确。", 3)
    assert wait.words.text() == "签名密码不正确。请 3 秒后再试。"
    with qtbot.waitSignal(wait.elapsed):
        pass
    assert wait.seconds_left == 0
    assert wait.words.text() == "签名密码不正确。现在可以再试。"


def test_asking_for_a_password_waits_after_a_wrong_one(shown, qtbot):
    dialog = PasswordDialog("解锁", "需要签发密码", ("根密码", "签发密码"))
    shown(dialog)
    assert not dialog.accept_button.isEnabled()
    dialog.fields[0].setText("a")
    dialog.fields[1].setText("b")
    with qtbot.waitSignal(dialog.submitted) as told:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert told.args == [("a", "b")]
    dialog.wait._timer.setInterval(5)
    dialog.show_wrong_password("根密码不正确。", 2)
    assert not dialog.accept_button.isEnabled()
    qtbot.waitUntil(dialog.accept_button.isEnabled)
    assert dialog.fields[0].text() == "a"


def test_a_password_for_a_new_key(shown, qtbot):
    dialog = shown(NewPasswordDialog("更换签名", "旧的签名停用", 8))
    dialog.password.first.setText("abcd1234")
    assert not dialog.accept_button.isEnabled()
    dialog.password.second.setText("abcd1234")
    with qtbot.waitSignal(dialog.submitted) as told:
        dialog.accept_button.click()
    assert told.args == ["abcd1234"]


def test_confirming_answers_and_closes(shown, qtbot):
    dialog = shown(ConfirmDialog("恢复备份", "现在的内容先另存", "恢复", danger=True))
    assert not dialog.accept_button.isDefault()
    with qtbot.waitSignal(dialog.confirmed):
        dialog.accept_button.click()
    assert not dialog.isVisible()


def test_a_field_tells_what_is_wrong_and_keeps_its_text(shown):
    edit = QLineEdit("abc")
    field = shown(Field("项目名称", edit, "与一体化系统一致", required=True))
    field.set_problem("请填写项目名称")
    assert field.problem() == "请填写项目名称"
    assert edit.property("problem") is True
    assert edit.text() == "abc"
    assert edit.accessibleName() == "项目名称，必填"


@pytest.mark.parametrize(
    ("done", "total", "passed", "words"),
    [
        (0, 10, 5000, ""),
        (5, 10, 1000, ""),
        (10, 10, 9000, ""),
        (5, 10, 4000, "约剩 4 秒"),
        (1, 100, 3000, "约剩 5 分钟"),
        (1, 10_000, 3000, "约剩 8 小时"),
    ],
)
def test_time_left(done, total, passed, words):
    assert time_left(done, total, passed) == words


def test_progress_counts_and_can_be_stopped_once(shown, qtbot):
    panel = shown(ProgressPanel("正在接收", counter="份"))
    panel.set_progress(1486, 2271, "柳林镇人民政府")
    assert panel.count_label.text() == "1,486 / 2,271 份"
    assert panel.bar.value() == 1486
    with qtbot.waitSignal(panel.cancel_requested):
        panel.cancel_button.click()
    assert not panel.cancel_button.isEnabled()
    panel.begin("再来")
    assert panel.cancel_button.isEnabled()
    assert panel.count_label.text() == ""


def test_a_progress_window_closes_by_finishing_only(shown, qtbot):
    dialog = shown(ProgressDialog("正在生成"))
    with qtbot.waitSignal(dialog.cancel_requested):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.close()
    assert dialog.isVisible()
    dialog.finish()
    assert not dialog.isVisible()


def test_search_by_key_and_escape(shown, qtbot, monkeypatch):
    monkeypatch.setattr(shortcuts, "AFTER_MS", 0)
    page = QWidget()
    search = SearchField("搜索项目", page)
    other = QLineEdit()
    column = QVBoxLayout(page)
    column.addWidget(search)
    column.addWidget(other)
    shown(page)
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    qtbot.keyClick(other, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(search.hasFocus)
    assert not search.isClearButtonEnabled(), "the cross is made with the first text there is to empty"
    with qtbot.waitSignal(search.searched) as told:
        search.setText(" 公路 ")
    assert search.isClearButtonEnabled()
    assert told.args == ["公路"]
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert search.text() == ""
    with qtbot.waitSignal(search.left_downwards):
        qtbot.keyClick(search, Qt.Key.Key_Down)


def test_files_are_dropped_or_chosen(shown, qtbot, tmp_path):
    drop = shown(FileDrop("拖到这里", "选择文件…", "全部 (*)"))
    path = tmp_path / "任务参数包.asice"
    path.write_bytes(b"x")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    enter = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    drop.dragEnterEvent(enter)
    assert enter.isAccepted()
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(drop.file_chosen) as told:
        drop.dropEvent(event)
    assert told.args == [path]
    drop.button.click()
    dialog = drop.findChild(QFileDialog)
    assert dialog.isVisible()
    with qtbot.waitSignal(drop.file_chosen) as told:
        dialog.fileSelected.emit(str(path))
        dialog.close()
    assert told.args == [path]


def test_a_folder_is_chosen_without_blocking(shown, qtbot, tmp_path):
    owner, seen = shown(QWidget()), []
    dialog = choose_folder(owner, "选择文件夹", seen.append, str(tmp_path))
    dialog.accept()
    assert [Path(path) for path in seen] == [tmp_path]


def test_an_empty_state_offers_what_to_do(shown, qtbot):
    state = shown(EmptyState("还没有项目", "取用名录项目…", hint="名录里有"))
    with qtbot.waitSignal(state.wanted):
        state.button.click()
    state.set_text("没有找到")
    assert not state.hint_label.isVisible()


COLUMNS = (
    Column("名称", lambda record: record[0], share=1),
    Column("状态", lambda record: record[1], chip=lambda record: ChipLook(record[1], "good", "check")),
)
RECORDS = [("公路", "已接收"), ("清运", "未报"), ("防火", "已接收")]


def test_a_list_of_records(shown, qtbot, qtmodeltester):
    table = shown(RecordTable(COLUMNS))
    table.set_records(RECORDS)
    qtmodeltester.check(table.records)
    table.selectRow(1)
    assert table.chosen() == RECORDS[1]
    with qtbot.waitSignal(table.record_opened) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args == [RECORDS[1]]
    table.set_records(RECORDS[:2])
    assert table.chosen() == RECORDS[1]
    table.set_records([])
    assert table.chosen() is None
    table.grab()


def test_a_list_to_tick_in(shown, qtbot, qtmodeltester):
    table = shown(TickTable(COLUMNS, lambda record: record[1] == "已接收"))
    table.ticks.set_records(RECORDS)
    qtmodeltester.check(table.ticks)
    assert table.ticks.chosen() == (RECORDS[0], RECORDS[2])
    table.selectRow(0)
    with qtbot.waitSignal(table.ticks.ticked) as told:
        qtbot.keyClick(table, Qt.Key.Key_Space)
    assert told.args == [1]
    table.selectRow(1)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert table.ticks.chosen() == (RECORDS[2],)
    table.ticks.tick_all(True)
    assert len(table.ticks.chosen()) == 2
    table.ticks.tick_where(lambda record: record[0] == "清运")
    assert table.ticks.chosen() == ()
    table.grab()


def test_dates_and_sizes_in_words():
    moment = datetime(2026, 9, 15, 8, 5)
    assert full_date(moment) == "2026年9月15日"
    assert full_time(moment) == "2026年9月15日 08:05"
    assert near_time(moment, date(2026, 9, 15)) == "今天 08:05"
    assert near_time(moment, date(2026, 9, 16)) == "昨天 08:05"
    assert near_time(moment, date(2026, 9, 20)) == "9月15日 08:05"
    assert near_time(moment, date(2027, 1, 2)) == "2026年9月15日 08:05"
    abroad = datetime(2026, 9, 15, 8, 5, tzinfo=timezone(timedelta(hours=-11)))
    assert full_time(abroad) == full_time(abroad.astimezone())
    assert [size_words(n) for n in (12, 2048, 1_500_000, 3_400_000_000)] == [
        "12 字节",
        "2 KB",
        "1.4 MB",
        "3.2 GB",
    ]
