"""Whom a desk hands its packages to (报送对象): the department where the place's review begins there, else the bureau."""

from __future__ import annotations

from services.review.rules import asks_department, review_rule
from services.workspaces import DeskRole, Workspace

BUREAU = "财政部门"
TOGETHER = "在“汇总报送”里和下级单位的一起上报（没有下级单位的，直接交给财政部门）"


def handing_over(workspace: Workspace) -> str:
    """What to do with a package that was made, as the end of a sentence: 连同这个文件…"""
    profile, kit = workspace.profile, workspace.current_kit().kit
    if profile.role is DeskRole.DEPARTMENT:
        return TOGETHER
    unit, rule = profile.unit, review_rule(kit)
    if not any(asks_department(rule, task.form_id, unit) for task in kit.tasks):
        return f"交给{BUREAU}"
    name = f"（{unit.department_name}）" if unit.department_name else ""
    return f"交给主管部门{name}"
