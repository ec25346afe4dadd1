"""What commands print (命令输出): one JSON document or plain lines on stdout, progress on stderr."""

from __future__ import annotations

import json
import sys
from typing import Any

from services.job import JobContext


def print_json(value: Any) -> None:
    """One JSON document in UTF-8, whatever the locale."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8") + b"\n")
    sys.stdout.flush()


def progress_on_stderr() -> JobContext:
    """Progress as lines on stderr, rewritten in place on a terminal."""
    end = "\r" if sys.stderr.isatty() else "\n"

    def tell(done: int, total: int, text: str) -> None:
        print(f"[{done}/{total}] {text}", end=end, file=sys.stderr, flush=True)

    return JobContext(tell)
