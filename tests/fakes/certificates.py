"""Certificates without cryptography (不带密码运算的证书): JSON in a PEM's clothes."""

from __future__ import annotations

import base64
import itertools
import json
from datetime import datetime, timedelta

from models.domain.canonical_json import canonical_json
from models.domain.check_code import check_code
from models.domain.errors import KeyProblem
from services.ports.exchange import CertificateInfo, SignerRole, Subject

SERIALS = itertools.count(1)
LIFE = timedelta(days=3 * 365)


def make_certificate(
    key: str, subject: Subject, now: datetime, issuer: str = "", life: timedelta = LIFE
) -> CertificateInfo:
    """A certificate of a key; `issuer` is the root's key, "" for a self-signed one."""
    record = {
        "key": key,
        "person_name": subject.person_name,
        "unit_code": subject.unit_code,
        "unit_name": subject.unit_name,
        "role": subject.role.value,
        "serial": f"{next(SERIALS):x}",
        "not_before": now.isoformat(),
        "not_after": (now + life).isoformat(),
        "issuer": issuer,
    }
    return read_der(canonical_json(record))


def read_der(der: bytes) -> CertificateInfo:
    """A certificate out of its bytes."""
    record = json.loads(der)
    body = base64.encodebytes(der).decode("ascii")
    return CertificateInfo(
        pem=f"-----BEGIN CERTIFICATE-----\n{body}-----END CERTIFICATE-----\n",
        subject=Subject(
            record["person_name"], record["unit_code"], record["unit_name"], SignerRole(record["role"])
        ),
        fingerprint=check_code(record["key"].encode()),
        serial=record["serial"],
        not_before=datetime.fromisoformat(record["not_before"]),
        not_after=datetime.fromisoformat(record["not_after"]),
        is_self_signed=not record["issuer"],
    )


def der_of(pem: str) -> bytes:
    """The bytes of a PEM; KeyProblem when it is none."""
    body = "".join(line for line in pem.splitlines() if not line.startswith("-----"))
    try:
        der = base64.b64decode(body, validate=True)
        json.loads(der)
    except ValueError as error:
        raise KeyProblem("证书读不出来", "请重新索取证书文件", "签名证书") from error
    return der


def key_of(pem: str) -> str:
    """The key a certificate is for."""
    return str(json.loads(der_of(pem))["key"])
