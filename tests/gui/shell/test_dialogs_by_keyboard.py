"""A dialog without a mouse: Tab shows what it reaches, the page keys read a long text, Enter and Esc answer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea

from ui.first_start.window import FirstStartWindow
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import paragraph


@pytest.fixture
def dialog(qtbot):
    """Fields far below each other, more than the window shows."""
    made = DeskDialog("标题", "确定")
    qtbot.addWidget(made)
    for number in range(6):
        made.body.addWidget(paragraph("一段很长的说明。" * 40))
        made.body.addWidget(QLineEdit(str(number)))
    made.resize(420, 260)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_tab_brings_into_sight_what_it_reaches(dialog, qtbot):
    for number in range(6):
        here = dialog.focusWidget()
        assert here.text() == str(number)
        assert not here.visibleRegion().isEmpty()
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.reject_button


def test_the_page_keys_scroll_from_the_buttons(dialog, qtbot):
    bar = dialog.findChild(QScrollArea).verticalScrollBar()
    dialog.accept_button.setFocus()
    before = bar.value()
    qtbot.keyClick(dialog.accept_button, Qt.Key.Key_PageDown)
    assert bar.value() > before
    qtbot.keyClick(dialog.accept_button, Qt.Key.Key_PageUp)
    assert bar.value() == before


def test_enter_and_escape_answer(dialog, qtbot):
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    dialog.show()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape)


def test_first_start_scrolls_too(qtbot):
    window = FirstStartWindow(8, 2026)
    qtbot.addWidget(window)
    window.resize(window.minimumSizeHint().width(), 250)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.skip_notice()
    qtbot.mouseClick(window.role_page.bureau, Qt.MouseButton.LeftButton)
    window.go_on()
    facts = window.bureau_page
    for edit, text in ((facts.name, "示例县财政局"), (facts.code, "990000"), (facts.person, "李文")):
        edit.setText(text)
    window.go_on()
    bar = window.stack.currentWidget().verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(window.next_button, Qt.Key.Key_PageDown)
    assert bar.value() > 0
