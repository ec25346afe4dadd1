"""The built-in indicator library: complete, sound by the program's own checks, and at home in both frames."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from forms.checks.settings import CheckSettings, SharedWords
from forms.library_levels import FrameLevels
from models.domain.indicator import Comparator
from models.domain.indicator_library import IndicatorCase, LibraryIndicator
from resources.builtin_library import builtin_library, indicator_cases
from tests.forms import cases
from tests.forms.cases import KIT_10, KIT_101, ROADS

ROWS = builtin_library()
ROW_CHECKS = {f"C{number}" for number in range(10, 20)} | {"C23", "C50", "C55"}
KITS = {"10": KIT_10, "101": KIT_101}
AREAS = (
    "环卫",
    "公路",
    "饮水",
    "低保",
    "养老",
    "卫生",
    "教育",
    "农业",
    "防火",
    "应急",
    "村级",
    "党建",
    "文化",
    "信息化",
)
AREAS += ("基建", "采购", "公用经费", "衔接资金", "污水", "防汛", "信访")


def _levels(kit: Any) -> FrameLevels:
    settings = CheckSettings(kit)
    return FrameLevels(cases.context(kit).frame, settings.find(SharedWords))


def _row(indicator: LibraryIndicator, kit: Any) -> dict[str, Any]:
    """A table row as the indicator gives it in a kit's frame."""
    levels = _levels(kit).of(indicator)
    assert levels is not None, indicator.code
    return {
        "row_id": "r1",
        "first_level": levels[0],
        "second_level": levels[1],
        "third_level": indicator.name,
        "comparator": indicator.comparator.value,
        "planned_value": indicator.reference_value,
        "measure_unit": indicator.measure_unit,
        "direction": indicator.direction.value,
        "library_code": indicator.code,
    }


def _codes(row: dict[str, Any], kit: Any) -> set[str]:
    """What the row checks say of one row in a filing with plenty of money."""
    answers = {**ROADS, "annual_total_fen": 10_000_000_000, "indicators": [row]}
    given = cases.context(kit, library=ROWS)
    return {f.code for f in cases.report(given, answers).findings if f.place.row_id} & ROW_CHECKS


def test_there_are_enough_rows_for_every_area_of_a_township() -> None:
    assert len(ROWS) >= 150
    purposes = "、".join(dict.fromkeys(row.purpose for row in ROWS))
    assert [area for area in AREAS if area not in purposes] == []
    counts = Counter(row.purpose for row in ROWS)
    assert min(counts.values()) >= 8, counts


def test_codes_and_names_stand_once() -> None:
    assert max(Counter(row.code for row in ROWS).values()) == 1
    doubles = [key for key, n in Counter((r.purpose, r.name) for r in ROWS).items() if n > 1]
    assert doubles == []


@pytest.mark.parametrize("kit", KITS)
def test_every_row_passes_the_programs_own_checks(kit: str) -> None:
    found = {row.code: codes for row in ROWS if (codes := _codes(_row(row, KITS[kit]), KITS[kit]))}
    assert found == {}


def test_every_row_is_complete() -> None:
    for row in ROWS:
        for text in (row.explanation, row.formula, row.scoring_note, row.value_source, row.evidence):
            assert len(text) >= 3, row.code
        assert all((row.field, row.category, row.purpose, row.fits_projects, row.keywords)), row.code
        assert bool(row.measure_unit) == row.comparator.is_numeric, row.code
        downward = row.comparator in (Comparator.AT_MOST, Comparator.LESS) or row.reference_value == "0"
        assert (row.direction.value == "negative") == downward, row.code
        texts = f"{row.name}{row.explanation}{row.formula}{row.evidence}"
        assert not any(char.isascii() and char.isalpha() for char in texts), row.code
        assert "  " not in texts, row.code


def test_every_level_of_both_frames_has_rows() -> None:
    for kit in KITS.values():
        levels = _levels(kit)
        used = {levels.of(row) for row in ROWS}
        frame = cases.context(kit).frame
        assert {(f.code, s.code) for f in frame.firsts for s in f.seconds} == used


def test_every_area_has_cost_quantity_quality_time_benefit_and_satisfaction() -> None:
    for purpose in dict.fromkeys(row.purpose for row in ROWS):
        seconds = {row.second_level for row in ROWS if row.purpose == purpose}
        assert {"economic_cost", "quantity", "quality", "timeliness", "client_satisfaction"} <= seconds, (
            purpose
        )
        assert any("benefit" in second for second in seconds), purpose


@pytest.mark.parametrize("case", indicator_cases(), ids=lambda case: dict(case.bad)["third_level"])
def test_the_bad_case_is_found_and_the_good_one_is_not(case: IndicatorCase) -> None:
    bad, good = ({"row_id": "r1", **dict(row)} for row in (case.bad, case.good))
    assert set(case.codes) & _codes(bad, KIT_101), _codes(bad, KIT_101)
    assert _codes(good, KIT_101) == set()
    assert len(case.lesson) > 10
