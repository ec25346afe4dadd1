"""Verdict on a signed package (验签结论): orthogonal facts, closed reasons, one of five words.

The reason codes are a closed list; no code has two verdicts (design of the package format).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import datetime


class VerdictWord(enum.StrEnum):
    """The five words (五种结论), ordered from best to worst by `rank`."""

    VALID = "valid"
    VALID_WITH_NOTES = "valid_with_notes"
    CANNOT_JUDGE = "cannot_judge"
    INVALID_SIGNATURE = "invalid_signature"
    ALTERED = "altered"

    @property
    def label(self) -> str:
        """有效, 有效但有提示, 无法判断, 签名无效, 内容被改动."""
        return _WORDS[self][0]

    @property
    def next_step(self) -> str:
        """What the bureau's clerk does next, in one sentence."""
        return _WORDS[self][1]

    @property
    def rank(self) -> int:
        """Worse is larger; the worst reason names the verdict."""
        return list(VerdictWord).index(self)


_WORDS = {
    VerdictWord.VALID: ("有效", "可以接收"),
    VerdictWord.VALID_WITH_NOTES: ("有效但有提示", "可以接收，请看提示"),
    VerdictWord.CANNOT_JUDGE: ("无法判断", "请按说明核实后再接收"),
    VerdictWord.INVALID_SIGNATURE: ("签名无效", "不能接收，请联系报送单位重新生成"),
    VerdictWord.ALTERED: ("内容被改动", "不能接收，请联系报送单位重新生成并直接交来"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason (原因): closed code for programs, one sentence for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class SignerInfo:
    """Who signed (签署人): name, unit, role, check code of the key, and the time the signer claims."""

    name: str
    unit: str
    role: str
    fingerprint: str
    signing_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Verdict (验签结论) with its separate facts.

    intact 未被改动 · authentic 签名有效 · trusted 证书可信 · complete 内容齐全 · supported 本程序能读懂.
    `word` is the worst of the reasons' own verdicts, 有效 when there is none.
    """

    word: VerdictWord
    intact: bool
    authentic: bool
    trusted: bool
    complete: bool
    supported: bool
    reasons: tuple[Reason, ...] = ()

    @property
    def is_acceptable(self) -> bool:
        """Whether intake may write something."""
        return self.word in (VerdictWord.VALID, VerdictWord.VALID_WITH_NOTES)


@dataclass(frozen=True, slots=True)
class Judgement:
    """All a strict reading of one file yields (读取结果).

    `payload` is the parsed payload.json, only when the content is intact; `manifest_sha256` is the
    identity of the message; `members` are the names inside; `certificate_der` is the signer's, `countersigner_der`
    that of 单位负责人, whose signature is the second of `signers`.
    """

    file_name: str
    verdict: Verdict
    message_type: str | None = None
    unit_code: str | None = None
    payload: dict[str, object] | None = None
    manifest_sha256: str | None = None
    payload_sha256: str | None = None
    size: int = 0
    signers: tuple[SignerInfo, ...] = ()
    certificate_der: bytes = b""
    countersigner_der: bytes = b""
    members: tuple[str, ...] = field(default=())
