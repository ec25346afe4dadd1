"""Moving a bureau's workspace to PostgreSQL and back (移动工作区): a backup first, everything compared, then noted.

The desk stays open: its database is let go, moved, and taken up again wherever it then is. Nobody else may have
it open. Until both sides are proved equal the old database is in force; afterwards it is set aside, never deleted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from models.domain.errors import InputError
from services.job import JobContext
from services.permission_table import Action
from services.permissions import require
from services.ports.databases import DatabaseFound, MoveReport
from services.tools import Tools
from services.workspace_places import files_folder
from services.workspaces import (
    DeskRole,
    Workspace,
    mark_open,
    open_workspace,
    save_profile,
    store_profile,
    stored_profile,
)

BACKUP = "move"
"""Reason of the backup made before."""

WHERE = "多人共用"


def try_connection(tools: Tools, address: str, password: str) -> DatabaseFound:
    """Try a database out; raises as `SharedDatabases.look`."""
    return tools.databases.look(address, password)


def join(tools: Tools, address: str, password: str, person_name: str = "") -> Workspace:
    """Make this computer another desk of the workspace in a database; opened for a visit. Raises as `try_connection`.

    `person_name` is who sits here, "" where the window has to ask. InputError when no bureau's workspace
    is there.
    """
    if not tools.databases.look(address, password).has_workspace:
        raise InputError("这个数据库里还没有工作区", "请核对地址", WHERE)
    folder = files_folder(tools, address, None)
    tools.databases.join(folder, address, password)
    joined = open_workspace(tools, folder, marks_end=False).workspace
    if person_name:
        save_profile(joined, replace(joined.profile, person_name=person_name))
    return joined


def move_to_shared(workspace: Workspace, address: str, password: str, job: JobContext) -> MoveReport:
    """Move to PostgreSQL. InputError: not a bureau's desk, shared already; else as `SharedDatabases.move_there`.

    NotAllowed unless 系统管理员 asks.
    """
    tools, folder = workspace.tools, workspace.folder
    if workspace.profile.role is not DeskRole.BUREAU:
        raise InputError("只有财政端的工作区可以多人共用", "填报端请在一台电脑上使用", WHERE)
    require(workspace, Action.MOVE)
    if tools.databases.address(folder):
        raise InputError("这个工作区已在多人共用的数据库里", "要换数据库，请先移回本机", WHERE)
    if tools.databases.look(address, password).has_workspace:
        raise InputError(
            "这个数据库里已有工作区，没有移动", "请另建一个空的数据库，或改用那里的工作区", WHERE
        )
    now = tools.clock.now()
    workspace.store.backup(BACKUP, now)
    return _moved(
        workspace,
        "移到多人共用的数据库",
        lambda: tools.databases.move_there(folder, address, password, now, job.step),
    )


def move_home(workspace: Workspace, job: JobContext) -> MoveReport:
    """Move back into the folder; the other desks are told. InputError when it is there already.

    No backup is made before: the database on the server stays whole under another name. NotAllowed unless 系统管理员 asks.
    """
    require(workspace, Action.MOVE)
    tools, folder = workspace.tools, workspace.folder
    if not tools.databases.address(folder):
        raise InputError("这个工作区本来就在这台电脑上", "不需要移动", WHERE)
    now = tools.clock.now()
    return _moved(workspace, "移回本机", lambda: tools.databases.move_back(folder, now, job.step))


def _moved(workspace: Workspace, said: str, move: Callable[[], MoveReport]) -> MoveReport:
    """Let the database go, move it, take up the one in force, and note the move in its log.

    What belongs to this computer alone comes along: from the database into its own file, and back.
    """
    own = stored_profile(workspace)
    workspace.store.close()
    try:
        report = move()
    finally:
        workspace.store = workspace.tools.opener.open(workspace.folder, workspace.tools.clock.now())
    with workspace.store.writing() as work:
        detail = {
            "rows": report.rows,
            "aside": report.aside,
            "tables": {table.name: [table.rows, table.sha256] for table in report.tables},
        }
        who = workspace.profile.person_name
        work.audit.append(workspace.tools.clock.now(), who, "move", "", said, detail)
        mark_open(workspace, work)
        work.commit()
    store_profile(workspace, own)
    return report
