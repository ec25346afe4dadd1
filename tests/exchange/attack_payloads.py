"""Attack 22: JSON with surprises, signed by somebody who can."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from models.domain.canonical_json import canonical_json
from tests.exchange.attack import (
    ALTERED,
    Attack,
    attack,
)
from tests.exchange.rawzip import seal
from tests.exchange.world import (
    World,
    filing,
    submission,
)


def payloads() -> Iterator[Attack]:
    """22: JSON with surprises, signed by somebody who can."""

    def payload(content: bytes) -> Callable[[World], bytes]:
        return lambda world: seal(world.unit, payload=content)

    def number(text: str) -> bytes:
        return canonical_json(submission()).replace(b'"number":1', f'"number":{text}'.encode())

    good = canonical_json(submission())
    texts = {
        "payload_number": {
            "NaN": number("NaN"), "infinity": number("-Infinity"), "1e999": number("1e999"), "fraction": number("1.5"),
            "100k digits": number("9" * 100_000), "19 digits": number("9" * 19),
        },
        "payload_depth": {
            "depth 100k": b"[" * 100_000 + b"]" * 100_000, "objects 100k deep": b'{"a":' * 100_000,
            "depth 40": good.replace(b'"answers":{', b'"answers":{"a":' + b"[" * 40 + b"]" * 40 + b","),
        },
        "payload_duplicate_key": {"duplicate key": good.replace(b'"number":1', b'"number":1,"number":2')},
        "payload_encoding": {
            "BOM": b"\xef\xbb\xbf" + good, "GBK": json.dumps(submission(), ensure_ascii=False).encode("gbk"),
            "UTF-16": good.decode().encode("utf-16"), "lone surrogate": good.replace(b'"k-1"', b'"\\ud800"'),
            "encoded surrogate": good.replace(b'"k-1"', b'"\xed\xa0\x80"'), "overlong": good.replace(b'"k-1"', b'"\xc0\xaf"'),
        },
        "payload_syntax": {
            "empty": b"", "two values": good + b"{}", "trailing comma": good[:-1] + b",}", "raw newline": good.replace(b"k-1", b"k\n1"),
            "NUL": good + b"\0", "single quotes": good.replace(b'"', b"'"),
        },
        "payload_not_canonical": {
            "blanks": json.dumps(submission(), ensure_ascii=False, sort_keys=True).encode(),
            "other order": json.dumps(dict(reversed(submission().items())), ensure_ascii=False, separators=(",", ":")).encode(),
            "escapes": json.dumps(submission(), sort_keys=True, separators=(",", ":")).encode(),
            "minus nought": number("-0"), "final newline": good + b"\n",
        },
        "payload_type": {
            "bool as int": number("true"), "bool in a filing": canonical_json(submission(filings=[filing(version=True)])),
            "list on top": b"[]", "text on top": b'"x"', "number as text": canonical_json(submission(number="1")),
            "key missing": good.replace(b'"number":1,', b""), "amount of filings": canonical_json(submission(filings=[])),
            "invisible name": canonical_json(submission(unit_name="a\u202eb")), "impossible year": canonical_json(submission(working_year=99)),
        },
    }  # fmt: skip
    for code, cases in texts.items():
        for name, content in cases.items():
            assert content != good, name
            yield attack(f"22 {name}", code, ALTERED, payload(content))
