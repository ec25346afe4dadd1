"""Which row a keystroke has changed (改动的行): so that what is computed costs one row, not three hundred.

Answers are never changed in place, so the same object means the same content and nothing has to be compared.
"""

from __future__ import annotations

from operator import is_

from models.domain.filing import Answers


def changed_row(before: Answers, after: Answers, table: str) -> int:
    """The only row of a table that is another object than before; -1 where anything else differs as well, or nothing."""
    if before.keys() != after.keys():
        return -1
    if any(value is not before[key] for key, value in after.items() if key != table):
        return -1
    old, new = before.get(table), after.get(table)
    if not isinstance(old, list) or not isinstance(new, list) or len(old) != len(new):
        return -1
    same = list(map(is_, old, new))
    if same.count(False) != 1:
        return -1
    number = same.index(False)
    was, row = old[number], new[number]
    if not isinstance(was, dict) or not isinstance(row, dict) or was.get("row_id") != row.get("row_id"):
        return -1
    return number
