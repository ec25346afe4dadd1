"""Attacks 13, 14, 15, 17: who signed, when, and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from exchange.authority import OfflineAuthority
from models.domain.canonical_json import canonical_json
from services.ports.exchange import TrustMaterial
from tests.exchange.attack import (
    INVALID,
    NOTED,
    OPEN,
    Attack,
    attack,
)
from tests.exchange.rawzip import seal
from tests.exchange.world import (
    NOW,
    OTHER_UNIT,
    START,
    UNIT,
    World,
    filing,
    make_bureau,
    make_unit,
    submission,
)


def signers() -> Iterator[Attack]:
    """13, 14, 15, 17: who signed, when, and for whom."""
    foreign = TrustMaterial()

    yield attack("13 foreign root with the same names", "foreign_root", INVALID, _foreign_root)
    yield attack(
        "13 root signs itself", "certificate_unsuitable unit_mismatch", INVALID, lambda w: seal(w.root)
    )
    yield attack("14 revoked", "certificate_revoked", INVALID, lambda w: seal(w.unit), trust=_revoking)
    yield attack("14 revoked and stale", "certificate_revoked stale_revocation_list", INVALID, lambda w: seal(w.unit),
                 trust=lambda w, _f: _lists(w, [w.unit.certificate.serial], START - timedelta(days=500)))  # fmt: skip
    yield attack(
        "14 signed before validity",
        "signed_before_validity",
        INVALID,
        lambda w: seal(w.unit, when=START - timedelta(days=1)),
    )
    yield attack(
        "14 signed after validity",
        "signed_after_validity",
        INVALID,
        lambda w: seal(w.unit, when=START + timedelta(days=1200)),
    )
    yield attack(
        "14 stale list",
        "stale_revocation_list",
        OPEN,
        lambda w: seal(w.unit),
        trust=lambda w, _f: _lists(w, [], START - timedelta(days=500)),
    )
    yield attack(
        "14 list of a foreign root", "no_revocation_list", OPEN, lambda w: seal(w.unit), trust=_foreign_list
    )
    yield attack(
        "14 newest of two lists",
        "certificate_revoked",
        INVALID,
        lambda w: seal(w.unit),
        trust=lambda w, f: TrustMaterial(w.trust.roots, (), (*_revoking(w, f).revocation_lists, w.crl)),
    )
    yield attack(
        "15 another unit in the head",
        "unit_mismatch",
        INVALID,
        lambda w: seal(w.unit, payload=canonical_json(submission(unit_code=OTHER_UNIT.unit_code))),
    )
    yield attack(
        "15 another unit in a filing",
        "unit_mismatch",
        INVALID,
        lambda w: seal(
            w.unit,
            payload=canonical_json(
                submission(filings=[filing(), filing(filing_id="f-2", unit_code=OTHER_UNIT.unit_code)])
            ),
        ),
    )
    yield attack("15 another unit's certificate", "unit_mismatch", INVALID, lambda w: seal(w.other_unit))
    yield attack(
        "15 unit sends a receipt", "wrong_role", INVALID, lambda w: seal(w.unit, payload=_typed("receipt"))
    )
    yield attack(
        "15 unit sends a kit", "wrong_role", INVALID, lambda w: seal(w.unit, payload=_typed("parameter_kit"))
    )
    yield attack("15 registered unit plays bureau", "wrong_role", INVALID, lambda w: seal(w.self_signed_unit, payload=_typed("receipt")),
                 trust=lambda w, _f: TrustMaterial(w.trust.roots, (w.self_signed_unit.certificate.pem,), (w.crl,)))  # fmt: skip
    yield attack(
        "15 bureau's request",
        "request_not_self_signed",
        INVALID,
        lambda w: seal(w.unit, payload=_typed("registration_request")),
    )
    yield attack(
        "15 self-signed, unknown",
        "unregistered_signer",
        OPEN,
        lambda w: seal(w.self_signed_unit),
        trust=lambda w, _f: w.trust,
    )
    yield attack("15 no trust at all", "no_root", OPEN, lambda w: seal(w.unit), trust=lambda _w, _f: foreign)
    yield attack(
        "17 dated in the future",
        "dated_in_future",
        NOTED,
        lambda w: seal(w.unit, when=NOW + timedelta(minutes=11)),
    )


def _typed(kind: str) -> bytes:
    return canonical_json(submission(message_type=kind))


def _foreign_root(world: World, folder: Path) -> bytes:
    root, _ = make_bureau(folder / "foreign", "foreign")
    assert root.signing_certificate.subject == world.root.signing_certificate.subject
    return seal(make_unit(folder / "unit", UNIT, root))


def _revoking(world: World, _folder: Path) -> TrustMaterial:
    return _lists(world, [world.unit.certificate.serial], START, number=2)


def _lists(world: World, serials: list[str], when: Any, number: int = 1) -> TrustMaterial:
    revoked = [(serial, when) for serial in serials]
    crl = OfflineAuthority().revocation_list(world.root, revoked, number, when)
    return TrustMaterial(world.trust.roots, (), (crl,))


def _foreign_list(world: World, folder: Path) -> TrustMaterial:
    root, _ = make_bureau(folder / "foreign", "foreign")
    return TrustMaterial(world.trust.roots, (), (OfflineAuthority().revocation_list(root, [], 9, START),))
