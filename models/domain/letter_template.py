"""Wording of official letters (退回修改函、绩效目标批复函的文字), as data of the kit and of the desk.

Merge fields stand in braces and are Chinese, so that whoever words the letter reads them: {单位}, {期限}. A value put
in is never read for fields again, whatever a unit calls itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

MERGE_FIELDS = (
    "单位",
    "表名",
    "年度",
    "退回件数",
    "意见条数",
    "期限",
    "审核单位",
    "联系人",
    "联系电话",
)
"""What can be merged into a letter (可用的合并域)."""

APPROVAL_FIELDS = (
    "单位",
    "年度",
    "批复文号",
    "批复项数",
    "批复金额",
    "批复单位",
    "联系人",
    "联系电话",
)
"""What can be merged into a letter of approval; the amount is that of the letter in 万元."""

_FIELD = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """The frame of a letter (函件文字): what stands around the list of what was returned.

    Each line of `opening` and `closing` is a paragraph; the list comes as 附件 after them.
    """

    title: str = "关于退回修改{表名}的函"
    salutation: str = "{单位}："
    opening: str = (
        "你单位报送的{年度}年度{表名}收悉。经审核，有{退回件数}份需要修改完善，现予退回。"
        "退回的项目和{意见条数}条审核意见见附件。"
    )
    closing: str = (
        "请对照附件逐条修改；认为不需要修改的，请逐条说明理由。修改后重新生成报送文件，于{期限}前报送我单位。"
    )
    ending: str = "特此函告。"

    @property
    def merge_fields(self) -> tuple[str, ...]:
        """What can be merged into it (可用的合并域)."""
        return MERGE_FIELDS

    @property
    def unknown_fields(self) -> tuple[str, ...]:
        """Names in braces that nothing is merged into, in order."""
        texts = [str(getattr(self, item.name)) for item in fields(self)]
        found = [name for text in texts for name in _FIELD.findall(text) if name not in self.merge_fields]
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class ApprovalLetterTemplate(LetterTemplate):
    """The frame of a letter that tells a unit its approved targets (批复函文字); the list of projects comes as 附件."""

    title: str = "关于批复{年度}年绩效目标的函"
    salutation: str = "{单位}："
    opening: str = (
        "根据{批复文号}，现将你单位{年度}年绩效目标随预算一并批复，共{批复项数}项、{批复金额}万元，"
        "项目、金额和绩效目标见附件。"
    )
    closing: str = (
        "请按批复的绩效目标组织实施，做好绩效运行监控和绩效自评。"
        "绩效目标批复后一般不予调整；确需调整的，按规定程序申请。"
    )
    ending: str = "特此函告。"

    @property
    def merge_fields(self) -> tuple[str, ...]:
        """What can be merged into it (可用的合并域)."""
        return APPROVAL_FIELDS


def merged(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in, in one pass; a name in braces that is no field stays as it is."""
    return _FIELD.sub(lambda match: values.get(match[1], match[0]), text)
