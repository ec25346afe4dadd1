"""The bureau's desk (财政端): its pages in the frame, and how one leads to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

import resources
from services import key_notices, workspaces
from services.bureau_keys import BureauKeys
from services.changes import ChangeSet, Topic
from services.job import JobContext
from services.own_kits import OwnKit, forgotten_kits
from services.package_lines import PackageLine
from services.ports.store import StoredKit
from ui.desks.base import DeskController, DeskParts
from ui.desks.bureau_forms_flow import FormsFlow
from ui.desks.bureau_intake_flow import IntakeFlow
from ui.desks.bureau_key_access import KeyAccess
from ui.desks.bureau_own_kits import forgotten_words
from ui.desks.bureau_receipts_flow import ReceiptsFlow
from ui.desks.desk_person_flow import DeskPersonFlow
from ui.desks.notices import Notices
from ui.desks.review_badge import ReviewBadge
from ui.desks.sign_in_flow import SignInFlow
from ui.shell.records import DeskIdentity, NavigationItem
from ui.theme import Tone

if TYPE_CHECKING:
    from models.domain.desk_user import DeskUser
    from ui.desks.bureau_kit_flow import KitFlow

NAVIGATION = (
    NavigationItem("intake", "接收", "take_in"),
    NavigationItem("status", "报送情况", "tasks"),
    NavigationItem("review", "审核", "review"),
    NavigationItem("summary", "汇总", "summary"),
    NavigationItem("kit", "参数与证书", "kit"),
    NavigationItem("settings", "设置", "settings", is_below=True),
    NavigationItem("help", "帮助", "help", is_below=True),
)
HINTS = "F1 帮助　Ctrl+F 查找　Enter 打开"
REVIEW_HINTS = (
    "↑ ↓ 换一份　空格 勾选　Ctrl+Enter 审核通过　Ctrl+R 退回　Ctrl+M 写意见　F7 下一条意见　F5 刷新"
)
BACKUP_DELAY_MS = 3_000
"""The daily backup waits until the list stands."""
CUT_OFF = "上次程序没有正常关闭。已接收的内容都在；当时正在接收的，重新选择同一文件夹即可继续。"


class BureauDesk(DeskController):
    """Everything of one bureau's desk (财政端).

    Intake stands at once; every other page is made when it is first asked for. `keys` are the
    bureau's own when first start has just made them, so that nobody is asked twice.
    """

    restore_requested = Signal(object)

    def __init__(
        self,
        parts: DeskParts,
        *,
        keys: BureauKeys | None = None,
        was_cut_off: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parts, parent)
        profile = self.workspace.profile
        self._show_identity()
        self.frame.set_navigation(NAVIGATION)
        self.frame.set_practice(profile.is_practice)
        self.frame.status.set_hints(HINTS)
        self.access = KeyAccess(parts, keys, self)
        self.sign_in = SignInFlow(parts, self)
        self.person = DeskPersonFlow(parts, self)
        self.forms = FormsFlow(parts, self)
        self.receipts = ReceiptsFlow(parts, self.access, self)
        self.intake = IntakeFlow(parts, self.access, self)
        self._badge = ReviewBadge(parts, self)
        self._made: dict[str, DeskController] = {}
        self._notices = Notices(self.frame.notice, self)
        self._closes_when_idle = False
        self._connect()
        self._show_kit()
        self._backup_timer = QTimer(self)
        self._backup_timer.setSingleShot(True)
        self._backup_timer.timeout.connect(self._daily_backup)
        self._backup_timer.start(BACKUP_DELAY_MS)
        self.frame.show_page("intake")
        if was_cut_off:
            self.frame.notice.show_notice(CUT_OFF, Tone.CARE)

    @property
    def keys(self) -> BureauKeys | None:
        """The unlocked keys, None before the passwords were given."""
        return self.access.keys

    @property
    def kit(self) -> KitFlow:
        """Registers, kit and keys; made when first asked for."""
        from ui.desks.bureau_kit_flow import KitFlow

        made = self._made.get("kit")
        if not isinstance(made, KitFlow):
            from ui.desks.bureau_people_flow import PeopleFlow
            from ui.desks.platform_flow import PlatformFlow

            self._made["kit"] = made = KitFlow(self.parts, self.access, self)
            self._made["people"] = PeopleFlow(self.parts, made.view, self.sign_in, self)
            menu = made.view.entries.platform
            self._made["platform"] = PlatformFlow(self.parts, menu, self._notices, self)
        return made

    def on_change(self, change: ChangeSet) -> None:
        """The kit's name stands in the status bar."""
        if change.topics & {Topic.KITS, Topic.SETTINGS}:
            self._show_kit()

    def close(self) -> None:
        """Let every page go and forget the keys."""
        self._backup_timer.stop()
        parts = (self._badge, self.intake, self.receipts, self.forms, self.person, self.sign_in, self.access)
        for part in (*self._made.values(), *parts):
            part.close()
        super().close()

    def may_close(self) -> bool:
        """Closing keeps what was typed; work that goes on is stopped first and the window closes after it."""
        self.save_drafts()
        jobs = self.parts.jobs
        if not jobs.is_busy:
            return True
        self.intake.cancel()
        if not self._closes_when_idle:
            self._closes_when_idle = True
            jobs.busy_changed.connect(self._on_busy_changed)
        return False

    def save_drafts(self) -> bool:
        """Keep the kit being prepared."""
        if "kit" in self._made:
            self.kit.save_now()
        return True

    def _connect(self) -> None:
        self.sign_in.seated.connect(self._show_identity)
        self.sign_in.seated.connect(self.person.on_seated)
        self.sign_in.seated.connect(self._badge.refresh)
        self.sign_in.left.connect(self._on_left)
        self._badge.counted.connect(partial(self.frame.navigation.set_badge, "review"))
        self.intake.open_requested.connect(self.forms.open_package)
        self.intake.receipt_requested.connect(self._on_receipt)
        self.intake.all_receipts_requested.connect(self.receipts.issue_all)
        self.intake.preparation_requested.connect(lambda: self.frame.show_page("kit"))
        self.intake.attention_counted.connect(self._on_attention)
        self.frame.help_requested.connect(lambda: self.frame.show_page("help"))
        self.frame.year_chosen.connect(self._on_year)
        self.frame.page_shown.connect(self._on_page_shown)

    def _on_busy_changed(self, busy: bool) -> None:
        """Nothing runs any more: close as was wished."""
        if not busy and self._closes_when_idle:
            self._closes_when_idle = False
            self.parts.jobs.busy_changed.disconnect(self._on_busy_changed)
            self.frame.close()

    def _on_receipt(self, line: PackageLine) -> None:
        if line.record is not None:
            self.receipts.issue((line.record,))

    def _on_attention(self, count: int) -> None:
        self.frame.navigation.set_badge("intake", count)

    def _on_page_shown(self, key: str) -> None:
        """Make a page when it is first asked for; then it can be brought to the front."""
        self.frame.status.set_hints(REVIEW_HINTS if key == "review" else HINTS)
        if self.frame.page(key) is None:
            self._make_page(key)
            if self.frame.page(key) is not None:
                self.frame.show_page(key)
        elif key != "intake":
            self.frame.notice.close_notice()

    def _make_page(self, key: str) -> None:
        if key == "help":
            from ui.filer.help_view import HelpView

            self.frame.add_page("help", HelpView(resources.path("help", "bureau.md")))
        elif key == "status":
            from ui.desks.bureau_status_flow import StatusFlow

            made = StatusFlow(self.parts, self._notices, self)
            made.open_requested.connect(self.forms.open)
            made.preparation_requested.connect(lambda: self.frame.show_page("kit"))
            self._made["status"] = made
        elif key == "review":
            from ui.desks.review_flow import ReviewFlow

            self._badge.close()
            review = ReviewFlow(self.parts, self.access, self)
            review.waiting_counted.connect(partial(self.frame.navigation.set_badge, "review"))
            self._made["review"] = review
        elif key == "summary":
            from ui.desks.bureau_summary_flow import SummaryFlow

            summary = SummaryFlow(self.parts, self)
            summary.open_requested.connect(self.forms.open)
            summary.preparation_requested.connect(lambda: self.frame.show_page("kit"))
            self._made["summary"] = summary
        elif key == "kit":
            self.kit.refresh()
        elif key == "settings":
            from ui.desks.bureau_settings_flow import BureauSettingsFlow

            settings = BureauSettingsFlow(self.parts, self.access, self)
            settings.restore_requested.connect(self.restore_requested)
            self._made["settings"] = settings

    # Year, kit, backup ------------------------------------------------------------------------

    def _show_identity(self, present: DeskUser | None = None, has_people: bool = False) -> None:
        """Whose desk it is, and who works here: somebody registered with their first role, else the desk's own person."""
        profile, role = self.workspace.profile, "经办人"
        if present is not None and has_people:
            role = "、".join(role.label for role in present.roles[:1]) + ("等" if present.roles[1:] else "")
        self.frame.set_identity(
            DeskIdentity(profile.role.label, profile.unit.name, profile.person_name, role)
        )

    def _on_left(self) -> None:
        """Whoever was here is gone: keep what was being prepared, and forget the keys they unlocked."""
        self.save_drafts()
        self.access.lock()

    def _show_kit(self) -> None:
        def read(_ctx: JobContext) -> tuple[StoredKit | None, list[int]]:
            profile = self.workspace.profile
            with self.workspace.store.reading() as work:
                stored = work.kits.current(profile.working_year)
            years = {profile.working_year, self.workspace.today.year, self.workspace.today.year + 1}
            return stored, sorted(years | set(workspaces.working_years(self.workspace)), reverse=True)

        def show(found: tuple[StoredKit | None, list[int]]) -> None:
            stored, years = found
            self.frame.status.set_kit(f"{stored.kit.name} 第 {stored.kit.version} 版" if stored else "")
            self.frame.top_bar.set_years(years, self.workspace.profile.working_year)

        self.run(read, show)

    def _on_year(self, year: int) -> None:
        """Work in another working year; a year without a kit begins with preparing one."""
        self.save_drafts()

        def work(_ctx: JobContext) -> None:
            profile = replace(self.workspace.profile, working_year=year)
            workspaces.save_profile(self.workspace, profile)
            self.workspace.changes.tell(Topic.SETTINGS, Topic.KITS, Topic.FILINGS, Topic.REGISTERS)

        self.run(work)

    def _daily_backup(self) -> None:
        now = self.workspace.tools.clock.now()

        def work(_ctx: JobContext) -> Sequence[OwnKit]:
            if self.workspace.store.due_for_daily(now):
                self.workspace.store.backup("daily", now)
            return forgotten_kits(self.workspace)

        self.run(work, self._on_forgotten)

    def _on_forgotten(self, found: Sequence[OwnKit]) -> None:
        """Kits that a restored backup does not know are taken back on their page."""
        if found and self.frame.current_page() != "kit":
            self._notices.tell(
                forgotten_words(found),
                Tone.CARE,
                action="去取回",
                works=lambda: self.frame.show_page("kit"),
            )
        elif not found:
            self.run(lambda _ctx: key_notices.bureau_notices(self.workspace), self._on_keys)

    def _on_keys(self, told: Sequence[str]) -> None:
        """Requests that wait and keys near their end are dealt with on the page of keys."""
        if self.frame.current_page() != "kit":
            self._notices.tell_all(told, Tone.CARE, action="去处理", works=self._show_keys)

    def _show_keys(self) -> None:
        self.kit.show_keys()
