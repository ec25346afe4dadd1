"""Files that are being written (未写完的文件): their names, and which of them a program that was killed has left behind.

A file is written under such a name beside its place and then put there. Whoever writes to a folder first looks for
what an earlier run of the program left unfinished. Only names nobody else gives are recognised, and only when nothing
was written for so long that no desk can still be at work, whatever its clock or the time zone of the carrier says.
"""

from __future__ import annotations

import re

LEFT_AFTER_SECONDS = 2 * 24 * 60 * 60
"""Unchanged for so long: a carrier with local times is read up to 14 hours off on another computer."""

_OURS = re.compile(
    r"~bpd-[0-9a-f]{12}\.tmp"
    r"|\.[0-9A-Za-z]+_\d{4}_[a-z_]+_\d+_[0-9a-f]{8}\.asice\.[0-9a-f]{12}\.tmp"
)
"""Any file of ours, and a package of ours by its whole name."""


def draft_name(token: str) -> str:
    """The name of any file while it is written; `token` is 12 hexadecimal digits nobody else has."""
    return f"~bpd-{token}.tmp"


def hidden_draft_name(name: str, token: str) -> str:
    """The name of a package or key while it is written: its own, cut short, hidden, with the token."""
    return f".{name[:60]}.{token}.tmp"


def is_left_behind(name: str, seconds_unchanged: float) -> bool:
    """Whether a file is surely what this program was writing when it was killed."""
    return seconds_unchanged > LEFT_AFTER_SECONDS and _OURS.fullmatch(name) is not None
