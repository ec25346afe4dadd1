"""Fields at the head of forms about a project (项目表头): prefilled from project, unit and register."""

from __future__ import annotations

from forms.context import FormContext
from forms.schema import FieldKind, FieldSpec


def _project_name(context: FormContext) -> str | None:
    return context.project.name if context.project else None


def _project_code(context: FormContext) -> str | None:
    return (context.project.project_code or None) if context.project else None


def _department(context: FormContext) -> str:
    return context.unit.department_name or context.unit.name


def _unit_name(context: FormContext) -> str:
    return context.unit.name


def _is_registered(context: FormContext) -> bool:
    return context.register_entry is not None


_REGISTERED = "取自年度预算项目名录"

PROJECT_NAME = FieldSpec(
    "project_name",
    "项目名称",
    FieldKind.TEXT,
    help="与批复的绩效目标一致",
    example="农村公路养护",
    is_required=True,
    max_length=180,
    prefill=_project_name,
    is_locked=_is_registered,
    lock_note=_REGISTERED,
)
PROJECT_CODE = FieldSpec(
    "project_code",
    "项目代码",
    FieldKind.CODE,
    help="21 位，一体化系统里的项目代码；还没有代码的可以不填",
    example="51000027T000000012345",
    max_length=40,
    prefill=_project_code,
    is_locked=_is_registered,
    lock_note=_REGISTERED,
)
DEPARTMENT = FieldSpec(
    "supervising_department",
    "主管部门",
    FieldKind.TEXT,
    help="一级预算单位的全称",
    example="示例县交通运输局",
    is_required=True,
    prefill=_department,
)
IMPLEMENTING_UNIT = FieldSpec(
    "implementing_unit",
    "实施单位",
    FieldKind.TEXT,
    help="具体组织实施项目的单位全称",
    example="示例县柳林镇人民政府",
    is_required=True,
    prefill=_unit_name,
)
UNIT_NAME = FieldSpec(
    "unit_name",
    "单位名称",
    FieldKind.TEXT,
    help="填报单位的全称",
    example="示例县柳林镇人民政府",
    is_required=True,
    prefill=_unit_name,
)
PROJECT_HEAD = (PROJECT_NAME, PROJECT_CODE, DEPARTMENT, IMPLEMENTING_UNIT)
