"""The contract of what an intake adds at once, kept by every store: the same as written one by one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain.evidence import EvidenceFile
from models.domain.project import Project, ProjectYear
from services.ports.arrivals import Arrivals, ArrivedFiling, Asked
from services.ports.filing_lists import FilingQuery
from services.ports.store import UnitOfWork
from services.ports.store_records import SubmittedVersion
from tests.store.conftest import Desk
from tests.store.samples import NOW, TOWN, figures, filing, package, refused

ROAD = Project("P1", "农村公路养护", TOWN.code, "99000027", "民生")
YEAR = ProjectYear("P1", 2027, 12_000_000, "一般公共预算", "农业股", True)
FILES = (
    EvidenceFile("", "现场照片.jpg", 5, "a" * 64),
    EvidenceFile("indicators[r1]", "合同.pdf", 6, "b" * 64),
)
ASKED = Asked(frozenset({"1" * 64, "2" * 64}), frozenset({"F1", "F2"}), frozenset({"P1", "P2"}))


def arrivals() -> Arrivals:
    one = filing(revision=0)
    version = SubmittedVersion(
        "F1", 1, "1" * 64, one.answers, one.explanations, ({"code": "C20", "title": "比例"},), NOW
    )
    record = replace(package("1" * 64), source_path="D:/来件/a.asice")
    return Arrivals((record,), (ArrivedFiling(one, figures(one), version, FILES),), (ROAD,), (YEAR,))


def one_by_one(work: UnitOfWork, given: Arrivals) -> None:
    for project in given.projects:
        work.projects.put(project)
    for year in given.years:
        work.projects.put_year(year)
    for one in given.filings:
        work.filings.save(one.filing, one.figures, expected_revision=None)
        work.filings.add_version(one.version)
        work.evidence.put_submitted("F1", 1, "1" * 64, one.evidence)
    for record in given.packages:
        work.packages.add(record)
        work.packages.drop_quarantine(record.source_path)


def kept(desk: Desk) -> list[object]:
    """Everything that can be read of them."""
    with desk.store.reading() as work:
        return [
            work.packages.find("sent"), work.packages.quarantine(), work.filings.find(FilingQuery()),
            work.filings.overview(FilingQuery()), work.filings.indicator_rows(FilingQuery()),
            work.filings.versions("F1"), work.evidence.submitted("F1", "1" * 64),
            work.projects.list(), work.projects.years(),
        ]  # fmt: skip


def test_nothing_is_met_in_an_empty_store(desk: Desk) -> None:
    with desk.store.reading() as work:
        here = work.packages.met(ASKED)
    assert (here.packages, here.filings, dict(here.projects), dict(here.years)) == (set(), set(), {}, {})


def test_what_arrived_is_met_and_reads_as_if_written_one_by_one(desk: Desk) -> None:
    note = refused("D:/来件/a.asice")
    with desk.store.writing() as work:
        work.packages.put_quarantine(note)
        work.packages.put_quarantine(replace(note, path="D:/来件/b.asice"))
        work.packages.arrive(arrivals())
        here = work.packages.met(ASKED)
        work.commit()
    assert (here.packages, here.filings) == ({"1" * 64}, {"F1"})
    assert (dict(here.projects), dict(here.years)) == ({"P1": ROAD}, {("P1", 2027): YEAR})
    found = kept(desk)
    with desk.store.writing() as work:  # the very same again by the way that replaces
        stored = work.filings.get("F1")
        assert stored is not None
        assert (stored.revision, stored.answers) == (1, filing().answers)
        for item in arrivals().filings:
            work.filings.add_version(item.version)
            work.evidence.put_submitted("F1", 1, "1" * 64, item.evidence)
        work.projects.put(ROAD)
        work.projects.put_year(YEAR)
        work.commit()
    assert kept(desk) == found


def test_projects_follow_those_that_are_there(desk: Desk) -> None:
    with desk.store.writing() as work:
        work.projects.put(replace(ROAD, project_id="P0"))
        work.commit()
    with desk.store.writing() as work:
        second = replace(ROAD, project_id="P2")
        work.packages.arrive(Arrivals((), (), (ROAD, second), ()))
        work.projects.put(replace(ROAD, project_id="P3"))
        work.commit()
    with desk.store.reading() as work:
        assert [project.project_id for project in work.projects.list()] == ["P0", "P1", "P2", "P3"]


def test_nothing_of_it_stays_without_commit(desk: Desk) -> None:
    with desk.store.writing() as work:
        work.packages.arrive(arrivals())
    with desk.store.reading() as work:
        assert work.packages.met(ASKED).filings == frozenset()


@pytest.mark.parametrize("by_one_statement", [True, False])
def test_both_ways_of_writing_leave_the_same(desk: Desk, by_one_statement: bool) -> None:
    with desk.store.writing() as work:
        if by_one_statement:
            work.packages.arrive(arrivals())
        else:
            one_by_one(work, arrivals())
        work.commit()
    packages, notes, filings, overview, rows, versions, evidence, projects, years = kept(desk)
    assert (packages, notes, projects, years) == (list(arrivals().packages), [], [ROAD], [YEAR])
    assert (filings, evidence) == ([filing(revision=1)], list(FILES))
    assert len(rows) == 2  # type: ignore[arg-type]
    assert versions == [replace(arrivals().filings[0].version, findings=[{"code": "C20", "title": "比例"}])]
    assert overview[0].amount_fen == 12_000_000  # type: ignore[index]
