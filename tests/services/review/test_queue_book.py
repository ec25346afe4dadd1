"""The queue kept in memory answers as line by line would, and never from before a change."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from models.domain.review import ReviewLevel, ReviewOutcome
from services.desk_people import present_user
from services.review import queue_book
from services.review.deciding import DecisionDraft, decide
from services.review.desk_queue import desk_queue
from services.review.queue import QueueFilter, QueueQuery, every_line, fits, queue
from services.workspaces import Workspace
from tests.services.county import County

pytestmark = pytest.mark.wide


@pytest.fixture
def reviewed(county: County, town: Workspace) -> list[str]:
    """Four filings of the town, one of them returned and one passed on."""
    ids = county.filled(town, 4)
    county.accepted(town, ids)
    who = present_user(county.bureau)
    decide(county.bureau, who, ids[0], 0, DecisionDraft(ReviewOutcome.RETURN, "请修改。"))
    decide(county.bureau, who, ids[1], 0, DecisionDraft(ReviewOutcome.PASS, "同意。"))
    return ids


def test_the_book_answers_as_line_by_line_would(county: County, reviewed: list[str]) -> None:
    whole = queue(county.bureau, QueueQuery(QueueFilter.ALL))
    offices = {line.file.office for line in whole} | {"", "没有这个股室"}
    assert len(whole) == len(reviewed)
    words = ("", whole[0].unit.name, whole[0].subject[:3], whole[0].unit.code[:4], "哪里都没有")
    for shown, level, office, text in product(QueueFilter, (None, *ReviewLevel), offices, words):
        query = QueueQuery(shown, level=level, office=office, text=text)
        near = [
            line
            for line in whole
            if not text or any(text in word for word in (line.unit.code, line.unit.name, line.subject))
        ]
        found = desk_queue(county.bureau, query)
        assert found.lines == tuple(line for line in near if fits(line, query)), query
        assert found.counts == {
            one: sum(fits(line, replace(query, shown=one)) for line in near) for one in QueueFilter
        }


def test_nothing_is_read_while_nothing_was_committed(
    county: County, reviewed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    stamps = iter((1, 1, 2))
    monkeypatch.setattr(county.bureau.store, "stamp", lambda: next(stamps))
    monkeypatch.setattr(
        queue_book, "every_line", lambda workspace, known: read.append(known) or every_line(workspace, known)
    )
    for shown, times in ((QueueFilter.ALL, 1), (QueueFilter.DONE, 1), (QueueFilter.ALL, 2)):
        desk_queue(county.bureau, QueueQuery(shown))
        assert len(read) == times
