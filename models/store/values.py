"""Single values between domain and columns (值的存取): amounts, moments, JSON. Refusals here are our mistakes.

Money is checked once more at this last door: a float or a yes/no never reaches a BIGINT column.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any

from models.domain.canonical_json import canonical_json, is_plain

_EMPTY: dict[type, str] = {dict: "{}", list: "[]", tuple: "[]"}
"""What is spelled without looking into it."""

_DEEPEST = 32
"""How deep values nest that are spelled by the library; it refuses what nests some hundred deep."""

_FIELDS: dict[type, tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]] = {}
"""Names of a kind of record's fields, of which there are several, and what takes their values; found out once."""


def columns_of(record: Any) -> dict[str, Any]:
    """A flat record's values by field: what `dataclasses.asdict` gives, which copies every value and takes tenfold."""
    kind = type(record)
    if kind not in _FIELDS:
        names = tuple(one.name for one in fields(kind))
        _FIELDS[kind] = names, attrgetter(*names)
    names, values = _FIELDS[kind]
    return dict(zip(names, values(record), strict=True))


def fen_column(amount: int | None) -> int | None:
    """An amount in 分 for its column. Raises TypeError on anything but a whole number or None."""
    if amount is not None and type(amount) is not int:
        raise TypeError(f"an amount is a whole number of 分, not {type(amount).__name__}")
    return amount


@lru_cache(maxsize=64)
def moment_column(moment: datetime) -> str:
    """A moment as UTC text that sorts as time does. Raises ValueError when the time zone is missing.

    A filing's rows bear the same one several times over; equal moments of whatever zone have the same text.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be kept")
    in_utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return f"{in_utc.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def read_moment(text: str) -> datetime:
    """The moment of such a text, in UTC. ValueError for any other text; `strptime` would be twenty times slower."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is UTC else moment.replace(tzinfo=UTC)


def optional_moment_column(moment: datetime | None) -> str | None:
    """Like `moment_column`, None for None."""
    return None if moment is None else moment_column(moment)


def read_optional_moment(text: str | None) -> datetime | None:
    """Like `read_moment`, None for None."""
    return None if text is None else read_moment(text)


def json_column(value: Any) -> str:
    """Canonical JSON text of a value. Raises TypeError on floats and on what JSON cannot say.

    Half a surrogate pair, which a paste can leave in a text, has no UTF-8; then everything beyond ASCII is
    escaped, so that the text is kept as it is.
    """
    if not value and type(value) in _EMPTY:
        return _EMPTY[type(value)]
    is_other = type(value) is not dict and isinstance(value, Mapping)
    plain = dict(value) if is_other else value
    if is_plain(plain, _DEEPEST) and (text := _quickly(plain)) is not None:
        return text
    try:
        return canonical_json(plain).decode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(plain, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _quickly(plain: Any) -> str | None:
    """The same text of a value without floats, in a fifth of the time; None where keys or texts are not plain ones."""
    import orjson  # no start needs it

    try:
        return orjson.dumps(plain, option=orjson.OPT_SORT_KEYS).decode("utf-8")
    except TypeError:
        return None


def read_json(text: str) -> Any:
    """The value of a JSON text."""
    return json.loads(text)
