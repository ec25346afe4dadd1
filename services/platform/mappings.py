"""The mappings in force (生效的一体化对照表): the shipped ones, with those of the kit over them by id."""

from __future__ import annotations

from models.domain.errors import KitProblem
from models.domain.kit import ParameterKit
from models.domain.platform_check import problems_of
from models.domain.platform_mapping import PlatformKind, PlatformMapping
from services.tools import Tools


def mappings_of(tools: Tools, kit: ParameterKit) -> tuple[PlatformMapping, ...]:
    """Every mapping in force, the kit's own first; KitProblem where the kit brings one with a fault."""
    for mapping in kit.platform_mappings:
        if problems := problems_of(mapping):
            raise KitProblem(
                f"任务参数包里的一体化对照表“{mapping.name}”有误：{problems[0]}",
                "请财政部门改正后重新下发任务参数包",
            )
    own = {mapping.mapping_id for mapping in kit.platform_mappings}
    shipped = (mapping for mapping in tools.platform_mappings() if mapping.mapping_id not in own)
    return (*kit.platform_mappings, *shipped)


def of_kind(mappings: tuple[PlatformMapping, ...], kind: PlatformKind) -> tuple[PlatformMapping, ...]:
    """The mappings of a kind, in order."""
    return tuple(mapping for mapping in mappings if mapping.kind is kind)
