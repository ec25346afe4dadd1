"""Kits as JSON (任务参数包的存取): the one spelling used in resources, workspaces and packages.

Driven by the dataclasses' own type hints, so a new field of a kit needs no second place.
"""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from models.domain.errors import KitProblem

if TYPE_CHECKING:
    from models.domain.kit import ParameterKit


def kit_to_json(kit: ParameterKit) -> dict[str, Any]:
    """The kit as JSON values: dates ISO, decimals strings, enums by value."""
    result = _plain(kit)
    assert isinstance(result, dict)
    return result


def kit_from_json(data: Any) -> ParameterKit:
    """The kit of JSON values. Raises KitProblem naming the place that cannot be read."""
    from models.domain.kit import ParameterKit  # a head alone does not need it, see `kit_head`

    kit = _read(ParameterKit, data, "任务参数包")
    assert isinstance(kit, ParameterKit)
    return kit


_Record = TypeVar("_Record")


def record_from_json(cls: type[_Record], data: Any, place: str) -> _Record:
    """A dataclass from a JSON object of a kit; keys it does not know are left to newer programs.

    Raises KitProblem naming the place that cannot be read or is missing.
    """
    plain: type = cls
    if isinstance(data, dict):
        data = {key: item for key, item in data.items() if key in _hints(plain)}
    record: _Record = _read_record(plain, data, place)
    return record


def records_from_json(cls: type[_Record], data: Any, place: str) -> tuple[_Record, ...]:
    """Records of one kind from a JSON list of a kit, as strictly as a whole kit is read. Raises KitProblem."""
    found: tuple[_Record, ...] = _read(tuple[cls, ...], data, place)  # type: ignore[valid-type]
    return found


def _plain(value: Any) -> Any:
    """A value of the domain as JSON."""
    if dataclasses.is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, enum.Enum):
        return value.name.lower() if isinstance(value.value, int) else value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value


@cache
def _hints(cls: type) -> dict[str, Any]:
    """Resolved type hints of a dataclass."""
    return typing.get_type_hints(cls)


def _broken(place: str) -> KitProblem:
    return KitProblem(f"“{place}”的内容无法识别", "请向财政部门重新索取任务参数包", "任务参数包")


def _read(hint: Any, data: Any, place: str) -> Any:
    """The value of `hint`'s type that `data` spells."""
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        inner = next(arg for arg in typing.get_args(hint) if arg is not type(None))
        return None if data is None else _read(inner, data, place)
    if origin is tuple:
        if not isinstance(data, list):
            raise _broken(place)
        return tuple(
            _read(typing.get_args(hint)[0], item, f"{place}[{i + 1}]") for i, item in enumerate(data)
        )
    if origin is Mapping:
        if not isinstance(data, dict):
            raise _broken(place)
        return {
            str(key): _read(typing.get_args(hint)[1], item, f"{place}.{key}") for key, item in data.items()
        }
    if hint is Any:
        return data
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _read_record(hint, data, place)
    return _read_scalar(hint, data, place)


def _read_record(cls: type, data: Any, place: str) -> Any:
    """A dataclass from a JSON object; unknown or missing keys are named."""
    if not isinstance(data, dict):
        raise _broken(place)
    hints = _hints(cls)
    unknown = sorted(set(data) - set(hints))
    if unknown:
        raise _broken(f"{place}.{unknown[0]}")
    values = {key: _read(hints[key], item, f"{place}.{key}") for key, item in data.items()}
    try:
        return cls(**values)
    except TypeError:
        raise _broken(place) from None


def _read_scalar(hint: Any, data: Any, place: str) -> Any:
    """A date, decimal, enum, text, whole number or yes/no."""
    try:
        if hint is date and isinstance(data, str):
            return date.fromisoformat(data)
        if hint is Decimal and isinstance(data, str):
            number = Decimal(data)
            if number.is_finite():
                return number
        if isinstance(hint, type) and issubclass(hint, enum.Enum) and isinstance(data, str):
            return hint(data) if issubclass(hint, str) else hint[data.upper()]
    except (ValueError, KeyError, InvalidOperation):
        raise _broken(place) from None
    if hint in (str, int, bool) and type(data) is hint:
        return data
    raise _broken(place)
