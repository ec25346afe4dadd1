"""Files judged ahead of their turn: the same lines and the same rows, and nothing believed that has grown old."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from models.domain.errors import Cancelled, EnvironmentProblem
from services import bureau_keys, intake, intake_ahead, intake_batch
from services.inspection import Inspection
from services.intake_rows import IntakeOutcome, IntakeRow
from services.job import JobContext
from services.workspaces import Workspace
from tests.fakes.exchange import spoil
from tests.fakes.judging_ahead import FakeRun
from tests.services.county import County, everything_but_notes
from tests.services.intaking import names_judged, payload_of, sealed_payload, three_sealed

pytestmark = pytest.mark.wide

RECEIVED, UNCHANGED, REFUSED = IntakeOutcome.RECEIVED, IntakeOutcome.UNCHANGED, IntakeOutcome.REFUSED


@pytest.fixture
def stack(county: County, town: Workspace) -> list[Path]:
    """Three packages of a unit whose key is registered, nothing of them received; judging ahead pays from two on."""
    county.tools.judging_ahead.at_least = 2
    return three_sealed(county, town)


@pytest.fixture
def judged(county: County, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were judged at their turn."""
    return names_judged(county, monkeypatch)


@pytest.fixture
def inspected(monkeypatch: pytest.MonkeyPatch) -> list[Inspection]:
    """Inspections that looked into a payload with a store behind them."""
    asked: list[Inspection] = []
    look = Inspection.__call__

    def noted(self: Inspection, payload: Any) -> Any:
        if "nothing_kept" not in getattr(self.last_year, "__name__", ""):
            asked.append(self)
        return look(self, payload)

    monkeypatch.setattr(Inspection, "__call__", noted)
    return asked


def last_run(county: County) -> FakeRun:
    return county.tools.judging_ahead.runs[-1]


def outcomes(rows: list[IntakeRow]) -> list[IntakeOutcome]:
    return [row.outcome for row in rows]


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


def test_no_file_is_judged_again_at_its_turn(
    county: County, stack: list[Path], judged: list[str], inspected: list[Inspection]
) -> None:
    rows = county.receive(*stack).rows
    assert outcomes(rows) == [RECEIVED] * 3
    assert (judged, inspected) == ([], [])
    assert last_run(county).given == last_run(county).taken == names(stack)
    assert last_run(county).is_closed


def test_a_few_files_start_no_process(county: County, stack: list[Path], judged: list[str]) -> None:
    county.tools.judging_ahead.at_least = 4
    county.receive(*stack)
    assert (county.tools.judging_ahead.runs, judged) == ([], names(stack))


def test_files_received_before_start_no_process(county: County, stack: list[Path]) -> None:
    county.receive(*stack)
    assert outcomes(county.receive(*stack).rows) == [UNCHANGED] * 3
    assert len(county.tools.judging_ahead.runs) == 1


def test_only_files_that_may_be_new_are_given(county: County, stack: list[Path], judged: list[str]) -> None:
    county.tools.judging_ahead.at_least = 4
    county.receive(stack[1])
    judged.clear()
    county.tools.judging_ahead.at_least = 2
    assert outcomes(county.receive(*stack).rows) == [RECEIVED, UNCHANGED, RECEIVED]
    assert (last_run(county).given, judged) == ([stack[0].name, stack[2].name], [])


def test_a_file_that_turns_out_to_be_here_is_dropped(
    county: County, stack: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same file twice: the second time its turn comes it has been received."""
    monkeypatch.setattr(intake_batch, "MOST_FILES", 1)
    twice = county.folder / stack[0].name
    twice.write_bytes(stack[0].read_bytes())
    assert outcomes(county.receive(*stack, twice).rows) == [RECEIVED] * 3 + [UNCHANGED]
    assert last_run(county).dropped == [twice.name]


def test_what_nobody_has_judged_is_judged_at_its_turn(
    county: County, stack: list[Path], judged: list[str]
) -> None:
    county.tools.judging_ahead.fails = {stack[1].name}
    assert outcomes(county.receive(*stack).rows) == [RECEIVED] * 3
    assert judged == [stack[1].name]


def test_few_files_and_no_large_one_are_read_ahead(
    county: County, stack: list[Path], judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_ahead, "MOST_FILES", 1)
    large = max(path.stat().st_size for path in stack)
    stack[1].write_bytes(stack[1].read_bytes() + b" " * large)
    monkeypatch.setattr(intake_ahead, "MOST_BYTES", large)
    assert outcomes(county.receive(*stack).rows) == [RECEIVED] * 3
    assert last_run(county).given == [stack[0].name, stack[2].name]
    at_its_turn, ahead = 1, 1
    assert (last_run(county).most_open, judged) == (at_its_turn + ahead, [stack[1].name])


def test_stopping_ends_what_is_read_ahead_and_loses_nothing(county: County, stack: list[Path]) -> None:
    context = JobContext(lambda done, _total, _text: context.cancel() if done == 1 else None)
    told: list[IntakeRow] = []
    with pytest.raises(Cancelled):
        intake.receive(county.bureau, stack, context, told.append)
    assert outcomes(told) == [RECEIVED]
    assert last_run(county).is_closed
    assert outcomes(county.receive(*stack).rows) == [UNCHANGED, RECEIVED, RECEIVED]


def test_a_key_that_counts_as_registered_meanwhile_makes_its_packages_new(
    county: County, town: Workspace, judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first package of a certified key has it taken for registered: what was judged before that is judged anew."""
    monkeypatch.setattr(intake_batch, "MOST_FILES", 1)
    paths = [county.sealed(town, [filing_id]) for filing_id in county.filled(town, 3)]
    other = county.desk("821001")
    strangers = [county.sealed(other, county.filled(other))]
    county.receive(paths[0])
    (waiting,) = intake.quarantine(county.bureau)
    bureau_keys.register_key(county.bureau, county.keys, waiting)
    state: Any = county.bureau.store.state  # type: ignore[attr-defined]
    state.certificates = {  # as in a workspace that has learnt of its own certificates from the kit
        key: record for key, record in state.certificates.items() if record.kind != "registered"
    }
    judged.clear()
    county.tools.judging_ahead.at_least = 2
    rows = county.receive(*paths, *strangers).rows
    assert outcomes(rows) == [RECEIVED] * 3 + [REFUSED]
    assert judged == names(paths)  # the stranger's was judged before as well, and does not depend on that key


def test_other_trust_than_before_counts_for_nothing(
    county: County, stack: list[Path], judged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_batch, "MOST_FILES", 1)
    note = intake_batch.IntakeDesk.note_key

    def learns(desk: Any, judgement: Any) -> None:
        note(desk, judgement)
        desk.trust = replace(desk.trust, revocation_lists=(*desk.trust.revocation_lists, ""))

    monkeypatch.setattr(intake_batch.IntakeDesk, "note_key", learns)
    county.receive(*stack)
    assert judged == names(stack[1:])


@pytest.fixture
def two_ways(county: County, town: Workspace) -> Callable[[list[Path]], None]:
    """Takes the same files in as they come and read ahead, from the same state, and holds the results together."""

    def compare(paths: list[Path]) -> None:
        store, before = county.tools.opener.stores[county.bureau.folder], None
        results = []
        for at_least in (1 << 62, 2):
            county.tools.judging_ahead.at_least = at_least
            before = before or store.state.snapshot()
            store.state = before.snapshot()
            rows = county.receive(*paths).rows
            results.append((rows, everything_but_notes(county.bureau), intake.quarantine(county.bureau)))
            for copy in county.bureau.archive.iterdir():
                if copy.stem not in before.packages:
                    copy.unlink()
        assert results[0] == results[1]
        assert last_run(county).taken

    return compare


def test_a_mixed_folder_ends_the_same_way(
    county: County, town: Workspace, two_ways: Callable[[list[Path]], None]
) -> None:
    payload = sealed_payload(county, town)
    good = county.forged(town, payload, "1.asice")
    payload["filings"][0]["explanations"] = {"other": "另一种说法"}
    conflicting = county.forged(town, payload, "2.asice")
    payload["filings"][0]["version"] = 2
    newer = county.forged(town, payload, "3.asice")
    tampered = county.forged(town, payload, "4.asice")
    spoil(tampered, spoiled=True)
    unsound = county.forged(town, {**payload, "filings": [{"filing_id": ""}]}, "5.asice")
    junk = county.stick / "6.asice"
    junk.write_bytes(b"junk")
    again = county.stick / "7.asice"
    again.write_bytes(good.read_bytes())
    stranger = county.foreign(town, payload)
    two_ways(
        [good, conflicting, newer, tampered, unsound, junk, again, stranger, county.stick / "gone.asice"]
    )


def test_what_is_kept_of_last_year_is_asked_at_the_turn(
    county: County,
    stack: list[Path],
    inspected: list[Inspection],
    two_ways: Callable[[list[Path]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the desk keeps a project's year before, a package's answers are held against it after all."""
    kept = payload_of(stack[1])["filings"][0]

    def last_year_of(*_given: Any) -> Any:
        return lambda filing: kept["answers"] if filing.filing_id == kept["filing_id"] else None

    monkeypatch.setattr("services.intake_desk.last_year_of", last_year_of)
    two_ways(stack)
    assert len(inspected) == 3 + 1


def test_nothing_is_left_running_when_the_desk_cannot_be_read(
    county: County, stack: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_given: Any) -> None:
        raise EnvironmentProblem("读不出来", "请重试")

    monkeypatch.setattr(intake, "intake_desk", unreadable)
    with pytest.raises(EnvironmentProblem):
        intake.receive(county.bureau, stack, JobContext())
    assert last_run(county).is_closed
    assert last_run(county).given == []
