"""Backups taken elsewhere and back (备份副本): a verified copy on a stick, looked at before it is put in place."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from forms.kinds import show_date
from models.domain.errors import DeskError, InputError, StorageProblem
from services.backup_evidence import save_beside, take_back
from services.file_names import file_stem
from services.permission_table import Action
from services.permissions import require
from services.ports.store import Backup
from services.tools import Tools
from services.workspaces import Workspace, WorkspaceProfile, open_workspace

COPY = "copy"
"""Reason of a backup that came from elsewhere."""


def save_copy(workspace: Workspace, folder: Path) -> Path:
    """A verified backup of everything as it now stands, written into `folder`, evidence beside it; the file.

    Its name begins with 备份_ and it is no package, so that nobody takes it for something handed in.
    EnvironmentProblem when carrier or disk do not take it.
    """
    now, files = workspace.tools.clock.now(), workspace.tools.files
    made = workspace.store.backup("manual", now)
    path = folder / f"备份_{file_stem(workspace.profile.unit.name, 40)}_{now:%Y%m%d-%H%M%S}{made.suffix}"
    save_beside(workspace, path)
    files.write(path, files.read_back(made))
    return path


def before_restoring(workspace: Workspace) -> str:
    """What an open desk holds, backed up before another backup takes its place; who asked. NotAllowed unless 系统管理员 asks.

    A database that does not open any more cannot say who its people are: then the backup is put in place unasked.
    """
    who, now = require(workspace, Action.RESTORE), workspace.tools.clock.now()
    with workspace.store.writing() as work:
        work.audit.append(now, who.name, "restore", "", "从备份恢复，恢复以前的数据另存一份备份", {})
        work.commit()
    workspace.store.backup("restore", now)
    return who.name


def restore(tools: Tools, folder: Path, backup: Backup, now: datetime, who: str = "") -> None:
    """Put a backup in the database's place, and evidence that lies beside it where it belongs; raises as the store does.

    What was put back knows nothing of it: its log is told who did it, and that its desk was closed as it should be.
    """
    tools.opener.restore(folder, backup, now)
    take_back(tools, backup.path, folder)
    workspace = open_workspace(tools, folder).workspace
    try:
        made = workspace.local(backup.made_at)
        when = f"{show_date(made.date())} {made:%H:%M} 的备份"
        said = f"已恢复到{f'备份文件“{backup.path.name}”' if backup.reason == COPY else when}"
        with workspace.store.writing() as work:
            work.audit.append(now, who or workspace.profile.person_name, "restore", "", said, {})
            work.commit()
    finally:
        workspace.close()


def look_at_copy(tools: Tools, path: Path, folder: Path) -> Backup:
    """A backup file from elsewhere, ready to be restored in the workspace `folder`.

    InputError when it is no backup, or the backup of another unit than the one whose desk is there.
    """
    now = tools.clock.now()
    found = Backup(path, now, COPY, path.stat().st_size if path.is_file() else 0)
    theirs = _profile_of(tools, found, now)
    mine = _profile_at(tools, folder)
    if mine is not None and (mine.unit.code, mine.role) != (theirs.unit.code, theirs.role):
        raise InputError(
            f"这是{theirs.unit.name}（{theirs.role.label}）的备份，本工作区是{mine.unit.name}（{mine.role.label}）",
            "请选择本单位的备份",
            path.name,
        )
    return found


def _profile_of(tools: Tools, backup: Backup, now: datetime) -> WorkspaceProfile:
    """Whose backup it is: put into an empty folder and opened there."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        try:
            tools.opener.restore(folder, backup, now)
            opened = open_workspace(tools, folder, marks_end=False)
        except (StorageProblem, InputError) as error:
            raise InputError(
                "这个文件不是完整的备份，不能用来恢复", "请选择另一份备份", backup.path.name
            ) from error
        profile = opened.workspace.profile
        opened.workspace.close()
    return profile


def _profile_at(tools: Tools, folder: Path) -> WorkspaceProfile | None:
    """Whose desk is in a folder, None when it cannot be told any more."""
    try:
        opened = open_workspace(tools, folder, marks_end=False)
    except DeskError:
        return None
    profile = opened.workspace.profile
    opened.workspace.close()
    return profile
