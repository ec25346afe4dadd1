"""One rule of a kit as a line people read and change (规定): what it is, its value in words, and how to write it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.domain.kit import ParameterKit

Read = Callable[[ParameterKit], str]
Write = Callable[[ParameterKit, str], ParameterKit]
Choices = Callable[[ParameterKit], tuple[str, ...]]


def _free(_kit: ParameterKit) -> tuple[str, ...]:
    """Anything may be typed."""
    return ()


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """How a rule is read and written (规定的读写).

    `write` raises InputError when the text does not fit; `choices` are the only texts allowed, none where any text is.
    `is_there` hides a rule that makes no sense in a kit.
    """

    group: str
    label: str
    unit: str
    read: Read
    write: Write
    choices: Choices = _free
    is_there: Callable[[ParameterKit], bool] = lambda _kit: True
    hint: str = ""


@dataclass(frozen=True, slots=True)
class KitRule:
    """A rule of one kit (规定): `text` as people read and type it, "" where nothing is ruled."""

    spec: RuleSpec
    text: str
    choices: tuple[str, ...]

    @property
    def label(self) -> str:
        """What the rule is about."""
        return self.spec.label
