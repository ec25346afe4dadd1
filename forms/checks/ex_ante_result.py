"""C57 (评分和结论) and C58 (送审、审定和审减): the outcome of an ex-ante evaluation, reckoned anew."""

from __future__ import annotations

from collections.abc import Iterator

from forms.checks.engine import CheckInput
from forms.checks.ex_ante_settings import ReductionSetting
from forms.checks.wording import money_text, number_text, percent_text
from forms.context import FormContext
from forms.ex_ante_scores import RATINGS, ExAnteResult, evaluate, explanation, reduction, rows_of, scheme_of
from forms.findings import Finding, Place, Severity
from forms.kinds import parse_number
from models.domain.ex_ante_scheme import ExAnteScheme

_WHY_SCORE = "得分由评级和分值算出，手工改动或旧版本留下的数不能作为结论的依据。"


def has_scheme(context: FormContext) -> bool:
    """Whether the kit says how ex-ante evaluations are scored."""
    return scheme_of(context) is not None


def scores_and_conclusion(given: CheckInput) -> Iterator[Finding]:
    """C57: points or total not what the ratings give; a conclusion that the total or a veto does not bear."""
    scheme = scheme_of(given.context)
    if scheme is None:
        return
    yield from _rows(given, scheme)
    result = evaluate(scheme, given.answers)
    yield from _total(given, result)
    yield from _conclusion(given, scheme, result)


def _rows(given: CheckInput, scheme: ExAnteScheme) -> Iterator[Finding]:
    """Rows that are not those of the scheme, or whose points differ from it."""
    stated = list(given.answers.get(RATINGS) or ())
    if not stated:
        return
    wanted = {str(row["row_id"]): row for row in rows_of(scheme, given.answers)}
    strange = [row for row in stated if str(row.get("row_id")) not in wanted]
    missing = len(wanted) - (len(stated) - len(strange))
    if strange or missing:
        yield Finding(
            code="C57",
            severity=Severity.BLOCKING,
            place=Place(RATINGS),
            subject="评分表",
            message=f"评估内容与任务参数包不一致，多 {len(strange)} 条，少 {missing} 条",
            remedy="请用本任务的任务参数包打开后保存，评估内容会自动补齐",
            why="评估内容由任务参数包规定，不能增减。",
        )
    for row in stated:
        right = wanted.get(str(row.get("row_id")))
        if right is None or all(_same(row.get(key), right[key]) for key in ("points", "score")):
            continue
        yield Finding(
            code="C57",
            severity=Severity.BLOCKING,
            place=Place(RATINGS, str(row.get("row_id")), "score"),
            subject=f"评分表“{right['item']}”",
            message=f"写的是分值 {row.get('points') or '空'}、得分 {row.get('score') or '空'}，"
            f"按评级应为分值 {right['points']}、得分 {right['score'] or '空'}",
            remedy="请重新打开并保存这份报告，得分会重新计算",
            why=_WHY_SCORE,
        )


def _same(stated: object, right: str | None) -> bool:
    """Whether two numbers are the same, however they are spelled."""
    one, two = parse_number(str(stated or "")), parse_number(right or "")
    return one == two


def _total(given: CheckInput, result: ExAnteResult) -> Iterator[Finding]:
    """The stated total against the sum of the ratings."""
    stated = given.answers.get("total_score")
    right = None if result.total is None else f"{result.total:f}"
    if _same(stated, right):
        return
    yield Finding(
        code="C57",
        severity=Severity.BLOCKING,
        place=Place("total_score"),
        subject="总分",
        message=f"写的是 {stated or '空'}，各项得分合计是 {right or '空（还没有评完）'}",
        remedy="请重新打开并保存这份报告，总分会重新计算",
        why=_WHY_SCORE,
        values=(("总分", str(stated or "空")), ("合计", right or "空")),
    )


def _conclusion(given: CheckInput, scheme: ExAnteScheme, result: ExAnteResult) -> Iterator[Finding]:
    """The conclusion against bands and vetoes."""
    stated = given.text("assessment_conclusion")
    band = scheme.band(stated)
    if band is None:
        return
    place, subject = Place("assessment_conclusion"), "评估结论"
    if result.vetoes and band.is_support:
        yield Finding(
            code="C57",
            severity=Severity.BLOCKING,
            place=place,
            subject=subject,
            message=f"选的是“{stated}”，但{result.vetoes[0]}，属于否决事项",
            remedy="请改为不予支持的结论；评级有误的，先改评级",
            why="否决事项不过关的，不论总分多少都不予支持。",
            also=(Place(RATINGS),),
        )
    elif result.total is not None and result.conclusion and stated != result.conclusion:
        yield Finding(
            code="C57",
            severity=Severity.EXPLAIN,
            place=place,
            subject=subject,
            message=f"选的是“{stated}”，总分 {number_text(result.total)} 分，按分档是“{result.conclusion}”",
            remedy="请核对评级和结论；确实要作不同结论的，请说明理由",
            why=explanation(scheme, result),
            also=(Place("total_score"),),
            values=(("评估结论", stated), ("按分档", result.conclusion)),
        )


def amounts(given: CheckInput) -> Iterator[Finding]:
    """C58: 审定 above 送审, 审减 that is not 送审 − 审定, and an amount that the conclusion does not bear."""
    asked, given_fen = given.amount("submitted_fen"), given.amount("approved_fen")
    if asked is None or given_fen is None:
        return
    unit = given.context.amount_unit
    if given_fen < 0 or given_fen > asked:
        what = "小于 0" if given_fen < 0 else f"多于送审金额 {money_text(asked, unit)}"
        yield _amount_finding(
            "approved_fen", "审定金额", f"{money_text(given_fen, unit)}，{what}", "请核对两个金额"
        )
    yield from _cut(given, asked, given_fen)
    yield from _by_conclusion(given, asked, given_fen)


def _cut(given: CheckInput, asked: int, given_fen: int) -> Iterator[Finding]:
    """The amount cut and its rate as stated."""
    right = reduction(asked, given_fen)
    assert right is not None
    unit, stated = given.context.amount_unit, given.amount("reduced_fen")
    sum_words = f"{money_text(asked, unit)} − {money_text(given_fen, unit)} = {money_text(right[0], unit)}"
    if stated != right[0]:
        told = "没有填写" if stated is None else f"写的是 {money_text(stated, unit)}"
        yield _amount_finding(
            "reduced_fen", "审减金额", f"{told}，送审减审定是 {sum_words}", "请重新打开并保存这份报告"
        )
    rate, wanted = parse_number(given.text("reduction_rate")), parse_number(right[1] or "")
    tolerance = given.settings.get(ReductionSetting).rate_tolerance
    if wanted is not None and (rate is None or abs(rate - wanted) > tolerance):
        told = "没有填写" if rate is None else f"写的是 {percent_text(rate)}"
        yield _amount_finding(
            "reduction_rate",
            "审减率",
            f"{told}，审减金额除以送审金额是 {percent_text(wanted)}",
            "请重新打开并保存这份报告",
        )


def _amount_finding(key: str, subject: str, message: str, remedy: str) -> Finding:
    """A fault of arithmetic."""
    return Finding(
        code="C58",
        severity=Severity.BLOCKING,
        place=Place(key),
        subject=subject,
        message=message,
        remedy=remedy,
        why="审减金额等于送审金额减审定金额，审定金额不能多于送审金额。",
        also=(Place("submitted_fen"),),
    )


def _by_conclusion(given: CheckInput, asked: int, given_fen: int) -> Iterator[Finding]:
    """Money for what is not supported, none for what is, and everything as asked for what needs adjusting."""
    scheme = scheme_of(given.context)
    stated = given.text("assessment_conclusion")
    band = scheme.band(stated) if scheme else None
    if band is None:
        return
    unit = given.context.amount_unit
    if not band.is_support and given_fen > 0:
        message = f"结论是“{stated}”，审定金额却是 {money_text(given_fen, unit)}"
        remedy = "不予支持的，审定金额填 0"
    elif band.is_support and given_fen == 0 and asked > 0:
        message, remedy = f"结论是“{stated}”，审定金额却是 0", "请核对结论和审定金额"
    else:
        return
    yield Finding(
        code="C58",
        severity=Severity.EXPLAIN,
        place=Place("approved_fen"),
        subject="审定金额",
        message=message,
        remedy=f"{remedy}；确实如此的，请说明",
        why="审定金额是评估结论的结果，两者要一致。",
        also=(Place("assessment_conclusion"),),
    )
