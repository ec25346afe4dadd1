"""What is told and done when the clerk's desk is opened (打开工作台时): recovery, the practice password, a daily backup."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from services.changes import Topic
from services.workspaces import DeskRole
from ui.desks.base import DeskController, DeskParts
from ui.theme import Tone
from ui.widgets.dates import clock_time, near_time

if TYPE_CHECKING:
    from services.ports.filing_lists import FilingOverview
    from ui.desks.notices import Notices

BACKUP_DELAY_MS = 3_000
"""The daily backup waits until the matrix stands."""

OVERALL = "部门（单位）整体支出"

Open = Callable[[str, str, str], object]
"""Opens a form: task, project, and the note it is opened with."""


class FilerOpening(DeskController):
    """The first moments of the clerk's desk (打开工作台时)."""

    def __init__(
        self, parts: DeskParts, notices: Notices, open_filing: Open, parent: QObject | None = None
    ) -> None:
        super().__init__(parts, parent)
        self._notices = notices
        self._open_filing = open_filing
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.back_up_daily)
        self._timer.timeout.connect(self.tell_keys)

    def begin(self, *, was_cut_off: bool) -> None:
        """Tell what there is to tell; the backup comes later."""
        self._timer.start(BACKUP_DELAY_MS)
        if was_cut_off:
            self._tell_recovery()
        elif self.parts.practice_password:
            self._notices.tell(practice_words(self.parts.practice_signature, self.workspace.profile.role))

    def close(self) -> None:
        """No backup any more."""
        self._timer.stop()
        super().close()

    def back_up_daily(self) -> None:
        """One verified backup a day, made in the background."""
        workspace = self.workspace
        now = workspace.tools.clock.now()

        def work(_ctx: object) -> datetime | None:
            if workspace.store.due_for_daily(now):
                workspace.store.backup("daily", now)
                workspace.changes.tell(Topic.SETTINGS)
            found = workspace.tools.opener.backups(workspace.folder)
            return found[0].made_at if found else None

        self.run(work, lambda made_at: self.frame.status.set_backup(made_at, workspace.today))

    def tell_keys(self) -> None:
        """Say when a signature comes near its end or has to be asked for again."""
        from services.key_notices import filer_notices

        def show(told: tuple[str, ...]) -> None:
            self._notices.tell_all(
                told, Tone.CARE, action="去设置", works=lambda: self.frame.show_page("settings")
            )

        self.run(lambda _ctx: filer_notices(self.workspace), show)

    def _tell_recovery(self) -> None:
        """Name what was saved last before the program was cut off."""
        unit_code = self.workspace.profile.unit.code

        def work(_ctx: object) -> tuple[FilingOverview, str] | None:
            from services.ports.filing_lists import FilingQuery

            with self.workspace.store.reading() as store:
                found = [f for f in store.filings.overview(FilingQuery(unit_code=unit_code)) if f.updated_at]
                last = max(found, key=lambda f: f.updated_at or datetime.min, default=None)
                if last is None:
                    return None
                project = store.projects.get(last.project_id) if last.project_id else None
            return last, project.name if project else OVERALL

        self.run(work, self._show_recovery)

    def _show_recovery(self, found: tuple[FilingOverview, str] | None) -> None:
        if found is None or found[0].updated_at is None:
            self._notices.tell("上次程序没有正常关闭，所有已自动保存的内容都在。")
            return
        last, name = found
        moment = found[0].updated_at
        day = near_time(moment, self.workspace.today).rsplit(" ", 1)[0]
        saved = f"已恢复到{day} {clock_time(moment)} 自动保存的内容。"
        self._notices.tell(
            f"上次程序没有正常关闭，没有丢失已自动保存的内容：“{name}”{saved}",
            action="打开这份表",
            works=lambda: self._open_filing(last.task_id, last.project_id, f"上次程序没有正常关闭，{saved}"),
        )


def practice_words(password: str, role: DeskRole) -> str:
    """What the password of a practice desk is, and at the department's where new files lie."""
    words = f"这是演示工作区，可以放心练习。生成报送文件时，签名密码输入 {password} 。"
    if role is DeskRole.DEPARTMENT:
        words += "下级单位新报送的文件，在“接收下级”里点“选择文件夹…”就能选到。"
    return words
