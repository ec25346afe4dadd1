"""Thumbnails of evidence (佐证材料缩略图): read off the window's thread, kept by digest, the newest of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QImage

from models.domain.errors import DeskError
from models.domain.evidence import Evidence, ending_of
from services.evidence import EvidenceList
from services.job import JobContext
from ui import photos
from ui.desks.base import DeskController
from ui.jobs import Lane
from ui.theme import px
from ui.wizard.evidence_line import THUMBNAIL

_KEPT = 200
"""How many thumbnails are remembered."""

_SHARPNESS = 2
"""Pixels kept for one on an ordinary screen, for those that show finer ones."""


class Thumbnails:
    """The pictures of a desk, small (缩略图)."""

    def __init__(self, desk: DeskController) -> None:
        self._desk = desk
        self._images: dict[str, QImage] = {}
        self._tried: set[str] = set()

    @property
    def images(self) -> Mapping[str, QImage]:
        """What has been read so far, by digest."""
        return self._images

    def read(
        self,
        shown: EvidenceList,
        contents: Callable[[Sequence[Evidence]], Sequence[bytes]],
        done: Callable[[], object],
    ) -> None:
        """Read the pictures not seen before; `contents` gives files' bytes and may refuse."""
        wanted = {
            item.file.sha256: item
            for item in shown.items
            if ending_of(item.file.name) in shown.rules.picture_kinds and item.file.sha256 not in self._tried
        }
        if not wanted:
            return
        self._tried |= set(wanted)
        side = px(THUMBNAIL) * _SHARPNESS

        def work(ctx: JobContext) -> dict[str, QImage]:
            found = {}
            for sha256, item in wanted.items():
                ctx.check_cancel()
                try:
                    (content,) = contents([item])
                except DeskError:
                    continue  # a picture that is gone is told when it is opened or sealed
                image = photos.thumbnail(content, side)
                if image is not None:
                    found[sha256] = image
            return found

        def keep(found: dict[str, QImage]) -> None:
            self._images.update(found)
            while len(self._images) > _KEPT:
                self._images.pop(next(iter(self._images)))
            done()

        self._desk.run(work, keep, lane=Lane.LONG)
