"""Findings of a hand-filled self-evaluation (手工自评表核对): the shared self-evaluation checks, and blank cells.

The checks are those of the form filled in here (`forms/checks/self_evaluation_*`); this module only says
what the table holds. What a layout may simply not have (a column for the reason of a low rate) is asked
about, not called wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from forms.checks.self_evaluation_funds import FundsFacts, funds_findings
from forms.checks.self_evaluation_lines import ScoredLine, is_blank_text
from forms.checks.self_evaluation_reasons import reason_findings, says_nothing
from forms.checks.self_evaluation_rows import row_findings
from forms.checks.self_evaluation_settings import ReasonSetting, TotalSetting
from forms.checks.self_evaluation_totals import Subtotal, TotalsFacts, totals_findings
from forms.checks.weights import fitting_default
from forms.checks.wording import clipped, number_text
from forms.findings import Finding, Place, Severity
from forms.hand_filled.audit_basis import level_key
from forms.hand_filled.audit_funds import fund_lines
from forms.hand_filled.audit_scores import COLUMNS, TABLE, AuditScores
from forms.hand_filled.plain_rows import PlainRows
from forms.hand_filled.stated import StatedTable
from forms.scoring.comparison import reaches_planned
from forms.scoring.marks import Outcome
from forms.scoring.wording import plain, points, share_text
from models.domain.indicator import Comparator
from models.domain.score_rules import ScoreMethod

_WORDED = (Comparator.QUALITATIVE, Comparator.OTHER)
_TOTAL = Place("stated_total")
_REASONS = ("deviation_reason", "improvement", "remark")
_TAKEN_OUT = ("不适用", "不涉及")
"""Completions that take a row out: it has no points, and none are asked for."""


def self_evaluation_findings(scores: AuditScores) -> Iterator[Finding]:
    """Everything the table's figures say against each other and against the rule."""
    settings = scores.basis.settings
    yield from funds_findings(_funds_facts(scores), settings)
    plain_rows = PlainRows(settings)
    for line in scores.lines:
        if plain_rows.knows(line):
            continue
        yield from blank_cells(line, scores.table)
        yield from row_findings(line, settings)
        yield from _asked(reason_findings(line, settings), scores.table)
    yield from _missed_without_points(scores)
    yield from totals_findings(_totals_facts(scores), settings)
    yield from _without_points(scores)
    yield from _missing_total(scores)
    yield from _first_levels(scores)
    yield from _other_scheme(scores)


def _asked(findings: Iterator[Finding], table: StatedTable) -> Iterator[Finding]:
    """Reasons are only asked about where the table has no place for them."""
    has_place = table.reason_below is not None or any(map(table.has_column, _REASONS))
    for finding in findings:
        is_graver = finding.code == "C35" and finding.severity is Severity.BLOCKING
        yield finding if has_place or not is_graver else replace(finding, severity=Severity.EXPLAIN)


def _missed_without_points(scores: AuditScores) -> Iterator[Finding]:
    """C35 of tables without any points, as transfer payments have them: missed, and no reason given."""
    setting = scores.basis.settings.find(ReasonSetting)
    if setting is None or any(line.is_scored or line.full_score.text for line in scores.lines):
        return
    for line in scores.lines:
        missed = reaches_planned(line.row) is False and not is_blank_text(line.row.actual_text)
        if not missed or not says_nothing(line.reason, setting):
            continue
        yield Finding(
            code="C35",
            severity=Severity.BLOCKING,
            place=line.place(COLUMNS.reason),
            subject=f"{line.subject}的偏差原因",
            message=f"指标值“{clipped(line.row.planned_text)}”，实际完成“{clipped(line.row.actual_text)}”，没有达到，没有说明原因",
            remedy="请填写偏差原因和改进措施",
            why="没有完成的要写清原因和改进措施，这是自评最有用的部分。",
        )


def _funds_facts(scores: AuditScores) -> FundsFacts:
    """The money as the shared checks see it."""
    rows = fund_lines(scores.table, scores.counted)
    index, execution = scores.execution_row, scores.sheet.execution
    alone = scores.counted.rate_alone
    formula = ""
    if alone is not None and execution.outcome in (Outcome.PROPORTION, Outcome.NOTHING):
        formula = f"{plain(execution.full_score)} × {share_text(alone)} = {points(execution.score)}"
    elif alone is not None:
        formula = f"执行率 {share_text(alone)}"
    return FundsFacts(
        rows=rows,
        scored=rows[index] if index is not None else None,
        execution=execution,
        amount_unit=scores.table.unit_of_amount,
        lines=scores.lines,
        asks_for_reason=any(row.reason for row in rows),
        formula=formula,
    )


def _totals_facts(scores: AuditScores) -> TotalsFacts:
    """The sums as the shared checks see them."""
    table, scheme = scores.table, scores.scheme
    return TotalsFacts(
        lines=scores.lines,
        execution_full=scores.sheet.execution.full_score,
        execution_score=scores.execution_stated,
        full_sum=scores.sum_of_full_scores,
        stated_sum=scores.sum_of_stated if scores.is_fully_stated else None,
        stated_total=table.stated_total,
        stated_grade=table.stated_grade,
        grades=scheme.grades,
        total_place=_TOTAL,
        grade_place=_TOTAL,
        points_place=Place(TABLE),
        subtotals=tuple(_subtotals(scores)),
        full_total=(scheme.declaration_total + scheme.execution_score) if scores.basis.is_given else None,
        elsewhere=_elsewhere(scores),
    )


def _elsewhere(scores: AuditScores) -> Decimal:
    """Points of the total scored outside a table whose indicators make up a usual part of it (70 of 100)."""
    setting, full = scores.basis.settings.find(TotalSetting), scores.sum_of_full_scores
    if setting is None or full is None or scores.sheet.execution.full_score:
        return Decimal(0)
    return max(setting.full_total - full, Decimal(0)) if full in setting.indicator_totals else Decimal(0)


def _subtotals(scores: AuditScores) -> Iterator[Subtotal]:
    """Points stated in a level's heading beside the sum of its rows; a level without readable rows is left alone.

    A level that comes under several targets states its points each time, on a further page the same again.
    """
    told: set[tuple[str, Decimal]] = set()
    for stated in scores.table.subtotals:
        key = level_key(stated.level)
        if (key, stated.points) in told:
            continue
        told.add((key, stated.points))
        again = [one.points for one in scores.table.subtotals if level_key(one.level) == key]
        for level in ("first_level", "second_level"):
            rows = [
                row
                for row in scores.table.indicators
                if level_key(getattr(row, level)) == key and not row.is_sub_row
            ]
            known = [row.full_score.value for row in rows if row.full_score.value is not None]
            found = sum(known, Decimal(0))
            is_right_together = len(again) > 1 and found in (sum(again), *again)
            if rows and len(known) == len(rows) and not is_right_together:
                first = scores.table.indicators.index(rows[0])
                place = Place(TABLE, str(first), level)
                yield Subtotal(clipped(stated.level), stated.points, found, place)
            if rows:
                break


def blank_cells(line: ScoredLine, table: StatedTable) -> Iterator[Finding]:
    """C10: a row with points of its own that lacks target, completion or score, where the table has a place for it."""
    stated = line.stated.value
    if not line.is_counted:
        return
    blanks = []
    is_parent = (
        line.row.method == ScoreMethod.ENTERED and not line.row.planned_text and not line.row.actual_text
    )
    if is_parent and stated is not None:
        return
    asks = table.has_column
    if asks("planned") and is_blank_text(line.row.planned_text) and line.row.planned_value is None:
        blanks.append(("年度指标值", COLUMNS.planned))
    if asks("actual") and is_blank_text(line.row.actual_text) and line.row.actual_value is None:
        blanks.append(("实际完成值", COLUMNS.actual))
    if stated is None and not line.stated.text:
        blanks.append(("得分", COLUMNS.score))
    if not blanks:
        yield from _unreckonable(line)
        return
    labels = "、".join(label for label, _column in blanks)
    though = f"，却得了 {plain(stated)} 分" if stated else ""
    yield Finding(
        code="C10",
        severity=Severity.BLOCKING,
        place=line.place(blanks[0][1]),
        subject=line.subject,
        message=f"还没有填写{labels}{though}",
        remedy=f"请填写{labels}，没有完成的填 0 并说明原因",
        why="指标值、实际完成值和得分都要填写，才能核对完成情况。",
        also=tuple(line.place(column) for _label, column in blanks[1:]),
        values=(("分值", plain(line.score.full_score)), ("得分", line.stated.text or "空")),
    )


def _without_points(scores: AuditScores) -> Iterator[Finding]:
    """C21 and C10: rows without points, in a table whose other rows have them."""
    if not any(line.full_score.value is not None for line in scores.lines):
        return
    for line, row in zip(scores.lines, scores.table.indicators, strict=True):
        if line.full_score.value is not None or row.is_sub_row:
            continue
        if line.stated.value is not None:
            found = (
                "C21",
                Severity.BLOCKING,
                COLUMNS.full_score,
                f"分值空着，却得了 {plain(line.stated.value)} 分",
            )
        elif row.actual_text in _TAKEN_OUT:
            continue
        elif line.row.planned_text or line.row.actual_text:
            found = ("C21", Severity.EXPLAIN, COLUMNS.full_score, "有指标值或完成值，没有分值和得分")
        else:
            found = ("C10", Severity.EXPLAIN, COLUMNS.planned, "只有名称，没有指标值、完成值和分值")
        code, severity, column, message = found
        yield Finding(
            code=code,
            severity=severity,
            place=line.place(column),
            subject=line.subject,
            message=message,
            remedy="请填写完整；只是上一条指标的明细的，请在名称前写“其中”",
            why="没有分值的指标不能计分。",
            also=(line.place(COLUMNS.score),),
        )


def _unreckonable(line: ScoredLine) -> Iterator[Finding]:
    """C55 as advice: a figure is asked for and the completion is words, so nothing can be recomputed."""
    row = line.row
    if row.comparator in _WORDED or row.actual_value is not None or line.score.outcome is not Outcome.JUDGED:
        return
    yield Finding(
        code="C55",
        severity=Severity.HINT,
        place=line.place(COLUMNS.actual),
        subject=f"{line.subject}的实际完成值",
        message=f"“{clipped(row.actual_text)}”不能与指标值“{clipped(row.planned_text)}”比较，得分没有复算",
        remedy="请填实际完成的数字",
        why="定量指标按数字计分。",
        also=(line.place(COLUMNS.planned),),
    )


def _missing_total(scores: AuditScores) -> Iterator[Finding]:
    """C34 as advice: no total could be read, so the sums stand alone."""
    if scores.table.stated_total.value is not None:
        return
    found = scores.sum_of_stated
    says = f"，各行得分加起来是 {number_text(found)} 分" if found is not None else ""
    yield Finding(
        "C34",
        Severity.HINT,
        _TOTAL,
        "总分",
        f"没有读到总分的得分{says}",
        "请核对表里有没有填写总分",
        "总分等于预算执行率得分加各条指标得分。",
    )


def _first_levels(scores: AuditScores) -> Iterator[Finding]:
    """C20: first levels whose points leave the scheme's default; without a kit of its own only told."""
    firsts = scores.basis.frame(scores.table).firsts
    codes = {level_key(first.label): first.code for first in firsts}
    labels = {first.code: first.label for first in firsts}
    sums: dict[str, Decimal] = {}
    for line in scores.lines:
        if line.full_score.value is None:
            continue
        code = codes.get(level_key(line.row.first_level))
        if code is None:
            return
        sums[code] = sums.get(code, Decimal(0)) + line.full_score.value
    default = fitting_default(scores.scheme.first_level_weights, sums)
    wrong = [code for code in labels if default and sums.get(code, 0) != default.get(code, 0)]
    if not sums or not wrong:
        return
    shown = "，".join(
        f"{labels[code]} {number_text(sums.get(code, Decimal(0)))} 分（方案 {number_text(default.get(code, Decimal(0)))} 分）"
        for code in wrong
    )
    yield Finding(
        code="C20",
        severity=Severity.EXPLAIN if scores.basis.is_given else Severity.HINT,
        place=Place(TABLE),
        subject="一级指标的分值",
        message=f"与“{scores.scheme.name}”不一致：{shown}",
        remedy="请按计分方案核对；本地另有规定的从其规定",
        why="各一级指标的分值由计分方案规定，调整要有理由。",
        values=tuple((labels[code], number_text(points_)) for code, points_ in sums.items()),
    )


def _other_scheme(scores: AuditScores) -> Iterator[Finding]:
    """C20: points for execution other than the given kit's scheme has."""
    own = scores.basis.scheme(scores.table)
    if not scores.basis.is_given or own.execution_score == scores.scheme.execution_score:
        return
    yield Finding(
        code="C20",
        severity=Severity.EXPLAIN,
        place=Place("funds", str(scores.execution_row), "full_score")
        if scores.execution_row is not None
        else Place("funds"),
        subject="预算执行率的分值",
        message=(
            f"表里是 {number_text(scores.scheme.execution_score)} 分，"
            f"“{own.name}”规定 {number_text(own.execution_score)} 分"
        ),
        remedy="请按计分方案核对；得分已按表里的分值复算",
        why="预算执行率的分值由计分方案规定。",
    )
