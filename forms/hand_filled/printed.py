"""Numbers as printed in a table (所载数字识别): amounts, points and rates, or what is wrong with the cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from forms.chinese_numerals import in_figures, number_in_words
from forms.hand_filled.grid import GridCell
from forms.hand_filled.head_words import HeadWords, plain_head
from forms.hand_filled.stated import BLANK_NUMBER, StatedNumber, Unread
from forms.kinds import parse_number
from forms.remembered import by_identity
from models.domain.errors import InputError
from models.domain.money import MAX_FEN, AmountUnit, parse_amount, plain_text

_GLUED = re.compile(r"(?P<number>[+-]?\d[\d,]*(?:\.\d+)?)(?P<unit>亿元?|万元?|元)(?P<rest>\(.*)?")
_POINTS = re.compile(r"(?P<number>[+-]?\d[\d,]*(?:\.\d+)?)\s*(?:分|%|\(分\))?(?:\([扣减因按未][^()]*\))?")
_RATE = re.compile(r"(?P<number>[+-]?\d[\d,]*(?:\.\d+)?)\s*(?P<percent>%?)")
_UNITS = {"亿": "亿元", "万": "万元"}
_HUNDRED = Decimal(100)
_PERCENT = ("%",)
_AMOUNT_IN_WORDS = re.compile(
    r"(?P<number>[零〇一二两三四五六七八九十百千万亿点壹贰叁肆伍陆柒捌玖拾佰仟]+?)(?P<unit>亿元|万元|元)"
)
UNCALCULATED = "（公式）"
"""Stands for a cell with a formula and no result: filled in, so that nobody is told it is blank, but unknown."""
_LARGEST_SHARE = Decimal("1.5")
"""From here on a rate without percent sign can only be a percentage; below, only money can tell."""


@dataclass
class Unreadable:
    """Collects what could not be read (未能识别的内容)."""

    has_bare_amount: bool = False
    """Whether an amount was read that does not say 元 or 万元 itself."""
    _found: dict[Unread, None] = field(default_factory=dict)

    @property
    def found(self) -> tuple[Unread, ...]:
        """Everything noted, in the order it was met."""
        return tuple(self._found)

    def add(self, where: str, text: str, message: str, remedy: str) -> None:
        """One more place; the same place is named once for the same reason."""
        self._found[Unread(where, text.strip()[:60], message, remedy)] = None


@dataclass(frozen=True, slots=True)
class NumberReader:
    """Reads the cells of numbers of one table (数字识别), noting what it cannot read."""

    words: HeadWords
    unread: Unreadable

    def is_empty(self, text: str) -> bool:
        """Whether a text means that nothing was filled in."""
        return _emptiness(self.words)(text)

    def amount(self, cell: GridCell, unit: AmountUnit, where: str, label: str) -> int | None:
        """An amount in 分; None for a blank, a filler, or a text that is noted as no amount."""
        if self.note_fault(cell, where, label) or self.is_empty(cell.text):
            return None
        try:
            if cell.number is not None and not cell.text.endswith("%"):
                self.unread.has_bare_amount |= bool(cell.number) and "元" not in cell.text
                fen = cell.number * unit.value
                whole = int(fen.quantize(Decimal(1), ROUND_HALF_UP))
                if abs(whole) <= MAX_FEN:
                    return whole
                return parse_amount(f"{fen.quantize(Decimal(1), ROUND_HALF_UP) / 100:f}", AmountUnit.YUAN)
            found = parse_amount(_unglued(cell.text), unit)
            self.unread.has_bare_amount |= bool(found) and not any(word in cell.text for word in "元万亿")
            return found
        except InputError as error:
            self.unread.add(where, cell.text, f"认不出金额，{label}没有读取", error.remedy)
            return None

    def points(self, cell: GridCell, where: str, label: str) -> StatedNumber:
        """A score or weight; a filler is blank, a text is kept and noted."""
        if self.note_fault(cell, where, label):
            return StatedNumber(cell.text or UNCALCULATED)
        if self.is_empty(cell.text):
            return BLANK_NUMBER
        value = _points_of(cell.text)
        if value is None:
            self.unread.add(where, cell.text, f"不是数字，{label}没有读取", "请改成数字，例如 9.18")
            return StatedNumber(cell.text)
        return StatedNumber(cell.text.strip(), value)

    def rate(
        self, cell: GridCell, expected: Decimal | None, where: str, label: str, *, in_percent: bool
    ) -> StatedNumber:
        """A rate as a share: 99.10%, 79.27, 0.86 and 1 are all met; money decides what a bare number means."""
        if self.note_fault(cell, where, label):
            return StatedNumber(cell.text or UNCALCULATED)
        if self.is_empty(cell.text):
            return BLANK_NUMBER
        found = _RATE.fullmatch(in_figures(plain_text(cell.text), _PERCENT).replace(" ", ""))
        number = parse_number(found["number"]) if found else None
        if number is None or found is None:
            self.unread.add(where, cell.text, f"不是百分数，{label}没有读取", "请改成百分数，例如 99.10%")
            return StatedNumber(cell.text)
        if found["percent"] or in_percent:
            return StatedNumber(cell.text.strip(), number / _HUNDRED)
        return StatedNumber(cell.text.strip(), _share(number, expected))

    def note_fault(self, cell: GridCell, where: str, label: str) -> bool:
        """Note a cell whose content cannot be trusted; whether it is one."""
        if cell.fault:
            remedy = "请用 Excel 或 WPS 打开，改正这个单元格并保存后再检查"
            self.unread.add(where, cell.text, fault_message(cell, label), remedy)
        return bool(cell.fault)


@lru_cache(maxsize=4_096)
def _points_of(text: str) -> Decimal | None:
    """The points a text says, None when it is no number."""
    body = plain_text(text).replace(" ", "")
    found = _POINTS.fullmatch(body)
    return parse_number(found["number"]) if found else number_in_words(body.removesuffix("分"))


@by_identity(8)
def points_texts(words: HeadWords) -> Callable[[str], StatedNumber | None]:
    """Texts of points read by a dictionary, remembered; None for a text that is no number."""

    def read(text: str) -> StatedNumber | None:
        if _emptiness(words)(text):
            return BLANK_NUMBER
        value = _points_of(text)
        return None if value is None else StatedNumber(text.strip(), value)

    return lru_cache(maxsize=4_096)(read)


@by_identity(8)
def _emptiness(words: HeadWords) -> Callable[[str], bool]:
    """Which texts mean that nothing was filled in, by a dictionary; remembered for the last texts."""
    nothing = frozenset((*words.fillers, *words.empty_words))

    def is_empty(text: str) -> bool:
        return text.strip() in nothing or not plain_head(text, keep_brackets=True)

    return lru_cache(maxsize=4_096)(is_empty)


def fault_message(cell: GridCell, label: str) -> str:
    """Why a cell cannot be trusted, to be read after its text, or alone when it shows nothing."""
    return f"{cell.fault}，{label}没有读取" if cell.text else f"{label}{cell.fault}"


def _share(number: Decimal, expected: Decimal | None) -> Decimal:
    """A bare number as a share: whichever of itself and its hundredth is nearer to what the money gives."""
    share = number / _HUNDRED
    if expected is not None and number:
        return number if abs(number - expected) <= abs(share - expected) else share
    return share if number > _LARGEST_SHARE else number


def _unglued(text: str) -> str:
    """854万(含税) as 854万元, ￥8.5 as 8.5: unit written out, remark and sign of money left aside."""
    body = plain_text(text).replace(" ", "").removeprefix("人民币").lstrip("¥").removesuffix("整")
    if found := _GLUED.fullmatch(body):
        return f"{found['number']}{_UNITS.get(found['unit'].rstrip('元'), found['unit'])}"
    found = _AMOUNT_IN_WORDS.fullmatch(body)
    number = number_in_words(found["number"]) if found else None
    return f"{number:f}{found['unit']}" if found and number is not None else body
