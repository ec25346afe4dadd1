"""Digests of kits reckoned once (参数包摘要只算一次): services say them in every package, tests seal hundreds under one kit."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from models.domain.kit import ParameterKit
from services import handed_out, messages

KEPT = 16
"""Kits remembered; each is kept alive meanwhile, so that its identity means something."""


@contextmanager
def reckoned_once() -> Iterator[None]:
    """While this lasts, the digest of a kit object met lately is not reckoned again; kits are frozen."""
    known: OrderedDict[int, tuple[ParameterKit, str]] = OrderedDict()
    reckon = messages.kit_digest

    def digest(kit: ParameterKit) -> str:
        if id(kit) not in known:
            known[id(kit)] = kit, reckon(kit)
        known.move_to_end(id(kit))
        found = known[id(kit)][1]
        if len(known) > KEPT:
            known.popitem(last=False)
        return found

    with pytest.MonkeyPatch.context() as patch:
        for module in (messages, handed_out):
            patch.setattr(module, "kit_digest", digest)
        yield
