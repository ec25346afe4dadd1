"""What a field held before (修改记录): every change with time and person; any earlier value can be put back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from forms import kinds
from forms.context import FormContext
from forms.schema import FieldSpec
from models.domain.filing import AnswerChange
from ui.theme import px
from ui.widgets.dates import full_time
from ui.widgets.dialog import DeskDialog
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable


class HistoryDialog(DeskDialog):
    """Changes of one field or cell, newest first (修改记录); `restore_requested` carries the value to put back.

    `name` is what the place is called, a cell with its row: beside other rows its column alone tells nothing.
    """

    restore_requested = Signal(object)

    def __init__(
        self,
        name: str,
        spec: FieldSpec,
        context: FormContext,
        changes: Sequence[AnswerChange],
        parent: QWidget | None = None,
    ) -> None:
        intro = (
            "选中一行，点“恢复改前的内容”，这一项会改回当时的内容。" if changes else "这一项还没有改动过。"
        )
        super().__init__(f"{name}的修改记录", "恢复改前的内容", parent, intro=intro)
        self.resize(px(720), px(420))

        def words(value: object) -> str:
            return kinds.shown(spec, value, context) or "（空）"

        self.table: RecordTable[AnswerChange] = RecordTable(
            (
                Column("时间", lambda change: full_time(change.changed_at)),
                Column("改前", lambda change: words(change.before), share=1),
                Column("改后", lambda change: words(change.after), share=1),
                Column("填报人", lambda change: change.changed_by),
            )
        )
        self.table.setAccessibleName("修改记录")
        self.table.set_records(changes)
        self.body.addWidget(self.table, 1)
        self.table.record_chosen.connect(lambda change: self.accept_button.setEnabled(change is not None))
        self.accept_button.setEnabled(False)

    def submit(self) -> None:
        """Put the chosen earlier value back."""
        change = self.table.chosen()
        if change is not None:
            self.restore_requested.emit(change.before)
            self.accept()
