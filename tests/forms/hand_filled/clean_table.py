"""A self-evaluation with nothing wrong, and how tests change it (无差错的自评表)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from forms.findings import Finding, Severity
from forms.hand_filled.audit import TableAudit, audit
from forms.hand_filled.audit_basis import AuditBases
from forms.hand_filled.stated import StatedSubtotal, StatedTable
from models.domain.kit import ParameterKit
from resources.builtin_kits import builtin_kits
from tests.forms.hand_filled.published import fund, number, part, row

KITS = builtin_kits(2026)
BASES = AuditBases(KITS)
E, W, H = Severity.BLOCKING, Severity.EXPLAIN, Severity.HINT

CLEAN = StatedTable(
    file="公路.xlsx",
    sheet="自评表",
    cells="A1:I22",
    form="self_evaluation",
    project_name="农村公路养护",
    supervising_department="示例县交通运输局",
    implementing_unit="示例县柳林镇人民政府",
    fiscal_year=2025,
    funds=(
        fund("total", "年度资金总额", "80", "80", "76.40", "10", "95.50%", "9.55", where="A6:I6"),
        fund("fiscal_appropriation", "其中：当年财政拨款", "70", "70", "66.40", "—", "94.86%", "—"),
        fund("other", "其他资金", "10", "10", "10", "—", "100%", "—"),
    ),
    targets=("完成村道日常养护 12 公里。", "已完成 12.4 公里。"),
    indicators=(
        row("产出/数量指标", "养护里程", "≥12公里", "12.4公里", "20", "20", where="A11:I11"),
        part("其中通村公路", "8公里", "8.2公里"),
        row("产出/质量指标", "路况优良率", "≥85%", "88%", "15", "15"),
        row("产出/时效指标", "按期完成率", "=100%", "100%", "10", "10"),
        row("产出/成本指标", "每公里养护成本", "≤3万元", "2.8万元", "5", "5"),
        row("效益/社会效益指标", "受益人口数", "≥8600人", "8700人", "15", "15"),
        row("效益/可持续影响指标", "管护制度健全程度", "制度健全", "达成预期指标", "15", "14"
            , "管护公示牌还有两处没有更新，已安排更换"),
        row("满意度/服务对象满意度指标", "沿线群众满意度", "≥90%", "86.5%", "10", "9.61",
            "施工期间出行不便，今后合理安排施工时间"),
    ),
    subtotals=(
        StatedSubtotal("产出指标", Decimal(50)),
        StatedSubtotal("效益指标", Decimal(30)),
        StatedSubtotal("满意度指标", Decimal(10)),
    ),
    stated_total=number("98.16"),
    stated_grade="优",
)  # fmt: skip


def changed(index: int, **changes: Any) -> StatedTable:
    """The clean table with one row changed."""
    rows = list(CLEAN.indicators)
    rows[index] = replace(rows[index], **changes)
    return replace(CLEAN, indicators=tuple(rows))


def paid(index: int = 0, **changes: Any) -> StatedTable:
    """The clean table with one funds row changed."""
    funds = list(CLEAN.funds)
    funds[index] = replace(funds[index], **changes)
    return replace(CLEAN, funds=tuple(funds))


def scored(index: int, score: str, table: StatedTable = CLEAN, **changes: Any) -> StatedTable:
    """A row's score changed, the total with it."""
    old = table.indicators[index].stated_score.value or Decimal(0)
    rows = list(table.indicators)
    rows[index] = replace(rows[index], stated_score=number(score), **changes)
    assert table.stated_total.value is not None
    total = table.stated_total.value - old + Decimal(score)
    return replace(table, indicators=tuple(rows), stated_total=number(str(total)))


def audited(table: StatedTable, kit: ParameterKit | None = None) -> TableAudit:
    return audit(table, AuditBases(KITS, kit) if kit else BASES)


def found(table: StatedTable, kit: ParameterKit | None = None) -> list[Finding]:
    """Findings beyond advice."""
    return [f for f in audited(table, kit).findings if f.severity is not H]
