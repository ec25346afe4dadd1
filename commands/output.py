"""What commands print (命令输出): one JSON document or plain lines on stdout, progress on stderr, always UTF-8."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

from services.job import JobContext


def speak_utf8() -> None:
    """Make stdout and stderr UTF-8 whatever the locale; a sign that has no UTF-8 is escaped, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def print_json(value: Any) -> None:
    """One JSON document."""
    print(json.dumps(value, ensure_ascii=False, indent=1), flush=True)


def progress_on_stderr() -> JobContext:
    """Progress as lines on stderr, rewritten in place on a terminal."""
    end = "\r" if sys.stderr.isatty() else "\n"

    def tell(done: int, total: int, text: str) -> None:
        print(f"[{done}/{total}] {text}", end=end, file=sys.stderr, flush=True)

    return JobContext(tell)
