"""Pictures in the text (图标与插图): an icon or the program's mark that stays as large as the words beside it.

A pixmap is made for one text size and one screen; these draw themselves anew when either changes.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from ui.icons import mark, pixmap
from ui.theme import px

_REDRAWS = {QEvent.Type.StyleChange, QEvent.Type.Polish, QEvent.Type.DevicePixelRatioChange}


class _Drawn(QLabel):
    """A label whose picture is made by `_make` (图片); `_size` is its height at 100 % text size."""

    def __init__(self, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._drawn: tuple[object, ...] = ()

    def event(self, event: QEvent) -> bool:
        """Draw anew for another text size or screen."""
        if event.type() in _REDRAWS:
            self._draw()
        return super().event(event)

    def _draw(self) -> None:
        """Make the picture; nothing when it stands already as it should."""
        wanted = (px(self._size), self.devicePixelRatioF(), *self._what())
        if wanted != self._drawn and self._what():
            self._drawn = wanted
            self.setPixmap(self._make(px(self._size), self.devicePixelRatioF()))

    def _what(self) -> tuple[str, ...]:
        """What is shown, empty for nothing yet."""
        return ()

    def _make(self, pixels: int, ratio: float) -> QPixmap:
        raise NotImplementedError


class Picture(_Drawn):
    """An icon by name, so many pixels high at 100 % text size (图标)."""

    def __init__(
        self, size: int, icon_name: str = "", colour: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(size, parent)
        self._icon: tuple[str, ...] = ()
        if icon_name:
            self.show_icon(icon_name, colour)

    def show_icon(self, icon_name: str, colour: str) -> None:
        """Show another icon, or the same in another colour."""
        self._icon = (icon_name, colour)
        self._draw()

    def _what(self) -> tuple[str, ...]:
        return self._icon

    def _make(self, pixels: int, ratio: float) -> QPixmap:
        return pixmap(self._icon[0], pixels, self._icon[1], ratio)


class Thumbnail(_Drawn):
    """A file's own picture in a square, an icon for its kind until that is read (缩略图).

    `side` and `icon_size` are pixels at 100 % text size.
    """

    def __init__(
        self, side: int, icon_size: int, icon_name: str, colour: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(side, parent)
        self._icon_size = icon_size
        self._icon = (icon_name, colour)
        self._image: QImage | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._draw()

    def show_image(self, image: QImage) -> None:
        """Show the picture itself instead of the icon."""
        self._image = image
        self._draw()

    def _draw(self) -> None:
        """The square grows with the text, too."""
        self.setFixedSize(px(self._size), px(self._size))
        super()._draw()

    def _what(self) -> tuple[str, ...]:
        return self._icon if self._image is None else (str(self._image.cacheKey()),)

    def _make(self, pixels: int, ratio: float) -> QPixmap:
        if self._image is None:
            return pixmap(self._icon[0], px(self._icon_size), self._icon[1], ratio)
        side = round(pixels * ratio)
        drawn = QPixmap.fromImage(self._image).scaled(
            side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        drawn.setDevicePixelRatio(ratio)
        return drawn


class Mark(_Drawn):
    """The program's mark (程序标志)."""

    def __init__(self, size: int, parent: QWidget | None = None) -> None:
        super().__init__(size, parent)
        self._draw()

    def _what(self) -> tuple[str, ...]:
        return ("mark",)

    def _make(self, pixels: int, ratio: float) -> QPixmap:
        drawn = mark(round(pixels * ratio))
        drawn.setDevicePixelRatio(ratio)
        return drawn
