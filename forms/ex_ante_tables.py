"""Tables of the ex-ante evaluation (事前绩效评估的表格): rated items, attachments, experts."""

from __future__ import annotations

from forms import ex_ante_sources as sources
from forms.context import FormContext
from forms.ex_ante_scores import RATINGS
from forms.schema import Choice, FieldKind, FieldSpec, Row, TableSpec, always

PAPER, FILE, NONE = "paper", "file", "none"
_WAYS = (Choice(FILE, "电子文件"), Choice(PAPER, "另附纸质"), Choice(NONE, "没有"))
_BY_SCHEME = "由任务参数包规定，不用填"
_BY_PROGRAM = "由程序按评级计算"


def _ways(_context: FormContext, _row: Row) -> tuple[Choice, ...]:
    """How a material is handed in."""
    return _WAYS


RATING_TABLE = TableSpec(
    key=RATINGS,
    label="评分表",
    columns=(
        FieldSpec(
            "dimension",
            "评估维度",
            FieldKind.TEXT,
            help="每个维度的满分由任务参数包规定",
            is_computed=True,
            lock_note=_BY_SCHEME,
            width=14,
        ),
        FieldSpec(
            "block",
            "评估要点",
            FieldKind.TEXT,
            help="同一要点下的内容一起看",
            is_computed=True,
            lock_note=_BY_SCHEME,
            width=11,
        ),
        FieldSpec(
            "item",
            "评估内容",
            FieldKind.TEXT,
            help="逐条评级",
            is_computed=True,
            lock_note=_BY_SCHEME,
            max_length=500,
            width=30,
        ),
        FieldSpec(
            "points",
            "分值",
            FieldKind.WEIGHT,
            help="这一条的满分",
            example="5",
            is_computed=True,
            lock_note=_BY_SCHEME,
            width=7,
        ),
        FieldSpec(
            "rating",
            "评级",
            FieldKind.CHOICE,
            help="按实际情况选择，每一条都要评",
            is_required=True,
            choices=sources.ratings,
            width=8,
        ),
        FieldSpec(
            "score",
            "得分",
            FieldKind.WEIGHT,
            help="分值乘以评级的比例",
            example="4",
            is_computed=True,
            lock_note=_BY_PROGRAM,
            width=7,
        ),
        FieldSpec(
            "evidence_text",
            "评分依据",
            FieldKind.LONG_TEXT,
            help="写清依据哪份文件、哪个数据评的级",
            example="县“十四五”交通规划列入本项目，与本镇职责相符",
            max_length=300,
            width=34,
        ),
    ),
    help="每一条选评级、写依据，得分和小计由程序计算",
    prefill=sources.rated_rows,
    has_fixed_rows=always,
    fixed_note="评估内容由任务参数包规定",
)

ATTACHMENT_TABLE = TableSpec(
    key="attachments",
    label="附件清单",
    columns=(
        FieldSpec(
            "material",
            "材料名称",
            FieldKind.TEXT,
            help="一份材料一行，可以增加",
            example="实施方案",
            is_required=True,
            width=40,
        ),
        FieldSpec(
            "is_needed",
            "必备",
            FieldKind.TICK,
            help="任务参数包规定必须有的打√",
            width=8,
        ),
        FieldSpec(
            "provided",
            "提供方式",
            FieldKind.CHOICE,
            help="电子文件请在这一行附上；纸质的随纸质件一起送",
            choices=_ways,
            width=14,
        ),
        FieldSpec(
            "remark",
            "说明",
            FieldKind.TEXT,
            help="文号、页数，或没有这份材料的原因",
            example="柳政发〔2026〕12号，共 18 页",
            width=38,
        ),
    ),
    help="列出评估依据的材料，电子文件可以在右边的佐证材料里附上",
    prefill=sources.attachment_rows,
)

EXPERT_TABLE = TableSpec(
    key="experts",
    label="评估人员签名表",
    columns=(
        FieldSpec(
            "name",
            "姓名",
            FieldKind.TEXT,
            help="参加评估并签字的人",
            example="周明",
            is_required=True,
            max_length=30,
            width=14,
        ),
        FieldSpec(
            "workplace",
            "工作单位",
            FieldKind.TEXT,
            help="写全称",
            example="示例县交通运输局",
            is_required=True,
            width=34,
        ),
        FieldSpec(
            "position",
            "职务或职称",
            FieldKind.TEXT,
            help="现任职务，专家写职称",
            example="高级工程师",
            max_length=40,
            width=20,
        ),
        FieldSpec(
            "speciality",
            "专业或分工",
            FieldKind.TEXT,
            help="懂什么专业，或在评估组里负责什么",
            example="工程造价",
            max_length=40,
            width=18,
        ),
    ),
    help="参加评估的专家和工作人员，打印后逐人签名",
)
