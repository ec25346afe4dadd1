"""The program's own source as the walls see it: every module, its name and its syntax tree."""

from __future__ import annotations

import ast
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", ".venv", "__pycache__", "build", "dist", "node_modules"}
FREE = {"tests", "bench", "docs", "packaging"}  # they test, measure, describe and build the program


@dataclass(frozen=True)
class Module:
    """One Python file: its path, its dotted name and its tree."""

    path: Path
    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return _parse(self.text)

    @property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree; walked once for all rules."""
        return _walk(self.text)

    @property
    def is_package(self) -> bool:
        return self.path.name == "__init__.py"

    def __str__(self) -> str:
        return str(self.path.relative_to(ROOT))


@cache
def _parse(text: str) -> ast.Module:
    return ast.parse(text)


@cache
def _walk(text: str) -> tuple[ast.AST, ...]:
    """Every node but those that only say how a name is used: `ast.walk` without its generators, in half the time."""
    found: list[ast.AST] = [_parse(text)]
    for node in found:
        for name in node._fields:
            value = getattr(node, name, None)
            if isinstance(value, list):
                found.extend(item for item in value if isinstance(item, ast.AST))
            elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
                found.append(value)
    return tuple(found)


@cache
def files() -> tuple[Path, ...]:
    """Every file of the repository in order, without environments, caches and build results."""
    found: list[Path] = []
    for folder, folders, names in os.walk(ROOT):
        left_out = NOT_OURS if folder == str(ROOT) else {"__pycache__"}
        folders[:] = [name for name in folders if name not in left_out and _is_shown(name)]
        found += [Path(folder, name) for name in names if _is_shown(name)]
    return tuple(sorted(path for path in found if path.is_file()))


def _is_shown(name: str) -> bool:
    return not name.startswith(".") or name in {".ci", ".gitignore", ".gitattributes"}


@cache
def every_module() -> tuple[Module, ...]:
    """All Python files, tests and build recipes included."""
    return tuple(read(path) for path in files() if path.suffix == ".py")


def product_modules() -> tuple[Module, ...]:
    """The modules of the program itself."""
    return tuple(module for module in every_module() if module.name.split(".")[0] not in FREE)


def read(path: Path) -> Module:
    """One file as a module."""
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    return Module(path, ".".join(parts), path.read_text(encoding="utf-8"))
