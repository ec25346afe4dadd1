"""Taking a batch back (撤回带入): each change with what stood before, as JSON values.

Money taken in goes with its batch and needs no note. What was changed by somebody since is left as it is and
named, for a person's later work weighs more than the list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from models.domain.approval import Approval
from models.domain.kit_json import record_from_json
from models.domain.project import Project, ProjectYear, RegisterEntry
from services.ports.approvals import ApprovalPlace
from services.ports.store import UnitOfWork

_Change = dict[str, Any]


def put_project(work: UnitOfWork, project: Project) -> _Change:
    """Keep a project, out of the recycle bin; the note to undo it."""
    known = work.projects.get(project.project_id)
    binned = {one.project_id for one in work.projects.list(project.unit_code, in_bin=True)}
    was_binned = project.project_id in binned
    if was_binned:
        work.projects.restore(project.project_id)
    work.projects.put(project)
    return {
        "op": "project",
        "before": asdict(known) if known else None,
        "after": asdict(project),
        "was_binned": was_binned,
    }


def put_year(work: UnitOfWork, year: ProjectYear) -> _Change:
    """Keep a budget year; the note to undo it."""
    known = _year(work, year.project_id, year.budget_year)
    work.projects.put_year(year)
    return {"op": "year", "before": asdict(known) if known else None, "after": asdict(year)}


def put_entries(work: UnitOfWork, budget_year: int, entries: Sequence[RegisterEntry]) -> _Change:
    """Keep lines of a year's project register by their codes; the note to undo it."""
    wanted = {entry.project_code: entry for entry in entries}
    kept = list(work.registers.entries(budget_year))
    known = {entry.project_code: entry for entry in kept if entry.project_code in wanted}
    merged = [wanted.get(entry.project_code, entry) for entry in kept]
    merged += [entry for code, entry in wanted.items() if code not in known]
    work.registers.replace_entries(budget_year, merged)
    pairs = [
        {"before": _entry_json(known[code]) if code in known else None, "after": _entry_json(entry)}
        for code, entry in wanted.items()
    ]
    return {"op": "entries", "budget_year": budget_year, "pairs": pairs}


def approval_note(approval: Approval) -> _Change:
    """The note to undo an approval: where it stands and when it was noted."""
    return {
        "op": "approval",
        "unit_code": approval.unit_code,
        "project_id": approval.project_id,
        "budget_year": approval.budget_year,
        "form_id": approval.form_id,
        "noted_at": approval.noted_at.astimezone(UTC).isoformat(),
        "name": str(approval.answers.get("project_name") or approval.project_id),
    }


def undo(work: UnitOfWork, change: Mapping[str, Any], now: datetime) -> str:
    """Undo one change; "" when done, else what it concerns and why it stays."""
    undone = {
        "project": _undo_project,
        "year": _undo_year,
        "entries": _undo_entries,
        "approval": _undo_approval,
    }
    return undone[change["op"]](work, change, now)


def _undo_project(work: UnitOfWork, change: Mapping[str, Any], now: datetime) -> str:
    """A project as it was; a new one goes to the recycle bin, forms begun for it go with it."""
    after = Project(**change["after"])
    if work.projects.get(after.project_id) != after:
        return f"{after.name}（项目后来改过）"
    if change["before"] is not None:
        work.projects.put(Project(**change["before"]))
    binned = {one.project_id for one in work.projects.list(after.unit_code, in_bin=True)}
    if (change["before"] is None or change["was_binned"]) and after.project_id not in binned:
        work.projects.put_in_bin(after.project_id, now)
    return ""


def _undo_year(work: UnitOfWork, change: Mapping[str, Any], _now: datetime) -> str:
    """A budget year as it was; a new one is taken off."""
    after = ProjectYear(**change["after"])
    if _year(work, after.project_id, after.budget_year) != after:
        project = work.projects.get(after.project_id)
        return f"{project.name if project else after.project_id}（{after.budget_year}年预算数后来改过）"
    if change["before"] is not None:
        work.projects.put_year(ProjectYear(**change["before"]))
    else:
        work.projects.remove_year(after.project_id, after.budget_year)
    return ""


def _undo_entries(work: UnitOfWork, change: Mapping[str, Any], _now: datetime) -> str:
    """Register lines as they were; new ones are taken out."""
    pairs = {pair["after"]["project_code"]: pair for pair in change["pairs"]}
    merged: list[RegisterEntry] = []
    left: list[str] = []
    met: set[str] = set()
    for entry in work.registers.entries(change["budget_year"]):
        pair = pairs.get(entry.project_code)
        if pair is not None and _entry_json(entry) == pair["after"]:
            met.add(entry.project_code)
            merged += [_entry(pair["before"])] if pair["before"] is not None else []
            continue
        left += [entry.project_name] if pair is not None else []
        merged.append(entry)
    if met:
        work.registers.replace_entries(change["budget_year"], merged)
    return f"{'、'.join(left[:3])}（名录后来改过）" if left else ""


def _undo_approval(work: UnitOfWork, change: Mapping[str, Any], now: datetime) -> str:
    """An approval out of force, unless another was noted after it."""
    place = ApprovalPlace(change["unit_code"], change["project_id"], change["budget_year"], change["form_id"])
    found = work.approvals.of(place)
    noted_at = datetime.fromisoformat(change["noted_at"])
    if not found or found[0].noted_at != noted_at or not work.approvals.withdraw(found[0], now):
        return f"{change['name']}（后来又登记过批复）"
    return ""


def _year(work: UnitOfWork, project_id: str, budget_year: int) -> ProjectYear | None:
    """A project's budget year."""
    years = work.projects.years(project_id)
    return next((year for year in years if year.budget_year == budget_year), None)


def _entry_json(entry: RegisterEntry) -> dict[str, Any]:
    """A register line as JSON values."""
    return {**asdict(entry), "forms_due": list(entry.forms_due)}


def _entry(data: Any) -> RegisterEntry:
    """A register line of JSON values."""
    return record_from_json(RegisterEntry, data, "项目名录")
