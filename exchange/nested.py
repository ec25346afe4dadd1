"""Packages inside a department's package (下级单位报送文件): what its payload lists and what it carries are the same.

A department's package carries its units' own packages byte for byte. Here only the outside of each is looked at:
that it is listed, is the file that was listed, bears a plain name and is within bounds. Whether it is sound is judged
as if it had come alone, by whoever takes it in; it never carries further packages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from exchange.limits import ReadingLimits
from exchange.names import member_label
from exchange.reasons import reason
from models.domain.message import NESTED_FOLDER, MessageType
from models.domain.review import ReviewOutcome
from models.domain.verdict import Reason

_PACKAGE: Mapping[str, type] = {"member": str, "size": int, "sha256": str}
_TEXTS = ("member", "filing_id", "outcome", "decided_by", "decided_at", "grade", "points", "conclusion")
_DECISION = frozenset({*_TEXTS, "opinion", "version", "submitted_fen", "approved_fen"})
_MAX_TEXT, _MAX_OPINION = 200, 2000
_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(rf"{NESTED_FOLDER}[A-Za-z0-9][A-Za-z0-9._-]*\.asice")


def department_fault(payload: Mapping[str, Any]) -> str | None:
    """What is not built as the format says in a department's lists, as the item it concerns; None when all is."""
    packages, decisions = payload.get("packages"), payload.get("decisions")
    if not isinstance(packages, list) or not packages or not all(map(_is_package, packages)):
        return "下级单位报送文件"
    members = {item["member"] for item in packages}
    if len(members) != len(packages):
        return "下级单位报送文件"
    if not isinstance(decisions, list) or not all(_is_decision(item, members) for item in decisions):
        return "主管部门审核意见"
    places = {(item["member"], item["filing_id"], item["version"]) for item in decisions}
    return None if len(places) == len(decisions) else "主管部门审核意见"


def _is_package(item: Any) -> bool:
    """One listed package: exactly the keys of the format."""
    return (
        isinstance(item, dict)
        and set(item) == set(_PACKAGE)
        and all(type(item[key]) is kind for key, kind in _PACKAGE.items())
        and item["size"] > 0
        and _DIGEST.fullmatch(item["sha256"]) is not None
    )


def _is_decision(item: Any, members: set[str]) -> bool:
    """One decision: exactly the keys of the format, on a filing of a listed package."""
    if not isinstance(item, dict) or set(item) != _DECISION:
        return False
    texts = [item[key] for key in _TEXTS]
    if not all(isinstance(text, str) and len(text) <= _MAX_TEXT and text.isprintable() for text in texts):
        return False
    amounts = (item["submitted_fen"], item["approved_fen"])
    return (
        item["member"] in members
        and bool(item["filing_id"] and item["decided_by"].strip())
        and item["outcome"] in set(ReviewOutcome)
        and isinstance(item["opinion"], str)
        and len(item["opinion"]) <= _MAX_OPINION
        and type(item["version"]) is int
        and item["version"] > 0
        and all(amount is None or type(amount) is int for amount in amounts)
        and _is_moment(item["decided_at"])
    )


def _is_moment(text: str) -> bool:
    """An ISO moment with its time zone."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def nested_reasons(
    payload: Mapping[str, Any], digests: Mapping[str, bytes], sizes: Mapping[str, int], limits: ReadingLimits
) -> list[Reason]:
    """Reasons against what stands under `packages/`; `digests` (SHA-256) and `sizes` by member name."""
    carried = [name for name in digests if name.startswith(NESTED_FOLDER)]
    if payload["message_type"] != MessageType.DEPARTMENT_SUBMISSION:
        return [reason("nested_unlisted", member_label(carried[0]))] if carried else []
    if max(len(carried), len(payload["packages"])) > limits.nested_packages:
        return [reason("nested_too_many", detail=f"最多{limits.nested_packages}份")]
    listed = {item["member"]: item for item in payload["packages"]}
    found = [reason("nested_name", _label(name)) for name in (*listed, *carried) if not _NAME.fullmatch(name)]
    found += [reason("nested_unlisted", _label(name)) for name in carried if name not in listed]
    seen: dict[str, str] = {}
    for name, item in listed.items():
        if name not in digests:
            found.append(reason("nested_missing", _label(name)))
        elif item["sha256"] != digests[name].hex() or item["size"] != sizes[name]:
            found.append(reason("nested_differs", _label(name)))
        elif seen.setdefault(item["sha256"], name) != name:
            found.append(reason("nested_twice", _label(name)))
        elif sizes[name] > limits.nested_bytes:
            megabytes = limits.nested_bytes // (1024 * 1024)
            found.append(reason("nested_too_large", _label(name), f"最大{megabytes}MB"))
    return list(dict.fromkeys(found))


def _label(name: str) -> str:
    """A listed package as people know it; a hostile name made fit for a sentence."""
    plain = "".join(c if "!" <= c <= "~" else "?" for c in name.removeprefix(NESTED_FOLDER)[:80])
    return f"下级单位报送文件“{plain}”"
