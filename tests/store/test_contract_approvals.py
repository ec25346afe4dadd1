"""The contract of approvals, kept by every store: appended, the last one of a place in force."""

from __future__ import annotations

import pytest

from services.ports.approvals import ApprovalPlace
from tests.store.conftest import Desk
from tests.store.samples import SCHOOL, approval

PLACE = ApprovalPlace("990101", "P1", 2027, "performance_target")


def put(desk: Desk, *items) -> None:
    with desk.store.writing() as work:
        for item in items:
            work.approvals.add(item)
        work.commit()


def test_the_last_approval_of_a_place_is_in_force_and_the_earlier_ones_stay(desk: Desk):
    adjusted = approval(2, adjustments=1, is_by_hand=True, approved_on=None, amount_fen=None)
    put(desk, approval(1), adjusted)
    with desk.store.reading() as work:
        assert list(work.approvals.of(PLACE)) == [adjusted, approval(1)]
        assert list(work.approvals.in_force(2027)) == [adjusted]


def test_places_do_not_touch_each_other(desk: Desk):
    others = [
        approval(3, unit_code=SCHOOL.code),
        approval(4, project_id=""),
        approval(5, budget_year=2026),
        approval(6, form_id="overall_expenditure_target", project_id=""),
    ]
    put(desk, approval(1), *others)
    with desk.store.reading() as work:
        assert list(work.approvals.of(PLACE)) == [approval(1)]
        assert list(work.approvals.in_force(2027, "990101")) == [others[3], others[1], approval(1)]
        assert list(work.approvals.in_force(2027)) == [others[3], others[1], approval(1), others[0]]
        assert list(work.approvals.in_force(2025)) == []


def test_an_approval_without_commit_is_not_kept(desk: Desk):
    with desk.store.writing() as work:
        work.approvals.add(approval(1))
    with desk.store.reading() as work:
        assert list(work.approvals.of(PLACE)) == []


def test_a_moment_without_zone_is_refused(desk: Desk):
    naive = approval(1, noted_at=approval(1).noted_at.replace(tzinfo=None))
    with pytest.raises(ValueError, match="time zone"):
        put(desk, naive)
