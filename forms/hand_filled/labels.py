"""Labels and what stands beside them (标签与内容): 项目名称 | 村级道路养护, or 项目名称：村级道路养护 in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from forms.hand_filled.area import Area
from forms.hand_filled.head_faults import stands_fault
from forms.hand_filled.head_words import HeadWords, pattern, plain_head
from forms.hand_filled.text_kinds import TextKind, row_kinds
from models.domain.money import plain_text

_CODED_NAME = re.compile(r"(?P<code>\d{6,8}[A-Z]\d{10,13})\s*[-—–－_ ]\s*(?P<name>.+)", re.DOTALL)
_POINTS = "stated_total"
_BETWEEN = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_LONGEST_LABEL = 24
_LONGEST_LINE = 200
_BARE = ("单位", "部门")
"""Labels that may as well ask for 万元: what stands behind them tells."""
_FAR_APART = re.compile(r"\s{2,}|[\u3000\n]+")


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled fact of the head (表头信息): its role, its text and where it stands."""

    role: str
    text: str
    row: int
    column: int


def facts(area: Area, last: int, words: HeadWords) -> list[Fact]:
    """Every labelled fact down to a row; a label without content gives none."""
    kinds = row_kinds(area.grid, words)
    return [
        fact
        for row in area.rows(None, last)
        if kinds[row] & (TextKind.LABEL | TextKind.INLINE)
        for fact in _of_row(area, row, words)
    ]


def _of_row(area: Area, row: int, words: HeadWords) -> Iterator[Fact]:
    """The facts of one row."""
    texts = area.beginning(row)
    for index, (column, text) in enumerate(texts):
        inline = _inline(text, words)
        if inline:
            yield from (Fact(role, content, row, column) for role, content in inline)
            continue
        match = words.label(text) if len(text) <= _LONGEST_LABEL else None
        if match is None or index + 1 == len(texts):
            continue
        beside, content = texts[index + 1]
        if stands_fault(area, row, area.right_edge(row, column), beside):
            continue
        if match.role == _POINTS and not any(char.isdigit() for char in plain_text(content)):
            continue  # A head of a column of points, not the label of the total.
        if words.label(content) is None and words.target(content) is None and not _inline(content, words):
            yield Fact(match.role, content, row, beside)


def _inline(text: str, words: HeadWords) -> list[tuple[str, str]]:
    """Role and content of labels written together with their contents, several in one cell far apart."""
    found: list[tuple[str, str]] = []
    if len(text) > _LONGEST_LINE or not (":" in text or "：" in text):
        return found
    for part in _FAR_APART.split(text.strip()):
        label, colon, content = part.replace(":", "：").partition("：")
        match = words.label(label) if colon and len(label) <= _LONGEST_LABEL else None
        if match and content.strip():
            found.append((match.role, content.strip()))
        elif plain_head(label) in _BARE and pattern(f"(?:{words.titles.unit_ends})$").search(content.strip()):
            found.append(("filing_unit", content.strip()))
        elif found and not colon:
            found[-1] = (found[-1][0], f"{found[-1][1]}{part}")
    return found


def split_project(text: str) -> tuple[str, str]:
    """Code and name of a project printed as one (51000021R000000019951-工资性支出); "" for no code."""
    found = _CODED_NAME.fullmatch(plain_text(text))
    return (found["code"], found["name"].strip()) if found else ("", tidy(text))


def tidy(text: str) -> str:
    """A name without the line breaks and blanks a narrow cell put into it."""
    parts = text.split()
    if len(parts) <= 1:
        return "".join(parts)
    lines = [line.strip() for line in text.splitlines()]
    return _BETWEEN.sub("", "".join(lines))
