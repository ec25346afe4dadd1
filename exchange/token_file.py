"""The file of a key that lives on a token (UKey 密钥记录): where to find it, never the key itself.

It stands where the key file would (`keys/<name>.key.json`), so a name has one key of either kind, and setting
aside, backups and moving the workspace treat both alike.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from models.domain.canonical_json import canonical_json
from models.domain.errors import KeyProblem
from services.ports.tokens import TokenPlace

FILE_FORMAT = 1
_TEXTS = ("module", "label", "serial", "key_id")


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """Which key on which token (UKey 密钥记录); `key_id` in hexadecimal, the certificate as PEM."""

    place: TokenPlace
    key_id: str
    fingerprint: str
    certificate: str


def to_bytes(record: TokenRecord) -> bytes:
    """The record as it stands on disk."""
    place = record.place
    return canonical_json(
        {
            "format": FILE_FORMAT,
            "fingerprint": record.fingerprint,
            "certificate": record.certificate,
            "token": {
                "module": place.module,
                "label": place.label,
                "serial": place.serial,
                "key_id": record.key_id,
            },
        }
    )


def from_bytes(data: bytes) -> TokenRecord | None:
    """The record, None when the file is that of a wrapped key; KeyProblem when it is damaged."""
    try:
        value = json.loads(data)
        if not isinstance(value, dict) or "token" not in value:
            return None
        module, label, serial, key_id = (str(value["token"][key]) for key in _TEXTS)
        bytes.fromhex(key_id)
        record = TokenRecord(
            TokenPlace(module, label, serial), key_id, str(value["fingerprint"]), str(value["certificate"])
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise KeyProblem("UKey 的登记信息已损坏", "请在“设置”里重新选择 UKey", "签名密钥") from error
    if value["format"] != FILE_FORMAT:
        raise KeyProblem("UKey 的登记信息由更新版本的程序生成", "请先更新本程序", "签名密钥")
    return record
