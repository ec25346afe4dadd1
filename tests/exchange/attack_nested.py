"""Attack 27: units' packages in a department's that are not what its payload says of them, signed by the department."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.domain.canonical_json import canonical_json
from models.domain.message import MessageType
from services.ports.exchange import SignerRole, Subject
from tests.exchange.attack import ALTERED, INVALID, OPEN, Attack, attack
from tests.exchange.rawzip import seal
from tests.exchange.world import NOW, UNIT, World, filing, head, make_unit, submission

_INNER, _OTHER = b"PK the first unit's package", b"PK the second unit's package"
_NAME = "packages/990001001_2026_submission_1_0a1b2c3d.asice"
_SECOND = "packages/990001002_2026_submission_1_0a1b2c3d.asice"
DEPARTMENT = Subject("赵六", "990100", "示例县教育局", SignerRole.DEPARTMENT)


def department_submission(packages: Any, decisions: Any = (), **changes: Any) -> dict[str, Any]:
    """A department's payload."""
    own = {"unit_code": DEPARTMENT.unit_code, "unit_name": DEPARTMENT.unit_name, **changes}
    lists = {"packages": packages, "decisions": list(decisions)}
    return head(MessageType.DEPARTMENT_SUBMISSION, **lists, **own)


def entry(member: str, content: bytes, **changes: Any) -> dict[str, Any]:
    """A package as it is listed."""
    return {
        "member": member,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        **changes,
    }


def opinion(**changes: Any) -> dict[str, Any]:
    """A department's decision on a form of the first package."""
    texts = {"grade": "", "points": "", "conclusion": "", "submitted_fen": None, "approved_fen": None}
    said = {"member": _NAME, "filing_id": "f-1", "version": 1, "outcome": "pass", "opinion": "同意上报。"}
    return {**said, "decided_by": "孙立", "decided_at": NOW.isoformat(), **texts, **changes}


def department_key(world: World, folder: Path) -> Any:
    """The department's key with a certificate of the county's root."""
    return make_unit(folder / "department", DEPARTMENT, world.root)


def nested() -> Iterator[Attack]:
    """27: altered, unlisted, missing, doubled, misnamed and too many packages; malformed lists; the wrong signer."""
    good, second = entry(_NAME, _INNER), entry(_SECOND, _OTHER)
    here = {_NAME: _INNER}

    def tried(name: str, code: str, word: Any, payload: dict[str, Any], members: dict[str, bytes]) -> Attack:
        def make(world: World, folder: Path) -> bytes:
            key = department_key(world, folder)
            return seal(key, payload=canonical_json(payload), members=members)

        return attack(f"27 {name}", code, word, make)

    listed = department_submission([good])
    yield tried("altered", "nested_differs", ALTERED, listed, {_NAME: _OTHER})
    yield tried("size that lies", "nested_differs", ALTERED,
                department_submission([{**good, "size": 3}]), here)  # fmt: skip
    yield tried("unlisted", "nested_unlisted", ALTERED, listed, {**here, _SECOND: _OTHER})
    yield tried("missing", "nested_missing", ALTERED, department_submission([good, second]), here)
    yield tried("twice under two names", "nested_twice", ALTERED,
                department_submission([good, entry(_SECOND, _INNER)]), {**here, _SECOND: _INNER})  # fmt: skip
    for name in ("packages/a.exe", "packages/a.asice.zip", "packages/A.ASICE"):
        yield tried(f"named {name}", "nested_name", ALTERED,
                    department_submission([entry(name, _INNER)]), {name: _INNER})  # fmt: skip
    many = {f"packages/{number:04}.asice": f"{number}".encode() for number in range(1001)}
    yield tried("too many", "nested_too_many", OPEN,
                department_submission([entry(name, content) for name, content in many.items()]), many)  # fmt: skip
    for name, packages, decisions in _MALFORMED:
        yield tried(f"malformed: {name}", "payload_type", ALTERED,
                    department_submission(packages or [good], decisions), here)  # fmt: skip
    yield attack("27 in a unit's own package", "nested_unlisted", ALTERED,
                 lambda w: seal(w.unit, payload=canonical_json(submission()), members=here))  # fmt: skip
    own = department_submission([good], unit_code=UNIT.unit_code)
    yield attack("27 signed by a unit", "wrong_role", INVALID,
                 lambda w: seal(w.unit, payload=canonical_json(own), members=here))  # fmt: skip
    yield tried("in another department's name", "unit_mismatch", INVALID,
                department_submission([good], unit_code="990200"), here)  # fmt: skip


_MALFORMED: list[tuple[str, Any, list[Any]]] = [
    ("no list", {"a": 1}, []),
    ("a key more", [{**entry(_NAME, _INNER), "note": ""}], []),
    ("a size in words", [{**entry(_NAME, _INNER), "size": "27"}], []),
    ("listed twice", [entry(_NAME, _INNER), entry(_NAME, _INNER)], []),
    ("opinion on nothing enclosed", None, [opinion(member=_SECOND)]),
    ("unknown outcome", None, [opinion(outcome="approved")]),
    ("version zero", None, [opinion(version=0)]),
    ("amount as text", None, [opinion(submitted_fen="1")]),
    ("amount true", None, [opinion(approved_fen=True)]),
    ("no moment", None, [opinion(decided_at="2026-09-01")]),
    ("an opinion too long", None, [opinion(opinion="同" * 2001)]),
    ("two opinions on one form", None, [opinion(), opinion(outcome="return")]),
    ("a key too few", None, [{"member": _NAME}]),
    ("filings instead", None, [filing()]),
]
