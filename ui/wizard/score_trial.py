"""A value tried out (试算): typed or chosen, its points, total and grade before and after; nothing is kept (F26)."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from forms.score_explainer import ShownScore, Trial
from ui.theme import px, set_role
from ui.widgets.labels import label, paragraph


class ScoreTrial(QWidget):
    """试一试 with its result (试算栏); `tried` carries the value, "" for none."""

    tried = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.typed, self.choices = QLineEdit(), QComboBox()
        self.choices.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choices.setMinimumContentsLength(
            6
        )  # the longest grade would push the panel's words out of sight
        self.choices.hide()
        self._caption, self._unit = paragraph("", "caption"), label("", "note")
        self._result = paragraph("", "finding")
        self._result.hide()
        self._title = ""
        line = QHBoxLayout()
        line.addWidget(self.typed, 1)
        line.addWidget(self.choices, 1)
        line.addWidget(self._unit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(4), 0, 0)
        column.setSpacing(px(4))
        column.addWidget(self._caption)
        column.addLayout(line)
        column.addWidget(self._result)
        self.typed.textChanged.connect(self.tried)
        self.choices.activated.connect(lambda _index: self.tried.emit(self.value()))

    def show_for(self, shown: ShownScore) -> None:
        """Be about one score: a field to type into, or the only values there are."""
        self._title = shown.title
        self.setVisible(shown.trial is not None)
        self._caption.setText(f"试一试：如果{shown.trial_label}是")
        self._unit.setText(shown.trial_unit)
        self._unit.setVisible(bool(shown.trial_unit))
        words = ["", *shown.trial_choices]
        if [self.choices.itemText(index) for index in range(self.choices.count())] != words:
            with QSignalBlocker(self.choices):
                self.choices.clear()
                self.choices.addItems(words)
        self.choices.setVisible(bool(shown.trial_choices))
        self.typed.setVisible(not shown.trial_choices)
        for widget in (self.typed, self.choices):
            widget.setAccessibleName(self._caption.text())

    def value(self) -> str:
        """What is tried out, "" for nothing."""
        return self.typed.text() if self.choices.isHidden() else self.choices.currentText()

    def begin(self) -> None:
        """Forget the value tried out before: the cursor stands at another score."""
        with QSignalBlocker(self.typed), QSignalBlocker(self.choices):
            self.typed.clear()
            self.choices.setCurrentIndex(0)
        self.show_trial(None)

    def take_focus(self) -> None:
        """Put the cursor where the value is given."""
        (self.typed if self.choices.isHidden() else self.choices).setFocus()

    def has_focus(self) -> bool:
        """Whether the cursor stands there."""
        return self.typed.hasFocus() or self.choices.hasFocus()

    def show_trial(self, trial: Trial | None, grade_label: str = "等级") -> None:
        """Show what the value would bring; nothing while none is given."""
        text, role = "", "finding"
        if trial is not None and trial.problem:
            text, role = trial.problem, "problem"
        elif trial is not None and trial.total:
            text = "\n".join(self._lines(trial, grade_label))
        self._result.setText(text)
        self._result.setVisible(bool(text))
        set_role(self._result, role)

    def text(self) -> str:
        """What the value would bring, as shown."""
        return self._result.text() if not self._result.isHidden() else ""

    def _lines(self, trial: Trial, grade_label: str) -> list[str]:
        """Points, total and grade; then what holds for the table as a whole."""
        name = "本项" if trial.title == self._title else trial.title
        grade = f"{grade_label}没有变"
        if trial.grade != trial.grade_before:
            grade = f"{grade_label} {trial.grade_before or '无'} → {trial.grade or '无'}"
        elif trial.grade:
            grade = f"{grade_label}仍为 {trial.grade}"
        return [
            f"{name} {trial.before} → {trial.score} 分",
            f"总分 {trial.total_before} → {trial.total} 分",
            grade,
            *trial.remarks,
            "（只是试算，不改动已填内容）",
        ]
