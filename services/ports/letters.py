"""Letters as services see them (函件接口): an official letter with its list, drawn in GB/T 9704 manner by `documents`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LetterList:
    """The list enclosed with a letter (附件清单): heads and rows; a blank in a leading column goes on with the cell above.

    `widths` are shares of the page's width, one a column; the first `shared` columns name what a row is about;
    `centred` are those whose texts stand in the middle.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    shared: int = 2
    centred: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Letter:
    """An official letter (函): `number` is its 发文字号, "" to be written in by hand; `note` its 附注, "" for none."""

    sender: str
    number: str
    title: str
    salutation: str
    paragraphs: tuple[str, ...]
    enclosed: LetterList
    dated: str
    note: str = ""
