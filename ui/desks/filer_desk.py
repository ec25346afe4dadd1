"""The clerk's desk (填报端): its pages in the frame, and how one leads to another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

import resources
from services.changes import ChangeSet, Topic
from ui.desks.base import DeskController, DeskParts
from ui.desks.filer_opening import FilerOpening
from ui.desks.home_pages import FORM, HomePages
from ui.desks.notices import Notices
from ui.shell.records import FILER_NAVIGATION, DeskIdentity, NavigationItem
from ui.theme import Tone

if TYPE_CHECKING:
    from models.domain.kit_head import KitHead
    from services.matrix import Matrix
    from ui.desks.bringing_flow import BringingFlow
    from ui.desks.filing_editor import FilingEditor
    from ui.desks.inbox_flow import InboxFlow
    from ui.desks.project_pages import ProjectPages
    from ui.desks.sealing_flow import SealingFlow
    from ui.desks.settings_flow import SettingsFlow

HINTS = "F1 帮助　Ctrl+S 保存　Ctrl+F 查找　Enter 下一格"


class FilerDesk(DeskController):
    """Everything of one unit's desk (填报端).

    Home stands at once; every other page is made when it is first asked for, so that the matrix
    does not wait for the wizard.
    """

    NAVIGATION: tuple[NavigationItem, ...] = FILER_NAVIGATION
    restore_requested = Signal(object)

    def __init__(
        self,
        parts: DeskParts,
        *,
        was_cut_off: bool = False,
        first: Matrix | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parts, parent)
        profile = self.workspace.profile
        self.frame.set_identity(
            DeskIdentity(profile.role.label, profile.unit.name, profile.person_name, "填报人")
        )
        self.frame.set_navigation(self.NAVIGATION)
        self.frame.set_practice(profile.is_practice)
        self.frame.status.set_hints(HINTS)
        self.pages = HomePages(parts, self, first)
        self._made: dict[str, DeskController] = {}
        self.notices = Notices(self.frame.notice, self)
        self.opening = FilerOpening(parts, self.notices, self._open, self)
        self._way_back = "home"
        self._wants_to_close = False
        self._connect()
        QTimer.singleShot(0, self, self._show_kit)  # nothing is read while the matrix is painted
        self.frame.show_page("home")
        self.opening.begin(was_cut_off=was_cut_off)

    def on_change(self, change: ChangeSet) -> None:
        """The kit's name stands in the status bar."""
        if change.topics & {Topic.KITS, Topic.SETTINGS}:
            self._show_kit()

    def close(self) -> None:
        """Let every page go."""
        for part in (self.opening, self.pages, *self._made.values()):
            part.close()
        super().close()

    def may_close(self) -> bool:
        """Whether the window may close now; saves what is pending first and closes then."""
        if "editor" not in self._made or not self.editor.has_unsaved():
            return True
        self._wants_to_close = True
        self.editor.leave(self.frame.close)
        return False

    def when_saved(self, then: Callable[[], object]) -> None:
        """Go on once everything typed is in the database."""
        if "editor" in self._made:
            self.editor.leave(then)
        else:
            then()

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
            made.closed.connect(lambda: self.frame.show_page(self._way_back))
            made.seal_requested.connect(lambda filing_id: self.sealing.begin((filing_id,)))
            made.not_saved.connect(self._on_not_saved)
            made.kept.connect(self._on_kept)
        return made

    @property
    def sealing(self) -> SealingFlow:
        """Making packages, and those made."""
        from ui.desks.sealing_flow import SealingFlow

        made = self._made.get("sealing")
        if not isinstance(made, SealingFlow):
            self._made["sealing"] = made = SealingFlow(self.parts, self)
            made.filing_requested.connect(self._open)
            made.refresh()
        return made

    @property
    def projects(self) -> ProjectPages:
        """Project list, project page, recycle bin."""
        from ui.desks.project_pages import ProjectPages

        made = self._made.get("projects")
        if not isinstance(made, ProjectPages):
            self._made["projects"] = made = ProjectPages(self.parts, self.pages, self)
            made.filing_requested.connect(self._open)
            made.refresh()
            self._made["platform"] = self._platform_flow(made)
        return made

    def _platform_flow(self, projects: ProjectPages) -> DeskController:
        """To and from the integrated platform; its button stands on the project list."""
        from ui.desks.platform_flow import PlatformFlow

        flow = PlatformFlow(self.parts, projects.list.platform, self.notices, self)
        flow.filing_requested.connect(self._open)
        return flow

    @property
    def bringing(self) -> BringingFlow:
        """From the home page into the right form."""
        from ui.desks.bringing_flow import BringingFlow

        made = self._made.get("bringing")
        if not isinstance(made, BringingFlow):
            self._made["bringing"] = made = BringingFlow(self.parts, self.pages, self.editor, self)
        return made

    @property
    def inbox(self) -> InboxFlow:
        """What came back."""
        from ui.desks.inbox_flow import InboxFlow

        made = self._made.get("inbox")
        if not isinstance(made, InboxFlow):
            self._made["inbox"] = made = InboxFlow(self.parts, self.when_saved, self)
            made.returned_wanted.connect(self._show_returned)
            made.refresh()
        return made

    @property
    def settings(self) -> SettingsFlow:
        """The settings."""
        from ui.desks.settings_flow import SettingsFlow

        made = self._made.get("settings")
        if not isinstance(made, SettingsFlow):
            self._made["settings"] = made = SettingsFlow(self.parts, self)
            made.kit_file_chosen.connect(self._on_kit_file)
            made.restore_requested.connect(
                lambda backup: self.when_saved(lambda: self.restore_requested.emit(backup))
            )
            made.refresh()
        return made

    def _connect(self) -> None:
        self.pages.filing_requested.connect(self._open)
        self.pages.reopen_requested.connect(self._reopen)
        self.pages.seal_requested.connect(self._begin_sealing)
        self.pages.platform_requested.connect(self._bring_from_platform)
        self.pages.last_year_requested.connect(self._ask_last_year)
        self.pages.workbook_requested.connect(self._choose_workbook)
        self.pages.project_requested.connect(self._show_project)
        self.pages.recycle_bin_requested.connect(self._show_bin)
        self.frame.help_requested.connect(lambda: self.frame.show_page("help"))
        self.frame.year_chosen.connect(self._on_year)
        self.frame.page_shown.connect(self._on_page_shown)

    def _open(self, task_id: str, project_id: str, note: str = "") -> None:
        self.editor.open(task_id, project_id, note=note)

    def _reopen(self, task_id: str, project_id: str) -> None:
        self.editor.open(task_id, project_id, reopen=True)

    def _show_project(self, project_id: str) -> None:
        self.projects.show_project(project_id)

    def _show_bin(self) -> None:
        self.projects.show_bin()

    def _bring_from_platform(self) -> None:
        """What the same entry of the project list's menu does."""
        self.projects.list.platform.bring_requested.emit()

    def _ask_last_year(self) -> None:
        self.bringing.ask_last_year()

    def _choose_workbook(self) -> None:
        self.bringing.choose_workbook()

    def _begin_sealing(self) -> None:
        self.when_saved(self.sealing.begin)

    def _show_returned(self) -> None:
        self.frame.show_page("home")
        self.pages.home.show_only_returned()

    def _on_kit_file(self, path: Path) -> None:
        self.frame.show_page("inbox")
        self.inbox.take(path)

    def _on_page_shown(self, key: str) -> None:
        """Make a page when it is first asked for; leaving the form saves it like the button does."""
        if self.frame.page(key) is None:
            self._make_page(key)
        self.notices.clear()
        if key == FORM:
            return
        if key in ("home", "project"):
            self._way_back = key
        if "editor" in self._made:
            self.editor.put_away()

    def _make_page(self, key: str) -> None:
        """Have the controller of a page made: it adds the page and fills it; then bring it to the front."""
        if key == "help":
            from ui.filer.help_view import HelpView

            self.frame.add_page("help", HelpView(resources.path("help", "filer.md")))
        makers: dict[str, Callable[[], DeskController]] = {
            "projects": lambda: self.projects,
            "sent": lambda: self.sealing,
            "inbox": lambda: self.inbox,
            "settings": lambda: self.settings,
        }
        if key in makers:
            makers[key]()
        if self.frame.page(key) is not None:
            self.frame.show_page(key)

    def _show_kit(self) -> None:
        if self._is_closed:
            return

        def show(kit: KitHead) -> None:
            self.frame.status.set_kit(f"任务参数包：{kit.name} 第 {kit.version} 版")

        self.run(lambda _ctx: self.workspace.current_kit_head(), show)
        self.run(lambda _ctx: self._years(), lambda years: self.frame.top_bar.set_years(years, self._year))

    @property
    def _year(self) -> int:
        return self.workspace.profile.working_year

    def _years(self) -> list[int]:
        from services.workspaces import working_years

        return list(working_years(self.workspace)) or [self._year]

    def _on_year(self, year: int) -> None:
        """Work in another working year that a kit was taken in for."""

        from services.kits import keep_kit

        def work(_ctx: object) -> None:
            with self.workspace.store.reading() as store:
                stored = store.kits.current(year)
            if stored is not None:
                keep_kit(self.workspace, stored.kit, stored.digest, self.workspace.tools.clock.now())
            self.workspace.changes.tell(Topic.KITS, Topic.FILINGS, Topic.PROJECTS)

        self.when_saved(lambda: self.run(work))

    def _on_not_saved(self, sentence: str) -> None:
        """Told where the clerk is; who wants to close is asked, so that a full disk never holds the window."""
        if self._wants_to_close:
            self._wants_to_close = False
            self._ask_to_close(sentence)
        elif self.frame.current_page() != FORM:
            words = f"“{self.editor.subject}”还没有保存：{sentence}已填内容仍在窗口里，会继续尝试保存。"
            self.notices.tell(words, Tone.BAD, action="回到这份表", works=lambda: self.frame.show_page(FORM))

    def _on_kept(self) -> None:
        self._wants_to_close = False

    def _ask_to_close(self, sentence: str) -> None:
        from ui.widgets.confirm_dialog import ConfirmDialog

        text = (
            f"“{self.editor.subject}”最后填的内容还没有保存：{sentence}"
            "保存成功后窗口会自动关闭。也可以不保存就关闭，那样只保留上次保存的内容。"
        )
        dialog = ConfirmDialog("还有内容没有保存", text, "不保存，关闭", self.frame, danger=True)
        dialog.reject_button.setText("继续等待")
        dialog.confirmed.connect(self._close_unsaved)
        self.editor.kept.connect(dialog.reject)
        self.open_dialog(dialog)

    def _close_unsaved(self) -> None:
        self.editor.give_up()
        self.frame.close()
