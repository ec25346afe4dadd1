"""Rules of signing (签名的规定): how early a certificate that ends is announced and may be renewed."""

from __future__ import annotations

from dataclasses import replace

from models.domain.errors import InputError
from models.domain.kit import ParameterKit
from services.kit_rules import values
from services.kit_rules.line import RuleSpec

_NOTICE = "签名到期前多少天提醒续期"
LEAST, MOST = 7, 365
"""Days: less leaves no time to bring the request, more is longer than a working year."""


def _with_notice(kit: ParameterKit, text: str) -> ParameterKit:
    days = values.read_count(text, _NOTICE)
    if not LEAST <= days <= MOST:
        raise InputError(f"“{text[:20]}”不能用", f"请填 {LEAST} 到 {MOST} 之间的整数", _NOTICE)
    return replace(kit, renewal_notice_days=days)


SIGNING_RULES = (
    RuleSpec(
        "签名",
        _NOTICE,
        "天",
        lambda kit: str(kit.renewal_notice_days),
        _with_notice,
        hint="从这一天起提醒各单位，单位可以生成续期申请，本局“证书”页也列为快到期",
    ),
)
