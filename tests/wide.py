"""Grids of cases (全部表样与样例): a few of them are asked at every change, the whole grid by a step of its own.

What one case shows is shown by the core tests; that it holds for every form, kit, layout and attack as well is
shown by `./test`, step 全部表样与样例, which runs whatever is marked `wide`. Whole ways from desk to desk, real keys,
upgrades and attacks stand there too: they take their time, and each of their parts has its own core tests.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any

import pytest


def core_when(is_core: Callable[[Any], bool], cases: Iterable[Any]) -> list[Any]:
    """All cases for `parametrize`; those not chosen are `wide`. A case of several values is a tuple."""
    return [case if is_core(case) else _wide(case) for case in cases]


def first_of_each(kind: Callable[[Any], Hashable], cases: Iterable[Any]) -> list[Any]:
    """All cases for `parametrize`; the first of each kind belongs to the core, the others are `wide`."""
    seen: set[Hashable] = set()

    def is_new(case: Any) -> bool:
        known = kind(case) in seen
        seen.add(kind(case))
        return not known

    return core_when(is_new, cases)


def _wide(case: Any) -> Any:
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.wide)
