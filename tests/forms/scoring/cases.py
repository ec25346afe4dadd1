"""Rows, funds and schemes the scoring tests stand on (计分测试用例)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from forms.scoring.inputs import FundsInput, IndicatorInput
from forms.scoring.reading import IndicatorCells, row_reader
from forms.scoring.row_score import RowScore
from forms.scoring.score_sheet import ScoreSheet
from forms.scoring.scorer import score_sheet
from models.domain.indicator import Comparator
from models.domain.kit import ScoreScheme
from resources.builtin_kits import base_score_schemes, builtin_kits

SCHEMES = {scheme.scheme_id: scheme for scheme in base_score_schemes()}
SCHEME_10 = SCHEMES["scheme_10"]
KIT_10, KIT_101 = builtin_kits(2026)
READER = row_reader(KIT_10)
ALL_SPENT = FundsInput(annual_budget=100_000_000, annual_spending=100_000_000)

_SIGNS = {sign.value: sign for sign in Comparator}


def number(text: str | None) -> Decimal | None:
    """A number of a test, None for none."""
    return None if text is None else Decimal(text)


def row(
    sign: str, planned: str | None, actual: str | None, full: str | None = "10", **more: Any
) -> IndicatorInput:
    """A row with numbers; `more` sets anything else."""
    values: dict[str, Any] = {
        "row_id": "r1",
        "name": "村道养护里程",
        "comparator": _SIGNS[sign],
        "planned_value": number(planned),
        "actual_value": number(actual),
        "full_score": number(full),
    }
    return IndicatorInput(**{**values, **more})


def scheme(base: ScoreScheme = SCHEME_10, **changes: Any) -> ScoreScheme:
    """A scheme with changes."""
    return replace(base, **changes)


def scored(one: IndicatorInput, by: ScoreScheme = SCHEME_10) -> RowScore:
    """The score of one row."""
    return score_sheet(by, ALL_SPENT, [one]).rows[0]


def sheet(*rows: IndicatorInput, by: ScoreScheme = SCHEME_10, funds: FundsInput = ALL_SPENT) -> ScoreSheet:
    """The score of several rows, their ids numbered."""
    named = [replace(one, row_id=f"r{index}") for index, one in enumerate(rows, 1)]
    return score_sheet(by, funds, named)


def funds(budget: int | None, spending: int | None, **more: Any) -> FundsInput:
    """Funds in 万元."""
    return FundsInput(
        annual_budget=None if budget is None else budget * 1_000_000,
        annual_spending=None if spending is None else spending * 1_000_000,
        **more,
    )


@cache
def rule_names() -> tuple[str, ...]:
    """Ids of the rules a row of the built-in schemes may name."""
    return tuple(rule.rule_id for rule in SCHEME_10.rules)


def read(planned: str, actual: str, **more: str) -> IndicatorInput:
    """A row read out of texts, ten points."""
    return READER.read(
        IndicatorCells(row_id="r1", planned=planned, actual=actual, **{"full_score": "10", **more})
    )
