"""Giving filings or a unit to another office or person (改派): with a reason, logged, and never over somebody's decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from models.domain.desk_user import DeskUser
from models.domain.errors import DeskError, InputError, RevisionConflict
from models.domain.review import ReviewLevel
from services.changes import Topic
from services.handed_out import handed_out
from services.one_line import one_line
from services.permission_table import Action
from services.permissions import require_of
from services.ports.store import UnitOfWork
from services.review.assignments import SETTING, Assignment, filing_place, unit_place
from services.review.deciding import OPEN, BulkResult, standing
from services.workspaces import Workspace

WHERE = "改派"


@dataclass(frozen=True, slots=True)
class Target:
    """To whom (改派对象): an office and, or, a person by id, "" for the present office or nobody named; why."""

    office: str
    person_id: str
    reason: str


def offices(workspace: Workspace) -> tuple[str, ...]:
    """The offices registers and people name."""
    with workspace.store.reading() as work:
        found = {unit.bureau_office for unit in work.registers.units()}
        found |= {year.bureau_office for year in work.projects.years()}
        found |= {user.office for user in work.users.all() if user.is_active}
    return tuple(sorted(found - {""}))


def reassign_filings(
    workspace: Workspace, who: DeskUser, chosen: Sequence[tuple[str, int]], target: Target
) -> BulkResult:
    """Give filings, each with its review's revision as seen, to an office or person; one that cannot stops no other.

    InputError for a target that is none, NotAllowed names who may.
    """
    acting = require_of(workspace, who, Action.ASSIGN)
    _refuse(target)
    done, refused = [], []
    for filing_id, seen in chosen:
        try:
            with workspace.store.writing() as work:
                _reassign(workspace, work, acting, filing_id, seen, target)
                work.commit()
            done.append(filing_id)
        except DeskError as problem:
            refused.append((filing_id, problem.sentence))
    workspace.changes.tell(Topic.FILINGS)
    return BulkResult(tuple(done), tuple(refused))


def reassign_unit(workspace: Workspace, who: DeskUser, unit_code: str, target: Target) -> None:
    """Give everything of a unit, now and later, to an office or person; filings given by themselves stay where they are.

    Raises as `reassign_filings`.
    """
    acting = require_of(workspace, who, Action.ASSIGN)
    _refuse(target)
    unit = handed_out(workspace).unit(unit_code)
    if unit is None:
        raise InputError("单位名录里没有这个单位", "请刷新列表后再试", WHERE)
    with workspace.store.writing() as work:
        person = _person(work, target, target.office or unit.bureau_office, None)
        _keep(workspace, work, acting, unit_place(unit_code), unit.name, target, person)
        work.commit()
    workspace.changes.tell(Topic.FILINGS)


def _reassign(
    workspace: Workspace, work: UnitOfWork, who: DeskUser, filing_id: str, seen: int, target: Target
) -> None:
    stands = standing(workspace, work, filing_id)
    if stands.file.revision != seen:
        raise RevisionConflict("这份表刚刚由另一位审核人员处理过", "请看过对方的意见后再改派")
    if stands.step is None or stands.filing.status not in OPEN:
        raise InputError(f"这份表{stands.filing.status.label}，现在没有待审的环节", "请刷新列表后再试", WHERE)
    person = _person(work, target, target.office or stands.file.office, stands.step.level)
    work.reviews.save_file(stands.file, expected_revision=stands.file.revision or None)
    _keep(workspace, work, who, filing_place(filing_id), stands.unit.name, target, person)


def _keep(
    workspace: Workspace,
    work: UnitOfWork,
    who: DeskUser,
    place: str,
    unit_name: str,
    target: Target,
    person: DeskUser | None,
) -> None:
    now = workspace.tools.clock.now()
    made = Assignment(
        one_line(target.office),
        target.person_id,
        one_line(target.reason),
        who.name,
        now.isoformat(timespec="seconds"),
    )
    work.settings.put(SETTING, {**(work.settings.get(SETTING) or {}), place: asdict(made)})
    to = "".join((made.office, person.name if person else ""))
    what = f"{unit_name}的表" if place.startswith("unit:") else f"{unit_name}的一份表"
    work.audit.append(
        now, who.name, "assign", place.partition(":")[2], f"{what}改派给{to}：{made.reason}", asdict(made)
    )


def _person(work: UnitOfWork, target: Target, office: str, level: ReviewLevel | None) -> DeskUser | None:
    """The person named; InputError when they would not be able to decide there. `level` None is any at all."""
    if not target.person_id:
        return None
    person = next((u for u in work.users.all() if u.user_id == target.person_id and u.is_active), None)
    if person is None:
        raise InputError("没有这位操作人员，或已停用", "请另选一位", WHERE)
    levels = [level] if level is not None else list(ReviewLevel)
    if not any(person.may_decide(item, office) for item in levels):
        raise InputError(f"{person.name}不能审核{office or '这些'}的表", "请选择有这个环节权限的人员", WHERE)
    return person


def _refuse(target: Target) -> None:
    if not (one_line(target.office) or target.person_id):
        raise InputError("没有选择改派给谁", "请选择股室或人员", WHERE)
    if not one_line(target.reason):
        raise InputError("没有写明改派的理由", "请填写理由", WHERE)
