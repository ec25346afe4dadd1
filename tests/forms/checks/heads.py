"""Examples of C1, C2, C6 to C10: heads, project code, target texts, levels and complete rows."""

from __future__ import annotations

from dataclasses import replace

from tests.forms import cases
from tests.forms.cases import CLEANING, ROADS, TOWN, UNIT, VILLAGES
from tests.forms.checks.examples import E, Fails, H, Passes, W, row, task_row, ten, whole

DUTIES = "负责全镇农村公路的日常养护和管理，保障沿线群众安全便捷出行，组织实施道路水毁修复和安全设施维修。"
SAME_AS_LAST_YEAR = cases.context(
    previous_answers={"annual_target": ROADS["annual_target"].replace("12", "11")}
)

FAILING = [
    Fails("C1", "empty head", {**ROADS, "project_name": " "}, E, "project_name", ("项目名称：还没有填写",)),
    Fails("C1", "no amount", {**ROADS, "annual_total_fen": None}, E, "annual_total_fen", ("年度资金总额",)),
    Fails("C1", "no task", {**TOWN, "annual_tasks": []}, E, "annual_tasks", ("一行也没有填写",), whole()),
    Fails(
        "C1",
        "cells of a task",
        task_row(content="", total_fen=None),
        E,
        "annual_tasks[t2].content",
        ("第 2 行“农村公路养护”", "主要内容、总额"),
        whole(),
    ),
    Fails(
        "C2",
        "too short",
        {**ROADS, "project_code": "51000027T12"},
        W,
        "project_code",
        ("51000027T12", "共 11 位，应为 21 位"),
    ),
    Fails(
        "C2",
        "no letter",
        {**ROADS, "project_code": "510000270000000012345"},
        W,
        "project_code",
        ("1 位大写字母（类别）",),
    ),
    Fails(
        "C2",
        "another year",
        {**ROADS, "project_code": "51000024T000000012345"},
        W,
        "project_code",
        ("“24”", "2027 年"),
    ),
    Fails("C2", "new, none yet", {**ROADS, "project_code": None}, H, "project_code", ("还没有项目代码",)),
    Fails("C2", "continuing", {**CLEANING, "project_code": ""}, H, "project_code", ("延续项目",), ten()),
    Fails(
        "C6",
        "empty",
        {**ROADS, "annual_target": "", "medium_term_target": None},
        E,
        "annual_target",
        ("还没有填写",),
    ),
    Fails(
        "C6", "only medium", {**ROADS, "annual_target": None}, E, "annual_target", ("填了中期目标，没有填",)
    ),
    Fails(
        "C6",
        "too short",
        {**VILLAGES, "annual_target": "做好养护"},
        E,
        "annual_target",
        ("“做好养护”", "只有 4 个字", "至少要有 10 个字"),
    ),
    Fails(
        "C6",
        "medium missing",
        {**ROADS, "medium_term_target": "无"},
        E,
        "medium_term_target",
        ("2027 年至 2029 年", "没有填中期目标"),
    ),
    Fails("C6", "of the unit", {**TOWN, "annual_target": None}, E, "annual_target", ("还没有填写",), whole()),
    Fails(
        "C7",
        "same text",
        {**ROADS, "medium_term_target": ROADS["annual_target"].replace("，", ", ")},
        W,
        "annual_target",
        ("与中期目标完全相同", "2027 年至 2029 年"),
    ),
    Fails(
        "C8", "last year's", ROADS, W, "annual_target", ("上年填报的目标", "相同", "80%"), SAME_AS_LAST_YEAR
    ),
    Fails(
        "C8",
        "duties",
        {**ROADS, "annual_target": DUTIES[:32]},
        W,
        "annual_target",
        ("本单位职责有 100% 相同",),
        cases.context(unit=replace(UNIT, duties=DUTIES)),
    ),
    Fails("C9", "nothing", {**ROADS, "indicators": []}, E, "indicators", ("一条指标也没有填写",)),
    Fails(
        "C9",
        "level without indicator",
        row("r6", row("r7", third_level=""), third_level=None),
        E,
        "indicators[r6].third_level",
        ("“效益指标”下面还没有填写三级指标",),
    ),
    Fails(
        "C9",
        "required first level",
        {**ROADS, "indicators": [one for one in ROADS["indicators"] if one["first_level"] != "benefit"]},
        E,
        "indicators",
        ("缺少效益指标",),
    ),
    Fails(
        "C9",
        "required by category",
        {**CLEANING, "indicators": CLEANING["indicators"][:-1]},
        W,
        "indicators",
        ("特定目标类项目至少要有数量指标", "缺少服务对象满意度指标"),
        ten(),
    ),
    Fails(
        "C9",
        "required of the unit",
        {**TOWN, "indicators": TOWN["indicators"][:-1]},
        W,
        "indicators",
        ("这张表至少要有", "缺少服务对象满意度指标"),
        whole(),
    ),
    Fails(
        "C9",
        "medium half empty",
        CLEANING,
        W,
        "medium_term_indicators",
        ("2024 年至 2027 年", "中期绩效指标一条也没有填写"),
        cases.context(cases.two_halves()),
    ),
    Fails(
        "C10",
        "name",
        row("r3", third_level=""),
        E,
        "indicators[r3].third_level",
        ("第 3 行的三级指标：还没有填写",),
    ),
    Fails(
        "C10",
        "value",
        row("r2", planned_value=" "),
        E,
        "indicators[r2].planned_value",
        ("年度绩效指标第 2 行“养护里程”的指标值：还没有填写",),
    ),
    Fails("C10", "unit", row("r2", measure_unit=""), E, "indicators[r2].measure_unit", ("的计量单位",)),
    Fails(
        "C10",
        "unit in the name",
        row("r2", measure_unit="", third_level="养护里程（公里）"),
        E,
        "indicators[r2].measure_unit",
        ("写在名称里的“公里”移到计量单位栏",),
    ),
    Fails(
        "C10",
        "several",
        row("r2", comparator=None, planned_value=None),
        E,
        "indicators[r2].comparator",
        ("还没有填写符号、指标值",),
    ),
]

PASSING = [
    Passes("C1", "optional heads empty", {**ROADS, "project_code": "", "reviewer_name": None}),
    Passes("C1", "unreadable is not empty", {**ROADS, "annual_total_fen": "一百二十万"}),
    Passes("C2", "full width", {**ROADS, "project_code": "５１０００027T000000012345"}),
    Passes("C2", "nothing filled in at all", {}),
    Passes(
        "C2", "period unreadable", {**ROADS, "period_from": "今年", "project_code": "51000024T000000012345"}
    ),
    Passes("C6", "ten characters", {**VILLAGES, "annual_target": "养护村道十二公里以上"}),
    Passes("C6", "one year, no medium", {**VILLAGES, "medium_term_target": None}),
    Passes("C7", "one year", {**VILLAGES, "medium_term_target": VILLAGES["annual_target"]}),
    Passes(
        "C8",
        "another target last year",
        ROADS,
        cases.context(previous_answers={"annual_target": CLEANING["annual_target"]}),
    ),
    Passes(
        "C8",
        "other duties",
        ROADS,
        cases.context(unit=replace(UNIT, duties="负责辖区经济发展、社会管理和公共服务等工作。")),
    ),
    Passes("C9", "none asked for", {**VILLAGES, "indicators": VILLAGES["indicators"][:-1]}),
    Passes("C10", "定性 has no unit", ROADS),
    Passes("C10", "unit in the value is C12's", row("r2", planned_value="12公里", measure_unit="")),
]
