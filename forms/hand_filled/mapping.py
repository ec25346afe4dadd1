"""Which column holds what (列对应关系): proposed from the heads, corrected by the user, kept for the next file.

A mapping is kept under the fingerprint of the heads it was made for: the same table of another project has
the same heads, one with a column moved or renamed has not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from forms.hand_filled.head_words import HeadMatch, plain_head
from models.domain.kit_json import record_from_json
from models.domain.money import AmountUnit

UNUSED = "other"
"""The role of a column that holds nothing the program keeps."""

MEDIUM = "medium_"
"""Prefix of the roles of a medium-term half (中期一半)."""

SURE = Decimal(1)


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column and what it holds (一列的对应): `confidence` 0…1 and `why` in words for the preview.

    `block` is indicators or funds; `head` the head as printed; `option` the answer a column of ticks stands
    for (确定能、经费保障), "" for any other column.
    """

    block: str
    column: int
    role: str
    head: str
    confidence: Decimal
    why: str
    option: str = ""
    rival_of: str = ""
    last_column: int = 0


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """All columns of one table (一张表的列对应): `amount_unit` None while nothing in the table says 元 or 万元."""

    fingerprint: str
    choices: tuple[ColumnChoice, ...]
    amount_unit: AmountUnit | None = None
    amount_unit_why: str = ""

    def columns(self, block: str) -> dict[str, int]:
        """Column by role of a block; ticked columns and unused ones left out."""
        return {
            choice.role: choice.column
            for choice in self.choices
            if choice.block == block and choice.role != UNUSED and not choice.option
        }

    def spread(self, block: str) -> dict[str, int]:
        """Last column by role, of the heads that spread over several."""
        return {
            choice.role: choice.last_column
            for choice in self.choices
            if choice.block == block and choice.last_column > choice.column
        }

    def ticked(self, role: str) -> tuple[ColumnChoice, ...]:
        """The columns of ticks that answer one question together."""
        return tuple(choice for choice in self.choices if choice.role == role and choice.option)

    def corrected(self, block: str, column: int, role: str) -> ColumnMapping:
        """The mapping with one column given another role; a column that had the role before becomes unused."""
        choices = [
            replace(choice, role=UNUSED, confidence=SURE, why="已改由另一列填写")
            if choice.block == block and choice.role == role and choice.column != column
            else choice
            for choice in self.choices
        ]
        chosen = [choice for choice in choices if (choice.block, choice.column) == (block, column)]
        head, last = (chosen[0].head, chosen[0].last_column) if chosen else ("", 0)
        kept = [choice for choice in choices if choice not in chosen]
        changed = ColumnChoice(block, column, role, head, SURE, "由您指定", last_column=last)
        return replace(self, choices=tuple(sorted((*kept, changed), key=_order)))

    def with_amount_unit(self, unit: AmountUnit) -> ColumnMapping:
        """The mapping with the unit of amounts the user named."""
        return replace(self, amount_unit=unit, amount_unit_why="由您指定")


KeptMappings = Mapping[str, ColumnMapping]
"""Corrected mappings by fingerprint."""


@dataclass(frozen=True)
class _KeptMapping:
    """A mapping as it is stored (存下的列对应)."""

    fingerprint: str
    choices: tuple[ColumnChoice, ...]
    amount_unit: AmountUnit | None
    amount_unit_why: str


def mapping_to_json(mapping: ColumnMapping) -> dict[str, Any]:
    """The mapping as JSON values."""
    return {
        "fingerprint": mapping.fingerprint,
        "amount_unit": mapping.amount_unit.name.lower() if mapping.amount_unit else None,
        "amount_unit_why": mapping.amount_unit_why,
        "choices": [
            {
                "block": choice.block,
                "column": choice.column,
                "role": choice.role,
                "head": choice.head,
                "confidence": str(choice.confidence),
                "why": choice.why,
                "option": choice.option,
                "rival_of": choice.rival_of,
                "last_column": choice.last_column,
            }
            for choice in mapping.choices
        ],
    }


def mapping_from_json(data: Any) -> ColumnMapping:
    """The mapping of JSON values. Raises KitProblem naming the place that cannot be read."""
    kept = record_from_json(_KeptMapping, data, "列对应关系")
    return ColumnMapping(kept.fingerprint, kept.choices, kept.amount_unit, kept.amount_unit_why)


def fingerprint(heads: Iterable[tuple[str, int, str]]) -> str:
    """The fingerprint of heads given as (block, column, text): same heads in the same columns, same fingerprint."""
    return _fingerprint(tuple(heads))


@lru_cache(maxsize=256)
def _fingerprint(heads: tuple[tuple[str, int, str], ...]) -> str:
    """What `fingerprint` gives; a folder has a handful of layouts."""
    lines = sorted(f"{block}\t{column}\t{plain_head(text)}" for block, column, text in heads)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def why_of(head: str, match: HeadMatch) -> str:
    """Why a head was taken for what it is, in words."""
    shown = plain_head(head)
    return f"表头“{shown}”是常用写法" if match.confidence == SURE else f"表头“{shown}”与常用写法相近"


def _order(choice: ColumnChoice) -> tuple[str, int]:
    return choice.block, choice.column
