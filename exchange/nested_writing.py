"""Taking the units' packages out of a department's (取出下级单位报送文件), piece by piece, each held against its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from exchange.atomic_file import problem, write_whole
from exchange.container_reading import Member, open_container
from exchange.file_content import FileContent
from exchange.limits import ReadingLimits
from exchange.manifest import check_manifest
from exchange.names import MANIFEST
from exchange.reasons import RefusalError, reason
from models.domain.message import NESTED_FOLDER


def write_nested(
    data: FileContent, limits: ReadingLimits, manifest_sha256: str, folder: Path
) -> tuple[Path, ...]:
    """Write every member under `packages/` into `folder`; those that are there already stay.

    RefusalError when the file is not the one that was judged; EnvironmentProblem when the disk fails.
    """
    members = open_container(data, limits)
    digests = check_manifest(members)
    if hashlib.sha256(members[MANIFEST].content).hexdigest() != manifest_sha256:
        raise RefusalError(reason("unreadable_file"))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise problem(error, folder) from error
    written = []
    for name, member in members.items():
        if not name.startswith(NESTED_FOLDER):
            continue
        path = folder / name.removeprefix(NESTED_FOLDER)
        if not path.is_file():
            write_whole(path, _checked(member, digests[name]))
        written.append(path)
    return tuple(written)


def _checked(member: Member, digest: bytes) -> Iterator[bytes]:
    """The member's bytes; RefusalError when a large file changed while it was read."""
    taken = hashlib.sha256()
    for piece in member.pieces():
        taken.update(piece)
        yield bytes(piece)
    if taken.digest() != digest:
        raise RefusalError(reason("unreadable_file"))
