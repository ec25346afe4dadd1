"""Who may do what at a bureau's desk (权限表): actions that need a right, and the roles that have it, as a table.

Deciding on filings is not here: that follows from level and office of the kit's review (`services.permissions`).
"""

from __future__ import annotations

import enum
from collections.abc import Mapping

from models.domain.desk_user import UserRole


class Action(enum.StrEnum):
    """Work at the desk that not everybody may do (受限工作)."""

    PEOPLE = "people"
    ISSUE_KIT = "issue_kit"
    KEYS = "keys"
    RESTORE = "restore"
    MOVE = "move"
    REMOVE_UNIT = "remove_unit"
    ENLIST = "enlist"
    APPROVE = "approve"
    ASSIGN = "assign"
    OPINION_SHEETS = "opinion_sheets"

    @property
    def label(self) -> str:
        """The work in the words of a sentence: 没有…的权限."""
        return _LABELS[self]


_LABELS: Mapping[Action, str] = {
    Action.PEOPLE: "管理操作人员",
    Action.ISSUE_KIT: "下发任务参数包",
    Action.KEYS: "登记和注销签名",
    Action.RESTORE: "从备份恢复",
    Action.MOVE: "移动工作区数据",
    Action.REMOVE_UNIT: "移除单位",
    Action.ENLIST: "项目入库",
    Action.APPROVE: "登记批复",
    Action.ASSIGN: "改派",
    Action.OPINION_SHEETS: "办理股室审核意见表",
}

_OFFICE_WORK = frozenset({Action.ENLIST, Action.APPROVE, Action.ASSIGN})
_DESK_WORK = frozenset({Action.ISSUE_KIT, Action.KEYS, Action.REMOVE_UNIT, Action.OPINION_SHEETS})

ROLE_ACTIONS: Mapping[UserRole, frozenset[Action]] = {
    UserRole.DEPARTMENT_REVIEWER: frozenset(),
    UserRole.OFFICE_REVIEWER: frozenset(),
    UserRole.PERFORMANCE_REVIEWER: _OFFICE_WORK | _DESK_WORK,
    UserRole.LEADER: _OFFICE_WORK,
    UserRole.ADMINISTRATOR: frozenset(Action),
}
"""What each role may do; the lead stays with 系统管理员 for people, backups and databases."""


def roles_for(action: Action) -> tuple[UserRole, ...]:
    """The roles that may do something, those nearest to the daily work first."""
    return tuple(role for role in UserRole if action in ROLE_ACTIONS[role])
