"""Every change of a form (全部填写记录): who changed what and when; any of it can be put back, deleted rows too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from forms.context import FormContext
from forms.restoring import place_words, restoring_offer, value_words
from forms.schema import FormSpec
from models.domain.filing import AnswerChange, Answers
from ui.theme import px
from ui.widgets.card import row
from ui.widgets.dates import full_time
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import label
from ui.widgets.placing import resize_within_screen
from ui.widgets.record_model import Column
from ui.widgets.record_table import RecordTable
from ui.widgets.search_field import SearchField

_LONGEST = 60


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"


class FormHistoryDialog(DeskDialog):
    """Changes of a whole form, newest first (全部填写记录); `restore_requested` carries the offer that puts one back."""

    restore_requested = Signal(object)

    def __init__(
        self,
        form: FormSpec,
        context: FormContext,
        answers: Answers,
        changes: Sequence[AnswerChange],
        parent: QWidget | None = None,
    ) -> None:
        intro = (
            "选中一行，点“恢复改前的内容”，这一处会改回当时的内容；删掉的行也能这样找回来。"
            if changes
            else "这份表还没有改动过。"
        )
        super().__init__("全部填写记录", "恢复改前的内容", parent, intro=intro)
        resize_within_screen(self, px(1000), px(580))
        self._form, self._context, self._answers = form, context, answers
        self._changes = list(changes)

        self.table: RecordTable[AnswerChange] = RecordTable(
            (
                Column("时间", lambda change: full_time(change.changed_at)),
                Column("填报项", lambda change: _short(self._place(change)), tip=self._place, share=1),
                Column("改前", lambda change: _short(self._before(change)), tip=self._before, share=1),
                Column("改后", lambda change: _short(self._after(change)), tip=self._after, share=1),
                Column("填报人", lambda change: change.changed_by),
            ),
            row_height=34,
        )
        self.table.setAccessibleName("全部填写记录")
        self.search = SearchField("查找填报项或填报人", self)
        self.search.setMinimumWidth(px(260))
        self.count = label("", "muted")
        self.body.addLayout(row(self.search, None, self.count))
        self.body.addWidget(self.table, 1)
        self.table.record_chosen.connect(self._on_chosen)
        self.search.searched.connect(lambda _text: self._show())
        self._show()

    def submit(self) -> None:
        """Put the chosen earlier content back."""
        change = self.table.chosen()
        offer = self._offer(change)
        if offer is not None:
            self.restore_requested.emit(offer)
            self.accept()

    def _place(self, change: AnswerChange) -> str:
        """What was changed, in words."""
        return place_words(self._form, self._context, self._answers, change)

    def _before(self, change: AnswerChange) -> str:
        return value_words(self._form, self._context, change, change.before)

    def _after(self, change: AnswerChange) -> str:
        return value_words(self._form, self._context, change, change.after)

    def _show(self) -> None:
        wanted = self.search.text().strip()
        found = [
            change
            for change in self._changes
            if not wanted or wanted in self._place(change) or wanted in change.changed_by
        ]
        self.table.set_records(found)
        self.count.setText(f"{len(found)} 处改动")

    def _offer(self, change: AnswerChange | None) -> object:
        return None if change is None else restoring_offer(self._form, self._context, self._answers, change)

    def _on_chosen(self, change: AnswerChange | None) -> None:
        self.accept_button.setEnabled(self._offer(change) is not None)
