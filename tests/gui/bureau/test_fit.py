"""Every page of the bureau's desk at 1366 × 768, 125 and 150 %: nothing is cut off, nothing is scrolled sideways."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QTabWidget

from tests.gui.pages.bureau_desk import BureauDeskPage
from tests.gui.pages.cut_off import cut_off, settle
from tests.gui.pages.review_page import ReviewPage
from ui.bureau.item_panes import NOTES, ItemPanes
from ui.bureau.review_panes import QUEUE, REMARKS
from ui.bureau.review_queue_panel import QueuePanel

pytestmark = pytest.mark.slow
NARROW = 1.5
"""Here the three parts of the review page have no room side by side."""


def problems(desk: BureauDeskPage) -> list[str]:
    """What cannot be read on the page in front."""
    desk.settle()
    settle()
    sideways = desk.frame.room.horizontalScrollBar().maximum()
    return cut_off(desk.frame) + [f"sideways: {sideways}"] * bool(sideways)


@pytest.mark.parametrize("scale", [1.25, NARROW])
def test_every_page(desk: BureauDeskPage, text_scale, scale):
    text_scale(scale)
    desk.frame.resize(1366, 768)
    desk.receive(desk.folder / "post")
    assert problems(desk) == []
    for key in ("status", "summary", "kit", "settings", "help"):
        desk.frame.show_page(key)
        assert problems(desk) == [], key
        if key == "status":
            assert desk.frame.room.verticalScrollBar().maximum() == 0
    tabs = desk.kit().findChild(QTabWidget)
    for number in range(tabs.count()):
        tabs.setCurrentIndex(number)
        assert problems(desk) == [], tabs.tabText(number)


@pytest.mark.parametrize("scale", [1.0, 1.25, NARROW])
def test_the_form_under_review(desk: BureauDeskPage, text_scale, scale):
    text_scale(scale)
    desk.frame.resize(1366, 768)
    desk.receive(desk.folder / "post")
    review = ReviewPage(desk)
    view = review.view
    assert problems(desk) == []
    unit = view.form.unit_label
    assert unit.text() == unit.words() != ""
    assert view.panes.is_stacked == (scale == NARROW)
    assert view.panes.tabs.isVisible() == view.panes.is_stacked
    with review.desk.qtbot.waitSignal(view.remark_wished):
        view.remarks.write_requested.emit()
    desk.settle()
    assert view.remarks.isVisible()
    assert view.panes.tabs.currentIndex() == (REMARKS if scale == NARROW else QUEUE)
    assert problems(desk) == []
    view.panes.tabs.setCurrentIndex(QUEUE)
    assert view.queue.isVisible()


def test_room_comes_back_with_a_wider_window(desk: BureauDeskPage, text_scale):
    text_scale(NARROW)
    desk.frame.resize(1366, 768)
    desk.receive(desk.folder / "post")
    panes = ReviewPage(desk).view.panes
    desk.settle()
    assert panes.is_stacked
    desk.frame.resize(1920, 1080)
    settle()
    assert not panes.is_stacked
    assert desk.frame.page("review").remarks.isVisible()


def test_the_queue_makes_room_for_its_longest_button(qtbot, text_scale):
    text_scale(NARROW)
    panel = QueuePanel()
    qtbot.addWidget(panel)
    panel.slips_button.setText("生成退回修改通知（1,234）…")
    panel.list.lines.ticked.emit(0)
    panel.resize(panel.minimumWidth(), 600)
    panel.show()
    assert cut_off(panel) == []


def test_notes_stand_behind_a_tab_where_there_is_no_height_for_both(qtbot):
    items, notes = QLabel("应报"), QLabel("核对")
    for part in (items, notes):
        part.setMinimumSize(100, 100)
    panes = ItemPanes(items, notes)
    qtbot.addWidget(panes)
    panes.set_count(2)
    panes.resize(300, 150)
    panes.show()
    assert panes.is_stacked
    assert (items.isVisible(), notes.isVisible(), panes.tabs.isVisible()) == (True, False, True)
    panes.tabs.setCurrentIndex(NOTES)
    assert (items.isVisible(), notes.isVisible()) == (False, True)
    panes.set_count(0)
    assert (items.isVisible(), panes.tabs.isVisible()) == (True, False)
    panes.resize(300, 400)
    assert not panes.is_stacked
    assert items.isVisible()
    assert notes.isVisible()
