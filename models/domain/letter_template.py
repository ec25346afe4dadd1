"""Wording of the letter that goes with returned forms (退回修改函的文字), as data of the kit and of the desk.

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
    def unknown_fields(self) -> tuple[str, ...]:
        """Names in braces that nothing is merged into, in order."""
        texts = [str(getattr(self, item.name)) for item in fields(self)]
        found = [name for text in texts for name in _FIELD.findall(text) if name not in MERGE_FIELDS]
        return tuple(dict.fromkeys(found))


def merged(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields filled in, in one pass; a name in braces that is no field stays as it is."""
    return _FIELD.sub(lambda match: values.get(match[1], match[0]), text)
