"""The clerk's desk (填报端): its pages in the frame, and how one leads to another."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

import resources
from services.changes import ChangeSet, Topic
from services.kits import keep_kit
from services.ports.store import FilingOverview, FilingQuery, StoredKit
from ui.desks.base import DeskController, DeskParts
from ui.desks.home_pages import HomePages
from ui.shell.records import FILER_NAVIGATION, DeskIdentity

if TYPE_CHECKING:
    from ui.desks.filing_editor import FilingEditor
    from ui.desks.inbox_flow import InboxFlow
    from ui.desks.project_pages import ProjectPages
    from ui.desks.sealing_flow import SealingFlow
    from ui.desks.settings_flow import SettingsFlow

HINTS = "F1 帮助　Ctrl+S 保存　Ctrl+F 查找　Enter 下一格"
BACKUP_DELAY_MS = 3_000
"""The daily backup waits until the matrix stands."""


class FilerDesk(DeskController):
    """Everything of one unit's desk (填报端).

    Home stands at once; every other page is made when it is first asked for, so that the matrix
    does not wait for the wizard.
    """

    restore_requested = Signal(object)

    def __init__(self, parts: DeskParts, *, was_cut_off: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        profile = self.workspace.profile
        self.frame.set_identity(
            DeskIdentity(profile.role.label, profile.unit.name, profile.person_name, "填报人")
        )
        self.frame.set_navigation(FILER_NAVIGATION)
        self.frame.set_practice(profile.is_practice)
        self.frame.status.set_hints(HINTS)
        self.pages = HomePages(parts, self)
        self._made: dict[str, DeskController] = {}
        self._connect()
        self._show_kit()
        self._backup_timer = QTimer(self)
        self._backup_timer.setSingleShot(True)
        self._backup_timer.timeout.connect(self._daily_backup)
        self._backup_timer.start(BACKUP_DELAY_MS)
        self.frame.show_page("home")
        if was_cut_off:
            self._tell_recovery()

    def on_change(self, change: ChangeSet) -> None:
        """The kit's name stands in the status bar."""
        if change.topics & {Topic.KITS, Topic.SETTINGS}:
            self._show_kit()

    def close(self) -> None:
        """Let every page go."""
        self._backup_timer.stop()
        for part in (self.pages, *self._made.values()):
            part.close()
        super().close()

    def may_close(self) -> bool:
        """Whether the window may close now; saves what is pending first and closes then."""
        if "editor" not in self._made or not self.editor.has_unsaved():
            return True
        self.editor.leave(self.frame.close)
        return False

    def save_drafts(self) -> bool:
        """Save what is open, before a crash is shown."""
        return "editor" not in self._made or self.editor.save_now()

    @property
    def editor(self) -> FilingEditor:
        """The form open for filling in."""
        from ui.desks.filing_editor import FilingEditor

        made = self._made.get("editor")
        if not isinstance(made, FilingEditor):
            self._made["editor"] = made = FilingEditor(self.parts, self)
            made.closed.connect(lambda: self.frame.show_page("home"))
            made.seal_requested.connect(lambda filing_id: self.sealing.begin((filing_id,)))
        return made

    @property
    def sealing(self) -> SealingFlow:
        """Making packages, and those made."""
        from ui.desks.sealing_flow import SealingFlow

        made = self._made.get("sealing")
        if not isinstance(made, SealingFlow):
            self._made["sealing"] = made = SealingFlow(self.parts, self)
            made.filing_requested.connect(self._open)
        return made

    @property
    def projects(self) -> ProjectPages:
        """Project list, project page, recycle bin."""
        from ui.desks.project_pages import ProjectPages

        made = self._made.get("projects")
        if not isinstance(made, ProjectPages):
            self._made["projects"] = made = ProjectPages(self.parts, self.pages, self)
            made.filing_requested.connect(self._open)
        return made

    @property
    def inbox(self) -> InboxFlow:
        """What came back."""
        from ui.desks.inbox_flow import InboxFlow

        made = self._made.get("inbox")
        if not isinstance(made, InboxFlow):
            self._made["inbox"] = made = InboxFlow(self.parts, self)
        return made

    @property
    def settings(self) -> SettingsFlow:
        """The settings."""
        from ui.desks.settings_flow import SettingsFlow

        made = self._made.get("settings")
        if not isinstance(made, SettingsFlow):
            self._made["settings"] = made = SettingsFlow(self.parts, self)
            made.kit_file_chosen.connect(self._on_kit_file)
            made.restore_requested.connect(self.restore_requested)
        return made

    def _connect(self) -> None:
        self.pages.filing_requested.connect(self._open)
        self.pages.reopen_requested.connect(self._reopen)
        self.pages.seal_requested.connect(self._begin_sealing)
        self.pages.project_requested.connect(self._show_project)
        self.pages.recycle_bin_requested.connect(self._show_bin)
        self.frame.help_requested.connect(lambda: self.frame.show_page("help"))
        self.frame.year_chosen.connect(self._on_year)
        self.frame.page_shown.connect(self._on_page_shown)

    def _open(self, task_id: str, project_id: str) -> None:
        self.editor.open(task_id, project_id)

    def _reopen(self, task_id: str, project_id: str) -> None:
        self.editor.open(task_id, project_id, reopen=True)

    def _show_project(self, project_id: str) -> None:
        self.projects.show_project(project_id)

    def _show_bin(self) -> None:
        self.projects.show_bin()

    def _begin_sealing(self) -> None:
        self.sealing.begin()

    def _on_kit_file(self, path: Path) -> None:
        self.frame.show_page("inbox")
        self.inbox.take(path)

    def _on_page_shown(self, key: str) -> None:
        """Make a page when it is first asked for; leaving the form saves it like the button does."""
        if self.frame.page(key) is None:
            self._make_page(key)
        if key != "filing" and "editor" in self._made and self.editor.view.is_open():
            self.editor.leave(lambda: None)
        self.frame.notice.close_notice()

    def _make_page(self, key: str) -> None:
        """The controller adds its page; then it can be brought to the front."""
        if key == "help":
            from ui.filer.help_view import HelpView

            self.frame.add_page("help", HelpView(resources.path("help", "filer.md")))
        elif key == "projects":
            self.projects.refresh()
        elif key == "sent":
            self.sealing.refresh()
        elif key == "inbox":
            self.inbox.refresh()
        elif key == "settings":
            self.settings.refresh()
        if self.frame.page(key) is not None:
            self.frame.show_page(key)

    def _show_kit(self) -> None:
        def show(stored: StoredKit) -> None:
            kit = stored.kit
            self.frame.status.set_kit(f"任务参数包：{kit.name} 第 {kit.version} 版")

        self.run(lambda _ctx: self.workspace.current_kit(), show)
        self.run(lambda _ctx: self._years(), lambda years: self.frame.top_bar.set_years(years, self._year))

    @property
    def _year(self) -> int:
        return self.workspace.profile.working_year

    def _years(self) -> list[int]:
        from services.workspaces import working_years

        return list(working_years(self.workspace)) or [self._year]

    def _on_year(self, year: int) -> None:
        """Work in another working year that a kit was taken in for."""

        def work(_ctx: object) -> None:
            with self.workspace.store.reading() as store:
                stored = store.kits.current(year)
            if stored is not None:
                keep_kit(self.workspace, stored.kit, stored.digest, self.workspace.tools.clock.now())
            self.workspace.changes.tell(Topic.KITS, Topic.FILINGS, Topic.PROJECTS)

        if "editor" in self._made:
            self.editor.leave(lambda: self.run(work))
        else:
            self.run(work)

    def _daily_backup(self) -> None:
        """One verified backup a day, made in the background."""
        now = self.workspace.tools.clock.now()

        def work(_ctx: object) -> datetime | None:
            if self.workspace.store.due_for_daily(now):
                self.workspace.store.backup("daily", now)
            self.workspace.changes.tell(Topic.SETTINGS)
            found = self.workspace.tools.opener.backups(self.workspace.folder)
            return found[0].made_at if found else None

        self.run(work, lambda made_at: self.frame.status.set_backup(made_at, self.workspace.today))

    def _tell_recovery(self) -> None:
        """Name what was saved last before the program was cut off."""
        unit_code = self.workspace.profile.unit.code

        def work(_ctx: object) -> tuple[FilingOverview, str] | None:
            with self.workspace.store.reading() as store:
                found = [f for f in store.filings.overview(FilingQuery(unit_code=unit_code)) if f.updated_at]
                last = max(found, key=lambda f: f.updated_at or datetime.min, default=None)
                if last is None:
                    return None
                project = store.projects.get(last.project_id) if last.project_id else None
            return last, project.name if project else "部门（单位）整体支出"

        def show(found: tuple[FilingOverview, str] | None) -> None:
            words = "上次程序没有正常关闭，所有已自动保存的内容都在。"
            if found is not None and found[0].updated_at is not None:
                moment = found[0].updated_at.astimezone()
                words = f"上次程序没有正常关闭，内容已恢复：“{found[1]}”保存到 {moment:%m月%d日 %H:%M:%S}。"
            self.frame.notice.show_notice(words)

        self.run(work, show)
