"""Second round against first (二上与一上核对): C51 of target declarations, money changed and every indicator as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from forms.checks.adjustment_settings import AdjustmentSetting
from forms.checks.engine import CheckInput
from forms.checks.places import ANNUAL_TABLE
from forms.checks.wording import money_text, percent_text
from forms.context import FormContext
from forms.findings import Finding, Place, Severity
from forms.schema import TableSpec
from forms.text_similarity import core_text
from models.domain.filing import Answers
from models.domain.project import DeclarationStage

_COMPARED = ("comparator", "planned_value", "measure_unit")


def knows_first_round(context: FormContext) -> bool:
    """Whether there is nothing to compare with by nature (not a second round), or the first round is known."""
    return context.task.stage is not DeclarationStage.SECOND_ROUND or context.first_round is not None


def money_without_indicators(given: CheckInput) -> Iterator[Finding]:
    """C51: the declared budget differs from the first round's by more than the kit's share, no indicator does."""
    before = given.context.first_round
    if before is None:
        return
    old, new = given.form.amount_of(before), given.form.amount_of(given.answers)
    if not old or new is None or not _are_same(before, given.answers):
        return
    limit, share = given.settings.get(AdjustmentSetting).share, abs(Decimal(new - old)) / old
    if share <= limit:
        return
    unit = given.context.amount_unit
    was, now = money_text(old, unit), money_text(new, unit)
    yield Finding(
        "C51",
        Severity.EXPLAIN,
        _place(given),
        "二上的资金总额",
        f"一上申报 {was}，二上改为 {now}，变动 {percent_text(share)}，各项指标值都没有变",
        "请按控制数相应调整指标值，或说明为什么目标不变",
        f"预算变动超过 {percent_text(limit)}，要做的事一般也要跟着变。",
        also=(Place(ANNUAL_TABLE),),
        values=(("一上申报", was), ("二上申报", now)),
    )


def _place(given: CheckInput) -> Place:
    """Where the form states its money: the total, or the table it is the sum of."""
    if given.spec("annual_total_fen") is not None:
        return Place("annual_total_fen")
    tables = (item for item in given.form.items() if isinstance(item, TableSpec) and item.sum_rules)
    return Place(next(tables).key)


def _are_same(before: Answers, now: Answers) -> bool:
    """Whether both have indicators, and the same ones with the same values, in whatever order."""
    one, other = _values(before), _values(now)
    return bool(one) and one == other


def _values(answers: Answers) -> Counter[tuple[str, ...]]:
    rows = answers.get(ANNUAL_TABLE)
    known = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else []
    return Counter(
        (core_text(_text(row, "third_level")), *(_text(row, key).strip() for key in _COMPARED))
        for row in known
    )


def _text(row: Mapping[str, Any], key: str) -> str:
    return str(row.get(key) or "")
