"""Dialogs (对话框): title, content, a line for what is wrong, buttons; opened with `open()`, answered by signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.buttons import button
from ui.widgets.labels import label, paragraph

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent

PAGE_KEYS = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class _FollowingArea(QScrollArea):
    """Scrolls to what gets the keyboard when nothing of it is in sight (随焦点滚动)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isAncestorOf(now) and now.visibleRegion().isEmpty():
            self.ensureWidgetVisible(now)


def scroll(content: QWidget, parent: QWidget | None = None) -> QScrollArea:
    """A page that scrolls when the window is too small for it, and follows the keyboard."""
    area = _FollowingArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    content.setProperty("role", "page")
    area.setWidget(content)
    return area


class DeskDialog(QDialog):
    """The frame of every dialog (对话框); content goes into `body`, `accept_button` does the work.

    The dialog does not close by itself: whoever asked closes it with `accept()` once the wish was
    fulfilled, or calls `show_problem` and the text stays.
    """

    def __init__(
        self, title: str, accept_text: str, parent: QWidget | None = None, *, intro: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._inside = QWidget()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(22, 18, 22, 10)
        self.body.setSpacing(12)
        self.body.addWidget(label(title, "title"))
        self.intro = paragraph(intro, "subtitle")
        if not intro:
            self.intro.hide()
        self.body.addWidget(self.intro)
        self._problem = paragraph("", "problem")
        self._problem.setContentsMargins(22, 0, 22, 0)
        self._problem.hide()
        self.accept_button: QPushButton = button(accept_text, "primary", clicked=self._on_accept)
        self.reject_button: QPushButton = button("取消", clicked=self.reject)
        foot = QFrame()
        foot.setProperty("role", "foot")
        self.buttons = QHBoxLayout(foot)
        self.buttons.setContentsMargins(22, 11, 22, 11)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.reject_button)
        self.buttons.addWidget(self.accept_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._area = scroll(self._inside)
        column.addWidget(self._area, 1)
        column.addWidget(self._problem)
        column.addWidget(foot)
        # Only now: a button takes the part of the default in the window it already stands in.
        self.accept_button.setDefault(True)

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong, "" for nothing."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))

    def problem(self) -> str:
        """What is shown to be wrong."""
        return self._problem.text()

    def set_busy(self, busy: bool) -> None:
        """While the wish is being fulfilled nothing can be pressed twice."""
        self.accept_button.setDisabled(busy)
        self.reject_button.setDisabled(busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A long text is read by the keyboard too: the page keys scroll it from the buttons below it."""
        if event.key() in PAGE_KEYS:
            self._area.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Tab goes through the content first, then to the buttons; the keyboard starts at the first control."""
        super().showEvent(event)
        found = self._inside.findChildren(QWidget)  # type: ignore[var-annotated]
        inside = [
            w for w in found if _takes_tab(w) and w.window() is self
        ]  # the list of a combo box is a window
        if inside:
            QWidget.setTabOrder(inside[-1], self.reject_button)
            QWidget.setTabOrder(self.reject_button, self.accept_button)
        if inside and self.focusWidget() in (None, self.reject_button, self.accept_button):
            inside[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_accept(self) -> None:
        self.show_problem("")
        self.submit()

    def submit(self) -> None:
        """What the main button does; dialogs that ask something emit their wish here."""
        self.accept()


def _takes_tab(widget: QWidget) -> bool:
    """Whether Tab stops at a widget itself, not at one that stands in for it."""
    policy = widget.focusPolicy()
    return bool(policy & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
