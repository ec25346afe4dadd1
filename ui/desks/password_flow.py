"""Changing a password in 设置 (修改密码), the same at both desks: which key, the question, what came of it."""

from __future__ import annotations

from models.domain.errors import DeskError, WrongPassword
from services import setup, token_keys
from services.key_names import PASSWORDS
from services.setup import MINIMUM_PASSWORD_LENGTH
from ui.desks.base import DeskController
from ui.widgets.change_password_dialog import ChangePasswordDialog

LEAST_PIN = 4
"""Least length of a PIN this program asks for; what else it must be the token says itself."""

_PIN = " PIN 码"
"""With the blank that stands between Chinese and Latin letters."""

_TOKENS = (
    "改的是 UKey 自己的 PIN 码，请先插好 UKey；用这个 UKey 的其他程序也要用新的 PIN 码。连续输错会锁定。"
)
_KEPT = "签名本身不变，财政部门不用重新登记。"
_APART = "根密码和签发密码请不要设成一样。"
_FORGOTTEN = "忘记原来的密码时不能修改"


class PasswordFlow(DeskController):
    """Asks for old and new password and changes it (修改密码)."""

    def change(self, key: str) -> None:
        """Open the dialog for one of the desk's keys, a name of PASSWORDS."""
        on_token = token_keys.place_of(self.workspace, key) is not None
        name = _PIN if on_token else PASSWORDS[key]
        if self.parts.practice_password:
            self.frame.notice.show_notice("演示工作区的密码是固定的，不能修改。")
            return
        if on_token:
            intro = _TOKENS
        elif key == "unit":
            intro = f"{_KEPT}{_FORGOTTEN}，请用“更换签名”。"
        elif key == "head":
            intro = f"由负责人本人修改。{_KEPT}{_FORGOTTEN}，请用“更换负责人签名”。"
        else:
            intro = f"密钥本身不变，已下发的任务参数包和证书照常有效。{_APART}{_FORGOTTEN}。"
        least = LEAST_PIN if on_token else MINIMUM_PASSWORD_LENGTH
        dialog = ChangePasswordDialog(f"修改{name}", intro, name, least, self.frame)

        def failed(error: DeskError) -> None:
            if isinstance(error, WrongPassword):
                what = error.what.replace("签名密码", f"原来的{name}")
                dialog.show_wrong_password(f"{what.rstrip('。')}。", error.wait_seconds)
            else:
                dialog.show_problem(error.sentence)

        def submit(old: str, new: str) -> None:
            self.run_for(
                dialog,
                lambda _ctx: setup.change_key_password(self.workspace, key, old, new),
                lambda _none: self.frame.notice.show_notice(f"{name.strip()}已修改，请记牢新的密码。"),
                failed,
            )

        dialog.submitted.connect(submit)
        self.open_dialog(dialog)
