"""A date in a dialog (日期框): typed in any usual spelling, shown back in full; wrong text stays and is explained."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from forms.kinds import parse_date
from ui.widgets.dates import full_date
from ui.widgets.field import Field


class DayField(Field):
    """A date (日期框); `day()` is None while nothing that can be read stands there."""

    def __init__(
        self, text: str, help_text: str = "", *, required: bool = False, parent: QWidget | None = None
    ) -> None:
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("例如：2027年2月18日")
        super().__init__(text, self.edit, help_text, required=required, parent=parent)
        self.edit.textChanged.connect(lambda: self.set_problem(""))
        self.edit.editingFinished.connect(self._on_left)

    def set_day(self, day: date | None) -> None:
        """Begin with a date."""
        self.edit.setText(full_date(day) if day is not None else "")

    def day(self) -> date | None:
        """The date typed."""
        return parse_date(self.edit.text())

    def check(self) -> bool:
        """Whether a date stands there; says what is wrong beside the field."""
        if self.day() is not None:
            return True
        wrong = "不是日期，请写年月日，例如 2027年2月18日" if self.edit.text().strip() else "请填写日期"
        self.set_problem(wrong)
        return False

    def _on_left(self) -> None:
        """Show a date that was read in its full spelling, and say at once when it is none."""
        if (day := self.day()) is not None:
            self.set_day(day)
        elif self.edit.text().strip():
            self.check()
