"""What lists tell of a form without opening it (表头信息): cheap to load, for the matrix and the program's start."""

from __future__ import annotations

import enum
from typing import NamedTuple


class FormSubject(enum.StrEnum):
    """Whose form (填报对象): one project's, or the unit's as a whole."""

    PROJECT = "project"
    UNIT = "unit"


class FormHead(NamedTuple):
    """Id, version, names and subject of a form, as its declaration has them (表头信息)."""

    form_id: str
    version: str
    title: str
    short_title: str
    subject: FormSubject
