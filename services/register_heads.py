"""Head names of register tables (名录表头): every spelling that offices use for a column, in one place."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a register (名录栏目): its key, label, other spellings."""

    key: str
    label: str
    spellings: tuple[str, ...] = ()
    is_required: bool = False

    def fits(self, text: str) -> bool:
        """Whether a head cell names this column; units in brackets or behind a stroke and blanks do not matter."""
        return _bare(text) in (self.label, *self.spellings)

    def is_label(self, text: str) -> bool:
        """Whether a head cell is spelled as the label itself."""
        return _bare(text) == self.label


def _bare(text: str) -> str:
    """A head without units, blanks and marks."""
    return re.sub(r"[（(].*?[）)]|[/／][百千万亿]*元|\s|\*", "", text)


UNIT_HEADS = (
    Head("code", "单位代码", ("预算单位代码", "单位编码"), is_required=True),
    Head("name", "单位名称", ("预算单位", "预算单位名称"), is_required=True),
    Head("department_code", "主管部门代码", ("部门代码", "主管部门编码")),
    Head("department_name", "主管部门名称", ("主管部门", "部门名称")),
    Head("bureau_office", "归口业务股室", ("业务股室", "归口股室", "股室")),
    Head("category", "类别", ("单位类别", "单位性质")),
    Head("contact_name", "联系人", ("经办人",)),
    Head("contact_phone", "电话", ("联系电话", "办公电话")),
    Head("duties", "职责", ("单位职责", "主要职责", "职能")),
)
"""Columns of the unit register."""

ENTRY_HEADS = (
    Head("project_code", "项目代码", ("项目编码",)),
    Head("project_name", "项目名称", ("支出项目名称",), is_required=True),
    Head("category", "类别", ("项目类别",)),
    Head("unit_code", "单位代码", ("预算单位代码", "单位编码"), is_required=True),
    Head("bureau_office", "股室", ("归口业务股室", "业务股室", "归口股室")),
    Head("budget_fen", "预算数", ("预算金额", "年初预算数", "金额")),
    Head("fund_type", "资金性质", ("资金来源",)),
    Head("forms_due", "应报各表", ("应报表", "应报表格")),
    Head("exempt_reason", "不报原因", ("无需填报原因", "无需报原因")),
)
"""Columns of the project register of the year."""
