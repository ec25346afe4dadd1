"""Evidence inside a package (随附佐证材料检查): what the payload lists and what the package carries are the same.

The manifest already binds every member's bytes to the signature; here the words about them are held
against the members, so that no file stands in a package nobody spoke of, none is missing that was
spoken of, and none is a program in a document's clothes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from exchange.names import member_label
from exchange.reasons import reason
from models.domain.evidence import FOLDER, is_executable, member_name
from models.domain.verdict import Reason

_FIELDS: Mapping[str, type] = {
    "place": str,
    "name": str,
    "member": str,
    "size": int,
    "sha256": str,
    "note": str,
}
_MAX_TEXT = 200
_DIGEST = re.compile(r"[0-9a-f]{64}")
_PLACE = re.compile(r"(?:[a-z][a-z0-9_]{0,60}\[[^\[\]]{1,64}\])?")


def is_evidence_list(value: Any) -> bool:
    """Whether a filing's `evidence` is built as the format says; no file stands twice at one place by one name."""
    if not isinstance(value, list) or not all(_is_entry(item) for item in value):
        return False
    keys = {(item["place"], item["name"]) for item in value}
    return len(keys) == len(value)


def evidence_reasons(
    payload: Mapping[str, Any], digests: Mapping[str, bytes], sizes: Mapping[str, int]
) -> list[Reason]:
    """Reasons against the evidence of a well-formed payload; `digests` (SHA-256) and `sizes` by member name."""
    listed: dict[str, None] = {}
    found: list[Reason] = []
    for item in listed_evidence(payload):
        name, member = item["name"], item["member"]
        listed[member] = None
        where = f"佐证材料“{name}”"
        if is_executable(name):
            found.append(reason("evidence_kind", where))
        elif member not in digests:
            found.append(reason("evidence_missing", where))
        elif _is_other(item, digests[member].hex(), sizes[member]):
            found.append(reason("evidence_differs", where))
    found += [
        reason("evidence_unlisted", member_label(name))
        for name in digests
        if name.startswith(FOLDER) and name not in listed
    ]
    return list(dict.fromkeys(found))


def listed_evidence(payload: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every piece of evidence the filings of a payload list."""
    for filing in payload.get("filings") or ():
        if isinstance(filing, Mapping):
            yield from filing.get("evidence") or ()


def _is_other(item: Mapping[str, Any], digest: str, size: int) -> bool:
    """Whether a member is not the file that is listed, or stands under a name that is not its own."""
    right = member_name(item["name"], item["sha256"])
    return bool(item["sha256"] != digest or item["size"] != size or item["member"] != right)


def _is_entry(item: Any) -> bool:
    """One listed file: exactly the keys of the format, harmless texts, a digest, a whole number of bytes."""
    if not isinstance(item, dict) or set(item) != set(_FIELDS):
        return False
    if not all(type(item[key]) is kind for key, kind in _FIELDS.items()):
        return False
    texts = [item[key] for key in ("name", "member", "note", "place")]
    return (
        all(len(text) <= _MAX_TEXT and text.isprintable() for text in texts)
        and bool(item["name"].strip())
        and not set(item["name"]) & set("/\\")
        and item["size"] > 0
        and _DIGEST.fullmatch(item["sha256"]) is not None
        and _PLACE.fullmatch(item["place"]) is not None
    )
