"""Backups at the bureau's desk: the same card as at the clerk's, restoring asked of whoever opened the desk."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from services.ports.store import Backup
from ui.bureau.settings_view import BureauSettingsView

BACKUPS = [Backup(Path("b"), datetime(2026, 9, 1, 8, 30, tzinfo=UTC), "daily", 1)]


def test_the_bureaus_backups_can_be_put_back(qtbot):
    view = BureauSettingsView()
    qtbot.addWidget(view)
    card = view.backup_card
    card.set_backups(BACKUPS, date(2026, 9, 1))
    card.table.selectRow(0)
    with qtbot.waitSignal(card.restore_requested) as told:
        card.restore_button.click()
    assert told.args == [BACKUPS[0]]
