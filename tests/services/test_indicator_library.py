"""The library at a desk: sources joined, searched fast, own rows kept, uses counted, silent at the bureau."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from forms.checks.settings import CheckSettings, SharedWords
from forms.library_levels import FrameLevels
from forms.library_search import LibraryIndex
from models.domain.errors import InputError
from models.domain.indicator import Comparator
from models.domain.indicator_library import LibraryIndicator, LibraryOrigin
from models.domain.kit_json import kit_from_json, kit_to_json
from resources.builtin_library import builtin_library
from services import indicator_library as library
from services.workspaces import DeskRole
from tests.forms import cases

ROW = {
    "row_id": "r1",
    "first_level": "output",
    "second_level": "quantity",
    "third_level": "维护路灯盏数",
    "comparator": "≥",
    "planned_value": "60",
    "measure_unit": "盏",
    "direction": "positive",
}


def _shelf(about: str = "农村公路养护", uses: dict[str, int] | None = None) -> library.LibraryShelf:
    project = replace(cases.context().project, name=about)  # type: ignore[type-var]
    given = cases.context(project=project, library=builtin_library())
    return library.shelf_of(given, uses or {})


def _names(shelf: library.LibraryShelf, text: str, **options: str) -> list[str]:
    return [hit.indicator.name for hit in library.search(shelf, text, **options)]  # type: ignore[arg-type]


def test_what_one_types_is_found_wherever_it_stands() -> None:
    shelf = _shelf()
    assert _names(shelf, "养护里程")[0] == "农村公路养护里程"
    assert _names(shelf, "养护 里程")[0] == "农村公路养护里程"
    assert "生活垃圾无害化处理率" in _names(shelf, "过磅单 无害")
    assert _names(shelf, "没有这种指标") == []
    assert _names(shelf, "  ") == _names(shelf, "")


def test_a_name_that_begins_so_comes_before_one_that_contains_it() -> None:
    names = _names(_shelf("其他"), "工程")
    assert names[0].startswith("工程")
    assert names.index("水利工程按期完工率") > names.index("工程按期完工率")


def test_area_and_level_narrow_it_down() -> None:
    shelf = _shelf()
    hits = library.search(shelf, "", "环卫保洁", ("timeliness",))
    assert {hit.indicator.purpose for hit in hits} == {"环卫保洁"}
    assert {hit.levels for hit in hits} == {("output", "timeliness")}
    assert library.search(shelf, "", "农林水支出")


def test_the_project_and_habits_decide_what_comes_first() -> None:
    first = library.search(_shelf("柳林镇森林防火"))[0].indicator
    assert first.purpose == "林业与森林防火"
    shelf = _shelf("柳林镇森林防火", {"common.served": 5})
    assert shelf.used("common.served") == 5
    assert shelf.index.areas()[0] == "林业与森林防火"
    habits = _names(_shelf("其他", {"health.lecture": 3}), "")
    assert habits[0] == "举办健康知识讲座次数"


def test_cost_hangs_where_the_frame_has_it() -> None:
    given = cases.context(cases.KIT_10, library=builtin_library())
    hits = library.search(library.shelf_of(given, {}), "每公里日常养护成本")
    assert hits[0].levels == ("output", "cost")
    assert hits[0].row_values()["second_level"] == "cost"


def test_a_sample_value_is_left_to_the_clerk_and_a_standard_one_is_not() -> None:
    hits = {hit.indicator.name: hit.row_values() for hit in library.search(_shelf(), "农村公路")}
    assert hits["农村公路养护里程"]["planned_value"] is None
    assert hits["路况优良率"] == {
        "first_level": "output",
        "second_level": "quality",
        "third_level": "路况优良率",
        "comparator": "≥",
        "planned_value": "85",
        "measure_unit": "%",
        "direction": "positive",
        "library_code": "rural_roads.good",
    }


def test_a_thousand_rows_are_searched_within_a_keystroke() -> None:
    rows = [replace(row, code=f"{row.code}.{n}") for n in range(3) for row in builtin_library()]
    given = cases.context()
    levels = FrameLevels(given.frame, CheckSettings(given.kit).find(SharedWords))
    index = LibraryIndex(rows, levels, "农村公路养护")
    fastest = min(_seconds(index, text) for text in ("率", "及时", "", "养护 里程") for _ in range(3))
    assert len(index.search("")) == len(rows)
    assert fastest < 0.05


def _seconds(index: LibraryIndex, text: str) -> float:
    start = time.perf_counter()
    index.search(text)
    return time.perf_counter() - start


def test_what_is_switched_off_or_has_no_place_is_not_offered() -> None:
    off = LibraryIndicator("a", "甲", "output", "quantity", Comparator.AT_LEAST, "1", "个", is_enabled=False)
    lost = LibraryIndicator("b", "乙", "input", "management", Comparator.AT_LEAST, "1", "个")
    assert library.search(library.shelf_of(cases.context(library=(off, lost)), {})) == []


def test_the_kits_row_goes_before_the_programs() -> None:
    mine = replace(builtin_library()[0], measure_unit="千克", origin=LibraryOrigin.KIT)
    kit = kit_from_json(kit_to_json(replace(cases.KIT_101, indicator_library=(mine,))))
    given = cases.context(kit, library=builtin_library())
    assert given.library_by_code[mine.code].measure_unit == "千克"
    assert len(given.library_by_code) == len(builtin_library())


def test_a_row_is_kept_once_and_can_be_taken_out_again(town) -> None:
    kept = library.keep_own(town, ROW, "道路照明")
    assert (kept.code, kept.origin, kept.is_sample) == ("unit.1", LibraryOrigin.UNIT, True)
    with town.store.reading() as work:
        assert library.own_indicators(work) == (kept,)
        assert kept in library.desk_library(town, work)
    with pytest.raises(InputError, match="本单位指标库里已有“维护路灯 盏数”"):
        library.keep_own(town, {**ROW, "third_level": "维护路灯 盏数"})
    library.drop_own(town, kept.code)
    with town.store.reading() as work:
        assert library.own_indicators(work) == ()
    assert library.keep_own(town, ROW).code == "unit.2"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"planned_value": ""}, "指标值"),
        ({"measure_unit": None}, "计量单位"),
        ({"comparator": "约"}, "符号"),
        ({"third_level": " ", "second_level": None}, "三级指标、二级指标"),
    ],
)
def test_half_a_row_is_not_kept(town, changes, named) -> None:
    with pytest.raises(InputError) as caught:
        library.keep_own(town, {**ROW, **changes})
    assert named in caught.value.sentence


def test_uses_are_counted(town) -> None:
    library.note_use(town, "common.served")
    assert library.note_use(town, "common.served") == {"common.served": 2}
    with town.store.reading() as work:
        assert library.usage_counts(work) == {"common.served": 2}


def test_what_cannot_be_read_is_left_out(town) -> None:
    library.keep_own(town, ROW)
    with town.store.writing() as work:
        work.settings.put("indicator_library_own", [*work.settings.get("indicator_library_own"), {"x": 1}, 7])
        work.settings.put("indicator_library_uses", "nonsense")
        work.commit()
    with town.store.reading() as work:
        assert len(library.own_indicators(work)) == 1
        assert library.usage_counts(work) == {}


def test_the_bureau_judges_with_the_kits_library_alone(town) -> None:
    library.keep_own(town, ROW)
    town.profile = replace(town.profile, role=DeskRole.BUREAU)
    with town.store.reading() as work:
        assert library.desk_library(town, work) == ()
