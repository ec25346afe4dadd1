"""The walls of the house: who may import whom, what the program never touches, what the pure core never reads.

The table is the one of docs/architecture.md. A new package has to be entered here before it can be used.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable

import pytest

from tests.imports import imported, lies_in
from tests.source import FREE, ROOT, Module, product_modules

pytestmark = pytest.mark.xdist_group("source")  # one worker reads every file once

# package → (own packages it may import, libraries it may import); the standard library is free unless banned below
TABLE: dict[str, tuple[set[str], set[str]]] = {
    "models.domain": (set(), set()),
    "forms": ({"models.domain"}, set()),
    "services": ({"models.domain", "forms"}, set()),
    "models.store": ({"models.domain", "services.ports"}, {"orjson", "psycopg", "sqlalchemy"}),
    "documents": (
        {"models.domain", "forms", "services.ports", "resources"},
        {"openpyxl", "reportlab"},
    ),
    "exchange": (
        {"models.domain", "forms", "services.ports"},
        {"asn1crypto", "cryptography", "orjson", "pkcs11", "pyhanko", "pyhanko_certvalidator"},
    ),
    "commands": ({"models.domain", "forms", "services"}, set()),
    "ui": ({"models.domain", "forms", "services", "resources"}, {"PySide6", "shiboken6"}),
    "resources": ({"models.domain"}, set()),  # shipped kits are read into the words of the trade
    "bootstrap": (set(), set()),
    "models": (set(), set()),
}
COMPOSITION_ROOT = "main"
NO_NETWORK = {
    "PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtWebSockets",
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "urllib", "urllib3", "xmlrpc",
}  # fmt: skip
PURE = ("models.domain", "forms")
NOT_IN_PURE = {
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "sqlite3",
    "subprocess",
    "tempfile",
    "threading",
    "time",
}
CLOCK_AND_DISK = {
    "now",
    "today",
    "utcnow",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "getenv",
    "environ",
}
HEAVY = {
    "asn1crypto",
    "cryptography",
    "docx",
    "lxml",
    "openpyxl",
    "orjson",
    "pkcs11",
    "psycopg",
    "pyhanko",
    "reportlab",
    "sqlalchemy",
    "xlsxwriter",
}
OF_LIBRARY = {
    "pkcs11": "python-pkcs11",
    "pyside6": "pyside6-essentials",
    "shiboken6": "pyside6-essentials",
    "pyhanko_certvalidator": "pyhanko",
}
MODAL_STATICS = {
    "QMessageBox": {"about", "aboutQt", "critical", "information", "question", "warning"},
    "QInputDialog": {"getDouble", "getInt", "getItem", "getMultiLineText", "getText"},
    "QFileDialog": {"getExistingDirectory", "getOpenFileName", "getOpenFileNames", "getSaveFileName"},
}  # fmt: skip


def _area(module: Module) -> str | None:
    """The row of the table a module belongs to, the longest that fits."""
    fitting = [area for area in TABLE if lies_in(module.name, area)]
    return max(fitting, key=len, default=None)


def violations(module: Module) -> list[str]:
    """Imports of `module` that the table does not allow."""
    area = _area(module)
    assert area is not None, f"{module}: no row in the table of packages"
    own, libraries = TABLE[area]
    allowed = own | libraries | {area}
    return [
        name
        for name in imported(module)
        if name.split(".")[0] not in sys.stdlib_module_names
        and not any(lies_in(name, permitted) for permitted in allowed)
    ]


def _complaints(judge: Callable[[Module], list[str]], *areas: str) -> list[str]:
    """What `judge` finds in all modules, or in those inside `areas`."""
    return [
        f"{module}: {found}"
        for module in product_modules()
        if not areas or any(lies_in(module.name, area) for area in areas)
        for found in judge(module)
    ]


def test_imports_follow_the_table():
    assert _complaints(lambda module: [] if module.name == COMPOSITION_ROOT else violations(module)) == []


@pytest.mark.parametrize(
    ("name", "source", "found"),
    [
        ("forms.x", "def f():\n    from services import filings", ["services.filings"]),
        ("forms.x", "from models import store", ["models.store"]),
        ("forms.x", "from models import domain", []),
        ("models.domain.x", "from ..store import engine", ["models.store.engine"]),
        ("models.store.x", "import services.filings", ["services.filings"]),
        ("models.store.x", "from services.ports import Clock\nfrom services import ports", []),
        ("ui.x", "import importlib\nimportlib.import_module('documents.pdf')", ["documents.pdf"]),
        ("documents.x", "import sqlalchemy.orm", ["sqlalchemy.orm"]),
        (
            "services.x",
            "if TYPE_CHECKING:\n    from PySide6.QtCore import QObject",
            ["PySide6.QtCore.QObject"],
        ),
        ("commands.x", "import main", ["main"]),
    ],
)
def test_the_wall_itself_sees_every_way_to_import(name, source, found):
    assert violations(Module(ROOT / f"{name.replace('.', '/')}.py", name, source)) == found


def test_dependencies_are_those_that_are_imported():
    """No library is asked for in vain, none comes along by chance as somebody else's dependency."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = {re.split(r"[=\[;]", requirement)[0].lower() for requirement in project["dependencies"]}
    used = {name.split(".")[0] for module in product_modules() for name in imported(module)}
    own = {name.split(".")[0] for name in (*TABLE, *(module.name for module in product_modules()))}
    libraries = {name.lower() for name in used - own - set(sys.stdlib_module_names)}
    assert {OF_LIBRARY.get(library, library) for library in libraries} == pinned


def test_every_package_has_a_row():
    strangers = [
        str(module)
        for module in product_modules()
        if module.name != COMPOSITION_ROOT and _area(module) is None
    ]
    assert strangers == []


def _network(module: Module) -> list[str]:
    return [name for name in imported(module) if any(lies_in(name, banned) for banned in NO_NETWORK)]


def test_nothing_reaches_for_the_network():
    assert _complaints(_network) == []


def _named(module: Module, forbidden: set[str]) -> list[str]:
    names = {node.attr for node in module.nodes if isinstance(node, ast.Attribute)}
    return sorted((names | {name.rsplit(".", 1)[-1] for name in imported(module)}) & forbidden)


def test_no_nested_event_loop_and_no_sleep_on_the_gui_thread():
    assert _complaints(lambda module: _named(module, {"processEvents", "QEventLoop"})) == []
    assert _complaints(lambda module: _named(module, {"sleep", "msleep", "usleep"}), "ui") == []


def _nested_loops(module: Module) -> list[str]:
    found = []
    for node in module.nodes:
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner = ast.unparse(node.func.value)
        starts_program = owner in {"app", "application", "self._app", "qt", "QApplication"}
        if node.func.attr in {"exec", "exec_"} and not starts_program:
            found.append(f"line {node.lineno}: {owner}.{node.func.attr}()")
        if node.func.attr in MODAL_STATICS.get(owner, ()):
            found.append(f"line {node.lineno}: {owner}.{node.func.attr}()")
    return found


def test_dialogs_are_opened_not_executed():
    """`dialog.open()` and a signal, never `exec()`: a nested loop keeps jobs, autosave and tests waiting."""
    assert _complaints(_nested_loops, "ui") == []


def _impurities(module: Module) -> list[str]:
    found = [name for name in imported(module) if name.split(".")[0] in NOT_IN_PURE]
    for node in module.nodes:
        if isinstance(node, ast.Attribute) and node.attr in CLOCK_AND_DISK:
            found.append(f"line {node.lineno}: {ast.unparse(node)}")
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"open", "input", "print"}
        ):
            found.append(f"line {node.lineno}: {node.func.id}()")
    return found


def test_the_pure_core_reads_no_clock_disk_or_environment():
    assert _complaints(_impurities, *PURE) == []


@pytest.mark.parametrize(
    ("judge", "source"),
    [
        (_network, "def f():\n    from urllib.request import urlopen"),
        (_network, "from PySide6 import QtNetwork"),
        (_nested_loops, "def ask(self):\n    return QuestionDialog(self).exec()"),
        (_nested_loops, "name = QFileDialog.getSaveFileName(None, '')"),
        (_impurities, "import datetime\nnow = datetime.datetime.now()"),
        (_impurities, "from datetime import date\nday = date.today()"),
        (_impurities, "import os\nhome = os.environ['HOME']"),
        (_impurities, "text = open('x').read()"),
    ],
)
def test_the_other_walls_see_as_well(judge, source):
    assert judge(Module(ROOT / "forms" / "x.py", "forms.x", source)) != []


def test_build_recipes_do_not_shadow_the_packaging_module():
    assert not (ROOT / "packaging" / "__init__.py").exists()
    assert not (ROOT / "tests" / "packaging" / "__init__.py").exists()
    assert {"packaging", "tests"} <= FREE


def test_the_command_line_starts_without_heavy_libraries():
    """Importing main and asking for help loads none of them: they cost seconds on a township's computer."""
    program = (
        "import contextlib, io, json, sys\n"
        "import main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        "    main.main(['--help'])\n"
        "print(json.dumps(sorted(sys.modules)))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    loaded = {name.split(".")[0] for name in json.loads(answer.stdout.splitlines()[-1])}
    assert loaded & HEAVY == set()
    assert "argparse" in loaded, "the check saw no command line being built"
