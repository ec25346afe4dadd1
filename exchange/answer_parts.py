"""A judgement as it travels between two processes (验看答复的写法): plain texts and numbers, and the payload as JSON.

Records written by themselves name their kind and are looked up again on the other side, one by one, which took longer
than everything they hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from exchange.read_package import ReadPackage
from exchange.reasons import Fact
from models.domain.verdict import Judgement, Reason, SignerInfo, Verdict, VerdictWord
from services.ports.judging_ahead import ReadAhead

Parts = tuple[Any, ...]
_Told = tuple[tuple[str, str], ...]
"""Reasons as codes and sentences."""


def taken_apart(ahead: ReadAhead) -> Parts | None:
    """What `put_together` makes the same of again; None where a text in it cannot be written."""
    read = ahead.read
    if not isinstance(read, ReadPackage):
        return None
    content, payload = _spelled(read.content), read.bare.payload
    if content is None or (payload is not None and payload is not read.content):
        return None
    return (
        *_of_judgement(read.bare),
        payload is not None,
        content,
        read.place,
        tuple([fact.value for fact in read.reached]),
        _told(ahead.reasons),
        ahead.found,
    )


def _spelled(content: dict[str, object] | None) -> bytes | None:
    """The payload as JSON, b"" for none; None where it holds what JSON cannot, such as half a character."""
    import orjson  # no start needs it

    try:
        return b"" if content is None else orjson.dumps(content)
    except TypeError:
        return None


def _of_judgement(bare: Judgement) -> Parts:
    """Verdict, head, digests, signers and members, in the order `_judgement` takes them."""
    verdict = bare.verdict
    flags = (verdict.intact, verdict.authentic, verdict.trusted, verdict.complete, verdict.supported)
    signers = [
        (one.name, one.unit, one.role, one.fingerprint, one.signing_time and one.signing_time.isoformat())
        for one in bare.signers
    ]
    return (
        bare.file_name,
        (verdict.word.value, flags, _told(verdict.reasons)),
        (bare.message_type, bare.unit_code, bare.manifest_sha256, bare.payload_sha256, bare.size),
        signers,
        (bare.certificate_der, bare.countersigner_der, bare.members),
    )


def put_together(parts: Parts) -> ReadAhead:
    """What was taken apart."""
    import orjson  # no start needs it

    file_name, verdict, head, signers, rest, has_payload, content, place, reached, told, found = parts
    payload = orjson.loads(content) if content else None
    message_type, unit_code, manifest_sha256, payload_sha256, size = head
    bare = Judgement(
        file_name,
        _verdict(*verdict),
        message_type,
        unit_code,
        payload if has_payload else None,
        manifest_sha256,
        payload_sha256,
        size,
        tuple([_signer(*one) for one in signers]),
        *rest,
    )
    return ReadAhead(ReadPackage(bare, payload, place, _facts(reached)), _reasons(told), found)


def _told(reasons: Iterable[Reason]) -> _Told:
    return tuple([(one.code, one.message) for one in reasons])


def _reasons(told: _Told) -> tuple[Reason, ...]:
    return tuple([Reason(code, message) for code, message in told])


@lru_cache(maxsize=64)
def _verdict(word: str, flags: tuple[bool, bool, bool, bool, bool], told: _Told) -> Verdict:
    """A verdict; nearly all packages have the same one."""
    return Verdict(VerdictWord(word), *flags, _reasons(told))


@lru_cache(maxsize=64)
def _facts(reached: tuple[str, ...]) -> frozenset[Fact]:
    return frozenset(map(Fact, reached))


def _signer(name: str, unit: str, role: str, fingerprint: str, signed_at: str | None) -> SignerInfo:
    time = datetime.fromisoformat(signed_at) if signed_at else None
    return SignerInfo(name, unit, role, fingerprint, time)
