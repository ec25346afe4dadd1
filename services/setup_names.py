"""What people type at first start (首次使用填写项): names and codes, judged while they are typed and again before anything is made.

A name goes into certificates, file heads and lists, a code into file names as well; what a certificate or a package would
refuse months later is said beside the field instead.
"""

from __future__ import annotations

import unicodedata

from services.one_line import MAX_NAME, one_line

_MAX_PERSON_BYTES = 64
"""What a certificate has room for (common name, RFC 5280 appendix A.1, counted as bytes): 21 Chinese characters."""
_MAX_CODE = 40
"""Longest code the forms have room for."""
_DIVISION = range(6, 13)
"""Digits of a 区划代码: 6 of a county, 9 in the platform of the budget, 12 of a township."""


def plain_code(text: str) -> str:
    """A code without blanks, full-width figures and letters as plain ones."""
    return "".join(unicodedata.normalize("NFKC", one_line(text)).split())


def name_fault(label: str, text: str) -> str:
    """What is wrong with the name of an office, "" for nothing or while nothing is typed."""
    return f"{label}超过 {MAX_NAME} 字，请写简短些" if len(one_line(text)) > MAX_NAME else ""


def person_fault(label: str, text: str) -> str:
    """What is wrong with a person's name, "" for nothing or while nothing is typed."""
    too_long = len(one_line(text).encode("utf-8", "surrogatepass")) > _MAX_PERSON_BYTES
    return f"{label}姓名太长，最多 21 个汉字，请只写姓名" if too_long else ""


def code_fault(label: str, text: str) -> str:
    """What is wrong with a unit's code, "" for nothing or while nothing is typed."""
    code = plain_code(text)
    if code and not (code.isascii() and code.isalnum() and len(code) <= _MAX_CODE):
        return f"{label}只能由数字和字母组成，请去掉其他符号，不超过 {_MAX_CODE} 位"
    return ""


def division_fault(label: str, text: str) -> str:
    """What is wrong with the code of a county (区划代码), "" for nothing or while nothing is typed."""
    code = plain_code(text)
    if code and not (code.isascii() and code.isdigit() and len(code) in _DIVISION):
        return f"{label}是 {_DIVISION.start} 到 {_DIVISION.stop - 1} 位数字，例如 990000"
    return ""
