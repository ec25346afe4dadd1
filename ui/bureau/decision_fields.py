"""What else belongs to a decision (审核要素): grade and points of a target, amounts and conclusion of an ex-ante evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QWidget

from forms.checks.received_facts import GivenScore
from forms.checks.wording import number_text
from models.domain.errors import InputError
from models.domain.money import AmountError, AmountUnit, format_amount, parse_amount
from models.domain.review import ReviewOutcome
from services.review.scores import points_of, settled_grade
from ui.theme import px
from ui.widgets.buttons import MenuButton
from ui.widgets.card import row
from ui.widgets.labels import ElidedLabel, label, paragraph

if TYPE_CHECKING:
    from models.domain.target_review_rule import TargetReviewGrade, TargetReviewRule
    from services.review.scores import Scored
    from services.review.sheet import ReviewSheet

_NONE = ""


class GradeFields(QWidget):
    """等级 and 得分 of a target review, and what follows from them (审核等级)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rule: TargetReviewRule | None = None
        self._before: Scored | None = None
        self.grade = MenuButton("等级：")
        self.points = QLineEdit()
        self.points.setAccessibleName("审核得分")
        self.points.setPlaceholderText("得分")
        self.points.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.points.setFixedWidth(px(72))
        self.consequence = paragraph("", "muted")
        line = row(self.points, self.grade, self.consequence, spacing=8)
        line.setContentsMargins(0, 0, 0, 0)
        line.setStretch(2, 1)
        self.setLayout(line)
        self.grade.chosen.connect(lambda _value: self._show_consequence())
        self.points.textChanged.connect(lambda _text: self._on_points())

    def begin(self, rule: TargetReviewRule | None, before: Scored | None = None) -> None:
        """Offer the grades of a kit; nothing is chosen at first. `before` is what was scored already."""
        self._rule, self._before = rule, before
        self.setVisible(rule is not None)
        self.points.clear()
        grades = [(grade.name, grade.name) for grade in rule.grades] if rule else []
        self.grade.set_choices([(_NONE, "未评"), *grades], _NONE)
        self._show_consequence()

    def choose(self, grade: str) -> None:
        """Choose a grade by its name."""
        self.grade.choose(grade)
        self._show_consequence()

    def values(self, outcome: ReviewOutcome) -> tuple[str, str]:
        """Grade and points as texts; InputError when they are none, contradict each other or bar what is decided."""
        points, grade = settled_grade(
            self._rule, self.points.text().strip(), str(self.grade.value()), outcome
        )
        return grade, points

    def _chosen(self) -> TargetReviewGrade | None:
        if self._rule is None:
            return None
        return next((grade for grade in self._rule.grades if grade.name == self.grade.value()), None)

    def _on_points(self) -> None:
        """Points decide the grade."""
        try:
            points = points_of(self.points.text())
        except InputError:
            return
        grade = self._rule.grade_of(points) if self._rule else None
        if grade is not None:
            self.grade.choose(grade.name)
        self._show_consequence()

    def _show_consequence(self) -> None:
        grade = self._chosen()
        consequence = grade.consequence if grade else ""
        self.consequence.setText("　".join(part for part in (self._beside(), consequence) if part))

    def _beside(self) -> str:
        """What was scored before, and how far apart the two are (C47)."""
        if self._before is None:
            return ""
        before = self._before.before
        points = f"{number_text(before.points)} 分" if before.points is not None else ""
        said = " ".join(part for part in (before.who, points, before.grade) if part)
        try:
            typed = points_of(self.points.text())
        except InputError:
            return said
        found = self._before.findings(GivenScore("审核", typed))
        if not found:
            return said
        apart = found[0].message.rpartition("，相差 ")[2]
        return f"{said}，相差 {apart}，{found[0].remedy}"


class AmountFields(QWidget):
    """送审, 审定, 审减 and the conclusion of an ex-ante evaluation (送审和审定金额), in 万元."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._submitted: int | None = None
        self.submitted_label = label("")
        self.approved = QLineEdit()
        self.approved.setAccessibleName("审定金额（万元）")
        self.approved.setPlaceholderText("审定（万元）")
        self.approved.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.approved.setFixedWidth(px(124))
        self.cut_label = ElidedLabel("", "care")
        self.conclusion = MenuButton("结论：")
        self._amounts = row(self.submitted_label, self.approved, self.cut_label, spacing=8)
        self._amounts.setStretch(2, 1)
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(px(8))
        self._lines.addLayout(self._amounts, 1)
        self._lines.addWidget(self.conclusion, 0, Qt.AlignmentFlag.AlignLeft)
        self.approved.textChanged.connect(lambda _text: self._show_cut())
        self.conclusion.chosen.connect(lambda _value: self._fit())

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of the two parts: the conclusion goes below where both do not fit."""
        parts = (self._amounts.minimumSize(), self.conclusion.minimumSizeHint())
        return QSize(max(part.width() for part in parts), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may take the conclusion to another line."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Amounts and conclusion side by side where every word of both fits, else one below the other."""
        wanted = self._amounts.sizeHint().width() + px(8) + self.conclusion.sizeHint().width()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        fits = self.conclusion.isHidden() or wanted <= self.width()
        self._lines.setDirection(across if fits else down)
        self.updateGeometry()

    def begin(self, sheet: ReviewSheet | None) -> None:
        """Offer the conclusions of a kit; 审定 stands empty until it is typed."""
        has_amounts = sheet is not None and sheet.has_amounts
        self.setVisible(has_amounts)
        self._submitted = sheet.submitted_fen if sheet else None
        shown = (
            format_amount(self._submitted, AmountUnit.WAN_YUAN) if self._submitted is not None else "没有填写"
        )
        self.submitted_label.setText(
            f"送审 {shown} 万元" if self._submitted is not None else f"送审金额{shown}"
        )
        self.approved.clear()
        conclusions = sheet.conclusions if sheet else ()
        self.conclusion.set_choices([(_NONE, "未定"), *((name, name) for name in conclusions)], _NONE)
        self.conclusion.setVisible(bool(conclusions))
        self._show_cut()

    def values(self) -> tuple[str, int | None, int | None]:
        """Conclusion, 送审 and 审定 in 分; AmountError when 审定 is no amount."""
        text = self.approved.text().strip()
        approved = parse_amount(text, AmountUnit.WAN_YUAN) if text else None
        return str(self.conclusion.value()), self._submitted, approved

    def _show_cut(self) -> None:
        """审减 follows from the two."""
        self.cut_label.set_words(self._cut_words())
        self._fit()

    def _cut_words(self) -> str:
        try:
            _, submitted, approved = self.values()
        except AmountError as error:
            return error.sentence
        if submitted is None or approved is None:
            return ""
        if approved < 0:
            return "审定小于 0，请核对"
        if approved > submitted:
            return "审定大于送审，请核对"
        return f"审减 {format_amount(submitted - approved, AmountUnit.WAN_YUAN)} 万元"
