"""Every attack earns its own reasons and its verdict; nothing crashes and nothing hostile is accepted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.domain.verdict import VerdictWord
from services.ports.exchange import TrustMaterial
from tests.exchange.attack import Attack
from tests.exchange.attacks import ATTACKS
from tests.exchange.rawzip import seal
from tests.exchange.world import World, codes, judge
from tests.wide import first_of_each

pytestmark = pytest.mark.wide


@pytest.fixture(scope="session")
def small(world: World) -> bytes:
    """A small good package."""
    return seal(world.unit)


BY_REASON = first_of_each(lambda attack: (frozenset(attack.codes), attack.word), ATTACKS)


@pytest.mark.parametrize("attack", BY_REASON, ids=lambda attack: attack.name)
def test_attack_earns_its_reason(attack: Attack, world: World, tmp_path: Path) -> None:
    path = tmp_path / "attack.asice"
    path.write_bytes(attack.make(world, tmp_path))
    judgement = judge(path, attack.trust(world, tmp_path))
    assert codes(judgement) == attack.codes, judgement.verdict.reasons
    assert judgement.verdict.word is attack.word
    if attack.word is VerdictWord.ALTERED:
        assert not judgement.verdict.intact
        assert judgement.payload is None
    if attack.word is VerdictWord.INVALID_SIGNATURE:
        assert not (judgement.verdict.authentic and judgement.verdict.trusted) or "pdf" in str(attack.codes)


def test_the_honest_package_of_the_attackers_is_valid(world: World, tmp_path: Path) -> None:
    path = tmp_path / "good.asice"
    path.write_bytes(seal(world.unit))
    assert judge(path, world.trust).verdict.word is VerdictWord.VALID


@given(data=st.data())
def test_mutations_never_crash(data: st.DataObject, small: bytes, world: World, tmp_path: Path) -> None:
    good = small
    start = data.draw(st.integers(0, len(good)))
    length = data.draw(st.integers(0, 40))
    insert = data.draw(st.binary(max_size=40))
    hostile = good[:start] + insert + good[start + length :]
    path = tmp_path / "mutation.asice"
    path.write_bytes(hostile)
    judgement = judge(path, world.trust)
    assert judgement.verdict.is_acceptable == (hostile == good)


@given(payload=st.binary(max_size=200), manifest=st.binary(max_size=200), signature=st.binary(max_size=200))
def test_signed_nonsense_never_crashes(
    payload: bytes, manifest: bytes, signature: bytes, world: World, tmp_path: Path
) -> None:
    path = tmp_path / "nonsense.asice"
    for changes in (
        {"payload": payload},
        {"manifest": lambda _text: manifest},
        {"signature": lambda _data: signature},
        {"members": {"documents/a.pdf": payload}},
    ):
        path.write_bytes(seal(world.unit, **changes))
        assert not judge(path, world.trust).verdict.is_acceptable


def test_unreadable_trust_is_no_trust(world: World, tmp_path: Path) -> None:
    path = tmp_path / "good.asice"
    path.write_bytes(seal(world.unit))
    broken = world.trust.roots[0].replace("MII", "AAA")
    assert codes(judge(path, TrustMaterial((broken,), (broken,), (broken,)))) == {"no_root"}
