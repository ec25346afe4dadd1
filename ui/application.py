"""The application object (应用程序): fonts, Chinese words of Qt's own buttons, icon and style.

Nothing heavy is imported here: the window has to stand before the database, the PDF writer and the
signing libraries are needed.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

import resources
from ui.fonts import load_screen_fonts
from ui.icons import window_icon
from ui.theme import apply_theme

PROGRAM_NAME = "预算绩效工作台"
_PLAIN_NAME = "BudgetPerformanceDesk"

OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""How many new objects make the interpreter look for cycles; its usual 700 costs a start a tenth of its time."""


def create_application(argv: Sequence[str], scale: float = 1.0) -> QApplication:
    """Make the one QApplication, dressed; `scale` is the text size kept in the settings."""
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    app = QApplication(list(argv))
    app.setOrganizationName(_PLAIN_NAME)
    app.setApplicationName(_PLAIN_NAME)
    app.setApplicationDisplayName(PROGRAM_NAME)
    app.setDesktopFileName("budget-performance-desk")
    dress(app, scale)
    return app


def dress(app: QApplication, scale: float = 1.0) -> None:
    """Fonts, translation, locale, style and icon of an application."""
    load_screen_fonts()
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load(str(resources.path("translations", "qtbase_zh_CN.qm"))):
        app.installTranslator(translator)
    apply_theme(app, scale)
    app.setWindowIcon(window_icon())
