"""The built-in indicator library (内置绩效指标库): rows for township work and cases to learn from.

One file an area under `indicator_library/`; what rows share (where values come from, how they are
scored, which first level a second level hangs under) stands once in `definitions.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import resources
from models.domain.indicator import Comparator, Direction
from models.domain.indicator_coach import CoachWords
from models.domain.indicator_library import IndicatorCase, LibraryIndicator
from models.domain.kit_json import record_from_json

_FOLDER = "indicator_library"
_DEFINITIONS, _CASES, _COACH = "definitions.json", "cases.json", "coach.json"


@cache
def builtin_library() -> tuple[LibraryIndicator, ...]:
    """Every built-in indicator, area by area; read once."""
    definitions = _document(_DEFINITIONS)
    found: list[LibraryIndicator] = []
    for path in sorted(resources.path(_FOLDER).glob("*.json")):
        if path.name not in (_DEFINITIONS, _CASES, _COACH):
            area = _document(path.name)
            found += [_indicator(row, area, definitions) for row in area["rows"]]
    return tuple(found)


@cache
def indicator_cases() -> tuple[IndicatorCase, ...]:
    """Bad and good ways to write an indicator, in the order of the checks."""
    return tuple(
        IndicatorCase(
            tuple(case["codes"]), tuple(case["bad"].items()), tuple(case["good"].items()), case["lesson"]
        )
        for case in _document(_CASES)
    )


@cache
def coach_words() -> CoachWords:
    """Words of the indicator coach (填写建议用词)."""
    return record_from_json(CoachWords, _document(_COACH), "填写建议用词")


def _indicator(
    row: Mapping[str, Any], area: Mapping[str, Any], definitions: Mapping[str, Any]
) -> LibraryIndicator:
    """One row of an area's file with what it shares with others put in."""
    firsts = definitions["first_levels"]
    second = row["second_level"]
    comparator = Comparator(row["comparator"])
    direction = Direction(row.get("direction", "positive"))
    return LibraryIndicator(
        code=row["code"],
        name=row["name"],
        first_level=next(first for first, seconds in firsts.items() if second in seconds),
        second_level=second,
        comparator=comparator,
        reference_value=row["value"],
        measure_unit=row.get("unit", ""),
        direction=direction,
        is_sample=row.get("is_sample", False),
        is_common=area.get("is_common", False),
        field=area["field"],
        category=area["category"],
        purpose=area["purpose"],
        explanation=row["explanation"],
        formula=row["formula"],
        scoring_note=definitions["scoring_notes"][_scored_as(comparator, direction, row["value"])],
        value_source=definitions["value_sources"][row["standard"]],
        evidence="、".join(row["evidence"]),
        fits_projects=area["fits_projects"],
        keywords=(*area["keywords"], *row.get("keywords", ())),
    )


def _scored_as(comparator: Comparator, direction: Direction, value: str) -> str:
    """Which scoring note fits a row."""
    if not comparator.is_numeric:
        return "qualitative" if comparator is Comparator.QUALITATIVE else "other"
    if direction is Direction.NEGATIVE:
        return "none_allowed" if value == "0" else "negative"
    return "equal" if comparator is Comparator.EQUAL else "positive"


def _document(name: str) -> Any:
    """A JSON file of the library's folder."""
    return json.loads(resources.path(_FOLDER, name).read_text(encoding="utf-8"))
