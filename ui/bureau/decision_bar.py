"""Below the form (审核决定栏): the opinion with the usual sentences, and one button an outcome."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from models.domain.errors import InputError
from models.domain.money import AmountError
from models.domain.review import ReviewOutcome
from services.review.deciding import DecisionDraft
from services.review.scores import grades_of, scored_before
from ui.bureau.decision_fields import AmountFields, GradeFields
from ui.bureau.review_words import state_look
from ui.theme import px
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.chip import StatusChip
from ui.widgets.labels import ElidedLabel, paragraph

if TYPE_CHECKING:
    from services.review.sheet import ReviewSheet

_ROLES = {ReviewOutcome.PASS: "primary", ReviewOutcome.RETURN: "danger", ReviewOutcome.REFUSE: "danger"}
_ORDER = (ReviewOutcome.RETURN, ReviewOutcome.RECHECK, ReviewOutcome.REFUSE, ReviewOutcome.PASS)
_KEYS = {ReviewOutcome.PASS: "（Ctrl+Enter）", ReviewOutcome.RETURN: "（Ctrl+R）"}


class Typed(NamedTuple):
    """What was typed for a decision that is not made yet (未定的审核), as it stood in the fields."""

    opinion: str = ""
    grade: str = ""
    points: str = ""
    conclusion: str = ""
    approved: str = ""


class DecisionBar(QFrame):
    """What is decided on the open filing (审核决定栏); `decided` carries a DecisionDraft."""

    decided = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self.state = StatusChip()
        self.obstacle_label = ElidedLabel("", "muted")
        self.told_label = ElidedLabel("", "good")
        self.opinion = OpinionLine()
        self.grade, self.amounts = GradeFields(), AmountFields()
        self.caution, self.problem = paragraph("", "care"), paragraph("", "problem")
        self.buttons: dict[ReviewOutcome, QPushButton] = {}
        for outcome in _ORDER:
            made = button(outcome.label, _ROLES.get(outcome, "plain"), clicked=partial(self.decide, outcome))
            made.setToolTip(f"{outcome.label}{_KEYS.get(outcome, '')}")
            self.buttons[outcome] = made
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 9, 14, 9)
        column.setSpacing(7)
        for part in (self.told_label, self.caution, self.amounts, self.grade, self.opinion, self.problem):
            column.addWidget(part)
        foot = row(self.state, self.obstacle_label, *self.buttons.values(), spacing=8)
        foot.setStretch(1, 1)
        column.addLayout(foot)
        self.told_label.hide()
        self.problem.hide()
        self.show_sheet(None)

    def show_sheet(self, sheet: ReviewSheet | None, *, keeps_text: bool = False) -> None:
        """Show what can be decided on a filing; `keeps_text` where it is the same one read anew."""
        self.show_problem("")
        may_decide = sheet is not None and not sheet.obstacle
        self.setVisible(sheet is not None)
        if not keeps_text:
            self.opinion.set_text("")
            self._begin_grade(sheet if may_decide else None)
            self.amounts.begin(sheet if may_decide else None)
        self.opinion.set_sentences(sheet.opinions if sheet else ())
        self.opinion.setVisible(may_decide)
        if sheet is not None:
            self.state.set_look(state_look(sheet.line))
            self.obstacle_label.set_words(sheet.obstacle)
        caution = sheet.caution if sheet and may_decide else ""
        self.caution.setText(caution)
        self.caution.setVisible(bool(caution))
        for outcome, made in self.buttons.items():
            made.setVisible(may_decide and sheet is not None and outcome in sheet.outcomes)
        self.set_busy(False)

    def _begin_grade(self, sheet: ReviewSheet | None) -> None:
        """Grades of a target's review, or of a self-evaluation's scheme beside what was scored before."""
        if sheet is None:
            self.grade.begin(None)
            return
        line = sheet.line
        rule = sheet.target_rule or grades_of(sheet.received)
        self.grade.begin(rule, scored_before(sheet.received, line.filing, line.decisions) if rule else None)

    def decide(self, outcome: ReviewOutcome) -> None:
        """Decide as if the button of the outcome had been pressed; what cannot be read is said and kept."""
        made = self.buttons[outcome]
        if made.isHidden() or not made.isEnabled() or not self.isVisible():
            return
        self.show_problem("")
        try:
            grade, points = self.grade.values(outcome)
        except InputError as error:
            self.show_problem(error.sentence)
            return
        try:
            conclusion, submitted, approved = self.amounts.values()
        except AmountError as error:
            self.show_problem(error.sentence)
            return
        text = self.opinion.text()
        self.decided.emit(DecisionDraft(outcome, text, grade, points, conclusion, submitted, approved))

    def typed(self) -> Typed:
        """What stands in the fields, read or not."""
        grade, amounts = self.grade, self.amounts
        return Typed(
            self.opinion.text(),
            str(grade.grade.value()),
            grade.points.text(),
            str(amounts.conclusion.value()),
            amounts.approved.text(),
        )

    def retype(self, typed: Typed) -> None:
        """Put back what was typed; what this filing does not ask for stays away."""
        self.opinion.set_text(typed.opinion)
        if not self.grade.isHidden():
            self.grade.points.setText(typed.points)
            self.grade.choose(typed.grade)
        if not self.amounts.isHidden():
            self.amounts.approved.setText(typed.approved)
            self.amounts.conclusion.choose(typed.conclusion)

    def tell(self, sentence: str) -> None:
        """Say what became of the filing decided on last, beside the one that is open now."""
        self.told_label.set_words(sentence)
        self.told_label.setVisible(bool(sentence))

    def show_problem(self, sentence: str) -> None:
        """Say why nothing was decided; what was typed stays."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def set_busy(self, busy: bool) -> None:
        """While a decision is being kept nothing can be pressed twice."""
        for made in self.buttons.values():
            made.setDisabled(busy)


class OpinionLine(QWidget):
    """The opinion (审核意见): typed, or put together from the sentences used again and again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("审核意见（可选常用意见）")
        self.edit.setAccessibleName("审核意见")
        self.edit.setMaxLength(1000)
        self.sentences_button = button("常用意见 ▾", "menu")
        self.menu = QMenu(self.sentences_button)
        self.sentences_button.setMenu(self.menu)
        line = row(self.edit, self.sentences_button, spacing=8)
        line.setContentsMargins(0, 0, 0, 0)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.setMinimumWidth(px(200))

    def text(self) -> str:
        """The opinion as it stands."""
        return self.edit.text().strip()

    def set_text(self, text: str) -> None:
        """Begin with another text."""
        self.edit.setText(text)

    def set_sentences(self, sentences: Sequence[str]) -> None:
        """Offer sentences; one chosen is added to what stands there."""
        self.menu.clear()
        for sentence in sentences:
            action = self.menu.addAction(sentence)
            action.triggered.connect(lambda _checked=False, one=sentence: self._add(one))
        self.sentences_button.setVisible(bool(sentences))

    def _add(self, sentence: str) -> None:
        if sentence not in self.edit.text():
            self.edit.setText(f"{self.edit.text().strip()}{sentence}")
        self.edit.setFocus()
