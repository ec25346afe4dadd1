"""Kits as JSON (任务参数包的存取): the one spelling used in resources, workspaces and packages.

Driven by the dataclasses' own type hints, so a new field of a kit needs no second place. Hints are looked at once
per type: a county's kit has thousands of values, and every desk reads and spells it again and again.
"""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

from models.domain.errors import KitProblem

if TYPE_CHECKING:
    from models.domain.kit import ParameterKit

_JSON_SCALARS = frozenset((str, int, bool, type(None)))


def kit_to_json(kit: ParameterKit) -> dict[str, Any]:
    """The kit as JSON values: dates ISO, decimals strings, enums by value."""
    result = _plain(kit)
    assert isinstance(result, dict)
    return result


def kit_rules_json(kit: ParameterKit) -> dict[str, Any]:
    """The kit as JSON without what stands at its default: what two desks must agree on.

    A field that a later program adds changes nothing of a kit that does not use it, so desks of different versions
    still name the same rules by the same digest.
    """
    result = _plain(kit, is_sparing=True)
    assert isinstance(result, dict)
    return result


def kit_from_json(data: Any) -> ParameterKit:
    """The kit of JSON values. Raises KitProblem naming the place that cannot be read."""
    from models.domain.kit import ParameterKit  # a head alone does not need it, see `kit_head`

    kit = _named(_reader(ParameterKit), data, "任务参数包")
    assert isinstance(kit, ParameterKit)
    return kit


_Record = TypeVar("_Record")


def record_from_json(cls: type[_Record], data: Any, place: str) -> _Record:
    """A dataclass from a JSON object of a kit; keys it does not know are left to newer programs.

    Raises KitProblem naming the place that cannot be read or is missing.
    """
    plain: type = cls
    if isinstance(data, dict):
        readers = _field_readers(plain)
        data = {key: item for key, item in data.items() if key in readers}
    record: _Record = _named(partial(_read_record, plain), data, place)
    return record


def records_from_json(cls: type[_Record], data: Any, place: str) -> tuple[_Record, ...]:
    """Records of one kind from a JSON list of a kit, as strictly as a whole kit is read. Raises KitProblem."""
    plain: type = cls
    found: tuple[_Record, ...] = _named(partial(_read_list, _reader(plain)), data, place)
    return found


def _plain(value: Any, *, is_sparing: bool = False) -> Any:
    """A value of the domain as JSON; sparing leaves out fields at their default."""
    cls: type = type(value)
    if cls in _JSON_SCALARS:
        return value
    if names := _field_names(cls):
        left_out = _defaults(cls) if is_sparing else {}
        return {
            name: _plain(kept, is_sparing=is_sparing)
            for name in names
            if (kept := getattr(value, name)) != left_out.get(name, _NO_DEFAULT)
        }
    if isinstance(value, enum.Enum):
        return value.name.lower() if isinstance(value.value, int) else value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item, is_sparing=is_sparing) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item, is_sparing=is_sparing) for item in value]
    return value


_NO_DEFAULT = object()


@cache
def _defaults(cls: type) -> Mapping[str, Any]:
    """Fields of a dataclass that have a default, with it."""
    found: dict[str, Any] = {}
    for item in dataclasses.fields(cls):
        if item.default is not dataclasses.MISSING:
            found[item.name] = item.default
        elif item.default_factory is not dataclasses.MISSING:
            found[item.name] = item.default_factory()
    return found


@cache
def _field_names(cls: type) -> tuple[str, ...]:
    """Names of a dataclass's fields; none for any other type."""
    return tuple(f.name for f in dataclasses.fields(cls)) if dataclasses.is_dataclass(cls) else ()


class _Unreadable(Exception):
    """A value that cannot be read; each container it stands in puts its own step before `place`."""

    def __init__(self, place: str = "") -> None:
        self.place = place

    def within(self, step: str) -> _Unreadable:
        return _Unreadable(step + self.place)


_Reader = Callable[[Any], Any]


def _named(read: _Reader, data: Any, place: str) -> Any:
    """What `read` makes of the data; KitProblem names the place that cannot be read, from `place` on."""
    try:
        return read(data)
    except _Unreadable as problem:
        where = place + problem.place
    raise KitProblem(f"“{where}”的内容无法识别", "请向财政部门重新索取任务参数包", "任务参数包")


@cache
def _reader(hint: Any) -> _Reader:
    """The function that reads values of a type hint."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return partial(_read_optional, _reader(next(arg for arg in inner if arg is not type(None))))
    if origin is tuple:
        return partial(_read_list, _reader(inner[0]))
    if origin is Mapping:
        return partial(_read_mapping, _reader(inner[1]))
    if hint is Any:
        return _as_it_is
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return partial(_read_record, hint)
    return partial(_read_scalar, hint)


def _as_it_is(data: Any) -> Any:
    return data


def _read_optional(read: _Reader, data: Any) -> Any:
    return None if data is None else read(data)


def _read_list(read: _Reader, data: Any) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise _Unreadable
    found = []
    try:
        for item in data:
            found.append(read(item))
    except _Unreadable as problem:
        raise problem.within(f"[{len(found) + 1}]") from None
    return tuple(found)


def _read_mapping(read: _Reader, data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise _Unreadable
    key: object = ""
    found = {}
    try:
        for key, item in data.items():
            found[str(key)] = read(item)
    except _Unreadable as problem:
        raise problem.within(f".{key}") from None
    return found


@cache
def _field_readers(cls: type) -> dict[str, _Reader]:
    """The reader of each field of a dataclass."""
    return {name: _reader(hint) for name, hint in typing.get_type_hints(cls).items()}


def _read_record(cls: type, data: Any) -> Any:
    """A dataclass from a JSON object; unknown or missing keys are named."""
    if not isinstance(data, dict):
        raise _Unreadable
    readers = _field_readers(cls)
    unknown = sorted(data.keys() - readers.keys())
    if unknown:
        raise _Unreadable(f".{unknown[0]}")
    key = ""
    values = {}
    try:
        for key, item in data.items():
            values[key] = readers[key](item)
    except _Unreadable as problem:
        raise problem.within(f".{key}") from None
    try:
        return cls(**values)
    except TypeError:
        raise _Unreadable from None


def _read_scalar(hint: Any, data: Any) -> Any:
    """A date, decimal, enum, text, whole number or yes/no."""
    if type(data) is hint and hint in _JSON_SCALARS:
        return data
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
        pass
    raise _Unreadable
