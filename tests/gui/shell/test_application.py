"""A fresh start: nothing heavy is imported, the buttons of Qt speak Chinese, Chinese is drawn."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.source import ROOT

HEAVY = {
    "sqlalchemy",
    "openpyxl",
    "reportlab",
    "cryptography",
    "pyhanko",
    "lxml",
    "asn1crypto",
    "docx",
    "xlsxwriter",
}
PROGRAM = """
import json, sys
from ui.application import create_application
app = create_application(["desk"])
import ui.errors, ui.jobs, ui.shell.frame, ui.first_start.window, ui.filer.home_view, ui.filer.seal_dialog
import ui.filer.settings_view, ui.filer.project_page, ui.filer.help_view, ui.filer.inbox_view, ui.filer.sent_view
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDialogButtonBox
from ui.shell.frame import DeskFrame
frame = DeskFrame()
frame.show()
box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Save)
print(json.dumps({
    "modules": sorted(sys.modules),
    "buttons": [button.text() for button in box.buttons()],
    "name": app.applicationDisplayName(),
    "reads": all(QFontMetrics(app.font()).inFont(c) for c in "绩效目标申报〔2027〕") or app.font().families(),
    "icon": not app.windowIcon().isNull(),
}))
frame.close()
"""


@pytest.fixture(scope="module")
def started():
    answer = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])


def test_nothing_heavy_is_loaded(started):
    assert {name.partition(".")[0] for name in started["modules"]} & HEAVY == set()


def test_no_network_or_script_engine_is_loaded(started):
    assert not {"PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtOpenGL"} & set(started["modules"])


def test_buttons_of_qt_are_chinese(started):
    assert sorted(text.partition("(")[0] for text in started["buttons"]) == ["保存", "取消"]


def test_name_font_and_icon(started):
    assert started["name"] == "预算绩效工作台"
    assert started["reads"]
    assert started["icon"]


def test_collections_wait_only_while_the_program_starts():
    program = (
        "import gc\n"
        "import ui.application as application\n"
        "application.START_MS = 1\n"
        "usual = gc.get_threshold()\n"
        "app = application.create_application(['desk'])\n"
        "assert gc.get_threshold()[0] == application.STARTING_THRESHOLD\n"
        "application.QTimer.singleShot(200, app.quit)\n"
        "app.exec()\n"
        "assert gc.get_threshold() == usual and gc.get_freeze_count() > 1000\n"
    )
    answer = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False)
    assert answer.returncode == 0, answer.stderr
