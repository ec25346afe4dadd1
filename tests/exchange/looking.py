"""What looks into answers in another process, well or badly (子进程里的内容审查); loads next to nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from multiprocessing.process import parent_process
from typing import Any

from models.domain.verdict import Reason
from services.ports.exchange import ReasonCatalogue

AGES = 600.0


def soundly(payload: Mapping[str, Any], reasons: ReasonCatalogue) -> tuple[Sequence[Reason], Any]:
    """A note on the answers, and something of them."""
    return (reasons.reason("evidence_not_enclosed", "某项目", "照片"),), payload["unit_code"]


def at_length(_payload: Mapping[str, Any], _reasons: ReasonCatalogue) -> tuple[Sequence[Reason], Any]:
    """It has a great deal to say."""
    return (), "x" * 3_000_000


def deadly(payload: Mapping[str, Any], reasons: ReasonCatalogue) -> tuple[Sequence[Reason], Any]:
    """Its process is no more; who asked lives on."""
    if parent_process() is not None:
        os._exit(9)
    return soundly(payload, reasons)


def endlessly(payload: Mapping[str, Any], reasons: ReasonCatalogue) -> tuple[Sequence[Reason], Any]:
    """Its process never answers."""
    if parent_process() is not None:
        time.sleep(AGES)
    return soundly(payload, reasons)


def wrongly(_payload: Mapping[str, Any], _reasons: ReasonCatalogue) -> tuple[Sequence[Reason], Any]:
    """It fails, as a program with a fault does."""
    raise ZeroDivisionError
