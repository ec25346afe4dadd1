"""The application object (应用程序): fonts, Chinese words of Qt's own buttons, icon and style.

Nothing heavy is imported here: the window has to stand before the database, the PDF writer and the
signing libraries are needed.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence

from PySide6.QtCore import QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

import resources
from ui.fonts import load_screen_fonts
from ui.icons import window_icon
from ui.theme import STYLE, apply_theme

PROGRAM_NAME = "预算绩效工作台"
_PLAIN_NAME = "BudgetPerformanceDesk"

STARTING_THRESHOLD = 500_000
"""How many new objects make the interpreter look for cycles while it starts; the usual 700 cost a tenth of the time."""

START_MS = 4_000
"""After this long the desk stands; from then on collections are small and frequent again, as typing wants them."""


def create_application(argv: Sequence[str], scale: float = 1.0) -> QApplication:
    """Make the one QApplication, dressed; `scale` is the text size kept in the settings."""
    usual = gc.get_threshold()
    gc.set_threshold(STARTING_THRESHOLD)
    gc.enable()
    # Named on the command line the style costs nothing here; asking for it as an object makes the binding
    # build five hundred constants of style options, longer than painting the window takes.
    app = QApplication([*argv, "-style", STYLE])
    QTimer.singleShot(START_MS, lambda: _end_of_start(usual))
    app.setOrganizationName(_PLAIN_NAME)
    app.setApplicationName(_PLAIN_NAME)
    app.setApplicationDisplayName(PROGRAM_NAME)
    app.setDesktopFileName("budget-performance-desk")
    _clothe(app, scale)
    return app


def _end_of_start(threshold: tuple[int, int, int]) -> None:
    """What the start has loaded stays for good and is not looked through again; collections as usual."""
    gc.freeze()
    gc.set_threshold(*threshold)


def dress(app: QApplication, scale: float = 1.0) -> None:
    """Style, fonts, translation, locale and icon of an application somebody else has made."""
    app.setStyle(STYLE)
    _clothe(app, scale)


def _clothe(app: QApplication, scale: float) -> None:
    """Everything but the style, which an application is given when it is made."""
    load_screen_fonts()
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load(str(resources.path("translations", "qtbase_zh_CN.qm"))):
        app.installTranslator(translator)
    apply_theme(app, scale)
    app.setWindowIcon(window_icon())
