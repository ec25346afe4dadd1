"""移除单位 on the register page: chosen, asked, removed, undone; a unit that has sent something stays."""

from __future__ import annotations

import pytest

from models.domain.project import Unit
from tests.gui.bureau.conftest import KNOWN, UNKNOWN
from tests.gui.pages.bureau_desk import BureauDeskPage
from ui.bureau.kit_view import KitView
from ui.widgets.confirm_dialog import ConfirmDialog

pytestmark = pytest.mark.slow


def shown(view: KitView) -> list[Unit]:
    records = view.units.table.records
    return [records.record(number) for number in range(records.rowCount())]


def choose(view: KitView, code: str) -> None:
    view.units.table.selectRow([unit.code for unit in shown(view)].index(code))


def test_a_unit_is_removed_after_a_question_and_comes_back(desk: BureauDeskPage):
    view = desk.kit()
    assert not view.units.remove_button.isEnabled()
    before = shown(view)
    choose(view, UNKNOWN)
    view.units.remove_button.click()
    dialog = desk.dialog(ConfirmDialog)
    dialog.reject()
    desk.settle()
    assert shown(view) == before
    choose(view, UNKNOWN)
    view.units.remove_button.click()
    desk.dialog(ConfirmDialog).accept_button.click()
    desk.until(lambda: UNKNOWN not in {unit.code for unit in shown(view)})
    desk.settle()
    assert "已移除" in view.notice.words.text()
    assert view.units.table.chosen() is None
    assert not view.units.remove_button.isEnabled()
    assert view.notice.action.text() == "撤销"
    view.notice.action.click()
    desk.until(lambda: len(shown(view)) == len(before))
    desk.settle()
    assert shown(view) == before
    assert not view.notice.action.isVisible()


def test_a_unit_that_has_sent_something_stays(desk: BureauDeskPage):
    desk.receive(desk.folder / "post")
    view = desk.kit()
    before = shown(view)
    choose(view, KNOWN)
    view.units.remove_button.click()
    desk.until(lambda: "不能移除这个单位" in view.notice.words.text())
    assert not desk.has_dialog(ConfirmDialog)
    assert shown(view) == before
