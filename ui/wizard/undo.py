"""Undo and redo of a form (撤销、重做): answers are immutable, so a step is just the answers before and after."""

from __future__ import annotations

from dataclasses import dataclass

from forms.findings import Place
from models.domain.filing import Answers

MAX_STEPS = 500
"""How many steps are kept; older ones are forgotten (the store keeps the history of every answer)."""


@dataclass
class _Step:
    """One undoable edit; `place` is set while keystrokes into it still join this step."""

    before: Answers
    after: Answers
    place: Place | None


class UndoStack:
    """Steps done and undone (撤销栈); keystrokes into one place join until `end_run`."""

    def __init__(self) -> None:
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._undone)

    def note(self, before: Answers, after: Answers, place: Place | None) -> None:
        """Note an edit; what had been undone is forgotten."""
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last is not None and place is not None and last.place == place:
            last.after = after
            return
        self._done.append(_Step(before, after, place))
        del self._done[:-MAX_STEPS]

    def amend(self, after: Answers) -> None:
        """The last step leads to other answers: what follows from a keystroke belongs to its step."""
        if self._done:
            self._done[-1].after = after

    def end_run(self) -> None:
        """The next keystroke begins a step of its own (the field was left, or typing paused)."""
        if self._done:
            self._done[-1].place = None

    def undo(self) -> Answers | None:
        """The answers before the last step, None when there is none."""
        if not self._done:
            return None
        step = self._done.pop()
        step.place = None
        self._undone.append(step)
        return step.before

    def redo(self) -> Answers | None:
        """The answers after the step undone last, None when there is none."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        return step.after
