"""What a line of the project register asks for (应报规则): one rule for the clerk's matrix and the bureau's board."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.domain.project import RegisterEntry

NOT_ASKED = "名录未要求"
"""Reason shown where the register lists other forms but gives no reason for this one."""


def reason_not_due(entry: RegisterEntry, form_id: str) -> str:
    """Why a form is not due by a register line; "" when it is.

    A form that is listed is due. A line that lists none asks for every form, unless it gives a reason
    (不报原因) for asking none.
    """
    if form_id in entry.forms_due:
        return ""
    return entry.exempt_reason or (NOT_ASKED if entry.forms_due else "")
