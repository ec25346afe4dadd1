"""Whole forms typed in by keyboard alone, from the first field to the button that seals."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt

from forms.answers import blank_answers
from forms.findings import Place
from forms.registry import form
from tests.forms.cases import TARGET, context
from tests.gui.pages.wizard_page import CTRL, WizardPage
from ui.wizard.step_states import CHECK_STEP

pytestmark = [pytest.mark.gui, pytest.mark.slow]

WAN = 1_000_000


def begin(wizard: WizardPage, **changes) -> None:
    """A fresh project form with the cursor in its first field."""
    given = context(**changes)
    wizard.open(given, blank_answers(form(TARGET), given))


def type_fields(wizard: WizardPage, texts: Sequence[str]) -> None:
    """Type one field after the other, Tab between them; "↓n" picks the n-th choice, "" leaves what is there."""
    for text in texts:
        if text.startswith("↓"):
            for _ in range(int(text[1:])):
                wizard.press(Qt.Key.Key_Down)
        elif text:
            wizard.type(text)
        wizard.tab()


def next_step(wizard: WizardPage) -> None:
    """Ctrl+PgDn."""
    wizard.press(Qt.Key.Key_PageDown, CTRL)


def type_rows(wizard: WizardPage, rows: Sequence[Sequence[str]]) -> None:
    """Type a table, Enter from cell to cell; "" clears what a new row begins with."""
    wizard.press(Qt.Key.Key_Space)
    for number, row in enumerate(rows):
        if number:
            wizard.enter()
        for column, text in enumerate(row):
            if text:
                wizard.type(text)
            else:
                wizard.press(Qt.Key.Key_Delete)
            if column < len(row) - 1:
                wizard.enter()
    wizard.press(Qt.Key.Key_Tab)


def fill_head(wizard: WizardPage, name: str, yuan_wan: str, target: str) -> None:
    """First three steps of a one-year project with nothing wrong in them."""
    type_fields(
        wizard,
        [
            name,
            "51000027Y000000030002",
            "运转类",
            "↓1",
            "示例县柳林镇人民政府",
            "820",
            "示例县柳林镇人民政府",
            "2027",
            "2027",
        ],
    )
    type_fields(wizard, ["张敏", "李强", "王建国", "0379-6333 1234", "2026年9月15日"])
    next_step(wizard)
    type_fields(wizard, [yuan_wan, yuan_wan, "0"])
    next_step(wizard)
    type_fields(wizard, [target])
    next_step(wizard)


ROAD_ROWS = [
    ("成本", "经济成本", "每公里养护成本", "<=", "9.6", "万元", "20", "反向"),
    ("产出", "数量", "养护里程", ">=", "12", "公里", "10", "正向"),
    ("产出", "数量", "安全设施维修数量", "不少于", "36", "处", "8", "正向"),
    ("产出", "质量", "路况优良率", "≥", "85", "%", "12", "正向"),
    ("产出", "时效", "水毁修复及时率", ">=", "96", "%", "10", "正向"),
    ("效益", "社会效益", "沿线受益人口", ">=", "8600", "人", "12", "正向"),
    ("效益", "可持续", "养护制度", "定性", "健全", "", "8", "正向"),
    ("满意度", "服务对象", "沿线群众满意度", ">=", "90", "%", "10", "正向"),
]


def test_a_whole_declaration_from_the_first_field_to_the_seal(wizard):
    begin(wizard)
    asked = []
    wizard.view.seal_requested.connect(lambda: asked.append(1))
    type_fields(
        wizard,
        [
            "农村公路养护",
            "51000027T000000012345",
            "特定目标类",
            "↓1",
            "示例县柳林镇人民政府",
            "820",
            "示例县柳林镇人民政府",
            "2027",
            "2029",
        ],
    )
    type_fields(wizard, ["张敏", "李强", "王建国", "0379-6333 1234", "2026-9-15"])
    next_step(wizard)
    type_fields(wizard, ["128.40", "120", "8.4", "385.20", "360", "25.2"])
    next_step(wizard)
    type_fields(
        wizard,
        [
            "完成 12 公里村道日常养护，路况优良率达到 85%以上，方便沿线 8600 名群众出行。",
            "三年完成 36 公里村道养护，路况优良率稳定在 85%以上，沿线群众出行条件得到保障。",
        ],
    )
    next_step(wizard)
    type_rows(wizard, ROAD_ROWS)
    wizard.wait_checked()
    next_step(wizard)
    assert wizard.step() == CHECK_STEP
    assert [f.sentence for f in wizard.view.session.report.findings] == []
    wizard.press(Qt.Key.Key_Space)
    assert asked == [1]
    answers = wizard.view.answers()
    assert answers["annual_total_fen"] == 128_400_000
    assert (answers["filled_on"], answers["project_attribute"]) == ("2026-09-15", "new")
    assert [row["weight"] for row in answers["indicators"]] == ["20", "10", "8", "12", "10", "12", "8", "10"]
    assert [row["comparator"] for row in answers["indicators"]][:3] == ["≤", "≥", "≥"]
    assert wizard.table().weights() == "分值 90 / 90 ✓"


CADRES = [
    ("效益指标", "社会效益指标", "维护社会稳定", "≥", "95", "%", "10", "正向指标"),
    ("产出指标", "时效指标", "维持时效", "≥", "1", "年", "20", "正向指标"),
    ("产出指标", "质量指标", "按时发放", "≥", "1", "人/年", "10", "正向指标"),
    ("效益指标", "经济效益指标", "促进村集体经济发展", "≥", "95", "%", "10", "正向指标"),
    ("产出指标", "数量指标", "村组干部230人", "≥", "230", "个", "10", "正向指标"),
    ("效益指标", "生态效益指标", "保护生态环境卫生", "≥", "95", "%", "10", "正向指标"),
    ("效益指标", "可持续影响指标", "项目维持时效", "≥", "95", "%", "10", "正向指标"),
    ("满意度指标", "服务对象满意度指标", "人民群众满意度", "≥", "95", "%", "10", "正向指标"),
]
"""A town's published target table of 2023, its first project."""

FOREST = [
    ("产出指标", "数量指标(必填硬性指标)", "实施营造林总面积(亩)", "=", "80000", "", "", "正向"),
    ("产出指标", "数量指标", "其中:实施新造林总面积(亩)", "=", "30000", "", "", "正向"),
    ("产出指标", "数量指标", "实施未成林抚育提升及退化林改造总面积(亩)", "=", "50000", "", "", "正向"),
    ("产出指标", "数量指标", "修建作业道长度(公里)", "=", "30", "", "", "正向"),
    ("产出指标", "质量指标", "苗木成活率(≥**%)", ">=", "85", "", "", "正向"),
    ("产出指标", "时效指标", "项目完成时间", "其他", "2023年底", "", "", "正向"),
    ("成本指标", "经济成本指标", "项目总投入(≥**万元)", ">=", "6070", "", "", "正向"),
    ("效益指标", "经济效益指标(选填)", "增加就业机会,提高农民收入。", "", "", "", "", "正向"),
    ("效益指标", "社会效益指标(必填)", "受益人数(人)", "=", "132", "", "", "正向"),
    ("效益指标", "生态效益指标(选填)", "提高森林覆盖率,促进生物多样性保护。", "", "", "", "", "正向"),
]
"""A natural resources bureau's published table of 2022: signs and units in the names, no weights."""

SCHOOLS = [
    ("产出指标", "数量指标", "重点建设工程安排数量", "=", "2", "个", "", "正向"),
    ("产出指标", "质量指标", "重点建设工程验收合格率", "=", "100", "%", "", "正向"),
    ("成本指标", "经济成本指标", "建设项目成本", "定性", "参照政府采购成本控制", "", "", "正向"),
    ("产出指标", "时效指标", "重点建设工程按期完成率", "=", "100", "%", "", "正向"),
    ("效益指标", "可持续影响指标", "基础教育巩固提高情况", "定性", "巩固提高", "", "", "正向"),
    ("效益指标", "社会效益指标", "基础教育学校办学条件", "定性", "持续改善", "", "", "正向"),
    ("满意度指标", "服务对象满意度指标", "学生、家长、社会满意度", "≥", "90", "%", "", "正向"),
]
"""An education bureau's published table of 2020: qualitative targets, no weights."""

PUBLISHED = {
    "T01": ("村组干部报酬", "330.984", "按时发放村组干部报酬", CADRES, {"C17", "C18", "C20", "C50"}),
    "T05": (
        "南部水源涵养林建设项目",
        "6070",
        "完成营造林 80000 亩，修建作业道 30 公里，苗木成活率达到 85%。",
        FOREST,
        {"C10", "C19", "C21"},
    ),
    "T10": (
        "教育系统基础设施建设和设备购置",
        "10000万元",
        "安排重点建设工程 2 个，改善基础教育学校办学条件。",
        SCHOOLS,
        {"C16", "C21"},
    ),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_tables_typed_in_show_what_is_wrong_with_them(wizard, name):
    title, amount, target, rows, codes = PUBLISHED[name]
    begin(wizard, has_ex_ante_evaluation=True)
    fill_head(wizard, title, amount, target)
    type_rows(wizard, rows)
    wizard.wait_checked()
    assert wizard.codes() == codes
    assert wizard.table().model.rowCount() == len(rows)
    names = [text for _, _, text, *_ in rows]
    assert wizard.cells("third_level") == names
    model = wizard.view.frame.findings.list.finding_model()
    for row in range(model.rowCount()):
        place = model.finding(model.index(row)).place
        assert wizard.view.go_to(place)
        assert wizard.view.frame.pages.current_key() == "indicators"


def test_the_cadres_table_is_told_where_it_goes_wrong(wizard):
    title, amount, target, rows, _ = PUBLISHED["T01"]
    begin(wizard, has_ex_ante_evaluation=True)
    fill_head(wizard, title, amount, target)
    type_rows(wizard, rows)
    findings = wizard.wait_checked()
    percent = {f.place for f in findings if f.code == "C50"}
    assert percent == {Place("indicators", f"r{n}", "third_level") for n in (1, 4, 6, 7)}
    cell = wizard.table().model.index_of(Place("indicators", "r1", "third_level"))
    assert "需说明" in cell.data(Qt.ItemDataRole.ToolTipRole)
    assert wizard.step_note("indicators").startswith("完成，需说明")
