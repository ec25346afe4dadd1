"""Sheets the document tests draw: built here, so that they lean on no declared form."""

from __future__ import annotations

from decimal import Decimal

from forms.sheet import FOOT_LINE, Cell, CellRole, Orientation, Sheet

HOSTILE = ("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", '=HYPERLINK("http://example.com","x")')
RARE = "𠮷镇㼆村☐已办☑在办☒未办"
LONG_TEXT = "".join(
    f"目标{number}：完成农村公路日常养护{number * 3}公里，受益群众满意度≥95%，资金支付合规率达到100%。"
    for number in range(1, 60)
)[:2000]

_FIRSTS = (
    ("产出指标", (("数量指标", 12), ("质量指标", 6), ("时效指标", 4))),
    ("成本指标", (("经济成本指标", 4),)),
    ("效益指标", (("经济效益指标", 3), ("社会效益指标", 4), ("可持续影响指标", 3))),
    ("满意度指标", (("服务对象满意度指标", 4),)),
)


class Rows:
    """Collects cells row by row."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self.row = 0

    def label(self, column: int, text: str, rows: int = 1, columns: int = 1, **more) -> None:
        role = CellRole.LABEL_LEFT if more.pop("left", False) else CellRole.LABEL
        self.cells.append(Cell(self.row, column, text, role, rows, columns, **more))

    def put(
        self, column: int, value, role: CellRole = CellRole.TEXT, rows: int = 1, columns: int = 1, **more
    ):
        self.cells.append(Cell(self.row, column, value, role, rows, columns, **more))


def annual_form(rows_of_block: int = 40, text: str = "目标1：养护道路。\n目标2：改善出行。") -> Sheet:
    """The annual single half: eight columns and an indicator block of up to forty rows."""
    b = Rows()
    b.label(0, "项目名称", columns=2)
    b.put(2, "农村公路养护工程", columns=6)
    b.row += 1
    b.label(0, "主管部门及代码", columns=2)
    b.put(2, "820001 示例县交通运输局", columns=2)
    b.label(4, "项目代码")
    b.put(5, "510000210000000000012", CellRole.CODE, columns=3)
    b.row += 1
    b.label(0, "项目资金\n（万元）", rows=3, columns=2)
    for label, amount in (
        ("年度资金总额：", Decimal("1330.984")),
        ("　其中：财政拨款", Decimal("1000")),
        ("　　　　其他资金", Decimal("330.984001")),
    ):
        b.label(2, label, columns=2, left=True)
        b.put(4, amount, CellRole.AMOUNT, columns=4, number_format="#,##0.00####")
        b.row += 1
    b.label(0, "总体目标", is_vertical=True)
    b.put(1, text, columns=7)
    b.row += 1
    _indicator_block(b, rows_of_block)
    return Sheet(
        name="绩效目标",
        title="项目支出绩效目标申报表",
        subtitle="（2027年度）",
        cells=tuple(b.cells),
        column_widths=(10, 19, 24, 47, 13, 24, 18, 19),
        orientation=Orientation.PORTRAIT,
        corner="单位：万元",
        head_rows=(6, 6),
        foot=FOOT_LINE,
        minimum_heights=dict.fromkeys(range(b.row), 8.0) | {5: 24.0},
    )


def _indicator_block(b: Rows, limit: int) -> None:
    """绩效指标: head and rows."""
    top = b.row
    heads = ("一级指标", "二级指标", "三级指标", "符号", "指标值", "计量单位", "分值")
    for column, head in enumerate(heads, 1):
        b.label(column, head)
    b.row += 1
    left = limit
    for first, seconds in _FIRSTS:
        counts = []
        for _, count in seconds:
            counts.append(min(count, left))
            left -= counts[-1]
        if not sum(counts):
            break
        b.label(1, first, rows=sum(counts))
        for (second, _), count in zip(seconds, counts, strict=True):
            if not count:
                continue
            b.label(2, second, rows=count)
            for number in range(1, count + 1):
                b.put(3, f"{second[:2]}考核第{number}项养护里程")
                b.put(4, "≥", CellRole.CENTERED)
                b.put(5, Decimal("12.50") + number, CellRole.NUMBER, number_format="0.00")
                b.put(6, "公里", CellRole.CENTERED)
                b.put(7, Decimal("2.5"), CellRole.NUMBER, number_format="0.0")
                b.row += 1
    height, b.row = b.row - top, top
    b.label(0, "绩效指标", rows=height, is_vertical=True)
    b.row = top + height


def two_half_form(value: str = "指标1：") -> Sheet:
    """The national form: medium-term beside annual, as in the official picture."""
    b = Rows()
    b.label(0, "项目名称", columns=2)
    b.put(2, None, columns=6)
    b.row += 1
    for left, right in (("主管部门及代码", "实施单位"), ("项目属性", "项目期")):
        b.label(0, left, columns=2)
        b.put(2, None, columns=2)
        b.label(4, right)
        b.put(5, None, columns=3)
        b.row += 1
    b.label(0, "项目资金\n（万元）", rows=3, columns=2)
    for label in ("资金总额：", "　其中：财政拨款", "　　　　其他资金"):
        b.label(2, ("中期" if label[0] != "　" else "") + label, left=True)
        b.put(3, None, CellRole.AMOUNT)
        b.label(4, ("年度" if label[0] != "　" else "") + label, columns=2, left=True)
        b.put(6, None, CellRole.AMOUNT, columns=2)
        b.row += 1
    b.label(0, "总体目标", rows=2, is_vertical=True)
    b.label(1, "中期目标（20××年—20××+n年）", columns=3)
    b.label(4, "年度目标", columns=4)
    b.row += 1
    b.put(1, "目标1：\n目标2：\n……", columns=3)
    b.put(4, "目标1：\n目标2：\n……", columns=4)
    b.row += 1
    top = b.row
    for column, head in enumerate(
        ("一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"), 1
    ):
        b.label(column, head)
    b.row += 1
    blocks = (
        ("产出指标", ("数量指标", "质量指标", "时效指标", "成本指标"), 2),
        ("效益指标", ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"), 1),
        ("满意度指标", ("服务对象满意度指标",), 2),
    )
    for first, seconds, count in blocks:
        b.label(1, first, rows=len(seconds) * count)
        for second in seconds:
            b.label(2, second, rows=count)
            b.label(5, second, rows=count)
            for _ in range(count):
                for column in (3, 6):
                    b.put(column, value, CellRole.CENTERED)
                    b.put(column + 1, None, CellRole.CENTERED)
                b.row += 1
    height, b.row = b.row - top, top
    b.label(0, "绩效指标", rows=height, is_vertical=True)
    return Sheet(
        name="绩效目标（两段式）",
        title="项目支出绩效目标申报表",
        subtitle="（20××年度）",
        cells=tuple(b.cells),
        column_widths=(10, 17, 26, 27, 20, 26, 27, 19),
        orientation=Orientation.PORTRAIT,
        head_rows=(top, top),
        foot=FOOT_LINE,
        minimum_heights=dict.fromkeys(range(top + height), 8.0) | {7: 24.0},
    )


def hostile_form() -> Sheet:
    """Texts that a spreadsheet would take for formulas, codes that look like numbers, rare characters."""
    b = Rows()
    for text in HOSTILE:
        b.label(0, "填报内容")
        b.put(1, text)
        b.put(2, text, CellRole.CENTERED)
        b.row += 1
    b.label(0, "项目代码")
    b.put(1, "820001", CellRole.CODE)
    b.put(2, "510000210000000000012", CellRole.CODE)
    b.row += 1
    b.label(0, "生僻字")
    b.put(1, RARE, columns=2)
    b.row += 1
    b.label(0, "数字")
    b.put(1, Decimal("9.2"), CellRole.NUMBER, number_format="0.0")
    b.put(2, Decimal("0.1"), CellRole.AMOUNT)
    b.row += 1
    b.label(0, "非数字")
    b.put(1, "—", CellRole.NUMBER)
    b.put(2, "待定", CellRole.AMOUNT)
    b.row += 1
    b.label(0, "控制符")
    b.put(1, "甲\x01乙\u200b丙\ud800丁")
    b.put(2, "_x0041_ <b>&amp;</b>\t制表\r\n换行")
    b.row += 1
    return Sheet("恶意/文字:*?[1]", "恶意文字登记表", "", tuple(b.cells), (30, 90, 60), Orientation.LANDSCAPE)


def empty_form() -> Sheet:
    """A form nobody has filled in: labels and blanks only."""
    b = Rows()
    b.label(0, "部门（单位）名称")
    b.put(1, None, columns=3)
    b.row += 1
    b.label(0, "年度总体目标", is_vertical=True)
    b.put(1, None, columns=3)
    b.row += 1
    return Sheet(
        "整体目标",
        "部门（单位）整体支出绩效目标申报表",
        "（2027年度）",
        tuple(b.cells),
        (30, 40, 50, 50),
        Orientation.PORTRAIT,
        foot=FOOT_LINE,
        minimum_heights={0: 8.0, 1: 40.0},
    )


def long_text_form() -> Sheet:
    """2,000 characters in one field, and a field longer than a page."""
    return annual_form(10, LONG_TEXT)


def pages_long_form() -> Sheet:
    """A text that fills more than one page beside a short one."""
    b = Rows()
    b.label(0, "总体目标", is_vertical=True)
    b.put(1, LONG_TEXT * 2)
    b.put(2, "短文")
    b.row += 1
    b.label(0, "备注")
    b.put(1, "无", columns=2)
    b.row += 1
    return Sheet(
        "长文本", "长文本表", "", tuple(b.cells), (12, 110, 40), Orientation.PORTRAIT, foot=FOOT_LINE
    )


SAMPLES = {
    "annual": annual_form,
    "two_halves": two_half_form,
    "hostile": hostile_form,
    "empty": empty_form,
    "long_text": long_text_form,
    "pages_long": pages_long_form,
}
