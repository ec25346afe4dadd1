"""`./run demo DIR`: the whole round trip into an empty folder (演示流程)."""

from __future__ import annotations

import argparse
from pathlib import Path

from commands.cli import Screens
from commands.output import progress_on_stderr
from services.demo import run_demo
from services.tools import Tools


def run(arguments: argparse.Namespace, tools: Tools, screens: Screens) -> int:
    """Run the demonstration and say where its results lie."""
    folder = Path(arguments.folder).absolute()
    result, told = run_demo(tools, folder, progress_on_stderr(), screens, arguments.submissions)
    for sentence in told:
        print(f"{sentence}。")
    print(f"演示完成：{len(result['packages'])} 个文件、{result['filings']} 份填报件，结果在 {folder}")
    return 0
