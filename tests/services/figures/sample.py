"""A small county of figures (汇总样例): three units of two departments, targets and self-evaluations."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from models.domain.filing_status import FilingStatus
from models.domain.kit import GradeBand
from services.figures.records import Basis, Belonging, DueLine, FigureLine
from services.reporting_status import DueState

TARGET, EVALUATION = "performance_target", "self_evaluation"
BANDS = tuple(
    GradeBand(name, Decimal(lower)) for name, lower in (("优", 90), ("良", 80), ("中", 60), ("差", 0))
)
TOWN = Belonging(
    "820001", "示例县柳林镇人民政府", "820001", "示例县柳林镇人民政府", "乡财股", "一般公共预算", ""
)
SCHOOL = Belonging(
    "205002", "示例县第一实验小学", "205001", "示例县教育体育局", "教科文股", "一般公共预算", "民生"
)
OFFICE = Belonging(
    "205001", "示例县教育体育局本级", "205001", "示例县教育体育局", "教科文股", "政府性基金", "民生"
)


def line(number: int, at: Belonging, form_id: str = TARGET, **given: Any) -> FigureLine:
    """A filing's line."""
    told = {"status": FilingStatus.RECEIVED, **given}
    return FigureLine(
        f"F{number}", form_id, f"{form_id}-2027", "2027年", at, f"项目{number}", f"P{number}", **told
    )


def due(number: int, at: Belonging, state: DueState, form_id: str = TARGET) -> DueLine:
    """A form due."""
    filing = f"F{number}" if state is DueState.SENT else ""
    return DueLine(form_id, "2027年", at, f"项目{number}", f"P{number}", state, filing)


def basis(**changed: Any) -> Basis:
    """Four targets, three self-evaluations, one target missing, one exempt."""
    lines = (
        line(1, TOWN, amount_fen=100_00, submitted_fen=100_00, approved_fen=50_00),
        line(2, TOWN, amount_fen=33, submitted_fen=33, approved_fen=0),
        line(3, SCHOOL, amount_fen=900_00, submitted_fen=900_00, approved_fen=900_00),
        line(4, OFFICE, amount_fen=10_00),
        line(5, TOWN, EVALUATION, score=Decimal(100), grade="优", budget_fen=300_00, spending_fen=100_00),
        line(6, SCHOOL, EVALUATION, score=Decimal("89.99"), grade="良", budget_fen=0, spending_fen=0),
        line(7, OFFICE, EVALUATION, score=Decimal(90), grade="优", budget_fen=100_00, spending_fen=100_00),
    )
    asked = (
        *(due(number, at, DueState.SENT) for number, at in ((1, TOWN), (2, TOWN), (3, SCHOOL))),
        due(8, OFFICE, DueState.MISSING),
        due(9, TOWN, DueState.EXEMPT),
    )
    given: dict[str, Any] = {
        "budget_year": 2027,
        "lines": lines,
        "due": asked,
        "titles": {TARGET: "绩效目标", EVALUATION: "绩效自评"},
        "bands": {EVALUATION: BANDS},
        "full_scores": {EVALUATION: Decimal(100)},
    }
    return Basis(**(given | changed))
