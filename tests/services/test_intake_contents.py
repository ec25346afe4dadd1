"""Intake: what is inside, whose key signed it, what is no package, stopping and full disks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from forms import registry
from forms.checks import catalog
from models.domain.errors import Cancelled, EnvironmentProblem, KeyProblem
from models.domain.ex_ante_rule import ExAnteRule
from models.domain.kit import TrustMode
from models.domain.verdict import VerdictWord
from services import bureau_keys, intake, kit_issue, receipts, sealing, setup
from services.filing_places import context_of
from services.filing_reading import MAX_VERSION, read_filings
from services.handed_out import handed_out
from services.inspection import Inspection
from services.intake_rows import IntakeOutcome
from services.job import JobContext
from services.kit_issue import draft_from
from services.kits import look_at_kit, take_kit
from services.ports.store import FilingQuery
from services.workspaces import Workspace
from tests.services.county import PASSWORD, County, everything_but_notes
from tests.services.intaking import refused, sealed_payload

pytestmark = pytest.mark.wide


@pytest.mark.parametrize(
    "change",
    [
        {"version": MAX_VERSION + 1},
        {"version": 10**17},
        {"answers": {"no_such_field": "x"}},
        {"answers": {"annual_total_fen": "一百万"}},
        {"answers": {"annual_total_fen": 10**17}},
        {"answers": {"project_name": 5}},
        {"answers": {"indicators": {}}},
        {"answers": {"indicators": [{"row_id": "r1"}, {"row_id": "r1"}]}},
        {"answers": {"indicators": [{"planned_value": "5"}]}},
        {"answers": {"indicators": [{"row_id": "r1", "no_such_column": "5"}]}},
        {"explanations": {"C50": 5}},
        {"findings": ["C50"]},
        {"findings": [{"code": 5}]},
        {"project": None},
        {"project": {"project_id": "", "name": "甲", "project_code": "", "category": ""}},
        {"project": {"project_id": "P", "name": "甲" * 201, "project_code": "", "category": ""}},
        {"project": {"project_id": "P\n", "name": "甲", "project_code": "", "category": ""}},
        {"project": {"project_id": "P", "name": "甲"}},
    ],
    ids=lambda change: str(change)[:40],
)
def test_malformed_filings(county: County, town: Workspace, change: dict[str, Any]) -> None:
    payload = sealed_payload(county, town, 2)
    item = next(item for item in payload["filings"] if item["project"])
    item |= change
    assert refused(county, county.forged(town, payload)) == {"payload_type"}


def test_form_and_version_of_a_newer_program(county: County, town: Workspace) -> None:
    payload = sealed_payload(county, town)
    payload["filings"][0]["form_version"] = "99"
    assert refused(county, county.forged(town, payload)) == {"unknown_form_version"}
    payload["filings"][0]["form_id"] = "of_the_future"
    assert refused(county, county.forged(town, payload, "form.asice")) == {"unknown_form"}


def test_text_that_looks_like_a_formula_is_honest_data(county: County, town: Workspace) -> None:
    payload = sealed_payload(county, town, 2)
    item = next(item for item in payload["filings"] if item["project"])
    item["answers"]["annual_target"] += "=1+1 @SUM(A1) -甲\t+乙"
    assert county.codes(county.forged(town, payload)) == [set()]
    with county.bureau.store.reading() as work:
        kept = work.filings.get(item["filing_id"])
    assert kept is not None
    assert kept.answers["annual_target"] == item["answers"]["annual_target"]


def test_unseen_characters_stay_in_the_answers_and_out_of_the_lists(county: County, town: Workspace) -> None:
    payload = sealed_payload(county, town, 2)
    item = next(item for item in payload["filings"] if item["project"])
    odd = "农村\0公路\u202e　养护\n"
    item["project"]["name"] = odd
    item["answers"]["project_name"] = odd
    county.receive(county.forged(town, payload))
    with county.bureau.store.reading() as work:
        kept = work.filings.get(item["filing_id"])
        assert kept is not None
        project = work.projects.get(kept.project_id)
    assert project is not None
    assert (project.name, kept.answers["project_name"]) == ("农村 公路 养护", odd)


def test_ten_megabytes_of_text_are_taken_in_with_a_note(county: County, town: Workspace) -> None:
    payload = sealed_payload(county, town, 2)
    item = next(item for item in payload["filings"] if item["project"])
    item["answers"]["annual_target"] = "完成养护。" * 700_000
    (row,) = county.receive(county.forged(town, payload)).rows
    assert (row.outcome, row.word) == (IntakeOutcome.RECEIVED, VerdictWord.VALID_WITH_NOTES)
    assert {reason.code for reason in row.reasons} == {"blocking_findings"}
    with county.bureau.store.reading() as work:
        (shown,) = [o for o in work.filings.overview(FilingQuery()) if o.filing_id == item["filing_id"]]
    assert shown.blocking >= 1


def test_findings_are_counted_by_the_bureaus_own_checks(county: County, town: Workspace) -> None:
    payload = sealed_payload(county, town, 2)
    item = next(item for item in payload["filings"] if item["project"])
    item["answers"].pop("annual_target")
    item["findings"] = []
    (row,) = county.receive(county.forged(town, payload)).rows
    assert row.word is VerdictWord.VALID_WITH_NOTES
    with county.bureau.store.reading() as work:
        (shown,) = [o for o in work.filings.overview(FilingQuery()) if o.filing_id == item["filing_id"]]
    assert shown.blocking >= 1


def test_an_exemption_known_to_the_unit_alone_is_no_fault(county: County, town: Workspace) -> None:
    """C22 is asked at the unit's desk, where the report lies or why there is none."""
    payload = sealed_payload(county, town, 2)
    known = handed_out(county.bureau)
    rule = ExAnteRule(1, inclusive=True)
    settings = {**known.current.check_settings, "C22": {"project_attributes": []}}
    asking = replace(known.current, ex_ante=rule, check_settings=settings)
    (item,) = [found for found in read_filings(payload) if found.project]
    context = context_of(replace(known, kits=(asking,)), item)
    assert context is not None
    assert "C22" in {
        f.code for f in catalog.runner(registry.form(item.form_id), context).run(item.answers).findings
    }
    reasons = Inspection(county.bureau.tools.reasons, replace(known, kits=(asking,)))(payload)
    assert "blocking_findings" not in {reason.code for reason in reasons}


def test_messages_that_are_not_for_the_bureau(county: County, town: Workspace) -> None:
    (filing_id,) = county.filled(town)
    county.accepted(town, [filing_id])
    (record,) = receipts.without_receipt(county.bureau)
    receipt = receipts.issue_receipt(county.bureau, record, county.keys.bureau, county.stick)
    own = county.receive(Path(receipt.source_path), county.kit_file)
    assert [row.outcome for row in own.rows] == [IntakeOutcome.UNCHANGED] * 2
    state = county.bureau.store.state  # type: ignore[attr-defined]
    state.packages = {}
    assert refused(county, county.kit_file) == {"not_for_this_desk"}


def test_a_registration_request_waits_is_registered_and_received(county: County, town: Workspace) -> None:
    path = setup.write_registration_request(town, county.stick, PASSWORD).path
    assert refused(county, path) == {"unregistered_signer"}
    county.register()
    (row,) = county.receive(path).rows
    assert (row.outcome, row.filing_count) == (IntakeOutcome.RECEIVED, 0)
    with county.bureau.store.reading() as work:
        assert work.filings.find(FilingQuery()) == []
        assert [r.message_type for r in work.packages.find("received")] == ["registration_request"]


class TestWhereCertificatesAreAskedFor:
    @pytest.fixture
    def strict(self, county: County) -> County:
        draft = draft_from(county.bureau, county.bureau.current_kit().kit)
        draft = replace(draft, trust_mode=TrustMode.CERTIFICATE)
        record = kit_issue.issue_kit(county.bureau, draft, county.keys, county.stick)
        return replace(county, kit_file=Path(record.source_path))

    def test_a_key_alone_is_not_enough(self, strict: County, county: County) -> None:
        old = county.desk()  # still on the kit before, which asks for no certificate
        path = county.sealed(old, county.filled(old))
        assert refused(strict, path) == {"unregistered_signer"}
        (waiting,) = intake.quarantine(strict.bureau)
        with pytest.raises(KeyProblem, match="先登记签名再报送"):
            bureau_keys.register_key(strict.bureau, strict.keys, waiting)
        request = setup.write_registration_request(old, county.stick, PASSWORD).path
        strict.receive(request)
        request_note = next(n for n in intake.quarantine(strict.bureau) if n.path == str(request))
        bureau_keys.register_key(strict.bureau, strict.keys, request_note)
        assert refused(strict, path) == {"unregistered_signer"}

    def test_the_issued_certificate_is(self, strict: County) -> None:
        desk = strict.desk()
        assert "先登记签名" in sealing.obstacle(desk)
        request = setup.write_registration_request(desk, strict.stick, PASSWORD).path
        strict.receive(request)
        strict.register()
        draft = draft_from(strict.bureau, strict.bureau.current_kit().kit)
        record = kit_issue.issue_kit(strict.bureau, draft, strict.keys, strict.stick)
        take_kit(desk, look_at_kit(strict.tools, Path(record.source_path), desk.current_kit().kit))
        assert sealing.obstacle(desk) == ""
        path = strict.sealed(desk, strict.filled(desk))
        assert [row.outcome for row in strict.receive(path).rows] == [IntakeOutcome.RECEIVED]


def test_foreign_root_and_revoked_key(county: County, town: Workspace) -> None:
    payload = sealed_payload(county, town)
    assert refused(county, county.foreign(town, payload)) == {"foreign_root"}
    bureau_keys.revoke_key(county.bureau, county.keys, town.vault.certificate("unit").fingerprint)
    assert refused(county, county.forged(town, payload)) == {"certificate_revoked"}
    (note,) = [n for n in intake.quarantine(county.bureau) if "forged" in n.path]
    with pytest.raises(KeyProblem):
        bureau_keys.register_key(county.bureau, county.keys, note)


def test_what_is_no_package_at_all(county: County) -> None:
    junk = county.stick / "junk.asice"
    junk.write_bytes(b"PK\3\4 nothing")
    assert refused(county, junk) == {"not_a_package"}
    gone = county.stick / "gone.asice"
    (row,) = county.receive(gone).rows
    assert [reason.code for reason in row.reasons] == ["unreadable_file"]
    (note,) = [n for n in intake.quarantine(county.bureau) if n.path == str(gone)]
    assert (note.size, note.sha256) == (0, "")


def test_setting_a_note_aside_leaves_the_file(county: County) -> None:
    junk = county.stick / "junk.asice"
    junk.write_bytes(b"nothing")
    county.receive(junk)
    intake.set_aside(county.bureau, str(junk))
    assert intake.quarantine(county.bureau) == []
    assert junk.exists()


def test_stopping_keeps_what_was_received(county: County, town: Workspace) -> None:
    ids = county.filled(town, 3)
    county.accepted(town, ids[:1])
    more = [county.sealed(town, [filing_id]) for filing_id in ids[1:]]
    seen: list[object] = []
    ctx = JobContext(lambda _done, _total, _text: ctx.cancel())
    with pytest.raises(Cancelled):
        intake.receive(county.bureau, more, ctx, seen.append)
    assert len(seen) == 1
    assert [row.outcome for row in county.receive(*more).rows] == [
        IntakeOutcome.UNCHANGED,
        IntakeOutcome.RECEIVED,
    ]


def test_a_full_disk_stops_the_run_with_a_sentence_and_loses_nothing(county: County, town: Workspace) -> None:
    payload = sealed_payload(county, town)
    path = county.forged(town, payload)
    before = everything_but_notes(county.bureau)
    county.tools.files.failure = EnvironmentProblem("磁盘已满", "请清理空间后再试")
    with pytest.raises(EnvironmentProblem):
        county.receive(path)
    assert everything_but_notes(county.bureau) == before
    county.bureau.store.fail_next_commit = EnvironmentProblem("磁盘已满", "请清理空间后再试")  # type: ignore[attr-defined]
    with pytest.raises(EnvironmentProblem):
        county.receive(path)
    assert everything_but_notes(county.bureau) == before
    assert county.codes(path) == [set()]


def test_messages_that_hold_no_forms_count_none(county: County, town: Workspace) -> None:
    """A receipt names the filings it answers; on the list of another bureau it is still a receipt."""
    (filing_id,) = county.filled(town)
    county.accepted(town, [filing_id])
    (record,) = receipts.without_receipt(county.bureau)
    receipt = receipts.issue_receipt(county.bureau, record, county.keys.bureau, county.stick)
    county.bureau.store.state.packages = {}  # type: ignore[attr-defined]
    (row,) = county.receive(Path(receipt.source_path)).rows
    assert (row.contents, row.filing_count, row.version) == ("", 0, 0)
