"""Self-evaluations in nine places' layouts (各地自评表样): money beside its labels, adjusted targets, totals below remarks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from openpyxl import Workbook

from tests.documents.varied.case import Expected, Layout, lines
from tests.forms.hand_filled.paper import Paper

SELF, WAN = "self_evaluation", 1_000_000


def two_sides_of_money() -> Paper:
    """The form before 2020: budgets left, spending right, words and figures in one column."""
    paper = Paper()
    paper.put(1, 1, "附件2")
    paper.put(2, 1, "项目绩效目标完成情况表\n（2020年度）", 1, 8)
    paper.put(5, 1, "预算执行情况（万元）", 3)
    paper.put(10, 1, "绩效指标完成情况", 5)
    lines(
        paper,
        3,
        ("项目名称", None, "农村危房改造补助"),
        ("预算单位", None, "示例县住房和城乡建设局"),
        (None, "预算数:", None, "120", None, "执行数:", None, "118.5"),
        (None, "其中-财政拨款:", None, "120", None, "其中-财政拨款:", None, "118.5"),
        (None, "其它资金:", None, "0", None, "其它资金:", None, "0"),
        ("年度目标完成情况", "预期目标", None, None, "实际完成目标"),
        (None, "完成120户改造", None, None, "已完成120户改造"),
        (None, "一级指标", "二级指标", "三级指标", "预期指标值（包含数字及文字描述）", None,
         "实际完成指标值（包含数字及文字描述）"),
        (None, "项目完成指标", "数量指标", "改造户数", "120户", None, "120户"),
        (None, None, "质量指标", "验收合格率", "100%", None, "100%"),
        (None, None, "时效指标", "完成时间", "2020年12月底前", None, "2020年11月"),
        (None, "满意度指标", "服务对象满意度", "农户满意度", "≥95%", None, "97%"),
    )  # fmt: skip
    paper.merges += [(row, 5, row, 6) for row in range(10, 15)] + [(row, 7, row, 8) for row in range(10, 15)]
    return paper


def sign_and_unit_under_one_head() -> Paper:
    """A head over sign, value and unit; the total stands below a remark and carries the grade."""
    paper = Paper("项目1")
    paper.put(1, 1, "2022年度项目支出绩效自评表", 1, 10)
    paper.line(2, "单位（盖章）：示例县水务局", *[None] * 8, "金额单位：元")
    lines(
        paper,
        3,
        ("项目名称", None, "农村饮水安全巩固提升"),
        ("主管部门", None, "示例县水务局", None, None, "实施单位", None, "示例县水务局供水站"),
        ("项目资金（元）", None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        (None, None, "年度资金总额", 1500000, 1350000, 1350000, 10, None, 10),
        (None, None, "其中：当年财政拨款", 1500000, 1350000, 1350000, "—", "100%", "—"),
        (None, None, "非财政拨款", 0, 0, 0, "—", "—", "—"),
    )
    paper.put(6, 8, 1, form="0.00%")
    paper.put(9, 1, "绩效指标", 1, 3)
    paper.put(9, 4, "年度指标值", 1, 3)
    for column, text in enumerate(("实际完成值", "分值", "得分", "偏差原因分析及改进措施"), 7):
        paper.put(9, column, text, 2)
    lines(
        paper,
        10,
        ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"),
        ("产出指标", "数量指标", "受益人口", ">=", 3200, "人", 3200, 30, 30),
        (None, "质量指标", "水质达标率", ">=", 95, "%", None, 10, 10),
        (None, "时效指标", "完工时间", "<=", "12", "月", "11月", 10, 10),
        ("效益指标", "社会效益指标", "供水保证率", ">=", 90, "%", "92%", 30, 30),
        ("满意度指标", "满意度指标", "群众满意度", ">=", 90, "%", 88, 10, 9.78, "个别管网末端水压不足，更换管道"),
        ("其他需要说明的事项", None, "无"),
        ("总分", None, None, None, None, None, None, 100, 99.78, "（自评等级）优"),
        ("备注：1.其他资金请注明来源。",),
    )  # fmt: skip
    paper.put(12, 7, Decimal("0.962"), form="0.00%")
    return paper


def adjusted_targets() -> Paper:
    """No levels, targets adjusted in the year, a coefficient beside the points, the total at the head."""
    paper = Paper()
    paper.put(1, 1, "2022年度项目绩效自评表", 1, 11)
    lines(
        paper,
        2,
        ("项目名称", "乡村振兴驿站建设", None, "项目编码", "50000022T000002066666", None, "自评总分（分）", 98.2),
        ("主管部门", "示例区农业农村委", None, "财政处室", None, None, "项目联系人", "张某"),
        ("资金情况（元）", "年初预算数", None, "全年（调整）预算数", None, "全年执行数", None, "执行率（%）",
         "执行率权重（%）", "执行率得分（分）"),
        ("总额", 1000000, None, 900000, None, 738000, None, 82, 10, 8.2),
        ("年初绩效目标", None, None, "全年（调整）绩效目标", None, None, "全年目标实际完成情况"),
        ("建设3个驿站", None, None, "建设2个驿站", None, None, "建成2个驿站"),
        ("绩效指标", "指标名称", "计量单位", "指标性质", "年初指标值", "调整指标值", "全年完成值", "得分系数（%）",
         "指标权重（分）", "指标得分（分）", "是否核心指标", "说明"),
        (None, "新建驿站数量", "个", "≥", 3, 2, 2, 100, 30, 30, "是"),
        (None, "验收合格率", "%", "≥", 95, None, 100, 100, 30, 30, "否"),
        (None, "带动就业人数", "人", "≥", 20, None, 25, 100, 20, 20, "否"),
        (None, "群众满意度", "%", "≥", 90, None, 92, 100, 10, 10, "否"),
        ("说明", "无"),
    )  # fmt: skip
    return paper


def several_targets() -> Paper:
    """20 points for execution, each yearly target with its own head and indicators."""
    paper = Paper()
    paper.put(1, 1, "2022年度公路养护项目自评表", 1, 8)
    head = ("一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分")
    lines(
        paper,
        2,
        ("单位名称：示例市公路局", None, None, None, "填报日期：2023.3.10"),
        ("项目名称", None, "农村公路养护"),
        ("主管部门", None, "示例市交通运输局", None, "项目实施单位", None, "示例市公路局"),
        ("预算执行情况（万元）（20分）", None, None, None, "预算数（A）", "执行数（B）", "执行率（B/A）", "得分（20分*执行率）"),
        (None, None, "年度财政资金总额", None, 200, 190, "95%", 19),
        ("年度绩效目标1（40分）", *head),
        (None, "产出指标", "数量指标", "养护里程", "120公里", "120公里", 20),
        (None, None, "质量指标", "路况优良率", "≥85%", "86%", 20),
        ("年度绩效目标2（40分）", *head),
        (None, "产出指标", "数量指标", "水毁修复", "30处", "27处", 18),
        (None, "满意度指标", "服务对象满意度", "群众满意度", "≥90%", "93%", 20),
    )  # fmt: skip
    paper.put(13, 1, "总分", 1, 7)
    paper.put(13, 8, 97)
    lines(paper, 14, ("偏差大或目标未完成原因分析", None, "水毁点位于景区，施工受限"))
    return paper


def _of_a_school(paper: Paper, first: int, title: str, name: str = "") -> int:
    paper.put(first, 1, title, 1, 8)
    rows = [("项目名称", None, name)] if name else []
    return lines(
        paper,
        first + 1,
        *rows,
        ("主管部门", None, "示例县教育局", None, "实施单位", None, "示例县第一小学"),
        ("项目资金（万元）", None, None, "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        (None, None, "年度资金总额", 50, 49, 10, "98.00%", 9.8),
        ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"),
        ("产出指标", "数量指标", "改造教室", "≥10间", "10间", 50, 50),
        ("效益指标", "社会效益指标", "受益学生", "≥800人", "820人", 30, 30),
        ("满意度指标", "满意度", "家长满意度", "≥95%", "96%", 10, 10),
        ("总分", None, None, None, None, 100, 99.8),
    )  # fmt: skip


def projects_named_in_titles() -> Paper:
    """Three projects below each other, named only in their titles."""
    paper = Paper()
    row = _of_a_school(paper, 1, "示例县第一小学“校舍维修”项目支出绩效自评表（2023年度）")
    row = _of_a_school(paper, row + 1, "2023年度食堂改造项目支出绩效自评表")
    _of_a_school(paper, row + 1, "项目支出绩效自评表（信息化设备购置）2023年度")
    return paper


def figures_beside_labels() -> Paper:
    """All the money in one row of labels and figures; 合计 sums up the indicators only."""
    paper = Paper()
    paper.put(1, 1, "项目支出绩效自评表", 1, 10)
    lines(
        paper,
        2,
        ("填报单位（盖章）：示例乡人民政府", None, None, None, "2022年度", None, None, None, "单位：万元"),
        ("项目名称", "村级组织运转", "主管部门", "示例乡人民政府", "实施单位", "示例乡财政所"),
        ("年初预算数", 60, "全年预算数", 66, "全年执行数", 66, "执行率", "100%", "得分", 10),
        ("年度总体目标", "保障12个村正常运转"),
        ("年度目标完成情况", "12个村运转正常"),
        (
            "一级指标",
            "二级指标",
            "三级指标",
            "目标值",
            "实际完成值",
            "权重",
            "自评得分",
            "扣分原因及改进措施",
        ),
        ("产出", "数量", "保障村数", "=12个", "12个", 20, 20),
        (None, "质量", "足额发放率", "=100%", "1", 20, 20),
        (None, "时效", "发放及时率", "按季度发放", "达成", 10, 10),
        ("效益", "社会效益", "村级服务能力", "提升", "部分达成", 30, 24, "专职人员不足，拟公开招聘"),
        ("满意度", "群众满意度", "村民满意度", "≥90％", "９１％", 10, 10),
        ("合计", None, None, None, None, 90, 84),
        ("自评总分", 94, "自评等级", "优秀"),
    )
    return paper


def dates_and_shares() -> Paper:
    """Dates as dates, shares as shares, a hidden column."""
    paper = Paper()
    paper.put(1, 1, "示例县2022年项目支出绩效自评表", 1, 8)
    lines(
        paper,
        2,
        ("项目名称", None, "档案数字化"),
        ("实施单位", None, "示例县档案馆"),
        ("资金（万元）", None, None, "预算数", "执行数", "执行率", "分值", "得分"),
        (None, None, "合计", 10, 9.7, 0.97, 10, 9.7),
        ("一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "备注"),
        ("产出指标", "数量指标", "扫描页数", "≥50万页", "52.3万页", 30, 30),
        (None, "时效指标", "完成日期", None, None, 20, 20),
        ("效益指标", "社会效益", "查档时间缩短", "≥50%", None, 30, 30),
        ("满意度", "满意度", "查档人满意度", None, None, 10, 10),
        ("总分", None, None, None, None, 100, 99.7),
    )
    paper.put(9, 5, Decimal("0.5"), form="0%")
    paper.put(10, 4, Decimal("0.95"), form="0%")
    paper.put(10, 5, Decimal("0.96"), form="0%")
    return paper


def _dated(book: Workbook) -> None:
    sheet = book.worksheets[0]
    sheet["D8"], sheet["E8"] = date(2022, 12, 31), date(2022, 11, 30)
    sheet.column_dimensions["H"].hidden = True


def decision_and_process() -> Paper:
    """决策、过程、产出、效益 with points at every level and neither target nor completion."""
    paper = Paper()
    paper.put(1, 1, "示例县“厕所革命”项目绩效评价自评打分表", 1, 9)
    lines(
        paper,
        2,
        ("项目单位：示例县农业农村局",),
        ("一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "评分标准", "自评得分", "扣分原因"),
        ("决策", 15, "项目立项", 15, "立项依据充分性", 15, "依据充分得满分", 14, "论证材料不全，已补充论证"),
        ("过程", 25, "资金管理", 25, "预算执行率", 25, None, 25),
        ("产出", 35, "产出数量", 35, "改厕数量", 35, None, 35),
        ("效益", 25, "社会效益", 25, "卫生厕所普及率", 25, None, 25),
        ("合计", 100, None, 100, None, 100, None, 99),
    )
    return paper


def amounts_with_units() -> Paper:
    """85.00万元 in the cells, sources side by side, points in the levels' brackets, total and grade in one line."""
    paper = Paper()
    paper.put(1, 1, "绩效自评表", 1, 9)
    lines(
        paper,
        2,
        ("2023年度", *[None] * 7, "单位：万元、%"),
        ("项目名称", "全民健身中心免费开放"),
        ("主管部门", "示例市体育局", "资金使用单位", "示例市全民健身中心"),
        ("项目预算执行情况", "预算数", "财政拨款", "其他资金", "执行数", "财政拨款", "其他资金", "执行率", "得分"),
        (None, "85.00万元", "85.00万元", "0.00万元", "80.75万元", "80.75万元", "0.00万元", "95.00%", "9.5"),
        ("一级指标", "二级指标", "三级指标", "年度目标值", "全年完成值", "偏差率", "分值", "得分", "偏差原因分析"),
        ("产出指标（50分）", "数量指标", "免费开放天数（天）", "≥330", "335", "1.5%", "25", "25"),
        (None, "质量指标", "设施完好率（%）", "≥98", "98.5", None, "25", "25"),
        ("效益指标（30分）", "社会效益指标", "健身人次（万人次）", "≥20", "18.6", "-7%", "30", "27.9", "场馆维修闭馆20天，已恢复开放"),
        ("满意度指标（10分）", "满意度指标", "群众满意度（≥**%）", "≥90", "95.6", None, "10", "10"),
        ("自评总分：97.40分", *[None] * 6, "自评等级：优秀"),
    )  # fmt: skip
    return paper


def levels_in_the_side_column() -> Paper:
    """绩效指标 heads the column of second levels; the money is told as it changed in the year."""
    paper = Paper()
    paper.put(1, 1, "部门预算项目绩效自评结果公开表", 1, 10)
    lines(
        paper,
        2,
        ("部门名称", "示例县卫健局", "项目名称", "基本公共卫生服务", "评价年度", "2022"),
        (
            "预算资金情况（万元）",
            "年初预算",
            "1000",
            "追加（减）",
            "-50",
            "调整后预算",
            "950",
            "实际支出",
            "950",
        ),
        ("绩效指标", "指标名称", "权重", "目标值", "完成值", "得分", "说明"),
        ("产出数量", "建档率", 20, "≥90%", "93%", 20),
        ("产出质量", "规范管理率", 20, "≥65%", "62%", 19.08, "基层人员不足，继续培训"),
        ("产出时效", "资金拨付及时率", 20, "100%", "100%", 20),
        ("社会效益", "知晓率", 30, "提高", "达成", 30),
        ("满意度", "居民满意度", 10, "≥80%", "85%", 10),
        ("合计", None, 100, None, None, 99.08),
    )
    return paper


_SCHOOL = Expected(
    SELF, "校舍维修", "示例县第一小学", 2023, (("total", 50 * WAN, 49 * WAN),),
    (("改造教室", "≥", 10, 10), ("受益学生", "≥", 800, 820), ("家长满意度", "≥", 95, 96)), "99.8",
    unread=("校舍维修",),
)  # fmt: skip


def _named(name: str) -> Expected:
    return Expected(
        SELF, name, _SCHOOL.unit, 2023, _SCHOOL.funds, _SCHOOL.rows, _SCHOOL.total, unread=(name,)
    )


SELF_EVALUATIONS: dict[str, Layout] = {
    "two sides of money": Layout(two_sides_of_money, (
        Expected(SELF, "农村危房改造补助", "示例县住房和城乡建设局", 2020,
                 (("total", 120 * WAN, Decimal("118.5") * WAN), ("fiscal_appropriation", 120 * WAN, Decimal("118.5") * WAN), ("other", 0, 0)),
                 (("改造户数", None, 120, 120), ("验收合格率", None, 100, 100),
                  ("完成时间", "other", "2020年12月底前", "2020年11月"), ("农户满意度", "≥", 95, 97))),)),
    "sign and unit under one head": Layout(sign_and_unit_under_one_head, (
        Expected(SELF, "农村饮水安全巩固提升", "示例县水务局供水站", 2022,
                 (("total", 135_000_000, 135_000_000), ("fiscal_appropriation", 135_000_000, 135_000_000), ("other", 0, 0)),
                 (("受益人口", "≥", 3200, 3200), ("水质达标率", "≥", 95, Decimal("96.20")), ("完工时间", "≤", 12, 11),
                  ("供水保证率", "≥", 90, 92), ("群众满意度", "≥", 90, 88)), "99.78", "优"),)),
    "adjusted targets": Layout(adjusted_targets, (
        Expected(SELF, "乡村振兴驿站建设", "", 2022, (("total", 90_000_000, 73_800_000),),
                 (("新建驿站数量", "≥", 2, 2), ("验收合格率", "≥", 95, 100), ("带动就业人数", "≥", 20, 25),
                  ("群众满意度", "≥", 90, 92)), "98.2", codes=frozenset({"C36"})),)),
    "several targets": Layout(several_targets, (
        Expected(SELF, "农村公路养护", "示例市公路局", 2022, (("total", 200 * WAN, 190 * WAN),),
                 (("养护里程", None, 120, 120), ("路况优良率", "≥", 85, 86), ("水毁修复", None, 30, 27),
                  ("群众满意度", "≥", 90, 93)), "97"),)),
    "projects named in titles": Layout(
        projects_named_in_titles, (_named("校舍维修"), _named("食堂改造"), _named("信息化设备购置"))),
    "figures beside labels": Layout(figures_beside_labels, (
        Expected(SELF, "村级组织运转", "示例乡财政所", 2022, (("total", 66 * WAN, 66 * WAN),),
                 (("保障村数", "=", 12, 12), ("足额发放率", "=", 100, 100), ("发放及时率", "qualitative", "按季度发放", "达成"),
                  ("村级服务能力", "qualitative", "提升", "部分达成"), ("村民满意度", "≥", 90, 91)), "94", "优秀", unread=("1",)),)),
    "dates and shares": Layout(dates_and_shares, (
        Expected(SELF, "档案数字化", "示例县档案馆", 2022, (("total", 10 * WAN, Decimal("9.7") * WAN),),
                 (("扫描页数", "≥", 500000, 523000), ("完成日期", "other", "2022-12-31", "2022-11-30"),
                  ("查档时间缩短", "≥", 50, 50), ("查档人满意度", None, 95, 96)), "99.7", unread=("备注、得分",)),), _dated),
    "decision and process": Layout(decision_and_process, (
        Expected(SELF, "厕所革命", "示例县农业农村局", None, (),
                 (("立项依据充分性", None, "", ""), ("预算执行率", None, "", ""), ("改厕数量", None, "", ""),
                  ("卫生厕所普及率", None, "", "")), "99", codes=frozenset({"C1"}), unread=("厕所革命",)),)),
    "amounts with units": Layout(amounts_with_units, (
        Expected(SELF, "全民健身中心免费开放", "示例市全民健身中心", 2023, (("total", 85 * WAN, Decimal("80.75") * WAN),),
                 (("免费开放天数（天）", "≥", 330, 335), ("设施完好率（%）", "≥", 98, Decimal("98.5")),
                  ("健身人次（万人次）", "≥", 20, Decimal("18.6")), ("群众满意度（≥**%）", "≥", 90, Decimal("95.6"))), "97.40分", "优秀",
                 unread=("财政拨款、其他资金、财政拨款、其他资金",)),)),
    "levels in the side column": Layout(levels_in_the_side_column, (
        Expected(SELF, "基本公共卫生服务", "示例县卫健局", 2022, (("total", 950 * WAN, 950 * WAN),),
                 (("建档率", "≥", 90, 93), ("规范管理率", "≥", 65, 62), ("资金拨付及时率", None, 100, 100),
                  ("知晓率", "qualitative", "提高", "达成"), ("居民满意度", "≥", 80, 85)), "99.08"),)),
}  # fmt: skip
"""Layouts by what is particular about them."""
