"""A package judged but for its answers (验签完、内容待审): what a strict reading yields before forms are looked into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from exchange.reasons import REASONS, Fact, word_of
from models.domain.verdict import Judgement, Reason, Verdict


@dataclass(frozen=True, slots=True)
class ReadPackage:
    """Implements the port PackageRead (读取结果).

    `bare` is the judgement if nobody asks about the answers. `content` is the parsed payload, `place` how many reasons
    stand before those about the answers, None where an earlier stage leaves no sense to that question.
    """

    bare: Judgement
    content: dict[str, object] | None = None
    place: int | None = None
    reached: frozenset[Fact] = frozenset()

    @property
    def payload(self) -> dict[str, object] | None:
        """What the answers are looked into, None where they are not."""
        return None if self.place is None else self.content

    def answered(self, found: Sequence[Reason]) -> Judgement:
        """The whole judgement, with the reasons found in the answers at their place."""
        if not found:
            return self.bare
        told, place = self.bare.verdict.reasons, self.place or 0
        verdict = verdict_of((*told[:place], *found, *told[place:]), self.reached)
        is_sound = verdict.intact and verdict.authentic
        return replace(self.bare, verdict=verdict, payload=self.content if is_sound else None)


def refused_file(file_name: str, reasons: Sequence[Reason], size: int = 0) -> ReadPackage:
    """What is known of a file that could not even be opened as a package."""
    return ReadPackage(Judgement(file_name, verdict_of(reasons, frozenset()), size=size))


def verdict_of(reasons: Iterable[Reason], reached: frozenset[Fact]) -> Verdict:
    """The verdict of reasons, each told once: a fact holds when its stage was reached and no reason denies it."""
    told = tuple(dict.fromkeys(reasons))
    return _verdict_of(told, reached) if told else _clean(reached)


def _verdict_of(told: tuple[Reason, ...], reached: frozenset[Fact]) -> Verdict:
    """The same for reasons of which none stands twice."""
    denied = {REASONS[item.code].fact for item in told}
    holds = {fact: fact in reached and fact not in denied for fact in Fact}
    return Verdict(
        word=word_of(told),
        intact=holds[Fact.INTACT],
        authentic=holds[Fact.AUTHENTIC],
        trusted=holds[Fact.TRUSTED],
        complete=holds[Fact.COMPLETE],
        supported=holds[Fact.SUPPORTED],
        reasons=told,
    )


@lru_cache(maxsize=64)
def _clean(reached: frozenset[Fact]) -> Verdict:
    """The verdict where nothing speaks against a package."""
    return _verdict_of((), reached)
