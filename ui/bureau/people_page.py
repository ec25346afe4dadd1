"""People at the desk (操作人员): who they are, what they may do, who works here now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.bureau.fitting_table import FittingTable
from ui.theme import Tone
from ui.widgets.buttons import button
from ui.widgets.card import row
from ui.widgets.chip import ChipLook
from ui.widgets.dates import full_time
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import ElidedLabel
from ui.widgets.page import ListCard
from ui.widgets.record_model import Column

if TYPE_CHECKING:
    from models.domain.desk_user import DeskUser

_HERE = ChipLook("在用", Tone.GOOD, "check")
_FIRST = ChipLook("首次登录要改密码", Tone.CARE, "password")
_LEFT = ChipLook("已停用", Tone.PLAIN, "forbidden")


def roles_words(user: DeskUser) -> str:
    """绩效股复审、系统管理员."""
    return "、".join(role.label for role in user.roles)


def _look(user: DeskUser) -> ChipLook:
    if not user.is_active:
        return _LEFT
    return _FIRST if user.must_change else _HERE


COLUMNS: tuple[Column[DeskUser], ...] = (
    Column("姓名", lambda user: user.name),
    Column("角色", roles_words, share=2),
    Column("股室", lambda user: user.office or "—", share=1),
    Column("状态", lambda user: _look(user).word, chip=_look),
    Column("上次改动", lambda user: full_time(user.changed_at) if user.changed_at else "—"),
)


DEPARTMENT_COLUMNS = (*COLUMNS[:2], *COLUMNS[3:])
_NOBODY = (
    "没有登记时，由一个人办理全部工作。登记以后，每个人用自己的密码切换，审核决定记在各自名下。"
    "第一位登记的人同时是系统管理员。"
)
_ALONE = (
    "由一个人办理全部工作的，不用登记，打开程序也不用登录。几个人分工的，先登记您自己，再添加同事；"
    "以后每个人用自己的密码登录，审核意见记在各自名下。"
)
_THREE = "三位在用的操作人员：忘记密码的人和两位确认人"


class PeoplePage(QWidget):
    """The list of people (操作人员); entering and changing is for 系统管理员 once there are people.

    `is_department` where one person alone works without signing in, and there are no offices.
    """

    add_requested = Signal()
    change_requested = Signal(object)
    password_requested = Signal()
    recovery_requested = Signal()
    sheet_requested = Signal()
    switch_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, is_department: bool = False) -> None:
        super().__init__(parent)
        self._may_manage, self._needs_sheet, self._is_department = True, False, is_department
        self.add_button = button("添加…", icon_name="add", clicked=self.add_requested.emit)
        self.change_button = button("修改或停用…", icon_name="edit", clicked=self._on_change)
        self.password_button = button(
            "修改登录密码…", icon_name="password", clicked=self.password_requested.emit
        )
        self.recovery_button = button("忘记密码…", clicked=self.recovery_requested.emit)
        self.sheet_button = button("恢复单…", clicked=self.sheet_requested.emit)
        self.switch_button = button("换人…", "primary", clicked=self.switch_requested.emit)
        self.present_label = ElidedLabel("", "muted")
        columns = DEPARTMENT_COLUMNS if is_department else COLUMNS
        self.table: FittingTable[DeskUser] = FittingTable(columns, (len(columns) - 1,), row_height=34)
        self.table.setAccessibleName("操作人员列表")
        tools = row(
            self.add_button,
            self.change_button,
            self.password_button,
            self.recovery_button,
            self.sheet_button,
            self.present_label,
            self.switch_button,
        )
        tools.setStretch(5, 1)
        self.empty = EmptyState(
            "还没有登记操作人员",
            "添加…",
            hint=_ALONE if is_department else _NOBODY,
            icon_name="register",
        )
        self.card = ListCard(self.table, self.empty, tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self.card)
        self.empty.wanted.connect(self.add_requested)
        self.table.record_chosen.connect(lambda _user: self._judge())
        self.table.record_opened.connect(lambda _user: self._on_change())
        self._judge()

    def set_people(self, people: Sequence[DeskUser], present: DeskUser, *, may_manage: bool) -> None:
        """Show everybody and who works here; `present` without roles is nobody of the list."""
        self._may_manage = may_manage or not people
        self.table.set_records(people)
        self.card.show_content(bool(people))
        left = sum(user.is_active for user in people)
        is_alone = self._is_department and left < 2
        if not people:
            self.present_label.set_words("")
        elif is_alone:
            self.present_label.set_words("只有一位在用的操作人员，打开程序不用登录", "不用登录")
        elif present.roles:
            self.present_label.set_words(f"现在是：{present.name}（{roles_words(present)}）", present.name)
        else:
            self.present_label.set_words("现在没有人登录，请点“换人…”")
        has_enough = left > (1 if self._is_department else 2)
        self.switch_button.setEnabled(bool(people) and not is_alone)
        self._needs_sheet = bool(people) and not is_alone
        self.password_button.setEnabled(bool(people and present.roles))
        self.recovery_button.setEnabled(has_enough)
        fewest = "两位在用的操作人员" if self._is_department else _THREE
        self.recovery_button.setToolTip("" if has_enough else f"要有{fewest}")
        self._judge()

    def _judge(self) -> None:
        told = "" if self._may_manage else "由系统管理员办理，请先换人"
        self.sheet_button.setEnabled(self._may_manage and self._needs_sheet)
        self.sheet_button.setToolTip(told or ("" if self._needs_sheet else "不用登录的，也就不用恢复单"))
        self.add_button.setEnabled(self._may_manage)
        self.change_button.setEnabled(self._may_manage and self.table.chosen() is not None)
        for item in (self.add_button, self.change_button):
            item.setToolTip(told)

    def _on_change(self) -> None:
        user = self.table.chosen()
        if user is not None and self._may_manage:
            self.change_requested.emit(user)
