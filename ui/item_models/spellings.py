"""Spellings of choices (选项的各种写法): what people type or paste for 产出指标, ≥ or 正向.

Offices write the same choice in many ways (数量指标(必填), 大于等于, 逆向指标). A text is matched by
value, label, label without 指标 or a bracketed remark, and by the words people use for signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from forms.context import FormContext
from forms.schema import Choice, FieldKind, FieldSpec, Row
from models.domain.money import plain_text

_WORDS = {
    "≥": (">=", "≧", "=>", "不少于", "不低于", "不小于", "大于等于", "大于或等于", "至少", "以上"),
    "≤": (
        "<=",
        "≦",
        "=<",
        "不超过",
        "不高于",
        "不大于",
        "不多于",
        "小于等于",
        "小于或等于",
        "至多",
        "以内",
        "以下",
    ),
    "=": ("==", "等于", "﹦"),
    ">": ("大于", "多于", "高于", "超过"),
    "<": ("小于", "少于", "低于"),
    "qualitative": ("定性指标", "定性的"),
    "other": ("定量(其他)", "定量其他", "其它", "不适用"),
    "positive": ("正向指标", "正", "+"),
    "negative": ("反向指标", "逆向指标", "逆向", "负向", "反", "-"),
}
"""Words met in filled forms for the values of signs and directions (domain §1.3, §1.5)."""

_VALUES = {plain_text(word): value for value, words in _WORDS.items() for word in words}


def spelled(spec: FieldSpec, typed: str, context: FormContext, row: Row) -> str:
    """The text `forms.kinds.read` understands: a choice's value where one is meant, else as typed."""
    if spec.kind is not FieldKind.CHOICE or spec.choices is None:
        return typed
    found = meant_choice(spec.choices(context, row), typed)
    return found.value if found else typed


def meant_choice(options: Sequence[Choice], typed: str) -> Choice | None:
    """The one choice a text means, None when there is none or more than one."""
    wanted = plain_text(typed)
    if not wanted:
        return None
    for option in options:
        if wanted in (plain_text(option.value), plain_text(option.label)):
            return option
    value = _VALUES.get(wanted.replace(" ", ""))
    for option in options:
        if option.value == value:
            return option
    core = _core(wanted)
    same = [option for option in options if core and _core(plain_text(option.label)) == core]
    return same[0] if len({option.value for option in same}) == 1 else None


def closest_choice(options: Sequence[Choice], typed: str) -> Choice | None:
    """The choice a half-typed text leads to: the meant one, else the only one that begins with or holds it."""
    wanted = plain_text(typed)
    meant = meant_choice(options, typed)
    if meant or not wanted:
        return meant
    for fits in (str.startswith, str.__contains__):
        found = [option for option in options if fits(plain_text(option.label), wanted)]
        if len({option.value for option in found}) == 1:
            return found[0]
    return None


def _core(label: str) -> str:
    """A label without bracketed remarks, blanks and the word 指标."""
    return re.sub(r"[(\[【].*?[)\]】]|\s", "", label).removesuffix("指标")
