"""Copying and searching right (文字可复制): the ToUnicode table of an embedded font subset.

reportlab writes five hexadecimal digits for characters beyond the BMP, which readers take for something
else: here every character is UTF-16BE, with surrogates where needed, in blocks of at most 100 as the
CMap specification (PDF 32000-1 §9.10.3) asks.
"""

from __future__ import annotations

from collections.abc import Sequence

_BLOCK = 100


def to_unicode_cmap(name: str, subset: Sequence[int]) -> str:
    """The CMap of a one-byte subset: `subset[i]` is the character code i stands for, 0 for none."""
    pairs = [f"<{code:02X}> <{_utf16(char)}>" for code, char in enumerate(subset) if char]
    blocks: list[str] = []
    for start in range(0, len(pairs), _BLOCK):
        block = pairs[start : start + _BLOCK]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    head = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    tail = ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join([*head, *blocks, *tail])


def _utf16(char: int) -> str:
    """A character in hexadecimal UTF-16BE."""
    return chr(char).encode("utf-16-be").hex().upper()
