"""Every icon of the table exists in the shipped font and draws something."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QRawFont

import resources
from ui.icons import GLYPHS, icon, mark, window_icon
from ui.theme import COLOURS


@pytest.fixture(scope="module")
def raw_font(qapp):
    return QRawFont(str(resources.path("icons", "remixicon.ttf")), 24)


def _inked(image, colour):
    wanted = QColor(colour)
    return any(
        image.pixelColor(x, y).alpha() > 200 and image.pixelColor(x, y).rgb() == wanted.rgb()
        for x in range(image.width())
        for y in range(image.height())
    )


@pytest.mark.parametrize("name", sorted(GLYPHS))
def test_glyph_is_in_the_font(raw_font, name):
    assert raw_font.supportsCharacter(ord(GLYPHS[name]))


def test_an_icon_takes_its_colour_and_greys_when_disabled(qapp):
    made = icon("home", COLOURS.accent)
    assert _inked(made.pixmap(QSize(32, 32)).toImage(), COLOURS.accent)
    assert _inked(made.pixmap(QSize(32, 32), QIcon.Mode.Disabled).toImage(), COLOURS.edge)


def test_a_white_icon_stays_to_be_seen_on_a_disabled_button(qapp):
    made = icon("restore", COLOURS.card)
    assert _inked(made.pixmap(QSize(32, 32), QIcon.Mode.Disabled).toImage(), COLOURS.card)


def test_an_unknown_name_is_a_mistake():
    with pytest.raises(KeyError):
        icon("nosuch")


def test_the_mark_is_drawn(qapp):
    assert _inked(mark(64).toImage(), COLOURS.accent)
    window = window_icon()
    assert not window.isNull()
    assert [window.pixmap(QSize(side, side), 1.0).width() for side in (16, 48, 256)] == [16, 48, 256]
