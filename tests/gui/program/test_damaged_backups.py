"""A damaged backup is named and an older one offered; what was restored is opened and compared row by row."""

from __future__ import annotations

import shutil

import pytest

from services.workspaces import open_workspace
from tests.faults.states import DATABASE, is_sound, rows_of
from tests.gui.pages.desk_program import press
from tests.gui.program.test_opening import damage, targets
from ui.desks import bureau_desk, filer_opening
from ui.widgets.confirm_dialog import ConfirmDialog


@pytest.fixture
def backed_up(folder, tools, clock):
    """Two backups of a workspace whose database is damaged; pages of the newer one are spoiled as well."""
    workspace = open_workspace(tools, folder).workspace
    older = workspace.store.backup("daily", clock.now().replace(hour=8))
    newer = workspace.store.backup("daily", clock.now())
    workspace.close()
    content = bytearray(newer.read_bytes())
    content[8192:16384] = b"\xa5" * 8192
    newer.write_bytes(bytes(content))
    damage(folder)
    return folder, older, newer


def test_a_damaged_backup_is_named_and_the_older_one_put_back(program, backed_up):
    folder, older, newer = backed_up
    wanted = rows_of(older)
    program.program.open_folder(folder)
    program.settle()
    page = program.damaged()
    assert page.table.chosen().path == newer
    page.restore_button.click()
    program.settle()
    assert program.damaged() is page
    assert newer.name in page.advice.text()
    assert "这份备份不完整" in page.advice.text()
    assert page.table.chosen().path == older
    assert page.restore_button.isEnabled()
    page.restore_button.click()
    program.settle()
    assert len(program.clerk().matrix.rows()) > 5
    program.clerk().frame.close()
    program.until(lambda: program.has_ended)
    assert is_sound(folder / DATABASE)
    assert rows_of(folder / DATABASE) == wanted


def test_a_log_of_another_workspace_is_told_and_the_backup_put_back(program, county, tools, folder, tmp_path):
    workspace = open_workspace(tools, folder).workspace
    backup = workspace.store.backup("daily", tools.clock.now())
    workspace.close()
    other = open_workspace(tools, county.unit_folder(tmp_path / "另一单位", "other")).workspace
    shutil.copy(other.folder / f"{DATABASE}-wal", folder)
    other.close()
    program.program.open_folder(folder)
    program.settle()
    page = program.damaged()
    assert "别的工作区的日志文件" in page.sentence.text()
    page.restore_button.click()
    program.settle()
    assert program.clerk().workspace.folder == folder
    program.clerk().frame.close()
    program.until(lambda: program.has_ended)
    assert rows_of(folder / DATABASE) == rows_of(backup)


@pytest.mark.parametrize("name", ["unit", "bureau"])
def test_a_backup_is_made_each_day_the_desk_is_opened(program, county, clock, tmp_path, monkeypatch, name):
    for module in (filer_opening, bureau_desk):
        monkeypatch.setattr(module, "BACKUP_DELAY_MS", 0)
    folder = county.unit_folder(tmp_path / "desk", name)
    program.program.open_folder(folder)
    program.until(lambda: len(list(folder.glob("backups/*_daily.db"))) == 1)
    program.settle()
    (made,) = program.tools.opener.backups(folder)
    assert made.made_at == clock.now()
    assert is_sound(made.path)
    assert rows_of(made.path) == rows_of(folder / DATABASE)


def test_a_bureau_that_was_cut_off_is_told_how_to_go_on(program, county, tools, tmp_path):
    folder = county.unit_folder(tmp_path / "bureau", "bureau")
    open_workspace(tools, folder).workspace.store.close()
    program.program.open_folder(folder)
    program.settle()
    bar = program.program.desk.frame.notice
    words = bar.words.text() if bar.isVisible() else ""
    assert "上次程序没有正常关闭" in words
    assert "重新选择同一文件夹即可继续" in words


def test_a_damaged_backup_chosen_at_the_open_desk_changes_nothing(program, folder, clock):
    clerk = program.open(folder)
    clerk.go_to("设置")
    press(clerk.qtbot, clerk.frame, "立即备份")
    clerk.settle()
    (backup,) = program.tools.opener.backups(folder)
    older = clerk.workspace.store.backup("manual", clock.now().replace(hour=8))
    backup.path.write_bytes(backup.path.read_bytes()[:6000])
    before = targets(clerk.workspace)
    card = clerk.desk.settings.view.backup_card
    card.table.selectRow(0)
    card.restore_button.click()
    assert clerk.has_dialog(ConfirmDialog)
    clerk.confirm()
    page = program.damaged()
    assert backup.path.name in page.sentence.text()
    assert older in [page.table.records.record(row).path for row in range(page.table.records.rowCount())]
    page.retry_button.click()
    program.settle()
    assert any(before)
    assert targets(program.clerk().workspace) == before
