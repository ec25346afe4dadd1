"""Text fit to be written and drawn (可打印文字): nothing that breaks a file, nothing that vanishes unseen."""

from __future__ import annotations

import unicodedata

STAND_IN = "〓"
"""What stands for a character that cannot be written (字盘代用符 〓, the printers' own mark)."""

_SHAPELESS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180e\u3164\ufeff\uffa0")


def is_shapeless(char: str) -> bool:
    """Whether a character has no shape by definition: zero-width signs, direction marks, variation selectors."""
    return (
        char in _SHAPELESS
        or unicodedata.category(char) == "Cf"
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0100" <= char <= "\U000e01ef"
    )


def is_control(char: str) -> bool:
    """Whether no document can hold the character: controls, halves of surrogate pairs, noncharacters."""
    return unicodedata.category(char) in ("Cc", "Cs") or ord(char) & 0xFFFE == 0xFFFE


def one_line_end(text: str) -> str:
    """The text with one kind of line end, and tabs as blanks."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return plain.replace("\t", "\u3000")


def writable(text: str) -> str:
    """The text as a file can hold it: 〓 for what none can."""
    plain = one_line_end(text)
    return "".join(STAND_IN if char != "\n" and is_control(char) else char for char in plain)
