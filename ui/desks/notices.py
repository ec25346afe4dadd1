"""Sentences above the page (提示): one at a time or several together, with what their button does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.theme import Tone

if TYPE_CHECKING:
    from ui.widgets.notice_bar import NoticeBar


class Notices(QObject):
    """Tells things in the frame's bar (提示); the button of the last notice does what came with it."""

    def __init__(self, bar: NoticeBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bar = bar
        self._works: Callable[[], object] | None = None
        bar.action_requested.connect(self._on_action)

    def tell(
        self,
        sentence: str,
        tone: Tone = Tone.ACCENT,
        *,
        action: str = "",
        works: Callable[[], object] | None = None,
    ) -> None:
        """Show a sentence; `works` is what its button does."""
        self._works = works
        self._bar.show_notice(sentence, tone, action=action)

    def tell_all(
        self, sentences: Sequence[str], tone: Tone, *, action: str, works: Callable[[], object]
    ) -> None:
        """Show several sentences, each on its line; nothing where there are none."""
        if sentences:
            self.tell("\n".join(sentences), tone, action=action, works=works)

    def clear(self) -> None:
        """Take the sentence away."""
        self._works = None
        self._bar.close_notice()

    def _on_action(self) -> None:
        works, self._works = self._works, None
        self._bar.close_notice()
        if works is not None:
            works()
