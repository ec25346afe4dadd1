"""Pictures made smaller (缩小照片): thumbnails for lists, and photographs for sticks and mail.

Plain functions over bytes, fit for any thread; what a camera noted about how it was held is applied,
and everything else it noted (place, device) is left behind.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

ENDING = "jpg"
"""What a picture made smaller is."""

_MOST_PIXELS_MB = 512
"""Memory one picture may take while it is read; a larger one is not read."""


@dataclass(frozen=True, slots=True)
class SmallerPhoto:
    """A picture made smaller (缩小的照片): its bytes, and width and height before and after in pixels."""

    content: bytes
    before: tuple[int, int]
    after: tuple[int, int]


def smaller(content: bytes, side: int, quality: int) -> SmallerPhoto | None:
    """The picture as a JPEG whose longest side is at most `side` pixels; None when it cannot be read.

    A picture that is small already keeps its size and is only written anew; see-through parts turn white.
    """
    image, before = _read(content, side)
    if image is None:
        return None
    flat = QImage(image.size(), QImage.Format.Format_RGB32)
    flat.fill(Qt.GlobalColor.white)
    painter = QPainter(flat)
    painter.drawImage(0, 0, image)
    painter.end()
    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(quality)
    if not writer.write(flat):
        return None
    return SmallerPhoto(bytes(written.data()), before, (flat.width(), flat.height()))


def thumbnail(content: bytes, side: int) -> QImage | None:
    """The picture small enough for a list; None when it cannot be read."""
    image, _before = _read(content, side)
    return image


def _read(content: bytes, side: int) -> tuple[QImage | None, tuple[int, int]]:
    """The picture upright and at most `side` pixels long, and its own size."""
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAllocationLimit(_MOST_PIXELS_MB)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return None, (0, 0)
    if max(image.width(), image.height()) > side:
        image = image.scaled(
            side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    is_turned = size.isValid() and (size.width() > size.height()) != (image.width() > image.height())
    own = size.transposed() if is_turned else size
    shown = own if own.isValid() else image.size()
    return image, (shown.width(), shown.height())
