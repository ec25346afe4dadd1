"""Trust over the years, at both desks: renewal, revocation with a date, 补办, the bureau's own keys, the next root."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from models.domain.check_code import spaced_check_code
from models.domain.errors import InputError, KeyProblem, WrongPassword
from models.domain.message import RequestPurpose
from models.domain.revocation import RevocationReason
from services import (
    bureau_keys,
    inbox,
    intake,
    key_care,
    key_notices,
    key_registration,
    key_renewals,
    setup,
    token_keys,
)
from services.ceremony import Keeping, ceremony_page
from services.certificate_list import certificate_sheet
from services.job import JobContext
from services.kits import RootChange, look_at_kit, take_kit
from services.ports.tokens import TokenChoice
from services.root_change import (
    NEXT_BUREAU,
    NEXT_ROOT,
    RootLoss,
    finish_root_change,
    replace_bureau_key,
    replace_root,
    succeed_root,
)
from services.root_copies import carrier_problem, copy_root, restore_root, root_copies
from services.trust_lists import TakenTrust, take_trust_list, write_trust_list
from services.workspaces import Workspace
from tests.fakes.exchange import spoil
from tests.fakes.tokens import FIRST, PIN
from tests.services.county import LEAF, PASSWORD, ROOT, TOWN, County

pytestmark = pytest.mark.wide

DAY = timedelta(days=1)
NEW = "new-password-9"


@pytest.fixture
def desk(county: County) -> Workspace:
    """The town's desk, its key certified and at home."""
    made = county.desk()
    county.accepted(made, county.filled(made, 2)[:1])
    take_trust(county, made)
    assert not made.vault.certificate("unit").is_self_signed
    return made


def take_trust(county: County, desk: Workspace) -> TakenTrust:
    record = write_trust_list(county.bureau, county.keys, county.stick)
    taken = inbox.take_in(desk, Path(record.source_path))
    assert isinstance(taken, TakenTrust)
    return taken


def near_the_end(county: County, desk: Workspace) -> None:
    county.tools.clock.moment = desk.vault.certificate("unit").not_after - 30 * DAY


def filled(desk: Workspace) -> list[str]:
    """The form that was not sent yet."""
    from services import sealing

    return [item.opened.filing.filing_id for item in sealing.candidates(desk)]


class TestRenewal:
    def test_announced_asked_for_granted_and_home(self, county: County, desk: Workspace) -> None:
        assert key_notices.filer_notices(desk) == ()
        near_the_end(county, desk)
        (notice,) = [told for told in key_notices.filer_notices(desk) if "续期" in told]
        assert "还有 30 天" in notice
        path = key_care.write_request(desk, "unit", county.stick, PASSWORD).path
        assert county.codes(path)[0] <= {"certificate_expiring"}
        (renewal,) = key_renewals.open_renewals(county.bureau)
        assert (renewal.record.unit_code, renewal.has_new_key, renewal.obstacle) == (TOWN, False, "")
        assert any("1 份续期申请" in told for told in key_notices.bureau_notices(county.bureau))
        assert key_renewals.grant_renewals(county.bureau, county.keys, [renewal]) == 1
        assert key_renewals.open_renewals(county.bureau) == ()
        before = desk.vault.certificate("unit")
        assert take_trust(county, desk) == TakenTrust(
            certificate_taken=True, was_known=False, root_changed=False
        )
        after = desk.vault.certificate("unit")
        assert (after.fingerprint, after.not_after > before.not_after) == (before.fingerprint, True)
        assert not [told for told in key_notices.filer_notices(desk) if "续期" in told]

    def test_how_early_is_said_by_the_kit(self, county: County, desk: Workspace) -> None:
        near_the_end(county, desk)
        kit = county.bureau.current_kit().kit
        path = county.issued(template=replace(kit, renewal_notice_days=10))
        take_kit(desk, look_at_kit(county.tools, path, desk.current_kit().kit))
        assert not [told for told in key_notices.filer_notices(desk) if "续期" in told]
        assert not [told for told in key_notices.bureau_notices(county.bureau) if "快到期" in told]

    def test_a_new_key_waits_beside_the_old_one(self, county: County, desk: Workspace) -> None:
        near_the_end(county, desk)
        old = desk.vault.certificate("unit").fingerprint
        path = key_care.write_request(desk, "unit", county.stick, PASSWORD, NEW).path
        assert key_care.key_states(desk)[0].awaits_next
        county.receive(path)
        (renewal,) = key_renewals.open_renewals(county.bureau)
        assert renewal.has_new_key
        still = county.sealed(desk, filled(desk))
        assert county.codes(still)[0] <= {"certificate_expiring"}
        key_renewals.grant_renewals(county.bureau, county.keys, [renewal])
        take_trust(county, desk)
        assert desk.vault.names() == ("unit",)
        assert desk.vault.certificate("unit").fingerprint not in ("", old)
        with pytest.raises(WrongPassword):
            desk.vault.unlock("unit", PASSWORD, county.tools.clock.now())

    def test_a_revoked_key_renews_nothing(self, county: County, desk: Workspace) -> None:
        near_the_end(county, desk)
        path = key_care.write_request(desk, "unit", county.stick, PASSWORD).path
        county.receive(path)
        waiting = key_renewals.open_renewals(county.bureau)
        bureau_keys.revoke_key(county.bureau, county.keys, desk.vault.certificate("unit").fingerprint)
        with pytest.raises(KeyProblem, match="已经注销"):
            key_renewals.grant_renewals(county.bureau, county.keys, waiting)
        later = key_care.write_request(desk, "unit", county.stick, PASSWORD).path
        assert "certificate_revoked" in county.codes(later)[0]
        take_trust(county, desk)
        assert any("已被财政部门注销" in told for told in key_notices.filer_notices(desk))
        with pytest.raises(KeyProblem, match="不能再用来申请续期"):
            key_care.write_request(desk, "unit", county.stick, PASSWORD)

    def test_too_late_is_a_new_key(self, county: County, desk: Workspace) -> None:
        county.tools.clock.moment = desk.vault.certificate("unit").not_after + 2 * DAY
        assert any("不能再签" in told for told in key_notices.filer_notices(desk))
        with pytest.raises(KeyProblem, match="不能再用来申请续期"):
            key_care.write_request(desk, "unit", county.stick, PASSWORD)


class TestRevocation:
    def test_before_and_after_the_date(self, county: County, desk: Workspace) -> None:
        path = county.sealed(desk, filled(desk))
        county.tools.clock.moment += 5 * DAY
        since = county.tools.clock.now() - DAY
        key = desk.vault.certificate("unit").fingerprint
        bureau_keys.revoke_key(county.bureau, county.keys, key, RevocationReason.EXPOSED, since, "U 盘丢失")
        assert county.codes(path) == [{"certificate_revoked_later"}]
        assert intake.quarantine(county.bureau) == []
        line = next(one for one in certificate_sheet(county.bureau).lines if one.fingerprint == key)
        assert "密钥丢失" in line.state_words
        assert "以前签的仍有效" in line.state_words
        later = key_care.write_request(desk, "unit", county.stick, PASSWORD).path
        assert county.codes(later) == [{"certificate_revoked"}]

    def test_reason_and_date_stay_in_every_later_list(self, county: County, desk: Workspace) -> None:
        key, since = desk.vault.certificate("unit").fingerprint, county.tools.clock.now() - DAY
        bureau_keys.revoke_key(county.bureau, county.keys, key, RevocationReason.LEFT, since)
        bureau_keys.renew_revocation_list(county.bureau, county.keys.root)
        root = county.keys.root.certificate.pem
        (pem,) = bureau_keys.trust_of(county.bureau).revocation_lists
        found = county.tools.authority.read_revocation_list(root, pem).revocations
        assert {(item.reason, item.since) for item in found} == {(RevocationReason.LEFT, since)}

    def test_what_a_key_signed_itself_before_it_was_certified(self, county: County) -> None:
        made = county.desk()
        path = county.sealed(made, county.filled(made))
        county.receive(path)
        county.register()
        key = made.vault.certificate("unit").fingerprint
        county.tools.clock.moment += 2 * DAY
        since = county.tools.clock.now()
        bureau_keys.revoke_key(county.bureau, county.keys, key, RevocationReason.LEFT, since)
        assert county.codes(path) == [{"certificate_revoked_later"}]

    def test_no_date_to_come(self, county: County, desk: Workspace) -> None:
        key, late = desk.vault.certificate("unit").fingerprint, county.tools.clock.now() + DAY
        with pytest.raises(InputError, match="还没有到"):
            bureau_keys.revoke_key(county.bureau, county.keys, key, since=late)


class TestTrustList:
    def test_an_older_one_changes_nothing(self, county: County, desk: Workspace) -> None:
        old = Path(write_trust_list(county.bureau, county.keys, county.stick).source_path)
        take_trust(county, desk)
        assert take_trust_list(desk, old).was_known

    def test_what_is_refused(self, county: County, desk: Workspace) -> None:
        path = Path(write_trust_list(county.bureau, county.keys, county.stick).source_path)
        with pytest.raises(InputError, match="不是证书名单"):
            take_trust_list(desk, county.kit_file)
        spoil(path, spoiled=True)
        with pytest.raises(InputError, match="不是证书名单，或已损坏"):
            take_trust_list(desk, path)
        fresh = Path(write_trust_list(county.bureau, county.keys, county.stick).source_path)
        key, _, info = county.tools.vault(desk.folder / "keys").keys["unit"]
        assert key
        spoil(fresh, certificate=info.pem)
        with pytest.raises(InputError, match="身份不能发出这类文件"):
            take_trust_list(desk, fresh)

    def test_a_stale_list_is_told_as_a_sentence(self, county: County, desk: Workspace) -> None:
        county.tools.clock.moment += 401 * DAY
        (told,) = [one for one in key_notices.filer_notices(desk) if "注销名单" in one]
        assert "请向财政部门索取" in told
        assert any("注销名单" in one and "已到期" in one for one in key_notices.bureau_notices(county.bureau))
        take_trust(county, desk)
        assert not [one for one in key_notices.filer_notices(desk) if "注销名单" in one]
        assert not any("注销名单" in one for one in key_notices.bureau_notices(county.bureau))


class TestLostKeys:
    def test_register_anew_and_revoke_the_old_one_in_one_step(self, county: County, desk: Workspace) -> None:
        old = desk.vault.certificate("unit").fingerprint
        setup.make_unit_key(desk, NEW)
        assert key_care.key_states(desk)[0].due is RequestPurpose.REPLACEMENT
        path = key_care.write_request(desk, "unit", county.stick, NEW).path
        county.receive(path)
        (waiting,) = intake.quarantine(county.bureau)
        assert (waiting.signer["purpose"], waiting.signer["replaces"]) == ("replacement", old)
        pem, mine = str(waiting.signer["certificate"]), str(waiting.signer["fingerprint"])
        (known,) = key_registration.keys_in_force(county.bureau, TOWN, pem, mine)
        assert known.fingerprint == old
        key_registration.register_and_receive(
            county.bureau, county.keys, waiting, JobContext(), lambda _row: None, (old,)
        )
        assert old in bureau_keys.revoked_keys(county.bureau)
        assert intake.quarantine(county.bureau) == []
        take_trust(county, desk)
        assert key_care.key_states(desk)[0].due is None
        assert county.codes(path) == [set()]

    def test_the_bureaus_own_key_anew_from_the_root(self, county: County, desk: Workspace) -> None:
        before = Path(write_trust_list(county.bureau, county.keys, county.stick).source_path)
        old = county.keys.bureau.certificate.fingerprint
        county.tools.clock.moment += DAY
        county.keys = replace_bureau_key(county.bureau, county.keys.root, NEW)
        assert county.keys.bureau.certificate.fingerprint != old
        assert (
            bureau_keys.unlock_keys(county.bureau, ROOT, NEW).bureau.certificate
            == county.keys.bureau.certificate
        )
        take_trust_list(desk, before)  # signed before the old key was revoked
        take_trust(county, desk)
        with pytest.raises(WrongPassword):
            bureau_keys.unlock_keys(county.bureau, ROOT, LEAF)

    def test_the_bureaus_certificate_renewed(self, county: County) -> None:
        county.tools.clock.moment = county.keys.bureau.certificate.not_after - 20 * DAY
        assert any("本局的签名" in told for told in key_notices.bureau_notices(county.bureau))
        renewed = key_renewals.renew_bureau_certificate(county.bureau, county.keys)
        assert renewed.bureau.certificate.fingerprint == county.keys.bureau.certificate.fingerprint
        assert renewed.bureau.certificate == county.bureau.vault.certificate("bureau")
        assert not any("本局的签名" in told for told in key_notices.bureau_notices(county.bureau))


class TestNextRoot:
    def test_it_is_due_a_leafs_life_and_the_notice_before_the_roots_end(
        self, county: County, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(type(county.tools.authority), "leaf_lifetime", 365 * DAY)
        end = county.bureau.vault.certificate("root").not_after
        notice = bureau_keys.trust_of(county.bureau).renewal_notice_days

        def is_told(days_before: int) -> bool:
            county.tools.clock.moment = end - days_before * DAY
            return any(told.startswith("根证书") for told in key_notices.bureau_notices(county.bureau))

        assert [is_told(365 + notice + 1), is_told(365 + notice - 1)] == [False, True]

    def test_announced_by_the_old_one(self, county: County, desk: Workspace) -> None:
        path = county.sealed(desk, filled(desk))
        kit = desk.current_kit().kit
        key = desk.vault.certificate("unit").fingerprint
        county.keys = succeed_root(county.bureau, county.keys, "root-pass-8", "bureau-pass-8")
        assert county.bureau.vault.names() == ("bureau", "root")
        assert county.codes(path) == [set()]  # signed under the old root's certificate
        offer = look_at_kit(county.tools, county.issued(), kit)
        assert (offer.root_change, offer.needs_comparison) == (RootChange.ANNOUNCED, False)
        take_kit(desk, offer)
        mine = desk.vault.certificate("unit")
        assert mine.fingerprint == key
        bureau_keys.revoke_key(county.bureau, county.keys, key)
        assert county.codes(path) == [set()]  # received already, whatever became of the key since

    def test_the_list_alone_brings_it_too(self, county: County, desk: Workspace) -> None:
        county.keys = succeed_root(county.bureau, county.keys, "root-pass-8", "bureau-pass-8")
        assert take_trust(county, desk).root_changed
        assert take_trust(county, desk).root_changed is False

    @pytest.mark.parametrize("loss", list(RootLoss))
    def test_lost_or_exposed_everybody_compares_again(
        self, county: County, desk: Workspace, loss: RootLoss
    ) -> None:
        path, kit = county.sealed(desk, filled(desk)), desk.current_kit().kit
        county.tools.clock.moment += DAY
        county.keys = replace_root(county.bureau, loss, "root-pass-8", "bureau-pass-8")
        offer = look_at_kit(county.tools, county.issued(), kit)
        assert (offer.root_change, offer.needs_comparison) == (RootChange.UNKNOWN, True)
        expected = set() if loss is RootLoss.LOST else {"foreign_root"}
        assert county.codes(path) == [expected]
        record = write_trust_list(county.bureau, county.keys, county.stick)
        with pytest.raises(InputError, match="根证书与本机的不同"):
            take_trust_list(desk, Path(record.source_path))
        take_kit(desk, offer)
        assert county.codes(key_care.write_request(desk, "unit", county.stick, PASSWORD).path) == [set()]

    def test_cut_off_in_between_is_ended_later(self, county: County, monkeypatch: pytest.MonkeyPatch) -> None:
        from services import root_change

        vault = county.bureau.vault
        with monkeypatch.context() as patch:
            patch.setattr(root_change, "finish_root_change", lambda _workspace: None)
            with pytest.raises(WrongPassword):  # the keys still lie where the old ones are
                succeed_root(county.bureau, county.keys, "root-pass-8", "bureau-pass-8")
        assert {NEXT_ROOT, NEXT_BUREAU} <= set(vault.names())
        finish_root_change(county.bureau)
        assert vault.names() == ("bureau", "root")
        assert bureau_keys.unlock_keys(county.bureau, "root-pass-8", "bureau-pass-8")

    def test_passwords_alike(self, county: County) -> None:
        with pytest.raises(InputError, match="两个不同的密码"):
            succeed_root(county.bureau, county.keys, NEW, NEW)


class TestRootCopies:
    def test_two_media_read_back_opened_and_noted(self, county: County, tmp_path: Path) -> None:
        for name in ("disc-1", "disc-2"):
            (tmp_path / name).mkdir()
            made = copy_root(county.bureau, tmp_path / name, ROOT)
            assert (Path(made.place) / "root.key.json").exists()
            code = spaced_check_code(county.keys.root.certificate.fingerprint)
            assert code in (Path(made.place) / "说明.txt").read_text("utf-8")
        assert len(root_copies(county.bureau)) == 2
        with county.bureau.store.reading() as work:
            assert [entry.action for entry in work.audit.newest(2)] == ["root_copy", "root_copy"]

    def test_what_could_not_be_checked_is_not_noted(self, county: County, tmp_path: Path) -> None:
        with pytest.raises(WrongPassword):
            copy_root(county.bureau, tmp_path, "wrong")
        assert root_copies(county.bureau) == ()

    def test_one_carrier_is_a_poor_choice(self, county: County, tmp_path: Path) -> None:
        one, other = tmp_path / "a" / "same", tmp_path / "b" / "same"
        assert "同一个文件夹" in carrier_problem(county.bureau, one, one)
        assert "同一个介质" in carrier_problem(county.bureau, one, other)
        at_home = tmp_path / "c" / county.bureau.folder.name  # the fakes tell carriers by their name
        assert "本机硬盘" in carrier_problem(county.bureau, one, at_home)
        assert carrier_problem(county.bureau, tmp_path / "x", tmp_path / "y") == ""

    def test_the_root_comes_back_from_a_copy(self, county: County, tmp_path: Path) -> None:
        copy = Path(copy_root(county.bureau, tmp_path, ROOT).place) / "root.key.json"
        county.bureau.vault.put_away("root", county.tools.clock.now())
        with pytest.raises(WrongPassword, match="根密码"):
            restore_root(county.bureau, copy, "wrong")
        assert "root" not in county.bureau.vault.names()
        restore_root(county.bureau, copy, ROOT)
        assert (
            bureau_keys.unlock_keys(county.bureau, ROOT, LEAF).root.certificate
            == county.keys.root.certificate
        )

    def test_another_roots_copy_is_not_taken(self, county: County, tmp_path: Path) -> None:
        copy = Path(copy_root(county.bureau, tmp_path, ROOT).place) / "root.key.json"
        succeed_root(county.bureau, county.keys, "root-pass-8", "bureau-pass-8")
        assert root_copies(county.bureau) == ()
        with pytest.raises(InputError, match="另一个根证书"):
            restore_root(county.bureau, copy, ROOT)


def test_the_page_for_the_safe_says_which_copies_there_are(county: County, tmp_path: Path) -> None:
    copy_root(county.bureau, tmp_path, ROOT)
    ceremony_page(county.bureau, Keeping((("李文", "股长"),), (("1 号", "保险柜"),), "王建国"))
    cover, _marks = county.tools.documents.covers[-1]
    (first, second) = cover.contents
    assert (first[1][:5], first[2], second[1]) == ("2026年", "1 号", "还没有备份")
    assert "密钥文件，不在介质里" in {line.label: line.value for line in cover.facts}["签发密钥"]
    token_keys.use_token_at_bureau(county.bureau, county.keys, TokenChoice(FIRST, PIN))
    ceremony_page(county.bureau, Keeping())
    cover, _marks = county.tools.documents.covers[-1]
    assert "在 UKey“绩效UKey”里，不能备份" in {line.label: line.value for line in cover.facts}["签发密钥"]
    cover, _marks = county.tools.documents.covers[-2]
    assert cover.enclosures[0][:2] == ("李文", "股长")
    assert len(cover.enclosures) == 3
