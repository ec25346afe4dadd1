"""Mappings of the platform: the shipped ones are sound, and a faulty one is told what is wrong with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain.kit_json import record_from_json
from models.domain.platform_check import FIELDS, problems_of
from models.domain.platform_mapping import (
    CellContent,
    PlatformColumn,
    PlatformKind,
    PlatformMapping,
    PlatformSheet,
    Required,
    RowsOf,
    bare_head,
)
from resources.builtin_platform import builtin_platform

SHIPPED = {mapping.mapping_id: mapping for mapping in builtin_platform()}


@pytest.mark.parametrize("mapping_id", SHIPPED)
def test_the_shipped_mappings_are_sound(mapping_id: str):
    assert problems_of(SHIPPED[mapping_id]) == ()
    assert SHIPPED[mapping_id].source


def test_every_kind_has_one():
    assert {mapping.kind for mapping in SHIPPED.values()} == set(PlatformKind)


def heads(mapping_id: str, sheet: int = 0) -> list[str]:
    columns = SHIPPED[mapping_id].sheets[sheet].columns
    return [("*" if column.is_marked else "") + column.head for column in columns]


def test_the_self_evaluation_template_has_the_provinces_columns_in_order():
    assert [bare_head(head) for head in heads("self_evaluation_indicators")] == [
        "一级指标", "二级指标", "三级指标名称", "计算符号", "指标值", "实际完成值", "计量单位",
        "分值数量、质量、时效、成本、效益、满意度", "指标得分", "扣减分数", "完成情况简要描述", "偏差原因及改进措施",
    ]  # fmt: skip
    marked = [head for head in heads("self_evaluation_indicators") if head.startswith("*")]
    assert [bare_head(head)[:4] for head in marked] == ["实际完成", "分值数量", "指标得分"]


def test_the_monitoring_templates_have_the_provinces_columns_in_order():
    assert [bare_head(head) for head in heads("monitoring_indicators")] == [
        "一级指标", "二级指标", "三级指标名称", "计算符号", "年度指标值", "计量单位", "当前完成值",
        "完成可能性分析", "偏差原因说明",
    ]  # fmt: skip
    assert [head.strip("*") for head in heads("monitoring_projects")] == [
        "序号", "处室名称", "单位名称", "单位编码", "项目编码", "支出项目名称", "年初预算数", "追加数", "追减数",
        "调整预算数", "绩效目标", "截止{month}月底支出数", "预算执行率", "截止{month}月底绩效目标执行情况",
        "是否达到序时支出进度", "是否达到阶段性绩效目标", "原因类型", "情况分析", "绩效目标调整情况",
    ]  # fmt: skip


def test_the_norms_tables_bear_their_field_names():
    names = {
        sheet.sheet_name: [c.name for c in sheet.columns]
        for sheet in SHIPPED["self_evaluation_tables"].sheets
    }
    assert set(names) == {
        "PM_PERF_SELF_EVAL",
        "PM_SELF_EVAL_GOAL",
        "PM_SELF_EVAL_INDICATOR",
        "PM_PERF_SELF_BGT",
    }
    assert {"found_type_name", "reply_amt", "year_adj_amt", "cur_amt", "year_exe_amt", "exe_amt_rate"} <= set(
        names["PM_PERF_SELF_BGT"]
    )
    assert {sheet.sheet_name for sheet in SHIPPED["target_tables"].sheets} == {
        "PM_PERF_GOAL_INFO",
        "PM_PERF_INDICATOR",
    }


CODE = PlatformColumn("project_code", "项目编码", content=CellContent.CODE)
NAME = PlatformColumn("project_name", "项目名称")


def told(*columns: PlatformColumn, rows: RowsOf = RowsOf.PROJECT, sheet: str = "表", **more) -> str:
    mapping = PlatformMapping(
        "x", "试", PlatformKind.PROJECTS, (PlatformSheet(sheet, rows, columns),), **more
    )
    return "；".join(problems_of(mapping))


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ((CODE,), "缺少必有的字段“project_name”"),
        ((CODE, NAME, replace(NAME, head="名称")), "字段“project_name”对照了两栏"),
        ((CODE, NAME, PlatformColumn("unit_name", "项目名称")), "表头“项目名称”对照了两个字段"),
        ((CODE, NAME, PlatformColumn("nothing", "甲")), "“nothing”在这类工作表里没有"),
        ((CODE, NAME, PlatformColumn("annual_budget", "预算数")), "是否为金额与字段不符"),
        ((replace(CODE, content=CellContent.TEXT), NAME), "内容应为 code"),
        ((CODE, replace(NAME, is_marked=True)), "带星号却不是必填"),
        ((CODE, replace(NAME, required=Required.NUMERIC)), "只能用在指标行上"),
        ((CODE, replace(NAME, values={"a": ("甲",), "b": ("甲",)})), "用词“甲”对照了两个值"),
        ((CODE, replace(NAME, values={"a": ()})), "有的值没有写用词"),
        ((CODE, NAME, PlatformColumn("constant", "固定")), "没有写明内容"),
        ((CODE, replace(NAME, name="Pro-Name")), "不是小写英文字段名"),
        ((CODE, replace(NAME, name="n"), PlatformColumn("fund_type", "资金", name="n")), "字段名“n”用了两次"),
    ],
)
def test_a_faulty_mapping_is_told_what_is_wrong(columns: tuple[PlatformColumn, ...], expected: str):
    assert expected in told(*columns)
    assert told(CODE, NAME) == ""


def test_sheet_names_fit_a_workbook():
    assert "名称为空" in told(CODE, NAME, sheet="甲/乙")
    assert problems_of(PlatformMapping("x", "空", PlatformKind.PROJECTS, ())) == ("“空”一张工作表也没有",)


@pytest.mark.parametrize("rows", RowsOf)
def test_fields_are_known_for_every_kind_of_row(rows: RowsOf):
    assert {"project_code", "unit_code"} <= FIELDS[rows]


def test_heads_and_words_are_met_as_people_write_them():
    column = SHIPPED["payment_progress"].sheets[0].column("spending")
    assert column is not None
    assert column.rank("* 累计支出数（元）") == 0
    assert column.rank("全年执行数/万元") is not None
    assert column.rank("YEAR_EXE_AMT") == len(column.synonyms) + 1
    assert column.rank("支出项目名称") is None
    sign = SHIPPED["approved_targets"].sheets[1].column("comparator")
    assert sign is not None
    assert (sign.ours("大于等于"), sign.ours("定量(其他)"), sign.ours("？")) == ("≥", "other", None)


def test_a_mapping_survives_the_kit():
    from models.domain.kit_json import _plain  # the spelling of a kit

    mapping = SHIPPED["self_evaluation_indicators"]
    assert record_from_json(PlatformMapping, _plain(mapping), "x") == mapping
