"""How quick scoring is, as ratios to a bare Decimal loop of the same multiplications (计分速度).

A county's 2,300 self-evaluations of 12 indicators each, scored one after another to total and grade.
The floor takes the same numbers out of a list and does nothing but full marks × actual ÷ planned,
rounded half up and added up, execution with it. Three counties:

every row short   all 12 rows need their multiplication                                (goal ≤ 3)
as in life        four in five met, some reverse, two qualitative; the floor compares first and
                  multiplies only where it must                                        (printed)
told in full      every row short, and every row's score, formula and advice made too   (printed)

Floor and engine take turns; the quickest of several rounds counts, so that what else the machine does
falls out. Reading the rows out of their texts is told per row. Run: `python -m bench.scoring`.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from bench.report import Line
from forms.scoring.inputs import FundsInput, IndicatorInput
from forms.scoring.reading import IndicatorCells, row_reader
from forms.scoring.scorer import score_sheet
from resources.builtin_kits import builtin_kits

SHEETS = 2_300
ROWS = 12
ROUNDS = 15
GOAL = 3.0
_CENT = Decimal("0.01")
_ZERO = Decimal(0)
_FULLS = ("5", "7.5", "10")
_KIT = builtin_kits(2026)[0]
_SCHEME = _KIT.schemes[0]

Sheet = tuple[FundsInput, tuple[IndicatorInput, ...]]
Numbers = tuple[Decimal, Decimal, Decimal, bool]
"""Full marks, planned and actual value, and whether less is better."""
Bare = list[tuple[Numbers, list[Numbers]]]


def _cells(chance: random.Random, number: int, share_met: float, qualitative: int) -> IndicatorCells:
    """One row as a form holds it."""
    full = chance.choice(_FULLS)
    if number < qualitative:
        return IndicatorCells(
            f"r{number}", "群众生产生活条件改善", "benefit", "social_benefit", "定性", "明显改善",
            full_score=full, actual="达成预期指标",
        )  # fmt: skip
    planned, is_reverse = chance.randint(50, 500), chance.random() < 0.15
    is_met = chance.random() < share_met
    percent = chance.randint(100, 130) if is_met != is_reverse else chance.randint(55, 99)
    actual = Decimal(planned * percent) / 100
    return IndicatorCells(
        f"r{number}", "村道养护里程", "output", "quantity", "≤" if is_reverse else "≥", str(planned), "公里",
        full_score=full, actual=str(actual),
    )  # fmt: skip


def _county(share_met: float, qualitative: int) -> list[tuple[FundsInput, list[IndicatorCells]]]:
    """Funds and rows of every self-evaluation; the same on every run."""
    chance = random.Random(7)
    county = []
    for _sheet in range(SHEETS):
        budget = chance.randint(10**6, 10**9)
        money = FundsInput(budget, budget * chance.randint(60, 99) // 100)
        county.append((money, [_cells(chance, number, share_met, qualitative) for number in range(ROWS)]))
    return county


def _bare(county: Sequence[Sheet]) -> Bare:
    """The same numbers with nothing around them."""
    bare: Bare = []
    for money, rows in county:
        assert money.annual_budget is not None
        assert money.annual_spending is not None
        execution = (Decimal(10), Decimal(money.annual_budget), Decimal(money.annual_spending), False)
        bare.append((execution, [_numbers(row) for row in rows]))
    return bare


def _numbers(row: IndicatorInput) -> Numbers:
    """The numbers of a row; a qualitative one as met."""
    assert row.full_score is not None
    planned = Decimal(1) if row.planned_value is None else row.planned_value
    actual = Decimal(1) if row.actual_value is None else row.actual_value
    return row.full_score, planned, actual, row.is_reverse


def _multiply(bare: Bare) -> list[Decimal]:
    """The floor: every row multiplied, rounded and added."""
    totals = []
    for (full, budget, spending, _reverse), rows in bare:
        total = (full * spending / budget).quantize(_CENT, ROUND_HALF_UP)
        for points, planned, actual, is_reverse in rows:
            part, whole = (planned, actual) if is_reverse else (actual, planned)
            total += (points * part / whole).quantize(_CENT, ROUND_HALF_UP)
        totals.append(total)
    return totals


def _compare_first(bare: Bare) -> list[Decimal]:
    """The stricter floor: met rows are only compared."""
    totals = []
    for (full, budget, spending, _reverse), rows in bare:
        total = (full * spending / budget).quantize(_CENT, ROUND_HALF_UP)
        for points, planned, actual, is_reverse in rows:
            part, whole = (planned, actual) if is_reverse else (actual, planned)
            total += points if part >= whole else (points * part / whole).quantize(_CENT, ROUND_HALF_UP)
        totals.append(total)
    return totals


def _score(county: Sequence[Sheet]) -> list[Decimal]:
    """The engine: points, total and grade of every sheet."""
    return [score_sheet(_SCHEME, money, rows).total for money, rows in county]


def _tell(county: Sequence[Sheet]) -> int:
    """The engine with every score told in words."""
    return sum(
        len(one.explanation.text) for money, rows in county for one in score_sheet(_SCHEME, money, rows).rows
    )


def _quickest(actions: Sequence[Callable[[], object]], rounds: int = ROUNDS) -> list[float]:
    """The quickest milliseconds of each action, the actions taking turns."""
    best = [float("inf")] * len(actions)
    for _round in range(rounds):
        for index, action in enumerate(actions):
            start = time.process_time()
            action()
            best[index] = min(best[index], (time.process_time() - start) * 1000)
    return best


def main() -> list[Line]:
    """Measure; the totals of floor and engine are compared first, so that both did the same work."""
    reader = row_reader(_KIT)
    texts, mixed_texts = _county(0, 0), _county(0.8, 2)
    short: list[Sheet] = [(money, tuple(map(reader.read, cells))) for money, cells in texts]
    mixed: list[Sheet] = [(money, tuple(map(reader.read, cells))) for money, cells in mixed_texts]
    bare, bare_mixed = _bare(short), _bare(mixed)
    assert _multiply(bare) == _score(short)
    assert _compare_first(bare_mixed) == _score(mixed)
    floor, engine, mixed_floor, mixed_engine = _quickest(
        [
            lambda: _multiply(bare),
            lambda: _score(short),
            lambda: _compare_first(bare_mixed),
            lambda: _score(mixed),
        ]
    )
    told, reading = _quickest(
        [lambda: _tell(short), lambda: [list(map(reader.read, cells)) for _money, cells in texts]], 2
    )
    count = SHEETS * ROWS
    return [
        Line("scoring, every row short", engine / floor, GOAL, f"{engine:.1f} ms beside {floor:.1f} ms"),
        Line(
            "scoring, as in life",
            mixed_engine / mixed_floor,
            None,
            f"{mixed_engine:.1f} ms beside {mixed_floor:.1f} ms",
        ),
        Line("scoring, told in full", told / floor, None, f"{told * 1000 / count:.1f} µs per row"),
        Line("reading rows out of texts", reading / floor, None, f"{reading * 1000 / count:.1f} µs per row"),
    ]


if __name__ == "__main__":
    for line in main():
        sys.stdout.write(f"{line}\n")
