"""Icons and the mark grow with the text while the program runs, shown or not."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.theme import COLOURS
from ui.widgets.empty_state import EmptyState
from ui.widgets.file_drop import FileDrop
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.picture import Mark, Picture


def height(picture: QLabel) -> float:
    drawn = picture.pixmap()
    return drawn.height() / drawn.devicePixelRatio()


@pytest.mark.parametrize("make", [lambda: Picture(20, "home", COLOURS.ink), lambda: Mark(20)])
@pytest.mark.parametrize("shown", [True, False])
def test_a_picture_follows_the_text_size(qtbot, text_scale, make, shown):
    picture = make()
    qtbot.addWidget(picture)
    picture.show()
    picture.setVisible(shown)
    assert height(picture) == 20
    for scale, wanted in ((1.5, 30), (1.25, 25), (1.0, 20)):
        text_scale(scale)
        assert height(picture) == wanted
        assert picture.sizeHint().height() == wanted


def test_one_made_before_and_shown_after_the_change(qtbot, text_scale):
    picture = Picture(20, "home", COLOURS.ink)
    qtbot.addWidget(picture)
    text_scale(1.5)
    picture.show()
    assert height(picture) == 30


def test_another_icon_keeps_the_size(qtbot, text_scale):
    picture = Picture(16)
    qtbot.addWidget(picture)
    picture.show()
    assert picture.pixmap().isNull()
    text_scale(1.25)
    picture.show_icon("care", COLOURS.care)
    first = picture.pixmap().toImage()
    picture.show_icon("done", COLOURS.good)
    assert height(picture) == 20
    assert picture.pixmap().toImage() != first


def test_every_picture_of_the_shared_widgets_follows(qtbot, text_scale):
    window = QWidget()
    column = QVBoxLayout(window)
    bar = NoticeBar()
    for widget in (EmptyState("还没有收到文件", "接收…"), FileDrop("把文件拖到这里", "选择文件…", "*"), bar):
        column.addWidget(widget)
    bar.show_notice("已保存")
    qtbot.addWidget(window)
    window.show()
    pictures = [found for found in window.findChildren(QLabel) if not found.pixmap().isNull()]
    before = {id(found): height(found) for found in pictures}
    assert len(before) == 3
    text_scale(1.5)
    assert theme.text_scale() == 1.5
    for found in pictures:
        assert height(found) == pytest.approx(before[id(found)] * 1.5, abs=1)
