"""Pictures of the main screens (界面图): both desks of a demonstration, drawn without a monitor.

The desks are the real ones; each picture is taken when no job is waiting any more.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from services.home import Home
from services.matrix import MatrixCell
from services.tools import Tools
from services.workspaces import open_workspace
from ui.application import create_application
from ui.bureau.review_view import ReviewView
from ui.errors import ErrorDoor
from ui.form_pictures import Step, form_steps
from ui.jobs import Jobs
from ui.open_desk import OpenDesk

SIZE = (1366, 768)
SETTLE_MS = 350
"""How long nothing may be waiting before a picture is taken: checks and autosave run on timers."""


class _Photographer(QObject):
    """Takes one step after the other (绘制界面)."""

    def __init__(self, jobs: Jobs, steps: Sequence[Step], target: Path) -> None:
        super().__init__()
        self._jobs, self._steps, self._target = jobs, list(steps), target
        self._subject: QWidget | None = None
        self._name = ""
        self.drawn: list[str] = []
        self._timer = QTimer(self)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()
        # Counted from the end of the last job: what it brought is laid out by then.
        jobs.busy_changed.connect(self._on_busy_changed)

    def _on_busy_changed(self, _busy: bool) -> None:
        if self._timer.isActive():
            self._timer.start()

    def _on_timeout(self) -> None:
        """Take the picture of what was set up last, then set up the next."""
        if self._jobs.is_busy:
            return
        if self._subject is not None and self._name:
            self._subject.grab().save(str(self._target / f"{self._name}.png"))
            self.drawn.append(f"{self._name}.png")
            if not self._subject.isWindow():
                self._subject.close()
        self._subject = None
        if not self._steps:
            self._timer.stop()
            QApplication.exit(0)
            return
        self._name, prepare = self._steps.pop(0)
        self._subject = prepare()
        self._timer.start()  # anew: setting up may take longer than the interval, and what it began is not drawn yet


def draw_screens(tools: Tools, unit: Path, bureau: Path, target: Path) -> Sequence[str]:
    """Draw the main screens of a unit's and a bureau's workspace as PNG files; their names."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else create_application(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    drawn: list[str] = []
    before = qInstallMessageHandler(_tell)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            home = Home(Path(scratch), tools.files)
            for folder, steps in ((unit, _unit_steps), (bureau, _bureau_steps)):
                drawn += _draw_desk(tools, home, folder, target, steps)
    finally:
        qInstallMessageHandler(before)
    return sorted(drawn)


def _tell(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Pass on what Qt says, but not what a platform without windows cannot do."""
    if not message.startswith("This plugin does not support"):
        print(message, file=sys.stderr)


def _draw_desk(
    tools: Tools, home: Home, folder: Path, target: Path, steps: Callable[[OpenDesk], Sequence[Step]]
) -> Sequence[str]:
    """Open one desk, take its pictures, let it go."""
    jobs, door = Jobs(), ErrorDoor()
    jobs.error_raised.connect(door.show)
    desk = OpenDesk(tools, home, jobs, door, folder)
    desk.frame.resize(*SIZE)
    desk.show_workspace(open_workspace(tools, folder))
    desk.frame.show()
    photographer = _Photographer(jobs, steps(desk), target)
    QApplication.exec()
    desk.let_go(lambda: QApplication.exit(0))
    QApplication.exec()
    jobs.close()
    return photographer.drawn


def _page(desk: OpenDesk, key: str) -> Callable[[], QWidget]:
    """Show a page of the frame."""

    def prepare() -> QWidget:
        desk.frame.show_page(key)
        return desk.frame

    return prepare


def _unit_steps(desk: OpenDesk) -> Sequence[Step]:
    """Home, a form at its indicators, its preview, packages, inbox, settings, and every other form."""
    from ui.desks.filer_desk import FilerDesk
    from ui.preview.window import PreviewWindow

    filer = desk.desk
    assert isinstance(filer, FilerDesk)

    def form() -> QWidget:
        rows = filer.pages.home.model.matrix_rows()
        places = [(cell, row) for row in rows for cell in row.cells if row.project_id and cell.is_due]
        # The most telling form: one still open, with something to explain where there is one.
        cell, row = min(places, key=lambda place: (not _is_open(place[0]), "需说明" not in place[0].word))
        filer.editor.open(cell.task_id, row.project_id)
        return desk.frame

    def indicators() -> QWidget:
        filer.editor.view.show_step("indicators")
        return desk.frame

    def preview() -> QWidget:
        session = filer.editor.view.session
        # Laid over the desk as a part of it: without a monitor there is no second window to put in front.
        window = PreviewWindow(desk.frame)
        window.setWindowFlags(Qt.WindowType.Widget)
        is_draft = not session.read_only and session.counts.blocking > 0
        window.show_form(session.form, session.context, session.answers, is_draft=is_draft)
        window.show()
        return window

    return (
        ("01-工作台", _page(desk, "home")),
        ("02-填报-基本情况", form),
        ("03-填报-绩效指标", indicators),
        ("04-预览表样", preview),
        *form_steps(desk, filer),
        ("05-报送", _page(desk, "sent")),
        ("06-回执与退回", _page(desk, "inbox")),
        ("07-设置", _page(desk, "settings")),
    )


def _is_open(cell: MatrixCell) -> bool:
    """Whether a form is still being filled in."""
    return cell.status is not None and cell.status.is_editable


def _bureau_steps(desk: OpenDesk) -> Sequence[Step]:
    """The bureau's pages."""
    return (
        ("11-接收", _page(desk, "intake")),
        ("12-报送情况", _page(desk, "status")),
        ("13-参数与证书", _page(desk, "kit")),
        ("", _page(desk, "review")),
        ("", lambda: _choose_target(desk)),
        ("14-审核", lambda: _reviewed_target(desk)),
        ("15-汇总", _page(desk, "summary")),
    )


def _choose_target(desk: OpenDesk) -> None:
    """Go to the first target of a project that waits for review."""
    view = desk.frame.page("review")
    assert isinstance(view, ReviewView)
    lines = view.queue.list.lines
    waiting = [lines.line(number) for number in range(lines.rowCount())]
    targets = [line for line in waiting if line.filing.form_id == "performance_target"]
    for line in targets[:1]:
        view.queue.list.choose(line.filing.filing_id)


def _reviewed_target(desk: OpenDesk) -> QWidget:
    """The form being reviewed at its indicators."""
    view = desk.frame.page("review")
    assert isinstance(view, ReviewView)
    if view.sheet is not None and view.sheet.received.form.form_id == "performance_target":
        view.form.wizard().show_step("indicators")
    return desk.frame
