"""Saved elsewhere in between (两处同时修改): which of the two contents stays is the clerk's choice, the other is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from forms import answers as answers_of
from forms.findings import place_of
from forms.schema import FormSpec
from models.domain.filing import Answers, Filing
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import paragraph
from ui.widgets.placing import resize_within_screen

NAMED_AT_MOST = 6
"""So many differing fields are named; the rest is only counted."""


class ConflictDialog(DeskDialog):
    """Asks whose content stays (两处同时修改); closing it decides nothing and saves nothing."""

    mine_chosen = Signal()
    theirs_chosen = Signal()

    def __init__(
        self, form: FormSpec, mine: Answers, theirs: Filing, saved_at: str, parent: QWidget | None = None
    ) -> None:
        again = theirs.status.is_editable
        super().__init__(
            "这份表在别处改过",
            "以这里的内容为准" if again else "以这里的内容为准，修改后重新报送",
            parent,
            intro=_what_happened(theirs, saved_at),
        )
        resize_within_screen(self, px(560), px(340))
        self.places = differing(form, mine, theirs.answers)
        self.body.addWidget(paragraph(_named(self.places)))
        note = "没有选用的内容会记入“修改记录”，可以逐项找回。暂不选择时，这里的内容留在窗口里，不会保存。"
        self.body.addWidget(paragraph(note, "muted"))
        self.body.addStretch(1)
        self.reject_button.setText("暂不选择")
        self.theirs_button = button("改用已保存的内容", clicked=self._on_theirs)
        self.buttons.insertWidget(2, self.theirs_button)

    def submit(self) -> None:
        """What stands in this window stays."""
        self.accept()
        self.mine_chosen.emit()

    def _on_theirs(self) -> None:
        self.accept()
        self.theirs_chosen.emit()


def differing(form: FormSpec, mine: Answers, theirs: Answers) -> Sequence[str]:
    """Names of the fields and tables that differ, in the form's order."""
    keys = {place_of(path).field for path, _was, _is in answers_of.differences(theirs, mine)}
    return [item.label for item in form.items() if item.key in keys]


def _what_happened(theirs: Filing, saved_at: str) -> str:
    """Where the other content came from."""
    if theirs.status.is_editable:
        return f"另一个窗口在{saved_at} 保存过这份表。为免互相覆盖，这里刚填的内容还没有保存。"
    return f"这份表已在另一个窗口{theirs.status.label}（{saved_at}），这里刚填的内容还没有保存。"


def _named(places: Sequence[str]) -> str:
    """两边不同的有：年度目标、绩效指标。"""
    if not places:
        return "两边填的内容相同。"
    more = f"等 {len(places)} 项" if len(places) > NAMED_AT_MOST else ""
    return f"两边不同的有：{'、'.join(places[:NAMED_AT_MOST])}{more}。"
