"""A bureau's library out of a table: levels, signs and values in the spellings of offices; every fault has its line."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from models.domain.errors import InputError
from models.domain.indicator import Comparator, Direction
from models.domain.indicator_library import LibraryIndicator, LibraryOrigin
from services import filings, kit_drafts, library_tables
from services.kit_differences import kit_differences
from services.kits import look_at_kit, take_kit
from services.library_tables import LibraryPreview
from tests.services.county import County, opened

HEAD = (
    "一级指标",
    "二级指标",
    "三级指标",
    "计算符号",
    "参考值",
    "度量单位",
    "方向",
    "指标解释",
    "关键词",
    "是否启用",
)


def line(second: str = "数量指标", name: str = "养护里程", **more: str) -> list[str]:
    given = {
        "一级指标": "产出指标",
        "二级指标": second,
        "三级指标": name,
        "计算符号": "≥",
        "参考值": "20",
        "度量单位": "公里",
        **more,
    }
    return [given.get(head, "") for head in HEAD]


def preview(county: County, *rows: Sequence[str], head: Sequence[str] = HEAD) -> LibraryPreview:
    path = county.tools.tables.put("指标库.xlsx", head, *rows)
    return library_tables.preview_library(county.bureau, path, county.bureau.current_kit().kit)


def one(county: County, **more: str) -> LibraryIndicator:
    found = preview(county, line(**more))
    assert found.problems == ()
    (made,) = found.indicators
    return made


def test_a_line_becomes_an_indicator_of_the_kit(county: County) -> None:
    made = one(county, 指标解释="实有养护公里数", 关键词="公路、养护，道路", 方向="正向指标")
    assert (made.first_level, made.second_level, made.name) == ("output", "quantity", "养护里程")
    assert (made.comparator, made.shown_value, made.direction) == (
        Comparator.AT_LEAST,
        "≥20公里",
        Direction.POSITIVE,
    )
    assert (made.origin, made.is_enabled, made.is_sample) == (LibraryOrigin.KIT, True, False)
    assert (made.explanation, made.keywords) == ("实有养护公里数", ("公路", "养护", "道路"))


def test_the_same_line_has_the_same_code_again(county: County) -> None:
    assert one(county).code == one(county, 参考值="30").code
    assert one(county).code != one(county, second="质量指标").code


@pytest.mark.parametrize(
    ("given", "sign", "value", "unit"),
    [
        ({"计算符号": "不低于", "参考值": "95", "度量单位": "%"}, Comparator.AT_LEAST, "95", "%"),
        ({"计算符号": "", "参考值": "≥９５％", "度量单位": ""}, Comparator.AT_LEAST, "95", "%"),
        ({"计算符号": "<=", "参考值": "6万元", "度量单位": "万元"}, Comparator.AT_MOST, "6", "万元"),
        ({"计算符号": "=", "参考值": "1,200", "度量单位": "盏"}, Comparator.EQUAL, "1200", "盏"),
        ({"计算符号": "定性", "参考值": "合规", "度量单位": ""}, Comparator.QUALITATIVE, "合规", ""),
        ({"计算符号": "", "参考值": "有所改善", "度量单位": ""}, Comparator.QUALITATIVE, "有所改善", ""),
    ],
)
def test_values_as_offices_write_them(
    county: County, given: dict[str, str], sign: Comparator, value: str, unit: str
) -> None:
    made = one(county, **given)
    assert (made.comparator, made.reference_value, made.measure_unit) == (sign, value, unit)


def test_without_a_direction_the_sign_tells_it(county: County) -> None:
    assert one(county, 计算符号="≤").direction is Direction.NEGATIVE
    assert one(county, 计算符号="≤", 方向="反向").direction is Direction.NEGATIVE


def test_a_line_switched_off_stays_so(county: County) -> None:
    assert not one(county, 是否启用="否").is_enabled


def test_a_value_every_place_fills_in_is_left_to_the_units(county: County) -> None:
    assert one(county, 参考值="").is_sample
    found = preview(county, line(参考值="n"))
    assert [(p.line, p.is_blocking) for p in found.problems] == [(2, False)]
    assert found.indicators[0].is_sample


def test_every_fault_is_named_with_its_line(county: County) -> None:
    rows = [
        line(name=""),
        line(second="声望指标"),
        line(计算符号="约"),
        line(计算符号="", 参考值="20"),
        line(name="长" * 101),
        line(name="养护 里程"),
        line(name="养护里程"),
        line(name="解释过长", 指标解释="长" * 501),
    ]
    found = preview(county, *rows)
    assert [one.name for one in found.indicators] == ["养护 里程"]
    faults = {problem.line: problem.message for problem in found.problems if problem.is_blocking}
    assert list(faults) == [2, 3, 4, 5, 6, 8, 9]
    for number, words in ((2, "没有填"), (3, "不在指标框架里"), (4, "不认识"), (5, "没有填"), (8, "重复")):
        assert words in faults[number]


def test_what_should_be_looked_at_comes_in_all_the_same(county: County) -> None:
    found = preview(county, line(度量单位=""), line(name="投诉次数", 方向="反向"))
    assert len(found.indicators) == 2
    assert [(p.line, p.is_blocking) for p in found.problems] == [(2, False), (3, False)]


def test_a_table_that_is_none(county: County) -> None:
    with pytest.raises(InputError, match="三级指标"):
        preview(county, ["产出指标", "数量指标"], head=("一级指标", "二级指标"))


def test_it_travels_with_the_kit_and_rules_at_both_desks(county: County) -> None:
    """From the table into the draft, issued, taken in: the clerk's C23 compares with it, and so does the bureau's."""
    desk = county.desk()
    found = preview(county, line(name="维护路灯盏数", 参考值="120", 度量单位="盏"))
    draft = kit_drafts.kept_draft(county.bureau)
    kit_drafts.keep_draft(county.bureau, library_tables.with_library(draft, found.indicators))
    kept = kit_drafts.kept_draft(county.bureau)
    assert kept.template.indicator_library == found.indicators
    offer = look_at_kit(county.tools, county.issued(template=kept.template), desk.current_kit().kit)
    assert offer.kit.indicator_library == found.indicators
    assert "财政部门指标库有变化，现有 1 条指标" in set(kit_differences(desk.current_kit().kit, offer.kit))
    take_kit(desk, offer)
    form = opened(desk, next(i for i in county.filled(desk, 3) if opened(desk, i).filing.project_id))
    row = {**form.filing.answers["indicators"][0], "library_code": found.indicators[0].code}
    row |= {
        "third_level": "维护路灯盏数",
        "first_level": "output",
        "second_level": "quantity",
        "measure_unit": "米",
    }
    answers = {**form.filing.answers, "indicators": [row]}
    assert "C23" in {finding.code for finding in filings.check(form, answers).findings}
