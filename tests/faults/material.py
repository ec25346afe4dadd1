"""What is worked on while programs are killed (被杀死时的材料): a small county with real keys, made once."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from main import Adapters
from services import bureau_keys, filings, intake, practice, sealing
from services.job import JobContext
from services.practice import PracticeBureau
from services.workspaces import Workspace, open_workspace
from tests.fakes.clock import MovableClock
from tests.services.county import County as Desks
from tests.services.department.desks import HEAD, SCHOOL, build_chain

PASSWORD = "liulin-2026"
TARGET_TASK = "overall_expenditure_target_2027_first_round"
TOWN = "820001"


@dataclass(frozen=True)
class Material:
    """Closed workspaces to be copied (可复制的工作区), and a folder of files that came to the bureau.

    `unit` has two forms filled in and has sent nothing; `bureau` knows every key and has received nothing.
    """

    unit: Path
    bureau: Path
    files: Path


def made_in(folder: Path) -> Material:
    """A town files two forms, one of them twice; a department brings two units' packages; one file is cut off."""
    tools = Adapters(MovableClock())
    stick, files = folder / "stick", folder / "files"
    stick.mkdir(parents=True)
    bureau = practice.build_bureau(tools, folder / "bureau", stick, ("root-pass-1", "bureau-pass-2"))
    _town(tools, bureau, folder, stick)
    county = Desks(tools, folder, bureau.workspace, bureau.keys, bureau.kit_file)  # type: ignore[arg-type]
    chain = build_chain(county)
    desks, _, up = chain.up(HEAD, SCHOOL)
    for desk in (*desks, chain.department):
        desk.close()
    files.mkdir()
    for path in (*stick.glob(f"{TOWN}_*.asice"), up):
        shutil.copy2(path, files)
    fresh = _make_known(bureau, tools, sorted(files.iterdir()), folder)
    (files / "999999_2026_submission_0001_cut_off.asice").write_bytes(up.read_bytes()[:2000])
    return Material(folder / "unit", fresh, files)


def _town(tools: Adapters, bureau: PracticeBureau, folder: Path, stick: Path) -> None:
    """The town's desk as it was before it filed; then three packages of it."""
    desk = practice.build_unit(tools, folder / TOWN, bureau.kit_file, TOWN, PASSWORD)
    filled = practice.fill(desk, limit=2)
    ready = practice.sealable(desk, filled)
    desk.close()
    shutil.copytree(folder / TOWN, folder / "unit")
    desk = open_workspace(tools, folder / TOWN).workspace
    key = desk.vault.unlock("unit", PASSWORD, tools.clock.now())

    def send(filing_ids: Sequence[str]) -> None:
        for filing_id in filing_ids:
            sealing.seal_with_key(desk, [filing_id], stick, key, JobContext())

    send(ready)
    _change_again(desk, ready[0])
    send(ready[:1])
    desk.close()


def _change_again(desk: Workspace, filing_id: str) -> None:
    """A form that was sent is opened again and changed."""
    with desk.store.reading() as work:
        filing = work.filings.get(filing_id)
    assert filing is not None
    opened = filings.reopen(desk, filings.open_filing(desk, filing.task_id, filing.project_id))
    answers = {**opened.filing.answers, "reviewer_name": "王芳"}
    filings.save_draft(desk, opened, answers, opened.filing.explanations)


def _make_known(bureau: PracticeBureau, tools: Adapters, files: Sequence[Path], folder: Path) -> Path:
    """A bureau that knows every signer and has received nothing: its certificates alone are taken over."""
    bureau.workspace.close()
    fresh = folder / "fresh_bureau"
    shutil.copytree(folder / "bureau", fresh)
    desk = open_workspace(tools, folder / "bureau").workspace
    for _ in range(2):  # what lies in the department's package comes in once the department is known
        intake.receive(desk, files, JobContext())
        for waiting in intake.quarantine(desk):
            bureau_keys.register_key(desk, bureau.keys, waiting)
    with desk.store.reading() as work:
        certificates = work.certificates.all()
    desk.close()
    knowing = open_workspace(tools, fresh).workspace
    with knowing.store.writing() as work:
        known = {record.serial for record in work.certificates.all()}
        for record in certificates:
            if record.serial not in known:
                work.certificates.add(record)
        work.commit()
    knowing.close()
    return fresh
