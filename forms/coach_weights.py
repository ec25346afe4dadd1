"""Points that add up (分值配平的建议): which row to give more or fewer points, so that the total is the scheme's.

How important an indicator is, people decide. So a suggestion moves one row only: the one whose first level is off
by just as much, else the one that carries most; and a row without points gets its share of what is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from forms.checks.indicator_line import IndicatorLine
from forms.checks.weights import fitting_default
from forms.checks.wording import clipped, number_text
from forms.context import FormContext
from forms.findings import Finding

_WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class WeightProposal:
    """Other points for one row (分值建议): the row, its points then, what to say, and why."""

    row_id: str
    weight: str
    words: str
    source: str


def weight_proposals(
    context: FormContext, lines: Sequence[IndicatorLine], finding: Finding
) -> Iterator[WeightProposal]:
    """What settles the finding: C20 where the total is wrong, C21 where the first row has no points."""
    wanted = context.scheme.declaration_total
    total = sum((line.weight for line in lines if line.weight is not None), Decimal(0))
    if finding.code == "C21":
        yield from _share_of_rest(lines, finding, wanted - total)
    elif finding.code == "C20" and not finding.place.row_id and total != wanted:
        yield from _balanced(context, lines, wanted, wanted - total)


def _share_of_rest(
    lines: Sequence[IndicatorLine], finding: Finding, rest: Decimal
) -> Iterator[WeightProposal]:
    """The row the finding points at gets an equal share of what is left, whole points where that is possible.

    Nothing while most rows have no points yet: whoever is still typing has not come to them.
    """
    waiting = {finding.place.row_id, *(place.row_id for place in finding.also)}
    row = next((line for line in lines if line.row_id == finding.place.row_id), None)
    given = sum(line.weight is not None for line in lines)
    if row is None or "weight" not in row.blanks or rest <= 0 or len(waiting) > given:
        return
    share = rest
    if len(waiting) > 1:
        whole = (rest / len(waiting)).quantize(_WHOLE, ROUND_DOWN)
        share = whole if whole > 0 else (rest / len(waiting)).quantize(Decimal("0.01"), ROUND_DOWN)
    if share > 0:
        left = f"还剩 {number_text(rest)} 分没有分配"
        source = left if len(waiting) == 1 else f"{left}，{len(waiting)} 条指标平均"
        yield _proposal(row, share, source)


def _balanced(
    context: FormContext, lines: Sequence[IndicatorLine], wanted: Decimal, missing: Decimal
) -> Iterator[WeightProposal]:
    """One row of the level that is off by just the difference, and the row that carries most."""
    weighted = [line for line in lines if line.weight is not None]
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in weighted:
        sums[line.texts.get("first_level", "")] += line.weight or Decimal(0)
    default = fitting_default(context.scheme.first_level_weights, sums)
    off = [code for code in sums if default.get(code, sums[code]) - sums[code] == missing]
    groups = [[line for line in weighted if line.texts.get("first_level") in off], weighted]
    told: set[str] = set()
    for group in groups:
        row = max(group, key=lambda line: line.weight or Decimal(0), default=None)
        if row is None or row.row_id in told or row.weight is None or row.weight + missing <= 0:
            continue
        told.add(row.row_id)
        yield _proposal(row, row.weight + missing, f"合计正好 {number_text(wanted)} 分")


def _proposal(row: IndicatorLine, points: Decimal, source: str) -> WeightProposal:
    was = "空" if row.weight is None else number_text(row.weight)
    words = f"{clipped(row.name) or f'第 {row.number} 行'} 分值 {was} → {number_text(points)}"
    return WeightProposal(row.row_id, number_text(points), words, source)
