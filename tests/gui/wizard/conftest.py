"""What the wizard's tests stand on: the desk's style, and a person in front of the wizard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.pages.wizard_page import WizardPage
from ui.theme import apply_theme


@pytest.fixture(scope="session")
def dressed(qapp) -> QApplication:
    """The application in the desk's style."""
    apply_theme(qapp)
    return qapp


@pytest.fixture
def wizard(dressed, qtbot) -> Iterator[WizardPage]:
    """The wizard with nothing open."""
    page = WizardPage(qtbot)
    yield page
    page.view.close_form()
