"""Suggestions for the row the cursor stands in (填写建议): beside the page, each taken with one press.

What is wrong with a row stands in the list of findings; here stands only what could be written instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from forms.checks.catalog import CHECKS
from forms.coach import Advice, Suggestion
from forms.indicator_table import joined_value
from models.domain.indicator_library import IndicatorCase
from ui.icons import icon
from ui.theme import COLOURS, px, text_scale
from ui.widgets.buttons import button
from ui.widgets.dialog import scroll
from ui.widgets.labels import label, paragraph

_QUALITATIVE = "qualitative"
_KEYS = 10
"""Suggestions below this number have a key of their own: Alt with the figure."""


class CoachPanel(QFrame):
    """What the coach proposes (填写建议).

    `taken` carries the suggestion chosen, `step_requested` (1 or -1) asks for the next row with any.
    """

    taken = Signal(Suggestion)
    step_requested = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "help")
        self.setFixedWidth(px(286) if text_scale() <= 1.3 else px(205))
        self.takes: list[QPushButton] = []
        self._title = paragraph("", "section")
        self._rest = label("", "note")
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(px(13), px(2), px(11), px(8))
        self._column.setSpacing(px(6))
        self.before = self._tool("up", "上一处建议（Shift+F6）", -1)
        self.after = self._tool("down", "下一处建议（F6）", 1)
        self._shown: tuple[tuple[Advice, ...], str] | None = None
        self._lay_out()

    def show_advice(self, advice: Sequence[Advice], row_title: str, other_rows: int) -> None:
        """Show what there is for one row, and how many other rows have something."""
        self._title.setText(row_title)
        has_others = other_rows > 0
        self._rest.setText(f"另有 {other_rows} 行有建议" if has_others else "")
        self.before.setEnabled(has_others)
        self.after.setEnabled(has_others)
        if self._shown != (tuple(advice), row_title):
            self._shown = (tuple(advice), row_title)
            self._fill(advice, has_others)

    def text(self) -> str:
        """Everything shown, for reading aloud and for tests."""
        parts = [self._title, *self._inside.findChildren(type(self._rest)), self._rest]
        return "\n".join(part.text() for part in parts if part.text() and part.isVisibleTo(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with a figure is the button's own; everything else goes on."""
        event.ignore()

    def _lay_out(self) -> None:
        """Title and close above, suggestions in the middle, other rows below."""
        close = QToolButton()
        close.setIcon(icon("close", COLOURS.muted))
        close.setIconSize(QSize(px(15), px(15)))
        close.setToolTip("关闭建议（Esc）")
        close.setAccessibleName("关闭建议")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(px(13), px(9), px(6), 0)
        head.addWidget(self._title, 1)
        head.addWidget(close)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(13), 0, px(6), px(5))
        foot.addWidget(self._rest, 1)
        foot.addWidget(self.before)
        foot.addWidget(self.after)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(px(4))
        outer.addLayout(head)
        outer.addWidget(label("　填写建议", "note"))
        outer.addWidget(scroll(self._inside), 1)
        outer.addLayout(foot)

    def _fill(self, advice: Sequence[Advice], has_others: bool) -> None:
        """One block a remark; a suggestion said once is not said again."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.takes = []
        said: set[str] = set()
        cases: list[IndicatorCase] = []
        for one in advice:
            fresh = [s for s in one.suggestions if s.words not in said]
            said.update(suggestion.words for suggestion in fresh)
            if fresh:
                self._column.addWidget(self._block(one, fresh))
            if one.case is not None and one.case not in cases:
                cases.append(one.case)
        if not advice:
            hint = "按 F6 看下一处建议。" if has_others else "把光标放到别的行，这里会跟着变。"
            self._column.addWidget(paragraph(f"这一行没有要改的建议。{hint}", "note"))
        for case in cases[:1]:
            self._column.addWidget(self._case(case))
        self._column.addStretch(1)

    def _block(self, advice: Advice, suggestions: Sequence[Suggestion]) -> QWidget:
        """What it is about in a few words, and the suggestions with their buttons."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, px(3), 0, px(3))
        column.setSpacing(px(3))
        about = f"{CHECKS[advice.finding.code].title}，可以改为：" if advice.finding else f"{advice.remark}。"
        column.addWidget(paragraph(about, "rule-text"))
        for suggestion in suggestions:
            column.addWidget(self._suggestion(suggestion))
        return box

    def _suggestion(self, suggestion: Suggestion) -> QWidget:
        """What the row says then, where it comes from, and the button."""
        box = QFrame()
        box.setProperty("role", "detail")
        column = QVBoxLayout(box)
        column.setContentsMargins(px(10), px(6), px(6), px(4))
        column.setSpacing(px(1))
        column.addWidget(paragraph(suggestion.words, "strong"))
        line = QHBoxLayout()
        line.addWidget(paragraph(suggestion.source, "rule-text"), 1)
        number = len(self.takes) + 1
        take = button("采用", "link", clicked=lambda: self.taken.emit(suggestion))
        take.setAccessibleName(f"采用建议：{suggestion.words}")
        if number < _KEYS:
            take.setText(f"采用 {number}")
            take.setShortcut(QKeySequence(f"Alt+{number}"))
            take.setToolTip(f"采用这条建议（Alt+{number}）")
        self.takes.append(take)
        line.addWidget(take)
        column.addLayout(line)
        return box

    def _case(self, case: IndicatorCase) -> QWidget:
        """A bad and a good way side by side."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, px(6), 0, 0)
        column.setSpacing(px(2))
        column.addWidget(label("对照例子", "rule-text"))
        column.addWidget(paragraph(f"✗ {_row_words(dict(case.bad))}", "finding"))
        column.addWidget(paragraph(f"✓ {_row_words(dict(case.good))}", "finding"))
        column.addWidget(paragraph(f"{case.lesson}。", "rule-text"))
        return box

    def _tool(self, name: str, words: str, by: int) -> QToolButton:
        made = QToolButton()
        made.setIcon(icon(name, COLOURS.muted))
        made.setIconSize(QSize(px(16), px(16)))
        made.setToolTip(words)
        made.setAccessibleName(words)
        made.clicked.connect(lambda _checked=False: self.step_requested.emit(by))
        return made


def _row_words(row: dict[str, str]) -> str:
    """A row as one line."""
    mark = "定性 " if row.get("comparator") == _QUALITATIVE else ""
    return f"{row.get('third_level', '')}　{mark}{joined_value(row)}"
