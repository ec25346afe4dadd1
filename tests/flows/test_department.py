"""A department between unit and bureau, with real keys and real packages: what goes up comes out byte for byte."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from models.domain.review import ReviewLevel, ReviewOutcome
from services import receipts
from services.department.members import member_of
from services.intake_rows import IntakeOutcome
from services.receipts import take_receipt
from services.setup import write_registration_request
from tests.flows.conftest import County
from tests.services.county import County as Desks
from tests.services.county_sample import PASSWORD
from tests.services.department.desks import HEAD, SCHOOL, Chain, build_chain, with_department_key


@pytest.fixture
def chain(county: County) -> Chain:
    bureau = county.bureau
    desks = Desks(county.tools, county.folder, bureau.workspace, bureau.keys, bureau.kit_file)  # type: ignore[arg-type]
    return build_chain(desks)


def names_inside(package: Path) -> list[str]:
    listed = subprocess.run(["unzip", "-Z1", package], capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip tells what is inside")
def test_through_the_department_and_a_receipt_back(chain: Chain, tmp_path: Path) -> None:
    county, department = chain.county, chain.department
    desks, ids, up = chain.up(HEAD, SCHOOL)
    with department.store.reading() as work:
        sent = {record.archive_name: record for record in work.packages.find("received", "submission")}
    inside = [name for name in names_inside(up) if name.startswith("packages/")]
    assert sorted(inside) == sorted(member_of(record) for record in sent.values())
    for record in sent.values():
        name = member_of(record)
        taken = subprocess.run(["unzip", "-p", up, name], capture_output=True, check=True).stdout
        assert taken == (department.archive / record.archive_name).read_bytes()
    with_department_key(chain, write_registration_request(department, county.stick, PASSWORD).path)
    first = county.receive(up)
    assert [row.outcome for row in first.rows] == [IntakeOutcome.RECEIVED, *[IntakeOutcome.REFUSED] * 2]
    county.register()
    second = county.receive(up)
    assert [row.outcome for row in second.rows] == [IntakeOutcome.UNCHANGED, *[IntakeOutcome.RECEIVED] * 2]
    assert not list((county.bureau.folder / "carried").iterdir())
    with county.bureau.store.reading() as work:
        decisions = work.reviews.decisions(ids)
    assert {(d.filing_id, d.level, d.outcome) for d in decisions} == {
        (one, ReviewLevel.DEPARTMENT, ReviewOutcome.PASS) for one in ids
    }
    waiting = receipts.without_receipt(county.bureau)
    assert [record.unit_code for record in waiting] == ["205", HEAD, SCHOOL]
    receipt = receipts.issue_receipt(county.bureau, waiting[2], county.keys.bureau, county.stick)
    assert take_receipt(desks[1], Path(receipt.source_path)).certificate_taken
    for desk in (*desks, department):
        desk.close()
