"""Kinds of reasons (原因种类): which verdict and which fact an entry of the closed list stands for."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from models.domain.verdict import VerdictWord


class Fact(enum.StrEnum):
    """Which separate fact of a verdict a reason denies (结论的各项事实); NONE for mere notes."""

    INTACT = "intact"
    AUTHENTIC = "authentic"
    TRUSTED = "trusted"
    COMPLETE = "complete"
    SUPPORTED = "supported"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ReasonKind:
    """One entry of the list (原因条目): what is wrong and what to do, without the place."""

    code: str
    word: VerdictWord
    fact: Fact
    what: str
    remedy: str


RESEND = "不能接收，请让对方重新生成并直接交来"
RESEAL = "不能接收，请让对方核对签名证书后重新生成"
UPDATE = "请先更新本程序，再接收这份文件"


def altered(code: str, what: str, remedy: str = RESEND) -> ReasonKind:
    """The bytes are not what was sealed (内容被改动)."""
    return ReasonKind(code, VerdictWord.ALTERED, Fact.INTACT, what, remedy)


def forged(code: str, what: str, remedy: str = RESEAL, fact: Fact = Fact.AUTHENTIC) -> ReasonKind:
    """The signature or its certificate does not hold (签名无效)."""
    return ReasonKind(code, VerdictWord.INVALID_SIGNATURE, fact, what, remedy)


def undecided(code: str, fact: Fact, what: str, remedy: str) -> ReasonKind:
    """Nothing can be said yet (无法判断)."""
    return ReasonKind(code, VerdictWord.CANNOT_JUDGE, fact, what, remedy)


def noted(code: str, what: str, remedy: str, fact: Fact = Fact.NONE) -> ReasonKind:
    """Acceptable with a note (有效但有提示)."""
    return ReasonKind(code, VerdictWord.VALID_WITH_NOTES, fact, what, remedy)
