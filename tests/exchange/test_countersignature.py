"""A package signed by two: made from the half-signed file, judged with both, refused where it is not whole."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from exchange.reader import StrictPackageReader
from exchange.writer import CanonicalPackageWriter
from models.domain.errors import EnvironmentProblem, KeyProblem
from models.domain.message import COUNTERSIGNED
from models.domain.verdict import VerdictWord
from services.ports.exchange import TrustMaterial, WrittenPackage
from tests.exchange.attack_countersignatures import OTHER_HEAD, head_key
from tests.exchange.world import NOW, World, codes, judge, submission, write


@pytest.fixture
def half(world: World, tmp_path: Path) -> WrittenPackage:
    """Signed by the clerk alone."""
    return write(tmp_path, submission(**{COUNTERSIGNED: True}), world.unit)


def _countersign(world: World, half: WrittenPackage, folder: Path, **changes: object) -> WrittenPackage:
    key = changes.get("key", head_key(world.root))
    manifest = str(changes.get("manifest", half.manifest_sha256))
    return CanonicalPackageWriter().countersign(half.path, folder, half.path.name, manifest, key, NOW)  # type: ignore[arg-type]


def test_half_signed_is_told_apart(world: World, half: WrittenPackage) -> None:
    judged = judge(half.path, world.trust)
    assert codes(judged) == {"countersignature_missing"}
    assert judged.verdict.word is VerdictWord.CANNOT_JUDGE
    assert not judged.verdict.complete
    assert judged.verdict.authentic


def test_both_are_named_and_the_identity_stays(world: World, half: WrittenPackage, tmp_path: Path) -> None:
    folder = tmp_path / "head's stick"
    folder.mkdir()
    whole = _countersign(world, half, folder)
    judged = judge(whole.path, world.trust)
    assert judged.verdict.word is VerdictWord.VALID
    assert [(one.name, one.role) for one in judged.signers] == [
        ("张三", "预算单位"),
        ("陈镇长", "单位负责人"),
    ]
    assert judged.signers[1].fingerprint == head_key(world.root).certificate.fingerprint
    assert judged.countersigner_der == head_key(world.root).signing_certificate.der
    assert judged.manifest_sha256 == half.manifest_sha256 == whole.manifest_sha256
    assert (whole.payload_sha256, whole.check_code) == (half.payload_sha256, half.check_code)
    assert whole.path.read_bytes()[: half.size // 2] == half.path.read_bytes()[: half.size // 2]
    assert StrictPackageReader().documents(whole.path, whole.manifest_sha256) == {}


def test_in_place_on_the_same_carrier(world: World, half: WrittenPackage) -> None:
    whole = _countersign(world, half, half.path.parent)
    assert whole.path == half.path
    with pytest.raises(KeyProblem, match="已经有负责人签名"):
        _countersign(world, half, half.path.parent)
    assert codes(judge(half.path, world.trust)) == set()


def test_who_may_not_and_what_is_not_that_package(world: World, half: WrittenPackage, tmp_path: Path) -> None:
    for key, told in (
        (world.unit, "两个签名是同一个人的"),
        (world.self_signed_unit, "不是用单位负责人的签名签的"),
        (head_key(world.root, OTHER_HEAD), "单位与签名证书的单位不同"),
        (world.root, "根证书不能用来签文件"),
    ):
        with pytest.raises(KeyProblem, match=told):
            _countersign(world, half, tmp_path, key=key)
    with pytest.raises(EnvironmentProblem, match="不是填报人签名的那一份"):
        _countersign(world, half, tmp_path, manifest="0" * 64)
    changed = bytearray(half.path.read_bytes())
    changed[changed.index(b"number")] ^= 1
    half.path.write_bytes(changed)
    with pytest.raises(EnvironmentProblem, match="不是填报人签名的那一份"):
        _countersign(world, half, tmp_path)


def test_a_registered_head_of_the_first_filing(world: World, half: WrittenPackage) -> None:
    key = head_key(None)
    _countersign(world, half, half.path.parent, key=key)
    assert codes(judge(half.path, world.trust)) == {"unregistered_countersigner"}
    known = TrustMaterial(world.trust.roots, (key.certificate.pem,), world.trust.revocation_lists)
    assert codes(judge(half.path, known)) == set()


def test_a_certificate_near_its_end_is_told_of_the_one_it_is(world: World, half: WrittenPackage) -> None:
    _countersign(world, half, half.path.parent)
    late = head_key(world.root).certificate.not_after - timedelta(days=20)
    trust = TrustMaterial(world.trust.roots, (), world.trust.revocation_lists, renewal_notice_days=30)
    told = [
        r.message for r in judge(half.path, trust, late).verdict.reasons if r.code == "certificate_expiring"
    ]
    assert len(told) == 2
    assert sum(message.startswith("负责人签名：") for message in told) == 1
    early = TrustMaterial(world.trust.roots, (), world.trust.revocation_lists, renewal_notice_days=10)
    assert "certificate_expiring" not in codes(judge(half.path, early, late))


def test_every_bit_of_the_second_pair_counts(world: World, half: WrittenPackage) -> None:
    """A bit turned anywhere in the second manifest or signature is never valid and never crashes."""
    _countersign(world, half, half.path.parent)
    data = half.path.read_bytes()
    begin = data.index(b"META-INF/ASiCManifest002.xml")
    for position in range(begin, len(data), 61):
        changed = bytearray(data)
        changed[position] ^= 1 << (position % 8)
        half.path.write_bytes(changed)
        assert not judge(half.path, world.trust).verdict.is_acceptable, position
