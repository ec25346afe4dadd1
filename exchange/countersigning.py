"""Countersigning (负责人签名的生成): a package signed by one becomes the same package signed by two."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from exchange import cms
from exchange.container_reading import open_container
from exchange.countersignature import unfit_reasons
from exchange.keys import OpenKey
from exchange.limits import DEFAULT_LIMITS
from exchange.manifest import check_manifest, second_manifest
from exchange.names import (
    MANIFEST,
    PAYLOAD,
    SECOND_MANIFEST,
    SECOND_SIGNATURE,
    SIGNATURE,
    canonical_order,
)
from exchange.payload import read_payload
from exchange.reasons import RefusalError
from models.domain.errors import EnvironmentProblem, KeyProblem


def countersigned(path: Path, manifest_sha256: str, key: OpenKey, moment: datetime) -> dict[str, bytes]:
    """All members with the second pair, in the container's order.

    KeyProblem when the package is countersigned already or this key may not do it, EnvironmentProblem when the
    file is not (or no longer) that package.
    """
    try:
        data = path.read_bytes()
        members = open_container(data, DEFAULT_LIMITS)
        digests = check_manifest(members)
        content = {name: bytes(member.content) for name, member in members.items()}
        identity = hashlib.sha256(content[MANIFEST])
        if identity.hexdigest() != manifest_sha256:
            raise _changed(path)
        first = cms.verify(content[SIGNATURE], identity.digest())
        payload = read_payload(content[PAYLOAD], DEFAULT_LIMITS)
    except (OSError, KeyError, RefusalError) as error:
        raise _changed(path) from error
    if SECOND_SIGNATURE in content:
        raise KeyProblem("这份报送文件已经有负责人签名", "不用再签", path.name)
    for fault in unfit_reasons(first.certificate.info, key.certificate, payload):
        raise KeyProblem(fault.message.split("。")[0], "请由本单位负责人用自己的签名来签", "负责人签名")
    manifest = second_manifest(digests, content[SIGNATURE])
    content[SECOND_MANIFEST] = manifest
    content[SECOND_SIGNATURE] = cms.sign(key, hashlib.sha256(manifest).digest(), moment)
    return {name: content[name] for name in canonical_order(list(content))}


def _changed(path: Path) -> EnvironmentProblem:
    return EnvironmentProblem("文件不见了，或已不是填报人签名的那一份", "请向填报人重新取得文件", path.name)
