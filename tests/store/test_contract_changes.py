"""Whatever changes is on the list of changes, on both databases, by whatever words it was written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.domain.filing import FilingStatus
from models.domain.project import Project, ProjectYear
from services.ports.changes import ChangeMark, Changes
from services.ports.store import UnitOfWork
from tests.store.conftest import Desk
from tests.store.samples import (
    NOW,
    TOWN,
    approval,
    desk_user,
    entry,
    figures,
    filing,
    kit,
    paper,
    review_comment,
    review_decision,
    review_file,
)

Writes = Callable[[UnitOfWork], object]
FILED = ("F2", "", "", "")

WRITES: dict[str, tuple[Writes, tuple[str, str, str, str]]] = {
    "filing": (lambda work: work.filings.save(filing("F3"), figures(filing()), expected_revision=None), ("F3", "", "", "")),
    "status": (lambda work: work.filings.set_status("F2", FilingStatus.PASSED, NOW), FILED),
    "review": (lambda work: work.reviews.save_file(review_file(), expected_revision=None), FILED),
    "decision": (lambda work: work.reviews.add_decision(review_decision(1)), FILED),
    "remark": (lambda work: work.reviews.put_comment(review_comment(1)), FILED),
    "paper": (lambda work: work.papers.put(paper()), (paper().filing_id, "", "", "")),
    "project": (lambda work: work.projects.put(Project("P1", "甲", TOWN.code)), ("", "P1", "", "")),
    "bin": (lambda work: work.projects.put_in_bin("P0", NOW), ("", "P0", "", "")),
    "year": (lambda work: work.projects.put_year(ProjectYear("P0", 2027, 1)), ("", "P0", "", "")),
    "year gone": (lambda work: work.projects.remove_year("P0", 2026), ("", "P0", "", "")),
    "units": (lambda work: work.registers.put_units([TOWN]), ("", "", "units", "")),
    "unit gone": (lambda work: work.registers.remove_unit("X"), ("", "", "units", "")),
    "register": (lambda work: work.registers.replace_entries(2027, [entry(1)]), ("", "", "register_entries", "")),
    "kit": (lambda work: work.kits.add(kit(), "bb", NOW), ("", "", "kits", "")),
    "person": (lambda work: work.users.put(desk_user(1)), ("", "", "desk_users", "")),
    "approval": (lambda work: work.approvals.add(approval(1)), ("", "", "approvals", "")),
    "setting": (lambda work: work.settings.put("a", 1), ("", "", "", "a")),
    "nothing": (lambda work: work.settings.next_number("package"), ("", "", "", "")),
}  # fmt: skip


@pytest.fixture
def begun(desk: Desk) -> ChangeMark:
    """Where the list stands after a first filing and project."""
    with desk.store.reading() as work:
        if work.changes.mark() is None:
            pytest.skip("the store in memory keeps no list")
    with desk.store.writing() as work:
        work.filings.save(filing("F2"), figures(filing()), expected_revision=None)
        work.projects.put(Project("P0", "乙", TOWN.code))
        work.projects.put_year(ProjectYear("P0", 2026, 1))
        work.registers.put_units([TOWN, type(TOWN)("X", "将撤销的单位")])
        work.commit()
    with desk.store.reading() as work:
        mark = work.changes.mark()
    assert mark is not None
    return mark


def since(desk: Desk, mark: ChangeMark) -> Changes:
    with desk.store.reading() as work:
        found = work.changes.since(mark)
    assert found is not None
    return found


def test_every_kind_of_change_is_told_once_it_is_committed(desk: Desk, begun: ChangeMark) -> None:
    mark = begun
    for name, (write, told) in WRITES.items():
        with desk.store.writing() as work:
            write(work)  # and given up
        assert since(desk, mark).mark == mark, name
        with desk.store.writing() as work:
            write(work)
            work.commit()
        found = since(desk, mark)
        named = (found.filings, found.projects, found.tables, found.settings)
        assert named == tuple(frozenset({one} if one else ()) for one in told), name
        mark = found.mark
    whole = since(desk, begun)
    assert {"F2", "F3"} <= whole.filings
    assert whole.mark == mark


def test_in_doubt_everything_is_to_be_read_again(desk: Desk, begun: ChangeMark) -> None:
    with desk.store.reading() as work:
        assert work.changes.since(None) is None
        assert work.changes.since(ChangeMark(begun.place, begun.number + 1)) is None
        assert work.changes.since(ChangeMark(f"{begun.place}1", begun.number)) is None
