"""The unit's keys over the years (签名办理控制): 单位负责人's key, and requests for registration, 续期 and 补办."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from models.domain.errors import DeskError, WrongPassword
from models.domain.message import RequestPurpose
from services import covers, key_care, token_keys
from services.key_care import KeyState
from services.key_names import HEAD, UNIT
from services.ports.exchange import CertificateInfo, WrittenPackage
from services.ports.tokens import TokenChoice
from services.setup import MINIMUM_PASSWORD_LENGTH
from ui.desks.base import DeskController, DeskParts
from ui.desks.token_flow import TokenFlow
from ui.filer.key_dialogs import HeadKeyDialog, RenewalDialog
from ui.widgets.file_drop import choose_folder
from ui.widgets.password_dialog import PasswordDialog

_INTROS = {
    RequestPurpose.FIRST: "生成签名登记申请，交给财政部门核对登记。",
    RequestPurpose.REPLACEMENT: "生成补办申请，财政部门核对申请表上的核对码后登记新签名、注销原来的签名。",
}
_TITLES = {RequestPurpose.FIRST: "生成签名登记申请", RequestPurpose.REPLACEMENT: "生成补办申请"}


class KeyCareFlow(DeskController):
    """Requests for the desk's keys, and the second signer's key."""

    def __init__(self, parts: DeskParts, tokens: TokenFlow, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self._tokens = tokens

    def set_head(self) -> None:
        """Make the key of 单位负责人, or one in its place."""
        states = {state.name: state for state in key_care.key_states(self.workspace)}
        before = states[HEAD].certificate.subject.person_name if HEAD in states else ""
        offers = self._tokens.is_offered()
        dialog = HeadKeyDialog(before, MINIMUM_PASSWORD_LENGTH, self.frame, offers_token=offers)
        told = "单位负责人签名已设置。财政部门首次收到时凭封面上的核对码登记。"
        dialog.submitted.connect(
            lambda wish: self.run_for(
                dialog,
                lambda _ctx: self._make_head(*wish),
                lambda _info: self.frame.notice.show_notice(told),
                lambda error: dialog.refuse(error.sentence),
            )
        )
        self.open_dialog(dialog)
        self._tokens.attend(dialog, dialog.means.chooser, dialog.refuse)
        dialog.means.token_wanted.connect(lambda: self._tokens.find_modules(dialog, dialog.means.chooser))

    def _make_head(self, name: str, secret: str | TokenChoice) -> CertificateInfo:
        """The key in a file, or on the token that was chosen."""
        if isinstance(secret, TokenChoice):
            return token_keys.make_head_key(self.workspace, name, secret)
        return key_care.make_head_key(self.workspace, name, secret)

    def request(self, name: str = UNIT) -> None:
        """Ask for the folder, then write the request that is due."""
        state = next((one for one in key_care.key_states(self.workspace) if one.name == name), None)
        if state is None:
            return
        choose_folder(self.frame, "申请存到文件夹", lambda folder: self._ask(state, Path(folder)))

    def _ask(self, state: KeyState, folder: Path) -> None:
        secret = token_keys.secret_name(self.workspace, state.name)
        if not state.certificate.is_self_signed:
            on_file = token_keys.place_of(self.workspace, state.name) is None
            dialog: PasswordDialog | RenewalDialog = RenewalDialog(
                secret, state.valid_until, MINIMUM_PASSWORD_LENGTH, offers_new=on_file, parent=self.frame
            )
        else:
            purpose = state.due or RequestPurpose.FIRST
            dialog = PasswordDialog(_TITLES[purpose], _INTROS[purpose], (secret,), parent=self.frame)

        def failed(error: DeskError) -> None:
            if isinstance(error, WrongPassword):
                dialog.show_wrong_password(f"{error.what.rstrip('。')}。", error.wait_seconds)
            else:
                dialog.show_problem(error.sentence)

        dialog.submitted.connect(
            lambda given: self.run_for(
                dialog, lambda _ctx: self._written(state, folder, *given), self._done, failed
            )
        )
        self.open_dialog(dialog)

    def _written(
        self, state: KeyState, folder: Path, password: str, new_password: str = ""
    ) -> tuple[WrittenPackage, bool]:
        """The request, and the page for the seal where the bureau compares one."""
        written = key_care.write_request(self.workspace, state.name, folder, password, new_password)
        if not state.certificate.is_self_signed:
            return written, False
        purpose = state.due or RequestPurpose.FIRST
        page = covers.registration_page(self.workspace, state.certificate, purpose, state.replaces)
        name = "签名补办申请表.pdf" if purpose is RequestPurpose.REPLACEMENT else "签名登记申请表.pdf"
        self.workspace.tools.files.write(folder / name, page)
        return written, True

    def _done(self, made: tuple[WrittenPackage, bool]) -> None:
        written, has_page = made
        more = "请连同盖章的申请表交给财政部门。" if has_page else "请交给财政部门，续期不用再盖章核对。"
        self.frame.notice.show_notice(f"已生成 {written.path.name}，{more}")
