"""The bureau's authority: what it issues, what it refuses, and what trust material is made of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from exchange.authority import OfflineAuthority
from exchange.keys import OpenKey
from exchange.requests import Pkcs10Requests
from exchange.trust import sort_trust, trust_store
from exchange.vault import FolderKeyVault
from models.domain.errors import KeyProblem
from services.ports.exchange import TrustMaterial
from tests.exchange.world import BUREAU, FAST, NOW, OTHER_UNIT, PASSWORD, UNIT, World, make_bureau

pytestmark = pytest.mark.wide


def test_the_root_signs_certificates_and_lists_only(world: World) -> None:
    root = world.root.signing_certificate.x509
    constraints = root.extensions.get_extension_for_class(x509.BasicConstraints)
    assert constraints.critical
    assert (constraints.value.ca, constraints.value.path_length) == (True, 0)
    usage = root.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.key_cert_sign
    assert usage.value.crl_sign
    assert not usage.value.digital_signature
    key = root.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    assert key.key_size == 3072


def test_leaves_say_who_they_are(world: World) -> None:
    assert world.bureau.certificate.subject == BUREAU
    assert world.bureau.certificate.subject.role.label == "财政部门"
    assert not world.bureau.certificate.is_self_signed
    leaf = world.unit.signing_certificate.x509
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_encipherment
    purposes = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert [item.dotted_string for item in purposes] == ["1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.36"]
    (code,) = leaf.subject.get_attributes_for_oid(x509.ObjectIdentifier("2.5.4.97"))
    assert code.value == UNIT.unit_code


def test_the_subject_comes_from_the_register_not_from_the_request(world: World) -> None:
    request = Pkcs10Requests().request_pem(world.self_signed_unit)
    issued = OfflineAuthority().issue(world.root, request, OTHER_UNIT, NOW)
    assert issued.subject == OTHER_UNIT
    assert issued.fingerprint == world.self_signed_unit.certificate.fingerprint


def test_a_certificate_is_renewed_from_an_earlier_one(world: World) -> None:
    renewed = OfflineAuthority().issue(world.root, world.unit.certificate.pem, UNIT, NOW)
    assert renewed.fingerprint == world.unit.certificate.fingerprint
    assert renewed.serial != world.unit.certificate.serial


def test_no_leaf_outlives_its_root(world: World) -> None:
    late = world.root.certificate.not_after - timedelta(days=100)
    issued = OfflineAuthority().issue(world.root, world.unit.certificate.pem, UNIT, late)
    assert issued.not_after == world.root.certificate.not_after


def test_possession_of_the_key_must_be_proved(world: World, tmp_path: Path) -> None:
    authority = OfflineAuthority()
    request = x509.load_pem_x509_csr(Pkcs10Requests().request_pem(world.self_signed_unit).encode())
    data = bytearray(request.public_bytes(Encoding.DER))
    data[-1] ^= 1
    forged = x509.load_der_x509_csr(bytes(data)).public_bytes(Encoding.PEM).decode()
    with pytest.raises(KeyProblem, match="没有证明"):
        authority.issue(world.root, forged, UNIT, NOW)
    foreign_root, foreign_leaf = make_bureau(tmp_path, "foreign")
    with pytest.raises(KeyProblem, match="没有证明"):
        authority.issue(world.root, foreign_leaf.certificate.pem, UNIT, NOW)
    assert foreign_root.certificate.is_self_signed


@pytest.mark.parametrize("kind", ["p-384", "text", "sha-1"])
def test_weak_or_unreadable_requests_are_refused(kind: str, world: World) -> None:
    pem = "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----"
    if kind == "p-384":
        key = ec.generate_private_key(ec.SECP384R1())
        request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
        pem = request.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()
    elif kind == "sha-1":
        request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
        pem = request.sign(world.unit.private_key, hashes.SHA384()).public_bytes(Encoding.PEM).decode()
    with pytest.raises(KeyProblem):
        OfflineAuthority().issue(world.root, pem, UNIT, NOW)


def test_only_the_root_issues(world: World) -> None:
    with pytest.raises(KeyProblem):
        OfflineAuthority().issue(world.bureau, world.self_signed_unit.certificate.pem, UNIT, NOW)


def test_a_bureau_replaces_a_forgotten_leaf(tmp_path: Path) -> None:
    root, _ = make_bureau(tmp_path)
    vault = FolderKeyVault(tmp_path, FAST)
    fresh = vault.replace("bureau", BUREAU, "new password", NOW)
    vault.take_certificate("bureau", OfflineAuthority().issue(root, fresh.pem, BUREAU, NOW).pem)
    assert not vault.unlock("bureau", "new password", NOW).certificate.is_self_signed


def test_certificates_are_read_as_plain_values(world: World) -> None:
    authority = OfflineAuthority()
    assert authority.read_certificate(world.unit.certificate.pem) == world.unit.certificate
    for text in ("", "hello", world.crl, world.unit.certificate.pem + world.root.certificate.pem):
        with pytest.raises(KeyProblem):
            authority.read_certificate(text)


def test_revocation_lists_carry_number_and_dates(world: World) -> None:
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    crl = OfflineAuthority().revocation_list(world.root, [(world.unit.certificate.serial, moment)], 7, NOW)
    store = trust_store(TrustMaterial(world.trust.roots, (), (world.crl, crl)))
    found = store.roots[0].revocation_list
    assert found is not None
    assert found.number == 7
    assert found.revoked == {int(world.unit.certificate.serial, 16): moment}
    assert found.next_update == NOW + timedelta(days=400)


def test_trust_files_are_sorted_by_what_they_hold(world: World) -> None:
    root, registered = world.root.certificate.pem, world.self_signed_unit.certificate.pem
    material = sort_trust([root + registered], [world.crl])
    assert material == TrustMaterial((root,), (registered,), (world.crl,))
    for texts, lists in ((["hello"], []), ([world.unit.certificate.pem], []), ([root], ["hello"])):
        with pytest.raises(KeyProblem):
            sort_trust(texts, lists)


def test_the_authority_needs_a_folder_vault(world: World) -> None:
    with pytest.raises(TypeError):
        OfflineAuthority().create_root(object(), "1", "财政局", PASSWORD, NOW)


def test_an_issued_certificate_never_counts_as_registered(world: World) -> None:
    key: OpenKey = world.unit
    assert trust_store(TrustMaterial((), (key.certificate.pem,))).registered == frozenset()


def test_a_list_is_read_back_by_its_own_root_alone(world: World) -> None:
    authority, moment = OfflineAuthority(), NOW - timedelta(days=3)
    serial, root = world.unit.certificate.serial, world.root.certificate.pem
    older = authority.revocation_list(world.root, [], 6, NOW)
    newer = authority.revocation_list(world.root, [(serial, moment)], 7, NOW)
    found = authority.read_revocation_list(root, f"{newer}{older}")
    assert (found.number, found.revoked) == (7, ((serial, moment),))
    for wrong_root, text in ((world.unit.certificate.pem, newer), (root, "no list"), ("no root", newer)):
        with pytest.raises(KeyProblem, match="读不出来"):
            authority.read_revocation_list(wrong_root, text)
