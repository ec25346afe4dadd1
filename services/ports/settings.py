"""Settings and running numbers as services see them (工作区设置接口)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Protocol


class SettingRepository(Protocol):
    """Named JSON values of the workspace (工作区设置): role, unit code, names, numbers."""

    def get(self, key: str) -> Any:
        """The value, or None."""
        ...

    def some(self, keys: Collection[str]) -> Mapping[str, Any]:
        """The values of those of some keys that are kept, in one question."""
        ...

    def put(self, key: str, value: Any) -> None:
        """Set a value."""
        ...

    def next_number(self, name: str) -> int:
        """The next running number of that name, from 1, never given twice."""
        ...

    def raise_number(self, name: str, least: int) -> None:
        """Numbers of that name up to `least` are taken; nothing changes when they are already."""
        ...
