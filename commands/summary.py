"""`./run summary`: the bureau's figures of a budget year as one workbook (导出汇总)."""

from __future__ import annotations

import argparse
from pathlib import Path

from commands.cli import Screens
from commands.output import progress_on_stderr
from models.domain.errors import InputError
from services.figures.book import write_book
from services.path_text import path_text
from services.tools import Tools
from services.workspaces import open_workspace


def run(arguments: argparse.Namespace, tools: Tools, _screens: Screens) -> int:
    """Write the workbook and name it."""
    folder, target = Path(arguments.workspace).absolute(), Path(arguments.to).absolute()
    if not folder.is_dir():
        raise InputError("工作区文件夹不存在", "请核对路径", path_text(folder))
    workspace = open_workspace(tools, folder, marks_end=False).workspace
    try:
        written = write_book(workspace, arguments.year, target, progress_on_stderr())
    finally:
        workspace.close()
    print(path_text(written))
    return 0
