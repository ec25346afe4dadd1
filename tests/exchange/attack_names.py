"""Attacks 4, 5, 7, 8: names that lead elsewhere or look like others."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.exchange.attack import (
    ALTERED,
    EVIDENCE,
    Attack,
    attack,
)
from tests.exchange.rawzip import with_entry, with_extra
from tests.exchange.world import (
    EVIDENCE_NAME,
    World,
)


def names() -> Iterator[Attack]:
    """4, 5, 7, 8: names that lead elsewhere or look like others."""
    cases = {
        "name_path": [
            b"evidence/../../x.txt", b"../x.txt", b"/etc/cron.d/x", b"C:/x.txt", b"C:x.txt", b"evidence\\x.txt",
            b"evidence/./x.txt", b"evidence//x.txt", b"evidence/..",
        ],
        "name_characters": [
            b"evidence/a\0.txt", "evidence/\u202etxt.exe".encode(), "evidence/a\u200b.txt".encode(),
            "evidence/e\u0301.txt".encode(), "证据.txt".encode("gbk"), b"evidence/a b.txt", b"evidence/" + b"a" * 200, b"",
            b"evidence/a\x1b[31m.txt", b"evidence/a\r\n.txt",
        ],
        "name_reserved": [
            b"evidence/CON", b"evidence/nul.txt", b"evidence/Com1.pdf", b"evidence/lpt9", b"aux/x.txt", b"evidence/a.txt.",
            b"evidence/a.txt ", b"evidence./a.txt",
        ],
    }  # fmt: skip
    numbers = {"name_path": 4, "name_characters": 5, "name_reserved": 5}
    for code, raws in cases.items():
        for raw in raws:
            yield attack(
                f"{numbers[code]} {raw[:30]!r}",
                code,
                ALTERED,
                _with_name(raw),
            )
    yield attack(
        "7 duplicate entry", "name_duplicate", ALTERED, lambda w: with_extra(w.unit, EVIDENCE_NAME.encode())
    )
    yield attack("7 second payload", "name_duplicate", ALTERED, lambda w: with_extra(w.unit, b"payload.json"))
    yield attack(
        "8 equal but for case",
        "name_case",
        ALTERED,
        lambda w: with_extra(w.unit, EVIDENCE_NAME.replace(".txt", ".TXT").encode()),
    )
    yield attack(
        "8 second manifest",
        "name_case",
        ALTERED,
        lambda w: with_extra(w.unit, b"meta-inf/asicmanifest001.xml"),
    )


def _with_name(raw: bytes) -> Callable[[World], bytes]:
    return lambda world: with_entry(world.unit, EVIDENCE, name=raw)
