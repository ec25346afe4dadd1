"""Hardware tokens as services see them (UKey 接口，PKCS#11); implemented in `exchange`.

A token keeps the private key and signs inside; what leaves it are signatures and what is public. The PIN is
handed in where it is needed and kept nowhere.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from services.ports.exchange import CertificateInfo


class PinState(enum.Enum):
    """How near a token's PIN is to being locked (PIN 码状态), as far as the token says so."""

    FINE = "fine"
    FEW_LEFT = "few_left"
    LAST_TRY = "last_try"
    LOCKED = "locked"

    @property
    def warning(self) -> str:
        """One sentence for people, "" when nothing is wrong."""
        return {
            "fine": "",
            "few_left": "这个 UKey 的 PIN 码刚才输错过，再连续输错会被锁定。",
            "last_try": "这个 UKey 的 PIN 码只剩最后一次机会，再输错就会被锁定。",
            "locked": "这个 UKey 的 PIN 码已锁定，请找发放 UKey 的单位解锁。",
        }[self.value]


@dataclass(frozen=True, slots=True)
class TokenPlace:
    """Where a token's keys are reached (UKey 位置): the maker's PKCS#11 module on this machine, the token in it."""

    module: str
    label: str
    serial: str


@dataclass(frozen=True, slots=True)
class TokenInfo:
    """A token that is plugged in (已插入的 UKey)."""

    place: TokenPlace
    maker: str
    pin: PinState


@dataclass(frozen=True, slots=True)
class TokenKeyInfo:
    """A key pair on a token (UKey 里的密钥): `key_id` in hexadecimal, `algorithm` in words.

    `certificate` is that of this program's kind kept beside it, None when there is none. `obstacle` says why the
    key cannot sign here, "" when it can.
    """

    key_id: str
    label: str
    algorithm: str
    certificate: CertificateInfo | None
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class TokenChoice:
    """What a person chose (选定的 UKey): an empty `key_id` makes a new key inside the token."""

    place: TokenPlace
    pin: str
    key_id: str = ""


class Tokens(Protocol):
    """Looks at tokens (查看 UKey)."""

    def modules(self) -> Sequence[str]:
        """Files that makers' drivers have put where modules usually lie; none of them is loaded."""
        ...

    def is_supported(self) -> bool:
        """Whether this copy of the program came with what reads tokens."""
        ...

    def tokens(self, module: str) -> Sequence[TokenInfo]:
        """The tokens plugged in now; KeyProblem when the module's file does not serve."""
        ...

    def keys(self, place: TokenPlace, pin: str) -> Sequence[TokenKeyInfo]:
        """The key pairs on a token; WrongPassword, KeyProblem (locked, gone)."""
        ...
