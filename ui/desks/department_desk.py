"""The department's desk (主管部门端): the clerk's desk, and 接收下级, 审核, 汇总报送 beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ui.desks.base import DeskController
from ui.desks.bureau_forms_flow import FormsFlow
from ui.desks.bureau_intake_flow import IntakeFlow
from ui.desks.department_access import DepartmentAccess
from ui.desks.filer_desk import FilerDesk
from ui.desks.forwarding_flow import ForwardingFlow
from ui.desks.pass_down_flow import PassDownFlow
from ui.desks.review_flow import ReviewFlow
from ui.shell.records import FILER_NAVIGATION, NavigationItem

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
