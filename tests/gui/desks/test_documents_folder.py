"""A folder that is offered is one that is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths

from ui.desks.documents_folder import documents_folder


@pytest.mark.gui
def test_documents_or_home(tmp_path, monkeypatch):
    places = [str(tmp_path / "没有"), str(tmp_path)]
    monkeypatch.setattr(QStandardPaths, "standardLocations", lambda _kind: places)
    assert documents_folder() == tmp_path
    places.pop()
    assert documents_folder() == Path.home()
