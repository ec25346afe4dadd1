"""Files taken in some at a time: told when durable, each by itself, the same bytes never judged twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.domain.errors import EnvironmentProblem
from services import intake, intake_batch, intake_fresh
from services.changes import Topic
from services.filing_reading import read_filings
from services.intake_looked import Looked
from services.intake_rows import IntakeOutcome, IntakeRow
from services.job import JobContext
from services.workspaces import Workspace
from tests.services.county import County
from tests.services.intaking import names_judged, payload_of, sealed_payload, three_sealed

pytestmark = pytest.mark.wide

RECEIVED, UNCHANGED, REFUSED = IntakeOutcome.RECEIVED, IntakeOutcome.UNCHANGED, IntakeOutcome.REFUSED


@pytest.fixture
def stack(county: County, town: Workspace) -> list[Path]:
    """Three packages of a unit whose key is registered, nothing of them received."""
    return three_sealed(county, town)


@pytest.fixture
def judged(county: County, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files the strict reader was asked about."""
    return names_judged(county, monkeypatch)


def outcomes(rows: list[IntakeRow]) -> list[IntakeOutcome]:
    return [row.outcome for row in rows]


def test_a_batch_is_one_transaction_and_lines_come_after_it(county: County, stack: list[Path]) -> None:
    heard: list[bool] = []

    def told(row: IntakeRow) -> None:
        with county.bureau.store.reading() as work:
            heard.append(work.packages.get(row.manifest_sha256) is not None)

    report = intake.receive(county.bureau, stack, JobContext(), told)
    assert outcomes(report.rows) == [RECEIVED] * 3
    assert heard == [True] * 3


def test_the_same_bytes_are_not_judged_again(county: County, stack: list[Path], judged: list[str]) -> None:
    county.receive(*stack)
    judged.clear()
    rows = county.receive(*stack).rows
    assert (outcomes(rows), judged) == ([UNCHANGED] * 3, [])
    assert [row.version for row in rows] == [1, 1, 1]
    assert {row.unit_code for row in rows} == {"820001"}


def test_a_name_alone_is_believed_nothing(county: County, stack: list[Path], judged: list[str]) -> None:
    """Under the name of a package that is here lies one that is not, and then a spoiled one."""
    here, other, _third = stack
    county.receive(here)
    judged.clear()
    here.write_bytes(other.read_bytes())
    assert outcomes(county.receive(here).rows) == [RECEIVED]
    here.write_bytes(other.read_bytes()[:-9] + b"xxxxxxxxx")
    assert outcomes(county.receive(here).rows) == [REFUSED]
    assert judged == [here.name] * 2


def test_a_copy_that_is_gone_means_judging(county: County, stack: list[Path], judged: list[str]) -> None:
    (row,) = county.receive(stack[0]).rows
    (county.bureau.archive / f"{row.manifest_sha256}.asice").unlink()
    judged.clear()
    assert outcomes(county.receive(stack[0]).rows) == [UNCHANGED]
    assert judged == [stack[0].name]


def test_one_that_cannot_be_written_takes_no_other_along(
    county: County, stack: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    arrived, last = intake_fresh.arrived_filing, read_filings(payload_of(stack[2]))[0].filing_id

    def fails(filing: Any, *more: Any) -> Any:
        if filing.filing_id == last:
            raise EnvironmentProblem("硬盘读写出错", "请换一个存储介质后再试")
        return arrived(filing, *more)

    monkeypatch.setattr(intake_fresh, "arrived_filing", fails)
    told: list[IntakeRow] = []
    with pytest.raises(EnvironmentProblem):
        intake.receive(county.bureau, stack, JobContext(), told.append)
    assert outcomes(told) == [RECEIVED] * 2
    monkeypatch.undo()
    assert outcomes(county.receive(*stack).rows) == [UNCHANGED, UNCHANGED, RECEIVED]


def test_what_is_copied_is_written_before_the_batch_is_full(
    county: County, stack: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two that are copied are written while the third is still being looked at; it counts as before."""
    monkeypatch.setattr(intake_batch, "ENOUGH", 2)
    batch, pending = intake_batch.IntakeBatch.look_at, []

    def slowly(self: intake_batch.IntakeBatch, path: Path) -> bool:
        for one in self._waiting:
            assert one.copy is not None
            one.copy.result()
        done = batch(self, path)
        pending.append((len(self._waiting), len(self.desk.pending)))
        return done

    monkeypatch.setattr(intake_batch.IntakeBatch, "look_at", slowly)
    monkeypatch.setattr(intake_batch.IntakeBatch, "_copied", lambda self: len(self._waiting) - 1)
    assert outcomes(county.receive(*stack).rows) == [RECEIVED] * 3
    assert pending == [(1, 1), (2, 2), (1, 1)]


def test_after_a_copy_that_failed_nothing_is_kept(
    county: County, stack: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_batch, "ENOUGH", 2)
    monkeypatch.setattr(intake_batch.IntakeBatch, "_copied", lambda self: 2 * (len(self._waiting) == 3))
    copy, told = county.tools.files.copy, list[IntakeRow]()

    def fails(source: Path, target: Path, **how: bool) -> None:
        if source == stack[1]:
            raise EnvironmentProblem("硬盘读写出错", "请换一个存储介质后再试")
        copy(source, target, **how)

    monkeypatch.setattr(county.tools.files, "copy", fails)
    with pytest.raises(EnvironmentProblem):
        intake.receive(county.bureau, stack, JobContext(), told.append)
    assert [row.path for row in told] == stack[:1]
    monkeypatch.undo()
    assert outcomes(county.receive(*stack).rows) == [UNCHANGED, RECEIVED, RECEIVED]


def test_the_names_of_copies_are_durable_before_anything_is_written(
    county: County, stack: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    files, write, open_names = county.tools.files, intake_batch.IntakeBatch._write, list[int]()
    settle = files.settle

    def counted(folder: Path) -> None:
        open_names.append(len(files.unsettled))
        settle(folder)

    def written(self: intake_batch.IntakeBatch, items: list[Looked]) -> None:
        assert not files.unsettled
        write(self, items)

    monkeypatch.setattr(files, "settle", counted)
    monkeypatch.setattr(intake_batch.IntakeBatch, "_write", written)
    assert outcomes(county.receive(*stack).rows) == [RECEIVED] * 3
    assert sum(open_names) == 3


def test_two_versions_in_one_run_are_told_apart_and_the_second_leaves_no_copy(
    county: County, town: Workspace
) -> None:
    payload = sealed_payload(county, town)
    first = county.forged(town, payload, "a.asice")
    payload["filings"][0]["explanations"] = {"other": "另一种说法"}
    second = county.forged(town, payload, "b.asice")
    before = set(county.bureau.archive.iterdir())
    rows = county.receive(first, second).rows
    assert outcomes(rows) == [RECEIVED, REFUSED]
    assert [reason.code for reason in rows[1].reasons] == ["version_conflict"]
    (new,) = set(county.bureau.archive.iterdir()) - before
    assert new.stem == rows[0].manifest_sha256


def test_boards_hear_of_a_long_run_while_it_goes_on(
    county: County, stack: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_batch, "MOST_FILES", 1)
    heard: list[int] = []
    told: list[IntakeRow] = []
    stop = county.bureau.changes.listen(
        lambda change: heard.append(len(told)) if Topic.FILINGS in change.topics else None
    )

    def slowly(row: IntakeRow) -> None:
        told.append(row)
        county.tools.clock.moment += intake.LIVE

    intake.receive(county.bureau, stack, JobContext(), slowly)
    stop()
    assert heard == [1, 2, 3, 3]
