"""Fields by kind: each shows, tells and keeps what its kind needs, alone on a blank widget."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from forms import choices, kinds
from forms.findings import Finding, Place, Severity
from forms.schema import FieldKind, FieldSpec
from tests.forms.cases import context
from ui.wizard.fields.choice_field import ChoiceField
from ui.wizard.fields.date_field import DateField
from ui.wizard.fields.factory import WIDGETS, field_widget
from ui.wizard.fields.line_fields import LineField
from ui.wizard.fields.long_text_field import LongTextField
from ui.wizard.fields.money_field import MoneyField

pytestmark = pytest.mark.gui
GIVEN = context()


def spec(kind: FieldKind, **changes) -> FieldSpec:
    values = {"help": "填写说明", "example": "12", "is_required": True} | changes
    key = "amount_fen" if kind is FieldKind.MONEY else "answer"
    return FieldSpec(key, "填报项", kind, **values)


class Desk:
    """A field on a window with another one beside it, kept as the session would keep it."""

    def __init__(self, qtbot, field_spec: FieldSpec) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.field = field_widget(field_spec, GIVEN)
        self.other = QLineEdit()
        column = QVBoxLayout(self.window)
        column.addWidget(self.field)
        column.addWidget(self.other)
        self.window.resize(420, 320)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.kept = None
        self.field.typed.connect(self.keep)

    def keep(self, text: str) -> None:
        reading = kinds.read(self.field.spec, text, GIVEN)
        self.kept = reading.value
        self.field.show_kept(reading.value)
        self.field.show_problem(reading.problem)

    def type(self, text: str) -> None:
        self.field.focus_editor()
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, text)

    def leave(self) -> None:
        self.other.setFocus()


@pytest.fixture
def desk(dressed, qtbot):
    def make(kind: FieldKind, **changes) -> Desk:
        return Desk(qtbot, spec(kind, **changes))

    return make


def test_every_kind_has_a_widget_of_its_own_look():
    assert set(WIDGETS) == set(FieldKind)


@pytest.mark.parametrize("kind", sorted(set(FieldKind) - {FieldKind.CHOICE, FieldKind.TICK}))
def test_absurd_text_of_any_kind_stays_in_the_field(desk, kind):
    made = desk(kind, max_length=20)
    made.type("=1+1 abc 1e999 " + "x" * 30)
    made.leave()
    assert made.kept == "=1+1 abc 1e999 " + "x" * 30
    assert made.field.text() == made.kept
    assert made.field.problem_text()


@pytest.mark.parametrize("kind", list(FieldKind))
def test_help_required_mark_and_example_are_there(desk, kind):
    changes = (
        {"choices": choices.project_categories, "is_open_choice": True} if kind is FieldKind.CHOICE else {}
    )
    made = desk(kind, **changes)
    shown = " ".join(
        item.text() for item in made.field.findChildren(type(made.field._help)) if item.isVisible()
    )
    assert "填报项" in shown
    assert "必填" in shown
    assert "填写说明" in shown
    if kind is FieldKind.TICK:
        return
    editor = made.field.editor
    line = editor.lineEdit() if isinstance(made.field, ChoiceField) else editor
    assert "例：12" in line.placeholderText()


def test_text_is_not_trimmed_or_changed(desk):
    made = desk(FieldKind.TEXT)
    made.type("  two  words ")
    made.leave()
    assert made.field.text() == "  two  words "


def test_money_echoes_capitals_and_the_other_unit_and_groups_when_left(desk):
    made = desk(FieldKind.MONEY)
    field = made.field
    assert isinstance(field, MoneyField)
    assert field.echo() == ""
    made.type("330984")
    assert field.text() == "330984"
    made.leave()
    assert field.text() == "330,984.00"
    assert field.echo() == "叁拾叁亿零玖佰捌拾肆万元整　3,309,840,000.00 元"
    field.focus_editor()
    assert field.text() == "330984.00"
    assert field.editor.alignment() & Qt.AlignmentFlag.AlignRight


def test_money_that_is_none_has_no_echo_but_a_sentence(desk):
    made = desk(FieldKind.MONEY)
    made.type("12x")
    assert made.field.echo() == ""
    assert "不是金额" in made.field.problem_text()


def test_long_text_grows_and_counts(desk):
    made = desk(FieldKind.LONG_TEXT, max_length=1000)
    field = made.field
    assert isinstance(field, LongTextField)
    low = field.editor.height()
    field.focus_editor()
    field.editor.insertPlainText("第一条\n" * 9)
    assert field.editor.height() > low
    assert field.counter() == "36 / 1000 字"
    field.editor.insertPlainText("第一条\n" * 300)
    assert field.editor.height() < 500


@pytest.mark.parametrize("typed", ["2026年9月15日", "2026-9-15", "2026/9/15", "20260915", "2026.9.15"])
def test_dates_in_usual_spellings_are_shown_as_officials_write_them(desk, typed):
    made = desk(FieldKind.DATE)
    made.field.focus_editor()
    made.field.editor.insert(typed)
    made.leave()
    assert made.kept == "2026-09-15"
    assert made.field.text() == "2026年9月15日"


def test_a_date_can_be_picked_from_the_calendar(desk):
    made = desk(FieldKind.DATE)
    field = made.field
    assert isinstance(field, DateField)
    made.type("2026-9-15")
    QTest.keyClick(field.editor, Qt.Key.Key_F4)
    calendar = field.calendar()
    assert calendar is not None
    assert calendar.selectedDate() == QDate(2026, 9, 15)
    calendar.clicked.emit(QDate(2026, 10, 1))
    assert made.kept == "2026-10-01"
    assert field.text() == "2026年10月1日"


def test_a_closed_choice_is_picked_with_the_arrows(desk):
    made = desk(FieldKind.CHOICE, choices=choices.project_attributes)
    made.field.focus_editor()
    QTest.keyClick(made.field.editor, Qt.Key.Key_Down)
    assert made.kept == "new"
    QTest.keyClick(made.field.editor, Qt.Key.Key_Down)
    assert (made.kept, made.field.text()) == ("continuing", "延续项目")


def test_a_closed_choice_keeps_showing_text_it_does_not_offer(desk):
    made = desk(FieldKind.CHOICE, choices=choices.project_attributes)
    made.field.show_kept("其他属性")
    assert made.field.text() == "其他属性"
    made.field.show_kept("new")
    assert made.field.text() == "新增项目"
    assert made.field.editor.count() == 2


def test_an_open_choice_takes_other_text(desk):
    made = desk(FieldKind.CHOICE, choices=choices.project_categories, is_open_choice=True)
    made.type("abc")
    made.leave()
    assert (made.kept, made.field.text()) == ("abc", "abc")


def test_the_wheel_changes_no_choice_the_cursor_is_not_in(desk):
    made = desk(FieldKind.CHOICE, choices=choices.project_attributes)
    made.field.show_kept("new")
    made.leave()
    place = QPointF(5, 5)
    wheel = QWheelEvent(
        place, made.field.editor.mapToGlobal(place), QPoint(0, -120), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(made.field.editor, wheel)
    assert made.kept is None
    assert made.field.text() == "新增项目"


def test_codes_are_counted(desk):
    made = desk(FieldKind.CODE)
    made.type("51000027T000000012345")
    assert made.field._counter.text() == "21 位"


def test_findings_are_marked_by_word_icon_and_sentence(desk):
    made = desk(FieldKind.TEXT)
    place = Place("answer")
    explain = Finding("C2", Severity.EXPLAIN, place, "填报项", "不对", "请核对")
    blocking = Finding("C1", Severity.BLOCKING, place, "填报项", "空着", "请填写")
    made.field.show_findings([explain, blocking])
    assert made.field.mark_text() == "必改"
    assert "必改：填报项：空着。请填写。" in made.field.accessibleDescription()
    assert made.field.editor.property("problem") is True
    made.field.show_findings([explain])
    assert made.field.mark_text() == "需说明"
    assert (made.field.editor.property("problem"), made.field.editor.property("care")) == (False, True)
    made.field.show_findings([])
    assert made.field.mark_text() == ""


def test_a_locked_field_takes_no_keys_and_says_why(desk):
    made = desk(FieldKind.TEXT)
    made.field.show_kept("名录里的名称")
    made.field.set_locked(True, "取自年度预算项目名录")
    made.type("x")
    assert made.kept is None
    assert isinstance(made.field, LineField)
    assert made.field.editor.isReadOnly()
    assert made.field._lock.text() == "取自年度预算项目名录"
    assert made.field._lock_line.isVisible()
