"""Left side of the wizard (步骤栏): the steps with their state, and the card with progress and points."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QProgressBar,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.icons import glyph, glyph_font
from ui.theme import COLOURS, Tone, font, px, set_role, text_scale
from ui.widgets.labels import label
from ui.wizard.keys import wish_of
from ui.wizard.step_states import StepState

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
_ROLES = {Tone.GOOD: "good", Tone.CARE: "care", Tone.BAD: "problem"}
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)


class StepModel(QAbstractListModel):
    """The steps in order (步骤列表模型)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._states: Sequence[StepState] = ()

    def show(self, states: Sequence[StepState]) -> bool:
        """Show how the steps stand; False when they stand as before."""
        before, self._states = self._states, tuple(states)
        if before == self._states:
            return False
        if [state.key for state in before] != [state.key for state in states]:
            self.beginResetModel()
            self.endResetModel()
        for row, (old, new) in enumerate(zip(before, self._states, strict=False)):
            if old != new:
                self.dataChanged.emit(self.index(row), self.index(row))
        return True

    def state(self, index: Index) -> StepState:
        """How a step stands."""
        return self._states[index.row()]

    def row_of(self, key: str) -> int:
        """Where a step stands, -1 when there is none of that key."""
        return next((row for row, state in enumerate(self._states) if state.key == key), -1)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """How many steps."""
        return 0 if parent.isValid() else len(self._states)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Number and title, with the state's words for reading aloud."""
        if not index.isValid():
            return None
        state = self.state(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{index.row() + 1} {state.title}"
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{state.title}，{state.note}"
        return None


class StepDelegate(QStyledItemDelegate):
    """Paints icon, number and title, and the line of state below (步骤绘制); `air` is the pixels above the title."""

    air = 9

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The chosen step has the accent's ground and edge."""
        model = index.model()
        assert isinstance(model, StepModel)
        state = model.state(index)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        flags: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        chosen = bool(flags & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(rect, QColor(COLOURS.accent_ground))
            painter.fillRect(QRect(rect.left(), rect.top(), px(3), rect.height()), QColor(COLOURS.accent))
        painter.setFont(glyph_font(px(16)))
        painter.setPen(QColor(state.tone.ink))
        line = QFontMetrics(font()).lineSpacing()
        box = QRect(rect.left() + px(16), rect.top() + px(self.air), px(18), line)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), glyph(state.icon))
        left = box.right() + px(9)
        painter.setFont(font(bold=chosen))
        painter.setPen(QColor(COLOURS.ink))
        head = QRect(left, rect.top() + px(self.air), rect.right() - left - px(6), line)
        painter.drawText(head, int(Qt.AlignmentFlag.AlignVCenter), str(index.data()))
        painter.setFont(font(9.5))
        painter.setPen(QColor(COLOURS.bad if state.blocking and state.tone is Tone.BAD else COLOURS.muted))
        below = QRect(left, head.bottom() + px(2), head.width(), rect.bottom() - head.bottom() - px(4))
        painter.drawText(below, _WRAP, state.note)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Title and one or two lines of state."""
        model = index.model()
        assert isinstance(model, StepModel)
        small = QFontMetrics(font(9.5))
        view = self.parent()
        width = view.width() if isinstance(view, QWidget) else px(195)
        bounds = small.boundingRect(0, 0, width - px(50), 1000, _WRAP, model.state(index).note)
        return QSize(px(120), QFontMetrics(font()).lineSpacing() + bounds.height() + px(2 * self.air + 2))


class StepList(QListView):
    """The steps (步骤列表): free to visit, by mouse, arrows, or Ctrl+PgUp and Ctrl+PgDn."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = StepModel(self)
        self.setProperty("role", "step-list")
        self.setModel(self._model)
        self._delegate = StepDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("填报步骤")
        self.clicked.connect(lambda index: self.chosen.emit(self._model.state(index).key))

    def set_tight(self, tight: bool) -> None:
        """Less air around each step where they would have to scroll."""
        air = 5 if tight else 9
        if air != self._delegate.air:
            self._delegate.air = air
            self.scheduleDelayedItemsLayout()

    def step_model(self) -> StepModel:
        """The model shown."""
        return self._model

    def show_states(self, states: Sequence[StepState]) -> bool:
        """Show how the steps stand; False when they stand as before."""
        changed = self._model.show(states)
        if changed:
            self.scheduleDelayedItemsLayout()
        return changed

    def show_current(self, key: str) -> None:
        """Mark the step whose page is shown."""
        row = self._model.row_of(key)
        if row >= 0:
            self.setCurrentIndex(self._model.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the step the arrows lead to."""
        if wish_of(event):
            event.ignore()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            index = self.currentIndex()
            if index.isValid():
                self.chosen.emit(self._model.state(index).key)
            return
        super().keyPressEvent(event)


class FormCard(QFrame):
    """填报进度 and 分值 of the form (进度卡片), at the lower left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._is_compact = False
        self._figures: tuple[int, tuple[str, Tone] | None] | None = None
        self._caption = label("填报进度", "note")
        self.progress_label = label("0%", "figure-small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.weights_label = label("", "strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(13), px(10), px(13), px(12))
        column.setSpacing(px(4))
        column.addWidget(self._caption)
        column.addWidget(self.progress_label)
        column.addWidget(self.bar)
        column.addWidget(self.weights_label)

    def set_compact(self, compact: bool) -> None:
        """Two small lines where the steps need the room."""
        self._caption.setText(f"填报进度 {self.progress_label.text()}" if compact else "填报进度")
        self.progress_label.setVisible(not compact)
        self.bar.setVisible(not compact)
        self._is_compact = compact

    def show_figures(self, percent: int, weights: tuple[str, Tone] | None) -> None:
        """Show percent filled in, and the points where the kit sets them now."""
        if self._figures == (percent, weights):
            return
        self._figures = (percent, weights)
        self.progress_label.setText(f"{percent}%")
        self.bar.setValue(percent)
        self.set_compact(self._is_compact)
        self.weights_label.setVisible(weights is not None)
        if weights is not None:
            words, tone = weights
            self.weights_label.setText(f"分值 {words}" + (" ✓" if tone is Tone.GOOD else ""))
            set_role(self.weights_label, _ROLES.get(tone, "strong"))
        self.setAccessibleName(f"填报进度 {percent}%")


class Side(QFrame):
    """Steps above, card below (步骤栏)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "steps")
        self.setFixedWidth(px(196) if text_scale() <= 1.1 else px(172))
        self._score: QWidget | None = None
        self.steps = StepList()
        self.card = FormCard()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(10), 1, px(12))
        column.setSpacing(px(8))
        column.addWidget(self.steps, 1)
        inner = QVBoxLayout()
        inner.setContentsMargins(px(12), 0, px(12), 0)
        inner.setSpacing(px(8))
        inner.addWidget(self.card)
        self._inner = inner
        column.addLayout(inner)

    def show_score(self, card: QWidget) -> None:
        """Put the form's score above its progress."""
        self._score = card
        self._inner.insertWidget(0, card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card gives way where the steps would have to scroll."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Whole card or two small lines, by the room the steps leave."""
        model = self.steps.step_model()
        self.steps.set_tight(False)
        steps = sum(self.steps.sizeHintForRow(row) for row in range(model.rowCount()))
        score = self._score.sizeHint().height() + px(8) if self._score and not self._score.isHidden() else 0
        self.card.set_compact(bool(score) or steps + px(160) > self.height())
        self.steps.set_tight(steps + score + self.card.sizeHint().height() + px(40) > self.height())
