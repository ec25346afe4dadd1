"""Names on one line (名称文字): what goes into lists, file heads and packages has no line breaks and no unseen signs."""

from __future__ import annotations

MAX_NAME = 200
"""Longest text in the head of a package, in characters (docs/package-format.md)."""


def one_line(text: str) -> str:
    """The text with every run of blanks, line breaks and unseen characters as one blank, none at the ends."""
    if text.isprintable() and " " not in text:  # no other blank is printable
        return text
    if not text.isprintable():
        text = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(text.split())


def comparable(name: str) -> str:
    """A name as it is held against another: without blanks, its brackets in one width, since people type both."""
    return "".join(name.split()).replace("(", "（").replace(")", "）")
