"""The department's desk (主管部门端): the clerk's desk, and 接收下级, 审核, 汇总报送 beside it.

Where several people share it they sign in, as at the bureau; one alone is never asked.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from services.desk_people import asks_who
from ui.desks.base import DeskController
from ui.desks.bureau_forms_flow import FormsFlow
from ui.desks.bureau_intake_flow import IntakeFlow
from ui.desks.department_access import DepartmentAccess
from ui.desks.filer_desk import FilerDesk
from ui.desks.forwarding_flow import ForwardingFlow
from ui.desks.pass_down_flow import PassDownFlow
from ui.desks.review_badge import ReviewBadge
from ui.desks.review_flow import ReviewFlow
from ui.desks.sign_in_flow import SignInFlow
from ui.shell.records import FILER_NAVIGATION, DeskIdentity, NavigationItem

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from models.domain.desk_user import DeskUser
    from services.matrix import Matrix
    from ui.desks.base import DeskParts
    from ui.desks.settings_flow import SettingsFlow

_OWN = (
    NavigationItem("intake", "接收下级", "take_in"),
    NavigationItem("review", "审核", "review"),
    NavigationItem("summary", "汇总", "summary"),
    NavigationItem("forward", "汇总报送", "ahead"),
    NavigationItem("pass_down", "转交下级", "carrier"),
)
NAVIGATION = (*FILER_NAVIGATION[:4], *_OWN, *FILER_NAVIGATION[4:])


class DepartmentDesk(FilerDesk):
    """Everything of one department's desk (主管部门端); its own pages are made when first asked for."""

    NAVIGATION = NAVIGATION
    _closes_when_idle = False

    def __init__(
        self,
        parts: DeskParts,
        *,
        was_cut_off: bool = False,
        first: Matrix | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parts, was_cut_off=was_cut_off, first=first, parent=parent)
        self.sign_in = SignInFlow(parts, self, self.when_saved)
        self._badge = ReviewBadge(parts, self)
        self._badge.counted.connect(partial(self.frame.navigation.set_badge, "review"))
        self.sign_in.seated.connect(self._on_seated)
        self.sign_in.seated.connect(self._badge.refresh)
        self.sign_in.left.connect(self._on_left)
        if asks_who(self.workspace):  # before anything of the desk is painted
            self.frame.show_gate(self.sign_in.page)

    @property
    def settings(self) -> SettingsFlow:
        """The settings, with the way to the people."""
        is_new = "settings" not in self._made
        made = super().settings
        if is_new:
            made.view.people_card.show()
            made.view.people_card.people_requested.connect(self._show_people)
        return made

    def close(self) -> None:
        """Let every page go."""
        self._badge.close()
        self.sign_in.close()
        super().close()

    def may_close(self) -> bool:
        """An intake that goes on is stopped first; what came in stays, and the window closes after it."""
        intake = self._made.get("intake")
        if isinstance(intake, IntakeFlow) and intake.is_running:
            intake.cancel()
            if not self._closes_when_idle:
                self._closes_when_idle = True
                self.parts.jobs.busy_changed.connect(self._on_busy_changed)
            return False
        return super().may_close()

    def _on_seated(self, present: DeskUser, has_people: bool) -> None:
        """Somebody registered with their first role, else the desk's own person."""
        role = "填报人"
        if has_people and present.roles:
            role = "、".join(role.label for role in present.roles[:1]) + ("等" if present.roles[1:] else "")
        profile = self.workspace.profile
        self.frame.set_identity(
            DeskIdentity(profile.role.label, profile.unit.name, profile.person_name, role)
        )

    def _on_left(self) -> None:
        """Whoever was here is gone: the key they unlocked is forgotten."""
        made = self._made.get("access")
        if isinstance(made, DepartmentAccess):
            made.lock()

    def _show_people(self) -> None:
        """People and log of the desk; made when first asked for."""
        if "people" not in self._made:
            from ui.department.people_view import PeopleView
            from ui.desks.bureau_people_flow import PeopleFlow

            view = PeopleView()
            view.back_requested.connect(lambda: self.frame.show_page("settings"))
            self.frame.add_page("people", view)
            self._made["people"] = PeopleFlow(self.parts, view, self.sign_in, self)
        self.frame.show_page("people")

    def _on_busy_changed(self, busy: bool) -> None:
        if not busy and self._closes_when_idle:
            self._closes_when_idle = False
            self.parts.jobs.busy_changed.disconnect(self._on_busy_changed)
            self.frame.close()

    def _make_page(self, key: str) -> None:
        makers: dict[str, Callable[[], DeskController]] = {
            "intake": self._make_intake,
            "review": self._make_review,
            "summary": self._make_summary,
            "forward": self._make_forwarding,
            "pass_down": self._make_pass_down,
        }
        if key in makers:
            self._made[key] = makers[key]()
            self.frame.show_page(key)
        else:
            super()._make_page(key)

    def _access(self) -> DepartmentAccess:
        made = self._made.get("access")
        if not isinstance(made, DepartmentAccess):
            self._made["access"] = made = DepartmentAccess(self.parts, parent=self)
        return made

    def _make_intake(self) -> DeskController:
        flow = IntakeFlow(self.parts, self._access(), self)
        flow.view.title_label.setText("接收下级")
        flow.view.receipts_button.hide()
        flow.attention_counted.connect(partial(self.frame.navigation.set_badge, "intake"))
        flow.open_requested.connect(self._forms().open_package)
        return flow

    def _make_review(self) -> DeskController:
        self._badge.close()
        flow = ReviewFlow(self.parts, self._access(), self)
        for item in (flow.view.queue.binding_button, flow.view.queue.offices_button):
            item.hide()
        flow.view.remarks.set_whose("主管部门意见")
        flow.waiting_counted.connect(partial(self.frame.navigation.set_badge, "review"))
        return flow

    def _make_summary(self) -> DeskController:
        """The figures of its units; what a unit sent is read as it came."""
        from ui.desks.bureau_summary_flow import SummaryFlow

        flow = SummaryFlow(self.parts, self)
        flow.open_requested.connect(self._forms().open)
        return flow

    def _make_forwarding(self) -> DeskController:
        return ForwardingFlow(self.parts, self)

    def _make_pass_down(self) -> DeskController:
        flow = PassDownFlow(self.parts, self)
        flow.waiting_counted.connect(partial(self.frame.navigation.set_badge, "pass_down"))
        return flow

    def _forms(self) -> FormsFlow:
        """Opens forms that came."""
        made = self._made.get("forms")
        if not isinstance(made, FormsFlow):
            self._made["forms"] = made = FormsFlow(self.parts, self)
        return made
