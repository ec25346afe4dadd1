"""Progress of long work (任务进度): count, time left, cancel; as a panel in a page or in a window of its own."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.labels import ElidedLabel, label


def time_left(done: int, total: int, passed_ms: int) -> str:
    """The time left in words, "" while too little is known to say."""
    if done <= 0 or done >= total or passed_ms < 1500:
        return ""
    seconds = round(passed_ms / 1000 / done * (total - done))
    if seconds < 60:
        return f"约剩 {max(seconds, 1)} 秒"
    return f"约剩 {round(seconds / 60)} 分钟" if seconds < 5400 else f"约剩 {round(seconds / 3600)} 小时"


class ProgressPanel(QWidget):
    """What is being done, how far it is, and a way to stop it (任务进度)."""

    cancel_requested = Signal()

    def __init__(
        self, title: str = "", cancel_text: str = "取消", counter: str = "项", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._counter = counter
        self._cancel_text = cancel_text
        self._clock = QElapsedTimer()
        self.title_label = label(title, "strong")
        self.count_label = label("", "")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.step_label = ElidedLabel("", "muted")
        self.cancel_button = button(cancel_text, "link", clicked=self._on_cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(9)
        column.addLayout(row(self.title_label, None, self.count_label))
        column.addWidget(self.bar)
        foot = row(self.step_label, self.cancel_button)
        foot.setStretch(0, 1)
        column.addLayout(foot)
        self.begin()

    def begin(self, title: str = "") -> None:
        """Start over: an unknown amount until the first step is told."""
        if title:
            self.title_label.setText(title)
        self.bar.setRange(0, 0)
        self.count_label.setText("")
        self.step_label.set_words("")
        self.cancel_button.setEnabled(True)
        self.cancel_button.setText(self._cancel_text)
        self._clock.start()

    def set_progress(self, done: int, total: int, text: str = "") -> None:
        """Tell a step."""
        self.bar.setRange(0, max(total, 0))
        self.bar.setValue(done)
        left = time_left(done, total, self._clock.elapsed())
        counted = f"{done:,} / {total:,} {self._counter}" if total else ""
        self.count_label.setText("　".join(part for part in (counted, left) if part))
        self.step_label.set_words(text)

    def _on_cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.cancel_button.setText("正在停止…")
        self.cancel_requested.emit()


class ProgressDialog(QDialog):
    """Long work in a window of its own (任务进度窗口); closes by `finish`, Esc asks to cancel."""

    cancel_requested = Signal()

    def __init__(self, title: str, parent: QWidget | None = None, *, counter: str = "项") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(460)
        self.panel = ProgressPanel(title, counter=counter)
        self.panel.cancel_requested.connect(self.cancel_requested)
        self._is_finished = False
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 14)
        column.addWidget(self.panel)

    def set_progress(self, done: int, total: int, text: str = "") -> None:
        """Tell a step."""
        self.panel.set_progress(done, total, text)

    def finish(self) -> None:
        """The work has ended, one way or the other."""
        self._is_finished = True
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc presses 取消 and waits for the work to stop."""
        if event.key() == Qt.Key.Key_Escape:
            self.panel.cancel_button.click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own cross asks to cancel as well."""
        if self._is_finished:
            super().closeEvent(event)
        else:
            event.ignore()
            self.panel.cancel_button.click()
