"""A lenient look at a package that was refused (被改动文件的查看), only to say what was changed in it.

Nothing read here is ever believed or kept. A package unpacked and packed again by another program no longer has
the one spelling, but its members are there: they are read within limits, as a plain archive where need be.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from exchange import cms
from exchange.container_reading import open_container
from exchange.documents import FOLDER, MOST_BYTES
from exchange.file_content import FileContent
from exchange.limits import ReadingLimits
from exchange.manifest import listed_digests
from exchange.names import MANIFEST, PAYLOAD, SIGNATURE
from exchange.reasons import RefusalError
from services.ports.exchange import AlteredPackage

_MOST_TOGETHER = 64 * 1024 * 1024
_MOST_PAYLOAD = 8 * 1024 * 1024
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


def look(data: FileContent, limits: ReadingLimits) -> AlteredPackage | None:
    """What can be read of a refused file; None when it is no package at all."""
    members = _strict(data, limits)
    if members is None and isinstance(data, bytes):
        members = _lenient(data, limits)
    if not members:
        return None
    manifest = members.get(MANIFEST, b"")
    listed = listed_digests(manifest)
    return AlteredPackage(
        payload=_payload(members.get(PAYLOAD, b"")),
        documents={name: content for name, content in members.items() if name.startswith(FOLDER)},
        changed=frozenset(
            name for name, content in members.items() if name in listed and listed[name] != _digest(content)
        ),
        is_sealed=_is_sealed(manifest, members.get(SIGNATURE, b"")),
    )


def _is_wanted(name: str) -> bool:
    return name in (PAYLOAD, MANIFEST, SIGNATURE) or name.startswith(FOLDER)


def _strict(data: FileContent, limits: ReadingLimits) -> dict[str, bytes] | None:
    """The members of a container whose structure holds."""
    try:
        found = open_container(data, limits)
    except RefusalError:
        return None
    wanted = {name: member for name, member in found.items() if _is_wanted(name)}
    if sum(member.size for member in wanted.values()) > _MOST_TOGETHER:
        return {}
    return {name: bytes(member.content) for name, member in wanted.items()}


def _lenient(data: bytes, limits: ReadingLimits) -> dict[str, bytes]:
    """The members of any archive, none larger than it may be."""
    found: dict[str, bytes] = {}
    left = _MOST_TOGETHER
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist()[: limits.members]:
                name = entry.filename
                if not _is_wanted(name) or name in found:
                    continue
                with archive.open(entry) as stream:
                    content = stream.read(min(left, MOST_BYTES) + 1)
                if len(content) > min(left, MOST_BYTES):
                    return {}
                left -= len(content)
                found[name] = content
    except _UNREADABLE:
        return {}
    return found


def _payload(content: bytes) -> Mapping[str, Any] | None:
    """The payload as any program would read it."""
    if not content or len(content) > _MOST_PAYLOAD or content.count(b"[") + content.count(b"{") > 200_000:
        return None
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _digest(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode("ascii")


def _is_sealed(manifest: bytes, signature: bytes) -> bool:
    """Whether the signature over the manifest holds, whoever's it is."""
    try:
        cms.verify(signature, hashlib.sha256(manifest).digest())
    except RefusalError:
        return False
    return True
