"""The breakdown: every line of the printed table with its reason, and the figures adding up."""

from __future__ import annotations

from decimal import Decimal

from forms.scoring.breakdown import breakdown
from forms.scoring.scorer import score_sheet
from tests.forms.scoring.cases import ALL_SPENT, SCHEME_10, SCHEMES, funds, row, sheet


def test_lines_in_the_order_of_the_form() -> None:
    found = sheet(
        row("≥", "12", "11.20", "50", name="养护里程", measure_unit="公里"),
        row("≥", "1", "1", None, name="其中：村道"),
        row("≥", "95", None, "40", name=""),
        funds=funds(100, 86),
    )
    lines = list(breakdown(found))
    assert [(line.title, line.full_score, line.score, line.row_id, line.is_open) for line in lines] == [
        ("预算执行率", "10", "8.60", "", False),
        ("养护里程", "50", "46.67", "r1", False),
        ("其中：村道", "", "", "r2", False),
        ("未命名指标", "40", "0.00", "r3", True),
        ("总分", "100", "55.27", "", True),
    ]
    assert lines[1].explanation.change == "再完成 0.80 公里（达到 12 公里）可得满分"
    assert lines[-1].explanation.formula.endswith("等级为“差”；再得 4.73 分可评为“中”")
    assert sum(Decimal(line.score or 0) for line in lines[:-1]) == Decimal(lines[-1].score)


def test_entered_items_and_no_line_for_execution_without_points() -> None:
    henan = SCHEMES["scheme_70_30"]
    rows = [row("≥", "10", "10", "70")]
    lines = list(breakdown(score_sheet(henan, ALL_SPENT, rows, {"funds_and_management": Decimal(25)})))
    assert [line.title for line in lines] == ["预算执行、资金和项目管理", "村道养护里程", "总分"]
    assert lines[0].explanation.formula == "录入得分 25.00 分，满分 30 分"
    waiting = next(breakdown(score_sheet(henan, ALL_SPENT, rows)))
    assert (waiting.score, waiting.is_open) == ("0.00", True)


def test_an_empty_table_has_its_total() -> None:
    assert [line.title for line in breakdown(sheet(by=SCHEME_10))] == ["预算执行率", "总分"]
