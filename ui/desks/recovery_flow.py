"""Forgotten passwords (忘记密码控制): the ways a password is made good, and the sheet for when nobody can confirm."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models.domain.errors import DeskError, WrongPassword
from services import people, recovery_sheets
from services.job import JobContext
from services.people import Recovery
from services.recovery_sheets import SheetDraft
from ui.bureau.choosing import choose_target
from ui.bureau.sheet_dialogs import SheetCodeDialog, SheetRecoveryDialog, SheetStartDialog
from ui.bureau.sign_in_dialogs import (
    ColleagueRecoveryDialog,
    ForgottenDialog,
    KeyRecoveryDialog,
    RecoveryDialog,
    WaitingDialog,
)
from ui.desks.base import DeskController, DeskParts, open_outside
from ui.desks.sitting import Sitting

_RESET = "登录密码已重设，本人首次登录时要改成自己的密码。"
_USED = "恢复单已作废，请系统管理员登录后在“操作人员”页生成新的。"
_KEPT = "第 {number} 号恢复单已启用，请装入信封封好，交单位负责人锁进保险柜。"


class RecoveryFlow(DeskController):
    """Asks those who can confirm (忘记密码); `recovered` and `made` carry one sentence on what was done."""

    recovered = Signal(str)
    made = Signal(str)

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._least = people.LEAST_LENGTH

    def begin(self, sitting: Sitting, forgotten: str = "") -> None:
        """Make a forgotten password good: two others confirm; where there are not two, see `Recovery`."""
        ways = {
            Recovery.KEYS: self._with_keys,
            Recovery.COLLEAGUE: self._with_colleague,
            Recovery.TWO_OTHERS: self._with_two_others,
        }
        dialog = ways[sitting.recovery](sitting, forgotten)
        dialog.offer_sheet(sitting.sheet is not None)

        def use_sheet() -> None:
            forgotten_now = dialog.user_id()
            dialog.reject()
            self._with_sheet(sitting, forgotten_now)

        dialog.sheet_requested.connect(use_sheet)
        self.open_dialog(dialog)

    def make_sheet(self, sitting: Sitting) -> None:
        """Make a sheet: two people confirm, the code is written down and read back."""
        others = [u for u in sitting.people if u.is_active and u.user_id != sitting.present.user_id]
        able = recovery_sheets.confirmers(sitting.people, sitting.present)
        dialog = SheetStartDialog(sitting.sheet, sitting.present, others, able, self.frame)
        workspace = self.workspace
        dialog.submitted.connect(
            lambda own, other: self.run_for(
                dialog,
                lambda _ctx: recovery_sheets.begin_sheet(workspace, own, other),
                self._write_down,
                partial(show_refused, dialog),
            )
        )
        self.open_dialog(dialog)

    # The ways ---------------------------------------------------------------------------------

    def _with_two_others(self, sitting: Sitting, forgotten: str) -> ForgottenDialog:
        dialog = RecoveryDialog(sitting.people, forgotten, self._least, self.frame)

        def submit(user_id: str, confirming: Sequence[tuple[str, str]], new: str) -> None:
            self._confirm(dialog, lambda: people.recover(self.workspace, user_id, confirming, new))

        dialog.submitted.connect(submit)
        return dialog

    def _with_keys(self, sitting: Sitting, forgotten: str) -> ForgottenDialog:
        secret = sitting.secret or "签发密码"
        dialog = KeyRecoveryDialog(sitting.people, forgotten, secret, self._least, self.frame)

        def submit(user_id: str, root: str, bureau: str, new: str) -> None:
            self._confirm(
                dialog, lambda: people.recover_with_keys(self.workspace, user_id, root, bureau, new)
            )

        dialog.submitted.connect(submit)
        return dialog

    def _with_colleague(self, sitting: Sitting, forgotten: str) -> ForgottenDialog:
        dialog = ColleagueRecoveryDialog(sitting.people, forgotten, sitting.secret, self._least, self.frame)

        def submit(user_id: str, other: str, password: str, key: str, new: str) -> None:
            given = (self.workspace, user_id, (other, password), key, new)
            self._confirm(dialog, lambda: people.recover_with_colleague(*given))

        dialog.submitted.connect(submit)
        return dialog

    def _with_sheet(self, sitting: Sitting, forgotten: str) -> None:
        dialog = SheetRecoveryDialog(sitting.people, forgotten, self._least, self.frame)

        def submit(user_id: str, code: str, allowed: str, new: str) -> None:
            given = (self.workspace, user_id, code, allowed, new)
            self._confirm(dialog, lambda: recovery_sheets.recover_with_sheet(*given), f"{_RESET}{_USED}")

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)

    def _confirm(self, dialog: WaitingDialog, work: Callable[[], None], told: str = _RESET) -> None:
        self.run_for(
            dialog,
            lambda _ctx: work(),
            lambda _none: self.recovered.emit(told),
            partial(show_refused, dialog),
        )

    # The sheet --------------------------------------------------------------------------------

    def _write_down(self, draft: SheetDraft) -> None:
        dialog = SheetCodeDialog(draft, self.frame)
        dialog.page_requested.connect(lambda: self._print(dialog, draft))
        dialog.submitted.connect(
            lambda typed: self.run_for(
                dialog,
                lambda _ctx: recovery_sheets.keep_sheet(self.workspace, draft, typed),
                lambda kept: self.made.emit(_KEPT.format(number=kept.number)),
            )
        )
        self.open_dialog(dialog)

    def _print(self, dialog: SheetCodeDialog, draft: SheetDraft) -> None:
        def save(path: str) -> None:
            target = Path(path) if path.lower().endswith(".pdf") else Path(f"{path}.pdf")

            def work(_ctx: JobContext) -> Path:
                self.workspace.tools.files.write(target, recovery_sheets.sheet_page(self.workspace, draft))
                return target

            def failed(error: BaseException) -> None:
                if isinstance(error, DeskError):
                    dialog.show_problem(error.sentence)
                else:
                    self.parts.door.show(error)

            self.run(work, open_outside, failed)

        name = f"登录密码恢复单_第{draft.number}号.pdf"
        choose_target(dialog, "保存恢复单（恢复码手写，不在文件里）", name, "PDF 文件 (*.pdf)", save)


def show_refused(asking: WaitingDialog, error: DeskError) -> None:
    """Say what was wrong; a wrong password counts down to the next try."""
    if isinstance(error, WrongPassword):
        asking.show_wrong_password(f"{error.what.rstrip('。')}。", error.wait_seconds)
    else:
        asking.show_problem(error.sentence)
