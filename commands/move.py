"""`./run move`: a bureau's workspace to PostgreSQL or back (移动工作区)."""

from __future__ import annotations

import argparse
from pathlib import Path

from commands.cli import Screens
from commands.output import print_json, progress_on_stderr
from commands.signing_in import sign_in
from services.moving import move_home, move_to_shared
from services.ports.databases import MoveReport
from services.tools import Tools
from services.workspace_places import open_place


def run(arguments: argparse.Namespace, tools: Tools, _screens: Screens) -> int:
    """Move, and say what was compared."""
    files = Path(arguments.files) if arguments.files else None
    workspace, job = open_place(tools, arguments.workspace, files), progress_on_stderr()
    try:
        sign_in(workspace, arguments.person)
        there = arguments.to
        report = move_to_shared(workspace, there, "", job) if there else move_home(workspace, job)
    finally:
        workspace.close()
    if arguments.json:
        print_json({table.name: {"rows": table.rows, "sha256": table.sha256} for table in report.tables})
    else:
        print(_sentence(report))
    return 0


def _sentence(report: MoveReport) -> str:
    """What a person is told."""
    return (
        f"已移动：{len(report.tables)} 张数据表、{report.rows} 行，逐表核对行数和 SHA-256 一致。"
        f"原来的数据另存为 {report.aside}，没有删除。"
    )
