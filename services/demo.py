"""The whole round trip without a window (演示流程): from an empty folder to a receipt taken in.

Leaves what `docs/commands.md` lists: trust, stick, unit, bureau, documents, screens and result.json.
"""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.domain.errors import InputError
from models.domain.message import MessageType
from services import bureau_keys, filings, intake, kit_issue, practice, projects, receipts, sealing, setup
from services.demo_department import (
    DESK,
    NEW,
    POST,
    DepartmentLevel,
    build_department,
    left_waiting,
    member_codes,
    register_by_request,
    through_the_department,
)
from services.demo_review import approved_as_a_list, returned_and_corrected
from services.inspection import inspector
from services.job import JobContext
from services.kit_issue import draft_from
from services.kits import look_at_kit, take_kit
from services.last_year import last_year
from services.package_files import packages_in
from services.ports.exchange import MESSAGE_TYPES_SEALED_BY_UNIT, TrustMaterial
from services.ports.store import FilingQuery
from services.practice import PracticeBureau
from services.practice_evidence import attach_calculation
from services.practice_last_year import put_last_year
from services.projects import NewProject
from services.tools import Tools
from services.workspaces import DeskRole, Workspace

STEPS = 9

FILINGS_OF_OTHERS = 3
"""How many forms each of them files at the most."""

SCRATCH_PASSWORD = "scratch-desk-7"
"""Password of desks that are gone when the demonstration is over."""

PRACTICE_PASSWORD = "yanshi"
"""Beginning of the practice desks' passwords; told to whoever looks at them (yanshi-unit, yanshi-root, …)."""

PRACTICE_DESKS = {DeskRole.BUREAU: "bureau", DeskRole.DEPARTMENT: DESK, DeskRole.FILER: "unit"}
"""Folders of the practice desks, in the order they are put in their places."""

TRUST_FILES = ("root", "crl", "registered")

Screens = Callable[[Path, Path, Path], Sequence[str]]
"""Draws the main screens of a unit's and a bureau's workspace into a folder; their file names."""


@dataclass
class Demonstration:
    """A demonstration as it is built (演示)."""

    tools: Tools
    folder: Path
    ctx: JobContext
    passwords: dict[str, str] = field(default_factory=dict)
    filings: int = 0
    told: list[str] = field(default_factory=list)
    quiet: JobContext = field(default_factory=JobContext)
    fixed_password: str = ""
    desks: Path = field(init=False)
    """Where the desks are built."""

    def __post_init__(self) -> None:
        self.desks = self.folder

    @property
    def stick(self) -> Path:
        """Where every message of the round trip lies."""
        return self.folder / "stick"

    def new_password(self, name: str) -> str:
        """A fresh password (or the fixed one with the key's name), noted for whoever opens the desks."""
        fresh = f"{secrets.token_urlsafe(9)}-{len(self.passwords)}"
        self.passwords[name] = f"{self.fixed_password}-{name}" if self.fixed_password else fresh
        return self.passwords[name]


def prepare_folder(folder: Path) -> None:
    """InputError when the folder holds something already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"“{folder.name}”不是空文件夹", "请换一个空文件夹", "演示")
    for name in ("trust", "stick", "documents", "screens"):
        (folder / name).mkdir(parents=True, exist_ok=True)


def run_demo(
    tools: Tools, folder: Path, ctx: JobContext, screens: Screens, submissions: int = 0
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The round trip; the content of result.json, and sentences about what was done.

    `submissions` more packages are made for measuring.
    """
    prepare_folder(folder)
    demo = Demonstration(tools, folder, ctx)
    bureau, unit = _round_trip(demo, submissions)
    ctx.step(7, STEPS, "取出文书和信任文件")
    _write_trust(demo, bureau)
    _write_documents(demo)
    unit.close()
    bureau.workspace.close()
    ctx.step(8, STEPS, "绘制界面")
    drawn = screens(folder / "unit", folder / "bureau", folder / "screens")
    result = {
        "packages": _verdicts(demo),
        "filings": demo.filings,
        "screens": sorted(drawn),
        "passwords": demo.passwords,
    }
    text = json.dumps(result, ensure_ascii=False, indent=1)
    tools.files.write(folder / "result.json", text.encode("utf-8"))
    ctx.step(STEPS, STEPS, "完成")
    return result, tuple(demo.told)


def build_practice(tools: Tools, folder: Path, ctx: JobContext) -> dict[str, str]:
    """The practice desks (先看演示) in `folder/unit`, `folder/department` and `folder/bureau`; the passwords people are told.

    The sticks lie at their places from the beginning, for the desks remember where each file was written.
    The desks are built beside theirs and moved when whole; what a stopped build left is done anew.
    """
    if folder.is_dir() and not has_practice(folder):
        shutil.rmtree(folder)
    demo = Demonstration(tools, folder, ctx, fixed_password=PRACTICE_PASSWORD)
    demo.stick.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        demo.desks = Path(scratch)
        bureau, unit = _round_trip(demo, 0)
        unit.close()
        bureau.workspace.close()
        for name in PRACTICE_DESKS.values():
            (demo.desks / name).rename(folder / name)
    return demo.passwords


def has_practice(folder: Path) -> bool:
    """Whether the practice desks stand in a folder: the last to be moved there does."""
    return (folder / PRACTICE_DESKS[DeskRole.FILER]).is_dir()


def practice_desk(folder: Path, role: DeskRole) -> Path:
    """Where a practice desk lies; InputError when the county was made by a program that had no such desk."""
    desk = folder / PRACTICE_DESKS[role]
    if not desk.is_dir():
        raise InputError(
            f"这里的演示数据是以前的版本准备的，没有{role.label}",
            f"请先看别的一端；要看{role.label}，把文件夹“{folder.name}”改名后再选“先看演示”",
            "演示",
        )
    return desk


def _round_trip(demo: Demonstration, submissions: int) -> tuple[PracticeBureau, Workspace]:
    """From nothing to a receipt taken in and a second kit; both desks still open."""
    ctx = demo.ctx
    ctx.step(0, STEPS, "财政端：建立工作区、导入名录、下发任务参数包")
    passwords = (demo.new_password("root"), demo.new_password("bureau"))
    bureau = practice.build_bureau(demo.tools, demo.desks / "bureau", demo.stick, passwords)
    put_last_year(bureau.workspace)
    ctx.step(1, STEPS, "填报端：装入任务参数包、填报、生成报送文件")
    unit = _first_filings(demo, bureau)
    ctx.step(2, STEPS, "财政端：首次签名核对登记、接收、开具回执")
    _receive_and_answer(demo, bureau)
    ctx.step(3, STEPS, "填报端：装入回执，再次报送")
    _second_filings(demo, bureau, unit)
    ctx.step(4, STEPS, "其他单位报送")
    _other_units(demo, bureau, submissions)
    ctx.step(5, STEPS, "财政端：退回、批复，下发第二版任务参数包")
    demo.filings += returned_and_corrected(bureau, unit, demo.stick, demo.passwords["unit"])
    approved_as_a_list(bureau, unit, demo.stick, bureau.keys.bureau)
    with tempfile.TemporaryDirectory() as scratch:
        department, units = _department_desks(demo, bureau, Path(scratch))
        _second_kit(demo, bureau, unit, department, *units)
        ctx.step(6, STEPS, "主管部门：接收下级、退回、汇总报送；财政端：逐份接收、批复、回执")
        _department_level(demo, bureau, department, units)
        for desk in (department, *units):
            desk.close()
    return bureau, unit


def _department_desks(
    demo: Demonstration, bureau: PracticeBureau, scratch: Path
) -> tuple[Workspace, tuple[Workspace, ...]]:
    """The desks of a department and its units, their keys registered by request; the units' are gone afterwards."""
    password = demo.new_password(DESK)
    department = build_department(demo.tools, demo.desks / DESK, bureau.kit_file, password)
    units = tuple(
        practice.build_unit(demo.tools, scratch / code, bureau.kit_file, code, SCRATCH_PASSWORD)
        for code in member_codes(department.current_kit().kit.units)
    )
    for desk, secret in ((department, password), *((unit, SCRATCH_PASSWORD) for unit in units)):
        register_by_request(bureau, desk, demo.stick, secret)
    return department, units


def _department_level(
    demo: Demonstration, bureau: PracticeBureau, department: Workspace, units: tuple[Workspace, ...]
) -> None:
    """The department between its units and the bureau."""
    post = demo.folder / POST
    post.mkdir()
    passwords = (demo.passwords[DESK], SCRATCH_PASSWORD)
    level = DepartmentLevel(bureau, department, units, post, demo.stick, passwords, demo.told)
    if demo.fixed_password:  # others are left to be filed
        level.per_unit = 1
    demo.filings += through_the_department(level)
    if demo.fixed_password:
        left_waiting(level, demo.folder / NEW)


def _first_filings(demo: Demonstration, bureau: PracticeBureau) -> Workspace:
    """The town takes its kit in, asks for registration, fills in and seals its first filings, one with evidence."""
    password = demo.new_password("unit")
    code = demo.tools.practice.practice_main_unit()
    unit = practice.build_unit(demo.tools, demo.desks / "unit", bureau.kit_file, code, password)
    put_last_year(unit)
    setup.write_registration_request(unit, demo.stick, password)
    practice.fill(unit, leaving=_left_blank(unit))
    ready = practice.sealable(unit, [c.opened.filing.filing_id for c in sealing.candidates(unit)])
    first = ready[: max(1, len(ready) // 2)]
    attach_calculation(unit, first)
    sealing.seal(unit, first, demo.stick, password, demo.quiet)
    return unit


def _left_blank(unit: Workspace) -> list[tuple[str, str]]:
    """One target that last year's answers can serve, so that 从上年带入 has something to offer at the desk."""
    served = [(one.task.task_id, one.project_id) for one in last_year(unit).choices if one.project_id]
    return served[len(served) // 2 :][:1]


def _receive_and_answer(demo: Demonstration, bureau: PracticeBureau) -> None:
    """The bureau looks at what came, registers keys after comparing 核对码, receives, and answers."""
    desk = bureau.workspace
    files = [p for p in packages_in([demo.stick]) if _is_from_unit(p)]
    intake.receive(desk, files, demo.quiet)
    for waiting in intake.quarantine(desk):
        known = {
            record.fingerprint for record in bureau_keys.certificates(desk) if record.kind == "registered"
        }
        if waiting.signer.get("fingerprint") not in known:
            bureau_keys.register_key(desk, bureau.keys, waiting)
    again = [Path(waiting.path) for waiting in intake.quarantine(desk)]
    report = intake.receive(desk, again, demo.quiet)
    demo.filings += report.filings
    for record in receipts.without_receipt(desk):
        receipts.issue_receipt(desk, record, bureau.keys.bureau, demo.stick)


def _is_from_unit(path: Path) -> bool:
    """Whether a file on the stick comes from a unit, by its name."""
    return any(f"_{kind.value}_" in path.name for kind in MESSAGE_TYPES_SEALED_BY_UNIT)


def _second_filings(demo: Demonstration, bureau: PracticeBureau, unit: Workspace) -> None:
    """The town takes its receipt in; its next filings carry the certificate that came with it."""
    _take_receipts(demo, unit)
    ready = [c.opened.filing.filing_id for c in sealing.candidates(unit) if not c.obstacle]
    if ready:
        sealing.seal(unit, ready, demo.stick, demo.passwords["unit"], demo.quiet)
    report = intake.receive(
        bureau.workspace, [p for p in packages_in([demo.stick]) if _is_from_unit(p)], demo.quiet
    )
    demo.filings += report.filings


def _receipts_for(demo: Demonstration, unit: Workspace) -> Sequence[Path]:
    """Receipts on the stick that answer this unit's packages."""
    found = []
    for path in packages_in([demo.stick]):
        if f"_{MessageType.RECEIPT.value}_" not in path.name:
            continue
        judged = demo.tools.reader.judge(
            path, TrustMaterial(), demo.tools.clock.now(), inspect_documents=False
        )
        if judged.payload is not None and judged.payload.get("to_unit_code") == unit.profile.unit.code:
            found.append(path)
    return found


def _other_units(demo: Demonstration, bureau: PracticeBureau, submissions: int) -> None:
    """Two other units file directly, one of them a town, so that the board has something to show; then packages for measuring."""
    kit = bureau.workspace.current_kit().kit
    apart = {demo.tools.practice.practice_main_unit(), *member_codes(kit.units)}
    others = sorted((unit for unit in kit.units if unit.code not in apart), key=lambda u: u.is_own_department)
    with tempfile.TemporaryDirectory() as scratch:
        chosen = [unit.code for unit in (others[0], others[-1])]
        desks = [_other_unit(demo, bureau, Path(scratch), code) for code in chosen]
        _receive_and_answer(demo, bureau)
        if submissions:
            _take_receipts(demo, desks[0])
            make_submissions(desks[0], demo.stick, SCRATCH_PASSWORD, submissions, demo.ctx)
        for desk in desks:
            desk.close()


def _other_unit(demo: Demonstration, bureau: PracticeBureau, scratch: Path, code: str) -> Workspace:
    """The desk of another unit that has filed what it could."""
    desk = practice.build_unit(demo.tools, scratch / code, bureau.kit_file, code, SCRATCH_PASSWORD)
    put_last_year(desk)
    ready = practice.sealable(desk, practice.fill(desk, limit=FILINGS_OF_OTHERS))
    if ready:
        sealing.seal(desk, ready, demo.stick, SCRATCH_PASSWORD, demo.quiet)
    return desk


def _take_receipts(demo: Demonstration, unit: Workspace) -> None:
    """Take in the receipts that lie on the stick for a unit; its own certificate comes home with them."""
    for path in _receipts_for(demo, unit):
        receipts.take_receipt(unit, path)


def make_submissions(desk: Workspace, stick: Path, password: str, count: int, ctx: JobContext) -> None:
    """`count` packages of one filing each, for measuring an intake; each is about a project of its own.

    The desk's key has its certificate, so root and revocation list are enough to receive them; nobody
    has received them yet.
    """
    task = next(t for t in desk.current_kit().kit.tasks if t.form_id == practice.PROJECT_TARGET)
    with desk.store.reading() as work:
        model = next(f for f in work.filings.find(FilingQuery(task_id=task.task_id)) if f.version)
    key = desk.vault.unlock("unit", password, desk.tools.clock.now())
    for number in range(1, count + 1):
        ctx.step(number - 1, count, f"生成测量用报送文件 {number}")
        name = f"测量项目{number:05d}"
        project = projects.add_project(desk, NewProject(name, task.budget_year))
        opened = filings.open_filing(desk, task.task_id, project.project_id)
        answers = {**model.answers, "project_name": name, "project_code": None}
        saved = filings.save_draft(desk, opened, answers, model.explanations)
        sealing.seal_with_key(desk, [saved.filing.filing_id], stick, key, JobContext())


def _second_kit(demo: Demonstration, bureau: PracticeBureau, *desks: Workspace) -> None:
    """The next kit carries all certificates issued meanwhile; these desks take it in."""
    desk = bureau.workspace
    record = kit_issue.issue_kit(desk, draft_from(desk, desk.current_kit().kit), bureau.keys, demo.stick)
    for one in desks:
        take_kit(one, look_at_kit(demo.tools, Path(record.source_path), one.current_kit().kit))


def _write_trust(demo: Demonstration, bureau: PracticeBureau) -> None:
    """root.pem, crl.pem and registered.pem for programs that judge without us."""
    trust = bureau_keys.trust_of(bureau.workspace)
    for name, texts in (
        ("root", trust.roots),
        ("crl", trust.revocation_lists),
        ("registered", trust.registered),
    ):
        demo.tools.files.write(demo.folder / "trust" / f"{name}.pem", "".join(texts).encode("ascii"))


def _write_documents(demo: Demonstration) -> None:
    """Every PDF and workbook, byte for byte out of the packages on the stick."""
    for path in packages_in([demo.stick]):
        judged = demo.tools.reader.judge(
            path, TrustMaterial(), demo.tools.clock.now(), inspect_documents=False
        )
        for name, content in demo.tools.reader.documents(path, judged.manifest_sha256 or "").items():
            target = demo.folder / "documents" / f"{path.stem}_{Path(name).name}"
            demo.tools.files.write(target, content)


def _verdicts(demo: Demonstration) -> list[dict[str, Any]]:
    """Verdict of every package with all three trust files."""
    texts = {name: (demo.folder / "trust" / f"{name}.pem").read_text("ascii") for name in TRUST_FILES}
    trust = demo.tools.sort_trust([texts["root"], texts["registered"]], [texts["crl"]])
    found = []
    for path in packages_in([demo.stick]):
        judged = demo.tools.reader.judge(
            path, trust, demo.tools.clock.now(), inspect_answers=inspector(None, demo.tools.reasons)
        )
        entry = {"file": path.name, "message_type": judged.message_type, "verdict": judged.verdict.word.value}
        found.append(entry)
    return found
