"""The text sections of 事前绩效评估报告: what each must answer, and how long it should be (domain §2.2)."""

from __future__ import annotations

from forms import ex_ante_sources as sources
from forms.context import FormContext
from forms.schema import Condition, FieldKind, FieldSpec, Prefill, SectionSpec


def _text(
    key: str,
    label: str,
    lengths: tuple[int, int],
    help_text: str,
    example: str,
    *,
    prefill: Prefill | None = None,
) -> FieldSpec:
    """A section of so many characters at least and at most; one without a least may be left out."""
    least, most = lengths
    return FieldSpec(
        key,
        label,
        FieldKind.LONG_TEXT,
        help=help_text,
        example=example,
        is_required=least > 0,
        max_length=most,
        min_length=least,
        prefill=prefill,
    )


OBJECT_TEXTS = SectionSpec(
    "概况和绩效目标",
    (
        _text(
            "overview",
            "概况",
            (80, 2000),
            "写清背景、要解决的问题、主要内容、实施范围和受益对象",
            "全镇村道 86 公里，其中 12 公里路面破损严重，雨季多次中断。项目安排日常养护 12 公里、维修安全设施 36 处，受益群众 8600 人。",
        ),
        _text(
            "target_text",
            "绩效目标",
            (40, 2000),
            "写总体目标和主要指标，与绩效目标申报表一致",
            "完成 12 公里村道日常养护，路况优良率达到 85%以上。主要绩效指标：养护里程≥12公里；路况优良率≥85%。",
            prefill=sources.targets,
        ),
    ),
)

FUND_TEXTS = SectionSpec(
    "资金构成",
    (
        _text(
            "funding_structure",
            "资金构成和测算依据",
            (40, 2000),
            "写清各项支出多少、按什么标准算、资金从哪里来",
            "养护工程 115.20 万元，按每公里 9.6 万元、12 公里计算；安全设施维修 13.20 万元。县级财政安排 120 万元，镇自筹 8.40 万元。",
        ),
    ),
)

WORK_TEXTS = SectionSpec(
    "评估工作开展情况",
    (
        _text(
            "procedure",
            "评估程序",
            (30, 1500),
            "写清什么时候、谁组织、分几步做的",
            "2026年7月成立评估小组，7月5日至10日查阅资料，7月12日现场踏勘，7月15日召开评估会，形成本报告。",
        ),
        _text(
            "approach",
            "评估思路",
            (30, 1500),
            "写清围绕哪些问题评、按什么标准评",
            "围绕项目该不该立、钱够不够省、目标能不能考核、方案做不做得成、资金合不合规五个方面，对照规定的内容逐条评级。",
        ),
        _text(
            "methods",
            "评估方式、方法",
            (30, 1500),
            "现场调研、查阅资料、专家会、比较法、成本效益分析等",
            "采用现场调研、查阅资料和专家会相结合的方式；用比较法对照周边乡镇每公里养护成本，用公众评判法走访群众 60 户。",
        ),
    ),
)

_OPINION_LENGTHS = (60, 2000)
_OPINION_HELP = "按这个维度的评估内容逐条写明情况、问题和依据"
_OPINION_EXAMPLE = (
    "项目列入县交通规划和镇政府工作报告，与本镇职责相符；破损路段雨季多次中断，群众反映强烈；"
    "与其他项目没有重复。存在的问题：没有做交通量调查。"
)


def _has_dimension(number: int) -> Condition:
    """Whether the kit's scheme has so many dimensions."""

    def has(context: FormContext) -> bool:
        return bool(sources.dimension_names(context, number))

    return has


OPINION_KEYS = tuple(f"dimension_text_{number}" for number in range(1, sources.MOST_DIMENSIONS + 1))
"""Keys of the opinions, one a dimension, in the scheme's order."""

OPINION_TEXTS = SectionSpec(
    "评估内容",
    tuple(
        FieldSpec(
            key,
            f"评估意见{number + 1}",
            FieldKind.LONG_TEXT,
            help=_OPINION_HELP,
            example=_OPINION_EXAMPLE,
            is_required=True,
            max_length=_OPINION_LENGTHS[1],
            min_length=_OPINION_LENGTHS[0],
            is_visible=_has_dimension(number),
            label_of=sources.dimension_label(number),
            help_of=sources.dimension_guidance(number),
        )
        for number, key in enumerate(OPINION_KEYS)
    ),
    help="每个维度写一段，与评分表的评级一致",
)

CONCLUSION_TEXTS = SectionSpec(
    "结论和建议",
    (
        _text(
            "overall_conclusion",
            "总体结论",
            (60, 2000),
            "写清同意不同意、安排多少、主要理由",
            "项目立项必要，预算测算基本合理，总分 85 分，调整完善后予以支持；安全设施维修单价偏高，审减 18.40 万元，审定 110 万元。",
        ),
        _text(
            "suggestions",
            "相关建议",
            (30, 1500),
            "每条建议对应上面提出的一个问题",
            "一是补做交通量调查，作为确定养护标准的依据；二是安全设施按县统一采购价重新测算。",
        ),
        _text(
            "other_notes",
            "其他需要说明的问题",
            (0, 1000),
            "没有可以不填",
            "上级补助资金尚未下达，下达后相应减少县级安排。",
        ),
    ),
)
