"""Deciding on many at once (批量审核), and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QListWidget, QRadioButton, QWidget

from models.domain.review import ReviewOutcome
from services.review.deciding import DecisionDraft
from ui.bureau.decision_bar import OpinionLine
from ui.theme import px
from ui.widgets.card import row
from ui.widgets.dialog import DeskDialog
from ui.widgets.labels import label, paragraph
from ui.widgets.placing import resize_within_screen

INTRO = "对勾选的每一份表作同样的决定，分别记录；不能办理的逐份说明原因，不影响其他的。"


class BulkDecisionDialog(DeskDialog):
    """Asks what is to be decided on the ticked lines (批量审核); `submitted` carries a DecisionDraft."""

    submitted = Signal(object)

    def __init__(
        self,
        names: Sequence[str],
        outcomes: Sequence[ReviewOutcome],
        sentences: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"批量审核 {len(names)} 份", "办理", parent, intro=INTRO)
        resize_within_screen(self, px(640), px(470))
        self.list = QListWidget()
        self.list.setAccessibleName("勾选的表")
        self.list.addItems(list(names))
        self.choices = {outcome: QRadioButton(outcome.label) for outcome in reversed(outcomes)}
        self._group = QButtonGroup(self)
        for made in self.choices.values():
            self._group.addButton(made)
        self.opinion = OpinionLine()
        self.opinion.set_sentences(sentences)
        self.body.addWidget(self.list, 1)
        self.body.addLayout(row(label("结论", "caption"), *self.choices.values(), None, spacing=14))
        self.body.addWidget(label("审核意见", "caption"))
        self.body.addWidget(self.opinion)

    def submit(self) -> None:
        """Hand the decision on; nothing is chosen beforehand."""
        chosen = [outcome for outcome, made in self.choices.items() if made.isChecked()]
        if not chosen:
            self.show_problem("请先选择结论。")
            return
        self.submitted.emit(DecisionDraft(chosen[0], self.opinion.text()))


class BulkResultDialog(DeskDialog):
    """Says how many were decided, and of each that was left alone why (批量审核结果)."""

    def __init__(
        self, decided: int, refused: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        told = f"已办理 {decided} 份" + (
            f"，{len(refused)} 份没有办理，原样留在待审列表里。" if refused else "。"
        )
        super().__init__("批量审核结果", "知道了", parent, intro=told)
        resize_within_screen(self, px(600), px(380))
        for name, why in refused:
            self.body.addWidget(paragraph(name, "strong"))
            self.body.addWidget(paragraph(why, "care"))
        self.body.addStretch(1)
        self.reject_button.hide()
