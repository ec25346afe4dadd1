"""The program's own source as the walls see it: every module, its name and its syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_OURS = {".git", ".venv", "build", "dist", "node_modules"}
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
    return tuple(ast.walk(_parse(text)))


def files() -> Iterator[Path]:
    """Every file of the repository, without environments, caches and build results."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = any(
            part.startswith(".") and part not in {".ci", ".gitignore", ".gitattributes"} for part in parts
        )
        if path.is_file() and not hidden and parts[0] not in NOT_OURS and "__pycache__" not in parts:
            yield path


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
