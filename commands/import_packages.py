"""`./run import`: batch intake into a bureau workspace (成批接收)."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from commands.cli import Screens
from commands.output import print_json, progress_on_stderr
from models.domain.errors import InputError
from services.bureau_workspace import open_for_import
from services.intake import receive
from services.intake_rows import IntakeOutcome, IntakeReport
from services.path_text import path_text
from services.tools import Tools


def run(arguments: argparse.Namespace, tools: Tools, _screens: Screens) -> int:
    """Receive everything given; status 1 when something was not taken in."""
    paths = [Path(name).absolute() for name in arguments.paths]
    missing = next((path for path in paths if not path.exists()), None)
    if missing is not None:
        raise InputError("路径不存在", "请检查文件或文件夹的位置", path_text(missing))
    kit = Path(arguments.kit) if arguments.kit else None
    trust, files = (
        [Path(name) for name in arguments.trust],
        Path(arguments.files) if arguments.files else None,
    )
    workspace = open_for_import(tools, arguments.workspace, kit, trust, files)
    try:
        started = time.perf_counter()
        report = receive(workspace, paths, progress_on_stderr())
        seconds = time.perf_counter() - started
    finally:
        workspace.close()
    result = _result(report, seconds)
    if arguments.json:
        print_json(result)
    else:
        _tell(report, result)
    return 1 if result["quarantined"] else 0


def _result(report: IntakeReport, seconds: float) -> dict[str, Any]:
    """The object of docs/commands.md."""
    return {
        "received": report.count(IntakeOutcome.RECEIVED),
        "unchanged": report.count(IntakeOutcome.UNCHANGED) + report.count(IntakeOutcome.DECLINED),
        "replaced": report.count(IntakeOutcome.REPLACED),
        "filings": report.filings,
        "files": len(report.rows),
        "bytes": sum(row.size for row in report.rows),
        "seconds": round(seconds, 3),
        "quarantined": [
            {
                "file": path_text(row.path),
                "verdict": row.word.value,
                "reasons": [{"code": reason.code, "message": reason.message} for reason in row.reasons],
            }
            for row in report.rows
            if row.outcome is IntakeOutcome.REFUSED
        ],
    }


def _tell(report: IntakeReport, result: dict[str, Any]) -> None:
    """The same for people."""
    print(
        f"接收 {result['received']} 个，替换旧版 {result['replaced']} 个，以前已接收 {result['unchanged']} 个，"
        f"未接收（待核实）{len(result['quarantined'])} 个；写入 {result['filings']} 份填报件。"
    )
    for row in report.rows:
        if row.outcome is IntakeOutcome.REFUSED:
            print(f"　　{path_text(row.path.name)}：{row.word.label}。{row.remark}")
