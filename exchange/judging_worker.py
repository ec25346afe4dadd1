"""A process that judges packages for another (验看子进程): asked through a pipe, it answers in the order asked.

It knows no store, no window, no key. It ends with its parent, however that ends: the pipe closes, and where it is
busy at that moment a thread that waits for nothing else ends it.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import threading
from collections.abc import Callable
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import parent_process
from pathlib import Path
from typing import NamedTuple

from exchange import reasons
from exchange.answer_parts import Parts, put_together, taken_apart
from exchange.reader import StrictPackageReader
from services.ports.exchange import TrustMaterial
from services.ports.judging_ahead import LookAlone, ReadAhead

READY = b"ready"

_NOT_READ = "unreadable_file"
"""What this process could not read (no memory, too many files open) the one that asks may be able to read."""

Stamp = tuple[int, int]
"""Size and time of change (ns) of a file before it was read."""


class Asked(NamedTuple):
    """One question about some files (验看请求), each with its moment, as text: a time zone takes long to pickle; no trust
    stands for that of the question before."""

    files: tuple[tuple[str, str], ...]
    trust: TrustMaterial | None


class Answer(NamedTuple):
    """What was found, and of which state of the file (验看答复)."""

    ahead: ReadAhead
    stamp: Stamp


def stamp_of(path: Path) -> Stamp | None:
    """The state of a file, None where it cannot be told."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def looked_at(
    reader: StrictPackageReader, look: LookAlone, path: Path, trust: TrustMaterial, now: datetime
) -> Answer | None:
    """A package judged as far as that needs no store; None where that cannot be done here."""
    try:
        stamp = stamp_of(path)
        read = reader.read(path, trust, now)
        if stamp is None or any(reason.code == _NOT_READ for reason in read.bare.verdict.reasons):
            return None
        found, more = look(read.payload, reasons) if read.payload is not None else ((), None)
        return Answer(ReadAhead(read, found, more), stamp)
    except Exception:  # noqa: BLE001  # who asks judges it anew and meets the same fault where it can be told
        return None


def serve(connection: Connection, look_pickled: bytes) -> None:
    """Answer until nobody asks any more; the process's whole life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one that asks
    threading.Thread(target=_end_with_parent, name="parent-watch", daemon=True).start()
    reader, look = StrictPackageReader(), pickle.loads(look_pickled)
    _load()
    with contextlib.suppress(EOFError, OSError):
        connection.send_bytes(READY)
        trust = TrustMaterial()
        while True:
            asked: Asked = pickle.loads(connection.recv_bytes())
            trust = asked.trust or trust
            answers = []
            for path, now in asked.files:
                found = looked_at(reader, look, Path(path), trust, datetime.fromisoformat(now))
                answers.append(spelled(found))
            connection.send_bytes(pickle.dumps(answers, pickle.HIGHEST_PROTOCOL))


def spelled(answer: Answer | None) -> bytes:
    """An answer as it travels: pickled, and read again by `pickle.loads`."""
    parts = taken_apart(answer.ahead) if answer is not None else None
    told = answer if answer is None or parts is None else _Apart(parts, answer.stamp)
    return pickle.dumps(told, pickle.HIGHEST_PROTOCOL)


class _Apart:
    """An answer taken apart (拆开的验看答复): who reads it puts it together again."""

    def __init__(self, parts: Parts, stamp: Stamp) -> None:
        self._told = parts, stamp

    def __reduce__(self) -> tuple[Callable[[Parts, Stamp], Answer], tuple[Parts, Stamp]]:
        return _answer, self._told


def _answer(parts: Parts, stamp: Stamp) -> Answer:
    """The answer whose parts these are."""
    return Answer(put_together(parts), stamp)


def _load() -> None:
    """Load what the first package would load, so that who asks is not told too early that this process is ready."""
    from exchange import documents, judging

    del documents, judging


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
