"""The whole queue kept in memory (待审列表的底册): filtering and searching ask the store nothing while nothing has changed.

A hundred thousand lines fall into some hundred kinds: lines of one kind are alike in everything a filter may look at, so
a filter is asked once a kind and not once a line. `_kind` has to name all that `fits` reads of a line; a test holds the
answers against asking `fits` line by line.

When something was committed, here or at another desk, the store's list of changes tells which lines to read again
(`_carried_on`); where it cannot, or more changed than is worth it, everything is read anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from operator import itemgetter
from weakref import WeakKeyDictionary

from models.domain.review import CommentState
from services.collector import without_collector
from services.handed_out import HandedOut, handed_out
from services.ports.changes import ChangeMark, Changes
from services.ports.store import Store, UnitOfWork
from services.review.assignments import SETTING, Assignments, assignments, filing_place, unit_place
from services.review.queue import QueueLine, QueueQuery, every_line, longest_waiting, some_lines
from services.workspaces import Workspace, WorkspaceProfile

_MOST_CHANGED = 2_000
"""With more changed lines than these everything is read anew."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What the lines were read with (读取依据): a line may change without its filing when one of these does."""

    stamp: object
    mark: ChangeMark | None
    profile: WorkspaceProfile
    known: HandedOut
    given: Assignments


@dataclass(frozen=True)
class QueueBook:
    """All lines, the longest waiting first, and of which kind each is (待审底册).

    `kinds` holds one line of each kind there is by its number, `numbers` every line's kind, `words` what a line is found
    by, `order` what it is sorted by; `own_numbers` tells a kind's number for good.
    """

    read: _Read
    lines: Sequence[QueueLine]
    numbers: Sequence[int]
    words: Sequence[str]
    order: Sequence[tuple[bool, str, str, str]]
    kinds: Mapping[int, QueueLine]
    counts: Mapping[int, int]
    own_numbers: Mapping[Hashable, int]
    by_id: Mapping[str, QueueLine]

    def near(self, query: QueueQuery) -> Mapping[int, int]:
        """How many lines of each kind are of the form, year and words asked for."""
        wanted = {
            number
            for number, line in self.kinds.items()
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
            return tuple(self.lines)
        return tuple(line for line, number in zip(self.lines, self.numbers, strict=True) if number in kinds)

    def count(self, holds: Callable[[QueueLine], bool]) -> int:
        """How many lines something holds for that is the same for all of a kind."""
        return sum(self.counts[number] for number, line in self.kinds.items() if holds(line))


_BOOKS: WeakKeyDictionary[Store, QueueBook] = WeakKeyDictionary()


def queue_book(workspace: Workspace) -> QueueBook:
    """The book of a desk, brought up to what was committed since. KitProblem while there is no kit."""
    store, stamp = workspace.store, workspace.store.stamp()
    book = _BOOKS.get(store)
    if book is not None and book.read.profile == workspace.profile:
        if book.read.stamp == stamp:
            return book
        with store.reading() as work:
            carried_on = _carried_on(workspace, work, book, stamp)
    else:
        carried_on = None
    made = _BOOKS[store] = carried_on or _made(workspace, stamp)
    return made


def _made(workspace: Workspace, stamp: object) -> QueueBook:
    """Everything read. The mark is taken first: what is committed meanwhile is read again with the next change."""
    with workspace.store.reading() as work:
        mark, given = work.changes.mark(), assignments(work)
    known = handed_out(workspace)
    read = _Read(stamp, mark, workspace.profile, known, given)
    with without_collector():
        return _of_lines(read, every_line(workspace, known))


def _of_lines(read: _Read, every: Sequence[QueueLine]) -> QueueBook:
    """A book of some lines, as `_with_lines` would make it of none, without looking for each one's place."""
    placed = sorted(((longest_waiting(line), line) for line in every), key=itemgetter(0))
    lines = [line for _order, line in placed]
    own: dict[Hashable, int] = {}
    numbers = [own.setdefault(_kind(line), len(own)) for line in lines]
    return QueueBook(
        read,
        lines,
        numbers,
        [_words(line) for line in lines],
        [order for order, _line in placed],
        dict(zip(reversed(numbers), reversed(lines), strict=True)),
        Counter(numbers),
        own,
        {line.filing.filing_id: line for line in lines},
    )


def _carried_on(workspace: Workspace, work: UnitOfWork, book: QueueBook, stamp: object) -> QueueBook | None:
    """The book with what changed since read again; None where that cannot be told or is too much."""
    changes = work.changes.since(book.read.mark)
    if changes is None or changes.tables & {"units", "kits"}:
        return None
    given = book.read.given
    if "desk_users" in changes.tables or SETTING in changes.settings:
        given = assignments(work)
    changed = set(_changed(book, changes, given))
    if len(changed) > _MOST_CHANGED:
        return None
    read = _Read(stamp, changes.mark, book.read.profile, book.read.known, given)
    lines = some_lines(workspace, work, read.known, changed) if changed else ()
    return _with_lines(book, read, changed, lines)


def _changed(book: QueueBook, changes: Changes, given: Assignments) -> Iterator[str]:
    """Ids of filings whose lines may read otherwise now: by themselves, their project, or who they are given to."""
    yield from changes.filings
    if changes.projects:
        yield from (key for key, line in book.by_id.items() if line.filing.project_id in changes.projects)
    before = book.read.given
    if given is before:
        return
    are_people_same = given.people == before.people
    places = {
        place
        for place in {*before.given, *given.given}
        if not are_people_same or before.given.get(place) != given.given.get(place)
    }
    if places:
        for key, line in book.by_id.items():
            if filing_place(key) in places or unit_place(line.unit.code) in places:
                yield key


def _with_lines(book: QueueBook, read: _Read, gone: Collection[str], come: Sequence[QueueLine]) -> QueueBook:
    """The book without some lines and with others, all in order; the one before stays as it is."""
    lines, numbers, words, order = list(book.lines), list(book.numbers), list(book.words), list(book.order)
    kinds, counts, own, by_id = (
        dict(book.kinds),
        Counter(book.counts),
        dict(book.own_numbers),
        dict(book.by_id),
    )
    for key in gone:
        if (line := by_id.pop(key, None)) is not None:
            place = bisect_left(order, longest_waiting(line))
            counts[numbers[place]] -= 1
            for column in (lines, numbers, words, order):
                del column[place]
    for line in come:
        kind, at = _kind(line), longest_waiting(line)
        number = own.setdefault(kind, len(own))
        kinds.setdefault(number, line)
        counts[number] += 1
        by_id[line.filing.filing_id] = line
        place = len(order) if not order or order[-1] < at else bisect_left(order, at)
        lines.insert(place, line)
        numbers.insert(place, number)
        words.insert(place, _words(line))
        order.insert(place, at)
    counts = +counts
    kinds = {number: line for number, line in kinds.items() if number in counts}
    return QueueBook(read, lines, numbers, words, order, kinds, counts, own, by_id)


def _kind(line: QueueLine) -> Hashable:
    """Everything a filter or a person's own work may look at, see `fits` and `is_of`."""
    filing, file = line.filing, line.file
    said = (
        (line.count(CommentState.OPEN) > 0, line.count(CommentState.ANSWERED) > 0, line.is_for_recheck)
        if line.comments or line.decisions
        else None
    )
    return (
        filing.form_id, filing.budget_year, filing.status, file.level, file.office, file.assigned_to,
        line.awaits_department, line.may_precede, line.is_unsigned, filing.blocking + filing.to_explain > 0, said,
    )  # fmt: skip


def _words(line: QueueLine) -> str:
    """What a line is found by: code and name of its unit and its project."""
    project = (line.project.project_code, line.project.name) if line.project else ()
    return "\n".join((line.unit.code, line.unit.name, *project)).lower()
