"""People who work at one desk (操作人员), their roles, and how a forgotten password is made good (F84, F85)."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.domain.review import ReviewLevel


class UserRole(enum.StrEnum):
    """What a person may do at a bureau's or department's desk (角色), domain §0.2.

    经办人, 审核人 and 单位负责人 work at a department, the others at the bureau, 系统管理员 at either.
    """

    CLERK = "clerk"
    DEPARTMENT_REVIEWER = "department_reviewer"
    HEAD = "head"
    OFFICE_REVIEWER = "office_reviewer"
    PERFORMANCE_REVIEWER = "performance_reviewer"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """经办人, 审核人, 单位负责人, 业务股室初审, 绩效股复审, 分管领导审定, 系统管理员."""
        return _TITLES.get(self) or _LEVELS[self].label

    @property
    def level(self) -> ReviewLevel | None:
        """The level of review the role decides at; None for 经办人 and 系统管理员."""
        return _LEVELS.get(self)


_TITLES = {
    UserRole.CLERK: "经办人",
    UserRole.DEPARTMENT_REVIEWER: "审核人",
    UserRole.HEAD: "单位负责人",
    UserRole.ADMINISTRATOR: "系统管理员",
}
_LEVELS = {
    UserRole.DEPARTMENT_REVIEWER: ReviewLevel.DEPARTMENT,
    UserRole.HEAD: ReviewLevel.DEPARTMENT,
    UserRole.OFFICE_REVIEWER: ReviewLevel.OFFICE,
    UserRole.PERFORMANCE_REVIEWER: ReviewLevel.PERFORMANCE,
    UserRole.LEADER: ReviewLevel.LEADER,
}


@dataclass(frozen=True, slots=True)
class DeskUser:
    """A person at a desk (操作人员). `office` is the bureau office of a 业务股室 reviewer.

    `verifier` proves the password without holding it (parameters, salt and key of a slow function as text);
    empty until the person has set one. Nobody is deleted: who left is no longer active.
    """

    user_id: str
    name: str
    roles: tuple[UserRole, ...]
    office: str = ""
    verifier: Mapping[str, Any] | None = None
    is_active: bool = True
    must_change: bool = False
    changed_at: datetime | None = None

    def may_decide(self, level: ReviewLevel, office: str = "") -> bool:
        """Whether the person decides at a level; at 业务股室 only for the own office's filings."""
        if not self.is_active or all(role.level is not level for role in self.roles):
            return False
        return level is not ReviewLevel.OFFICE or not self.office or self.office == office
