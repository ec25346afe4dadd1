"""Columns and fields both summaries share (汇总表公共栏目)."""

from __future__ import annotations

from forms.schema import FieldKind, FieldSpec, SectionSpec
from forms.unit_head_fields import UNIT_NAME

LOCKED = "由各项目填报的表自动汇总"


def computed(key: str, label: str, kind: FieldKind, width: int = 12, help_text: str = LOCKED) -> FieldSpec:
    """A column or field that is summarised, never typed."""
    return FieldSpec(
        key,
        label,
        kind,
        help=help_text,
        max_length=1000,
        is_computed=True,
        lock_note=LOCKED,
        width=width,
    )


PROJECT_COLUMNS = (
    computed("project_code", "项目代码", FieldKind.CODE, 20),
    computed("project_name", "项目名称", FieldKind.TEXT, 24),
    computed("unit_name", "实施单位", FieldKind.TEXT, 20),
)
SOURCE_COLUMN = computed("filing_source", "来源", FieldKind.TEXT, 16, "这一行取自哪份表，报送到了哪一步")
REMARK_COLUMN = FieldSpec(
    "remark", "备注", FieldKind.TEXT, help="其他要说明的", example="年中追加", max_length=200, width=14
)
HEAD_SECTION = SectionSpec(
    "汇总单位",
    (
        UNIT_NAME,
        FieldSpec(
            "summary_note",
            "汇总说明",
            FieldKind.LONG_TEXT,
            help="没有纳入汇总的项目和原因、其他要说明的情况",
            example="“示范村建设”已并入“人居环境整治”，不单独填报。",
            max_length=500,
        ),
        FieldSpec(
            "department_opinion",
            "审核意见",
            FieldKind.LONG_TEXT,
            help="汇总单位对所汇总各表的审核意见",
            example="已逐项审核，目标明确、指标可考核，同意上报。",
            is_required=True,
            max_length=500,
        ),
        computed("project_count", "项目个数", FieldKind.TEXT),
    ),
)
