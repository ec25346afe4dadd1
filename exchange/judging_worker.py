"""A process that judges packages for another (验看子进程): asked through a pipe, it answers in the order asked.

It knows no store, no window, no key. It ends with its parent, however that ends: the pipe closes, and where it is
busy at that moment a thread that waits for nothing else ends it.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import signal
import threading
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.process import parent_process
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from exchange import reasons
from exchange.reader import StrictPackageReader
from services.ports.exchange import TrustMaterial
from services.ports.judging_ahead import LookAlone, ReadAhead

READY = b"ready"

_NOT_READ = "unreadable_file"
"""What this process could not read (no memory, too many files open) the one that asks may be able to read."""

Stamp = tuple[int, int]
"""Size and time of change (ns) of a file before it was read."""


class Asked(NamedTuple):
    """One question about some files (验看请求), each with its moment; no trust stands for that of the question before."""

    files: tuple[tuple[str, datetime], ...]
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
            answers = [spelled(looked_at(reader, look, Path(path), trust, now)) for path, now in asked.files]
            connection.send_bytes(pickle.dumps(answers, pickle.HIGHEST_PROTOCOL))


def spelled(answer: Answer | None) -> bytes:
    """An answer as it travels: pickled, and read again by `pickle.loads`."""
    written = io.BytesIO()
    _AnswerPickler(written, pickle.HIGHEST_PROTOCOL).dump(answer)
    return written.getvalue()


class _AnswerPickler(pickle.Pickler):
    """Writes frozen records as what they are made of (验看答复的写法): who reads them makes them anew. As Python has
    it every record looks its fields up again, which takes both sides half as long again."""

    def reducer_override(self, thing: Any) -> Any:
        """A record's kind and values in the order it takes them; everything else as ever."""
        kind = type(thing)
        if kind not in _VALUES:
            _VALUES[kind] = _values_of(kind)
        values_of = _VALUES[kind]
        return NotImplemented if values_of is None else (kind, values_of(thing))


_VALUES: dict[type, Callable[[Any], tuple[Any, ...]] | None] = {}
"""What `_values_of` has told of the kinds met."""


def _values_of(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """What takes a record's values, where making one anew does nothing but keep them; None for any other kind."""
    given = fields(kind) if is_dataclass(kind) else ()
    if len(given) < 2 or hasattr(kind, "__post_init__") or not all(one.init for one in given):
        return None
    return attrgetter(*(one.name for one in given)) if not any(one.kw_only for one in given) else None


def _load() -> None:
    """Load what the first package would load, so that who asks is not told too early that this process is ready."""
    from exchange import documents, judging

    del documents, judging


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
