"""The manifest (文件清单): SHA-256 of every member, in the one spelling the signature covers.

The reader writes the manifest the members deserve and compares bytes. Only when they differ does it
look closer, with plain text search and no XML parser, to say which member it is: what a parser never
sees, no entity or wrapping can trick. Source: EN 319 162-1 annex A.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from exchange.container_reading import Member
from exchange.digesting import Digesting
from exchange.names import (
    MANIFEST,
    MIMETYPE,
    PAYLOAD,
    SECOND_MANIFEST,
    SECOND_SIGNATURE,
    SIGNATURE,
    canonical_order,
    is_known_place,
    member_label,
)
from exchange.reasons import RefusalError, reason
from models.domain.verdict import Reason

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#"'
    ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#">'
    '<asic:SigReference URI="{signature}" MimeType="application/pkcs7-signature"/>'
)
_TAIL = "</asic:ASiCManifest>\n"
_SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
_MIME_TYPES = {
    "json": "application/json",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "asice": "application/vnd.etsi.asic-e+zip",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "p7s": "application/pkcs7-signature",
}
_REFERENCE = re.compile(
    r"<[\w:]{0,20}DataObjectReference\b[^>]{0,200}?\bURI=[\"']([^\"']{0,200})[\"'][^>]{0,200}>"
    r".{0,200}?\bAlgorithm=[\"']([^\"']{0,200})[\"'].{0,200}?DigestValue[^>]{0,200}>\s{0,9}([^<\s]{0,200})",
    re.DOTALL,
)
"""Every repetition is bounded, so a hostile manifest costs no more than its length."""
_NOT_LISTED = frozenset({MIMETYPE, MANIFEST, SIGNATURE, SECOND_MANIFEST, SECOND_SIGNATURE})
_USUAL_MEMBERS = 32
_MOST_LONGER = 4
"""A manifest many times longer than its members warrant gets no closer look."""
_MOST_EXPLAINED = 4 * 1024 * 1024
_MOST_NAMED = 20
"""A sentence for each of a thousand changed members helps nobody."""


def manifest_bytes(digests: Mapping[str, bytes], signature: str = SIGNATURE) -> bytes:
    """The manifest for these SHA-256 digests, in the mapping's order, for the signature of that name."""
    lines = "".join(_reference(name, digest) for name, digest in digests.items())
    return f"{_HEAD.format(signature=signature)}{lines}{_TAIL}".encode("ascii")


def second_manifest(digests: Mapping[str, bytes], signature: bytes) -> bytes:
    """The manifest of the countersignature: everything the first lists, and the first signature itself."""
    listed = {name: digest for name, digest in digests.items() if name not in _NOT_LISTED}
    listed[SIGNATURE] = hashlib.sha256(signature).digest()
    return manifest_bytes(listed, SECOND_SIGNATURE)


def _reference(name: str, digest: bytes) -> str:
    mime = _MIME_TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    root = ' Rootfile="true"' if name == PAYLOAD else ""
    value = binascii.b2a_base64(digest, newline=False).decode("ascii")
    return (
        f'<asic:DataObjectReference URI="{name}" MimeType="{mime}"{root}>'
        f'<ds:DigestMethod Algorithm="{_SHA256}"/><ds:DigestValue>{value}</ds:DigestValue>'
        "</asic:DataObjectReference>"
    )


def check_manifest(members: Mapping[str, Member], digesting: Digesting | None = None) -> dict[str, bytes]:
    """The digests of the listed members, each what the manifest says; `digesting` takes them.

    Refuses members that are not, then checksums, places and an order that lie.
    """
    manifest = members.get(MANIFEST)
    if manifest is None:
        raise RefusalError(reason("manifest_missing"))
    digesting = digesting or Digesting()
    digests = _usual_digests(members, manifest, digesting) if len(members) <= _USUAL_MEMBERS else None
    if digests is not None:
        return digests
    order = canonical_order(list(members))
    lying, digests = None, {}
    for name in order:
        member = members[name]
        digest, checksum = digesting.digested(member)
        if name not in _NOT_LISTED:
            digests[name] = digest
        if checksum != member.checksum:
            lying = lying or name
    expected = manifest_bytes(digests)
    if manifest.size != len(expected) or bytes(manifest.content) != expected:
        is_long = manifest.size > _MOST_LONGER * len(expected)
        raise RefusalError(
            *([reason("manifest_form")] if is_long else _differences(bytes(manifest.content), digests))
        )
    if lying is not None:
        raise RefusalError(reason("entry_checksum", member_label(lying)))
    strange = next((name for name in members if not is_known_place(name)), None)
    if strange is not None:
        raise RefusalError(reason("member_place", member_label(strange)))
    if list(members) != order:
        raise RefusalError(reason("container_order"))
    return digests


def _usual_digests(
    members: Mapping[str, Member], manifest: Member, digesting: Digesting
) -> dict[str, bytes] | None:
    """The same where members and manifest are as they have to be, None elsewhere; what is digested stays so."""
    usual = _usual_manifest(tuple(members))
    if usual is None:
        return None
    digests: dict[str, bytes] = {}
    listed, frame = usual
    for name, member in members.items():
        digests[name], checksum = digesting.digested(member)
        if checksum != member.checksum:
            return None
    digests = {name: digests[name] for name in listed}
    expected = frame % tuple([binascii.b2a_base64(digest, newline=False) for digest in digests.values()])
    return digests if manifest.size == len(expected) and bytes(manifest.content) == expected else None


@lru_cache(maxsize=64)
def _usual_manifest(names: tuple[str, ...]) -> tuple[tuple[str, ...], bytes] | None:
    """Which members of these are listed, and the manifest with gaps for their digests; None for another order or place."""
    if list(names) != canonical_order(names) or not all(map(is_known_place, names)):
        return None
    listed = tuple(name for name in names if name not in _NOT_LISTED)
    gap = binascii.b2a_base64(bytes(32), newline=False)
    spelled = manifest_bytes(dict.fromkeys(listed, bytes(32))).replace(b"%", b"%%")
    return listed, spelled.replace(gap, b"%b")


def _differences(manifest: bytes, digests: Mapping[str, bytes]) -> list[Reason]:
    """What is wrong with the manifest or the members, as precisely as text search can say."""
    text = manifest.decode("utf-8", "replace")
    if "<!" in text:
        return [reason("manifest_declaration")]
    listed = [(m[1], m[2], m[3]) for m in _REFERENCE.finditer(text)]
    counts = Counter(name for name, _, _ in listed)
    double = next((name for name, count in counts.items() if count > 1), None)
    if double is not None:
        return [reason("manifest_duplicate", member_label(double))]
    if any(algorithm != _SHA256 for _, algorithm, _ in listed):
        return [reason("manifest_algorithm")]
    values = {name: value for name, _, value in listed}
    found = [reason("member_unsigned", member_label(name)) for name in digests if name not in values] + [
        reason("member_missing", member_label(name)) for name in values if name not in digests
    ]
    changed = [
        name
        for name, digest in digests.items()
        if name in values and values[name] != base64.b64encode(digest).decode("ascii")
    ]
    if len(changed) > 1 and len(changed) == len(digests):
        return [reason("manifest_foreign")]
    found += [reason("member_changed", member_label(name)) for name in changed]
    return found[:_MOST_NAMED] or [reason("manifest_form")]


def listed_digests(manifest: bytes) -> dict[str, str]:
    """What a manifest says of its members' SHA-256 (base64), believed in nothing; for explaining a refusal."""
    text = manifest[:_MOST_EXPLAINED].decode("utf-8", "replace")
    return {match[1]: match[3] for match in _REFERENCE.finditer(text)}
