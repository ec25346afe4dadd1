"""The plain rules of the house: short files, docstrings everywhere, clean text, telling names."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from tests.source import ROOT, every_module, files, product_modules

pytestmark = pytest.mark.xdist_group("source")  # one worker reads every file once

LONGEST_FILE = 400
MEDIAN_FILE = 130
LONGEST_FUNCTION = 40
TEXT = {
    ".cfg", ".cmd", ".css", ".csv", ".desktop", ".html", ".ini", ".json", ".md", ".py", ".qss", ".sh", ".spec", ".svg",
    ".toml", ".ts", ".txt", ".xml", ".yml",
}  # fmt: skip
UNTELLING = re.compile(r"^(utils?|commons?|helpers?|managers?|misc)$")
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|XX[X])\b")
MACHINE = re.compile(
    r"(?<![\w.}])/(?:work|root|home|Users)/"
    r"|\bC:\\Users\\"
    r"|\bpypi\.(?:org|tuna)|\bpythonhosted\b"
)
UNFINISHED_CLUES = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
MACHINE_CLUES = (
    "/wo" + "rk/",
    "/ro" + "ot/",
    "/ho" + "me/",
    "/Us" + "ers/",
    "Users" + chr(92),
    "pypi.",
    "pythonh" + "osted",
)
"""Words without which a pattern cannot be met: looking for them first takes a tenth of the time."""
DOCSTRING = re.compile(r'(?:#[^\n]*\n)*"""(?:(?!""").){15,}"""', re.DOTALL)


def test_no_module_is_long():
    lengths = {str(module): len(module.text.splitlines()) for module in every_module()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_every_module_says_why_it_exists():
    assert [str(module) for module in every_module() if not DOCSTRING.match(module.text)] == []


def test_the_usual_module_is_shorter_still():
    lengths = [len(module.text.splitlines()) for module in product_modules() if not module.is_package]
    assert median(lengths) <= MEDIAN_FILE


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function, without its docstring."""
    assert function.end_lineno is not None
    total = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        assert first.end_lineno is not None
        total -= first.end_lineno - first.lineno + 1
    return total


def test_functions_fit_on_a_screen():
    long = [
        f"{module}:{node.lineno}: {node.name} has {_length(node)} lines"
        for module in product_modules()
        for node in module.nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > LONGEST_FUNCTION
    ]
    assert long == []


def test_module_names_tell_something():
    assert [str(m) for m in every_module() if any(UNTELLING.match(part) for part in m.name.split("."))] == []


def _blemishes(path: Path) -> Iterator[str]:
    raw = path.read_bytes()
    if raw.startswith(b"\xef\xbb\xbf"):
        yield "byte order mark"
    text = raw.decode("utf-8")
    if "\r" in text and path.suffix != ".cmd":
        yield "Windows line ends"
    for pattern, clues in ((UNFINISHED, UNFINISHED_CLUES), (MACHINE, MACHINE_CLUES)):
        if any(clue in text for clue in clues):
            yield from (
                f"line {text.count(chr(10), 0, hit.start()) + 1}: {hit[0]}" for hit in pattern.finditer(text)
            )


def test_text_is_clean():
    texts = [path for path in files() if path.suffix in TEXT or path.suffix == ""]
    found = {str(path.relative_to(ROOT)): list(_blemishes(path)) for path in texts}
    assert {name: blemishes for name, blemishes in found.items() if blemishes} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [("# TO" + "DO: later", True), ("todos los", False), ("FIX" + "ME", True), ("prefix", False)],
)
def test_unfinished_work_is_seen(text, found):
    assert bool(UNFINISHED.search(text)) is found
    assert not found or any(clue in text for clue in UNFINISHED_CLUES)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("open('/ro" + "ot/x')", True),
        ("see /ho" + "me/someone", True),
        ("C:" + chr(92) + "Users" + chr(92) + "x", True),
        ("see https://py" + "pi.org/simple", True),
        ("docs/work/x", False),
        ("/usr/bin", False),
    ],
)
def test_machine_paths_are_seen(text, found):
    assert bool(MACHINE.search(text)) is found
    assert not found or any(clue in text for clue in MACHINE_CLUES)
