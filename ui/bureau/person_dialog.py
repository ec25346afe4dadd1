"""Entering or changing a person at the desk (添加、修改操作人员)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from models.domain.desk_user import DeskUser, UserRole
from ui.theme import px
from ui.widgets.dialog import DeskDialog
from ui.widgets.field import Field
from ui.widgets.labels import label, paragraph
from ui.widgets.password_field import NewPassword
from ui.widgets.placing import resize_within_screen

_COLUMNS = 3
_FIRST = "把这个密码当面告诉本人，本人第一次登录时改成自己的密码。"
_OWN = "先登记您自己，再添加同事。只有一个人时打开程序不用登录，添加同事以后用这个密码登录。"


class PersonDraft(NamedTuple):
    """What was entered (操作人员资料); `password` is "" when a person is changed."""

    name: str
    roles: tuple[UserRole, ...]
    office: str
    is_active: bool
    password: str


class PersonDialog(DeskDialog):
    """Asks who somebody is and what they may do (操作人员资料); `submitted` carries a PersonDraft.

    `roles` are those of the desk; `own_name` is given where whoever sits there enters themselves: they do everything.
    """

    submitted = Signal(object)

    def __init__(
        self,
        user: DeskUser | None,
        roles: Sequence[UserRole],
        offices: Sequence[str],
        min_length: int,
        parent: QWidget | None = None,
        *,
        own_name: str = "",
    ) -> None:
        title = f"修改操作人员　{user.name}" if user else "登记本人" if own_name else "添加操作人员"
        super().__init__(title, "保存" if user else "登记" if own_name else "添加", parent)
        resize_within_screen(self, px(560), px(430 if user or own_name else 600))
        self._is_own = bool(own_name)
        self.name = QLineEdit(user.name if user else own_name)
        kept = (role for role in UserRole if role in roles or (user and role in user.roles))
        self.roles = {role: QCheckBox(role.label) for role in kept}
        self.office = QComboBox()
        self.office.setEditable(True)
        self.office.addItems(["", *offices])
        self.office.setCurrentText(user.office if user else "")
        self.active = QCheckBox("在用（不勾选就是停用，停用后不能登录，办过的记录都保留）")
        self.active.setChecked(user.is_active if user else True)
        asked = "登录密码" if self._is_own else "首次登录的密码"
        self.password = None if user else NewPassword(asked, min_length)
        for role, box in self.roles.items():
            box.setChecked(self._is_own or (user is not None and role in user.roles))
            box.toggled.connect(lambda _checked: self._judge())
        self._lay_out(user is not None)
        self.name.textChanged.connect(lambda _text: self._judge())
        if self.password is not None:
            self.password.changed.connect(self._judge)
        self._judge()

    def submit(self) -> None:
        """Hand it over; whoever asked closes the dialog."""
        self.submitted.emit(
            PersonDraft(
                self.name.text(),
                self._chosen(),
                self.office.currentText(),
                self.active.isChecked(),
                self.password.password() if self.password else "",
            )
        )

    def set_busy(self, busy: bool) -> None:
        """Afterwards only what may be pressed."""
        super().set_busy(busy)
        if not busy:
            self._judge()

    def _lay_out(self, is_known: bool) -> None:
        if not is_known:
            self.body.addWidget(Field("姓名", self.name, required=True))
        if not self._is_own:
            self.body.addWidget(label("角色（可以选几个）", "caption"))
            grid = QGridLayout()
            for number, box in enumerate(self.roles.values()):
                grid.addWidget(box, number // _COLUMNS, number % _COLUMNS)
            self.body.addLayout(grid)
        if UserRole.OFFICE_REVIEWER in self.roles:
            told = "业务股室初审人员只审自己股室归口的表，股室名称要与名录里的一致。"
            self.body.addWidget(Field("股室", self.office, told))
        if self.password is None:
            self.body.addWidget(self.active)
        else:
            self.body.addWidget(self.password)
            self.body.addWidget(paragraph(_OWN if self._is_own else _FIRST, "muted"))
        self.body.addStretch(1)

    def _chosen(self) -> tuple[UserRole, ...]:
        return tuple(role for role, box in self.roles.items() if box.isChecked())

    def _judge(self) -> None:
        is_ready = self.password is None or self.password.is_acceptable()
        self.accept_button.setEnabled(bool(self.name.text().strip() and self._chosen()) and is_ready)
