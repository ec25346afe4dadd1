"""The same facts in every layout are judged alike (版式不影响核对): scores, and findings at the same places."""

from __future__ import annotations

from itertools import product

import pytest

from forms.hand_filled.audit import audit
from forms.hand_filled.audit_basis import AuditBases
from models.domain.money import AmountUnit
from resources.builtin_kits import builtin_kits
from tests.forms.hand_filled.facts import TABLES, TableFacts
from tests.forms.hand_filled.layouts import ORDERS, OTHER_HEADS, Layout, printed
from tests.forms.hand_filled.reader import FINDER

pytestmark = pytest.mark.wide

BASES = AuditBases(builtin_kits(2026))


def judged(facts: TableFacts, layout: Layout) -> tuple[object, ...]:
    """What an audit says of the facts in a layout."""
    (table,) = FINDER.read_file("表.xlsx", [printed(facts, layout).grid()])
    done = audit(table, BASES)
    assert done.scores is not None
    scores = done.scores
    rules = tuple(line.rule for line in scores.lines)
    found = sorted((f.code, f.severity, f.place.path) for f in done.findings)
    sums = (scores.sum_of_full_scores, scores.sum_of_stated, scores.rule_total, scores.grade)
    return rules, sums, scores.sheet.execution.score, tuple(found)


@pytest.mark.parametrize("facts", TABLES, ids=lambda facts: facts.project)
@pytest.mark.parametrize("heads", OTHER_HEADS, ids=["national", "variant", "platform"])
def test_orders_and_heads(facts: TableFacts, heads: dict[str, str]) -> None:
    wanted = judged(facts, Layout())
    for order in ORDERS:
        assert judged(facts, Layout(order=order, heads=heads)) == wanted, order


@pytest.mark.parametrize("facts", TABLES, ids=lambda facts: facts.project)
@pytest.mark.parametrize("unit", AmountUnit)
def test_units_and_signs(facts: TableFacts, unit: AmountUnit) -> None:
    wanted = judged(facts, Layout())
    for place, signs in product(("funds", "corner", "heads"), ("joined", "words", "wide")):
        assert judged(facts, Layout(unit=unit, unit_place=place, signs=signs)) == wanted, (place, signs)
