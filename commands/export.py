"""`./run export`: official workbook and PDF of a unit's filings (导出表样)."""

from __future__ import annotations

import argparse
from pathlib import Path

from commands.cli import Screens
from commands.output import progress_on_stderr
from models.domain.errors import InputError
from services.exporting import export_unit
from services.tools import Tools
from services.workspaces import open_workspace


def run(arguments: argparse.Namespace, tools: Tools, _screens: Screens) -> int:
    """Write the files and name them."""
    workspace_folder, folder = Path(arguments.workspace).absolute(), Path(arguments.to).absolute()
    if not workspace_folder.is_dir():
        raise InputError("工作区文件夹不存在", "请核对路径", str(workspace_folder))
    folder.mkdir(parents=True, exist_ok=True)
    workspace = open_workspace(tools, workspace_folder).workspace
    try:
        saved = export_unit(workspace, arguments.unit, arguments.year, folder, progress_on_stderr())
    finally:
        workspace.close()
    for path in saved:
        print(path)
    return 0
