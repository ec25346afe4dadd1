"""Library and suggestions at 1366 × 768, 100, 125 and 150 %: no word is cut off."""

from __future__ import annotations

import pytest

from forms.findings import Place
from forms.registry import form
from resources.builtin_library import builtin_library
from tests.forms.cases import TARGET, context
from tests.forms.checks.test_published_tables import CADRES
from tests.gui.pages.cut_off import cut_off, settle
from tests.gui.wizard.test_sizes import framed
from ui.theme import px
from ui.widgets.labels import ElidedLabel

pytestmark = pytest.mark.gui

__all__ = ["framed"]


@pytest.fixture
def cadres(framed):
    """A table with many faults, at its indicators."""
    framed.open(form(TARGET), context(library=builtin_library()), CADRES, {})
    framed.go_to(Place("indicators", "r4", "third_level"))
    settle()
    return framed


def test_suggestions_are_whole(cadres):
    cadres.frame.assistance.open_coach()
    settle()
    assert cadres.frame.assistance.panel.takes
    assert cut_off(cadres) == []
    for _ in range(3):
        cadres.frame.assistance.step_advice(1)
        settle()
        assert cut_off(cadres) == []


def test_the_library_is_whole_and_fits_the_screen(cadres):
    cadres.frame.assistance.open_library()
    dialog = cadres.frame.assistance.library.dialog()
    assert dialog is not None
    dialog.resize(min(px(1010), 1346), min(px(590), 728))
    settle()
    assert dialog.minimumSizeHint().width() <= 1346
    assert dialog.minimumSizeHint().height() <= 728
    assert cut_off(dialog) == []
    dialog.take.click()
    settle()
    told = dialog.findChildren(ElidedLabel)
    assert any("已加入" in one.words() for one in told)
    assert cut_off(dialog) == []
    header = dialog.table.horizontalHeader()
    assert header.length() <= dialog.table.viewport().width() + 2
    dialog.reject()
