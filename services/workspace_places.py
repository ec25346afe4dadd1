"""Where a workspace is (工作区位置), as the command line names it: a folder, or the address of a shared database.

Beside a shared database every desk has a folder for copies of packages, keys and evidence. It is the one given,
or one in the person's data folder named after database and server.
"""

from __future__ import annotations

from pathlib import Path

from models.domain.errors import InputError
from services.file_names import file_stem
from services.home import home_folder
from services.path_text import path_text
from services.tools import Tools
from services.workspaces import Workspace, open_workspace

_SHARED = "共用工作区"


def is_address(where: str) -> bool:
    """Whether a workspace is named by the address of a database."""
    return where.startswith(("postgresql:", "postgresql+"))


def files_folder(tools: Tools, address: str, files: Path | None) -> Path:
    """The folder that belongs to a shared database at this desk."""
    if files is not None:
        return files.absolute()
    return home_folder() / _SHARED / file_stem(tools.databases.name(address), 80)


def folder_of(tools: Tools, where: str, files: Path | None = None) -> Path:
    """The folder of a workspace that is there, however it is named.

    InputError when there is none; EnvironmentProblem when a shared database cannot be reached.
    """
    if not is_address(where):
        refuse_files(files)
        folder = Path(where).absolute()
        if not folder.is_dir():
            raise InputError("工作区文件夹不存在", "请核对路径", path_text(folder))
        return folder
    if not tools.databases.look(where).has_workspace:
        raise InputError("这个数据库里还没有工作区", "请核对地址", tools.databases.name(where))
    folder = files_folder(tools, where, files)
    tools.databases.use(folder, where)
    return folder


def open_place(tools: Tools, where: str, files: Path | None = None) -> Workspace:
    """Open a workspace for a visit without a window; raises as `folder_of` and `open_workspace`."""
    return open_workspace(tools, folder_of(tools, where, files), marks_end=False).workspace


def refuse_files(files: Path | None) -> None:
    """A folder beside belongs to a shared database only."""
    if files is not None:
        raise InputError("--files 只和数据库地址一起用", "工作区是文件夹时请去掉 --files")
