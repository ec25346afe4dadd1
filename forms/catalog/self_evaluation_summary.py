"""Declaration of 绩效自评结果汇总表 (domain §0.2): every project's result in one list, with totals and averages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from forms.context import FormContext
from forms.kinds import parse_number
from forms.list_sheet import ListLayout, list_sheet
from forms.schema import FieldKind, FormSpec, FormSubject, Row, SectionSpec, StepSpec, TableSpec, always
from forms.sheet import Orientation, Sheet
from forms.signature_block import SIGNATURE_SECTION
from forms.summary_fields import HEAD_SECTION, LOCKED, PROJECT_COLUMNS, REMARK_COLUMN, SOURCE_COLUMN, computed
from forms.summary_rows import TABLE, amount, average, derived, money_total, share
from models.domain.background import UnitFiling
from models.domain.filing import Answers

SOURCE_FORM = "self_evaluation"


def _line(filing: UnitFiling) -> Mapping[str, Any]:
    """A project's result in a line."""
    funds = filing.answers.get("funds")
    rows = funds if isinstance(funds, list | tuple) else ()
    total = next((row for row in rows if isinstance(row, Mapping) and row.get("row_id") == "total"), {})
    budget, spending = amount(total.get("annual_fen")), amount(total.get("spending_fen"))
    return {
        "annual_fen": budget,
        "spending_fen": spending,
        "execution_rate": share(spending, budget),
        "total_score": format(filing.score, "f") if filing.score is not None else None,
        "grade": filing.grade or None,
        "problems": _problems(filing) or None,
    }


def _problems(filing: UnitFiling) -> str:
    """Indicators with fewer points than full marks, by name."""
    rows = filing.answers.get("indicators")
    short: list[str] = []
    for row in rows if isinstance(rows, list | tuple) else ():
        if not isinstance(row, Mapping):
            continue
        full, score = (parse_number(str(row.get(key) or "")) for key in ("weight", "score"))
        if full is not None and score is not None and score < full:
            short.append(str(row.get("third_level") or ""))
    return f"未达到指标值：{'、'.join(short)}" if short else ""


def _totals(rows: Sequence[Row]) -> Mapping[str, Any]:
    """Sums, the rate of the sums, and the mean of the points."""
    budget, spending = money_total(rows, "annual_fen"), money_total(rows, "spending_fen")
    return {
        "budget_sum_fen": budget,
        "spending_sum_fen": spending,
        "rate_of_sums": share(spending, budget),
        "average_score": average(rows, "total_score"),
        "project_count": str(len(rows)),
    }


def _derive(context: FormContext, answers: Answers) -> Answers:
    return derived(context, answers, SOURCE_FORM, _line, _totals)


_ROWS = TableSpec(
    key=TABLE,
    label="绩效自评结果汇总",
    columns=(
        *PROJECT_COLUMNS,
        computed("annual_fen", "全年预算数", FieldKind.MONEY),
        computed("spending_fen", "全年执行数", FieldKind.MONEY),
        computed("execution_rate", "执行率", FieldKind.RATE, 9),
        computed("total_score", "自评得分", FieldKind.WEIGHT, 9),
        computed("grade", "等级", FieldKind.TEXT, 7),
        computed("problems", "存在问题", FieldKind.LONG_TEXT, 34),
        SOURCE_COLUMN,
        REMARK_COLUMN,
    ),
    help="各行自动取自项目的绩效自评表，只有备注可以填写",
    total_columns=("annual_fen", "spending_fen"),
    has_fixed_rows=always,
    fixed_note=LOCKED,
)

_LAYOUT = ListLayout(
    TABLE,
    {
        "project_code": 40.0,
        "project_name": 32.0,
        "unit_name": 28.0,
        "annual_fen": 20.0,
        "spending_fen": 20.0,
        "execution_rate": 17.0,
        "total_score": 15.0,
        "grade": 11.0,
        "problems": 38.0,
        "filing_source": 18.0,
        "remark": 13.0,
    },
    head=("unit_name", "project_count"),
    below=("summary_note", "department_opinion"),
    totals={
        "annual_fen": "budget_sum_fen",
        "spending_fen": "spending_sum_fen",
        "execution_rate": "rate_of_sums",
        "total_score": "average_score",
    },
    number_width=9.0,
    total_label="合计（得分为平均分）",
)


def _build(form: FormSpec, context: FormContext, answers: Mapping[str, Any]) -> Sheet:
    return list_sheet(form, context, answers, _LAYOUT)


SELF_EVALUATION_SUMMARY = FormSpec(
    form_id="self_evaluation_summary",
    version="1",
    title="绩效自评结果汇总表",
    short_title="自评汇总",
    subject=FormSubject.UNIT,
    orientation=Orientation.LANDSCAPE,
    steps=(
        StepSpec("basics", "基本情况", (HEAD_SECTION, SIGNATURE_SECTION)),
        StepSpec(
            "rows",
            "汇总",
            (
                SectionSpec("绩效自评结果汇总", (_ROWS,)),
                SectionSpec(
                    "合计和平均",
                    (
                        computed("budget_sum_fen", "全年预算合计", FieldKind.MONEY),
                        computed("spending_sum_fen", "全年执行合计", FieldKind.MONEY),
                        computed("rate_of_sums", "总执行率", FieldKind.RATE),
                        computed("average_score", "平均得分", FieldKind.WEIGHT),
                    ),
                ),
            ),
        ),
    ),
    checks=("C1", "C42", "C53", "C54", "C55"),
    build_sheet=_build,
    amount_of=lambda answers: amount(answers.get("budget_sum_fen")),
    source="主管部门汇总上报的通行栏目",
    derive=_derive,
)
