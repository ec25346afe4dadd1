"""A payload with one altered name is read on: the name put right, the place told, the rest as it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from forms.findings import Place
from services.tamper_repairs import mended_filings

Item = dict[str, Any]


def item() -> Item:
    """A target with one indicator, as a submission carries it."""
    row = {"row_id": "r1", "first_level": "output", "third_level": "里程", "planned_value": "12"}
    head = {"filing_id": "F1", "task_id": "t", "form_id": "performance_target", "form_version": "1"}
    return {
        **head,
        "unit_code": "820001",
        "version": 1,
        "budget_year": 2027,
        "project": None,
        "explanations": {},
        "findings": [],
        "answers": {"annual_target": "养护里程", "annual_total_fen": 100, "indicators": [row]},
    }


def renamed(inside: Item, old: str, new: str) -> None:
    inside[new] = inside.pop(old)


@pytest.mark.parametrize(
    ("alter", "places"),
    [
        (lambda one: None, ()),
        (lambda one: renamed(one, "answers", "bnswers"), (Place(""),)),
        (lambda one: one.update(form_id="performance_targes"), (Place(""),)),
        (lambda one: renamed(one["answers"], "annual_target", "annual_targeu"), (Place("annual_target"),)),
        (
            lambda one: renamed(one["answers"]["indicators"][0], "planned_value", "plbnned_value"),
            (Place("indicators", "r1", "planned_value"),),
        ),
        (
            lambda one: renamed(one["answers"]["indicators"][0], "row_id", "row_ie"),
            (Place("indicators", "r1"),),
        ),
    ],
)
def test_one_altered_name_is_put_right_and_told(
    alter: Callable[[Item], None], places: tuple[Place, ...]
) -> None:
    one = item()
    alter(one)
    (mended,) = mended_filings({"filings": [one]}, 10)
    (row,) = mended.filing.answers["indicators"]
    assert mended.places == places
    assert (mended.filing.answers["annual_target"], row["planned_value"]) == ("养护里程", "12")


def test_an_amount_that_became_text_is_read_as_one() -> None:
    one = item()
    one["answers"]["annual_total_fen"] = "700"
    (mended,) = mended_filings({"filings": [one]}, 10)
    assert mended.filing.answers["annual_total_fen"] == 700


def test_what_resembles_no_form_is_left_alone() -> None:
    assert mended_filings({"filings": [{**item(), "form_id": "甲"}, "乙"]}, 10) == []
