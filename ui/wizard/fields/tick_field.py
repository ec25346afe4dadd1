"""Field of a box to tick (勾选填报项)."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from forms.kinds import TICKED
from ui.wizard.fields.base import FieldWidget

_TICK = "√"


class TickField(FieldWidget):
    """A box to tick (勾选); what was taken over and is no tick is shown beside it."""

    editor: QCheckBox

    def _make_editor(self) -> QWidget:
        box = QCheckBox("是")
        box.toggled.connect(lambda on: self.typed.emit(_TICK if on else ""))
        return box

    def text(self) -> str:
        """√ when ticked, else nothing."""
        return _TICK if self.editor.isChecked() else ""

    def _show_text(self, text: str) -> None:
        self.editor.blockSignals(True)
        self.editor.setChecked(text == _TICK)
        self.editor.blockSignals(False)

    def _set_editable(self, editable: bool) -> None:
        self.editor.setEnabled(editable)

    def is_being_typed(self) -> bool:
        """A click is never half-way."""
        return False

    def _reads_otherwise(self, kept: Any) -> bool:
        return bool(self.editor.isChecked() != (kept == TICKED))
