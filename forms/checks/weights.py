"""Weights (分值), where the kit sets them at declaration: C20 sums and balance, C21 blank or negative."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from forms.checks.engine import CheckInput
from forms.checks.indicator_line import IndicatorLine
from forms.checks.places import ANNUAL_TABLE
from forms.checks.settings import SubRowSetting, WeightSetting
from forms.checks.wording import clipped, number_text, percent_text, row_numbers
from forms.context import FormContext
from forms.findings import Finding, Place, Severity

_NOTHING = Decimal(0)
_WHY_DEFAULT = "各一级指标的分值由计分方案规定，调整要有理由。"


def _label(context: FormContext, code: str) -> str:
    """The name of a first level."""
    first = context.frame.first(code)
    return first.label if first else "未选一级指标"


def weight_sums(given: CheckInput) -> Iterator[Finding]:
    """C20: the total, the first levels' sums, equal weights, one weight above the kit's share."""
    lines = given.lines.get(ANNUAL_TABLE, ())
    weighted = [line for line in lines if line.weight is not None]
    if not weighted:
        return
    total = sum([line.weight for line in weighted if line.weight is not None], _NOTHING)
    wanted = given.context.scheme.declaration_total
    is_whole = len(weighted) == len(lines)  # a row without readable points is the only one that owes any
    waiting = not is_whole and (
        bool(_lacking_weight(lines, given)) or any("weight" in line.faults for line in lines)
    )
    is_scored = given.form.scoring is not None  # there C34 speaks of the total
    if total != wanted and not is_scored and not (waiting and total < wanted):
        yield _total_finding(given, weighted, total, wanted)
    if total == wanted and not waiting:
        yield from _first_levels(given, weighted)
    yield from _balance(given, weighted, wanted, waiting)


def _total_finding(
    given: CheckInput, weighted: Sequence[IndicatorLine], total: Decimal, wanted: Decimal
) -> Finding:
    """The weights do not add up to what the scheme asks at declaration."""
    way = "多了" if total > wanted else "还差"
    sums = _sums(given.context, weighted)
    execution = number_text(given.context.scheme.execution_score)
    return Finding(
        code="C20",
        severity=Severity.BLOCKING,
        place=Place(ANNUAL_TABLE),
        subject=f"{given.form.table(ANNUAL_TABLE).label}的分值",
        message=f"合计 {number_text(total)} 分，应为 {number_text(wanted)} 分，{way} {number_text(abs(total - wanted))} 分",
        remedy="请调整各条指标的分值",
        why=f"申报时三级指标分值合计应为 {number_text(wanted)} 分，预算执行率的 {execution} 分在自评时才用。",
        also=tuple(line.place("weight") for line in weighted),
        values=(
            ("分值合计", number_text(total)),
            ("应为", number_text(wanted)),
            *((_label(given.context, code), number_text(points)) for code, points in sums.items()),
        ),
    )


def _sums(context: FormContext, lines: Sequence[IndicatorLine]) -> dict[str, Decimal]:
    """Sum of weights by first-level code, in the frame's order, of the levels used."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        code = line.texts.get("first_level", "")
        sums[code] = sums.get(code, _NOTHING) + (line.weight or _NOTHING)
    return {first.code: sums[first.code] for first in context.frame.firsts if first.code in sums}


def _first_levels(given: CheckInput, weighted: Sequence[IndicatorLine]) -> Iterator[Finding]:
    """First levels whose sum leaves the scheme's default by more than the kit allows."""
    sums = _sums(given.context, weighted)
    default = fitting_default(given.context.scheme.first_level_weights, sums)
    tolerance = given.settings.get(WeightSetting).first_level_tolerance
    if not default or (default == sums and tolerance >= 0):
        return
    if any(not line.texts.get("first_level") for line in weighted):
        return
    codes = [first.code for first in given.context.frame.firsts if first.code in {*sums, *default}]
    pairs = {code: (sums.get(code, Decimal(0)), default.get(code, Decimal(0))) for code in codes}
    wrong = [code for code, (points, wanted) in pairs.items() if abs(points - wanted) > tolerance]
    if not wrong:
        return
    shown = {
        code: f"{number_text(points)} 分（应为 {number_text(wanted)} 分）"
        for code, (points, wanted) in pairs.items()
    }
    parts = "，".join(f"{_label(given.context, code)} {shown[code]}" for code in wrong)
    used = [line for line in weighted if line.texts.get("first_level") in wrong]
    places = [line.place("first_level") for line in used] or [Place(ANNUAL_TABLE)]
    yield Finding(
        code="C20",
        severity=Severity.EXPLAIN,
        place=places[0],
        subject=f"{given.form.table(ANNUAL_TABLE).label}的分值",
        message=f"一级指标分值与计分方案不一致：{parts}",
        remedy="请按计分方案调整；确需调整比例的，请说明理由",
        why=_WHY_DEFAULT,
        also=tuple(places[1:]),
        values=tuple((_label(given.context, code), text) for code, text in shown.items()),
    )


def fitting_default(
    alternatives: Sequence[Mapping[str, Decimal]], sums: Mapping[str, Decimal]
) -> Mapping[str, Decimal]:
    """The alternative of the scheme for the first levels used: fewest levels apart, then fewest points apart."""

    for default in alternatives:
        if default == sums:
            return default

    def distance(default: Mapping[str, Decimal]) -> tuple[int, Decimal]:
        points = sum(
            (abs(sums.get(code, Decimal(0)) - default.get(code, Decimal(0))) for code in {*sums, *default}),
            Decimal(0),
        )
        return len(set(sums) ^ set(default)), points

    return min(alternatives, key=distance, default={})


def _balance(
    given: CheckInput, weighted: Sequence[IndicatorLine], wanted: Decimal, waiting: bool
) -> Iterator[Finding]:
    """Every weight the same, or one above the kit's share of the total."""
    setting = given.settings.get(WeightSetting)
    first = weighted[0].weight or Decimal(0)
    weights = [line.weight or _NOTHING for line in weighted]
    is_equal = len(weighted) >= setting.equal_minimum_rows and weights.count(first) == len(weights)
    if is_equal and not waiting:
        points = number_text(first)
        yield Finding(
            code="C20",
            severity=Severity.EXPLAIN,
            place=weighted[0].place("weight"),
            subject=f"{given.form.table(ANNUAL_TABLE).label}的分值",
            message=f"{len(weighted)} 条指标的分值都是 {points} 分",
            remedy="请按重要程度分配分值；确实同等重要的，请说明",
            why="分值反映指标的重要程度，核心指标应当高一些。",
            also=tuple(line.place("weight") for line in weighted[1:]),
            values=(("指标条数", str(len(weighted))), ("每条分值", points)),
        )
    most = wanted * setting.single_share
    if max(weights) <= most:
        return
    for line in weighted:
        if line.weight is not None and line.weight > most:
            share = percent_text(line.weight / wanted)
            yield Finding(
                code="C20",
                severity=Severity.EXPLAIN,
                place=line.place("weight"),
                subject=line.subject("weight"),
                message=f"{number_text(line.weight)} 分，占总分 {number_text(wanted)} 分的 {share}，超过 {percent_text(setting.single_share)}",
                remedy="请把分值分到其他重要指标；确实这样重要的，请说明",
                why="一条指标占了大半分值，其他指标就起不了作用。",
                values=(("分值", number_text(line.weight)), ("总分", number_text(wanted))),
            )


def weights_filled(given: CheckInput) -> Iterator[Finding]:
    """C21: rows with a value but no weight (one finding for all), and negative weights."""
    lines = given.lines.get(ANNUAL_TABLE, ())
    blank = _lacking_weight(lines, given)
    if blank:
        numbers = row_numbers([line.number for line in blank])
        names = "、".join(f"“{clipped(line.name)}”" for line in blank if line.name)
        which = f"（{names}）" if names and len(blank) <= 2 else ""
        yield Finding(
            code="C21",
            severity=Severity.BLOCKING,
            place=blank[0].place("weight"),
            subject=f"{given.form.table(ANNUAL_TABLE).label}的分值",
            message=f"{len(blank)} 条指标填了指标值，没有填分值：{numbers}{which}",
            remedy="请填写分值",
            why="本年度在申报时就要确定每条指标的分值。",
            also=tuple(line.place("weight") for line in blank[1:]),
            values=(("没有分值的指标", str(len(blank))),),
        )
    for line in lines:
        if line.weight is not None and line.weight < _NOTHING:
            yield Finding(
                code="C21",
                severity=Severity.BLOCKING,
                place=line.place("weight"),
                subject=line.subject("weight"),
                message=f"填的是 {number_text(line.weight)} 分，分值不能小于 0",
                remedy="请核对分值",
                why="分值是这条指标最多能得的分。",
                values=(("分值", number_text(line.weight)),),
            )


def _lacking_weight(lines: Sequence[IndicatorLine], given: CheckInput) -> list[IndicatorLine]:
    """Rows that owe a weight and have none; rows that only break down the one above owe none."""
    if not [line for line in lines if "weight" in line.blanks]:
        return []
    prefixes = given.settings.get(SubRowSetting).sub_row_prefixes
    return [
        line
        for line in lines
        if "weight" in line.blanks
        and "planned_value" not in line.blanks
        and not line.name.startswith(prefixes)
    ]
