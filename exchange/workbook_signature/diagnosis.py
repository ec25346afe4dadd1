"""Why a workbook's signature is not ours (工作簿签名问题定位): a look taken only after the strict one has refused.

Nothing is accepted here; it only chooses the reason code people and tests can tell apart. Plain text search with
bounded repetitions, no XML parser.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Sequence

from exchange.workbook_signature.spelling import ALGORITHMS, TRANSFORMS, Reference

_IDS = re.compile(rb"\s(?i:id)\s{0,5}=\s{0,5}[\"']([^\"']{0,100})[\"']")
_SIGNED_INFO = re.compile(rb"<(?:[\w.-]{1,40}:)?SignedInfo[\s>]")
_TRANSFORM = re.compile(
    rb"<(?:[\w.-]{1,40}:)?Transform\s[^>]{0,200}?Algorithm\s{0,5}=\s{0,5}[\"']([^\"']{0,200})"
)
_ALGORITHM = re.compile(
    rb"<(?:[\w.-]{1,40}:)?(?:SignatureMethod|DigestMethod|CanonicalizationMethod)\s[^>]{0,200}?"
    rb"Algorithm\s{0,5}=\s{0,5}[\"']([^\"']{0,200})"
)
_SHAPE = re.compile(rb"<(?P<end>/?)(?P<name>[\w:.-]{1,100})(?P<attributes>[^<>]{0,2000}?)(?P<empty>/?)>")
_REFERENCE = re.compile(
    rb"<Reference URI=\"/([^\"?]{0,200})\?ContentType=([^\"]{0,200})\">.{0,4000}?<DigestValue>([^<]{0,100})<",
    re.DOTALL,
)
_KEY_INFO = re.compile(rb"<X509Certificate>([^<]{0,8000})<")
_DEEPEST = 100
_OBJECTS = (b"idPackageObject", b"idOfficeObject", b"idSignedProperties")


def diagnose(part: bytes, due: Sequence[Reference], signer: bytes) -> str:
    """The reason code for a signature part that is not the one these references deserve."""
    if b"<!" in part:
        return "workbook_declaration"
    if len(_SIGNED_INFO.findall(part)) > 1:
        return "workbook_second_signed_info"
    if set(_TRANSFORM.findall(part)) - {one.encode() for one in TRANSFORMS} or b"xslt" in part.lower():
        return "workbook_transform"
    if set(_ALGORITHM.findall(part)) - {one.encode() for one in ALGORITHMS}:
        return "workbook_algorithm"
    if any(count > 1 for count in Counter(_IDS.findall(part)).values()):
        return "workbook_duplicate_id"
    if _is_moved(part):
        return "workbook_moved_object"
    return _about_parts(part, due, signer)


def _is_moved(part: bytes) -> bool:
    """Whether a signed element stands deeper, or elsewhere, than it should."""
    expected = {
        b"idPackageObject": [b"Signature"],
        b"idOfficeObject": [b"Signature"],
        b"idSignedProperties": [b"Signature", b"Object", b"xd:QualifyingProperties"],
    }
    places = _places(part)
    return any(name in places and places[name] != expected[name] for name in _OBJECTS)


def _places(part: bytes) -> dict[bytes, list[bytes]]:
    """The open elements around each signed element."""
    found: dict[bytes, list[bytes]] = {}
    opened: list[bytes] = []
    for match in _SHAPE.finditer(part):
        for name in _OBJECTS:
            if b'Id="%b"' % name in match["attributes"]:
                found[name] = list(opened)
        if match["end"]:
            if opened:
                opened.pop()
        elif not match["empty"]:
            opened.append(match["name"])
        if len(opened) > _DEEPEST:
            break
    return found


def _about_parts(part: bytes, due: Sequence[Reference], signer: bytes) -> str:
    """What the references say: parts left out, parts changed; else another signer, or another spelling."""
    listed = {(name.decode("utf-8", "replace")): digest for name, _kind, digest in _REFERENCE.findall(part)}
    expected = {one.part: base64.b64encode(one.digest) for one in due}
    if set(listed) != set(expected):
        return "workbook_not_covered"
    if listed != expected:
        return "workbook_changed"
    named = _KEY_INFO.search(part)
    is_other = named is not None and named[1] != base64.b64encode(signer)
    return "workbook_other_signer" if is_other else "workbook_signature_form"
