"""Reading ahead of an intake (接收时的预先验看): other processes judge the next files while this one writes.

Order, rules and words are those of judging one by one; a file comes to its turn judged, or is judged at its turn. What
asks the store is asked at its turn only: whether the file is known, what is kept of last year, whether it may be
received. Files, bytes and trust handed over are bounded, so a run of any length needs the same memory.
"""

from __future__ import annotations

import base64
import binascii
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from models.domain.verdict import Judgement
from services.handed_out import HandedOut
from services.inspection import Inspection
from services.inspection_alone import AloneInspection, settled
from services.intake_desk import IntakeDesk
from services.intake_known import digits_named
from services.package_files import file_size
from services.ports.exchange import TrustMaterial
from services.ports.judging_ahead import AheadRun, ReadAhead, Ticket
from services.workspaces import Workspace

MOST_FILES, MOST_BYTES = 24, 16 * 1024 * 1024
"""Files and bytes read ahead at most: enough to go on with while a batch is written. A larger file waits for its turn,
so that no two processes hold one at a time."""


@dataclass(frozen=True, slots=True)
class _Given:
    """A file given to be judged ahead (已交出的文件)."""

    ticket: Ticket
    trust: TrustMaterial
    size: int


@dataclass
class _List:
    """Files still to come, in order (待验文件), with their sizes, and those of them that were given.

    Sizes are asked for at the beginning: later each question lets the threads in that copy files.
    """

    coming: deque[tuple[Path, int]]
    given: dict[Path, _Given] = field(default_factory=dict)
    size: int = 0

    @property
    def is_over(self) -> bool:
        """Whether no file of it is left."""
        return not self.coming and not self.given

    @property
    def has_room(self) -> bool:
        """Whether one more may be given."""
        return bool(self.coming) and len(self.given) < MOST_FILES and self.size < MOST_BYTES

    def give(self, path: Path, given: _Given) -> None:
        """Note that a file was given."""
        self.given[path] = given
        self.size += given.size

    def take_off(self, path: Path) -> _Given | None:
        """A file that was given and is no longer needed, None where it was not."""
        given = self.given.pop(path, None)
        if given is not None:
            self.size -= given.size
        return given


class IntakeAhead:
    """What is read ahead of one intake (接收预读).

    There is a list of its files and, while a department's package is gone through, one of the packages inside.
    """

    def __init__(self, workspace: Workspace, check: Callable[[], None]) -> None:
        self._workspace, self._check = workspace, check
        self._desk: IntakeDesk | None = None
        self._run: AheadRun | None = None
        self._here: frozenset[str] | None = None
        self._lists: list[_List] = []
        self._judged = 0

    def begin(self, paths: Sequence[Path], known: HandedOut) -> Sequence[Path]:
        """Start processes when there are so many files to be judged that it pays; those of the files to be given.

        Files that bear the name of a package that is here need no judging as a rule and are not given.
        """
        judging = self._workspace.tools.judging_ahead
        if self._run is None and self._judged + len(paths) < judging.at_least:
            return ()
        if self._here is None:
            with self._workspace.store.reading() as work:
                self._here = work.packages.beginnings()
        new = [path for path in paths if digits_named(path) not in self._here]
        if self._run is None and self._judged + len(new) >= judging.at_least:
            self._run = judging.begin(AloneInspection(known))
        return new

    def expect(self, desk: IntakeDesk, paths: Sequence[Path]) -> None:
        """These come next, in that order, before what was expected so far."""
        self._desk = desk
        new = self.begin(paths, desk.known)
        if self._run is not None:
            self._lists.append(_List(deque((path, file_size(path)) for path in new)))
            self._give(self._run, desk)

    def judged(self, path: Path, inspection: Inspection) -> Judgement | None:
        """The judgement of a file whose turn has come, None where nobody has made one that counts."""
        self._judged += 1
        given = self._taken_off(path)
        if given is None or self._desk is None:
            return None
        ahead = given.ticket.take(self._check)
        if ahead is None or not _counts(ahead, given.trust, self._desk.trust):
            return None
        return settled(ahead, inspection)

    def passed(self, path: Path) -> None:
        """A file's turn has come, and it needs no judging."""
        given = self._taken_off(path)
        if given is not None:
            given.ticket.drop()

    def close(self) -> None:
        """Nothing more is needed."""
        if self._run is not None:
            self._run.close()

    def _give(self, run: AheadRun, desk: IntakeDesk) -> None:
        """Give what there is room for."""
        while self._lists and self._lists[-1].is_over:
            self._lists.pop()
        while self._lists and (last := self._lists[-1]).has_room:
            path, size = last.coming.popleft()
            if size <= MOST_BYTES:
                trust, now = desk.trust, self._workspace.tools.clock.now()
                last.give(path, _Given(run.give(path, trust, now), trust, size))

    def _taken_off(self, path: Path) -> _Given | None:
        """Take a file off its list, and give others in its place before anybody waits for it."""
        if self._run is None or self._desk is None:
            return None
        found = None
        for one in reversed(self._lists):
            if (found := one.take_off(path)) is not None:
                break
        self._give(self._run, self._desk)
        return found


def _counts(ahead: ReadAhead, trust: TrustMaterial, today: TrustMaterial) -> bool:
    """Whether a judgement by the trust of that time is what it would be by today's: where nothing but registered
    certificates was added, which concern only what bears them."""
    if today is trust:
        return True
    if replace(today, registered=trust.registered) != trust:
        return False
    bare = ahead.read.bare
    signers = {None, bare.certificate_der, bare.countersigner_der}
    return not any(_der_of(pem) in signers for pem in set(today.registered) ^ set(trust.registered))


def _der_of(pem: str) -> bytes | None:
    """The certificate in a PEM text, None where it is not exactly one."""
    body = "".join(line for line in pem.splitlines() if not line.startswith("-----"))
    try:
        return base64.b64decode(body, validate=True) if pem.count("-----BEGIN") == 1 else None
    except binascii.Error:
        return None
