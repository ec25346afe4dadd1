"""Cards of many tasks leave the screen to the list below them."""

from __future__ import annotations

import pytest

from ui.widgets.progress_card import Density, Words
from ui.widgets.progress_cards import ProgressCards

NAME = Words("整体支出绩效目标申报（一上）", "整体绩效目标")
NOTE = Words("2027年预算 · 已过期 37 天", "已过期 37 天")


@pytest.fixture
def row(qtbot):
    """A row of cards as wide as the desk's pages at 1366 × 768."""

    def show(count, width=1136):
        made = ProgressCards(165)
        qtbot.addWidget(made)
        made.resize(width, 300)
        for card in made.keep(count):
            card.show_progress(NAME, 12, 52, NOTE, "problem", "2027年")
        made.show()
        return made

    return show


def tops(row):
    return [card.y() for card in row.cards()]


def test_a_few_tasks_have_usual_cards(row):
    made = row(5)
    assert {card.density for card in made.cards()} == {Density.USUAL}
    assert made.cards()[0].note_label.words() == NOTE.whole


def test_many_tasks_have_low_ones_in_even_rows(row):
    made = row(12)
    assert {card.density for card in made.cards()} == {Density.LOW}
    assert [tops(made).count(top) for top in sorted(set(tops(made)))] == [6, 6]
    assert made.minimumSizeHint().height() < 180


def test_a_low_card_says_it_in_fewer_words_and_the_rest_in_its_tip(row):
    made = row(12)
    card = made.cards()[0]
    assert card.note_label.text() == NOTE.short
    assert NOTE.whole in card.toolTip()
    assert NOTE.whole in card.accessibleName()


def test_another_width_places_them_anew(row):
    made = row(6, 500)
    assert made.cards()[0].density is Density.LOW
    made.resize(1136, 300)
    assert made.cards()[0].density is Density.USUAL
    assert made.cards()[0].note_label.words() == NOTE.whole
    assert made.cards()[0].toolTip() == ""


@pytest.mark.parametrize("width", [866, 1136])
def test_narrow_ones_where_they_save_a_row(row, width):
    made = row(7, width)
    assert {card.density for card in made.cards()} == {Density.NARROW}
    assert len(set(tops(made))) == 1
    assert made.minimumSizeHint().height() < 115
    assert made.cards()[0].note_label.text() == NOTE.short


@pytest.mark.parametrize(("count", "is_beside"), [(5, False), (7, True), (12, True)])
def test_every_card_names_the_budget_year(row, count, is_beside):
    made = row(count)
    for card in made.cards():
        assert card.year_label.isVisible() is is_beside
        assert ("2027年" in card.note_label.text()) is not is_beside
