"""Checks of a target review (绩效目标审核校验): points within each item, a reason for those taken off, total and grade as reckoned."""

from __future__ import annotations

from collections.abc import Iterator

from forms.checks.engine import CheckInput
from forms.checks.places import row_subject
from forms.checks.self_evaluation_reasons import says_nothing
from forms.checks.self_evaluation_settings import ReasonSetting
from forms.checks.wording import number_text
from forms.findings import Finding, Place, Severity
from forms.kinds import parse_number
from forms.target_review_rows import TABLE, item_rows, result_of


def points(given: CheckInput) -> Iterator[Finding]:
    """C32: more points than the item has, or fewer than none."""
    for number, row in enumerate(item_rows(given.answers), 1):
        score, full = (parse_number(str(row.get(key) or "")) for key in ("score", "full_score"))
        if score is None or full is None or 0 <= score <= full:
            continue
        yield Finding(
            "C32",
            Severity.BLOCKING,
            Place(TABLE, str(row.get("row_id")), "score"),
            row_subject(given.form.table(TABLE), row, number, "score"),
            f"填的是 {number_text(score)} 分，这一项的分值是 {number_text(full)} 分",
            f"请填 0 到 {number_text(full)} 之间的分数",
            "得分不能超过分值，也不能小于 0。",
        )


def deductions(given: CheckInput) -> Iterator[Finding]:
    """C35: points taken off without a word on what is wrong, so that the unit would not know what to mend."""
    setting = given.settings.get(ReasonSetting)
    for number, row in enumerate(item_rows(given.answers), 1):
        score, full = (parse_number(str(row.get(key) or "")) for key in ("score", "full_score"))
        if score is None or full is None or not 0 <= score < full:
            continue
        problem = str(row.get("problem") or "").strip()
        if not says_nothing(problem, setting) and problem not in setting.fillers:
            continue
        row_id = str(row.get("row_id"))
        written = f"存在问题只写了“{problem}”" if problem else "没有写存在问题"
        yield Finding(
            "C35",
            Severity.EXPLAIN,
            Place(TABLE, row_id, "problem"),
            row_subject(given.form.table(TABLE), row, number, "problem"),
            f"这一项扣了 {number_text(full - score)} 分，{written}",
            f"请写明扣在哪里、要怎样修改；不扣分的，得分填 {number_text(full)}",
            "扣分的写明存在的问题，填报单位才知道要改什么。",
            also=(Place(TABLE, row_id, "score"),),
        )


def result(given: CheckInput) -> Iterator[Finding]:
    """C34: total, grade or conclusion other than the points give."""
    wanted = result_of(given.context, item_rows(given.answers))
    for key, right in wanted.items():
        stated = given.answers.get(key)
        if stated == right:
            continue
        label = given.form.field(key).label
        yield Finding(
            "C34",
            Severity.BLOCKING,
            Place(key),
            label,
            f"写的是“{stated or '空'}”，按各项得分应为“{right or '空'}”",
            "请重新打开这份表，让程序重新计算",
            "总分等于各项得分之和，等级和结论由总分决定。",
            also=(Place(TABLE),),
        )
