"""Examples of C23: rows taken from the indicator library and changed since (指标库核对样例)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from forms.context import FormContext
from models.domain.indicator import Comparator, Direction
from models.domain.indicator_library import LibraryIndicator
from tests.forms import cases
from tests.forms.cases import KIT_10, KIT_101, ROADS, TOWN
from tests.forms.checks.examples import Fails, Passes, W, row

LIBRARY = (
    LibraryIndicator("road.length", "养护里程", "output", "quantity", Comparator.AT_LEAST, "12", "公里"),
    LibraryIndicator("road.good", "路况优良率", "output", "quality", Comparator.AT_LEAST, "85", "%"),
    LibraryIndicator(
        "road.cost",
        "每公里养护成本",
        "cost",
        "economic_cost",
        Comparator.AT_MOST,
        "9.6",
        "万元",
        Direction.NEGATIVE,
    ),
    LibraryIndicator(
        "road.rule", "养护制度", "benefit", "sustainable_impact", Comparator.QUALITATIVE, "健全"
    ),
)


def with_library(kit: Any = KIT_101, form_id: str = cases.TARGET) -> FormContext:
    """A filing whose desk has the library."""
    return cases.context(kit, form_id, library=LIBRARY)


def issued_with_library() -> FormContext:
    """A filing whose kit brings the library along, as at the bureau."""
    return cases.context(replace(KIT_101, indicator_library=LIBRARY))


LENGTH, GOOD, COST = "road.length", "road.good", "road.cost"

FAILING = [
    Fails(
        "C23",
        "another unit",
        row("r2", library_code=LENGTH, measure_unit="米"),
        W,
        "indicators[r2].measure_unit",
        ("取自指标库的“养护里程”", "计量单位库中是“公里”，现在是“米”"),
        with_library(),
    ),
    Fails(
        "C23",
        "another sign",
        row("r2", library_code=LENGTH, comparator="≤"),
        W,
        "indicators[r2].comparator",
        ("符号库中是“≥”，现在是“≤”",),
        with_library(),
    ),
    Fails(
        "C23",
        "no longer qualitative",
        row("r7", library_code="road.rule", comparator="other"),
        W,
        "indicators[r7].comparator",
        ("符号库中是“定性”，现在是“其他”",),
        with_library(),
    ),
    Fails(
        "C23",
        "another level and another unit",
        row("r2", library_code=LENGTH, second_level="quality", measure_unit="百米"),
        W,
        "indicators[r2].second_level",
        ("库中是“产出指标 · 数量指标”，现在是“产出指标 · 质量指标”", "现在是“百米”"),
        with_library(),
    ),
    Fails(
        "C23",
        "library of the kit",
        row("r4", library_code=GOOD, comparator=">"),
        W,
        "indicators[r4].comparator",
        ("库中是“≥”，现在是“>”",),
        issued_with_library(),
    ),
    Fails(
        "C23",
        "overall form",
        {
            **TOWN,
            "indicators": [
                {**one, "third_level": "养护里程", "library_code": LENGTH, "measure_unit": "条"}
                if one["row_id"] == "r3"
                else one
                for one in TOWN["indicators"]
            ],
        },
        W,
        "indicators[r3].measure_unit",
        ("库中是“公里”，现在是“条”",),
        with_library(KIT_101, cases.OVERALL),
    ),
]

PASSING = [
    Passes("C23", "as in the library", row("r2", library_code=LENGTH), with_library()),
    Passes("C23", "another value", row("r2", library_code=LENGTH, planned_value="60"), with_library()),
    Passes(
        "C23", "name written out", row("r2", library_code=LENGTH, third_level="村道养护里程"), with_library()
    ),
    Passes(
        "C23",
        "a unit that means the same",
        row("r2", library_code=LENGTH, measure_unit="千米"),
        with_library(),
    ),
    Passes("C23", "full-width percent", row("r4", library_code=GOOD, measure_unit="％"), with_library()),
    Passes(
        "C23",
        "raised to all",
        row("r4", library_code=GOOD, comparator="=", planned_value="100"),
        with_library(),
    ),
    Passes(
        "C23",
        "turned into another indicator",
        row("r2", library_code=LENGTH, third_level="清理边沟处数", measure_unit="处"),
        with_library(),
    ),
    Passes(
        "C23",
        "cells not filled in yet",
        row("r2", library_code=LENGTH, comparator=None, measure_unit=None, second_level=None),
        with_library(),
    ),
    Passes(
        "C23",
        "a code no library here has",
        row("r2", library_code="unit.7", measure_unit="米"),
        with_library(),
    ),
    Passes("C23", "no library at all", row("r2", library_code=LENGTH, measure_unit="米")),
    Passes("C23", "not from the library", row("r2", measure_unit="米"), with_library()),
    Passes(
        "C23",
        "cost where it is no first level",
        row(
            "r1",
            {**ROADS, "indicators": [dict(ROADS["indicators"][0])]},
            library_code=COST,
            first_level="output",
            second_level="cost",
        ),
        with_library(KIT_10),
    ),
    Passes(
        "C23", "another cost level", row("r1", library_code=COST, second_level="social_cost"), with_library()
    ),
    Passes(
        "C23",
        "sign and unit in one cell",
        row("r2", library_code=LENGTH, planned_value="≥12公里"),
        with_library(cases.in_one_cell()),
    ),
]
