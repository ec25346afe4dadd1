"""Whatever stands in a sheet, reading it ends with tables or with a sentence, never with an error."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from forms.hand_filled.grid import GridCell, Merge, SheetGrid
from tests.forms.hand_filled.facts import TABLES, expected_rows, shown
from tests.forms.hand_filled.layouts import ORDERS, OTHER_HEADS, Layout, printed
from tests.forms.hand_filled.reader import FINDER

WORDS = (
    "一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分", "项目名称", "项目资金（万元）",
    "年初预算数", "全年预算数", "执行率", "年度资金总额", "其中：财政拨款", "其中", "总分", "小计", "预期目标",
    "实际完成情况", "完成目标可能性", "偏差原因分析", "绩效指标", "项目支出绩效自评表（2022年度）",
    "部门整体支出绩效目标表", "—", "无", "≥95%", "10", "0.5", "100%", "２０", "约三成", "#DIV/0!", "任务名称",
    "主要内容", "总额", "金额合计", "注：说明", "产出指标（50分）", "指标1：", "（1）", "\n", "（", "）（",
    "单位：元", "1-7月执行数", "√", "实施单位：",
)  # fmt: skip
ROWS, COLUMNS = 14, 12

places = st.tuples(st.integers(1, ROWS), st.integers(1, COLUMNS))
texts = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**20), max_value=10**20)
cells = st.one_of(
    st.builds(GridCell, texts),
    numbers.map(lambda number: GridCell(f"{number:f}", number)),
    st.builds(GridCell, texts, st.none(), st.just("是出错的公式")),
)
merges = st.builds(Merge, *(st.integers(1, size) for size in (ROWS, COLUMNS, ROWS, COLUMNS)))
grids = st.builds(
    SheetGrid,
    file=st.just("表.xlsx"),
    name=st.text(max_size=5),
    cells=st.dictionaries(places, cells, max_size=80),
    merges=st.lists(merges, max_size=8).map(tuple),
    is_hidden=st.booleans(),
    hidden_rows=st.frozensets(st.integers(1, ROWS)),
    hidden_columns=st.frozensets(st.integers(1, COLUMNS)),
)


@given(grids)
def test_any_grid(grid: SheetGrid) -> None:
    tables = FINDER.read_file("表.xlsx", [grid])
    assert tables
    for table in tables:
        assert table.form or table.unread
        for item in table.unread:
            assert item.message
            assert item.remedy


@given(
    st.sampled_from(TABLES),
    st.builds(
        Layout,
        order=st.sampled_from(ORDERS),
        heads=st.sampled_from(OTHER_HEADS),
        levels=st.sampled_from(("merged", "blank", "repeated")),
        unit_place=st.sampled_from(("funds", "corner", "heads")),
        signs=st.sampled_from(("joined", "words", "wide")),
        side_label=st.booleans(),
        numbered=st.booleans(),
        points_in_levels=st.booleans(),
        break_after=st.integers(0, 8),
        blank_rows=st.booleans(),
        fillers=st.sampled_from(("—", "/", "", "……")),
        title=st.sampled_from(
            ("项目支出绩效自评表", "县级部门预算项目绩效目标自评表", "2022年某项目支出绩效自评情况表")
        ),
    ),
)
def test_any_mixture_of_layouts(facts, layout: Layout) -> None:
    (table,) = FINDER.read_file("表.xlsx", [printed(facts, layout).grid()])
    assert shown(table) == expected_rows(facts)
    assert table.stated_total.value == Decimal(facts.total)
    assert table.unread == ()


@given(st.sampled_from(TABLES), st.lists(st.tuples(places, cells), max_size=6))
def test_a_form_with_cells_overwritten_is_still_read(facts, changes) -> None:
    paper = printed(facts, Layout())
    grid = paper.grid()
    changed = SheetGrid(grid.file, grid.name, {**grid.cells, **dict(changes)}, grid.merges)
    assert FINDER.read_file("表.xlsx", [changed])
