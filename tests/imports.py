"""Every import of a module, wherever it stands: at the top, in a function, under TYPE_CHECKING, by name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

from tests.source import Module

BY_NAME = {"import_module", "__import__", "find_spec", "lazy_import"}


@cache
def imported(module: Module) -> tuple[str, ...]:
    """Dotted names of everything `module` imports; `from a import b` gives `a.b`, relative ones are resolved."""
    return tuple(name for node in module.nodes for name in _names(node, module))


def _names(node: ast.AST, module: Module) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        origin = _origin(node, module)
        yield from (f"{origin}.{alias.name}" if origin else alias.name for alias in node.names)
    elif isinstance(node, ast.Call) and _called(node) in BY_NAME and node.args:
        first = node.args[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def _origin(node: ast.ImportFrom, module: Module) -> str:
    if not node.level:
        return node.module or ""
    up = node.level - (1 if module.is_package else 0)
    parts = module.name.split(".")
    base = parts[: len(parts) - up] if up else parts
    return ".".join([*base, *([node.module] if node.module else [])])


def _called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def lies_in(name: str, area: str) -> bool:
    """Whether the dotted `name` is `area` or something inside it."""
    return name == area or name.startswith(area + ".")
