"""One door: what people can act on is a sentence, what is our mistake is a report without their words."""

from __future__ import annotations

import logging
import sys
import threading

import pytest

from models.domain.errors import Cancelled, EnvironmentProblem, InputError
from tests.gui.pages.problems import open_crash, open_problem
from ui.errors import ErrorDoor, report
from ui.shell.frame import DeskFrame


@pytest.fixture
def frame(qtbot):
    made = DeskFrame()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def door(frame):
    made = ErrorDoor("0.1.0")
    made.set_window(frame)
    yield made
    made.close_dialogs()
    made.uninstall()


def test_a_problem_stands_in_the_notice_bar_of_the_page(door, frame):
    door.set_window(frame, frame.notice)
    door.show(InputError("项目名称没有填", "请填写项目名称", "新建项目"))
    assert frame.notice.isVisible()
    assert frame.notice.words.text() == "新建项目：项目名称没有填。请填写项目名称。"


def test_without_a_bar_it_is_a_dialog_that_does_not_block(door, qtbot):
    door.show(EnvironmentProblem("U 盘已写满", "请换一个 U 盘后重试", "生成报送文件"))
    dialog = open_problem()
    assert dialog.texts() == ["生成报送文件", "U 盘已写满", "请换一个 U 盘后重试"]
    dialog.close()


def test_the_same_problem_is_not_told_twice_at_once(door):
    for _ in range(3):
        door.show(EnvironmentProblem("U 盘已写满"))
    assert open_problem().count == 1


def test_a_stopped_job_is_no_error(door):
    shown = []
    door.problem_shown.connect(shown.append)
    door.show(Cancelled())
    assert shown == []


def _broken(secret):
    raise ValueError(f"cannot read {secret}")


def _caught(secret="农村公路养护 330.98 万元"):
    try:
        _broken(secret)
    except ValueError as error:
        return error


def test_the_report_names_places_but_not_what_was_typed():
    text = report(_caught(), "0.1.0")
    assert "ValueError" in text
    assert "test_errors.py" in text
    assert "0.1.0" in text
    assert "农村公路" not in text
    assert "330.98" not in text


def test_the_report_follows_causes():
    try:
        try:
            _broken("x")
        except ValueError as error:
            raise KeyError("y") from error
    except KeyError as error:
        text = report(error, "")
    assert text.index("KeyError") < text.index("ValueError")


@pytest.mark.expected_log("unexpected error")
def test_our_mistake_saves_drafts_first_and_offers_the_report(door, qtbot, qapp):
    order = []
    door.set_draft_saver(lambda: order.append("saved") or True)
    door.crash_shown.connect(lambda _: order.append("shown"))
    door.show(_caught())
    assert order == ["saved", "shown"]
    crash = open_crash()
    assert "已填的内容都已保存" in crash.words()
    crash.copy_report()
    assert "ValueError" in qapp.clipboard().text()


@pytest.mark.expected_log("unexpected error")
@pytest.mark.expected_log("drafts not saved")
def test_a_broken_saver_does_not_hide_the_first_mistake(door):
    door.set_draft_saver(lambda: 1 / 0)
    door.show(_caught())
    assert "最近一次自动保存之前的内容都在" in open_crash().words()


@pytest.mark.expected_log("unexpected error")
def test_mistakes_in_a_row_open_one_dialog(door):
    door.show(_caught())
    door.show(_caught())
    assert open_crash().count == 1


@pytest.mark.expected_log("unexpected error|propagateSizeHints")
def test_what_nobody_caught_comes_here(door, qtbot):
    door.install()
    with qtbot.waitSignal(door.crash_shown):
        sys.excepthook(ValueError, _caught(), None)


@pytest.mark.expected_log("unexpected error|propagateSizeHints")
def test_what_another_thread_raised_comes_here(door, qtbot):
    door.install()
    with qtbot.waitSignal(door.crash_shown):
        thread = threading.Thread(target=_broken, args=("x",))
        thread.start()
        thread.join()


def test_hooks_are_given_back(door):
    before = sys.excepthook
    door.install()
    assert sys.excepthook != before
    door.uninstall()
    assert sys.excepthook is sys.__excepthook__


def test_qt_messages_go_to_the_log(caplog, qapp):
    from PySide6.QtCore import QtMsgType

    from ui.errors import _on_qt_message

    with caplog.at_level(logging.DEBUG, "desk"):
        _on_qt_message(QtMsgType.QtInfoMsg, None, "hello")
    assert "Qt: hello" in caplog.text
