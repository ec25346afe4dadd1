"""The foot line's fields (表尾签署信息): who filled in, reviewed and answers for a filing, domain §0.5."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms import kinds
from forms.context import FormContext
from forms.schema import FieldKind, FieldSpec, SectionSpec


def _contact_name(context: FormContext) -> str | None:
    return context.unit.contact_name or None


def _contact_phone(context: FormContext) -> str | None:
    return context.unit.contact_phone or None


PREPARER = FieldSpec(
    "preparer_name",
    "填报人",
    FieldKind.TEXT,
    help="经办这张表的人",
    example="张敏",
    prefill=_contact_name,
    max_length=30,
)
REVIEWER = FieldSpec(
    "reviewer_name", "审核人", FieldKind.TEXT, help="本单位审核的人", example="李强", max_length=30
)
UNIT_HEAD = FieldSpec(
    "unit_head_name", "单位负责人", FieldKind.TEXT, help="本单位主要负责人", example="王建国", max_length=30
)
CONTACT_PHONE = FieldSpec(
    "contact_phone",
    "联系电话",
    FieldKind.PHONE,
    help="填报人的办公电话或手机，有问题时联系",
    example="0379-6333 1234",
    prefill=_contact_phone,
    max_length=30,
)
FILLED_ON = FieldSpec(
    "filled_on", "填报日期", FieldKind.DATE, help="写年月日", example="2026年9月15日", max_length=20
)

SIGNATURE_FIELDS = (PREPARER, REVIEWER, UNIT_HEAD, CONTACT_PHONE, FILLED_ON)

SIGNATURE_SECTION = SectionSpec("表尾签署信息", SIGNATURE_FIELDS, help="打印在表下方，签字盖章以纸质件为准")


def foot_line(context: FormContext, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """填报人　审核人　单位负责人　联系电话　填报日期　单位（盖章）, with what has been filled in."""
    parts = [
        f"{spec.label}：{kinds.shown(spec, answers.get(spec.key), context)}" for spec in SIGNATURE_FIELDS
    ]
    return (*parts, "单位（盖章）：")
