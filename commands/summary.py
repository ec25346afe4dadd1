"""`./run summary`: the bureau's figures of a budget year as one workbook (导出汇总)."""

from __future__ import annotations

import argparse
from pathlib import Path

from commands.cli import Screens
from commands.output import progress_on_stderr
from services.figures.book import write_book
from services.path_text import path_text
from services.tools import Tools
from services.workspace_places import open_place


def run(arguments: argparse.Namespace, tools: Tools, _screens: Screens) -> int:
    """Write the workbook and name it."""
    target = Path(arguments.to).absolute()
    workspace = open_place(tools, arguments.workspace, Path(arguments.files) if arguments.files else None)
    try:
        written = write_book(workspace, arguments.year, target, progress_on_stderr())
    finally:
        workspace.close()
    print(path_text(written))
    return 0
