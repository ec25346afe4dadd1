"""The whole queue kept in memory (待审列表的底册): filtering and searching ask the store nothing while nothing has changed.

A hundred thousand lines fall into some hundred kinds: lines of one kind are alike in everything a filter may look at, so
a filter is asked once a kind and not once a line. `_kind` has to name all that `fits` reads of a line; a test holds the
answers against asking `fits` line by line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Set
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from services.review.queue import QueueFilter, QueueLine, QueueQuery, fits, queue
from services.workspaces import Workspace

_OF_NOBODY = tuple(QueueQuery(shown) for shown in QueueFilter)


@dataclass(frozen=True)
class QueueBook:
    """All lines, the longest waiting first, and of which kind each is (待审底册).

    `kinds` holds one line of each kind, `numbers` every line's kind, `words` what a line is found by.
    """

    stamp: object
    lines: tuple[QueueLine, ...]
    kinds: tuple[QueueLine, ...]
    numbers: tuple[int, ...]
    words: tuple[str, ...]
    counts: Mapping[int, int]

    def near(self, query: QueueQuery) -> Mapping[int, int]:
        """How many lines of each kind are of the form, year and words asked for."""
        wanted = {
            number
            for number, line in enumerate(self.kinds)
            if (not query.form_id or line.filing.form_id == query.form_id)
            and query.budget_year in (None, line.filing.budget_year)
        }
        if query.text:
            text = query.text.lower()
            met: Mapping[int, int] = Counter(
                number for number, words in zip(self.numbers, self.words, strict=True) if text in words
            )
        else:
            met = self.counts
        return {number: count for number, count in met.items() if number in wanted}

    def lines_of(self, kinds: Set[int], text: str = "") -> tuple[QueueLine, ...]:
        """The lines of some kinds in which a text is found."""
        if text:
            sought = text.lower()
            every = zip(self.lines, self.numbers, self.words, strict=True)
            return tuple(line for line, number, words in every if number in kinds and sought in words)
        if len(kinds) == len(self.kinds):
            return self.lines
        return tuple(line for line, number in zip(self.lines, self.numbers, strict=True) if number in kinds)

    def count(self, holds: Callable[[QueueLine], bool]) -> int:
        """How many lines something holds for that is the same for all of a kind."""
        return sum(self.counts[number] for number, line in enumerate(self.kinds) if holds(line))


_BOOKS: WeakKeyDictionary[Workspace, QueueBook] = WeakKeyDictionary()


def queue_book(workspace: Workspace) -> QueueBook:
    """The book of a desk; read anew when anything was committed since. KitProblem while there is no kit."""
    stamp = workspace.store.stamp()
    known = _BOOKS.get(workspace)
    if known is not None and known.stamp == stamp:
        return known
    made = _BOOKS[workspace] = _made(stamp, queue(workspace, QueueQuery(QueueFilter.ALL)))
    return made


def _made(stamp: object, lines: tuple[QueueLine, ...]) -> QueueBook:
    numbers: list[int] = []
    kinds: list[QueueLine] = []
    known: dict[Hashable, int] = {}
    for line in lines:
        kind = _kind(line)
        if kind not in known:
            known[kind] = len(kinds)
            kinds.append(line)
        numbers.append(known[kind])
    return QueueBook(stamp, lines, tuple(kinds), tuple(numbers), tuple(map(_words, lines)), Counter(numbers))


def _kind(line: QueueLine) -> Hashable:
    """Everything a filter or a person's own work may look at; the filters themselves are asked for an answer each."""
    filing, file = line.filing, line.file
    answers = tuple(fits(line, query) for query in _OF_NOBODY)
    return (
        filing.form_id, filing.budget_year, filing.status, file.level, file.office, file.assigned_to,
        line.awaits_department, line.may_precede, answers,
    )  # fmt: skip


def _words(line: QueueLine) -> str:
    """What a line is found by: code and name of its unit and its project."""
    project = (line.project.project_code, line.project.name) if line.project else ()
    return "\n".join((line.unit.code, line.unit.name, *project)).lower()
