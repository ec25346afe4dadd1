"""Taking a unit out of the register: with its project lines, back into their places, never one that has sent something."""

from __future__ import annotations

import pytest

from models.domain.errors import InputError
from models.domain.project import RegisterEntry
from services import registers, unit_removal
from services.registers import UnitPreview
from services.workspaces import Workspace
from tests.services.county import OTHER, TOWN, County


def codes(county: County) -> list[str]:
    with county.bureau.store.reading() as work:
        return [unit.code for unit in work.registers.units()]


def lines(county: County) -> dict[int, list[RegisterEntry]]:
    with county.bureau.store.reading() as work:
        return {year: list(work.registers.entries(year)) for year in work.registers.entry_years()}


def test_a_unit_goes_with_its_lines_and_comes_back_in_its_place(county: County) -> None:
    before, known = lines(county), codes(county)
    mine = [entry for entries in before.values() for entry in entries if entry.unit_code == OTHER]
    assert mine
    shown = unit_removal.look_at_removal(county.bureau, OTHER)
    assert lines(county) == before
    removed = unit_removal.remove_unit(county.bureau, OTHER)
    assert removed == shown
    assert {entry.project_name for _, entry in removed.entries} == {entry.project_name for entry in mine}
    assert codes(county) == [code for code in known if code != OTHER]
    assert not [e for entries in lines(county).values() for e in entries if e.unit_code == OTHER]
    unit_removal.put_back(county.bureau, removed)
    assert (codes(county), lines(county)) == (known, before)


def test_the_next_kit_is_without_it(county: County) -> None:
    unit_removal.remove_unit(county.bureau, OTHER)
    county.issued()
    kit = county.bureau.current_kit().kit
    assert kit.unit(OTHER) is None
    assert all(entry.unit_code != OTHER for entry in kit.register)


def test_a_unit_with_received_filings_stays(county: County, town: Workspace) -> None:
    county.accepted(town, county.filled(town, 2))
    before = lines(county), codes(county)
    for act in (unit_removal.look_at_removal, unit_removal.remove_unit):
        with pytest.raises(InputError, match=r"已接收.* 2 份表，不能移除"):
            act(county.bureau, TOWN)
    assert (lines(county), codes(county)) == before


def test_a_unit_that_asked_for_its_certificate_stays(county: County) -> None:
    from services import setup

    desk = county.desk()
    setup.write_registration_request(desk, county.stick, "liulin-2026")
    (request,) = county.stick.glob("*registration*")
    county.receive(request)
    county.register()
    county.receive(request)
    with pytest.raises(InputError, match="已登记"):
        unit_removal.remove_unit(county.bureau, TOWN)


def test_a_unit_that_is_not_there(county: County) -> None:
    with pytest.raises(InputError, match="没有代码 000"):
        unit_removal.remove_unit(county.bureau, "000")


def test_putting_back_leaves_what_came_since(county: County) -> None:
    removed = unit_removal.remove_unit(county.bureau, OTHER)
    renamed = type(removed.unit)(OTHER, "改了名的单位")
    registers.take_units(county.bureau, UnitPreview("", (renamed,), ()))
    year = removed.entries[0][1].budget_year
    with county.bureau.store.writing() as work:
        work.registers.replace_entries(year, [removed.entries[0][1]])
        work.commit()
    unit_removal.put_back(county.bureau, removed)
    with county.bureau.store.reading() as work:
        assert next(u.name for u in work.registers.units() if u.code == OTHER) == "改了名的单位"
        found = work.registers.entries(year, OTHER)
    assert len(found) == len([entry for _, entry in removed.entries if entry.budget_year == year])
