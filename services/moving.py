"""Moving a bureau's workspace to PostgreSQL and back (移动工作区): a backup first, everything compared, then noted.

Nobody may have the workspace open; whoever calls has closed the desk. Until both sides are proved equal the
old database is in force, and it is set aside afterwards, never deleted.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from models.domain.errors import InputError
from services.job import JobContext
from services.ports.databases import DatabaseFound, MoveReport, Step
from services.tools import Tools
from services.workspaces import DeskRole, open_workspace

BACKUP = "move"
"""Reason of the backup made before."""

WHERE = "多人共用"


def try_connection(tools: Tools, address: str, password: str) -> DatabaseFound:
    """Try a database out; raises as `SharedDatabases.look`."""
    return tools.databases.look(address, password)


def move_to_shared(tools: Tools, folder: Path, address: str, password: str, job: JobContext) -> MoveReport:
    """Move to PostgreSQL. InputError: not a bureau's desk, shared already; else as `SharedDatabases.move_there`."""
    if tools.databases.address(folder):
        raise InputError("这个工作区已在多人共用的数据库里", "要换数据库，请先移回本机", WHERE)
    if tools.databases.look(address, password).has_workspace:
        raise InputError(
            "这个数据库里已有工作区，没有移动", "请另建一个空的数据库，或改用那里的工作区", WHERE
        )
    now = tools.clock.now()
    return _moved(
        tools,
        folder,
        "移到多人共用的数据库",
        lambda step: tools.databases.move_there(folder, address, password, now, step),
        job,
        with_backup=True,
    )


def move_home(tools: Tools, folder: Path, job: JobContext) -> MoveReport:
    """Move back into the folder; the other desks are told. InputError when it is there already.

    The set-aside database on the server is the backup, whole and untouched.
    """
    if not tools.databases.address(folder):
        raise InputError("这个工作区本来就在这台电脑上", "不需要移动", WHERE)
    now = tools.clock.now()
    return _moved(
        tools,
        folder,
        "移回本机",
        lambda step: tools.databases.move_back(folder, now, step),
        job,
        with_backup=False,
    )


def _moved(
    tools: Tools,
    folder: Path,
    said: str,
    move: Callable[[Step], MoveReport],
    job: JobContext,
    *,
    with_backup: bool,
) -> MoveReport:
    """Check whose desk it is, back up, move, and note the move in the log of the database now in force."""
    workspace = open_workspace(tools, folder, marks_end=False).workspace
    try:
        if workspace.profile.role is not DeskRole.BUREAU:
            raise InputError("只有财政端的工作区可以多人共用", "填报端请在一台电脑上使用", WHERE)
        if with_backup:
            workspace.store.backup(BACKUP, tools.clock.now())
    finally:
        workspace.close()
    report = move(job.step)
    workspace = open_workspace(tools, folder, marks_end=False).workspace
    try:
        with workspace.store.writing() as work:
            detail = {
                "rows": report.rows,
                "aside": report.aside,
                "tables": {table.name: [table.rows, table.sha256] for table in report.tables},
            }
            who = workspace.profile.person_name
            work.audit.append(tools.clock.now(), who, "move", "", said, detail)
            work.commit()
    finally:
        workspace.close()
    return report
