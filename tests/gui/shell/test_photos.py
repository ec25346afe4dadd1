"""Pictures made smaller: size, upright, white behind, nothing read that is none."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter

from ui import photos


def picture(
    width: int, height: int, kind: str = "jpeg", *, turned: bool = False, clear: bool = False
) -> bytes:
    """A picture whose upper left is red; `turned` says that the camera was held upright."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0) if clear else QColor("#305090"))
    if not clear:
        for x in range(width // 2):
            for y in range(height // 2):
                image.setPixelColor(x, y, QColor("red"))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind.encode()))
    if turned:
        from PySide6.QtGui import QImageIOHandler

        writer.setTransformation(QImageIOHandler.Transformation.TransformationRotate90)
    assert writer.write(image)
    return bytes(data.data())


def test_the_longest_side_is_what_was_asked():
    made = photos.smaller(picture(400, 300), 100, 80)
    assert made is not None
    assert (made.before, made.after) == ((400, 300), (100, 75))
    assert made.content.startswith(b"\xff\xd8")
    again = photos.thumbnail(made.content, 1000)
    assert again is not None
    assert (again.width(), again.height()) == (100, 75)


def test_a_small_picture_keeps_its_size():
    made = photos.smaller(picture(40, 30, "png"), 100, 80)
    assert made is not None
    assert made.after == (40, 30)


def test_a_picture_is_put_upright():
    made = photos.smaller(picture(200, 100, turned=True), 50, 95)
    assert made is not None
    assert (made.before, made.after) == ((100, 200), (25, 50))
    image = QImage.fromData(made.content)
    red = [image.pixelColor(x, y).red() > 180 for x, y in ((4, 4), (20, 4), (4, 45), (20, 45))]
    assert red == [False, True, False, False]


def test_quality_counts():
    content = picture(300, 300)
    low, high = photos.smaller(content, 300, 10), photos.smaller(content, 300, 95)
    assert low is not None
    assert high is not None
    assert len(low.content) < len(high.content)


def test_see_through_parts_turn_white():
    made = photos.smaller(picture(20, 20, "png", clear=True), 20, 95)
    assert made is not None
    assert QImage.fromData(made.content).pixelColor(10, 10).lightness() > 250


@pytest.mark.qt_log_ignore("JPEG datastream contains no image")
@pytest.mark.parametrize("content", [b"", b"no picture", b"\xff\xd8\xff", picture(50, 50)[:200][:20]])
def test_what_is_no_picture(content: bytes):
    assert photos.smaller(content, 100, 80) is None
    assert photos.thumbnail(content, 40) is None
