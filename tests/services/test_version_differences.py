"""Differences of two versions in words: rows and cells named, choices and money as the form shows them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from services.archive import ReceivedForm, open_received
from services.version_differences import FieldDifference, FilingContent, differences
from services.workspaces import Workspace
from tests.services.county import County


def received(county: County, town: Workspace) -> ReceivedForm:
    ids = county.filled(town, 2)
    county.accepted(town, ids)
    forms = [open_received(county.bureau, filing_id) for filing_id in ids]
    return next(form for form in forms if form.context.project is not None)


def changed(form: ReceivedForm, **answers: Any) -> list[FieldDifference]:
    """What differs when these answers came instead."""
    filing, project = form.filing, form.context.project
    kept = FilingContent(filing.answers, filing.explanations, project)
    came = FilingContent({**filing.answers, **answers}, filing.explanations, project)
    return list(differences(form.form, form.context, kept, came))


def test_cells_rows_and_money_in_words(county: County, town: Workspace) -> None:
    form = received(county, town)
    rows = deepcopy(list(form.filing.answers["indicators"]))
    name = rows[1]["third_level"]
    rows[1] = {**rows[1], "planned_value": "987"}
    gone = rows.pop()
    money = next(key for key in form.filing.answers if key.endswith("_fen"))
    found = changed(form, indicators=rows, **{money: 123_456_700})
    words = {item.place: item for item in found}
    cell = next(item for place, item in words.items() if f"第 2 行“{name}”" in place)
    assert cell.came == "987"
    row = next(item for item in found if item.came == "（没有这一行）")
    assert gone["third_level"] in row.kept
    assert gone["row_id"] not in row.kept
    assert any("1,234,567" in item.came or "123.4567" in item.came for item in found)
    assert not any("_fen" in item.place or "indicators" in item.place for item in found)


def test_same_content_has_no_differences(county: County, town: Workspace) -> None:
    assert changed(received(county, town)) == []


def test_only_the_order_of_rows(county: County, town: Workspace) -> None:
    form = received(county, town)
    (one,) = changed(form, indicators=list(form.filing.answers["indicators"])[::-1])
    assert one.place.endswith("各行的先后")


def test_explanations_and_the_projects_head(county: County, town: Workspace) -> None:
    form = received(county, town)
    filing, project = form.filing, form.context.project
    assert project is not None
    kept = FilingContent(filing.answers, {}, project)
    texts = {"C20@indicators": "上级文件规定", "C99@nothing": "别的"}
    came = FilingContent(filing.answers, texts, type(project)(**{**_fields(project), "name": "改了名的项目"}))
    found = {item.place: (item.kept, item.came) for item in differences(form.form, form.context, kept, came)}
    assert found["项目名称（封面）"] == (project.name, "改了名的项目")
    assert found["填报说明"] == ("（空）", "别的")
    (about,) = (place for place in found if place.startswith("对“"))
    assert found[about] == ("（空）", "上级文件规定")


def _fields(project: Any) -> dict[str, Any]:
    return {name: getattr(project, name) for name in project.__slots__}


def test_of_long_texts_the_part_that_differs_is_shown() -> None:
    said = "按月足额发放十一个行政村五十五名村组干部报酬，保障村级组织正常运转，群众办事有人管"
    one = FieldDifference("年度目标", f"{said}。", f"{said}，\n12月底前全部完成。")
    assert one.parts == ("…，群众办事有人管。", "…，群众办事有人管， 12月底前全部完成。")
    assert FieldDifference("指标值", "12", "15").parts == ("12", "15")
