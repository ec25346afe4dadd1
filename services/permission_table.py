"""Who may do what at a bureau's or department's desk (权限表): actions that need a right, and the roles that have it, as a table.

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
    SEAL = "seal"
    FORWARD = "forward"
    OWN_KEYS = "own_keys"

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
    Action.SEAL: "生成报送文件",
    Action.FORWARD: "汇总报送",
    Action.OWN_KEYS: "设置签名",
}

_OFFICE_WORK = frozenset({Action.ENLIST, Action.APPROVE, Action.ASSIGN})
_DESK_WORK = frozenset({Action.ISSUE_KIT, Action.KEYS, Action.REMOVE_UNIT, Action.OPINION_SHEETS})

_SENDING = frozenset({Action.SEAL, Action.FORWARD, Action.OWN_KEYS})

ROLE_ACTIONS: Mapping[UserRole, frozenset[Action]] = {
    UserRole.CLERK: _SENDING,
    UserRole.DEPARTMENT_REVIEWER: frozenset(),
    UserRole.HEAD: _SENDING,
    UserRole.OFFICE_REVIEWER: frozenset(),
    UserRole.PERFORMANCE_REVIEWER: _OFFICE_WORK | _DESK_WORK,
    UserRole.LEADER: _OFFICE_WORK,
    UserRole.ADMINISTRATOR: frozenset(Action),
}
"""What each role may do; the lead stays with 系统管理员 for people, backups and databases."""

DEPARTMENT_ROLES = (UserRole.CLERK, UserRole.DEPARTMENT_REVIEWER, UserRole.HEAD, UserRole.ADMINISTRATOR)
"""The roles at a department's desk."""

BUREAU_ROLES = (
    UserRole.OFFICE_REVIEWER,
    UserRole.PERFORMANCE_REVIEWER,
    UserRole.LEADER,
    UserRole.ADMINISTRATOR,
)
"""The roles at a bureau's desk."""


def roles_for(action: Action) -> tuple[UserRole, ...]:
    """The roles that may do something, those nearest to the daily work first."""
    return tuple(role for role in UserRole if action in ROLE_ACTIONS[role])
