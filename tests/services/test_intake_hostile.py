"""Payloads of any shape: intake never raises, and what it refuses changes nothing but the note."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from commands.verify import _fiscal_year
from exchange import reasons
from exchange.payload_head import head_fault
from models.domain.verdict import Judgement, Verdict, VerdictWord
from services.inspection import Inspection
from services.intake_rows import IntakeOutcome, row_of
from services.package_lines import line_of_row, package_lines
from services.workspaces import Workspace
from tests.fakes.clock import MovableClock
from tests.fakes.store_state import StoreState
from tests.fakes.tools import FakeTools
from tests.services.county import County, build_county, everything_but_notes

TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            "\0",
            "=1+1",
            "\u202e",
            "1e999",
            "9" * 400,
            "performance_target",
            "820001",
            "blocking",
            "r1",
            "2027",
        ]
    ),
)
NUMBERS = st.sampled_from([-1, 0, 1, 2, 2027, 10**9, 10**17, 10**18 - 1, -(10**18 - 1)])
LEAVES = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
KEYS = st.one_of(
    TEXTS,
    st.sampled_from(
        ["row_id", "indicators", "annual_total_fen", "severity", "project_id", "version", "filings"]
    ),
)
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> tuple[County, Workspace, dict[str, Any]]:
    """A county, a town whose key is registered, and an honest payload of three filings."""
    folder, tools = tmp_path_factory.mktemp("county"), FakeTools(MovableClock())
    county = build_county(tools, folder)
    town = county.desk()
    ids = county.filled(town, 4)
    county.accepted(town, ids[:1])
    path = county.sealed(town, ids[1:])
    return county, town, json.loads(path.read_text("utf-8"))["payload"]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value."""
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from places(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value[:3]):
            yield from places(item, (*path, index))


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """The value with another one at a place."""
    if not path:
        return new
    holder = value
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = new
    return value


_NUMBERS = count(1)


def intake_of(scene: tuple[County, Workspace, dict[str, Any]], payload: Any) -> None:
    """Take it in; nothing raises, what is refused leaves everything as it was, the list can be shown."""
    county, town, _ = scene
    path = county.forged(town, payload, f"{next(_NUMBERS)}.asice")
    before = everything_but_notes(county.bureau)
    (row,) = county.receive(path).rows
    if row.outcome is IntakeOutcome.REFUSED:
        assert everything_but_notes(county.bureau) == before
        assert row.word is not VerdictWord.VALID
    else:
        assert head_fault(payload) is None
        county.bureau.store.state = StoreState(**before)  # type: ignore[attr-defined]
    line_of_row(row, county.tools.clock.now())
    assert package_lines(county.bureau)
    path.unlink()


@given(data=st.data())
def test_an_honest_payload_with_anything_anywhere(
    scene: tuple[County, Workspace, dict[str, Any]], data: st.DataObject
) -> None:
    honest = scene[2]
    payload = deepcopy(honest)
    for _ in range(data.draw(st.integers(1, 3))):
        where = data.draw(st.sampled_from(list(places(payload["filings"], ("filings",)))))
        assume(where)
        payload = put(payload, where, data.draw(JSON))
        if not isinstance(payload.get("filings"), list):
            break
    intake_of(scene, payload)


@given(payload=st.dictionaries(KEYS, JSON, max_size=4))
def test_a_payload_of_nothing_known(
    scene: tuple[County, Workspace, dict[str, Any]], payload: dict[str, Any]
) -> None:
    intake_of(scene, {**payload, "message_type": "submission"})


@given(filings=JSON)
def test_the_inspector_and_the_lists_alone(filings: Any) -> None:
    """Without the reader's look at the head before: not even that is relied on."""
    payload = {"message_type": "submission", "unit_code": "820001", "filings": filings}
    assert {reason.code for reason in Inspection(reasons)(payload)} == {"payload_type"}
    verdict = Verdict(VerdictWord.ALTERED, False, True, True, True, True)
    judged = Judgement("x.asice", verdict, "submission", "820001", payload)
    assert row_of(Path("x.asice"), judged, IntakeOutcome.REFUSED).version >= 0
    assert _fiscal_year(judged) is None or isinstance(_fiscal_year(judged), int)
