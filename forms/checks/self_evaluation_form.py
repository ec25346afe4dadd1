"""The self-evaluation checks of a form filled in here (自评表校验): C28 to C41, each under its own number.

What is reckoned here can be wrong only where somebody altered it, or saved it under other rules: all the same
everything is reckoned again, since the bureau runs these checks on what it received.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from forms import kinds
from forms.answers import is_blank
from forms.checks.engine import CheckInput
from forms.checks.funds import sums
from forms.checks.self_evaluation_approved import ApprovedTarget, approved_findings
from forms.checks.self_evaluation_facts import facts_of
from forms.checks.self_evaluation_funds import (
    FundLine,
    execution_score,
    low_execution,
    money_against_results,
    rate_of_row,
)
from forms.checks.self_evaluation_lines import ScoredLine
from forms.checks.self_evaluation_reasons import reason_findings
from forms.checks.self_evaluation_rows import (
    copied_sign,
    copied_text,
    other_unit,
    score_by_rule,
    score_in_range,
    unknown_grade,
)
from forms.checks.self_evaluation_settings import ExecutionSetting, UnitFamilySetting
from forms.checks.self_evaluation_totals import (
    TotalsFacts,
    full_points,
    grade_of_total,
    printed_total,
    too_good,
)
from forms.checks.settings import CheckSettings, SharedWords, SumSetting
from forms.checks.wording import clipped, money_text
from forms.context import FormContext
from forms.findings import Finding, Place, Severity
from forms.form_head import FormSubject
from forms.scoring.marks import Outcome
from forms.self_evaluation_rows import TARGET_FORM, approved_rows, cells_of, is_approved
from forms.self_evaluation_scores import FUNDS, TABLE, ReadRow, read_rows, rows_of

_PROJECT_FORM = "self_evaluation"
_WAITING = (Outcome.UNREADABLE_ACTUAL, Outcome.UNREADABLE_PLANNED)


def _rows(
    key: str, of_line: Callable[[ScoredLine, CheckInput, CheckSettings], Iterator[Finding]]
) -> Callable[[CheckInput], Iterator[Finding]]:
    """A check of single rows, remembered by line: only a row that changed is looked at again."""

    def check(given: CheckInput) -> Iterator[Finding]:
        memory = given.context.memory.setdefault(f"findings_{key}", {})
        kept: dict[str, tuple[ScoredLine, tuple[Finding, ...]]] = {}
        for line in facts_of(given).lines:
            known = memory.get(line.row_id)
            if known is None or known[0] is not line:
                known = (line, tuple(of_line(line, given, given.settings)))
            kept[line.row_id] = known
            yield from known[1]
        given.context.memory[f"findings_{key}"] = kept

    return check


# Against the approved target ----------------------------------------------------------------------


def has_approved(context: FormContext) -> bool:
    """Whether an approved target is known."""
    return is_approved(context)


def _approved(code: str) -> Callable[[CheckInput], Iterator[Finding]]:
    """C28 or C29 of the shared rule."""

    def check(given: CheckInput) -> Iterator[Finding]:
        approved = given.context.approved
        assert approved is not None, "runs only where a target is approved"
        target = ApprovedTarget(
            tuple(one.read for one in _read_apart(given.context)),
            f"批复的绩效目标（{approved.document_number}）" if approved.document_number else "批复的绩效目标",
            fixes_weights=given.context.has_weights,
        )
        found = approved_findings(target, facts_of(given).lines, Place(TABLE))
        yield from (finding for finding in found if finding.code == code)

    return check


def _read_apart(context: FormContext) -> list[ReadRow]:
    """The approved rows read for comparison, kept apart from the form's own rows of the same ids."""
    known: list[ReadRow] | None = context.memory.get("approved_read")
    if known is None:
        rows = [{**row, "row_id": f"approved {row['row_id']}"} for row in approved_rows(context)]
        known = context.memory["approved_read"] = read_rows(context, rows, cells_of)
    return known


other_values = _approved("C28")
"""C28: 指标值、符号、单位 or fixed points other than approved."""
other_indicators = _approved("C29")
"""C29: indicators added or missing against the approved list."""


# Money --------------------------------------------------------------------------------------------


def rates(given: CheckInput) -> Iterator[Finding]:
    """C30: amounts missing, more spent than the budget, a rate that is not spending ÷ full-year budget."""
    facts, setting = facts_of(given).funds, given.settings.get(ExecutionSetting)
    for row in facts.rows:
        yield from rate_of_row(row, facts.amount_unit, setting)
    is_counted = bool(facts.execution.full_score) or given.form.subject is FormSubject.UNIT
    if facts.scored is not None and is_counted:
        sources = [row.row_id for row in facts.rows if row.row_id != "total"]
        unread = {
            key
            for row in rows_of(given.answers, FUNDS)
            for key, value in row.items()
            if key.endswith("_fen") and not is_blank(value) and not kinds.is_amount(value)
        }
        yield from _missing_amounts(facts.scored, next(iter(sources), "total"), unread)


def _missing_amounts(row: FundLine, source: str, unread: Collection[str]) -> Iterator[Finding]:
    """Budget or spending that nobody filled in; of columns where something cannot be read C55 speaks."""
    blanks = [
        (key, label)
        for key, label, amount in (
            (row.columns.annual, "全年预算数", row.annual),
            (row.columns.spending, "全年执行数", row.spending),
        )
        if amount is None and key not in unread
    ]
    if blanks:
        labels = "、".join(label for _key, label in blanks)
        yield Finding(
            code="C30",
            severity=Severity.BLOCKING,
            place=Place(FUNDS, source, blanks[0][0]),
            subject="项目资金",
            message=f"还没有填写{labels}",
            remedy=f"请填写各项来源的{labels}，没有的填 0",
            why="没有预算数和执行数，就算不出执行率和得分。",
        )


def execution_points(given: CheckInput) -> Iterator[Finding]:
    """C31: points of execution other than the rule gives."""
    yield from execution_score(facts_of(given).funds, given.settings.get(ExecutionSetting))


def low_rates(given: CheckInput) -> Iterator[Finding]:
    """C36: a low rate, or a budget changed during the year, without a reason."""
    yield from low_execution(facts_of(given).funds, given.settings)


def money_and_results(given: CheckInput) -> Iterator[Finding]:
    """C41: nothing spent but output reported, or everything spent and an output at nought."""
    yield from money_against_results(facts_of(given).funds)


def all_sums(given: CheckInput) -> Iterator[Finding]:
    """C3 of fields and rows, and of a self-evaluation's table of money."""
    yield from sums(given)
    yield from fund_sums(given)


def fund_sums(given: CheckInput) -> Iterator[Finding]:
    """C3 of the money's table: a total that is not the sum of its sources, amounts below zero."""
    if given.form.scoring is None:
        return
    facts, setting = facts_of(given).funds, given.settings.find(SumSetting)
    unit = facts.amount_unit
    for key, attribute, label in (
        ("initial_fen", "initial", "年初预算数"),
        ("annual_fen", "annual", "全年预算数"),
        ("spending_fen", "spending", "全年执行数"),
    ):
        amounts = {row.row_id: getattr(row, attribute) for row in facts.rows}
        for row in facts.rows:
            amount = amounts[row.row_id]
            if amount is not None and amount < 0:
                message = f"填的是 {money_text(amount, unit)}，金额不能小于 0"
                yield _sum_finding(row.place(key), f"{row.subject}的{label}", message, "请核对金额")
        parts = [amount for row_id, amount in amounts.items() if row_id != "total" and amount is not None]
        total = amounts.get("total")
        if (
            setting is None
            or total is None
            or not parts
            or abs(total - sum(parts)) <= setting.tolerance * unit.value
        ):
            continue
        message = f"填的是 {money_text(total, unit)}，各项来源合计 {money_text(sum(parts), unit)}"
        yield _sum_finding(Place(FUNDS, "total", key), f"资金总额的{label}", message, "请核对各项来源的金额")


def _sum_finding(place: Place, subject: str, message: str, remedy: str) -> Finding:
    return Finding("C3", Severity.BLOCKING, place, subject, message, remedy, "资金总额应当等于各项来源之和。")


def has_project_filings(context: FormContext) -> bool:
    """Whether the projects' own self-evaluations are known."""
    return bool(context.unit_filings)


def project_sums(given: CheckInput) -> Iterator[Finding]:
    """C42: project expenditure other than its projects add up to, projects without a self-evaluation, codes given twice."""
    context, setting = given.context, given.settings.get(SumSetting)
    done = [filing for filing in context.unit_filings if filing.form_id == _PROJECT_FORM]
    place, unit = Place(FUNDS, "project", "annual_fen"), context.amount_unit
    stated = next((row.annual for row in facts_of(given).funds.rows if row.row_id == "project"), None)
    found = sum(filing.amount_fen or 0 for filing in done)
    if done and stated is not None and abs(stated - found) > setting.tolerance * unit.value:
        message = (
            f"填的是 {money_text(stated, unit)}，{len(done)} 个项目的自评表合计 {money_text(found, unit)}，"
            f"相差 {money_text(abs(stated - found), unit)}"
        )
        yield _project_finding(place, "项目支出的全年预算数", message, "请核对项目支出和各项目自评表")
    evaluated = {filing.project_id for filing in done}
    targets = {f.project_id: f.project_name for f in context.unit_filings if f.form_id == TARGET_FORM}
    missing = [name for project_id, name in targets.items() if project_id not in evaluated]
    if missing:
        names = "、".join(f"“{clipped(name)}”" for name in missing[:3]) + ("等" if len(missing) > 3 else "")
        message = f"有 {len(missing)} 个项目没有自评表：{names}"
        yield _project_finding(
            Place(FUNDS, "project", "fund_source"), "项目支出", message, "请先完成这些项目的自评"
        )
    codes = [filing.project_code for filing in done if filing.project_code]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        message = f"项目代码重复：{'、'.join(f'“{code}”' for code in twice[:3])}"
        yield _project_finding(Place(FUNDS, "project", "spending_fen"), "项目支出", message, "请核对项目代码")


def _project_finding(place: Place, subject: str, message: str, remedy: str) -> Finding:
    why = "整体支出里的项目支出应当等于各个项目之和，一个不多，一个不少。"
    return Finding("C42", Severity.BLOCKING, place, subject, message, remedy, why)


# Rows ---------------------------------------------------------------------------------------------

points_in_range = _rows("C32", lambda line, _given, _settings: score_in_range(line))
"""C32: points below 0 or above the row's own."""


def _by_rule(line: ScoredLine, _given: CheckInput, settings: CheckSettings) -> Iterator[Finding]:
    """C33: points other than the rule gives, missing, or not to be reckoned from what is written."""
    yield from score_by_rule(line, settings, Severity.BLOCKING)
    if line.score.outcome in _WAITING:
        yield Finding(
            code="C33",
            severity=Severity.BLOCKING,
            place=line.place(line.columns.actual),
            subject=f"{line.subject}的得分",
            message=line.score.explanation.formula.removesuffix("，暂按 0 分计") + "，算不出得分",
            remedy="请只填数字，单位与指标值相同；不适用的填“不适用”，并写明原因",
            why="定量指标按数字计分。",
            also=(line.place(line.columns.planned),),
        )
    elif line.is_counted and not line.score.is_open and line.stated.value is None and not line.stated.text:
        yield Finding(
            code="C33",
            severity=Severity.BLOCKING,
            place=line.place(line.columns.score),
            subject=f"{line.subject}的得分",
            message=f"空着，按规则应得 {line.score.score} 分（{line.score.explanation.formula}）",
            remedy="请打开这份表重新保存，得分会自动填上",
            why=f"{line.score.explanation.rule}。",
        )


points_by_rule = _rows("C33", _by_rule)
"""C33: points other than the rule gives, with the formula."""


def _signs(line: ScoredLine, _given: CheckInput, settings: CheckSettings) -> Iterator[Finding]:
    """A completion value with a comparison sign."""
    words = settings.find(SharedWords)
    if words is not None and line.is_counted:
        yield from copied_sign(line, words)


_copied_signs = _rows("C34", _signs)


def totals(given: CheckInput) -> Iterator[Finding]:
    """C34: points, total and grade that do not add up; a completion value that carries a sign."""
    facts = facts_of(given)
    yield from full_points(facts.totals, given.settings)
    yield from printed_total(facts.totals)
    yield from _missing_total(facts.totals)
    yield from grade_of_total(facts.totals)
    yield from _copied_signs(given)


def _missing_total(facts: TotalsFacts) -> Iterator[Finding]:
    """Every part is scored, and no total stands there; without any row there is none to stand there."""
    if facts.lines and facts.stated_total.value is None and facts.stated_sum is not None:
        yield Finding(
            code="C34",
            severity=Severity.BLOCKING,
            place=facts.total_place,
            subject="总分",
            message=f"空着，各项得分加起来是 {facts.stated_sum} 分",
            remedy="请打开这份表重新保存，总分会自动填上",
            why="总分等于预算执行率得分加各条指标得分。",
        )


def _reasons(code: str) -> Callable[[ScoredLine, CheckInput, CheckSettings], Iterator[Finding]]:
    """C35 or C37 of the shared rule."""

    def check(line: ScoredLine, _given: CheckInput, settings: CheckSettings) -> Iterator[Finding]:
        yield from (finding for finding in reason_findings(line, settings) if finding.code == code)
        if code == "C35" and line.row.not_applicable_reason and not line.reason:
            yield Finding(
                code="C35",
                severity=Severity.BLOCKING,
                place=line.place(line.columns.reason),
                subject=f"{line.subject}的偏差原因",
                message=f"填了“{clipped(line.row.actual_text)}”，没有写明原因",
                remedy="请写明为什么不适用",
                why="不适用的指标不计分，分值由其他指标分担，要有理由。",
                also=(line.place(line.columns.actual),),
            )

    return check


reasons = _rows("C35", _reasons("C35"))
"""C35: not met without a reason; not applicable without a reason."""
excess = _rows("C37", _reasons("C37"))
"""C37: far beyond the target without a word."""


def _wording(line: ScoredLine, given: CheckInput, _settings: CheckSettings) -> Iterator[Finding]:
    """C38: words that repeat the target, or no grade of the scale."""
    if not line.is_counted:
        return
    yield from copied_text(line)
    if line.score.outcome in (Outcome.TO_JUDGE, Outcome.JUDGED):
        yield from unknown_grade(line, tuple(band.name for band in given.context.scheme.bands))


completion_words = _rows("C38", _wording)
"""C38: a completion in words that repeats the target or is no grade of the scale."""


def _units(line: ScoredLine, _given: CheckInput, settings: CheckSettings) -> Iterator[Finding]:
    """C40: another unit, ten thousand times apart, people counted in 个."""
    words = settings.find(SharedWords)
    if words is not None and line.is_counted:
        yield from other_unit(line, words, settings.find(UnitFamilySetting))


units = _rows("C40", _units)
"""C40: the completion in another unit than the target."""


def unlikely(given: CheckInput) -> Iterator[Finding]:
    """C39: satisfaction without a survey, a high total without any file, everything exactly at its target."""
    yield from too_good(facts_of(given).totals, given.settings)
