"""Two texts side by side (文字差异): of long ones only the part in which they differ, so that a line can show it."""

from __future__ import annotations

_LONGEST, _AROUND = 40, 8


def differing_parts(old: str, new: str) -> tuple[str, str]:
    """Both texts where they are short; of long ones the part that differs, with a little around it."""
    if max(len(old), len(new)) <= _LONGEST:
        return old, new
    least = min(len(old), len(new))
    head = next((n for n in range(least) if old[n] != new[n]), least)
    tail = next((n for n in range(least - head) if old[-1 - n] != new[-1 - n]), least - head)
    return _middle(old, head, tail), _middle(new, head, tail)


def _middle(text: str, head: int, tail: int) -> str:
    """The part of a text after `head` and before `tail` characters, with a little around it, cut where it is long."""
    start, end = max(0, head - _AROUND), min(len(text), len(text) - tail + _AROUND)
    part = text[start:end]
    if len(part) > _LONGEST:
        part = f"{part[:_LONGEST]}…"
    before, after = "…" if start else "", "…" if end < len(text) and not part.endswith("…") else ""
    return f"{before}{part}{after}"
