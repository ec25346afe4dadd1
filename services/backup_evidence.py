"""Evidence that goes with a backup taken elsewhere (备份中的佐证材料): a folder of files beside the database's copy."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from models.domain.errors import EnvironmentProblem
from services.evidence_files import FOLDER, path_of
from services.tools import Tools
from services.workspaces import Workspace

_DIGEST = re.compile(r"[0-9a-f]{64}")


def folder_beside(database: Path) -> Path:
    """Where the evidence of a backup lies: 备份_…_佐证材料 beside 备份_….db."""
    return database.with_name(f"{database.stem}_佐证材料")


def save_beside(workspace: Workspace, database: Path) -> int:
    """Copy every file the desk still refers to beside a backup to be written; how many.

    A file that is gone here is left out. EnvironmentProblem when the carrier does not take one.
    """
    with workspace.store.reading() as work:
        wanted = [path_of(workspace, sha256) for sha256 in sorted(work.evidence.digests())]
    files = [path for path in wanted if path.is_file()]
    if not files:
        return 0
    folder = folder_beside(database)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem("备份的文件夹不能写入", "请换一个 U 盘或文件夹", folder.name) from error
    for path in files:
        workspace.tools.files.write(folder / path.name, workspace.tools.files.read_back(path))
    return len(files)


def take_back(tools: Tools, database: Path, workspace_folder: Path) -> int:
    """Put files that lie beside a backup into a workspace that lacks them; how many. Spoiled ones are left out."""
    count = 0
    beside = folder_beside(database)
    for path in sorted(beside.glob("*")) if beside.is_dir() else ():
        target = workspace_folder / FOLDER / path.name
        if not _DIGEST.fullmatch(path.name) or target.exists() or not path.is_file():
            continue
        content = tools.files.read_back(path)
        if hashlib.sha256(content).hexdigest() == path.name:
            target.parent.mkdir(exist_ok=True)
            tools.files.write(target, content)
            count += 1
    return count
