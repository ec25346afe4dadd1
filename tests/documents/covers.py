"""Covers the document tests draw."""

from __future__ import annotations

from forms.sheet import FOOT_LINE
from services.ports.documents import Cover, CoverLine


def submission_cover(lines: int = 3, enclosed: int = 2) -> Cover:
    """The cover of a submission with so many filings and evidence files."""
    return Cover(
        title="预算绩效报送文件封面",
        facts=(
            CoverLine("报送单位", "示例县柳林镇人民政府（990101001）"),
            CoverLine("主管部门", "示例县柳林镇人民政府"),
            CoverLine("工作年度", "2026年"),
            CoverLine("报送文件", "990101001_2026_submission_1_3f2a9c1b.asice"),
            CoverLine("签署人", "张敏"),
            CoverLine("签名密钥核对码", "QRST UVWX YZ23 4567"),
        ),
        contents_head=("序号", "表名", "项目名称", "预算年度", "版本", "金额（万元）"),
        contents=tuple(
            (
                str(n),
                "项目支出绩效目标申报表",
                f"农村公路养护与沿线环境整治工程（第{n}标段）",
                "2027",
                "1",
                "1,330.984",
            )
            for n in range(1, lines + 1)
        ),
        enclosures_head=("佐证材料", "大小", "随第几份表", "证明的内容"),
        enclosures=tuple(
            (f"农村公路养护合同（第{n}标段）.pdf", "1.2 MB", f"第 {n} 份", f"指标“第{n}标段养护里程”")
            for n in range(1, enclosed + 1)
        ),
        notes=(
            "本程序的签名用于识别填报单位、显示内容是否被改动，不代替单位公章。",
            "以加盖公章的纸质件为准，本级财政部门另有规定的从其规定。",
            "请财政部门接收时核对本页核对码与程序显示的核对码是否一致；不一致的不要登记，并与报送单位联系。",
        ),
        foot=FOOT_LINE,
    )
