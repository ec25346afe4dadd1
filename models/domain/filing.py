"""A filing (填报件): one form of one project or unit for one task, with its answers and state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.domain.filing_status import FilingStatus as FilingStatus  # noqa: PLC0414 (told here as well)
from models.domain.filing_status import may_move as may_move  # noqa: PLC0414 (told here as well)

Answers = Mapping[str, Any]
"""Answers by field key (填报内容): JSON values; a table is a list of rows, each a dict with `row_id`.

Amounts are integer 分 under keys ending in `_fen`, weights and rates are strings. Text that could
not be read stays as typed, so nothing a person wrote is ever lost.
"""


@dataclass(frozen=True, slots=True)
class Filing:
    """A filing (填报件). `project_id` is "" for a form of the unit as a whole.

    `version` counts submissions (第几版): 0 while never sealed, the number sealed last otherwise.
    `revision` counts saves and guards against two writers. `explanations` answer 需说明 findings by
    their explanation key. `unit_code` says whose it is, also at the bureau.
    """

    filing_id: str
    task_id: str
    form_id: str
    form_version: str
    budget_year: int
    unit_code: str
    project_id: str = ""
    status: FilingStatus = FilingStatus.DRAFT
    answers: Answers = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    version: int = 0
    revision: int = 0
    exempt_reason: str = ""
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One change of one answer (填报内容历史): place, value before and after as JSON values, when and who."""

    filing_id: str
    path: str
    before: Any
    after: Any
    changed_at: datetime
    changed_by: str = ""
