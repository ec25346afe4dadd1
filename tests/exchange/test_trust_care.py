"""Trust over the years: revocation with a date, requests of a renewal, the next root, keys that take another place."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from exchange.authority import OfflineAuthority
from exchange.requests import Pkcs10Requests
from exchange.vault import FolderKeyVault
from models.domain.errors import KeyProblem, WrongPassword
from models.domain.message import PURPOSE, MessageType
from models.domain.revocation import Revocation, RevocationReason
from services.ports.exchange import TrustMaterial
from tests.exchange.world import (
    BUREAU,
    FAST,
    NOW,
    PASSWORD,
    START,
    UNIT,
    World,
    codes,
    head,
    judge,
    make_bureau,
    write,
)
from tests.exchange.world import submission as a_submission

pytestmark = pytest.mark.wide

AUTHORITY = OfflineAuthority()
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def next_root(tmp_path_factory: pytest.TempPathFactory) -> FolderKeyVault:
    """The bureau's second root and leaf, in a vault of their own."""
    folder = tmp_path_factory.mktemp("next")
    make_bureau(folder, "next")
    return FolderKeyVault(folder, FAST)


def _list(world: World, *items: Revocation, number: int = 9) -> str:
    return AUTHORITY.revocation_list(world.root, items, number, NOW)


class TestRevocation:
    def test_what_was_signed_before_counts_what_came_after_does_not(
        self, world: World, tmp_path: Path
    ) -> None:
        since = NOW - 5 * DAY
        one = Revocation(world.unit.certificate.serial, NOW, RevocationReason.EXPOSED, since)
        trust = TrustMaterial(world.trust.roots, (), (_list(world, one),))
        for when, code in ((since - DAY, "certificate_revoked_later"), (since, "certificate_revoked")):
            path = write(tmp_path, a_submission(), world.unit, when=when).path
            judged = judge(path, trust)
            assert codes(judged) == {code}
            assert judged.verdict.is_acceptable is (code == "certificate_revoked_later")
            assert "起不可信" in judged.verdict.reasons[0].message

    def test_without_a_date_nothing_counts(self, world: World, tmp_path: Path) -> None:
        trust = TrustMaterial(
            world.trust.roots, (), (_list(world, Revocation(world.unit.certificate.serial, NOW)),)
        )
        path = write(tmp_path, a_submission(), world.unit, when=START).path
        assert codes(judge(path, trust)) == {"certificate_revoked"}

    def test_the_list_tells_reason_and_date_again(self, world: World) -> None:
        items = (
            Revocation("a1", NOW, RevocationReason.LEFT, NOW - DAY),
            Revocation("b2", NOW, RevocationReason.UNSPECIFIED),
        )
        read = AUTHORITY.read_revocation_list(world.root.certificate.pem, _list(world, *items))
        assert (read.number, read.revocations) == (9, items)
        assert read.next_update == NOW + timedelta(days=400)

    def test_the_last_list_of_a_root_serves_as_long_as_the_root(self, world: World) -> None:
        pem = AUTHORITY.revocation_list(world.root, (), 3, NOW, is_last=True)
        read = AUTHORITY.read_revocation_list(world.root.certificate.pem, pem)
        assert read.next_update == world.root.certificate.not_after


class TestNextRoot:
    def test_the_old_root_signs_for_the_new_one(self, world: World, next_root: FolderKeyVault) -> None:
        old, new = world.root.certificate.pem, next_root.certificate("root").pem
        link = AUTHORITY.link_root(world.root, new, NOW)
        assert AUTHORITY.is_announced(old, (link,), new)
        assert not AUTHORITY.is_announced(old, (), new)
        assert not AUTHORITY.is_announced(new, (link,), old)
        assert not AUTHORITY.is_announced(old, ("no certificate",), "no root")

    def test_over_two_changes(self, world: World, next_root: FolderKeyVault, tmp_path: Path) -> None:
        third, _ = make_bureau(tmp_path, "third")
        second = next_root.unlock("root", PASSWORD, NOW)
        links = (
            AUTHORITY.link_root(second, third.certificate.pem, NOW),
            AUTHORITY.link_root(world.root, second.certificate.pem, NOW),
        )
        assert AUTHORITY.is_announced(world.root.certificate.pem, links, third.certificate.pem)
        assert not AUTHORITY.is_announced(world.root.certificate.pem, links[:1], third.certificate.pem)

    def test_a_leaf_makes_no_root(self, world: World, next_root: FolderKeyVault) -> None:
        """A unit's certificate bears the root's signature too: with its key somebody might make a root of his own."""
        assert not AUTHORITY.is_announced(
            world.root.certificate.pem, (world.unit.certificate.pem,), next_root.certificate("root").pem
        )
        with pytest.raises(KeyProblem, match="不是根证书"):
            AUTHORITY.link_root(world.root, world.unit.certificate.pem, NOW)
        with pytest.raises(KeyProblem, match="不是根证书的密钥"):
            AUTHORITY.link_root(world.bureau, next_root.certificate("root").pem, NOW)

    def test_old_packages_still_verify_and_the_new_list_revokes_old_certificates(
        self, world: World, next_root: FolderKeyVault, tmp_path: Path
    ) -> None:
        path = write(tmp_path, a_submission(), world.unit).path
        last = AUTHORITY.revocation_list(world.root, (), 5, NOW, is_last=True)
        root = next_root.unlock("root", PASSWORD, NOW)
        roots = (root.certificate.pem, world.root.certificate.pem)
        fresh = AUTHORITY.revocation_list(root, (), 6, NOW)
        assert codes(judge(path, TrustMaterial(roots, (), (fresh + last,)), NOW + 900 * DAY)) == set()
        assert codes(judge(path, TrustMaterial(roots, (), (fresh,)))) == {"no_revocation_list"}
        revoking = AUTHORITY.revocation_list(root, [Revocation(world.unit.certificate.serial, NOW)], 7, NOW)
        assert codes(judge(path, TrustMaterial(roots, (), (revoking, last)))) == {"certificate_revoked"}

    def test_certificates_are_issued_anew_by_the_new_root(
        self, world: World, next_root: FolderKeyVault
    ) -> None:
        root = next_root.unlock("root", PASSWORD, NOW)
        with pytest.raises(KeyProblem, match="没有证明"):
            AUTHORITY.issue(root, world.unit.certificate.pem, UNIT, NOW)
        former = (world.root.certificate.pem,)
        issued = AUTHORITY.issue(root, world.unit.certificate.pem, UNIT, NOW, former)
        assert issued.fingerprint == world.unit.certificate.fingerprint


class TestRequests:
    def _request(self, world: World, folder: Path, signer: str, asked: str, **changes: object) -> set[str]:
        pem = Pkcs10Requests().request_pem(getattr(world, asked))
        payload = head(MessageType.REGISTRATION_REQUEST, kit=None, **{"request": pem, **changes})
        return codes(judge(write(folder, payload, getattr(world, signer)).path, world.trust))

    def test_a_renewal_is_signed_by_the_key_in_force(self, world: World, tmp_path: Path) -> None:
        renewal = {PURPOSE: "renewal"}
        assert self._request(world, tmp_path, "unit", "unit", **renewal) == set()
        assert self._request(world, tmp_path, "unit", "self_signed_unit", **renewal) == set()
        with pytest.raises(KeyProblem, match="没有用申请登记的密钥签名"):
            self._request(world, tmp_path, "unit", "unit")

    def test_a_first_request_asks_for_its_own_key(self, world: World, tmp_path: Path) -> None:
        asked = self._request(world, tmp_path, "self_signed_unit", "other_unit")
        assert asked == {"unregistered_signer", "request_other_key"}
        asked = self._request(world, tmp_path, "self_signed_unit", "self_signed_unit", request="none")
        assert asked == {"unregistered_signer", "request_unproved"}

    def test_whose_key_a_request_asks_for(self, world: World) -> None:
        pem = Pkcs10Requests().request_pem(world.other_unit)
        assert AUTHORITY.request_fingerprint(pem) == world.other_unit.certificate.fingerprint
        with pytest.raises(KeyProblem):
            AUTHORITY.request_fingerprint(world.unit.certificate.pem)


class TestPlaces:
    def test_a_key_takes_the_place_of_another(self, tmp_path: Path) -> None:
        vault = FolderKeyVault(tmp_path, FAST)
        vault.create("unit", UNIT, "old", NOW)
        fresh = vault.create("unit_next", UNIT, "new", NOW)
        vault.move("unit_next", "unit", NOW)
        assert vault.names() == ("unit",)
        assert vault.unlock("unit", "new", NOW).certificate == fresh
        assert len(list((tmp_path / "set_aside").glob("unit-*.key.json"))) == 1

    def test_a_copy_of_the_root_opens_elsewhere_and_comes_back(self, tmp_path: Path) -> None:
        make_bureau(tmp_path / "desk")
        desk = FolderKeyVault(tmp_path / "desk", FAST)
        copy = desk.export("root")
        (tmp_path / "desk" / "root.key.json").write_bytes(b"damaged")
        with pytest.raises(KeyProblem):
            desk.unlock("root", PASSWORD, NOW)
        with pytest.raises(WrongPassword):
            desk.take_back("root", copy, "wrong", NOW)
        later = NOW + timedelta(minutes=10)
        with pytest.raises(KeyProblem):
            desk.take_back("root", b"{}", PASSWORD, later)
        info = desk.take_back("root", copy, PASSWORD, later)
        assert desk.unlock("root", PASSWORD, later).certificate == info
        assert info.subject.unit_code == BUREAU.unit_code
