"""A judgement that travels between processes comes home as it went, whatever its texts hold."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, datetime

from exchange.answer_parts import taken_apart
from exchange.judging_worker import Answer, spelled
from exchange.read_package import ReadPackage
from exchange.reasons import Fact, reason
from models.domain.verdict import Judgement, SignerInfo, Verdict, VerdictWord
from services.ports.judging_ahead import ReadAhead

_PAYLOAD: dict[str, object] = {"unit_code": "820001", "filings": [{"answers": {"a_fen": 10**17, "b": None}}]}
_BARE = Judgement(
    "报送.asice",
    Verdict(VerdictWord.VALID_WITH_NOTES, True, True, True, True, True, (reason("evidence_not_enclosed"),)),
    "submission",
    "820001",
    _PAYLOAD,
    "ab" * 32,
    "cd" * 32,
    105_641,
    (SignerInfo("张三", "示例县", "预算单位", "WQCA", datetime(2026, 11, 21, 17, 36, 14, tzinfo=UTC)),),
    b"0\x82",
    b"",
    ("manifest.json", "payload.json"),
)
_READ = ReadPackage(_BARE, _PAYLOAD, 1, frozenset({Fact.INTACT, Fact.COMPLETE}))


def _home(read: ReadPackage) -> ReadPackage:
    """What the other side reads."""
    ahead = ReadAhead(read, (reason("blocking_findings"),), {"found": (1, "二")})
    answer: Answer = pickle.loads(spelled(Answer(ahead, (105_641, 7))))
    assert (answer.stamp, answer.ahead.reasons, answer.ahead.found) == (
        (105_641, 7),
        ahead.reasons,
        ahead.found,
    )
    assert isinstance(answer.ahead.read, ReadPackage)
    return answer.ahead.read


def test_everything_comes_home() -> None:
    home = _home(_READ)
    assert home == _READ
    assert home.bare.payload is home.content
    assert home.answered(()) == _READ.answered(())


def test_a_refused_package_has_no_payload() -> None:
    refused = ReadPackage(
        replace(_BARE, payload=None, signers=(replace(_BARE.signers[0], signing_time=None),))
    )
    assert _home(refused) == refused
    altered = replace(_READ, bare=replace(_BARE, payload=None))
    assert _home(altered) == altered


def test_half_a_character_travels_all_the_same() -> None:
    odd = dict(_PAYLOAD, name="\ud800")
    read = replace(_READ, bare=replace(_BARE, payload=odd), content=odd)
    assert taken_apart(ReadAhead(read)) is None
    assert _home(read) == read
