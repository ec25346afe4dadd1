"""Units, registers and kit of the practice county: the numbers promised, codes, offices, amounts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from forms import registry
from models.domain.kit import TrustMode
from models.domain.kit_json import kit_from_json, kit_to_json
from resources import practice_county as county

YEARS = (2025, 2026, 2027)
ENTRIES = [entry for year in YEARS for entry in county.practice_register(year)]


def test_twelve_units_of_which_three_are_towns() -> None:
    units = county.practice_units()
    assert len({unit.code for unit in units}) == len(units) == 12
    towns = [unit for unit in units if unit.category == "乡镇政府"]
    assert sorted(town.name for town in towns) == [
        "示例县柳林镇人民政府",
        "示例县桃园镇人民政府",
        "示例县青山镇人民政府",
    ]
    assert all(town.is_own_department for town in towns)


def test_departments_with_subordinate_units() -> None:
    members = defaultdict(set)
    for unit in county.practice_units():
        if not unit.is_own_department:
            assert unit.code[:3] == unit.department_code
            members[unit.department_code].add(unit.code)
    assert {code for code, units in members.items() if len(units) > 1} == {"205", "208", "219", "305"}
    assert {"219001", "219002"} == members["219"]


def test_every_unit_is_fully_described_and_plainly_fictitious() -> None:
    for unit in county.practice_units():
        assert re.fullmatch(r"\d{6}", unit.code)
        assert unit.name.startswith("示例县")
        assert unit.department_name.startswith("示例县")
        assert unit.bureau_office.endswith("股")
        assert re.fullmatch(r"0990-600 00\d\d", unit.contact_phone)
        assert len(unit.duties) >= 30
        assert county.practice_person(unit.code) == unit.contact_name != ""
    assert len({unit.contact_name for unit in county.practice_units()}) == 12
    assert len({unit.contact_phone for unit in county.practice_units()}) == 12


def test_sixty_projects_over_three_budget_years() -> None:
    assert len({entry.project_code for entry in ENTRIES}) == 60
    assert {entry.budget_year for entry in ENTRIES} == set(YEARS)
    assert all(len(county.practice_register(year)) >= 45 for year in YEARS)
    assert county.practice_register(2024) == ()
    of_towns = {entry.project_code for entry in ENTRIES if entry.unit_code[:2] == "82"}
    assert len(of_towns) > 30


def test_project_codes_follow_the_rule_and_keep_their_project() -> None:
    known: dict[str, tuple[str, str, str]] = {}
    for entry in ENTRIES:
        assert re.fullmatch(r"990000\d{2}[RTY]\d{12}", entry.project_code)
        same = (entry.project_name, entry.unit_code, entry.category)
        assert known.setdefault(entry.project_code, same) == same
    letters = {"人员类": "R", "运转类": "Y"}
    for code, (_, _, category) in known.items():
        assert code[8] == letters.get(category, "T")
    names = Counter((unit, name) for name, unit, _ in known.values())
    assert names.most_common(1)[0][1] == 1


def test_code_year_is_the_first_budget_year() -> None:
    first: dict[str, int] = {}
    for entry in ENTRIES:
        first[entry.project_code] = min(entry.budget_year, first.get(entry.project_code, 9999))
    assert all(int(code[6:8]) + 2000 == year for code, year in first.items())


def test_entries_point_to_units_and_carry_whole_fen() -> None:
    units = {unit.code for unit in county.practice_units()}
    kit = county.practice_kit()
    for entry in ENTRIES:
        assert entry.unit_code in units
        assert type(entry.budget_fen) is int
        assert entry.budget_fen > 0
        assert entry.category in kit.project_categories
        assert entry.fund_type in kit.fund_types
        assert entry.bureau_office.endswith("股")
    assert len({entry.bureau_office for entry in ENTRIES}) >= 5
    assert units == {entry.unit_code for entry in county.practice_register(2027)}


def test_amounts_move_from_year_to_year() -> None:
    by_project = defaultdict(list)
    for entry in ENTRIES:
        by_project[entry.project_code].append(entry.budget_fen)
    assert sum(len(set(amounts)) > 1 for amounts in by_project.values()) > 40


def test_exempt_entries_have_a_reason_and_nothing_due() -> None:
    exempt = [entry for entry in ENTRIES if entry.exempt_reason]
    assert len(exempt) >= 8
    assert all(not entry.forms_due for entry in exempt)
    later = {2025: ("self_evaluation",), 2026: ("monitoring",), 2027: ()}
    assert all(
        entry.forms_due == ("performance_target", *later[entry.budget_year])
        for entry in ENTRIES
        if not entry.exempt_reason
    )


def test_kit_of_the_county() -> None:
    kit = county.practice_kit()
    assert (kit.kit_id, kit.name, kit.issuer_name) == (
        "990000-2026",
        "示例县2026年任务参数包",
        "示例县财政局",
    )
    assert kit.is_practice
    assert not kit.is_builtin
    assert kit.trust_mode is TrustMode.SIMPLE
    assert kit.register == tuple(ENTRIES)
    assert kit.units == county.practice_units()
    assert not kit.certificates
    targets = {task.form_id: task for task in kit.tasks if task.budget_year == 2027}
    assert {"performance_target", "overall_expenditure_target", "ex_ante_evaluation"} <= set(targets)
    assert targets["performance_target"].opens_on >= kit.issued_on
    assert {task.budget_year for task in kit.tasks} == {2025, 2026, 2027}
    assert {task.form_id for task in kit.tasks} == {head.form_id for head in registry.heads()}
    assert all(task.opens_on < task.closes_on for task in kit.tasks)
    assert kit.ex_ante is not None
    assert kit.ex_ante.amount_fen == 50_000_000
    assert kit_from_json(kit_to_json(kit)) == kit


def test_every_form_of_the_kit_has_frame_and_scheme() -> None:
    kit = county.practice_kit()
    for task in kit.tasks:
        setting = kit.form_setting(task.form_id, task.budget_year)
        assert setting is not None
        assert kit.frame(setting.frame_id).first("cost") is not None
        is_own_frame = task.form_id == "overall_expenditure_self_evaluation"
        assert kit.scheme(setting.scheme_id).weights_at_declaration is not is_own_frame


def test_unknown_unit_has_no_person() -> None:
    with pytest.raises(KeyError):
        county.practice_person("999999")
