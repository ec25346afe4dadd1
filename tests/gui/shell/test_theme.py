"""Colours live in one place, every placeholder of the sheet is known, words can be read on their ground."""

from __future__ import annotations

import re

import pytest

import resources
from tests.source import ROOT
from ui.theme import COLOURS, Tone, px, style_sheet

COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
KNOWN = set(COLOURS)


def test_no_colour_is_written_anywhere_else():
    files = [p for p in (ROOT / "ui").rglob("*.py") if p != ROOT / "ui" / "theme.py"]
    files += list(resources.path("styles").glob("*.qss"))
    found = {
        str(path.relative_to(ROOT)): COLOUR.findall(path.read_text("utf-8"))
        for path in files
        if COLOUR.search(path.read_text("utf-8"))
    }
    assert found == {}


def test_drawn_signs_use_the_palette():
    for path in resources.path("icons").glob("*.svg"):
        assert set(COLOUR.findall(path.read_text("utf-8"))) <= KNOWN, path.name


def test_every_placeholder_is_filled_and_scaled():
    template = resources.path("styles", "desk.qss").read_text("utf-8")
    assert "@" not in style_sheet(template, 1.0).replace("@media", "")
    assert style_sheet("a { b: @px(10); c: @pt(10); d: @ink; }", 1.5) == (
        f"a {{ b: 15px; c: 15.00pt; d: {COLOURS.ink}; }}"
    )


def test_an_unknown_colour_is_a_mistake():
    with pytest.raises(KeyError):
        style_sheet("@nosuch", 1.0)


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tone", list(Tone))
def test_words_can_be_read_on_their_ground(tone):
    least = 3.0 if tone is Tone.FAINT else 4.5
    assert _contrast(tone.ink, tone.ground or COLOURS.card) >= least
    assert _contrast(tone.ink, COLOURS.card) >= least


def test_running_text_can_be_read():
    assert _contrast(COLOURS.ink, COLOURS.ground) >= 7
    assert _contrast(COLOURS.muted, COLOURS.ground) >= 4.5
    assert _contrast(COLOURS.card, COLOURS.accent) >= 4.5


def test_text_size_grows_lengths_too(text_scale):
    assert px(10) == 10
    text_scale(1.5)
    assert px(10) == 15
