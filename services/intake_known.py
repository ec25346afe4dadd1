"""Files met again (再次遇到的文件): the very same bytes as a package received before need not be judged anew.

A run that was stopped begins anew over the same folder; what it has taken in is stepped over at the speed of reading.
Nothing is believed for its name: the name only says where to look, and the file is held byte for byte against the
desk's own copy, which was judged when it came. Anything else, also a copy that is gone, is judged as ever.
"""

from __future__ import annotations

import re
from pathlib import Path

from models.domain.message import MessageType
from services.package_files import file_size
from services.ports.store import PackageRecord, UnitOfWork
from services.received import DECLINED, RECEIVED
from services.workspaces import Workspace

_NAMED = re.compile(r"_([0-9a-f]{8})\.asice$", re.IGNORECASE)
_PIECE = 1024 * 1024


def known_again(workspace: Workspace, work: UnitOfWork, path: Path) -> PackageRecord | None:
    """The record of a package whose file this is, None where it is not exactly that, or has another name."""
    digits = digits_named(path)
    for record in work.packages.beginning(digits) if digits else ():
        if record.direction not in (RECEIVED, DECLINED) or record.size != file_size(path):
            continue
        if record.message_type == MessageType.SUBMISSION.value and _same(
            path, workspace.archive / record.archive_name
        ):
            return record
    return None


def digits_named(path: Path) -> str:
    """The first digits of a package's identity by the file's name, "" where it tells none."""
    named = _NAMED.search(path.name)
    return named[1].lower() if named else ""


def _same(path: Path, copy: Path) -> bool:
    """Whether two files hold the same bytes; False where one cannot be read."""
    try:
        with path.open("rb") as left, copy.open("rb") as right:
            while piece := left.read(_PIECE):
                if piece != right.read(_PIECE):
                    return False
            return not right.read(1)
    except OSError:
        return False
