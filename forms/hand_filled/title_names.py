"""The project a title names (标题中的项目名称): 示例镇“厕所革命”项目支出绩效自评表, 2023年度食堂改造项目绩效自评表.

Used only where the head of a table has no name of its own, and said so; a title that may name the unit instead
gives nothing.
"""

from __future__ import annotations

import re

from forms.hand_filled.head_words import TitleWords, pattern
from models.domain.money import plain_text

_QUOTED = re.compile(r"[“\"《「]([^”\"》」]{2,30})[”\"》」]")
_BRACKETS = re.compile(r"\(([^()]{2,30})\)")
_EDGES = ' :、,.-—_“”"《》()'
_ENDS = re.compile(r"(?:(?:19|20)\d\d年度?|项目|专项资金|资金)$")
_SHORTEST = 2


def name_in_title(title: str, words: TitleWords, units: tuple[str, ...]) -> str:
    """The project's name in a title, "" when none or more than one thing it may be; `units` are names it is not."""
    body = plain_text(title).replace("\n", "").replace(" ", "")
    tail = pattern(words.tail).search(body)
    if tail is None:
        return ""
    quoted = _QUOTED.findall(body)
    if quoted:
        return str(quoted[0]) if len(quoted) == 1 else ""
    inside = [text for text in _BRACKETS.findall(tail.group()) if _bare(text, words)]
    for text in (body[: tail.start()], *inside):
        name = _stripped(text, words)
        if name and name not in units and not pattern(f"(?:{words.unit_ends})$").search(name):
            return name
    return ""


def _stripped(text: str, words: TitleWords) -> str:
    """The text without years, periods and the form's own words at its edges."""
    generic = words.generic
    before = None
    name = text.strip(_EDGES)
    while name != before:
        before = name
        name = pattern(f"^(?:{generic})").sub("", name).strip(_EDGES)
        name = _ENDS.sub("", name).strip(_EDGES)
    return name if len(_bare(name, words)) >= _SHORTEST else ""


def _bare(text: str, words: TitleWords) -> str:
    """What is left of a text without any of the form's own words."""
    return pattern(words.generic).sub("", text).strip(_EDGES)
