"""The indicator library at the clerk's desk: uses are counted, rows kept, what was kept offered and dropped again."""

from __future__ import annotations

from services import indicator_library
from tests.gui.desks.test_forms import READY


def _uses(clerk) -> dict[str, int]:
    with clerk.workspace.store.reading() as work:
        return indicator_library.usage_counts(work)


def _own(clerk) -> list[str]:
    with clerk.workspace.store.reading() as work:
        return [one.name for one in indicator_library.own_indicators(work)]


def test_what_is_taken_is_counted_and_what_is_kept_is_offered(clerk, qtbot):
    form = clerk.open_form(READY)
    form.go_step("indicators")
    form.go_cell(1, "third_level")
    flow = form.view.frame.assistance.library
    form.view.frame.assistance.open_library()
    dialog = flow.dialog()
    dialog.field.setText("班车")
    dialog.take.click()
    qtbot.waitUntil(lambda: _uses(clerk) == {"rural_roads.bus": 1})
    dialog.reject()
    form.settle()
    form.go_cell(1, "third_level")
    name = form.cell(1, "third_level")
    form.table().library.keep.trigger()
    qtbot.waitUntil(lambda: _own(clerk) == [name])
    qtbot.waitUntil(lambda: "收入本单位指标库" in clerk.notice())
    form.view.frame.assistance.open_library()
    dialog = flow.dialog()
    dialog.field.setText(name)
    hit = dialog.hits()[0].indicator
    assert (hit.name, hit.origin.label) == (name, "本单位")
    dialog.drop.click()
    qtbot.waitUntil(lambda: _own(clerk) == [])
    qtbot.waitUntil(lambda: all(one.indicator.code != hit.code for one in dialog.hits()))
    dialog.reject()


def test_half_a_row_is_not_kept_and_the_clerk_is_told(clerk, qtbot):
    form = clerk.open_form(READY)
    form.go_step("indicators")
    form.table().actions_.add_row()
    form.settle()
    form.table().library.keep.trigger()
    qtbot.waitUntil(lambda: "还没有填写完整" in clerk.notice())
    assert _own(clerk) == []
