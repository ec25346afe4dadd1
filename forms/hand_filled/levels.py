"""Printed levels met with the frame of a kit (指标层次对应): 产出指标（50分） is the frame's 产出指标."""

from __future__ import annotations

from dataclasses import dataclass

from forms.hand_filled.head_words import plain_head
from models.domain.kit import IndicatorFrame

_ENDING = "指标"


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a row hangs (指标所在层次): codes of the frame, or the printed words where it has no such level.

    `moved_to` names the first level the frame has the second one under, where the table prints another.
    """

    first: str
    second: str
    is_known: bool = True
    moved_to: str = ""


def placed(frame: IndicatorFrame, first: str, second: str) -> Placed:
    """The frame's codes of two printed levels; what it does not know keeps its words."""
    own = next((one for one in frame.firsts if _same(one.label, first)), None)
    if own is not None:
        if not second.strip():
            return Placed(own.code, "", is_known=not own.seconds)
        for one in own.seconds:
            if _same(one.label, second):
                return Placed(own.code, one.code)
    elsewhere = [
        (other, one) for other in frame.firsts for one in other.seconds if second and _same(one.label, second)
    ]
    if len(elsewhere) == 1:
        other, one = elsewhere[0]
        return Placed(other.code, one.code, moved_to=other.label if first.strip() else "")
    return Placed(own.code if own else first.strip(), second.strip(), is_known=False)


def _same(label: str, printed: str) -> bool:
    """Whether a label and a printed text name one level."""
    return bool(printed) and _bare(label) == _bare(printed)


def _bare(text: str) -> str:
    """A level without brackets, blanks and the word 指标."""
    body = plain_head(text)
    return body.removesuffix(_ENDING) or body
