"""Field of a date (日期填报项): typed in any usual spelling, or picked from a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout

from forms.kinds import parse_date, show_date
from ui.icons import icon
from ui.theme import COLOURS
from ui.wizard.fields.line_fields import LineField


class DateField(LineField):
    """A date (日期); F4 or the button opens the calendar."""

    def _add_foot(self) -> None:
        self._button = QToolButton()
        self._button.setIcon(icon("calendar", COLOURS.accent))
        self._button.setToolTip("打开日历（F4）")
        self._button.setAccessibleName(f"{self.spec.label}：打开日历")
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self.open_calendar)
        keys = QShortcut(QKeySequence(Qt.Key.Key_F4), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.open_calendar)
        self._line.addWidget(self._button)
        self._popup: QFrame | None = None
        super()._add_foot()

    def open_calendar(self) -> None:
        """Show the calendar under the line, at the date that stands there."""
        if self.editor.isReadOnly():
            return
        self._popup = QFrame(self, Qt.WindowType.Popup)
        self._popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setLocale(QLocale(QLocale.Language.Chinese))
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        day = parse_date(self.text())
        if day is not None:
            calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.clicked.connect(self._on_picked)
        calendar.activated.connect(self._on_picked)
        column = QVBoxLayout(self._popup)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(calendar)
        self._popup.move(self.editor.mapToGlobal(QPoint(0, self.editor.height())))
        self._popup.show()
        calendar.setFocus()

    def calendar(self) -> QCalendarWidget | None:
        """The calendar while it is open."""
        return self.findChild(QCalendarWidget)

    def _set_editable(self, editable: bool) -> None:
        super()._set_editable(editable)
        self._button.setVisible(editable)

    def _on_picked(self, day: QDate) -> None:
        text = show_date(date(day.year(), day.month(), day.day()))
        if self._popup is not None:
            self._popup.close()
            self._popup = None
        self.editor.setText(text)
        self.typed.emit(text)
