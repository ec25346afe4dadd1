"""Sign, direction and way of scoring of a row (符号和方向): from its columns, else its value, else its name."""

from __future__ import annotations

from forms.checks.settings import SharedWords
from forms.remembered import any_word
from forms.scoring.deadlines import read_deadline
from forms.scoring.figures import FigureTexts, NameTells
from forms.scoring.written_values import WrittenValue
from models.domain.indicator import Comparator, Direction
from models.domain.money import plain_text
from models.domain.score_rules import ScoreMethod

WORDED = (Comparator.QUALITATIVE, Comparator.OTHER)
"""Signs of values that are words, not numbers."""
_SIGN_CODES = {
    **{sign.value: sign for sign in Comparator},
    **{sign.label: sign for sign in Comparator},
    "定量(其他)": Comparator.OTHER,
}


def sign_of(
    words: SharedWords, cells: FigureTexts, planned: WrittenValue, name: NameTells, notes: list[str]
) -> tuple[Comparator, Direction | None]:
    """Sign and direction: the column, else the value, else the name; without any, as the name sounds."""
    direction = _direction(cells.direction)
    chosen = _chosen_sign(words, cells.comparator)
    if chosen is not None:
        return chosen, direction
    sign = planned.sign or name.sign
    if sign:
        return Comparator(sign), direction
    if planned.number is None:
        is_time = read_deadline(cells.planned) is not None
        return Comparator.OTHER if is_time else Comparator.QUALITATIVE, direction
    if direction is None and name.sounds_reverse:
        notes.append("没有写明符号和方向，按名称判断为反向指标（越低越好）")
        return Comparator.EQUAL, Direction.NEGATIVE
    return Comparator.EQUAL, direction


def _chosen_sign(words: SharedWords, text: str) -> Comparator | None:
    """The sign a column holds, in any spelling; None when it is blank or unknown."""
    body = plain_text(text).replace(" ", "")
    if body in _SIGN_CODES:
        return _SIGN_CODES[body]
    for sign, spellings in words.signs_before.items():
        if body in spellings or body == sign:
            return Comparator(sign)
    return None


def sounds_reverse(words: SharedWords, name: str) -> bool:
    """Whether a name speaks of something one wants less of (成本、投诉、受害率)."""
    text = plain_text(name)
    if any_word(words.reverse_words)(text) is None:
        return False
    return not (any_word(words.reverse_exceptions)(text) or any_word(words.decrease_words)(text))


def method_of(cells: FigureTexts, comparator: Comparator) -> str:
    """Times of completion score by time whatever their sign column says; others by their sign."""
    if comparator in WORDED and read_deadline(cells.planned) is not None:
        return ScoreMethod.TIMELINESS.value
    return ""


def _direction(text: str) -> Direction | None:
    """正向, 反向, 逆向, with or without 指标, or a code; None for anything else."""
    body = plain_text(text).removesuffix("指标")
    return {
        "正向": Direction.POSITIVE,
        "positive": Direction.POSITIVE,
        "反向": Direction.NEGATIVE,
        "逆向": Direction.NEGATIVE,
        "negative": Direction.NEGATIVE,
    }.get(body)
