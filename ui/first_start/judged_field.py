"""A name or code typed at first start (填写项): what is wrong with it stands below it while it is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets.field import Field


class JudgedField(Field):
    """A field with its own rule (填写项); `judged` after everything typed. One that is `optional` may stay empty."""

    judged = Signal()

    def __init__(
        self,
        text: str,
        edit: QLineEdit,
        fault: Callable[[str, str], str],
        *,
        optional: bool = False,
        help_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, edit, help_text, required=not optional, parent=parent)
        self._label, self._edit, self._fault, self._optional = text, edit, fault, optional
        edit.textChanged.connect(self._on_typed)

    def is_typed(self) -> bool:
        """Whether something was typed."""
        return bool(self._edit.text().strip())

    def is_good(self) -> bool:
        """Whether something was typed, where it has to be, and nothing is wrong with it."""
        return (self._optional or self.is_typed()) and not self._fault(self._label, self._edit.text())

    def _on_typed(self, typed: str) -> None:
        self.set_problem(self._fault(self._label, typed))
        self.judged.emit()
