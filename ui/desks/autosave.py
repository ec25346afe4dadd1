"""Saving an open form by itself (自动保存): batch by batch, again after a failure, never over somebody else's work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from forms.findings import FindingCounts
from models.domain.errors import DeskError, RevisionConflict
from models.domain.filing import Filing
from services import filings
from services.filings import Authors, OpenFiling
from ui.desks.base import DeskController, DeskParts

RETRY_MS = 5_000
"""How soon saving is tried again after it failed; the text stays in the window meanwhile."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be saved (待保存内容)."""

    answers: Mapping[str, Any]
    explanations: Mapping[str, str]
    counts: FindingCounts
    authors: Authors = field(default_factory=dict)


class Autosave(DeskController):
    """Keeps one open form in the database (自动保存).

    `saved` (OpenFiling) after each batch; `failed` (sentence) when one was not kept: it is tried again by
    itself; `conflicted` (Filing as stored) when another window has saved other answers in between: then
    nothing is saved until `keep_mine` or `drop` decides; `rebased` when it has saved the very same answers,
    under another kit perhaps, and saving goes on from there.
    """

    saved = Signal(object)
    failed = Signal(str)
    conflicted = Signal(object)
    rebased = Signal()

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self.opened: OpenFiling | None = None
        self.problem = ""
        self._waiting: Batch | None = None
        self._saving: Batch | None = None
        self._theirs: Filing | None = None
        self._then: list[Callable[[], object]] = []
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self.save)

    @property
    def is_pending(self) -> bool:
        """Whether something that was typed is not in the database yet."""
        return self._waiting is not None or self._saving is not None

    @property
    def newest(self) -> Batch | None:
        """What is waiting or being saved, the newest of it."""
        return self._waiting or self._saving

    def begin(self, opened: OpenFiling) -> None:
        """Another form, or the same one read anew; nothing is pending."""
        self.drop()
        self.opened = opened

    def note(self, batch: Batch) -> None:
        """Something is to be kept."""
        self._waiting = batch
        self.save()

    def when_saved(self, then: Callable[[], object]) -> None:
        """Go on once everything is saved, at once when nothing is pending."""
        if self.is_pending:
            self._then.append(then)
            self.save()
        else:
            then()

    def stay(self) -> None:
        """Somebody types on after a failure: they no longer wait to leave."""
        if self.problem:
            self._then.clear()

    def drop(self) -> None:
        """Give up what is pending; a job under way is not heard any more."""
        self._retry.stop()
        self.opened = self._waiting = self._saving = self._theirs = None
        self._then.clear()
        self.problem = ""

    def save(self) -> None:
        """Save the newest batch; one job at a time, a newer batch follows when it is done."""
        opened, batch = self.opened, self._waiting
        if opened is None or batch is None or self._saving is not None:
            return
        if self._theirs is not None:
            self.conflicted.emit(self._theirs)
            return
        self._retry.stop()
        self._waiting, self._saving = None, batch
        self.run(
            lambda _ctx: _save(self, opened, batch),
            lambda saved: self._on_saved(opened, saved),
            lambda error: self._on_failed(opened, batch, error),
        )

    def keep_mine(self) -> None:
        """Save what stands in this window over what the other one saved; the history keeps both."""
        opened, theirs, batch = self.opened, self._theirs, self._waiting
        if opened is None or theirs is None or batch is None:
            return
        self._theirs, self._waiting, self._saving = None, None, batch
        base = replace(opened, filing=theirs, is_new=False)
        self.run(
            lambda _ctx: _save(self, filings.reopen(self.workspace, base), batch),
            lambda saved: self._on_saved(opened, saved),
            lambda error: self._on_failed(opened, batch, error),
        )

    def save_now(self) -> bool:
        """Save on this thread, before a crash is shown; whether everything is in the database."""
        opened, batch = self.opened, self.newest
        if opened is None or batch is None:
            return True
        if self._theirs is not None:
            return False
        try:
            saved = _save(self, opened, batch)
        except RevisionConflict:
            stored = filings.stored(self.workspace, opened)
            if stored is None or not self._is_own(opened, stored):
                return False
            saved = _save(self, replace(opened, filing=stored, is_new=False), batch)
        self.opened, self._waiting, self._saving = saved, None, None
        return True

    def close(self) -> None:
        """Try no more."""
        self._retry.stop()
        super().close()

    def _on_saved(self, opened: OpenFiling, saved: OpenFiling) -> None:
        if self.opened is not opened:
            return
        self.opened, self._saving, self.problem = saved, None, ""
        self.saved.emit(saved)
        if self._waiting is not None:
            self.save()
            return
        going, self._then = self._then, []
        for then in going:
            then()

    def _on_failed(self, opened: OpenFiling, batch: Batch, error: BaseException) -> None:
        """Keep what was typed, say why, try again."""
        if self.opened is not opened:
            return
        if isinstance(error, RevisionConflict):
            self.run(
                lambda _ctx: filings.stored(self.workspace, opened),
                lambda stored: self._on_stored(opened, batch, stored, error),
                lambda trouble: self._stay(batch, trouble),
            )
        else:
            self._stay(batch, error)

    def _on_stored(
        self, opened: OpenFiling, batch: Batch, stored: Filing | None, error: RevisionConflict
    ) -> None:
        """Somebody saved in between: go on when the answers are those we began from, else ask."""
        if self.opened is not opened:
            return
        if stored is None:
            self._stay(batch, error)
        elif self._is_own(opened, stored):
            self._saving, self._waiting = None, self._waiting or batch
            self.opened = replace(opened, filing=stored, is_new=False)
            self.save()
            self.rebased.emit()
        else:
            self._saving, self._waiting = None, self._waiting or batch
            self._theirs, self.problem = stored, error.sentence
            self.conflicted.emit(stored)

    def _is_own(self, opened: OpenFiling, stored: Filing) -> bool:
        """Whether what is stored holds nothing but what this window knows (a number given, a batch of ours)."""
        if not stored.status.is_editable:
            return False
        known = [(opened.filing.answers, opened.filing.explanations)]
        if self._saving is not None:
            known.append((self._saving.answers, self._saving.explanations))
        return any(stored.answers == answers and stored.explanations == texts for answers, texts in known)

    def _stay(self, batch: Batch, error: BaseException) -> None:
        self._saving, self._waiting = None, self._waiting or batch
        if isinstance(error, DeskError):
            self.problem = error.sentence
            self._retry.start()
        else:
            self.problem = "程序出了差错。"
            self.parts.door.show(error)
        if self._waiting is not None:
            self.failed.emit(self.problem)


def _save(saving: Autosave, opened: OpenFiling, batch: Batch) -> OpenFiling:
    """Keep a batch."""
    return filings.save_draft(
        saving.workspace, opened, batch.answers, batch.explanations, batch.counts, batch.authors
    )
