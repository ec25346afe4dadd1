"""A row that goes on in the next line: reckoned once for a width, anew when something in it wants another room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ui.widgets.wrapping import WrappingRow


@pytest.fixture
def shown(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    buttons = [QPushButton(words, host) for words in ("从上年带入", "新建项目", "更多")]
    host.setLayout(WrappingRow(*buttons))
    host.resize(600, 120)
    host.show()
    return host, buttons


def tops(buttons) -> list[int]:
    return sorted({button.y() for button in buttons if button.isVisible()})


def test_one_line_while_there_is_room_then_more(shown):
    host, buttons = shown
    assert len(tops(buttons)) == 1
    host.resize(host.layout().minimumSize().width(), 200)
    assert len(tops(buttons)) > 1


def test_longer_words_and_hidden_buttons_are_reckoned_anew(shown):
    host, buttons = shown
    one_line = host.layout().sizeHint().width()
    buttons[0].setText("从一体化导出表带入的项目、预算和批复的绩效目标")
    QApplication.sendPostedEvents()
    assert host.layout().sizeHint().width() > one_line
    buttons[0].hide()
    QApplication.sendPostedEvents()
    assert host.layout().sizeHint().width() < one_line
