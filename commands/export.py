"""`./run export`: official workbook and PDF of a unit's filings (导出表样)."""

from __future__ import annotations

import argparse
from pathlib import Path

from commands.cli import Screens
from commands.output import progress_on_stderr
from services.exporting import export_unit
from services.path_text import path_text
from services.tools import Tools
from services.workspace_places import open_place


def run(arguments: argparse.Namespace, tools: Tools, _screens: Screens) -> int:
    """Write the files and name them."""
    target = Path(arguments.to).absolute()
    workspace = open_place(tools, arguments.workspace, Path(arguments.files) if arguments.files else None)
    try:
        saved = export_unit(workspace, arguments.unit, arguments.year, target, progress_on_stderr())
    finally:
        workspace.close()
    for path in saved:
        print(path_text(path))
    return 0
