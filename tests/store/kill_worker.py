"""A program that saves, or upgrades, until it is killed (被杀死的程序); started by test_kill.py, never by hand.

`python -m tests.store.kill_worker save FOLDER` prints `ready`, then each revision once it is committed;
`… upgrade FOLDER` prints `ready`, then `done`.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, text

from models.store.migrations import Step
from models.store.opener import SqliteStoreOpener
from tests.store.samples import NOW, answers, change, figures, filing, indicator, later


def _large(connection: Connection) -> None:
    """A step of some tenths of a second."""
    connection.execute(text("CREATE TABLE large (n INTEGER, body TEXT)"))
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)"
    connection.execute(text(f"INSERT INTO large {numbers} SELECT i, hex(randomblob(100)) FROM n"))


LARGE_STEP = Step(2, "large", _large)


def say(word: object) -> None:
    """One line, out of this process before anything else happens."""
    print(word, flush=True)


def save(folder: Path) -> None:
    """Save a form of 300 rows again and again, with its history, now and then a backup."""
    say("ready")
    store = SqliteStoreOpener().open(folder, NOW, create=True)
    with store.reading() as work:
        known = work.filings.get("F1")
    revision = known.revision if known else None
    for number in count((revision or 0) + 1):
        rows = [indicator(n, planned_value=f"{number}") for n in range(1, 301)]
        current = filing(answers=answers(0, indicators=rows, stamp=number))
        with store.writing() as work:
            revision = work.filings.save(current, figures(current), expected_revision=revision).revision
            work.filings.add_history([change(number)])
            work.commit()
        say(revision)
        if number % 7 == 0:
            store.backup("manual", later(number))


def upgrade(folder: Path) -> None:
    """Open with a program that has one more step."""
    say("ready")
    SqliteStoreOpener(steps=[LARGE_STEP]).open(folder, NOW).close()
    say("done")


if __name__ == "__main__":
    {"save": save, "upgrade": upgrade}[sys.argv[1]](Path(sys.argv[2]))
