"""Many records made at once (批量读取): without the cyclic collector, which would look at all of them again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 200_000
"""Objects; fewer are looked at in some tens of milliseconds."""


@contextmanager
def without_collector() -> Iterator[None]:
    """No cyclic collection while tens of thousands of records that hold no cycle are made; short work only.

    Where very many were made they are set aside from later collections too: looking at them once takes a third of a
    second, again and again while somebody types, and would find nothing.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if gc.get_count()[0] > _MANY:
                gc.freeze()
            gc.enable()
