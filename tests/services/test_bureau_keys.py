"""The bureau's keys: what is registered, issued and revoked, and what never is."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from models.domain.errors import KeyProblem, WrongPassword
from models.domain.kit import TrustMode
from models.domain.project import Unit
from services import bureau_keys, intake, kit_issue, setup
from services.certificate_list import CertificateState, certificate_sheet
from services.kit_issue import draft_from
from services.ports.exchange import SignerRole
from services.ports.store import CertificateRecord, QuarantineRecord
from services.workspaces import DeskRole, Workspace
from tests.services.county import LEAF, OTHER, PASSWORD, ROOT, TOWN, County


@pytest.fixture
def desk(county: County) -> Workspace:
    return county.desk()


@pytest.fixture
def waiting(county: County, desk: Workspace) -> QuarantineRecord:
    county.receive(county.sealed(desk, county.filled(desk)))
    (record,) = intake.quarantine(county.bureau)
    return record


def records(county: County, kind: str) -> list[CertificateRecord]:
    return [r for r in bureau_keys.certificates(county.bureau) if r.kind == kind]


def register(county: County, record: QuarantineRecord) -> object:
    return bureau_keys.register_key(county.bureau, county.keys, record)


class TestUnlocking:
    def test_both_passwords(self, county: County) -> None:
        keys = bureau_keys.unlock_keys(county.bureau, ROOT, LEAF)
        assert keys.root.certificate == county.keys.root.certificate
        assert keys.bureau.certificate.subject.role is SignerRole.BUREAU

    @pytest.mark.parametrize(("root", "leaf", "named"), [("x", LEAF, "根密码"), (ROOT, "x", "签发密码")])
    def test_which_one_was_wrong(self, county: County, root: str, leaf: str, named: str) -> None:
        with pytest.raises(WrongPassword, match=named) as caught:
            bureau_keys.unlock_keys(county.bureau, root, leaf)
        assert caught.value.wait_seconds == 1


class TestRegistering:
    def test_certificate_by_the_bureaus_own_register(self, county: County, waiting: QuarantineRecord) -> None:
        with county.bureau.store.writing() as work:
            unit = next(u for u in work.registers.units() if u.code == TOWN)
            work.registers.put_units([replace(unit, name="柳林镇（新名）")])
            work.commit()
        info = bureau_keys.register_key(county.bureau, county.keys, waiting)
        assert (info.subject.unit_name, info.subject.unit_code) == ("柳林镇（新名）", TOWN)
        assert info.subject.role is SignerRole.UNIT
        assert not info.is_self_signed
        assert [r.fingerprint for r in records(county, "registered")] == [info.fingerprint]
        trust = bureau_keys.trust_of(county.bureau)
        assert trust.registered == (waiting.signer["certificate"],)

    def test_asked_twice_issues_once(self, county: County, waiting: QuarantineRecord) -> None:
        first = register(county, waiting)
        assert register(county, waiting) == first
        assert len(records(county, "registered")) == 1

    def test_a_certificate_that_ended_is_issued_anew(self, county: County, waiting: QuarantineRecord) -> None:
        first = register(county, waiting)
        county.tools.clock.moment += timedelta(days=4 * 365)
        assert register(county, waiting) != first

    def test_a_unit_that_is_not_in_the_register(self, county: County, waiting: QuarantineRecord) -> None:
        with county.bureau.store.writing() as work:
            work.registers.remove_unit(TOWN)
            work.commit()
        with pytest.raises(KeyProblem, match=f"单位名录里没有代码 {TOWN}"):
            register(county, waiting)
        assert records(county, "registered") == []

    def test_a_file_without_a_certificate(self, county: County, waiting: QuarantineRecord) -> None:
        with pytest.raises(KeyProblem, match="读不到签名证书"):
            register(county, replace(waiting, signer={}))
        with pytest.raises(KeyProblem, match="证书读不出来"):
            register(county, replace(waiting, signer={"certificate": "-----BEGIN\n%%%\n-----END"}))

    def test_a_file_with_more_against_it(self, county: County, waiting: QuarantineRecord) -> None:
        """Whoever changed the file must not get a certificate by the paper of the honest one."""
        for verdict, codes in (
            ("altered", ("unregistered_signer", "pdf_form")),
            ("invalid_signature", ("unregistered_signer", "unit_mismatch")),
            ("cannot_judge", ("unknown_kit_version",)),
        ):
            reasons = tuple({"code": code, "message": ""} for code in codes)
            with pytest.raises(KeyProblem, match="请按列出的原因处理"):
                register(county, replace(waiting, verdict=verdict, reasons=reasons))
        assert records(county, "registered") == []

    def test_a_certificate_for_another_unit(self, county: County, waiting: QuarantineRecord) -> None:
        with pytest.raises(KeyProblem, match="签名证书的单位与报送单位不同"):
            register(county, replace(waiting, unit_code=OTHER))

    def test_a_filing_where_certificates_are_asked_for(
        self, county: County, waiting: QuarantineRecord
    ) -> None:
        draft = draft_from(county.bureau, county.bureau.current_kit().kit)
        strict = replace(draft, trust_mode=TrustMode.CERTIFICATE)
        kit_issue.issue_kit(county.bureau, strict, county.keys, county.stick)
        with pytest.raises(KeyProblem, match="先登记签名再报送"):
            register(county, waiting)
        register(county, replace(waiting, message_type="registration_request"))

    @pytest.mark.parametrize(("leads", "role"), [(True, SignerRole.DEPARTMENT), (False, SignerRole.UNIT)])
    def test_a_department_only_by_the_register(
        self, county: County, desk: Workspace, leads: bool, role: SignerRole
    ) -> None:
        with county.bureau.store.writing() as work:
            unit = next(u for u in work.registers.units() if u.code == TOWN)
            work.registers.put_units([replace(unit, department_code=TOWN if leads else "999")])
            work.commit()
        desk.profile = replace(desk.profile, role=DeskRole.DEPARTMENT)
        setup.make_unit_key(desk, "another-pass-3")
        path = setup.write_registration_request(desk, county.stick, "another-pass-3").path
        county.receive(path)
        (record,) = intake.quarantine(county.bureau)
        assert bureau_keys.register_key(county.bureau, county.keys, record).subject.role is role


class TestRevoking:
    def test_every_certificate_of_the_key_and_a_new_list(
        self, county: County, waiting: QuarantineRecord
    ) -> None:
        info = bureau_keys.register_key(county.bureau, county.keys, waiting)
        before = json.loads(bureau_keys.trust_of(county.bureau).revocation_lists[0])["number"]
        assert bureau_keys.revoke_key(county.bureau, county.keys, info.fingerprint) == 2
        now = json.loads(bureau_keys.trust_of(county.bureau).revocation_lists[0])
        assert now["number"] == before + 1
        assert info.serial in now["revoked"]
        assert bureau_keys.trust_of(county.bureau).registered == ()
        with pytest.raises(KeyProblem, match="已经注销"):
            bureau_keys.revoke_key(county.bureau, county.keys, info.fingerprint)

    def test_a_revoked_key_is_not_registered_again(self, county: County, waiting: QuarantineRecord) -> None:
        info = bureau_keys.register_key(county.bureau, county.keys, waiting)
        bureau_keys.revoke_key(county.bureau, county.keys, info.fingerprint)
        with pytest.raises(KeyProblem, match="更换签名密钥后重新报送"):
            register(county, waiting)

    def test_the_bureaus_own_keys_stay(self, county: County) -> None:
        for key in (county.keys.root, county.keys.bureau):
            with pytest.raises(KeyProblem, match="本财政部门自己的签名"):
                bureau_keys.revoke_key(county.bureau, county.keys, key.certificate.fingerprint)

    def test_numbers_of_lists_never_go_back(self, county: County) -> None:
        numbers = []
        for _ in range(3):
            bureau_keys.renew_revocation_list(county.bureau, county.keys.root)
            numbers.append(json.loads(bureau_keys.trust_of(county.bureau).revocation_lists[0])["number"])
        assert numbers == sorted(set(numbers))

    def test_the_list_of_keys_tells_how_each_stands(self, county: County, waiting: QuarantineRecord) -> None:
        info = bureau_keys.register_key(county.bureau, county.keys, waiting)

        def state() -> CertificateState:
            lines = certificate_sheet(county.bureau).lines
            return next(line.state for line in lines if line.fingerprint == info.fingerprint)

        assert state() is CertificateState.IN_FORCE
        county.tools.clock.moment = info.not_after - timedelta(days=30)
        assert state() is CertificateState.EXPIRING
        county.tools.clock.moment = info.not_after + timedelta(days=1)
        assert state() is CertificateState.EXPIRED
        bureau_keys.revoke_key(county.bureau, county.keys, info.fingerprint)
        assert state() is CertificateState.REVOKED
        line = next(li for li in certificate_sheet(county.bureau).lines if li.fingerprint == info.fingerprint)
        assert (line.can_revoke, line.registered_on.isoformat()) == (False, "2026-09-01")


def test_a_forgotten_password_costs_a_new_key_and_no_filing(county: County, desk: Workspace) -> None:
    ids = county.filled(desk, 2)
    county.accepted(desk, ids[:1])
    old = desk.vault.certificate("unit").fingerprint
    setup.make_unit_key(desk, "new-password-9")
    assert desk.vault.certificate("unit").fingerprint != old
    from services import sealing
    from services.job import JobContext

    with pytest.raises(WrongPassword):
        sealing.seal(desk, ids[1:], county.stick, PASSWORD, JobContext())
    path = sealing.seal(desk, ids[1:], county.stick, "new-password-9", JobContext()).written.path
    assert county.codes(path) == [{"unregistered_signer"}]
    county.register()
    assert county.codes(path) == [set()]


def test_a_unit_without_the_departments_code_is_its_own_department() -> None:
    assert Unit("1", "甲").is_own_department
