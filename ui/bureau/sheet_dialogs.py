"""恢复单: made by two people, its code written down by hand and read back; used when nobody can confirm a password."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.bureau.sign_in_dialogs import ForgottenDialog, WaitingDialog
from ui.bureau.sign_in_fields import chooser
from ui.theme import Tone, px
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.check_code import CheckCodeLabel
from ui.widgets.dates import full_time
from ui.widgets.field import Field
from ui.widgets.labels import paragraph
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.password_field import PasswordField
from ui.widgets.placing import resize_within_screen

if TYPE_CHECKING:
    from models.domain.desk_user import DeskUser
    from services.recovery_sheets import RecoverySheet, SheetDraft

_WHAT = (
    "恢复单是一张锁在保险柜里的纸：没有人能确认忘记的登录密码时，凭上面的恢复码重设一次。"
    "由系统管理员和另一位操作人员一起生成，交单位负责人封存。"
)
_NONE = "还没有恢复单。没有人能确认忘记的登录密码时，要靠它才能进入。"
_NOBODY = "其他操作人员还没有改过首次登录的密码，请他们登录一次、改好密码后再生成。"
_WRITE = "请把恢复码抄在恢复单上。它只显示这一次，不保存在电脑里；关闭本窗口前没有启用的不算数。"
_READ = "请照纸上抄写的输入一遍。输入无误才启用，以前的恢复单随即作废。"
_USE = "请取出封存的恢复单。恢复码用一次即作废，会记入操作日志，其他操作人员下次登录时都会看到。"


class SheetStartDialog(WaitingDialog):
    """Who makes a sheet (生成恢复单): `submitted` carries the own password, and id and password of a colleague or None.

    `others` are those in place beside `present`, `able` those of them who can confirm.
    """

    submitted = Signal(str, object)

    def __init__(
        self,
        sheet: RecoverySheet | None,
        present: DeskUser,
        others: Sequence[DeskUser],
        able: Sequence[DeskUser],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("恢复单", "生成新的恢复单" if sheet else "生成恢复单", _WHAT, parent)
        resize_within_screen(self, px(560), px(440))
        self._needs_other = bool(others)
        self.state = NoticeBar()
        told = (
            f"现在有效的是第 {sheet.number} 号，{full_time(sheet.made_at)}由{sheet.made_by}生成。"
            if sheet
            else _NONE
        )
        if others and not able:
            told = f"{told}{_NOBODY}"
        self.state.show_notice(told, Tone.ACCENT if sheet else Tone.CARE, closable=False)
        self.own, self.other, self.password = PasswordField(), chooser(able), PasswordField()
        self.body.addWidget(self.state)
        self.body.addWidget(Field(f"{present.name}的登录密码", self.own))
        if others:
            fields = row(Field("另一位操作人员", self.other), Field("这一位的登录密码", self.password))
            fields.setStretch(0, 1)
            fields.setStretch(1, 1)
            self.body.addLayout(fields)
        for item in (self.own, self.other, self.password):
            item.setEnabled(bool(able) or not others)
        self.body.addWidget(self.wait)
        self.body.addStretch(1)
        for field in (self.own, self.password):
            field.textChanged.connect(lambda _text: self.judge())
        self.other.currentIndexChanged.connect(lambda _row: self.judge())
        self.judge()

    def submit(self) -> None:
        """Hand both over; whoever asked closes the dialog."""
        other = (str(self.other.currentData()), self.password.text()) if self._needs_other else None
        self.submitted.emit(self.own.text(), other)

    def is_complete(self) -> bool:
        """The own password, and a colleague with theirs where there are colleagues."""
        other = bool(self.other.currentData() and self.password.text())
        return bool(self.own.text()) and (other or not self._needs_other)


class SheetCodeDialog(WaitingDialog):
    """The code, shown once and then read back from the paper (抄写恢复码).

    `page_requested` wants the page to write on; `submitted` carries what was read from the paper.
    """

    page_requested = Signal()
    submitted = Signal(str)

    def __init__(self, draft: SheetDraft, parent: QWidget | None = None) -> None:
        super().__init__(f"第 {draft.number} 号恢复单", "抄好了，下一步", _WRITE, parent)
        resize_within_screen(self, px(640), px(360))
        self.code = CheckCodeLabel(draft.code, points=15)
        self.typed = QLineEdit()
        self._typed_field = Field("纸上的恢复码", self.typed, "大小写不分，空格可以不输")
        self.page_button = button("打印恢复单…", icon_name="print", clicked=self.page_requested.emit)
        self.back_button = button("再看一遍恢复码", "link", clicked=lambda: self._show(reading=False))
        self.body.addWidget(self.code)
        self.body.addLayout(row(self.page_button, self.back_button, None))
        self.body.addWidget(self._typed_field)
        self.body.addStretch(1)
        self.typed.textChanged.connect(lambda _text: self.judge())
        self._show(reading=False)

    def submit(self) -> None:
        """First hide the code, then hand over what was read."""
        if self.code.isHidden():
            self.submitted.emit(self.typed.text())
        else:
            self._show(reading=True)

    def is_complete(self) -> bool:
        """Whether something was read back; while the code is shown one may always go on."""
        return not self.code.isHidden() or bool(self.typed.text().strip())

    def _show(self, *, reading: bool) -> None:
        self.code.setHidden(reading)
        self.page_button.setHidden(reading)
        self.back_button.setHidden(not reading)
        self._typed_field.setHidden(not reading)
        self.intro.setText(_READ if reading else _WRITE)
        self.accept_button.setText("核对并启用" if reading else "抄好了，下一步")
        self.judge()
        (self.typed if reading else self.page_button).setFocus()


class SheetRecoveryDialog(ForgottenDialog):
    """A forgotten password made good with the sheet (凭恢复单恢复); `submitted` carries id, code, who allowed it, new one."""

    submitted = Signal(str, str, str, str)

    def __init__(
        self, people: Sequence[DeskUser], forgotten: str, min_length: int, parent: QWidget | None = None
    ) -> None:
        super().__init__("用恢复单重设密码", _USE, people, forgotten, min_length, parent)
        resize_within_screen(self, px(560), px(620))
        self.code, self.allowed = QLineEdit(), QLineEdit()
        self.code.setPlaceholderText("20 位，每 4 位一组")
        self.body.addWidget(Field("恢复码", self.code, "大小写不分，空格可以不输"))
        self.body.addWidget(Field("批准启封的人", self.allowed, "一般是单位负责人，写姓名"))
        self.body.addWidget(self.wait)
        self.body.addWidget(self.new)
        self.body.addStretch(1)
        for field in (self.code, self.allowed):
            field.textChanged.connect(lambda _text: self.judge())
        self.judge()

    def submit(self) -> None:
        """Hand everything over; whoever asked closes the dialog."""
        self.submitted.emit(self.user_id(), self.code.text(), self.allowed.text(), self.new.password())

    def is_complete(self) -> bool:
        """Somebody, a code, who allowed it, and a new password."""
        given = self.code.text().strip() and self.allowed.text().strip()
        return bool(self.user_id() and given) and self.new.is_acceptable()


class SignInNoticesDialog(WaitingDialog):
    """What happened to passwords since (登录告知): read once, then kept in the log only."""

    submitted = Signal()

    def __init__(self, notices: Sequence[str], parent: QWidget | None = None) -> None:
        intro = "您不在时办理的登录密码事项。不是本单位安排的，请马上告诉单位负责人，并在操作日志里核对。"
        super().__init__("登录密码有变动", "知道了", intro, parent)
        resize_within_screen(self, px(560), px(330))
        self.reject_button.hide()
        for notice in notices:
            self.body.addWidget(paragraph(f"· {notice}"))
        self.body.addStretch(1)

    def submit(self) -> None:
        """They were read."""
        self.submitted.emit()
