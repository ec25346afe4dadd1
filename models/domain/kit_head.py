"""What lists need of a kit without reading it whole (任务参数包摘要): name, tasks, one unit's lines of the register.

A kit carries a county's registers, frames, schemes, word lists and certificates; the desk's first picture
needs none of these and must not wait for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from models.domain.kit_json import record_from_json, records_from_json
from models.domain.project import FilingTask, RegisterEntry

if TYPE_CHECKING:
    from models.domain.ex_ante_rule import ExAnteRule


class KitHead(NamedTuple):
    """Name, version, tasks, ex-ante rule of a kit, and the register's lines of one unit (任务参数包摘要)."""

    name: str
    version: int
    working_year: int
    tasks: tuple[FilingTask, ...]
    register: tuple[RegisterEntry, ...]
    ex_ante: ExAnteRule | None = None


class _Named(NamedTuple):
    """The scalars a head begins with."""

    name: str
    version: int
    working_year: int


def kit_head_from_json(data: Any, unit_code: str) -> KitHead:
    """The head of a kit's JSON values with the lines of that unit. Raises KitProblem naming what cannot be read."""
    named: _Named = record_from_json(_Named, data, "任务参数包")
    lines = data.get("register", [])
    rule = data.get("ex_ante")
    own = [line for line in lines if _is_of(line, unit_code)] if isinstance(lines, list) else lines
    return KitHead(
        *named,
        records_from_json(FilingTask, data.get("tasks"), "任务参数包.tasks"),
        records_from_json(RegisterEntry, own, "任务参数包.register"),
        _rule(rule, data.get("check_settings")) if rule is not None else None,
    )


def _rule(data: Any, check_settings: Any) -> ExAnteRule | None:
    """The kit's rule of ex-ante evaluations."""
    from models.domain.ex_ante_rule import ExAnteRule, rule_in_force

    return rule_in_force(record_from_json(ExAnteRule, data, "任务参数包.ex_ante"), check_settings)


def _is_of(line: Any, unit_code: str) -> bool:
    """Whether a line of the register belongs to the unit; what is no line at all is left to be found broken."""
    return not isinstance(line, Mapping) or line.get("unit_code") == unit_code
