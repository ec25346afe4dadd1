"""The department's own key while the window is open (主管部门签名的使用): for its return slips, asked for once a sitting."""

from __future__ import annotations

from collections.abc import Callable

from models.domain.errors import DeskError, WrongPassword
from services import token_keys
from services.department.returning import return_obstacle
from services.ports.exchange import UnlockedKey
from ui.desks.bureau_key_access import ONCE, KeyAccess
from ui.widgets.password_dialog import PasswordDialog


class DepartmentAccess(KeyAccess):
    """Hands out the department's key (主管部门签名); there are no bureau's keys at this desk."""

    key: UnlockedKey | None = None

    def need_signature(self, why: str, then: Callable[[UnlockedKey], object]) -> None:
        """Call `then` with the key, or say why units would not believe it yet."""
        if self.key is not None:
            then(self.key)
            return
        self.run(lambda _ctx: return_obstacle(self.workspace), lambda told: self._ask(told, why, then))

    def lock(self) -> None:
        """Forget the key: whoever gave its password is gone."""
        self.key = None
        super().lock()

    def close(self) -> None:
        """Forget the key."""
        self.key = None
        super().close()

    def _ask(self, obstacle: str, why: str, then: Callable[[UnlockedKey], object]) -> None:
        if obstacle:
            self.frame.notice.show_notice(obstacle, "care")
            return
        told = f"演示签名密码：{self.parts.practice_signature}。" if self.parts.practice_password else ""
        asked = token_keys.secret_name(self.workspace, "unit")
        dialog = PasswordDialog(f"输入{asked}", f"{why}{ONCE}{told}", (asked,), "确定", self.frame)

        def done(key: UnlockedKey) -> None:
            self.key = key
            then(key)

        def failed(error: DeskError) -> None:
            if isinstance(error, WrongPassword):
                dialog.show_wrong_password(f"{error.what.rstrip('。')}。", error.wait_seconds)
            else:
                dialog.show_problem(error.sentence)

        def submit(given: tuple[str]) -> None:
            now, vault = self.workspace.tools.clock.now(), self.workspace.vault
            self.run_for(dialog, lambda _ctx: vault.unlock("unit", given[0], now), done, failed)

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)
