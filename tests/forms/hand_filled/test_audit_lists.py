"""Lists of projects in monitoring (项目监控清单): rates, alarm lines, reasons, doubts and rows of sums."""

from __future__ import annotations

from forms.hand_filled.stated import StatedTable
from tests.forms.hand_filled.clean_table import audited
from tests.forms.hand_filled.paper import Value
from tests.forms.hand_filled.reader import read_lines

TITLE = ("2024年1—8月项目支出绩效运行监控情况表",)
UNIT = ("填报单位：示例县农业农村局", None, None, None, None, None, "单位：万元")
HEAD = (
    "序号",
    "项目名称",
    "年初预算数",
    "调整后预算数",
    "1—8月执行数",
    "执行率",
    "偏差原因",
    "完成目标可能性",
)
FIELDS = (1, "高标准农田建设", 500, 520, 400, "76.92%", None, "确定能")
SLOW = (2, "病虫害防治", 80, 80, 20, "25%", "病虫害高发期在下半年，三季度支付", "有可能")


def _said(tables: tuple[StatedTable, ...]) -> list[tuple[str, str]]:
    return [(one.code, one.message) for table in tables for one in audited(table).findings]


def _read(*lines: tuple[Value, ...]) -> tuple[StatedTable, ...]:
    return read_lines(TITLE, UNIT, HEAD, *lines)


def test_a_list_without_faults() -> None:
    tables = _read(FIELDS, SLOW, ("合计", None, 580, 600, 420, "70%"), ("填表人：张三", None, "电话：0000"))
    assert [(table.form, table.project_name) for table in tables] == [
        ("monitoring", "高标准农田建设"),
        ("monitoring", "病虫害防治"),
    ]
    fund = tables[1].funds[0]
    assert (fund.annual_budget_fen, fund.spending_to_date_fen, fund.likelihood) == (
        80_000_000,
        20_000_000,
        "有可能",
    )
    assert (tables[0].period_month, tables[0].implementing_unit) == (8, "示例县农业农村局")
    assert _said(tables) == []


def test_a_rate_a_missing_reason_and_a_doubt() -> None:
    wrong = (3, "防汛", 100, 100, 40, "50%", None, "有可能")
    said = dict(_said(_read(wrong)))
    assert said.keys() == {"C24", "C25", "C30"}
    assert said["C30"].endswith("= 40%")
    assert "没有填偏差原因" in said["C25"]
    assert "低于 8 月底的警戒线 60%" in said["C24"]
    assert said["C24"].endswith("没有填写偏差原因")


def test_more_spent_than_there_is() -> None:
    assert [code for code, _ in _said(_read((1, "培训", 30, 30, 33, "110%", None, "确定能")))] == ["C24"]


def test_sums_of_units_and_of_all() -> None:
    lines = (FIELDS, ("小计", None, 500, 520, 400, None), SLOW, ("合计", None, 580, 610, 420, "70%"))
    assert sorted(_said(_read(*lines)), reverse=True) == [
        ("C42", "填的是 610 万元，各项目合计 600 万元"),
        ("C30", "填的是“70%”，全年执行数 420 万元 ÷ 全年预算数 610 万元 = 68.85%"),
    ]


def test_groups_numbered_above_their_projects() -> None:
    lines = (("一", "部门本级", 580, 600, 420, "70%"), FIELDS, SLOW, ("合计", None, 580, 600, 420, "70%"))
    assert _said(_read(*lines)) == []


def test_a_head_of_two_rows_with_ticks() -> None:
    lines = (
        TITLE,
        ("单位：示例县教育局", None, None, None, None, "单位：元"),
        ("项目名称", "全年预算数", "1—8月执行情况", None, "偏差原因分析", "完成目标可能性"),
        (None, None, "执行数", "执行率", None, "确定能", "有可能"),
        ("校舍维修", 1000000, 800000, "0.8", None, "√", None),
        ("食堂改造", 500000, 50000, "10%", None, None, "√"),
    )
    merges = ((3, 1, 4, 1), (3, 2, 4, 2), (3, 3, 3, 4), (3, 5, 4, 5), (3, 6, 3, 7))
    first, second = read_lines(*lines, merges=merges)
    assert (first.funds[0].likelihood, second.funds[0].likelihood) == ("确定能", "有可能")
    assert first.implementing_unit == "示例县教育局"
    assert {code for code, _ in _said((first,))} == set()
    assert {code for code, _ in _said((second,))} == {"C24", "C25"}


def test_a_list_known_by_its_heads_alone() -> None:
    (table,) = read_lines(
        ("项目名称", "预算数", "截至9月30日支出数", "支出进度"), ("校舍维修", 100, 90, "90%")
    )
    assert (table.form, table.period_month) == ("monitoring", 9)
