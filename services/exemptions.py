"""What a unit says it need not file (无需填报说明): it travels with the unit's next submission, and the board counts it.

A unit that has no form to send sends the list alone. Every submission carries the whole list as it stands, an empty one
too, so that an exemption taken back at the unit is taken back at the bureau. A package without the list was made by an
older program and says nothing of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from models.domain.errors import DeskError
from models.domain.filing import FilingStatus
from services.one_line import MAX_NAME, one_line
from services.ports.filing_lists import FilingQuery

if TYPE_CHECKING:
    from services.ports.store import UnitOfWork
    from services.workspaces import Workspace

KEY = "exemptions"
"""Key of payload.json, and the beginning of the setting a bureau keeps a unit's list under."""

_TEXTS = ("task_id", "project_id", "project_code", "project_name", "reason")
_MOST = 5_000
_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Exemption:
    """A form a unit does not file, and why (无需填报); texts of the project are "" for the unit as a whole."""

    task_id: str
    project_id: str
    project_code: str
    project_name: str
    reason: str

    @property
    def place(self) -> tuple[str, str]:
        """Task, and the project's code, its name while it has none: what the board meets it by."""
        return self.task_id, self.project_code or self.project_name


class MalformedExemptions(Exception):
    """A list of exemptions that is not built as the format says (无需填报说明结构不符)."""


def own_exemptions(work: UnitOfWork, unit_code: str, tasks: Sequence[str]) -> list[dict[str, str]]:
    """What this desk's unit need not file of some tasks, as it travels; a project in the recycle bin says nothing."""
    projects = {project.project_id: project for project in work.projects.list(unit_code)}
    found = work.filings.overview(FilingQuery(unit_code=unit_code, status=FilingStatus.EXEMPT))
    return [
        {
            "task_id": filing.task_id,
            "project_id": filing.project_id,
            "project_code": project.project_code if project else "",
            "project_name": project.name if project else "",
            "reason": filing.exempt_reason,
        }
        for filing in sorted(found, key=lambda filing: (filing.task_id, filing.project_id))
        if filing.task_id in tasks
        and ((project := projects.get(filing.project_id)) is not None or not filing.project_id)
    ]


def exemption_count(workspace: Workspace) -> int:
    """How many forms of this desk's tasks the unit has said it need not file; 0 while there is no kit."""
    try:
        tasks = [task.task_id for task in workspace.current_kit().kit.tasks]
    except DeskError:
        return 0
    with workspace.store.reading() as work:
        return len(own_exemptions(work, workspace.profile.unit.code, tasks))


def contents_words(count: int) -> str:
    """无需填报说明 3 项: what a submission brings that holds no form."""
    return f"无需填报说明 {count} 项"


def read_exemptions(payload: Mapping[str, Any]) -> tuple[Exemption, ...] | None:
    """The list of a submission, None where it carries none; MalformedExemptions when it is not built as it must be."""
    items = payload.get(KEY)
    if items is None and KEY not in payload:
        return None
    if not isinstance(items, list) or len(items) > _MOST:
        raise MalformedExemptions(KEY)
    return tuple(_read(item) for item in items)


def _read(item: Any) -> Exemption:
    """One exemption, texts throughout, without anything beyond, and with a reason."""
    if not isinstance(item, dict) or set(item) != set(_TEXTS):
        raise MalformedExemptions(KEY)
    if not all(isinstance(text, str) for text in item.values()):
        raise MalformedExemptions(KEY)
    texts = {key: one_line(item[key])[:MAX_NAME] for key in _TEXTS}
    texts["reason"] = one_line(item["reason"])[:_LONGEST_REASON]
    if not texts["task_id"] or not texts["reason"]:
        raise MalformedExemptions(KEY)
    return Exemption(**texts)


def keep_exemptions(
    work: UnitOfWork, payload: Mapping[str, Any], exemptions: Sequence[Exemption] | None
) -> None:
    """Keep what a submission says of its unit; one made before the one kept, or without the list, changes nothing."""
    if exemptions is None:
        return
    key = _setting(payload["unit_code"], payload["working_year"])
    before = work.settings.get(key)
    made_at = datetime.fromisoformat(payload["created_at"])
    is_older = isinstance(before, dict) and datetime.fromisoformat(before["made_at"]) > made_at
    if is_older or (before is None and not exemptions):
        return
    items = [[*item.place, item.reason] for item in exemptions]
    work.settings.put(key, {"made_at": payload["created_at"], "items": items})


def has_list(work: UnitOfWork, payload: Mapping[str, Any]) -> bool:
    """Whether a list is kept of the unit and year of a submission."""
    return work.settings.get(_setting(payload["unit_code"], payload["working_year"])) is not None


Reasons = Mapping[tuple[str, str], str]
"""The reasons a unit has given, by task and project (code, or name where it has none; "" for the unit)."""


def kept_reasons(work: UnitOfWork, unit_codes: Collection[str], working_year: int) -> Mapping[str, Reasons]:
    """What every one of some units has said, by its code, in one question."""
    kept = work.settings.some([_setting(code, working_year) for code in unit_codes])
    return {code: _reasons(kept.get(_setting(code, working_year))) for code in unit_codes}


def _reasons(kept: Any) -> Reasons:
    items = kept["items"] if isinstance(kept, dict) else []
    return {(task_id, place): reason for task_id, place, reason in items}


def _setting(unit_code: str, working_year: int) -> str:
    return f"{KEY}:{working_year}:{unit_code}"
