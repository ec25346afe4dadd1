"""The window of first start with two built-in kits."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.gui.pages.first_start import FirstStartPage
from ui.first_start.window import FirstStartWindow

BUILTIN = (SimpleNamespace(name="通用示范（参照10号）"), SimpleNamespace(name="通用示范（参照101号）"))


@pytest.fixture
def page(qtbot):
    window = FirstStartWindow(8, 2026)
    window.set_builtin_kits(BUILTIN)
    return FirstStartPage(qtbot, window)
