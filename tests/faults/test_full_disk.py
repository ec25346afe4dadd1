"""The disk is full while something is written: one plain sentence, nothing lost, and it goes on once there is room."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from main import Adapters
from models.domain.errors import DeskError, EnvironmentProblem
from models.store.opener import SqliteStoreOpener
from services import backup_copies, evidence, exporting, filings, intake, sealing
from services.figures import book
from services.job import JobContext
from services.workspaces import Workspace, open_workspace
from tests.fakes.clock import START, MovableClock
from tests.faults.disks import Disk
from tests.faults.material import PASSWORD, TARGET_TASK, TOWN, Material
from tests.faults.states import DATABASE, files_in, is_sound, rows_of
from tests.store.release_dump import RELEASED

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(
        not Path("/proc/self/fd").exists(), reason="which file is flushed is asked of the system"
    ),
]
TOOLS = Adapters(MovableClock())
ROOM = "磁盘空间已满", "空间不足"


def refused(action: Callable[[], object]) -> DeskError:
    """What a person is told; it speaks of room, in one sentence, without a foreign word but names of files."""
    with pytest.raises(EnvironmentProblem) as caught:
        action()
    error = caught.value
    assert any(word in error.what for word in ROOM), error.sentence
    assert error.remedy
    assert "\n" not in error.sentence
    assert not any("a" <= sign.lower() <= "z" for sign in (error.what + error.remedy).replace("U ", ""))
    return error


def desk_on(disk: Disk, source: Path) -> Workspace:
    """A copy of a workspace on the disk, open."""
    return open_workspace(TOOLS, Path(shutil.copytree(source, disk.folder / "desk"))).workspace


def unfinished(folder: Path) -> list[Path]:
    """Files that were begun and not finished."""
    return [path for pattern in ("~*", ".*.tmp", ".*.part*") for path in folder.rglob(pattern)]


@pytest.mark.parametrize("leave", [0, 150_000, 400_000, 900_000])
def test_a_batch_import(disk: Disk, material: Material, leave: int) -> None:
    desk = desk_on(disk, material.bureau)
    disk.fill(leave)
    told: list[intake.IntakeRow] = []
    refused(lambda: intake.receive(desk, [material.files], JobContext(), told.append))
    with desk.store.reading() as work:
        kept = {record.manifest_sha256 for record in work.packages.find("received")}
    assert {row.manifest_sha256 for row in told if row.outcome.value == "received"} <= kept
    assert {f"{name}.asice" for name in kept} <= set(files_in(desk.archive) if desk.archive.exists() else {})
    assert not unfinished(desk.folder)
    disk.free()
    rows = intake.receive(desk, [material.files], JobContext()).rows
    assert {row.outcome.value for row in rows} == {"received", "unchanged", "replaced", "refused"} - (
        set() if kept else {"unchanged"}
    )
    desk.close()
    assert is_sound(desk.folder / DATABASE)


def test_opening(disk: Disk, material: Material) -> None:
    desk = desk_on(disk, material.unit)
    desk.close()
    disk.fill()
    refused(lambda: open_workspace(TOOLS, desk.folder))
    disk.free()
    open_workspace(TOOLS, desk.folder).workspace.close()


def test_saving_in_the_wizard(disk: Disk, material: Material) -> None:
    desk = desk_on(disk, material.unit)
    form = filings.open_filing(desk, TARGET_TASK)
    before, answers = rows_of(desk.folder / DATABASE), {**form.filing.answers, "reviewer_name": "王" * 60_000}
    disk.fill()
    refused(lambda: filings.save_draft(desk, form, answers, {}))
    assert rows_of(desk.folder / DATABASE) == before
    assert filings.open_filing(desk, TARGET_TASK).filing == form.filing
    disk.free()
    filings.save_draft(desk, form, answers, {})
    assert filings.open_filing(desk, TARGET_TASK).filing.answers == answers
    desk.close()
    assert is_sound(desk.folder / DATABASE)


def test_attaching_a_file(disk: Disk, material: Material, tmp_path: Path) -> None:
    desk = desk_on(disk, material.unit)
    filing_id = filings.open_filing(desk, TARGET_TASK).filing.filing_id
    paper = tmp_path / "合同.pdf"
    paper.write_bytes(b"%PDF-1.4 " + os.urandom(30_000))
    disk.fill()
    attached = evidence.attach(desk, filing_id, "", [paper], JobContext())
    assert not attached.added
    assert any(word in attached.refused[0] for word in (*ROOM, "检查磁盘空间"))
    assert not unfinished(desk.folder)
    disk.free()
    assert evidence.attach(desk, filing_id, "", [paper], JobContext()).added
    desk.close()


def test_sealing_onto_a_full_stick(disk: Disk, material: Material, tmp_path: Path) -> None:
    desk = open_workspace(TOOLS, Path(shutil.copytree(material.unit, tmp_path / "desk"))).workspace
    ready = [item.opened.filing.filing_id for item in sealing.candidates(desk) if not item.obstacle]
    stick = disk.folder / "U盘"
    stick.mkdir()
    disk.fill()
    refused(lambda: sealing.seal(desk, ready, stick, PASSWORD, JobContext()))
    assert list(stick.iterdir()) == []
    assert {i.opened.filing.filing_id for i in sealing.candidates(desk) if not i.obstacle} == set(ready)
    disk.free()
    made = sealing.seal(desk, ready, stick, PASSWORD, JobContext())
    assert list(stick.iterdir()) == [made.written.path]
    desk.close()


@pytest.mark.parametrize("leave", [0, 100_000, 250_000])
def test_sealing_while_the_own_disk_is_full(
    disk: Disk, material: Material, tmp_path: Path, leave: int
) -> None:
    desk = desk_on(disk, material.unit)
    ready = [item.opened.filing.filing_id for item in sealing.candidates(desk) if not item.obstacle]
    stick = tmp_path / "stick"
    stick.mkdir()
    disk.fill(leave)
    refused(lambda: sealing.seal(desk, ready, stick, PASSWORD, JobContext()))
    assert list(stick.iterdir()) == []
    assert not unfinished(desk.folder)
    disk.free()
    made = sealing.seal(desk, ready, stick, PASSWORD, JobContext())
    assert (desk.archive / made.record.archive_name).read_bytes() == made.written.path.read_bytes()
    desk.close()
    assert is_sound(desk.folder / DATABASE)


def test_backing_up_and_restoring(disk: Disk, material: Material) -> None:
    desk = desk_on(disk, material.unit)
    first, rows = desk.store.backup("manual", START), rows_of(desk.folder / DATABASE)
    disk.fill()
    refused(lambda: desk.store.backup("daily", START))
    refused(lambda: backup_copies.save_copy(desk, disk.folder))
    assert desk.store.due_for_daily(START)
    assert list((desk.folder / "backups").iterdir()) == [first]
    disk.free()
    desk.store.backup("daily", START)
    desk.close()
    disk.fill()
    (_, backup) = TOOLS.opener.backups(desk.folder)
    refused(lambda: backup_copies.restore(TOOLS, desk.folder, backup, START))
    disk.free()
    assert rows_of(desk.folder / DATABASE) == rows
    backup_copies.restore(TOOLS, desk.folder, backup, START)
    assert rows_of(desk.folder / DATABASE) == rows
    assert not unfinished(desk.folder)


@pytest.mark.parametrize("leave", [0, 1, 2])
def test_upgrading(disk: Disk, tmp_path: Path, leave: int) -> None:
    folder = disk.folder / "desk"
    folder.mkdir()
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.executescript((RELEASED / "v1.sql").read_text(encoding="utf-8"))
    before, size = rows_of(folder / DATABASE), (folder / DATABASE).stat().st_size
    easy = Path(shutil.copytree(folder, tmp_path / "easy"))
    disk.fill(leave * size + (leave > 0) * 40_000)  # room for nothing, for the backup, for some of the steps
    refused(lambda: SqliteStoreOpener().open(folder, START))
    disk.free()
    assert is_sound(folder / DATABASE)
    for where in (folder, easy):  # steps that were done stay done, the others follow
        SqliteStoreOpener().open(where, START).close()
    assert rows_of(folder / DATABASE) == rows_of(easy / DATABASE)
    assert rows_of(SqliteStoreOpener().backups(folder)[-1].path) == before


def test_exporting_workbooks(disk: Disk, material: Material, tmp_path: Path) -> None:
    desk = open_workspace(TOOLS, Path(shutil.copytree(material.unit, tmp_path / "desk"))).workspace
    target = disk.folder / "导出.xlsx"
    year = filings.open_filing(desk, TARGET_TASK).filing.budget_year

    def export() -> object:
        return exporting.export_unit(desk, TOWN, year, target, JobContext())

    export()
    before = target.read_bytes()
    disk.fill()
    refused(export)
    refused(lambda: exporting.export_unit(desk, TOWN, year, disk.folder / "表样", JobContext()))
    assert target.read_bytes() == before
    assert not unfinished(disk.folder)
    disk.free()
    export()
    bureau = open_workspace(TOOLS, Path(shutil.copytree(material.bureau, tmp_path / "bureau"))).workspace
    disk.fill()
    refused(lambda: book.write_book(bureau, year, disk.folder / "汇总.xlsx", JobContext()))
    assert not (disk.folder / "汇总.xlsx").exists()
    disk.free()
    book.write_book(bureau, year, disk.folder / "汇总.xlsx", JobContext())
    bureau.close()
    desk.close()
