"""Databases that do not open, and backups: one sentence, what to do, nothing lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from services import audit_log, backup_copies, intake
from services.job import JobContext
from services.ports.store import FilingQuery
from services.workspaces import open_workspace
from tests.gui.pages.desk_program import choose_in_file_dialog, press, words_of
from ui.widgets.confirm_dialog import ConfirmDialog

DATABASE = "workspace.db"
EMPTY = "生活垃圾清运"


def damage(folder) -> None:
    """Write over the beginning of the database."""
    path = folder / DATABASE
    path.write_bytes(b"\xff" * 4096 + path.read_bytes()[4096:])


def targets(workspace) -> list[object]:
    with workspace.store.reading() as work:
        return [f.answers.get("annual_target") for f in work.filings.find(FilingQuery())]


@pytest.fixture
def backed_up(folder, tools, clock):
    """The workspace with one backup of yesterday."""
    workspace = open_workspace(tools, folder).workspace
    workspace.store.backup("daily", clock.now())
    workspace.close()
    return folder


def open_damaged(program, folder):
    program.program.open_folder(folder)
    program.settle()
    return program.damaged()


def test_a_damaged_database_is_restored_from_a_backup(program, backed_up):
    damage(backed_up)
    page = open_damaged(program, backed_up)
    assert "已损坏" in page.sentence.text()
    assert page.table.records.rowCount() == 1
    assert "每日备份" in page.table.records.index(0, 1).data()
    page.restore_button.click()
    program.settle()
    clerk = program.clerk()
    assert len(clerk.matrix.rows()) > 5
    assert any(targets(clerk.workspace))
    assert list(backed_up.glob("workspace-damaged-*.db"))
    assert program.program.damaged is None


def test_a_database_that_is_gone_comes_back(program, backed_up):
    (backed_up / DATABASE).unlink()
    page = open_damaged(program, backed_up)
    assert "不见了" in page.sentence.text()
    page.restore_button.click()
    program.settle()
    assert any(targets(program.clerk().workspace))


def test_without_a_backup_nothing_is_promised(program, folder):
    damage(folder)
    page = open_damaged(program, folder)
    assert page.nothing.isVisible()
    assert not page.restore_button.isVisible()
    page.quit_button.click()
    program.until(lambda: program.has_ended)
    assert (folder / DATABASE).exists()


def test_a_newer_database_is_left_alone(program, backed_up):
    with closing(sqlite3.connect(backed_up / DATABASE)) as connection:
        (table,) = connection.execute(
            "SELECT name FROM sqlite_master WHERE name LIKE '%schema_version%'"
        ).fetchone()
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        row = dict(zip(columns, connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchone(), strict=True))
        row[columns[0]] = 999
        marks = ", ".join("?" * len(columns))
        connection.execute(f"INSERT INTO {table} VALUES ({marks})", list(row.values()))
        connection.commit()
    before = (backed_up / DATABASE).read_bytes()
    page = open_damaged(program, backed_up)
    assert "更新版本的程序" in page.sentence.text()
    assert not page.restore_button.isVisible()
    assert (backed_up / DATABASE).read_bytes() == before


def test_a_locked_database_opens_when_it_is_free(program, folder):
    holder = sqlite3.connect(folder / DATABASE)
    holder.execute("BEGIN EXCLUSIVE")
    page = open_damaged(program, folder)
    assert "正被另一个窗口或程序使用" in page.sentence.text()
    assert not page.restore_button.isVisible()
    holder.rollback()
    holder.close()
    page.retry_button.click()
    program.settle()
    assert len(program.clerk().matrix.rows()) > 5


def test_another_workspace_can_be_opened_instead(program, folder, county, tmp_path):
    damage(folder)
    page = open_damaged(program, folder)
    press(program.qtbot, page, "打开其他工作区…")
    first = program.first_start()
    other = county.unit_folder(tmp_path / "另一单位", "other")
    first.window.role_page.existing_requested.emit(str(other))
    program.settle()
    assert program.clerk().workspace.folder == other
    assert program.program.damaged is None


def test_closing_the_page_ends_the_program(program, folder):
    damage(folder)
    open_damaged(program, folder).close()
    program.until(lambda: program.has_ended)


# Backups at the open desk ---------------------------------------------------------------------------


def restore_rows(clerk) -> list[str]:
    records = clerk.desk.settings.view.backup_card.table.records
    return [records.index(row, 1).data() for row in range(records.rowCount())]


def test_a_backup_now_and_back_to_it(program, folder, clock):
    clerk = program.open(folder)
    clerk.open_form(EMPTY).fill("annual_target", "备份前的目标")
    clerk.go_to("设置")
    press(clerk.qtbot, clerk.frame, "立即备份")
    clerk.settle()
    assert "手工备份" in restore_rows(clerk)
    clerk.go_to("工作台")
    clerk.open_form(EMPTY).fill("annual_target", "备份后的目标")
    clerk.go_to("设置")
    view = clerk.desk.settings.view.backup_card
    view.table.selectRow(restore_rows(clerk).index("手工备份"))
    view.restore_button.click()
    assert "备份之后填写、接收和办理的内容" in words_of(clerk.dialog(ConfirmDialog))
    clerk.confirm()
    again = program.clerk()
    assert "已恢复到选定的备份" in again.notice()
    assert audit_log.newest(again.workspace)[0].what.startswith("已恢复到")
    assert "备份前的目标" in targets(again.workspace)
    assert "备份后的目标" not in targets(again.workspace)
    again.go_to("设置")
    assert "恢复备份之前" in restore_rows(again)
    view = again.desk.settings.view.backup_card
    view.table.selectRow(restore_rows(again).index("恢复备份之前"))
    view.restore_button.click()
    again.confirm()
    assert "备份后的目标" in targets(program.clerk().workspace)


def test_a_backup_on_a_stick_and_back(program, folder, tmp_path, clock):
    stick = tmp_path / "U盘"
    stick.mkdir()
    clerk = program.open(folder)
    clerk.open_form(EMPTY).fill("annual_target", "带走的目标")
    clerk.go_to("设置")
    press(clerk.qtbot, clerk.frame, "另存备份到…")
    choose_in_file_dialog(stick)
    clerk.settle()
    (copy,) = stick.iterdir()
    assert copy.name.startswith("备份_示例县柳林镇人民政府_")
    assert copy.suffix != ".asice"
    assert "不是报送文件" in clerk.notice()
    clerk.go_to("工作台")
    clerk.open_form(EMPTY).fill("annual_target", "后来改坏了")
    clerk.go_to("设置")
    press(clerk.qtbot, clerk.frame, "用别处的备份恢复…")
    choose_in_file_dialog(copy)
    assert copy.name in words_of(clerk.dialog(ConfirmDialog))
    clerk.confirm()
    assert "带走的目标" in targets(program.clerk().workspace)


def test_a_backup_of_another_unit_is_refused(program, folder, county, tools, tmp_path):
    other = open_workspace(tools, county.unit_folder(tmp_path / "另一单位", "other")).workspace
    copy = backup_copies.save_copy(other, tmp_path)
    other.close()
    clerk = program.open(folder)
    clerk.go_to("设置")
    clerk.desk.settings.backups.restore_file(copy)
    clerk.settle()
    assert "本工作区是示例县柳林镇人民政府" in clerk.notice()
    assert not clerk.has_dialog(ConfirmDialog)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00" + bytes(200), b"PK\x03\x04"])
def test_a_file_that_is_no_backup_is_refused(program, folder, tmp_path, content):
    path = tmp_path / "别的文件.db"
    path.write_bytes(content)
    clerk = program.open(folder)
    clerk.go_to("设置")
    clerk.desk.settings.backups.restore_file(path)
    clerk.settle()
    assert "不是完整的备份" in clerk.notice()


def test_a_damaged_database_is_restored_from_a_stick(program, folder, tools, tmp_path):
    workspace = open_workspace(tools, folder).workspace
    copy = backup_copies.save_copy(workspace, tmp_path)
    workspace.close()
    for backup in (folder / "backups").glob("*.db"):
        backup.unlink()
    damage(folder)
    page = open_damaged(program, folder)
    press(program.qtbot, page, "用别处保存的备份恢复…")
    choose_in_file_dialog(copy)
    program.settle()
    assert any(targets(program.clerk().workspace))


def test_the_bureau_takes_no_backup_for_a_package(county, tools, folder, tmp_path):
    workspace = open_workspace(tools, folder).workspace
    copy = backup_copies.save_copy(workspace, tmp_path)
    workspace.close()
    bureau = county.bureau(tmp_path / "bureau", tools)
    assert copy not in intake.packages_in([tmp_path])
    report = intake.receive(bureau, [copy], JobContext())
    assert report.filings == 0
    bureau.close()
