"""A backup taken on a stick brings the evidence along; restored elsewhere, every file is there again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from models.domain.errors import EnvironmentProblem
from services import backup_copies, evidence, evidence_files
from services.backup_evidence import folder_beside, take_back
from services.workspaces import Workspace
from tests.services.attaching import PDF, attach, on_disk, project_filing, source
from tests.services.county import County


@pytest.fixture
def desk(county: County) -> Workspace:
    return county.desk()


def saved(desk: Workspace, folder: Path) -> Path:
    """A backup on the stick; the store in memory has no file of its own to copy."""
    made = desk.folder / "backups" / "1_manual.db"
    made.parent.mkdir(exist_ok=True)
    made.write_bytes(b"database")
    return backup_copies.save_copy(desk, folder)


def test_every_file_that_is_referred_to_goes_along(county: County, desk: Workspace, tmp_path: Path) -> None:
    form = project_filing(county, desk)
    live, removed = attach(desk, form, source(tmp_path, "a.pdf"), source(tmp_path, "b.pdf", b"b"))
    evidence.remove(desk, removed.evidence_id)
    evidence_files.keep(desk, evidence_files.taken("c.pdf", b"nobody refers to this"))
    path = saved(desk, county.stick)
    beside = folder_beside(path)
    assert beside.name == f"{path.stem}_佐证材料"
    assert {item.name for item in beside.iterdir()} == {live.file.sha256, removed.file.sha256}


def test_they_come_back_where_they_are_missing(county: County, desk: Workspace, tmp_path: Path) -> None:
    form = project_filing(county, desk)
    first, second, spoiled = attach(desk, form, *(source(tmp_path, f"{n}.pdf", b"%d" % n) for n in range(3)))
    path = saved(desk, county.stick)
    (folder_beside(path) / spoiled.file.sha256).write_bytes(b"spoiled")
    (folder_beside(path) / "autorun.inf").write_bytes(b"x")
    before = on_disk(desk)
    shutil.rmtree(desk.folder / "evidence")
    assert take_back(desk.tools, path, desk.folder) == 2
    assert on_disk(desk) == {item.file.sha256: before[item.file.sha256] for item in (first, second)}
    assert take_back(desk.tools, path, desk.folder) == 0
    assert evidence.open_copy(desk, first.evidence_id).read_bytes() == b"0"


def test_no_evidence_no_folder(county: County, desk: Workspace) -> None:
    path = saved(desk, county.stick)
    assert not folder_beside(path).exists()
    assert take_back(desk.tools, path, desk.folder) == 0


def test_a_full_stick_leaves_no_backup_that_looks_whole(
    county: County, desk: Workspace, tmp_path: Path
) -> None:
    attach(desk, project_filing(county, desk), source(tmp_path, "a.pdf", PDF))
    county.tools.files.failure = EnvironmentProblem("存储空间不足，文件没有写成")
    with pytest.raises(EnvironmentProblem, match="存储空间不足"):
        saved(desk, county.stick)
    assert not list(county.stick.glob("备份_*.db"))
