"""Sentences about one place that differs (改动的说法), told from the side that is known to be as sealed."""

from __future__ import annotations

from services.tamper_cells import Change
from services.text_difference import differing_parts


def changed_in_data(change: Change) -> str:
    """The document is as sealed, the data were changed."""
    if change.is_whole:
        return _part(change, change.drawn, "多了", "少了")
    old, new = differing_parts(change.came, change.drawn)
    return f"{change.name}由 {old} 改成了 {new}"


def changed_in_document(change: Change) -> str:
    """The data are as sealed, the document was changed."""
    if change.is_whole:
        return _part(change, change.came, "多了", "少了")
    old, new = differing_parts(change.drawn, change.came)
    return f"{change.name}由 {old} 改成了 {new}"


def differing(change: Change) -> str:
    """Nothing tells which side was changed."""
    if change.is_whole:
        return _part(change, change.drawn, "数据里才有", "表格里才有")
    old, new = differing_parts(change.drawn, change.came)
    return f"{change.name}在数据里是 {old}，在表格里是 {new}"


def _part(change: Change, here: str, gained: str, lost: str) -> str:
    """A row or worksheet that stands on one side only, or on both in different places."""
    words = change.name if "“" in change.name else f"{change.name}“{change.drawn or change.came}”"
    if change.drawn and change.came:
        return f"{words}换了位置或归类"
    return f"{gained if here else lost}{words}"
