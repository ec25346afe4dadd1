"""Columns in words (列的含义): what a column of a hand-filled table can be taken for, and how that is called."""

from __future__ import annotations

from forms.hand_filled.funds import FUNDS
from forms.hand_filled.grid import column_letters
from forms.hand_filled.mapping import MEDIUM, UNUSED, ColumnChoice

UNREAD_WORDS = "不读取"
_INDICATOR_ROLES = {
    "first_level": "一级指标",
    "second_level": "二级指标",
    "third_level": "三级指标",
    "comparator": "符号（≥≤=）",
    "planned": "指标值",
    "planned_adjusted": "调整后的指标值",
    "measure_unit": "计量单位",
    "direction": "指标方向",
    "full_score": "分值",
    "actual": "实际完成值",
    "stated_score": "得分",
    "deviation_reason": "偏差原因",
    "improvement": "改进措施",
    "forecast": "全年预计完成",
    "likelihood": "完成可能性",
    "remark": "备注",
    "project_name": "项目名称",
    "annual_target": "年度目标",
}
_FUND_ROLES = {
    "initial_budget": "年初预算数",
    "annual_budget": "预算数",
    "annual_spending": "全年执行数",
    "spending_to_date": "已执行数",
    "forecast_spending": "全年预计执行数",
    "stated_rate": "执行率",
    "full_score": "分值",
    "stated_score": "得分",
    "reason": "原因",
}
_LIST_ROLES = {
    "project_name": "项目名称",
    "project_code": "项目代码",
    "implementing_unit": "实施单位",
    "supervising_department": "主管部门",
    "likelihood": "完成可能性",
    "deviation_reason": "偏差原因",
    "improvement": "改进措施",
    "annual_target": "年度目标",
}
"""What a list of projects has beside its money."""
_HALVED = ("second_level", "third_level", "comparator", "planned", "measure_unit")


def role_words(choice: ColumnChoice) -> str:
    """What a column is taken for."""
    if choice.option:
        return f"勾选“{choice.option}”"
    if choice.role == UNUSED:
        return UNREAD_WORDS
    return dict(roles_for(choice)).get(choice.role, "其他内容")


def roles_for(choice: ColumnChoice) -> list[tuple[str, str]]:
    """(role, words) a column can be taken for; a column of ticks stays what it is."""
    if choice.option:
        return [(choice.role, role_words(choice))]
    if choice.block == FUNDS:
        is_of_list = choice.role in _LIST_ROLES
        roles = [*_FUND_ROLES.items(), *(_LIST_ROLES.items() if is_of_list else ())]
    else:
        halves = [(f"{MEDIUM}{role}", f"中期{_INDICATOR_ROLES[role]}") for role in _HALVED]
        roles = [*_INDICATOR_ROLES.items(), *halves]
    if choice.role != UNUSED and choice.role not in dict(roles):
        roles.insert(0, (choice.role, "其他内容"))
    return [*roles, (UNUSED, UNREAD_WORDS)]


def column_words(choice: ColumnChoice) -> str:
    """资金 C 列."""
    block = "资金" if choice.block == FUNDS else "指标"
    return f"{block} {column_letters(choice.column)} 列"
