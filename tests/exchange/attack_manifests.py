"""Attacks 11, 12, 18, 19: members and manifest do not belong together."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator

from exchange import cms
from exchange.manifest import manifest_bytes
from models.domain.canonical_json import canonical_json
from tests.exchange.attack import (
    ALTERED,
    EVIDENCE,
    INVALID,
    MANIFEST,
    PAYLOAD,
    SIGNATURE,
    Attack,
    attack,
)
from tests.exchange.rawzip import contents, entries, pack, seal, with_entry, with_extra
from tests.exchange.world import (
    EVIDENCE_NAME,
    NOW,
    World,
    submission,
)


def manifests() -> Iterator[Attack]:
    """11, 12, 18, 19: members and manifest do not belong together."""

    def changed(position: int, content: bytes) -> Callable[[World], bytes]:
        return lambda world: with_entry(world.unit, position, content=content)

    def without(position: int) -> Callable[[World], bytes]:
        def make(world: World) -> bytes:
            listed = entries(contents(world.unit))
            del listed[position]
            return pack(listed)

        return make

    def manifest(change: Callable[[bytes], bytes]) -> Callable[[World], bytes]:
        return lambda world: seal(world.unit, manifest=change)

    def extra(raw: bytes) -> Callable[[World], bytes]:
        return lambda world: with_extra(world.unit, raw)

    yield attack("11 unsigned extra file", "member_unsigned", ALTERED, extra(b"evidence/99999999.exe"))
    yield attack("11 unsigned file beside", "member_unsigned", ALTERED, extra(b"autorun.inf"))
    yield attack("11 second signature file", "container_order", ALTERED, extra(b"META-INF/signature002.p7s"))
    yield attack("11 missing file", "member_missing", ALTERED, without(EVIDENCE))
    yield attack("11 missing payload", "member_missing", ALTERED, without(PAYLOAD))
    yield attack(
        "11 signed file of no kind",
        "member_place",
        ALTERED,
        lambda w: seal(w.unit, members={"run.exe": b"MZ"}),
    )
    yield attack("11 signed package without payload", "payload_missing", ALTERED, _without_payload)
    yield attack("12 changed evidence", "member_changed", ALTERED, changed(EVIDENCE, b"EVIDENCE"))
    yield attack(
        "12 changed answers",
        "member_changed",
        ALTERED,
        changed(PAYLOAD, canonical_json(submission(number=9))),
    )
    yield attack("12 changed evidence, checksum kept", "member_changed", ALTERED,
                 lambda w: with_entry(w.unit, EVIDENCE, content=b"EVIDENCE", checksum=zlib.crc32(b"evidence")))  # fmt: skip
    yield attack("12 no manifest", "manifest_missing", ALTERED, without(MANIFEST))
    yield attack("12 no signature", "signature_missing", INVALID, without(SIGNATURE))
    yield attack("12 empty signature", "signature_form", INVALID, changed(SIGNATURE, b""))
    yield attack("12 foreign manifest", "manifest_foreign", ALTERED, _foreign_manifest)
    yield attack("12 signature of another package", "signature_other_content", INVALID, _foreign_signature)
    yield attack("19 file named twice", "manifest_duplicate", ALTERED, manifest(_named_twice))
    yield attack(
        "19 SHA-1 digests",
        "manifest_algorithm",
        ALTERED,
        manifest(lambda text: text.replace(b"2001/04/xmlenc#sha256", b"2000/09/xmldsig#sha1")),
    )
    yield attack(
        "19 one SHA-1 digest",
        "manifest_algorithm",
        ALTERED,
        manifest(lambda text: text.replace(b"2001/04/xmlenc#sha256", b"2000/09/xmldsig#sha1", 1)),
    )
    declarations = {
        "18 DTD": b"<!DOCTYPE a>",
        "18 XXE": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        "18 external DTD": b'<!DOCTYPE a SYSTEM "http://10.0.0.1/a.dtd">',
        "18 billion laughs": b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>',
    }
    for name, declaration in declarations.items():
        head = b"?>\n" + declaration + b"\n"
        yield attack(
            f"{name} in the manifest",
            "manifest_declaration",
            ALTERED,
            manifest(lambda text, head=head: text.replace(b"?>\n", head)),
        )
    yield attack(
        "19 comment inside",
        "manifest_declaration",
        ALTERED,
        manifest(lambda text: text.replace(b"</asic:ASiC", b"<!-- x --></asic:ASiC")),
    )
    yield attack(
        "19 another spelling",
        "manifest_form",
        ALTERED,
        manifest(lambda text: text.replace(b"/><ds:Dig", b" /><ds:Dig")),
    )
    yield attack("19 no manifest at all", "member_unsigned", ALTERED, manifest(lambda _text: b"hello"))


def _without_payload(world: World) -> bytes:
    parts = contents(world.unit, members={})
    del parts["payload.json"]
    text = manifest_bytes({})
    parts["META-INF/ASiCManifest001.xml"] = text
    parts["META-INF/signature001.p7s"] = cms.sign(world.unit, hashlib.sha256(text).digest(), NOW)
    return pack(entries(parts))


def _foreign_manifest(world: World) -> bytes:
    other = contents(world.unit, payload=canonical_json(submission(number=7)), members={EVIDENCE_NAME: b"?"})
    return pack(
        entries(
            {**contents(world.unit), "META-INF/ASiCManifest001.xml": other["META-INF/ASiCManifest001.xml"]}
        )
    )


def _foreign_signature(world: World) -> bytes:
    other = contents(world.unit, payload=canonical_json(submission(number=7)))
    return pack(
        entries({**contents(world.unit), "META-INF/signature001.p7s": other["META-INF/signature001.p7s"]})
    )


def _named_twice(text: bytes) -> bytes:
    start, end = text.index(b"<asic:DataObjectReference"), text.index(b"</asic:DataObjectReference>")
    line = text[start : end + len(b"</asic:DataObjectReference>")]
    return text.replace(line, line + line)
