"""Declaration of 绩效目标汇总表 (domain §0.2): every project's target in one list, summed from the filings themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from forms.context import FormContext
from forms.list_sheet import ListLayout, list_sheet
from forms.schema import FieldKind, FormSpec, FormSubject, Row, SectionSpec, StepSpec, TableSpec, always
from forms.sheet import Orientation, Sheet
from forms.signature_block import SIGNATURE_SECTION
from forms.summary_fields import HEAD_SECTION, LOCKED, PROJECT_COLUMNS, REMARK_COLUMN, SOURCE_COLUMN, computed
from forms.summary_rows import TABLE, amount, derived, money_total
from models.domain.background import UnitFiling
from models.domain.filing import Answers

SOURCE_FORM = "performance_target"
_MONEY = (("annual_total_fen", "total_sum_fen"), ("annual_fiscal_fen", "fiscal_sum_fen")) + (
    ("annual_other_fen", "other_sum_fen"),
)


def _line(filing: UnitFiling) -> Mapping[str, Any]:
    """A project's target in a line."""
    answers = filing.answers
    rows = answers.get("indicators")
    count = len(rows) if isinstance(rows, list | tuple) else 0
    return {
        **{key: amount(answers.get(key)) for key, _total in _MONEY},
        "annual_target": answers.get("annual_target"),
        "indicator_count": str(count),
    }


def _totals(rows: Sequence[Row]) -> Mapping[str, Any]:
    """Sums of the money, and how many projects."""
    return {total: money_total(rows, key) for key, total in _MONEY} | {"project_count": str(len(rows))}


def _derive(context: FormContext, answers: Answers) -> Answers:
    return derived(context, answers, SOURCE_FORM, _line, _totals)


_ROWS = TableSpec(
    key=TABLE,
    label="绩效目标汇总",
    columns=(
        *PROJECT_COLUMNS,
        computed("annual_total_fen", "年度资金总额", FieldKind.MONEY),
        computed("annual_fiscal_fen", "其中：财政拨款", FieldKind.MONEY),
        computed("annual_other_fen", "其他资金", FieldKind.MONEY),
        computed("annual_target", "年度目标", FieldKind.LONG_TEXT, 40),
        computed("indicator_count", "指标条数", FieldKind.TEXT, 8),
        SOURCE_COLUMN,
        REMARK_COLUMN,
    ),
    help="各行自动取自项目的绩效目标申报表，只有备注可以填写",
    total_columns=tuple(key for key, _total in _MONEY),
    has_fixed_rows=always,
    fixed_note=LOCKED,
)

_LAYOUT = ListLayout(
    TABLE,
    {
        "project_code": 40.0,
        "project_name": 32.0,
        "unit_name": 28.0,
        "annual_total_fen": 19.0,
        "annual_fiscal_fen": 19.0,
        "annual_other_fen": 17.0,
        "annual_target": 54.0,
        "indicator_count": 11.0,
        "filing_source": 19.0,
        "remark": 13.0,
    },
    head=("unit_name", "project_count"),
    below=("summary_note", "department_opinion"),
    totals=dict(_MONEY),
    number_width=9.0,
)


def _build(form: FormSpec, context: FormContext, answers: Mapping[str, Any]) -> Sheet:
    return list_sheet(form, context, answers, _LAYOUT)


TARGET_SUMMARY = FormSpec(
    form_id="target_summary",
    version="1",
    title="绩效目标汇总表",
    short_title="目标汇总",
    subject=FormSubject.UNIT,
    orientation=Orientation.LANDSCAPE,
    steps=(
        StepSpec("basics", "基本情况", (HEAD_SECTION, SIGNATURE_SECTION)),
        StepSpec(
            "rows",
            "汇总",
            (
                SectionSpec("绩效目标汇总", (_ROWS,)),
                SectionSpec(
                    "合计",
                    (
                        computed("total_sum_fen", "年度资金合计", FieldKind.MONEY),
                        computed("fiscal_sum_fen", "财政拨款合计", FieldKind.MONEY),
                        computed("other_sum_fen", "其他资金合计", FieldKind.MONEY),
                    ),
                ),
            ),
        ),
    ),
    checks=("C1", "C42", "C53", "C54", "C55"),
    build_sheet=_build,
    amount_of=lambda answers: amount(answers.get("total_sum_fen")),
    source="主管部门汇总上报的通行栏目",
    derive=_derive,
)
