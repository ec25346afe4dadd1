"""Head names of indicator library tables (指标库表头): every spelling that libraries use for a column, in one place."""

from __future__ import annotations

from services.register_heads import Head

LIBRARY_HEADS = (
    Head("code", "指标编码", ("编码", "指标代码")),
    Head("kind", "类型", ("指标类型", "共性个性")),
    Head("field", "行业领域", ("领域",)),
    Head("category", "行业类别", ("类别",)),
    Head("purpose", "资金用途", ("支出方向", "用途")),
    Head("first_level", "一级指标", ("一级",)),
    Head("second_level", "二级指标", ("二级",), is_required=True),
    Head("name", "三级指标", ("三级", "指标名称", "绩效指标"), is_required=True),
    Head("comparator", "计算符号", ("符号", "指标符号", "比较符号")),
    Head("reference_value", "参考值", ("指标值", "年度指标值", "目标值")),
    Head("measure_unit", "计量单位", ("度量单位", "单位")),
    Head("direction", "方向", ("指标方向",)),
    Head("explanation", "指标解释", ("指标说明", "解释")),
    Head("formula", "计算公式", ("公式", "计算方法")),
    Head("scoring_note", "评分标准", ("评（扣）分标准", "评扣分标准", "评分说明")),
    Head("value_source", "取值来源", ("指标值来源", "绩效标准", "取值依据")),
    Head("evidence", "佐证材料", ("佐证资料", "证明材料")),
    Head("fits_projects", "适用项目", ("适用范围",)),
    Head("keywords", "关键词", ("关键字",)),
    Head("is_enabled", "启用", ("是否启用",)),
)
"""Columns of an indicator library, as official libraries name them (domain §8)."""
