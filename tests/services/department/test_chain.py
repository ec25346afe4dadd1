"""Unit → department → return → correction → department → bureau → receipt; nothing twice, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from models.domain.errors import InputError, KeyProblem
from models.domain.filing import FilingStatus
from models.domain.kit import TrustMode
from models.domain.review import ReviewLevel, ReviewOutcome
from models.domain.revocation import RevocationReason
from services import (
    bureau_keys,
    filings,
    inbox,
    intake,
    kits,
    package_lines,
    practice,
    printouts,
    receipts,
    sealing,
    trust_lists,
)
from services.department import forwarding, returning
from services.intake_rows import IntakeOutcome, IntakeReport
from services.job import JobContext
from services.key_registration import register_and_receive
from services.receipts import take_receipt
from services.remark_answers import answer, remarks_of
from services.returned import TakenSlip
from services.review.queue import QueueFilter, QueueQuery, line_of, queue
from services.review.return_slips import waiting_for_slip
from services.setup import write_registration_request
from services.workspaces import Workspace
from tests.services.county import County, kept, opened
from tests.services.county_sample import PASSWORD
from tests.services.department.desks import (
    HEAD,
    RETURNED,
    SCHOOL,
    Chain,
    build_chain,
    with_department_key,
)

pytestmark = pytest.mark.wide

OUTCOMES = IntakeOutcome


@pytest.fixture
def chain(county: County) -> Chain:
    return build_chain(county)


def outcomes(report: IntakeReport) -> list[IntakeOutcome]:
    return [row.outcome for row in report.rows]


def codes(report: IntakeReport) -> list[set[str]]:
    return [{reason.code for reason in row.reasons} for row in report.rows]


def certified(chain: Chain) -> None:
    """The department's key registered beforehand, its certificate home by the next kit."""
    county = chain.county
    request = write_registration_request(chain.department, county.stick, PASSWORD).path
    with_department_key(chain, request)
    offer = kits.look_at_kit(county.tools, county.issued(), chain.department.current_kit().kit)
    kits.take_kit(chain.department, offer)


def department_decisions(desk: Workspace, filing_id: str) -> list[tuple[int, ReviewOutcome, bool]]:
    with desk.store.reading() as work:
        found = work.reviews.decisions([filing_id])
    return [(d.version, d.outcome, d.is_signed_elsewhere) for d in found if d.level is ReviewLevel.DEPARTMENT]


def test_the_whole_way_with_a_return(chain: Chain) -> None:
    county, department = chain.county, chain.department
    certified(chain)
    school = chain.unit(SCHOOL)
    (filing_id,) = chain.filled(school)
    first = county.sealed(school, [filing_id])
    assert codes(chain.take_in(first)) == [{"signer_for_bureau"}]
    assert outcomes(chain.take_in(first)) == [OUTCOMES.UNCHANGED]
    (waiting,) = forwarding.forwardable(department)
    assert waiting.obstacle == "还有 1 份表没有审核"
    chain.decide(filing_id, RETURNED)
    (waiting,) = forwarding.forwardable(department)
    assert waiting.obstacle == "有 1 份表已退回修改，等单位重新报送"
    with pytest.raises(InputError, match="退回修改"):
        forwarding.forward(department, [waiting.record.manifest_sha256], county.stick, PASSWORD, JobContext())
    slips = returning.issue_slips(
        department, waiting_for_slip(department), county.stick, PASSWORD, JobContext()
    )
    taken = inbox.take_in(school, Path(slips[0].source_path))
    assert isinstance(taken, TakenSlip)
    assert taken.reopened == (filing_id,)
    _correct(school, filing_id)
    second = county.sealed(school, [filing_id])
    assert outcomes(chain.take_in(second)) == [OUTCOMES.REPLACED]
    assert [item.obstacle for item in forwarding.forwardable(department)] == ["还有 1 份表没有审核"]
    chain.decide(filing_id)
    assert kept(department, filing_id).status is FilingStatus.PASSED
    up = chain.forward()
    assert forwarding.forwardable(department) == ()
    report = county.receive(up)
    assert outcomes(report) == [OUTCOMES.RECEIVED, OUTCOMES.REFUSED]
    assert codes(report)[1] == {"unregistered_signer"}
    (note,) = [n for n in intake.quarantine(county.bureau) if n.unit_code == SCHOOL]
    again = register_and_receive(county.bureau, county.keys, note, JobContext(), lambda _row: None)
    assert outcomes(again) == [OUTCOMES.RECEIVED]
    assert not Path(note.path).exists()
    assert department_decisions(county.bureau, filing_id) == [(2, ReviewOutcome.PASS, True)]
    outer, record = receipts.without_receipt(county.bureau)
    assert outer.manifest_sha256 == record.carrier_sha256 == report.rows[0].manifest_sha256
    receipt = receipts.issue_receipt(county.bureau, record, county.keys.bureau, county.stick)
    assert take_receipt(school, Path(receipt.source_path)).filing_count == 1
    assert kept(school, filing_id).status is FilingStatus.RECEIVED


def _correct(desk: Workspace, filing_id: str) -> None:
    """What was remarked on changed at the unit."""
    form = opened(desk, filing_id)
    changed = {**form.filing.answers, "annual_target": "全年完成改造任务，验收合格率达到 100%。"}
    filings.save_draft(desk, form, changed, form.filing.explanations)
    for remark in remarks_of(desk, filing_id, kept(desk, filing_id).answers):
        answer(desk, remark.comment.comment_id, "已核对")


def test_units_of_one_package_in_order_and_receipts_by_unit(chain: Chain) -> None:
    county = chain.county
    _, ids, up = chain.up(SCHOOL, HEAD)
    with_department_key(chain, up)
    county.receive(up)
    county.register()
    report = county.receive(up)
    assert [(row.unit_code, row.outcome) for row in report.rows] == [
        ("205", OUTCOMES.UNCHANGED),
        (HEAD, OUTCOMES.RECEIVED),
        (SCHOOL, OUTCOMES.RECEIVED),
    ]
    assert [record.unit_code for record in receipts.without_receipt(county.bureau)] == ["205", HEAD, SCHOOL]
    assert all(department_decisions(county.bureau, one) for one in ids)
    assert outcomes(county.receive(up)) == [OUTCOMES.UNCHANGED] * 3
    assert all(len(department_decisions(county.bureau, one)) == 1 for one in ids)
    line = line_of(county.bureau, ids[0])
    assert line is not None
    assert line.file.level is ReviewLevel.OFFICE
    assert line.last_decision(ReviewLevel.DEPARTMENT) is not None


def test_directly_and_through_the_department_is_unchanged_and_brings_the_opinion(chain: Chain) -> None:
    county = chain.county
    (school,), (filing_id,), up = chain.up(SCHOOL)
    with school.store.reading() as work:
        (sent,) = work.packages.find("sent")
    direct = Path(sent.source_path)
    county.receive(direct)
    county.register()
    assert outcomes(county.receive(direct)) == [OUTCOMES.RECEIVED]
    assert department_decisions(county.bureau, filing_id) == []
    assert _awaits_department(county.bureau, filing_id)
    with_department_key(chain, up)
    assert outcomes(county.receive(up)) == [OUTCOMES.RECEIVED, OUTCOMES.UNCHANGED]
    assert department_decisions(county.bureau, filing_id) == [(1, ReviewOutcome.PASS, True)]
    assert outcomes(county.receive(direct)) == [OUTCOMES.UNCHANGED]
    assert not _awaits_department(county.bureau, filing_id)
    _, record = receipts.without_receipt(county.bureau)
    assert record.carrier_sha256 == ""


def _awaits_department(desk: Workspace, filing_id: str) -> bool:
    line = line_of(desk, filing_id)
    assert line is not None
    return line.awaits_department


def test_the_departments_own_forms_go_along_without_its_level(chain: Chain) -> None:
    county, department = chain.county, chain.department
    own = chain.filled(department)
    if own:
        county.sealed(department, own)
    _, (filing_id,), _ = chain.up(SCHOOL)
    listed = {line.filing.filing_id for line in queue(department, QueueQuery(QueueFilter.ALL))}
    assert listed == {filing_id}
    assert {line.unit_code for line in package_lines.package_lines(department)} == {SCHOOL}


def test_another_departments_unit_is_not_taken_in(chain: Chain) -> None:
    town = chain.unit("820001")
    path = chain.county.sealed(town, chain.filled(town))
    report = chain.take_in(path)
    assert (outcomes(report), codes(report)) == ([OUTCOMES.REFUSED], [{"other_departments_unit"}])
    assert queue(chain.department, QueueQuery(QueueFilter.ALL)) == ()


def test_a_registration_request_is_for_the_bureau(chain: Chain) -> None:
    school = chain.unit(SCHOOL)
    request = write_registration_request(school, chain.county.stick, PASSWORD).path
    assert outcomes(chain.take_in(request)) == [OUTCOMES.REFUSED]


def test_another_key_of_a_known_unit_waits(chain: Chain) -> None:
    county, school = chain.county, chain.unit(SCHOOL)
    (filing_id,) = chain.filled(school)
    path = county.sealed(school, [filing_id])
    chain.take_in(path)
    stranger = chain.county.tools.vault(county.folder / "stranger")
    stranger.create("unit", school.vault.certificate("unit").subject, PASSWORD, county.tools.clock.now())
    school.folder = county.folder
    (county.folder / "keys").mkdir(exist_ok=True)
    county.tools.vault(county.folder / "keys").keys.update(stranger.keys)
    forged = county.forged(school, _payload(path, version=2))
    report = chain.take_in(forged)
    assert (outcomes(report), codes(report)) == ([OUTCOMES.REFUSED], [{"other_key_of_unit"}])
    assert kept(chain.department, filing_id).version == 1


def test_a_revoked_key_is_known_by_whatever_certificate_it_signs(chain: Chain) -> None:
    county, school = chain.county, chain.unit(SCHOOL)
    first, second = chain.filled(school, 2)
    before = county.sealed(school, [first])
    county.receive(before)
    county.register()
    county.tools.clock.moment += timedelta(days=2)
    key, since = school.vault.certificate("unit").fingerprint, county.tools.clock.now()
    bureau_keys.revoke_key(county.bureau, county.keys, key, RevocationReason.EXPOSED, since)
    told = trust_lists.write_trust_list(county.bureau, county.keys, county.stick)
    trust_lists.take_trust_list(chain.department, Path(told.source_path))
    assert codes(chain.take_in(before)) == [{"certificate_revoked_later"}]
    report = chain.take_in(county.sealed(school, [second]))
    assert (outcomes(report), codes(report)) == ([OUTCOMES.REFUSED], [{"certificate_revoked"}])


def _payload(path: Path, version: int) -> dict[str, object]:
    from tests.services.intaking import payload_of

    payload = payload_of(path)
    payload["filings"][0]["version"] = version
    return payload


def test_where_certificates_are_asked_for_a_key_alone_is_not_enough(chain: Chain) -> None:
    county, school = chain.county, chain.unit(SCHOOL)
    path = county.sealed(school, chain.filled(school))
    stored = chain.department.current_kit()
    kit = replace(stored.kit, trust_mode=TrustMode.CERTIFICATE)
    kits.keep_kit(chain.department, kit, stored.digest, county.tools.clock.now())
    assert codes(chain.take_in(path)) == [{"unregistered_signer"}]


def test_a_town_does_nothing_twice(chain: Chain) -> None:
    town = chain.unit("820001")
    (filing_id,) = chain.filled(town)
    package = chain.county.accepted(town, [filing_id])
    line = line_of(chain.county.bureau, filing_id)
    assert line is not None
    assert ReviewLevel.DEPARTMENT not in {step.level for step in line.steps}
    assert not line.awaits_department
    assert package.is_file()
    with pytest.raises(InputError, match="不是主管部门"):
        forwarding.forward(town, [], chain.county.stick, PASSWORD, JobContext())


def test_a_department_with_nothing_of_its_units_files_directly(chain: Chain) -> None:
    with pytest.raises(InputError, match="没有选择下级单位"):
        forwarding.forward(chain.department, [], chain.county.stick, PASSWORD, JobContext())


def test_slips_need_the_bureaus_certificate(chain: Chain) -> None:
    assert "登记" in returning.return_obstacle(chain.department)
    with pytest.raises(KeyProblem):
        returning.issue_slips(chain.department, (), chain.county.stick, PASSWORD, JobContext())
    certified(chain)
    assert returning.return_obstacle(chain.department) == ""


def test_the_list_can_be_printed_again(chain: Chain) -> None:
    chain.up(SCHOOL)
    with chain.department.store.reading() as work:
        (sent,) = work.packages.find("sent", "department_submission")
    assert printouts.write_cover(chain.department, sent.manifest_sha256).name == "汇总报送清单.pdf"
    assert sealing.candidates(chain.department) == []


def test_two_versions_that_wait_for_one_key_come_in_as_they_were_sent(chain: Chain) -> None:
    """Registered from the newer one's line; the older one first, else it would be refused after it."""
    county, school = chain.county, chain.unit(SCHOOL)
    (filing_id,) = chain.filled(school)
    first = county.sealed(school, [filing_id])
    filings.reopen(school, opened(school, filing_id))
    _correct(school, filing_id)
    second = county.sealed(school, [filing_id])
    for path in (first, second):
        county.receive(path)
        county.tools.clock.moment += timedelta(minutes=1)  # type: ignore[attr-defined]
    (newer,) = [note for note in intake.quarantine(county.bureau) if note.path == str(second)]
    report = register_and_receive(county.bureau, county.keys, newer, JobContext(), lambda _row: None)
    assert outcomes(report) == [OUTCOMES.RECEIVED, OUTCOMES.REPLACED]
    assert kept(county.bureau, filing_id).version == 2


def test_a_form_replaced_or_filed_twice_for_one_place_is_counted_once(chain: Chain) -> None:
    county, school = chain.county, chain.unit(SCHOOL)
    first, second = chain.filled(school, 2)
    anew = practice.build_unit(county.tools, county.folder / "anew", chain.kit_file, SCHOOL, PASSWORD)
    anew.vault.keys.update(school.vault.keys)
    again = chain.filled(anew, 2)
    chain.take_in(county.sealed(school, [first, second]))
    filings.reopen(school, opened(school, first))
    chain.take_in(county.sealed(school, [first]))
    found = forwarding.forwardable(chain.department)
    assert [item.forms for item in found] == [1, 1], "the version that was replaced is not counted"
    assert outcomes(chain.take_in(county.sealed(anew, again))) == [OUTCOMES.RECEIVED]
    found = forwarding.forwardable(chain.department)
    assert sorted(item.forms for item in found) == [1, 1, 2]
    assert forwarding.forms_together(found) == 2
