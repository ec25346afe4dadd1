"""The item model of a form's table: sound for Qt, and announcing no more than has changed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics

from forms.findings import Finding, Place, Severity
from forms.registry import form
from tests.forms.cases import OVERALL, ROADS, TARGET, TOWN, context
from ui.item_models.column_widths import figure_width, fitting_widths
from ui.item_models.form_table_model import FormTableModel
from ui.theme import font
from ui.wizard.session import WizardSession

pytestmark = pytest.mark.gui


@pytest.fixture
def kept(dressed):
    """A session over the roads' form and the model of its indicators."""
    session = WizardSession(form(TARGET), context(), ROADS, {})
    model = FormTableModel(session.table("indicators"), session)
    session.listen(lambda _change: model.refresh())
    return session, model


def announced(model: FormTableModel, work) -> list[tuple[int, int, int, int]]:
    """The cells announced while something is done."""
    heard: list[tuple[int, int, int, int]] = []
    model.dataChanged.connect(lambda a, b: heard.append((a.row(), a.column(), b.row(), b.column())))
    work()
    return heard


def column(model: FormTableModel, key: str) -> int:
    return [spec.key for spec in model.column_specs()].index(key)


def test_qt_finds_nothing_wrong(kept, qtmodeltester):
    session, model = kept
    qtmodeltester.check(model)
    session.add_row("indicators", 3)
    session.set_rows("indicators", session.rows("indicators")[2:])
    session.sort_rows("indicators")
    session.undo()
    session.undo()
    qtmodeltester.check(model)


def test_what_is_shown_edited_and_headed(kept):
    _, model = kept
    assert model.index(1, column(model, "first_level")).data() == "产出指标"
    assert model.index(1, column(model, "comparator")).data() == "≥"
    assert model.index(6, column(model, "comparator")).data() == "定性"
    assert model.headerData(2, Qt.Orientation.Horizontal) == "三级指标"
    assert "例：养护里程" in model.headerData(2, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert model.headerData(2, Qt.Orientation.Vertical) == 3


def test_money_columns_say_their_unit_and_edit_without_separators(dressed):
    session = WizardSession(form(OVERALL), context(form_id=OVERALL), TOWN, {})
    session.set_typed(Place("annual_tasks", "t1", "total_fen"), "1234.5")
    model = FormTableModel(session.table("annual_tasks"), session)
    cell = model.index(0, column(model, "total_fen"))
    assert model.headerData(cell.column(), Qt.Orientation.Horizontal) == "总额\n（万元）"
    assert (cell.data(), cell.data(Qt.ItemDataRole.EditRole)) == ("1,234.50", "1234.50")


def test_a_keystroke_announces_one_cell(kept):
    session, model = kept
    place = Place("indicators", "r3", "planned_value")
    wanted = column(model, "planned_value")
    assert announced(model, lambda: session.set_typed(place, "40")) == [(2, wanted, 2, wanted)]
    assert model.index(2, wanted).data() == "40"


def test_an_open_editor_hears_nothing_of_its_own_keystrokes(kept):
    session, model = kept
    cell = model.index(2, column(model, "planned_value"))
    session._listeners.clear()
    session.listen(lambda change: model.refresh_cell(change.place))
    assert announced(model, lambda: model.type_into(model.place(cell), "41")) == []
    assert cell.data() == "41"
    assert announced(model, lambda: model.announce(cell)) == [(2, cell.column(), 2, cell.column())]


def test_a_level_also_announces_how_the_row_below_looks(kept):
    session, model = kept
    heard = announced(model, lambda: session.set_typed(Place("indicators", "r2", "second_level"), "质量"))
    assert (1, 1, 1, 1) in heard
    assert (2, 0, 2, 1) in heard


def test_rows_come_and_go_in_one_piece_and_the_current_cell_stays(kept):
    session, model = kept
    pinned = QPersistentModelIndex(model.index(5, 2))
    events = []
    model.rowsInserted.connect(lambda _p, a, b: events.append(("in", a, b)))
    model.rowsRemoved.connect(lambda _p, a, b: events.append(("out", a, b)))
    model.modelReset.connect(lambda: events.append(("reset", 0, 0)))
    session.add_row("indicators", 2)
    assert pinned.row() == 6
    rows = session.rows("indicators")
    session.set_rows("indicators", [*rows[:1], *rows[4:]])
    assert pinned.row() == 3
    assert events == [("in", 2, 2), ("out", 1, 3)]
    session.set_rows("indicators", list(reversed(session.rows("indicators"))))
    assert pinned.row() == 2
    assert events[2:] == []


def test_a_table_made_anew_is_announced_as_such(kept):
    session, model = kept
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    rows = session.rows("indicators")
    session.set_rows("indicators", [{**rows[0], "row_id": "x1"}, rows[3], {**rows[1], "row_id": "x2"}])
    assert resets == [1]
    assert model.rowCount() == 3


def test_findings_mark_cells_with_the_gravest_and_tell_all_sentences(kept):
    _, model = kept
    place = Place("indicators", "r2", "measure_unit")
    explain = Finding("C12", Severity.EXPLAIN, place, "单位", "可疑", "核对")
    blocking = Finding("C10", Severity.BLOCKING, place, "单位", "空着", "填写")
    of_row = Finding("C10", Severity.BLOCKING, Place("indicators", "r3"), "第 3 行", "空着", "填写")
    model.set_findings([explain, blocking, of_row])
    cell = model.index(1, column(model, "measure_unit"))
    assert model.look(cell).severity is Severity.BLOCKING
    tip = cell.data(Qt.ItemDataRole.ToolTipRole)
    assert tip.splitlines() == ["需说明：单位：可疑。核对。", "必改：单位：空着。填写。"]
    assert model.look(model.index(2, 0)).severity is Severity.BLOCKING
    assert model.finding_count() == 3
    model.set_findings([])
    assert model.look(cell).severity is None


def test_what_cannot_be_read_is_shown_with_its_sentence(kept):
    session, model = kept
    session.set_typed(Place("indicators", "r2", "weight"), "十分")
    cell = model.index(1, column(model, "weight"))
    assert cell.data() == "十分"
    assert "不是分值" in model.look(cell).problem
    assert "不是分值" in cell.data(Qt.ItemDataRole.ToolTipRole)


def test_repeated_levels_are_faint_and_highlights_come_and_go(kept):
    _, model = kept
    assert [model.look(model.index(row, 0)).is_repeated for row in range(4)] == [False, False, True, True]
    assert [model.look(model.index(row, 1)).is_repeated for row in range(4)] == [False, False, True, False]
    model.set_highlights([Place("indicators", "r1", "weight"), Place("annual_target")])
    assert model.look(model.index(0, column(model, "weight"))).is_highlighted
    model.set_highlights([])
    assert not model.look(model.index(0, column(model, "weight"))).is_highlighted


def test_nothing_can_be_edited_read_only(dressed):
    session = WizardSession(form(TARGET), context(), ROADS, {}, read_only=True)
    model = FormTableModel(session.table("indicators"), session)
    assert not any(
        model.flags(model.index(0, n)) & Qt.ItemFlag.ItemIsEditable for n in range(model.columnCount())
    )


@pytest.mark.parametrize("room", [560, 640, 659, 900])
def test_a_long_figure_is_shown_whole(kept, room):
    session, model = kept
    rows = [{**row, "planned_value": "500000"} for row in session.rows("indicators")]
    planned, before = column(model, "planned_value"), fitting_widths(model, room)
    session.set_rows("indicators", rows)
    widths = fitting_widths(model, room)
    assert widths[planned] >= figure_width("500000", QFontMetrics(font())) > 0
    assert sum(widths) <= max(room, sum(before) + widths[planned] - before[planned])
    assert figure_width("群众满意度明显提高", QFontMetrics(font())) == 0
