"""The contract of payments and batches from the platform, kept by every store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain.errors import StorageProblem
from models.domain.payment import Payment
from models.domain.project import Project, ProjectYear
from services.ports.approvals import ApprovalPlace
from tests.store.conftest import Desk
from tests.store.samples import NOW, SCHOOL, TOWN, approval, batch, later, payment

CODE = payment().project_code
PLACE = ApprovalPlace("990101", "P1", 2027, "performance_target")


def put(desk: Desk, *items: Payment) -> None:
    with desk.store.writing() as work:
        work.payments.add(items)
        work.commit()


def test_the_list_taken_in_last_counts(desk: Desk):
    other = payment(7, unit_code=SCHOOL.code)
    put(desk, payment(100), other)
    put(desk, payment(250, "B2", as_of=None), payment(9, "B2", budget_year=2025))
    with desk.store.reading() as work:
        assert work.payments.latest(TOWN.code, CODE, 2026) == payment(250, "B2", as_of=None)
        assert work.payments.latest(TOWN.code, "x", 2026) is None
        assert list(work.payments.of_year(2026, TOWN.code)) == [payment(250, "B2", as_of=None)]
        assert len(work.payments.of_year(2026)) == 2


def test_a_batch_taken_out_lets_the_list_before_count(desk: Desk):
    put(desk, payment(100))
    put(desk, payment(250, "B2"))
    with desk.store.writing() as work:
        assert work.payments.remove("B2") == 1
        assert work.payments.remove("B9") == 0
        work.commit()
    with desk.store.reading() as work:
        assert work.payments.latest(TOWN.code, CODE, 2026) == payment(100)


def test_money_is_whole_fen(desk: Desk):
    with pytest.raises(TypeError):
        put(desk, payment(1.5))  # type: ignore[arg-type]


def test_batches_newest_first_and_taken_back_once(desk: Desk):
    first = batch()
    second = replace(first, batch_id="B2", taken_at=later(1))
    with desk.store.writing() as work:
        work.platform_batches.add(first)
        work.platform_batches.add(second)
        work.platform_batches.take_back("B1", later(2))
        with pytest.raises(StorageProblem):
            work.platform_batches.take_back("B7", NOW)
        work.commit()
    with desk.store.reading() as work:
        assert list(work.platform_batches.all()) == [second, replace(first, taken_back_at=later(2))]
        assert work.platform_batches.get("B2") == second
        assert work.platform_batches.get("B7") is None


def test_an_approval_withdrawn_leaves_the_one_before_in_force(desk: Desk):
    with desk.store.writing() as work:
        work.approvals.add(approval(1))
        work.approvals.add(approval(2))
        assert not work.approvals.withdraw(approval(1), NOW)
        assert work.approvals.withdraw(approval(2), NOW)
        work.commit()
    with desk.store.reading() as work:
        assert list(work.approvals.of(PLACE)) == [approval(1)]
        assert list(work.approvals.in_force(2027)) == [approval(1)]


def test_a_budget_year_can_be_taken_off_a_project(desk: Desk):
    with desk.store.writing() as work:
        work.projects.put(Project("P1", "公路", TOWN.code))
        work.projects.put_year(ProjectYear("P1", 2026, 1))
        work.projects.put_year(ProjectYear("P1", 2027, 2))
        work.projects.remove_year("P1", 2026)
        work.projects.remove_year("P1", 2020)
        work.commit()
    with desk.store.reading() as work:
        assert [year.budget_year for year in work.projects.years("P1")] == [2027]
