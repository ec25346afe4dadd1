"""What can be taken over from elsewhere: offers between two versions, from last year, and what puts back the past."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from forms import registry
from forms.answers import blank_answers, differences
from forms.findings import place_of
from forms.last_year import last_year_offers
from forms.offers import Offer, OfferKind, applied, difference_offers
from forms.restoring import place_words, restoring_offer, value_words
from models.domain.filing import AnswerChange
from tests.forms.cases import KIT_101, OVERALL, TARGET, context, line
from tests.forms.full_answers import full_answers

FORM = registry.form(TARGET)
CONTEXT = context()
NOW = {
    **blank_answers(FORM, CONTEXT),
    "annual_target": "原来的目标",
    "indicators": [line(1, "output.quantity", "养护里程", "≥12", "公里", "10")],
}


def paths(offers: tuple[Offer, ...]) -> dict[str, Offer]:
    return {offer.place.path: offer for offer in offers}


def offered(**wanted: object) -> dict[str, Offer]:
    return paths(difference_offers(FORM, CONTEXT, NOW, wanted))


class TestDifferences:
    def test_only_what_is_spoken_of_and_differs(self) -> None:
        assert offered(annual_target="原来的目标", medium_term_target=None) == {}
        assert list(offered(annual_target="新的目标")) == ["annual_target"]

    def test_a_blank_never_wipes_out(self) -> None:
        assert offered(annual_target="") == {}

    def test_rows_meet_by_name(self) -> None:
        same = {"third_level": " 养护 里程", "planned_value": "15"}
        (offer,) = offered(indicators=[same]).values()
        assert (offer.place.path, offer.now, offer.offered) == ("indicators[r1].planned_value", "12", "15")
        assert offer.label == "年度绩效指标“养护里程”的指标值"

    def test_new_rows_are_added_and_missing_ones_only_on_demand(self) -> None:
        found = offered(indicators=[line(7, "output.quality", "优良率", "≥85", "%", "10")])
        assert [(o.kind, o.is_chosen) for o in found.values()] == [
            (OfferKind.NEW_ROW, True),
            (OfferKind.LOST_ROW, False),
        ]
        after = applied(NOW, [o for o in found.values() if o.is_chosen])["indicators"]
        assert [row["third_level"] for row in after] == ["养护里程", "优良率"]
        assert len({row["row_id"] for row in after}) == 2
        assert applied(NOW, found.values())["indicators"][0]["third_level"] == "优良率"

    def test_two_rows_of_one_name_pair_in_order(self) -> None:
        twins = [
            line(1, "output.quantity", "里程", "≥1", "公里"),
            line(2, "output.quantity", "里程", "≥2", "公里"),
        ]
        now = {**NOW, "indicators": twins}
        wanted = [
            {"third_level": "里程", "planned_value": "1"},
            {"third_level": "里程", "planned_value": "3"},
        ]
        found = paths(difference_offers(FORM, CONTEXT, now, {"indicators": wanted}))
        assert list(found) == ["indicators[r2].planned_value"]

    def test_what_is_locked_is_shown_and_cannot_be_taken(self) -> None:
        entry = next(e for e in KIT_101.register) if KIT_101.register else object()
        locked = replace(CONTEXT, register_entry=entry)  # type: ignore[arg-type]
        (offer,) = difference_offers(FORM, locked, NOW, {"project_name": "别的名称"})
        assert (offer.is_free, offer.is_chosen, offer.note) == (False, False, "取自年度预算项目名录")

    def test_nothing_is_changed_in_place(self) -> None:
        before = repr(NOW)
        applied(NOW, offered(annual_target="新", indicators=[]).values())
        assert repr(NOW) == before


@pytest.mark.parametrize("form_id", [head.form_id for head in registry.heads()])
def test_taking_everything_gives_what_was_offered(form_id: str) -> None:
    """Over every form: a blank filing that takes all of a full one over lacks nothing that can be typed."""
    try:
        where = context(KIT_101, form_id)
    except StopIteration:
        pytest.skip("the kit has no task for this form")
    form = registry.form(form_id)
    full, blank = full_answers(form, where), blank_answers(form, where)
    after = blank
    for _round in range(2):  # What is chosen at the top of some forms decides which rows there are below.
        offers = difference_offers(form, where, after, full)
        after = form.derive(where, applied(after, [o for o in offers if o.is_chosen]))
    left = difference_offers(form, where, after, full)
    assert [o for o in left if o.is_free and o.kind is not OfferKind.LOST_ROW] == []


class TestLastYear:
    def of(self, form_id: str = TARGET, **before: object) -> dict[str, Offer]:
        where = replace(context(form_id=form_id), previous_answers=before)
        form = registry.form(form_id)
        return paths(last_year_offers(form, where, blank_answers(form, where)))

    def test_texts_are_proposed_years_dates_and_amounts_are_not(self) -> None:
        found = self.of(
            reviewer_name="李强", period_from="2025", annual_total_fen=100, filled_on="2025-09-08"
        )
        assert {path: offer.is_chosen for path, offer in found.items()} == {
            "reviewer_name": True,
            "period_from": False,
            "annual_total_fen": False,
            "filled_on": False,
        }

    def test_a_text_that_names_last_year_says_so(self) -> None:
        (offer,) = self.of(annual_target="2026年完成养护").values()
        assert "2026" in offer.note

    def test_rows_come_without_their_amounts_which_go_into_them_when_chosen(self) -> None:
        task = {"row_id": "t9", "task_name": "人居环境", "content": "清运", "total_fen": 500}
        found = self.of(OVERALL, annual_tasks=[task])
        row, amount = found.values()
        assert (row.kind, row.is_chosen, amount.is_chosen) == (OfferKind.NEW_ROW, True, False)
        assert "total_fen" not in applied({}, [row])["annual_tasks"][0]
        assert applied({}, [row, amount])["annual_tasks"][0]["total_fen"] == 500
        assert applied({}, [amount]) == {}

    def test_rows_that_are_here_already_are_not_offered(self) -> None:
        where = replace(CONTEXT, previous_answers={"indicators": NOW["indicators"]})
        assert last_year_offers(FORM, where, NOW) == ()
        assert last_year_offers(FORM, CONTEXT, NOW) == ()


class TestPuttingBack:
    def changes(self, before: dict, after: dict) -> list[AnswerChange]:
        at = datetime(2026, 9, 1, tzinfo=UTC)
        return [
            AnswerChange("F", path, was, is_now, at, "张敏")
            for path, was, is_now in differences(before, after)
        ]

    def test_a_field_a_cell_and_a_deleted_row(self) -> None:
        for after in (
            {**NOW, "annual_target": "改了"},
            {**NOW, "indicators": [{**NOW["indicators"][0], "planned_value": "20"}]},
            {**NOW, "indicators": []},
        ):
            (change,) = self.changes(NOW, after)
            offer = restoring_offer(FORM, CONTEXT, after, change)
            assert offer is not None
            assert applied(after, [offer]) == NOW
            assert restoring_offer(FORM, CONTEXT, NOW, change) is None

    def test_a_row_that_was_added_goes_again(self) -> None:
        (change,) = self.changes({**NOW, "indicators": []}, NOW)
        offer = restoring_offer(FORM, CONTEXT, NOW, change)
        assert offer is not None
        assert offer.kind is OfferKind.LOST_ROW

    def test_words_for_people(self) -> None:
        (change,) = self.changes(NOW, {**NOW, "indicators": []})
        assert place_words(FORM, CONTEXT, {**NOW, "indicators": []}, change) == "年度绩效指标“养护里程”"
        assert value_words(FORM, CONTEXT, change, change.after) == "（没有这一行）"
        assert "养护里程" in value_words(FORM, CONTEXT, change, change.before)

    def test_a_place_the_form_no_longer_has(self) -> None:
        change = AnswerChange("F", "gone[r1].x", "a", "b", datetime(2026, 9, 1, tzinfo=UTC), "张敏")
        assert restoring_offer(FORM, CONTEXT, NOW, change) is None
        assert place_words(FORM, CONTEXT, NOW, change) == "本表已没有这一项"
        assert place_of(change.path).column == "x"
