"""Why a score is what it is (得分说明): beside the page, following the cursor, with a value to try out (F24, F26)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from forms.findings import Place
from forms.score_explainer import Loss, ShownScore
from forms.scoring.wording import points
from ui.icons import icon
from ui.theme import COLOURS, px, text_scale
from ui.widgets.buttons import button
from ui.widgets.dialog import scroll
from ui.widgets.labels import label, paragraph
from ui.wizard.score_trial import ScoreTrial

_MOST_LOSSES = 8
"""Lines of lost points the total shows; the rest is summed up."""

_LONGEST, _LONGEST_LARGE = 12, 6
"""Characters of a part's name in a line of lost points, by the text size; the whole stands in its tool tip."""


class ScorePanel(QFrame):
    """The reasons of one score (得分说明).

    `tried` carries a value to try out; `place_chosen` asks for a row that lost points; `total_requested`
    for the explanation of the total; `print_requested` for the whole breakdown on paper, `save_requested` for it as files.
    """

    tried = Signal(str)
    place_chosen = Signal(Place)
    total_requested = Signal()
    print_requested = Signal()
    save_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "help")
        is_large = text_scale() > 1.3
        self.setFixedWidth(px(215) if is_large else px(290))
        self._longest = _LONGEST_LARGE if is_large else _LONGEST
        self._title = paragraph("", "section")
        self._score = label("", "figure-small")
        self._full = paragraph("", "note")
        self._grade = paragraph("", "strong")
        self._formula = paragraph("", "finding")
        self._change = paragraph("", "good")
        self._rule, self._clause, self._notes = (paragraph("", "note") for _ in range(3))
        self.trial = ScoreTrial()
        self._losses = QVBoxLayout()
        self.loss_buttons: list[QPushButton] = []
        self.to_total = button("看总分的说明", "link", "list", self.total_requested.emit)
        self.print_button = button("打印得分说明", "link", "print", self.print_requested.emit)
        self.save_button = button("另存 PDF 和 Excel…", "link", "export", self.save_requested.emit)
        self.to_total.setToolTip("Shift+F9")
        self.print_button.setToolTip("逐项说明得分，供核对使用，不随表报送")
        self.trial.tried.connect(self.tried)
        self._lay_out()

    # What others call -------------------------------------------------------------------------

    def show_score(self, shown: ShownScore, losses: Sequence[Loss]) -> None:
        """Show one score with its reasons; the total also tells where points went."""
        self._title.setText(shown.title)
        self._score.setText(shown.score or "—")
        self._full.setText(f"/ {shown.full_score} 分" + ("（尚未完成）" if shown.is_open else ""))
        told = shown.explanation
        for part, text in (
            (self._grade, shown.grade),
            (self._formula, f"{told.formula}。" if told.formula else ""),
            (self._change, f"{told.change}。" if told.change else ""),
            (self._rule, f"规则：{told.rule}" if told.rule else ""),
            (self._clause, f"依据：{told.clause}" if told.clause else ""),
            (self._notes, "\n".join(told.notes)),
        ):
            part.setText(text)
            part.setVisible(bool(text))
        self.to_total.setVisible(not shown.is_total)
        self._show_losses(losses if shown.is_total else ())
        self.trial.show_for(shown)

    def text(self) -> str:
        """Everything that is shown, for reading aloud and for tests."""
        parts = [self._title, self._score, self._full, self._grade, self._formula, self._change, self._rule]
        parts += [self._clause, self._notes]
        words = [part.text() for part in parts if part.text() and not part.isHidden()]
        return "\n".join([*words, self.trial.text(), *(made.text() for made in self.loss_buttons)])

    # Inside -----------------------------------------------------------------------------------

    def _show_losses(self, losses: Sequence[Loss]) -> None:
        """A line for every row that lost points; one press goes to it."""
        while (item := self._losses.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.loss_buttons = []
        if not losses:
            return
        self._losses.addWidget(label("失分在哪里", "caption"))
        for loss in losses[:_MOST_LOSSES]:
            name = loss.title if len(loss.title) <= self._longest else f"{loss.title[: self._longest]}…"
            made = button(f"−{points(loss.lost)}　{name}", "link")
            made.setToolTip(loss.title)
            made.clicked.connect(lambda _checked=False, place=loss.place: self.place_chosen.emit(place))
            self.loss_buttons.append(made)
            self._losses.addWidget(made)
        rest = losses[_MOST_LOSSES:]
        if rest:
            lost = points(sum((loss.lost for loss in rest), start=rest[0].lost * 0))
            self._losses.addWidget(label(f"其余 {len(rest)} 项共 −{lost}", "note"))

    def _lay_out(self) -> None:
        """Head with the score, reasons below, the value to try out, what else can be done."""
        close = QToolButton()
        close.setIcon(icon("close", COLOURS.muted))
        close.setIconSize(QSize(px(15), px(15)))
        close.setToolTip("关闭得分说明（Esc）")
        close.setAccessibleName("关闭得分说明")
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(px(13), px(9), px(6), 0)
        head.addWidget(self._title, 1)
        head.addWidget(close)
        figures = QHBoxLayout()
        figures.setContentsMargins(px(13), 0, px(11), px(2))
        figures.addWidget(self._score)
        figures.addWidget(self._full, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(13), px(2), px(11), px(9))
        column.setSpacing(px(7))
        for part in (self._grade, self._formula, self._change, self.trial):
            column.addWidget(part)
        column.addLayout(self._losses)
        for part in (self._rule, self._clause, self._notes):
            column.addWidget(part)
        for made in (self.to_total, self.print_button, self.save_button):
            column.addWidget(made)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addLayout(head)
        outer.addWidget(label("　得分说明", "note"))
        outer.addLayout(figures)
        outer.addWidget(scroll(inside), 1)
