"""The department's level in the demonstration (演示主管部门): its units' forms in, one back and in again, all upward in one.

Then the bureau judges every package inside by itself, approves a list, and what it answers comes down the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from models.domain.desk_user import DeskUser, UserRole
from models.domain.filing import Filing
from models.domain.project import Unit
from models.domain.review import ReviewOutcome
from services import filings, inbox, intake, kits, practice, receipts, sealing, setup
from services.approval_notes import ApprovalNote
from services.department.forwarding import forward, forwardable
from services.department.from_bureau import take_back
from services.department.passing_down import put_out, unit_messages
from services.department.returning import issue_slips
from services.intake_rows import IntakeRow
from services.job import JobContext
from services.key_registration import register_and_receive
from services.ports.store import FilingQuery
from services.practice import PROJECT_TARGET, PracticeBureau
from services.remark_answers import answer, remarks_of
from services.review.approval_messages import issue_notices, waiting_for_notice
from services.review.approving import approvable, approve
from services.review.deciding import DecisionDraft, decide
from services.review.enlisting import enlist
from services.review.queue import QueueFilter, QueueQuery, line_of, queue
from services.review.remarks import RemarkDraft, remark
from services.review.return_slips import issue_return_slips, waiting_for_slip
from services.tools import Tools
from services.workspaces import DeskRole, Workspace

DEPARTMENT = "205"
"""Code of the department that stands between in the demonstration (示例县教育体育局)."""

DESK, POST = "department", "department_stick"
"""Its workspace, and the folder its units' packages and its answers to them go through."""

NEW = "下级报送"
"""Folder beside the practice desks with what units have filed and the department has not taken in yet."""

SUMMARY = "target_summary"
_PLACE, _LABEL = "annual_target", "年度目标"
PER_UNIT = 2
"""How many forms each unit files through it at the most."""

_AGREED = DecisionDraft(ReviewOutcome.PASS, "情况属实，同意上报。")
_RETURNED = DecisionDraft(ReviewOutcome.RETURN, "请按意见修改后重新报送。")


@dataclass
class DepartmentLevel:
    """The department, its units and the bureau above it (演示主管部门); `told` are sentences about what was
    done, `answers` the files the bureau wrote for them, `per_unit` how many forms a unit files at the most."""

    bureau: PracticeBureau
    desk: Workspace
    units: tuple[Workspace, ...]
    post: Path
    stick: Path
    passwords: tuple[str, str]
    told: list[str]
    answers: list[Path] = field(default_factory=list)
    per_unit: int = PER_UNIT

    @property
    def codes(self) -> set[str]:
        """Codes of the department and its units."""
        return {DEPARTMENT, *(unit.profile.unit.code for unit in self.units)}

    @property
    def reviewer(self) -> DeskUser:
        """Who decides at the department."""
        person = self.desk.profile.person_name
        return DeskUser("practice", person, (UserRole.DEPARTMENT_REVIEWER,))


def member_codes(units: Sequence[Unit]) -> tuple[str, ...]:
    """Codes of the department's units."""
    return tuple(unit.code for unit in units if unit.department_code == DEPARTMENT != unit.code)


def build_department(tools: Tools, folder: Path, kit_file: Path, password: str) -> Workspace:
    """The department's desk."""
    offer = kits.look_at_kit(tools, kit_file)
    unit = offer.kit.unit(DEPARTMENT)
    assert unit is not None, "the practice county has it"
    person = tools.practice.practice_person(member_codes(offer.kit.units)[0])
    return setup.set_up_unit(tools, folder, offer, unit, person, password, DeskRole.DEPARTMENT)


def register_by_request(bureau: PracticeBureau, desk: Workspace, stick: Path, password: str) -> None:
    """A desk's key registered at the bureau by its request; the next kit brings the certificate home.

    A department's return slips count only under the bureau's certificate.
    """
    request = setup.write_registration_request(desk, stick, password).path
    intake.receive(bureau.workspace, [request], JobContext())
    code = desk.profile.unit.code
    waiting = next(item for item in intake.quarantine(bureau.workspace) if item.unit_code == code)
    register_and_receive(bureau.workspace, bureau.keys, waiting, JobContext(), _unwatched)


def through_the_department(level: DepartmentLevel) -> int:
    """Everything of the level, one way and the other; how many filings were taken in at the bureau."""
    quiet, desk = JobContext(), level.desk
    taken = _units_file(level)
    level.told.append(f"{desk.profile.unit.name}接收 {len(level.units)} 个下级单位的 {taken} 份表")
    name = _one_returned(level)
    level.told.append(f"退回“{name}”1 份，单位按意见修改后重新报送")
    for line in queue(desk, QueueQuery(QueueFilter.WAITING)):
        decide(desk, level.reviewer, line.filing.filing_id, line.file.revision, _AGREED)
    _summary(level)
    ready = [item.record.manifest_sha256 for item in forwardable(desk) if not item.obstacle]
    sent = forward(desk, ready, level.stick, level.passwords[0], quiet)
    level.told.append(f"审核通过后生成绩效目标汇总表，连同 {sent.package_count} 份报送文件一次汇总报送")
    received = _receive(level, sent.written.path)
    level.told.append(f"财政部门对其中 {sent.package_count} 份逐份核对签名，接收 {received} 份表")
    approved = _approve(level)
    level.told.append(f"登记预算批复 {approved} 项，批复通知和全部回执经主管部门原样转交下级单位")
    _come_down(level)
    return received


def left_waiting(level: DepartmentLevel, folder: Path) -> None:
    """Work for whoever opens the practice desk: the units' next forms, and a return of the bureau to be handed on.

    A unit's first form is to be reviewed; the others, each a package of its own, are still to be taken in from `folder`.
    """
    _bureau_returns(level)
    folder.mkdir()
    quiet, secret = JobContext(), level.passwords[1]
    for unit in level.units:
        ready = practice.sealable(unit, practice.fill(unit, limit=PER_UNIT))
        for number, filing_id in enumerate(ready):
            sealed = sealing.seal(unit, [filing_id], folder if number else level.post, secret, quiet)
            if not number:
                intake.receive(level.desk, [sealed.written.path], quiet)


def _units_file(level: DepartmentLevel) -> int:
    """The units' packages into the department's post, and in at its desk; filings."""
    for unit in level.units:
        ready = practice.sealable(unit, practice.fill(unit, limit=level.per_unit))
        sealing.seal(unit, ready, level.post, level.passwords[1], JobContext())
    return intake.receive(level.desk, [level.post], JobContext()).filings


def _one_returned(level: DepartmentLevel) -> str:
    """A target comes back from the department with a remark, is changed, answered and sent again; the project's name."""
    desk, quiet = level.desk, JobContext()
    line = next(
        item for item in queue(desk, QueueQuery(QueueFilter.WAITING)) if item.filing.form_id == PROJECT_TARGET
    )
    filing_id, unit = line.filing.filing_id, _desk_of(level, line.unit.code)
    with desk.store.reading() as work:
        filing = work.filings.get(filing_id)
    assert filing is not None, "it stands in the queue"
    seen = str(filing.answers.get(_PLACE) or "")
    remark(desk, level.reviewer, filing_id, RemarkDraft(_PLACE, _LABEL, "请写明完成的时间。", seen))
    line = line_of(desk, filing_id) or line
    decide(desk, level.reviewer, filing_id, line.file.revision, _RETURNED)
    for record in issue_slips(desk, waiting_for_slip(desk), level.post, level.passwords[0], quiet):
        inbox.take_in(unit, Path(record.source_path))
    opened = filings.open_filing(unit, filing.task_id, filing.project_id)
    changed = {**opened.filing.answers, _PLACE: f"{seen.rstrip('。')}，11月底前全部完成。"}
    filings.save_draft(unit, opened, changed, opened.filing.explanations)
    for item in remarks_of(unit, filing_id, changed):
        if item.comment.place:
            answer(unit, item.comment.comment_id, "已写明完成时间。")
    sealed = sealing.seal(unit, [filing_id], level.post, level.passwords[1], quiet)
    intake.receive(desk, [sealed.written.path], quiet)
    return line.subject


def _desk_of(level: DepartmentLevel, code: str) -> Workspace:
    """The desk of a unit."""
    return next(unit for unit in level.units if unit.profile.unit.code == code)


def _summary(level: DepartmentLevel) -> None:
    """The 绩效目标汇总表 of the units' targets, with the department's opinion, sealed by its own key."""
    desk = level.desk
    task = next(task for task in desk.current_kit().kit.tasks if task.form_id == SUMMARY)
    opened = filings.open_filing(desk, task.task_id)
    answers = {
        **opened.filing.answers,
        "summary_note": "所属单位已报送的项目全部列入。",
        "department_opinion": "已逐项审核，同意汇总上报。",
    }
    findings = filings.check(opened, answers).findings
    told = {finding.explanation_key: "其余项目随第二批汇总报送。" for finding in findings}
    saved = filings.save_draft(desk, opened, answers, told)
    sealing.seal(desk, [saved.filing.filing_id], level.post, level.passwords[0], JobContext())


def _unwatched(_row: IntakeRow) -> None:
    """Nobody watches the lines come."""


def _receive(level: DepartmentLevel, package: Path) -> int:
    """The department's package at the bureau, each package inside judged by itself, receipts for all; filings."""
    desk = level.bureau.workspace
    count = intake.receive(desk, [package], JobContext()).filings
    for record in receipts.without_receipt(desk):
        if record.unit_code in level.codes:
            issued = receipts.issue_receipt(desk, record, level.bureau.keys.bureau, level.stick)
            level.answers.append(Path(issued.source_path))
    return count


def _approve(level: DepartmentLevel) -> int:
    """The units' project targets pass the bureau's levels, enter the library and are approved in a list; how many."""
    desk = level.bureau.workspace
    who = DeskUser("practice", desk.profile.person_name, tuple(UserRole))
    year = desk.profile.working_year + 1
    ids = [filing.filing_id for unit in level.units for filing in _targets(desk, unit, year)]
    for filing_id in ids:
        while (line := line_of(desk, filing_id)) is not None and line.is_waiting:
            decide(desk, who, filing_id, line.file.revision, DecisionDraft(ReviewOutcome.PASS, "同意。"))
    enlist(desk, who, ids)
    chosen = [line for line in approvable(desk, year) if line.filing.filing_id in ids]
    note = ApprovalNote(f"示财预〔{desk.profile.working_year}〕10号", desk.today - timedelta(days=1), None)
    approve(desk, who, note, [replace(line, approved_fen=line.submitted_fen) for line in chosen])
    key, waiting = level.bureau.keys.bureau, waiting_for_notice(desk, year)
    told = issue_notices(desk, waiting, key, level.stick, JobContext())
    level.answers += [Path(record.source_path) for record in told]
    return len(chosen)


def _bureau_returns(level: DepartmentLevel) -> None:
    """A form of a unit comes back from the bureau with a remark; the department has it and has not handed it on."""
    desk = level.bureau.workspace
    who = DeskUser("practice", desk.profile.person_name, tuple(UserRole))
    year = desk.profile.working_year + 1
    line = next(
        item
        for item in queue(desk, QueueQuery(QueueFilter.WAITING))
        if item.unit.code in level.codes - {DEPARTMENT} and item.filing.budget_year == year
    )
    filing_id = line.filing.filing_id
    remark(desk, who, filing_id, RemarkDraft(_PLACE, _LABEL, "请写明受益人数，并与指标值一致。"))
    again = line_of(desk, filing_id) or line
    decide(desk, who, filing_id, again.file.revision, _RETURNED)
    mine = [item for item in waiting_for_slip(desk) if item.filing.filing_id == filing_id]
    slips = issue_return_slips(desk, mine, level.bureau.keys.bureau, level.stick, JobContext())
    take_back(level.desk, [Path(record.source_path) for record in slips], JobContext())


def _targets(desk: Workspace, unit: Workspace, year: int) -> Sequence[Filing]:
    query = FilingQuery(unit_code=unit.profile.unit.code, form_id=PROJECT_TARGET, budget_year=year)
    with desk.store.reading() as work:
        return work.filings.find(query)


def _come_down(level: DepartmentLevel) -> None:
    """What the bureau answered, taken in at the department, put out by unit, taken in at the units."""
    desk, quiet = level.desk, JobContext()
    take_back(desk, level.answers, quiet)
    waiting = [item.record.manifest_sha256 for item in unit_messages(desk) if item.is_waiting]
    for path in put_out(desk, waiting, level.post, quiet):
        inbox.take_in(_desk_of(level, path.parent.name.partition(" ")[0]), path)
