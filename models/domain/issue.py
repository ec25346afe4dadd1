"""Problems a bureau has found and registered (整改台账): by audit, fiscal evaluation, monitoring or any other check.

They travel in the kit to the units they concern, which answer for them in 整改情况反馈表 (domain §6).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RegisteredIssue:
    """One problem to put right (整改问题): of a unit, or of one of its projects, for a budget year.

    `origin` says who found it (审计、财政评价…); `deadline_on` and the notice are None and "" where there is none.
    """

    unit_code: str
    budget_year: int
    origin: str
    issue: str
    project_code: str = ""
    project_name: str = ""
    requirement: str = ""
    deadline_on: date | None = None
    notice_number: str = ""
    notice_on: date | None = None
