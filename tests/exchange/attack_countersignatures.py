"""Attacks on the second signature: half a pair, another content, the wrong person, a revoked one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from exchange import cms
from exchange.keys import OpenKey
from exchange.manifest import second_manifest
from models.domain.canonical_json import canonical_json
from models.domain.message import COUNTERSIGNED, MessageType
from services.ports.exchange import SignerRole, Subject
from tests.exchange.attack import ALTERED, INVALID, OPEN, Attack, attack
from tests.exchange.rawzip import contents, entries, pack
from tests.exchange.world import NOW, OTHER_UNIT, UNIT, World, head, make_unit, submission

HEAD = Subject("陈镇长", UNIT.unit_code, UNIT.unit_name, SignerRole.HEAD)
OTHER_HEAD = Subject("赵镇长", OTHER_UNIT.unit_code, OTHER_UNIT.unit_name, SignerRole.HEAD)
_SECOND_MANIFEST, _SECOND_SIGNATURE = "META-INF/ASiCManifest002.xml", "META-INF/signature002.p7s"


_MADE: dict[tuple[str, Subject], OpenKey] = {}


def head_key(root: OpenKey | None, subject: Subject = HEAD) -> OpenKey:
    """A key of 单位负责人, with a certificate of the root where there is one; the same one each time."""
    which = (root.certificate.serial if root else "", subject)
    if which not in _MADE:
        with TemporaryDirectory(prefix="head-") as folder:
            _MADE[which] = make_unit(Path(folder), subject, root)
    return _MADE[which]


def two_signed(
    first: OpenKey,
    second: OpenKey,
    *,
    payload: bytes | None = None,
    manifest: Callable[[bytes], bytes] = lambda text: text,
    signature: Callable[[bytes], bytes] = lambda data: data,
) -> dict[str, bytes]:
    """Members of a package with both pairs, each part replaceable."""
    members = contents(first, payload=payload or canonical_json(submission(**{COUNTERSIGNED: True})))
    digests = {"payload.json": hashlib.sha256(members["payload.json"]).digest()}
    text = manifest(second_manifest(digests, members["META-INF/signature001.p7s"]))
    signed = signature(cms.sign(second, hashlib.sha256(text).digest(), NOW))
    return {**members, _SECOND_MANIFEST: text, _SECOND_SIGNATURE: signed}


def _packed(make: Callable[[World], dict[str, bytes]]) -> Callable[[World], bytes]:
    return lambda world: pack(entries(make(world)))


def _without(name: str) -> Callable[[World], bytes]:
    def made(world: World) -> dict[str, bytes]:
        members = two_signed(world.unit, head_key(world.root))
        return {key: value for key, value in members.items() if key != name}

    return _packed(made)


def _of_another_package(world: World) -> dict[str, bytes]:
    """The second pair of another submission of the same two people."""
    mine = two_signed(world.unit, head_key(world.root))
    payload = canonical_json(submission(number=2, countersigned=True))
    other = two_signed(world.unit, head_key(world.root), payload=payload)
    return {**mine, **{name: other[name] for name in (_SECOND_MANIFEST, _SECOND_SIGNATURE)}}


def countersignatures() -> Iterator[Attack]:
    """What the second pair may not be."""
    promised = canonical_json(submission(**{COUNTERSIGNED: True}))

    def bad(**changes: Callable[[bytes], bytes]) -> Callable[[World], bytes]:
        return _packed(lambda w: two_signed(w.unit, head_key(w.root), **changes))  # type: ignore[arg-type]

    yield attack("28 stripped of both", "countersignature_missing", OPEN,
                 _packed(lambda w: contents(w.unit, payload=promised)))  # fmt: skip
    yield attack(
        "28 second signature gone", "countersignature_incomplete", INVALID, _without(_SECOND_SIGNATURE)
    )
    yield attack(
        "28 second manifest gone", "countersignature_incomplete", INVALID, _without(_SECOND_MANIFEST)
    )
    yield attack(
        "28 second pair of another", "countersignature_manifest", ALTERED, _packed(_of_another_package)
    )
    yield attack("28 second manifest longer", "countersignature_manifest", ALTERED,
                 bad(manifest=lambda text: text.replace(b"?>", b"?><!-- -->", 1)))  # fmt: skip
    yield attack("28 second signature flipped", "signature_bad", INVALID,
                 bad(signature=lambda d: d[:-5] + bytes((d[-5] ^ 1,)) + d[-4:]))  # fmt: skip
    yield attack("28 second signature huge", "signature_form", INVALID, bad(signature=lambda d: d * 40))
    yield attack("28 signed twice by one", "countersigner_same_key", INVALID,
                 _packed(lambda w: two_signed(w.unit, w.unit)))  # fmt: skip
    yield attack("28 a clerk as the second", "countersigner_role", INVALID,
                 _packed(lambda w: two_signed(w.unit, head_key(w.root, UNIT))))  # fmt: skip
    yield attack("28 another unit's head", "unit_mismatch", INVALID,
                 _packed(lambda w: two_signed(w.unit, head_key(w.root, OTHER_HEAD))))  # fmt: skip
    yield attack("28 a head nobody knows", "unregistered_countersigner", OPEN,
                 _packed(lambda w: two_signed(w.unit, head_key(None))))  # fmt: skip
    yield attack("28 the head as the first", "wrong_role countersigner_role", INVALID,
                 _packed(lambda w: two_signed(head_key(w.root), w.unit)))  # fmt: skip
    yield attack("28 on a kit", "countersignature_unexpected", INVALID,
                 _packed(lambda w: two_signed(w.bureau, head_key(w.root), payload=canonical_json(
                     head(MessageType.PARAMETER_KIT, unit_code="990000")))))  # fmt: skip
