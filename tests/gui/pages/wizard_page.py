"""Page object of the wizard (填报向导页面): what a person at the keyboard does, and what is to be seen.

Keys go to whatever has the focus, as on a desk; Chinese text comes in as an input method hands it over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from forms import registry
from forms.context import FormContext
from forms.findings import Finding, Place
from ui.wizard.fields.base import FieldWidget
from ui.wizard.findings.delegate import FindingDelegate
from ui.wizard.table_panel import TablePanel
from ui.wizard.view import WizardView

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


class WizardPage:
    """A person in front of the wizard."""

    def __init__(self, qtbot: Any, size: tuple[int, int] = (1200, 690)) -> None:
        self.qtbot = qtbot
        self.view = WizardView()
        qtbot.addWidget(self.view)
        self.view.resize(*size)
        with qtbot.waitActive(self.view):
            self.view.show()
            self.view.activateWindow()

    def open(self, context: FormContext, answers: Any, explanations: Any = None, **options: Any) -> None:
        """Open a form of the context's task."""
        form = registry.form(context.task.form_id)
        self.view.open(form, context, answers, explanations or {}, **options)
        self.settle()

    def settle(self) -> None:
        """Let the window do its work; a window system gives it back what a closed list had taken."""
        QApplication.processEvents()
        if not self.view.isActiveWindow() and QApplication.activePopupWidget() is None:
            self.view.activateWindow()
            QApplication.processEvents()

    # The keyboard -----------------------------------------------------------------------------

    @property
    def focus(self) -> QWidget:
        """What has the focus."""
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        return widget

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key."""
        QTest.keyClick(self.focus, key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        """Type a text: keys for what a keyboard has, the input method for Chinese."""
        for chunk, is_plain in _chunks(text):
            if is_plain:
                for char in chunk:
                    QTest.keyClicks(self.focus, char)
            else:
                event = QInputMethodEvent()
                event.setCommitString(chunk)
                QApplication.sendEvent(self.focus, event)
        self.settle()

    def wait_followed(self) -> None:
        """Wait until scores, lights and sums have followed what was typed."""
        self.qtbot.waitUntil(lambda: not self.view.frame.is_following)

    def tab(self) -> None:
        """To the next field."""
        self.press(Qt.Key.Key_Tab)

    def enter(self) -> None:
        """Enter: the next cell."""
        self.press(Qt.Key.Key_Return)

    def undo(self) -> None:
        """Ctrl+Z."""
        self.press(Qt.Key.Key_Z, CTRL)

    def redo(self) -> None:
        """Ctrl+Y."""
        self.press(Qt.Key.Key_Y, CTRL)

    def paste(self, text: str) -> None:
        """Ctrl+V of a text that was copied elsewhere."""
        QApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, CTRL)

    # Where things are -------------------------------------------------------------------------

    def go_step(self, key: str) -> None:
        """Click a step at the left."""
        steps = self.view.frame.side.steps
        index = steps.step_model().index(steps.step_model().row_of(key))
        QTest.mouseClick(steps.viewport(), Qt.MouseButton.LeftButton, pos=steps.visualRect(index).center())
        self.settle()

    def step(self) -> str:
        """Key of the step shown."""
        return self.view.frame.pages.current_key()

    def step_note(self, key: str) -> str:
        """The line under a step's title."""
        model = self.view.frame.side.steps.step_model()
        return model.state(model.index(model.row_of(key))).note

    def field(self, key: str) -> FieldWidget:
        """A field's widget."""
        form = self.view.session.form
        return self.view.frame.pages.page(form.step_of(key).key).field(key)

    def table(self, key: str = "indicators") -> TablePanel:
        """A table's panel."""
        form = self.view.session.form
        return self.view.frame.pages.page(form.step_of(key).key).table(key)

    def fill(self, key: str, text: str) -> None:
        """Click into a field and type over what stands there."""
        self.view.go_to(Place(key))
        self.press(Qt.Key.Key_A, CTRL)
        self.press(Qt.Key.Key_Delete)
        self.type(text)

    def go_cell(self, row: int, column: str, table: str = "indicators") -> None:
        """Make a cell the current one, by its row's number."""
        panel = self.table(table)
        self.view.go_to(Place(table, panel.model.row_id(row), column))
        self.settle()

    def cell(self, row: int, column: str, table: str = "indicators") -> str:
        """What a cell shows."""
        model = self.table(table).model
        keys = [spec.key for spec in model.column_specs()]
        return str(model.index(row, keys.index(column)).data() or "")

    def cells(self, column: str, table: str = "indicators") -> list[str]:
        """What a column shows, row by row."""
        return [self.cell(row, column, table) for row in range(self.table(table).model.rowCount())]

    def current_cell(self, table: str = "indicators") -> tuple[int, str]:
        """Row number and column of the current cell."""
        view = self.table(table).view
        index = view.currentIndex()
        return index.row(), self.table(table).model.column_specs()[index.column()].key

    # Findings ---------------------------------------------------------------------------------

    def wait_checked(self) -> list[Finding]:
        """Wait until the checks have run after typing; the findings."""
        if self.view.frame.scheduler.is_busy:
            with self.qtbot.waitSignal(self.view.checked, timeout=5000):
                pass
        return list(self.view.session.report.findings)

    def codes(self) -> set[str]:
        """Codes of the findings shown in the list."""
        model = self.view.frame.findings.list.finding_model()
        return {model.finding(model.index(row)).code for row in range(model.rowCount())}

    def click_link(self, row: int, link: str) -> None:
        """Click a link of a line of the findings list."""
        view = self.view.frame.findings.list
        index = view.finding_model().index(row)
        view.scrollTo(index)
        delegate = view.itemDelegate()
        assert isinstance(delegate, FindingDelegate)
        box = delegate.link_rect(view.visualRect(index), link, view.finding_model().finding(index))
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.center()))
        self.settle()

    def focused_place(self) -> Place | None:
        """The place the cursor stands at."""
        page = self.view.frame.pages.currentWidget()
        for key in page.item_keys():
            if key in page._tables and page.table(key).view.hasFocus():
                return page.table(key).view.current_place()
            if key in page._fields and page.field(key).editor.hasFocus():
                return Place(key)
        return None


def _chunks(text: str) -> Iterator[tuple[str, bool]]:
    """Runs of characters a keyboard has, and of those it has not."""
    run, was_plain = "", True
    for char in text:
        is_plain = char.isascii() and char.isprintable()
        if run and is_plain != was_plain:
            yield run, was_plain
            run = ""
        run += char
        was_plain = is_plain
    if run:
        yield run, was_plain
