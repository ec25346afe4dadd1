"""Declaration of 整改情况反馈表 (domain §6.2): problem, requirement, measure, state, deadline, who, evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.context import FormContext
from forms.list_sheet import ListLayout, list_sheet
from forms.rectification_rows import (
    STATES,
    TABLE,
    blank_problem,
    first_problems,
    registered_issues,
    rule_of,
)
from forms.schema import (
    Choice,
    FieldKind,
    FieldSpec,
    FormSpec,
    FormSubject,
    Row,
    SectionSpec,
    StepSpec,
    TableSpec,
)
from forms.sheet import Orientation, Sheet
from forms.signature_block import SIGNATURE_SECTION
from forms.unit_head_fields import UNIT_NAME


def _states(_context: FormContext, _row: Row) -> tuple[Choice, ...]:
    """已完成, 正在整改, 未整改."""
    return STATES


def _origins(context: FormContext, _row: Row) -> tuple[Choice, ...]:
    """Kinds of checks problems come from, in the kit's words."""
    return tuple(Choice(word, word) for word in rule_of(context).origins)


def _notice_number(context: FormContext) -> str | None:
    """The notice the registered problems came with, where it is one."""
    numbers = {one.notice_number for one in registered_issues(context) if one.notice_number}
    return numbers.pop() if len(numbers) == 1 else None


def _notice_on(context: FormContext) -> str | None:
    """The day of that notice."""
    days = {one.notice_on for one in registered_issues(context) if one.notice_on is not None}
    return days.pop().isoformat() if len(days) == 1 and _notice_number(context) else None


def _projects(context: FormContext, _row: Row) -> tuple[Choice, ...]:
    """Projects of the unit whose filings of the year are known."""
    names = dict.fromkeys(filing.project_name for filing in context.unit_filings)
    return tuple(Choice(name, name) for name in names)


_HEAD = SectionSpec(
    "单位和整改依据",
    (
        UNIT_NAME,
        FieldSpec(
            "notice_number",
            "整改通知文号",
            FieldKind.TEXT,
            help="财政或主管部门发来的整改通知书文号；自查整改的不填",
            example="示财绩〔2026〕15号",
            max_length=80,
            prefill=_notice_number,
        ),
        FieldSpec(
            "notice_on",
            "整改通知日期",
            FieldKind.DATE,
            help="通知书的签发日期；自查整改的不填",
            example="2026年7月10日",
            max_length=20,
            prefill=_notice_on,
        ),
        FieldSpec(
            "contact_name",
            "联系人",
            FieldKind.TEXT,
            help="负责整改反馈的人",
            example="张敏",
            max_length=30,
            prefill=lambda context: context.unit.contact_name or None,
        ),
    ),
)


def _text(
    key: str, label: str, width: int, help_text: str, example: str, *, required: bool = False
) -> FieldSpec:
    return FieldSpec(
        key,
        label,
        FieldKind.TEXT,
        help=help_text,
        example=example,
        is_required=required,
        max_length=500,
        width=width,
    )


_PROBLEMS = TableSpec(
    key=TABLE,
    label="整改事项",
    columns=(
        FieldSpec(
            "project_name",
            "项目名称",
            FieldKind.CHOICE,
            help="问题所在的项目；属于整个单位的写单位名称",
            example="农村公路养护",
            choices=_projects,
            is_open_choice=True,
            is_required=True,
            width=16,
        ),
        FieldSpec(
            "origin",
            "问题来源",
            FieldKind.CHOICE,
            help="哪一项检查发现的：审计、财政评价、监控、自评等",
            example="审计",
            choices=_origins,
            is_open_choice=True,
            width=11,
        ),
        _text(
            "issue",
            "存在问题",
            26,
            "一个问题一行，写清楚差在哪里",
            "路况优良率 82%，低于目标 85%",
            required=True,
        ),
        _text("requirement", "整改意见（要求）", 20, "通知书或评价报告提出的要求", "2026年底前修复破损路段"),
        _text(
            "measure",
            "整改措施",
            24,
            "已经采取或准备采取的做法",
            "安排 2 个施工队，9 月底前完成修补",
            required=True,
        ),
        FieldSpec(
            "state",
            "整改完成情况",
            FieldKind.CHOICE,
            help="已完成的要附佐证材料",
            choices=_states,
            is_required=True,
            width=12,
        ),
        FieldSpec(
            "deadline_on",
            "完成时限",
            FieldKind.DATE,
            help="通知书规定的日期；没有规定的按任务参数包的天数",
            example="2026年9月30日",
            is_required=True,
            max_length=20,
            width=13,
        ),
        _text("department", "责任部门", 14, "负责整改的单位或内设机构", "规建办", required=True),
        _text("responsible_person", "责任人", 9, "具体负责的人", "李强", required=True),
        _text("evidence_note", "佐证材料", 16, "材料的名称，文件附在这一行", "验收单、照片"),
        _text("remark", "备注", 10, "其他要说明的", "上年未完成整改"),
    ),
    help="上年没有完成的、财政部门登记的、监控和自评中发现的已带入，不属于问题的可以删去，其他检查发现的另加一行",
    blank_row=blank_problem,
    prefill=first_problems,
)

_LAYOUT = ListLayout(
    TABLE,
    {
        "project_name": 24.0,
        "origin": 16.0,
        "issue": 40.0,
        "requirement": 32.0,
        "measure": 32.0,
        "state": 16.0,
        "deadline_on": 28.0,
        "department": 20.0,
        "responsible_person": 15.0,
        "evidence_note": 17.0,
        "remark": 12.0,
    },
    head=("unit_name", "contact_name", "notice_number", "notice_on"),
    number_width=9.0,
)


def _build(form: FormSpec, context: FormContext, answers: Mapping[str, Any]) -> Sheet:
    return list_sheet(form, context, answers, _LAYOUT)


def _no_amount(_answers: Mapping[str, Any]) -> None:
    """A rectification carries no amount."""


RECTIFICATION = FormSpec(
    form_id="rectification",
    version="1",
    title="整改情况反馈表",
    short_title="整改反馈",
    subject=FormSubject.UNIT,
    orientation=Orientation.LANDSCAPE,
    steps=(
        StepSpec("basics", "基本情况", (_HEAD, SIGNATURE_SECTION)),
        StepSpec("problems", "整改事项", (SectionSpec("整改事项", (_PROBLEMS,)),)),
    ),
    checks=("C1", "C48", "C53", "C55"),
    build_sheet=_build,
    amount_of=_no_amount,
    source="各地整改情况反馈表的通行栏目",
)
