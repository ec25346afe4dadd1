"""Checks of a target adjustment (绩效目标调整校验): its old side is the approved target, and money moves with indicators.

C28 and C29 look at the old side here: it must be the target in force, whole. C51 holds the new side against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from forms.checks.adjustment_settings import AdjustmentSetting
from forms.checks.engine import CheckInput
from forms.checks.wording import clipped, money_text, percent_text
from forms.findings import Finding, Place, Severity
from forms.indicator_table import joined_value
from forms.target_adjustment_rows import TABLE, UNCHANGED, is_pending, rows_of

_WHY = "调整表左边是现行批复的内容，右边才是申请调整的内容。"
_REOPEN = "请重新打开这份表，让程序按现行批复带入"


def old_values(given: CheckInput) -> Iterator[Finding]:
    """C28: an old name or value that is not the approved one."""
    approved = given.context.approved
    if approved is None or not is_pending(given.context, given.answers):
        return
    rows = {row.get("row_id"): row for row in rows_of(given.answers)}
    for old in rows_of(approved.answers):
        row = rows.get(old.get("row_id"))
        if row is None:
            continue
        for key, wanted in (
            ("old_third_level", old.get("third_level")),
            ("old_value", joined_value(old) or None),
        ):
            if row.get(key) != wanted:
                yield Finding(
                    "C28",
                    Severity.BLOCKING,
                    Place(TABLE, str(row.get("row_id")), key),
                    f"绩效指标“{clipped(str(old.get('third_level') or ''))}”的{given.form.table(TABLE).column(key).label}",
                    f"写的是“{clipped(str(row.get(key) or ''))}”，批复的是“{clipped(str(wanted or ''))}”",
                    _REOPEN,
                    _WHY,
                )


def old_indicators(given: CheckInput) -> Iterator[Finding]:
    """C29: an approved indicator that is not listed, or an old one that was never approved."""
    approved = given.context.approved
    if approved is None or not is_pending(given.context, given.answers):
        return
    rows = {row.get("row_id"): row for row in rows_of(given.answers)}
    wanted = {row.get("row_id"): row for row in rows_of(approved.answers)}
    for row_id, old in wanted.items():
        if row_id not in rows:
            name = clipped(str(old.get("third_level") or ""))
            yield _missing(
                Place(TABLE), "绩效指标", f"批复的指标“{name}”没有列出", "不再考核的请保留这一行，勾选“取消”"
            )
    for row_id, row in rows.items():
        if row.get("old_third_level") and row_id not in wanted:
            name = clipped(str(row["old_third_level"]))
            place = Place(TABLE, str(row_id), "old_third_level")
            yield _missing(place, f"绩效指标“{name}”", "现行批复里没有这条原指标", _REOPEN)


def _missing(place: Place, subject: str, message: str, remedy: str) -> Finding:
    return Finding("C29", Severity.BLOCKING, place, subject, message, remedy, _WHY)


def money_without_indicators(given: CheckInput) -> Iterator[Finding]:
    """C51: the budget changes by more than the kit's share while every indicator stays as it was."""
    old, new = given.amount("old_total_fen"), given.amount("annual_total_fen")
    rows = rows_of(given.answers)
    if not old or new is None or not rows or any(row.get("change") != UNCHANGED for row in rows):
        return
    limit = given.settings.get(AdjustmentSetting).share
    share = abs(Decimal(new - old)) / old
    if share <= limit:
        return
    unit = given.context.amount_unit
    yield Finding(
        "C51",
        Severity.EXPLAIN,
        Place("annual_total_fen"),
        "调整后的年度资金总额",
        f"由 {money_text(old, unit)}调整为 {money_text(new, unit)}，变动 {percent_text(share)}，各项指标都没有变",
        "请相应调整指标值，或说明为什么目标不变",
        f"预算变动超过 {percent_text(limit)}，要做的事一般也要跟着变。",
        also=(Place(TABLE),),
        values=(("原批复预算", money_text(old, unit)), ("调整后预算", money_text(new, unit))),
    )
