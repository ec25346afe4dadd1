"""The contract of a unit of work, kept by every store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain.errors import StorageProblem
from tests.store.conftest import Desk
from tests.store.samples import NOW, change, figures, filing


def test_what_is_not_committed_is_gone(desk: Desk):
    with desk.store.writing() as work:
        work.settings.put("a", 1)
        work.filings.save(filing(), figures(filing()), expected_revision=None)
    with desk.store.reading() as work:
        assert work.settings.get("a") is None
        assert work.filings.get("F1") is None


def test_an_error_rolls_back(desk: Desk):
    def fail_in_the_middle() -> None:
        with desk.store.writing() as work:
            work.settings.put("a", 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_in_the_middle()
    with desk.store.reading() as work:
        assert work.settings.get("a") is None


def test_what_was_committed_stays_when_a_later_part_is_not(desk: Desk):
    with desk.store.writing() as work:
        work.settings.put("a", 1)
        work.commit()
        work.settings.put("a", 2)
    with desk.store.reading() as work:
        assert work.settings.get("a") == 1


def test_a_unit_of_work_sees_its_own_writes(desk: Desk):
    with desk.store.writing() as work:
        work.settings.put("a", 1)
        assert work.settings.get("a") == 1


def test_readers_see_only_what_is_committed_and_one_state_throughout(desk: Desk):
    with desk.store.reading() as reader:
        assert reader.settings.get("a") is None
        with desk.store.writing() as work:
            work.settings.put("a", 1)
            assert reader.settings.get("a") is None
            work.commit()
        assert reader.settings.get("a") is None
    with desk.store.reading() as reader:
        assert reader.settings.get("a") == 1


def test_a_second_writer_is_told_that_the_workspace_is_in_use(desk: Desk):
    with desk.store.writing() as work:
        work.settings.put("a", 1)
        with pytest.raises(StorageProblem, match="使用"), desk.store.writing():
            pass
        work.commit()
    with desk.store.writing() as work:
        assert work.settings.get("a") == 1


def test_a_reading_unit_of_work_does_not_write(desk: Desk):
    with desk.store.reading() as work, pytest.raises(desk.write_in_reading):
        work.settings.put("a", 1)
    with desk.store.writing() as work:
        work.settings.put("a", 1)
        work.commit()


def test_the_order_of_writes_is_free_but_references_hold_at_commit(desk: Desk):
    with desk.store.writing() as work:
        work.filings.add_history([change(1)])
        work.filings.save(filing(), figures(filing()), expected_revision=None)
        work.commit()
    with desk.store.writing() as work:
        work.filings.add_history([change(1, filing_id="nobody")])
        with pytest.raises(desk.broken_reference):
            work.commit()
        work.filings.add_history([change(2)])
        work.commit()
    with desk.store.reading() as work:
        assert work.filings.history("nobody") == []
        assert work.filings.history("F1") == [change(2), change(1)]


def test_money_is_never_a_float(desk: Desk):
    with desk.store.writing() as work:
        for wrong in (0.1, True, "1"):
            with pytest.raises(TypeError):
                work.filings.save(
                    filing(),
                    replace(figures(filing()), amount_fen=wrong),  # type: ignore[arg-type]
                    expected_revision=None,
                )
        with pytest.raises(TypeError):
            work.filings.save(filing(answers={"amount": 0.1}), figures(filing()), expected_revision=None)


def test_a_moment_without_a_zone_is_refused(desk: Desk):
    naive = filing(updated_at=NOW.replace(tzinfo=None))
    with desk.store.writing() as work, pytest.raises(ValueError, match="time zone"):
        work.filings.save(naive, figures(naive), expected_revision=None)


def test_equal_stamps_mean_that_nothing_was_committed(desk: Desk):
    def stamps() -> tuple[object, object]:
        return desk.store.stamp(), desk.store.stamp()

    first, again = stamps()
    with desk.store.reading() as work:
        work.settings.get("a")
    with desk.store.writing() as work:
        work.settings.put("a", 1)
        work.commit()
    second, again_second = stamps()
    assert second != first
    if desk.store.stamp() == again_second:  # a store may never say that nothing changed
        assert again == first
    with desk.store.writing() as work:
        work.settings.put("a", 2)
        work.commit()
    assert desk.store.stamp() not in (first, second)
