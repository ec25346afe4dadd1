"""The one door for errors (出错处理).

What a person can act on becomes one sentence; everything else is our mistake: drafts are saved first,
then a dialog offers a report that names places in the program and versions, never what was typed.
Unhandled exceptions of the window's thread, of other threads and Qt's own messages all come here.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)

from models.domain.errors import Cancelled, DeskError
from ui.theme import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

    from ui.widgets.notice_bar import NoticeBar

_log = logging.getLogger("desk")


class ErrorDoor(QObject):
    """Shows errors (出错窗口): a notice bar where a page has one, else a dialog; a crash dialog for our own.

    `save_drafts` is called before a crash is shown and answers whether everything is safe; `version` is
    the program's own. `problem_shown` and `crash_shown` tell what was shown.
    """

    problem_shown = Signal(str)
    crash_shown = Signal(str)
    _raised_elsewhere = Signal(object)

    def __init__(self, version: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._version = version
        self._window: QWidget | None = None
        self._notice: NoticeBar | None = None
        self._save_drafts: Callable[[], bool] | None = None
        self._dialogs: dict[str, QDialog] = {}
        self._is_installed = False
        self._raised_elsewhere.connect(self.show, Qt.ConnectionType.QueuedConnection)

    def set_window(self, window: QWidget | None, notice: NoticeBar | None = None) -> None:
        """The window dialogs belong to, and the bar sentences appear in."""
        self._window, self._notice = window, notice

    def set_draft_saver(self, save_drafts: Callable[[], bool] | None) -> None:
        """What saves open drafts before a crash is shown."""
        self._save_drafts = save_drafts

    def show(self, error: BaseException) -> None:
        """Show an error; a job the person stopped is none."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, DeskError):
            self._show_problem(error)
        elif isinstance(error, Exception):
            self._show_crash(error)

    def show_dialog(self, error: DeskError) -> None:
        """Show a problem in a dialog even where there is a bar, when it must not be overlooked."""
        from ui.widgets.problem_dialog import ProblemDialog

        self._open(error.sentence, ProblemDialog(error.what, error.remedy, error.where, self._window))
        self.problem_shown.emit(error.sentence)

    def install(self) -> None:
        """Catch what nobody caught."""
        sys.excepthook = self._on_unhandled
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(_on_qt_message)
        self._is_installed = True

    def uninstall(self) -> None:
        """Give the hooks back."""
        if self._is_installed:
            sys.excepthook = sys.__excepthook__
            threading.excepthook = threading.__excepthook__
            qInstallMessageHandler(None)
            self._is_installed = False

    def close_dialogs(self) -> None:
        """Close what is still open."""
        for dialog in list(self._dialogs.values()):
            dialog.close()

    def _show_problem(self, error: DeskError) -> None:
        if self._notice is not None and self._notice.window().isVisible():
            self._notice.show_notice(error.sentence, Tone.BAD)
            self.problem_shown.emit(error.sentence)
        else:
            self.show_dialog(error)

    def _show_crash(self, error: Exception) -> None:
        from ui.widgets.problem_dialog import CrashDialog

        text = report(error, self._version)
        _log.error("unexpected error\n%s", text)
        saved = self._saved()
        if any(isinstance(dialog, CrashDialog) for dialog in self._dialogs.values()):
            return
        self._open(text, CrashDialog(text, saved, self._window))
        self.crash_shown.emit(text)

    def _saved(self) -> bool:
        """Save the drafts; whatever happens here must not hide the first error."""
        if self._save_drafts is None:
            return False
        try:
            return self._save_drafts()
        except Exception as error:  # noqa: BLE001 - the crash dialog has to come up in any case
            _log.error("drafts not saved\n%s", report(error, self._version))
            return False

    def _open(self, key: str, dialog: QDialog) -> None:
        """Open a dialog unless the same is open."""
        if key in self._dialogs:
            dialog.deleteLater()
            return
        self._dialogs[key] = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _result: self._dialogs.pop(key, None))
        dialog.open()

    def _on_unhandled(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self._raised_elsewhere.emit(error)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._raised_elsewhere.emit(args.exc_value)


def report(error: BaseException, version: str) -> str:
    """Places and versions of an error, without its message: that may quote what was typed."""
    import platform

    lines = [
        f"程序版本 {version or '未知'}　Python {platform.python_version()}　Qt {qVersion()}",
        f"系统 {platform.system()} {platform.release()} {platform.machine()}",
    ]
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        lines += ["", type(link).__qualname__]
        lines += [
            f"  {Path(frame.filename).parent.name}/{Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(link.__traceback__)
        ]
        link = link.__cause__ or link.__context__
    return "\n".join(lines)


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Qt's own messages go to the log, never to a person."""
    _log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", text)
