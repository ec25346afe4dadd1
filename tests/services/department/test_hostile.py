"""What a department may slip into its package: each inside is judged alone, none stops another, nothing hostile is written."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from models.domain.message import MessageType
from services import intake, messages
from services.intake_rows import IntakeOutcome
from services.ports.store import FilingQuery
from services.setup import write_registration_request
from tests.fakes.exchange import FakeKey, put_package
from tests.services.county import County, everything_but_notes
from tests.services.county_sample import PASSWORD
from tests.services.department.desks import (
    SCHOOL,
    Chain,
    build_chain,
    with_department_key,
)

pytestmark = pytest.mark.wide

RECEIVED, REFUSED, UNCHANGED = IntakeOutcome.RECEIVED, IntakeOutcome.REFUSED, IntakeOutcome.UNCHANGED


@pytest.fixture
def chain(county: County) -> Chain:
    """A chain whose department and school are registered at the bureau."""
    chain = build_chain(county)
    with_department_key(chain, write_registration_request(chain.department, county.stick, PASSWORD).path)
    return chain


def wrapped(
    chain: Chain, *paths: Path, decisions: list[dict[str, Any]] | None = None, number: int = 90
) -> Path:
    """A department's package around any files, signed with its own key."""
    desk, now = chain.department, chain.county.tools.clock.now()
    members = {f"packages/{path.name}": path.read_bytes() for path in paths}
    kit = desk.current_kit().kit
    payload = messages.head(MessageType.DEPARTMENT_SUBMISSION, desk.profile.unit, 2026, number, now, kit)
    payload["packages"] = [
        {"member": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in members.items()
    ]
    payload["decisions"] = decisions or []
    key, _, info = chain.county.tools.vault(desk.folder / "keys").keys["unit"]
    folder = chain.county.stick
    return put_package(
        folder, lambda h: f"outer_{h[:8]}.asice", payload, members, FakeKey(key, info), now
    ).path


def inside(chain: Chain, outer: Path) -> list[tuple[IntakeOutcome, set[str]]]:
    """What became of the packages inside."""
    outer_row, *rows = chain.county.receive(outer).rows
    assert outer_row.outcome in (RECEIVED, UNCHANGED), outer_row.reasons
    return [(row.outcome, {reason.code for reason in row.reasons}) for row in rows]


def sealed(chain: Chain, code: str = SCHOOL, *, registered: bool = True) -> Path:
    """A package of a unit whose key the bureau has registered."""
    desk = chain.unit(code)
    path = chain.county.sealed(desk, chain.filled(desk))
    if registered:
        chain.county.receive(write_registration_request(desk, chain.county.stick, PASSWORD).path)
        chain.county.register()
    return path


def test_an_altered_one_waits_alone(chain: Chain) -> None:
    good, bad = sealed(chain), sealed(chain, "205001")
    body = bad.read_text("utf-8")
    bad.write_text(body.replace('"spoiled": false', '"spoiled": true'), "utf-8")
    found = inside(chain, wrapped(chain, bad, good))
    assert found == [(REFUSED, {"member_changed"}), (RECEIVED, set())]
    (note,) = [n for n in intake.quarantine(chain.county.bureau) if "/carried/" in n.path]
    assert Path(note.path).is_file()
    with chain.county.bureau.store.reading() as work:
        assert {f.unit_code for f in work.filings.find(FilingQuery())} == {SCHOOL}


def test_a_foreign_unit_is_not_brought_in_by_this_department(chain: Chain) -> None:
    assert inside(chain, wrapped(chain, sealed(chain, "820001"))) == [(REFUSED, {"other_departments_unit"})]


def test_nothing_is_nested_twice(chain: Chain) -> None:
    deep = wrapped(chain, sealed(chain))
    assert inside(chain, wrapped(chain, deep, number=91)) == [(REFUSED, {"nested_deeper"})]
    with chain.county.bureau.store.reading() as work:
        assert not work.filings.find(FilingQuery())


def test_other_messages_have_no_place_inside(chain: Chain) -> None:
    desk = chain.unit(SCHOOL)
    request = write_registration_request(desk, chain.county.stick, PASSWORD).path
    chain.county.receive(request)
    chain.county.register()
    assert inside(chain, wrapped(chain, request)) == [(REFUSED, {"nested_kind"})]


def test_an_unregistered_outside_brings_nothing(county: County) -> None:
    chain = build_chain(county)
    before = everything_but_notes(county.bureau)
    (row,) = county.receive(wrapped(chain, sealed(chain, registered=False))).rows
    assert (row.outcome, {r.code for r in row.reasons}) == (REFUSED, {"unregistered_signer"})
    assert everything_but_notes(county.bureau) == before


def test_opinions_count_only_on_what_came_in_that_very_package(chain: Chain) -> None:
    """On its own unit's filing, in the version and package it names: anything else is passed over."""
    path = sealed(chain)
    desk_ids = [f["filing_id"] for f in _payload(path)["filings"]]
    said = {
        "member": f"packages/{path.name}", "filing_id": desk_ids[0], "version": 1, "outcome": "pass",
        "opinion": "", "decided_by": "孙立", "decided_at": "2026-09-01T09:00:00+08:00", "grade": "",
        "points": "", "conclusion": "", "submitted_fen": None, "approved_fen": None,
    }  # fmt: skip
    wrong = [{**said, "version": 2}, {**said, "filing_id": "F-of-somebody"}]
    assert inside(chain, wrapped(chain, path, decisions=wrong)) == [(RECEIVED, set())]
    with chain.county.bureau.store.reading() as work:
        assert not work.reviews.decisions()
    assert inside(chain, wrapped(chain, path, decisions=[said], number=91)) == [(UNCHANGED, set())]
    with chain.county.bureau.store.reading() as work:
        assert len(work.reviews.decisions()) == 1


def _payload(path: Path) -> dict[str, Any]:
    from tests.services.intaking import payload_of

    return payload_of(path)


def test_one_cut_off_is_made_whole_by_the_next_run(chain: Chain) -> None:
    outer = wrapped(chain, sealed(chain))
    real = chain.county.tools.reader.nested

    def cut(*_args: Any) -> Any:
        raise KeyboardInterrupt

    chain.county.tools.reader.nested = cut
    with pytest.raises(KeyboardInterrupt):
        chain.county.receive(outer)
    chain.county.tools.reader.nested = real
    assert inside(chain, outer) == [(RECEIVED, set())]
