"""Tables on the clipboard (剪贴板表格): tab-separated text as Excel and WPS write and read it."""

from __future__ import annotations

import re
from collections.abc import Sequence

Grid = list[list[str]]

_KEPT_TEXT = "'"
"""What keeps a spreadsheet from reading a text as a formula."""
_FORMULA = re.compile(r"'*[=+\-@].")
_NUMBER = re.compile(r"[+-]?[\d,]*\.?\d+%?")


def parse_grid(text: str) -> Grid:
    """Rows of cells; a cell in double quotes may hold line breaks, tabs and doubled quotes.

    A quote that is never closed is an ordinary character. Blank lines at the end are dropped, and so is the
    apostrophe before a text that would otherwise be a formula.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    grid: Grid = [[]]
    position = 0
    while True:
        cell, position, stop = _cell(text, position)
        grid[-1].append(_as_typed(cell))
        if stop == "":
            break
        if stop == "\n":
            grid.append([])
    while grid and not any(cell.strip() for cell in grid[-1]):
        grid.pop()
    return grid


def _cell(text: str, start: int) -> tuple[str, int, str]:
    """One cell from `start`: its content, where the next begins, and what ended it (tab, newline, or "")."""
    if text.startswith('"', start) and (quoted := _quoted(text, start)):
        content, end = quoted
    else:
        ends = [found for mark in "\t\n" if (found := text.find(mark, start)) >= 0]
        end = min(ends, default=len(text))
        content = text[start:end]
    return content, end + 1, text[end : end + 1]


def _quoted(text: str, start: int) -> tuple[str, int] | None:
    """Content and end of a quoted cell, None when the quotes do not close right before a cell's end."""
    position = start + 1
    content = ""
    while (quote := text.find('"', position)) >= 0:
        content += text[position:quote]
        if text.startswith('""', quote):
            content += '"'
            position = quote + 2
            continue
        end = quote + 1
        return (content, end) if text[end : end + 1] in ("", "\t", "\n") else None
    return None


def grid_text(grid: Sequence[Sequence[str]]) -> str:
    """The text to put on the clipboard for a grid, quoted where a cell holds breaks, tabs or quotes.

    A text that Excel or WPS would run as a formula gets an apostrophe; it may have come from elsewhere.
    """
    return "\n".join("\t".join(_quote(_as_text(cell)) for cell in line) for line in grid) + "\n"


def _as_text(cell: str) -> str:
    """A cell that stays a text where it is pasted; numbers stay numbers."""
    return f"{_KEPT_TEXT}{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def _as_typed(cell: str) -> str:
    """A cell without the apostrophe that kept it a text."""
    kept = cell.removeprefix(_KEPT_TEXT)
    return kept if kept != cell and _FORMULA.match(kept) else cell


def _quote(cell: str) -> str:
    """A cell as Excel writes it."""
    if any(mark in cell for mark in '\t\n"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def is_table(text: str) -> bool:
    """Whether a clipboard text is more than one cell."""
    grid = parse_grid(text)
    return len(grid) > 1 or any(len(line) > 1 for line in grid)
