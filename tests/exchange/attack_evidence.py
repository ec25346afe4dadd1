"""Attack 26: evidence that is not what the payload says of it, signed by somebody who can."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from models.domain.canonical_json import canonical_json
from models.domain.message import MessageType
from tests.exchange.attack import ALTERED, Attack, attack
from tests.exchange.rawzip import seal
from tests.exchange.world import World, head, listed, with_evidence

_PHOTO, _OTHER = b"\xff\xd8 photograph", b"\xff\xd8 another one"
_ROW = "indicators[r1]"


def evidence() -> Iterator[Attack]:
    """26: unlisted, missing, exchanged, disguised and malformed evidence."""
    good = listed("现场.jpg", _PHOTO, _ROW)
    member = good["member"]

    def given(items: list[Any], members: dict[str, bytes]) -> Callable[[World], bytes]:
        return lambda world: seal(world.unit, payload=canonical_json(with_evidence(*items)), members=members)

    def tried(name: str, code: str, items: list[Any], members: dict[str, bytes]) -> Attack:
        return attack(f"26 {name}", code, ALTERED, given(items, members))

    here = {member: _PHOTO}
    yield tried("unlisted", "evidence_unlisted", [], here)
    yield tried(
        "unlisted beside a listed one", "evidence_unlisted", [good], {**here, "evidence/zz.pdf": b"x"}
    )
    yield tried("missing", "evidence_missing", [good], {})
    yield tried("missing for its second name", "evidence_missing", [good, listed("合同.pdf", _PHOTO)], here)
    yield tried("exchanged", "evidence_differs", [good], {member: _OTHER})
    yield tried("size that lies", "evidence_differs", [{**good, "size": 5}], here)
    yield tried("digest that lies", "evidence_differs", [{**good, "sha256": "0" * 64}], here)
    yield tried(
        "foreign member name",
        "evidence_differs",
        [{**good, "member": "evidence/a.jpg"}],
        {"evidence/a.jpg": _PHOTO},
    )
    yield tried("payload as evidence", "evidence_differs", [{**good, "member": "payload.json"}], {})
    yield attack("26 in a message without filings", "evidence_unlisted", ALTERED,
                 lambda w: seal(w.self_signed_unit, payload=canonical_json(head(MessageType.REGISTRATION_REQUEST)), members=here))  # fmt: skip
    for name in ("打开.exe", "照片.jpg.scr", "宏.xlsm", "x.LNK", "说明.htm", "表.exe. "):
        bad = listed(name, b"MZ")
        yield tried(f"a program named {name}", "evidence_kind", [bad], {bad["member"]: b"MZ"})
    for name, change in _MALFORMED.items():
        item = {**good, **change} if isinstance(change, dict) else change
        yield tried(f"malformed: {name}", "payload_type", [item], here)
    short = {key: value for key, value in good.items() if key != "note"}
    yield tried("malformed: key missing", "payload_type", [short], here)
    yield tried("malformed: twice", "payload_type", [good, good], here)
    yield attack("26 malformed: no list", "payload_type", ALTERED, lambda w: seal(
        w.unit, payload=canonical_json(_whole({"a": 1})), members={}))  # fmt: skip


def _whole(value: Any) -> dict[str, Any]:
    """A submission whose filing's evidence is anything."""
    payload = with_evidence()
    payload["filings"][0]["evidence"] = value
    return payload


_MALFORMED: dict[str, Any] = {
    "no object": "照片.jpg",
    "another key": {"path": "C:/x"},
    "size as text": {"size": "19"},
    "size as yes": {"size": True},
    "no bytes": {"size": 0},
    "digest in capitals": {"sha256": "A" * 64},
    "short digest": {"sha256": "a" * 63},
    "no name": {"name": " "},
    "name with a path": {"name": "../现场.jpg"},
    "name with a backslash": {"name": "a\\b.jpg"},
    "name with a line break": {"name": "a\nb.jpg"},
    "name turned round": {"name": "gpj.\u202eexe"},
    "name without end": {"name": "长" * 201},
    "note with a bell": {"note": "\a"},
    "place out of nowhere": {"place": "indicators[r1].third_level"},
    "place with markup": {"place": "indicators[<b>][x]"},
}
