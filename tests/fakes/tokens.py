"""Tokens without hardware (UKey 替身): two that are plugged in, one of them with a key of another unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.domain.errors import KeyProblem, WrongPassword
from services.ports.tokens import PinState, TokenInfo, TokenKeyInfo, TokenPlace

MODULE = "/drivers/token.so"
FIRST = TokenPlace(MODULE, "绩效UKey", "0001")
SECOND = TokenPlace(MODULE, "备用UKey", "0002")
PIN = "246810"


@dataclass
class FakeTokens:
    """Implements the port Tokens."""

    plugged_in: list[TokenInfo] = field(
        default_factory=lambda: [
            TokenInfo(FIRST, "示例厂家", PinState.FINE),
            TokenInfo(SECOND, "示例厂家", PinState.LAST_TRY),
        ]
    )
    on_token: list[TokenKeyInfo] = field(default_factory=list)

    def is_supported(self) -> bool:
        return True

    def modules(self) -> Sequence[str]:
        return (MODULE,)

    def tokens(self, module: str) -> Sequence[TokenInfo]:
        if module != MODULE:
            raise KeyProblem("不是能用的 UKey 模块文件", "请另选一个")
        return self.plugged_in

    def keys(self, place: TokenPlace, pin: str) -> Sequence[TokenKeyInfo]:
        if pin != PIN:
            raise WrongPassword("UKey 的 PIN 码不正确。请核对后再输入")
        return self.on_token
