"""What came along (随程序文件自检): fonts, kits, translations, practice data, what reads tokens, processes; for installers and bundles."""

from __future__ import annotations

import json
import sys

from PySide6.QtGui import QGuiApplication

import resources
from services.handed_out import HandedOut
from services.inspection_alone import AloneInspection
from services.tools import Tools


def print_self_check(tools: Tools) -> int:
    """One JSON document on stdout; status 1 when something is missing."""
    from ui.application import create_application
    from ui.fonts import load_form_fonts, load_screen_fonts

    app = create_application(sys.argv[:1])
    kits = tuple(tools.builtin_kits(tools.clock.now().year))
    found = {
        "platform": QGuiApplication.platformName(),
        "fonts": sorted({*load_screen_fonts(), *load_form_fonts()}),
        "kits": [kit.name for kit in kits],
        "translations": sorted(path.name for path in resources.path("translations").glob("*.qm")),
        "practice_units": len(tools.practice.practice_units()),
        "tokens": tools.tokens.is_supported(),
        "judging_processes": tools.judging_ahead.is_possible(AloneInspection(HandedOut(kits, {}))),
    }
    app.quit()
    sys.stdout.buffer.write(json.dumps(found, ensure_ascii=False).encode("utf-8") + b"\n")
    sys.stdout.flush()
    return 0 if all(found.values()) else 1
