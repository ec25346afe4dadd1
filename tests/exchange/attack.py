"""What an attack is (攻击样本): a hostile file, the reasons it must earn, and how it is made."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.domain.verdict import VerdictWord
from services.ports.exchange import TrustMaterial
from tests.exchange.world import World

EVIDENCE, PAYLOAD, MANIFEST, SIGNATURE = 2, 1, -2, -1
ALTERED, INVALID = VerdictWord.ALTERED, VerdictWord.INVALID_SIGNATURE
OPEN, NOTED = VerdictWord.CANNOT_JUDGE, VerdictWord.VALID_WITH_NOTES


@dataclass(frozen=True)
class Attack:
    """One hostile file: what it is, the reasons it must earn, and how it is made."""

    name: str
    codes: frozenset[str]
    word: VerdictWord
    make: Callable[[World, Path], bytes]
    trust: Callable[[World, Path], TrustMaterial] = field(default=lambda world, _folder: world.trust)


def attack(name: str, code: str, word: VerdictWord, make: Callable[..., bytes], **options: Any) -> Attack:
    """An attack whose maker needs the world alone or also a folder."""
    takes_folder = len(inspect.signature(make).parameters) == 2
    return Attack(
        name, frozenset(code.split()), word, make if takes_folder else lambda w, _f: make(w), **options
    )
