"""Kinds of fields (填报项类型): one value, three spellings.

kept   what answers hold: integer 分 for money, text for everything else
typed  what a person writes into a cell
shown  what is displayed or printed

`read` turns typed into kept and never loses anything: text that cannot be read is kept as typed and
comes with a sentence. So a `_fen` answer that is text is one nobody could read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, TypeGuard

from forms.context import FormContext
from forms.schema import FieldKind, FieldSpec, Row
from models.domain.errors import InputError
from models.domain.money import MAX_FEN, AmountUnit, format_amount, parse_amount, plain_text, ungrouped
from models.domain.monitoring_rule import Light


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of typed text (识别结果): the value to keep, and what is wrong with it ("" when nothing)."""

    value: Any
    problem: str = ""
    remedy: str = ""


_LONGEST_KEPT = 40
"""Characters up to which a text may be a number worth remembering."""

_LONGEST_QUOTED = 20

_NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{1,10})?")


def parse_number(text: str) -> Decimal | None:
    """The number of a text (full-width digits and thousands separators read), or None."""
    return _short_number(text) if len(text) <= _LONGEST_KEPT else _read_number(text)


def _read_number(text: str) -> Decimal | None:
    """What `parse_number` gives."""
    body = ungrouped(plain_text(text).replace(" ", ""))
    if not _NUMBER.fullmatch(body):
        return None
    try:
        return Decimal(body)
    except InvalidOperation:
        return None


_short_number = lru_cache(maxsize=8_192)(_read_number)
"""Points, rates and counts come again in every form."""


def _quoted(text: str) -> str:
    """A text between quotation marks, short enough for a sentence; what is cut is marked ……."""
    return f"“{text}”" if len(text) <= _LONGEST_QUOTED else f"“{text[:_LONGEST_QUOTED]}……”"


def written_length(text: str) -> int:
    """How many characters a text has without its blanks, as least lengths are counted."""
    return len("".join(text.split()))


def read(spec: FieldSpec, typed: str, context: FormContext, row: Row | None = None) -> Reading:
    """The value to keep of what was typed into a field."""
    typed = _writable(typed)
    text = typed.strip()
    if not text:
        return Reading(None)
    if spec.kind is FieldKind.MONEY:
        return _read_money(typed, context.amount_unit)
    if spec.kind is FieldKind.CHOICE:
        return _read_choice(spec, text, context, row or {})
    if spec.kind is FieldKind.RATE:
        return _read_rate(typed)
    if spec.kind is FieldKind.TICK:
        return _read_tick(text)
    problem, remedy = problem_of(spec, text)
    normal = _normal_spelling(spec.kind, typed) if not problem else typed
    return Reading(normal, problem, remedy)


def _writable(typed: str) -> str:
    """The text with halves of broken characters replaced by �: files and databases cannot hold those."""
    try:
        typed.encode("utf-8")
    except UnicodeEncodeError:
        return typed.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return typed


def _read_money(typed: str, unit: AmountUnit) -> Reading:
    """Money in the form's unit, or the text with what is wrong."""
    try:
        return Reading(parse_amount(typed, unit))
    except InputError as error:
        return Reading(typed, error.what, error.remedy)


def _read_choice(spec: FieldSpec, text: str, context: FormContext, row: Row) -> Reading:
    """A choice by value or label."""
    options = spec.choices(context, row) if spec.choices else ()
    wanted = plain_text(text)
    for option in options:
        if wanted in (plain_text(option.value), plain_text(option.label)):
            return Reading(option.value)
    if spec.is_open_choice:
        return Reading(text)
    return Reading(text, f"{_quoted(text)}不在可选范围内", "请从列表中选择")


TICKED = "yes"
"""What a ticked box keeps."""

_TICK_WORDS = frozenset(["√", "✓", "✔", "☑", "是", "有", "1", "yes", "true", "y"])
_NO_TICK_WORDS = frozenset(["×", "✗", "□", "☐", "否", "无", "0", "no", "false", "n", "-", "—", "/"])


def _read_tick(text: str) -> Reading:
    """A tick in any usual spelling; other text is kept with what is wrong."""
    word = plain_text(text).lower()
    if word in _TICK_WORDS or text in _TICK_WORDS:
        return Reading(TICKED)
    if word in _NO_TICK_WORDS or text in _NO_TICK_WORDS:
        return Reading(None)
    return Reading(text, f"{_quoted(text)}看不出勾没勾", "请打√或留空")


def _read_rate(typed: str) -> Reading:
    """A percentage, with or without its sign, as a share."""
    number = parse_number(plain_text(typed).removesuffix("%"))
    if number is None:
        return Reading(typed, f"{_quoted(typed.strip())}不是百分数", "请填数字，例如 86.20")
    return Reading(f"{number / 100:f}")


def show_rate(share: Decimal) -> str:
    """A share in percent with two decimals, half up (domain §11): 0.862 is 86.20%."""
    return f"{(share * 100).quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):f}%"


def _normal_spelling(kind: FieldKind, typed: str) -> str:
    """Numbers, codes, phones and years lose full-width digits and blanks; texts stay exactly as typed."""
    if kind is FieldKind.WEIGHT:
        return plain_text(typed).replace(",", "")
    if kind in (FieldKind.YEAR, FieldKind.PHONE, FieldKind.CODE):
        return plain_text(typed)
    if kind is FieldKind.DATE:
        found = parse_date(typed)
        return found.isoformat() if found else typed
    return typed


def problem_of(spec: FieldSpec, kept: Any) -> tuple[str, str]:
    """What is wrong with a kept value (识别问题) and what to do; two empty texts when nothing is."""
    if kept is None or (isinstance(kept, str) and not kept.strip()):
        return "", ""
    if spec.kind is FieldKind.MONEY:
        return _money_problem(kept)
    if not isinstance(kept, str):
        return "内容格式不对", "请重新填写"
    text = kept
    if spec.max_length and len(text) > spec.max_length:
        return f"填了 {len(text)} 个字，最多 {spec.max_length} 个字", "请精简文字"
    return _spelling_problem(spec.kind, text) if spec.kind in SPELLED else ("", "")


def is_plainly_sound(spec: FieldSpec, text: str) -> bool:
    """Whether a text needs no other look: of the right length, where neither spelling nor choices count."""
    return spec.kind in PLAIN and len(text) <= (spec.max_length or len(text))


def is_soundly_spelled(kind: FieldKind, text: str) -> bool:
    """Whether nothing is wrong with how a text of such a kind is spelled; its length is another question."""
    return not _spelling_problem(kind, text)[0]


PLAIN = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.PLANNED_VALUE, FieldKind.CODE})
"""Kinds of which any text of the right length may stand."""

SPELLED = frozenset(
    {
        FieldKind.WEIGHT,
        FieldKind.RATE,
        FieldKind.TICK,
        FieldKind.LIGHT,
        FieldKind.YEAR,
        FieldKind.DATE,
        FieldKind.PHONE,
    }
)
"""Kinds whose texts have a form of their own; any other text of the right length may stand."""


@lru_cache(maxsize=2_048)
def _spelling_problem(kind: FieldKind, text: str) -> tuple[str, str]:
    """What is wrong with a text of such a kind."""
    if kind is FieldKind.WEIGHT and parse_number(text) is None:
        return f"{_quoted(text)}不是分值", "请填数字，例如 10 或 22.5"
    if kind is FieldKind.RATE and parse_number(text) is None:
        return f"{_quoted(text)}不是百分数", "请填数字，例如 86.20"
    if kind is FieldKind.TICK and text != TICKED:
        return f"{_quoted(text)}看不出勾没勾", "请打√或留空"
    if kind is FieldKind.LIGHT and text not in _LIGHT_LABELS:
        return f"{_quoted(text)}不是预警灯", "请重新打开这张表，由程序自动判定"
    if kind is FieldKind.YEAR and not re.fullmatch(r"(19|20)\d\d", plain_text(text)):
        return f"{_quoted(text)}不是年份", "请填四位年份，例如 2027"
    if kind is FieldKind.DATE and parse_date(text) is None:
        return f"{_quoted(text)}不是日期", "请填年月日，例如 2026年9月15日"
    if kind is FieldKind.PHONE and not re.fullmatch(r"[\d+\-() 转]{5,30}", plain_text(text)):
        return f"{_quoted(text)}不像电话号码", "请填区号和号码或手机号"
    return "", ""


def is_amount(kept: Any) -> TypeGuard[int]:
    """Whether a kept value is an amount in 分 this program can hold; a yes/no out of a foreign file is none."""
    return isinstance(kept, int) and not isinstance(kept, bool) and abs(kept) <= MAX_FEN


def _money_problem(kept: Any) -> tuple[str, str]:
    """What is wrong with kept money."""
    if is_amount(kept):
        return "", ""
    if isinstance(kept, str):
        return f"{_quoted(kept.strip())}不是金额", "请只填数字"
    return "金额无法识别", "请重新填写数字"


_LIGHT_LABELS = {light.value: light.label for light in Light}


@lru_cache(maxsize=1_024)
def parse_date(text: str) -> date | None:
    """The date of 2026年9月15日, 2026-9-15, 2026/9/15, 2026.9.15 or 20260915, or None."""
    body = plain_text(text)
    found = re.fullmatch(
        r"(\d{4})\s*[年\-/.]\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})\s*日?", body
    ) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", body)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def show_date(day: date) -> str:
    """2026年9月15日."""
    return f"{day.year}年{day.month}月{day.day}日"


def shown(spec: FieldSpec, kept: Any, context: FormContext, row: Row | None = None) -> str:
    """The text shown and printed for a kept value; "" for none.

    A choice that no longer fits its row (another first level was chosen since) still shows its label.
    """
    if kept is None:
        return ""
    if spec.kind is FieldKind.MONEY and is_amount(kept):
        return format_amount(kept, context.amount_unit)
    if spec.kind is FieldKind.CHOICE and spec.choices:
        for option in (*spec.choices(context, row or {}), *spec.choices(context, {})):
            if option.value == kept:
                return option.label
    if spec.kind is FieldKind.DATE:
        day = parse_date(str(kept))
        return show_date(day) if day else str(kept)
    if spec.kind is FieldKind.RATE:
        share = parse_number(str(kept))
        return show_rate(share) if share is not None else str(kept)
    if spec.kind is FieldKind.TICK:
        return "√" if kept == TICKED else str(kept)
    if spec.kind is FieldKind.LIGHT:
        return _LIGHT_LABELS.get(str(kept), str(kept))
    return str(kept)


def typed(spec: FieldSpec, kept: Any, context: FormContext, row: Row | None = None) -> str:
    """The text an editor begins with: as shown, money without separators."""
    if spec.kind is FieldKind.MONEY and is_amount(kept):
        return format_amount(kept, context.amount_unit, grouped=False)
    return shown(spec, kept, context, row)
