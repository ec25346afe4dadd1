"""What is remembered of an object belongs to that very object, and words are looked for as they stand."""

from __future__ import annotations

from forms.remembered import any_word, by_identity


def test_equal_lists_are_met_apart_and_the_oldest_are_forgotten() -> None:
    made: list[list[int]] = []

    @by_identity(2)
    def doubled(numbers: list[int]) -> list[int]:
        made.append(numbers)
        return [2 * number for number in numbers]

    one, same, other = [1], [1], [3]
    assert doubled(one) is doubled(one)
    assert doubled(same) is not doubled(one)
    assert made == [[1], [1]]
    assert doubled(other) == [6]
    assert doubled(one) == [2]
    assert made == [[1], [1], [3], [1]]


def test_words_are_no_patterns() -> None:
    assert any_word(("(%)", "增长率"))("完成率(%)") is not None
    assert any_word(("(%)", "."))("完成率%") is None
    assert any_word(())("增长率") is None
    assert any_word(("",))("") is not None
