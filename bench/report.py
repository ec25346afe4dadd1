"""One measured figure (测量结果): a ratio with its goal, and the milliseconds or MB behind it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A ratio (比值); `goal` is the most it should be, None where it is only told."""

    name: str
    ratio: float
    goal: float | None
    detail: str

    def __str__(self) -> str:
        aim = "" if self.goal is None else f"  (goal ≤ {self.goal:g})"
        return f"{self.name}: {self.ratio:.2f}{aim}  {self.detail}"
