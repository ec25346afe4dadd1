"""What follows from a keystroke: reckoned once typing pauses, whole for whoever reads, one step for undo."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from forms.answers import value_at
from forms.findings import Place
from forms.registry import form
from tests.forms.monitoring_cases import IN_STEP, JULY
from ui.item_models.cell_delegate import CellDelegate
from ui.item_models.cell_editors import TextCellEditor
from ui.wizard.session import Change, WizardSession

REACHED = Place("indicators", "r2", "value_to_date")
LIGHT = Place("indicators", "r2", "light")
OTHER = Place("indicators", "r3", "remark")


@pytest.fixture
def july() -> tuple[WizardSession, list[Change]]:
    """A monitoring form of July, and what its listeners hear."""
    session = WizardSession(form("monitoring"), JULY, IN_STEP, {})
    heard: list[Change] = []
    session.listen(heard.append)
    return session, heard


def test_a_keystroke_tells_its_own_place_and_the_pause_what_followed(july):
    session, heard = july
    session.set_typed(REACHED, "1")
    session.set_typed(REACHED, "12")
    assert [(change.place, change.is_settling) for change in heard] == [(REACHED, False)] * 2
    assert session.settle()
    assert (heard[-1].place, heard[-1].typed_at, heard[-1].is_settling) == (None, REACHED, True)
    assert value_at(heard[-1].after, LIGHT) != value_at(IN_STEP, LIGHT)
    assert not session.settle()
    assert len(heard) == 3


def test_whoever_reads_finds_what_follows(july):
    session, _heard = july
    reads = (
        lambda: session.value(LIGHT),
        lambda: session.row(REACHED)["light"],
        lambda: session.rows("indicators")[1]["light"],
        lambda: value_at(session.answers, LIGHT),
    )
    for read in reads:
        session.set_typed(REACHED, "3")
        assert read() == "red"
        session.set_typed(REACHED, "7")
        assert read() == "green"


def test_what_followed_goes_and_comes_with_its_keystrokes(july):
    session, _heard = july
    session.set_typed(REACHED, "1")
    session.set_typed(REACHED, "3")
    session.undo()
    assert (session.value(REACHED), session.value(LIGHT)) == ("7", "green")
    assert not session.can_undo
    session.redo()
    assert (session.value(REACHED), session.value(LIGHT)) == ("3", "red")


def test_writing_elsewhere_settles_what_was_typed_before(july):
    session, heard = july
    session.set_typed(REACHED, "3")
    session.set_typed(OTHER, "雨")
    assert [change.is_settling for change in heard] == [False, True, False]
    session.undo()
    assert session.value(LIGHT) == "red"


def test_a_batch_is_whole_and_handed_on_once(wizard):
    batches = []
    wizard.open(JULY, IN_STEP)
    wizard.view.answers_changed.connect(batches.append)
    wizard.go_step("indicators")
    wizard.go_cell(1, "value_to_date")
    wizard.type("3")
    wizard.view.flush()
    wizard.wait_followed()
    wizard.view.flush()
    assert [value_at(batch, LIGHT) for batch in batches] == ["red"]
    assert wizard.cell(1, "light") == "红灯"


def test_typing_several_lines_paints_no_cell_below(wizard, monkeypatch):
    wizard.open(JULY, IN_STEP)
    wizard.go_step("indicators")
    wizard.go_cell(1, "reason")
    wizard.type("雨")
    editor = wizard.table().view.editor()
    assert isinstance(editor, TextCellEditor)
    wizard.wait_followed()
    wizard.wait_checked()
    painted = []
    monkeypatch.setattr(CellDelegate, "paint", lambda *_what: painted.append(1))
    before = editor.grab().toImage()
    QTest.keyClick(editor, "5")
    QApplication.processEvents()
    assert not painted
    assert editor.grab().toImage() != before
