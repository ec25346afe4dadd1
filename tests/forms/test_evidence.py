"""What forms ask about evidence: attached where, needed where, named and not there; the settings are the kit's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from forms.context import FormContext
from forms.evidence import (
    EvidenceSetting,
    attached,
    has_place,
    missing,
    named_but_absent,
    row_place,
    setting_of,
)
from forms.findings import Place
from forms.registry import form
from models.domain.evidence import EvidenceFile, ending_of, is_executable, member_name
from tests.forms.cases import ROADS, TARGET, context

SPEC = form(TARGET)
FILES = (
    EvidenceFile("", "合同.pdf", 10, "a" * 64),
    EvidenceFile("indicators[r1]", "照片.jpg", 20, "b" * 64),
    EvidenceFile("indicators[r1]", "台账.xlsx", 30, "c" * 64),
)


def with_words(evidence: tuple[EvidenceFile, ...] = FILES, **changes: Any) -> FormContext:
    """The roads' background with other words about evidence."""
    base = context()
    words = {**base.kit.check_settings["evidence"], **changes}
    kit = replace(base.kit, check_settings={**base.kit.check_settings, "evidence": words})
    return replace(base, kit=kit, evidence=evidence)


def saying(text: str) -> dict[str, Any]:
    return {**ROADS, "annual_target": text}


def test_evidence_is_attached_to_rows_whichever_cell_is_asked_about():
    given = with_words()
    assert attached(given) == FILES[:1]
    assert attached(given, Place("indicators", "r1")) == FILES[1:]
    assert attached(given, Place("indicators", "r1", "planned_value")) == FILES[1:]
    assert attached(given, Place("indicators", "r2")) == ()
    assert attached(given, Place("annual_target")) == FILES[:1]
    assert row_place(Place("indicators", "r1", "weight")).path == "indicators[r1]"


def test_a_context_without_evidence_has_none():
    assert attached(context()) == ()


@pytest.mark.parametrize(
    ("path", "is_there"),
    [
        ("", True),
        ("indicators[r1]", True),
        ("indicators[r1].weight", False),
        ("indicators[nobody]", False),
        ("annual_target", False),
        ("annual_target[r1]", False),
        ("indicators", False),
        ("nothing[r1]", False),
        ("indicators[", False),
    ],
)
def test_rows_that_are_there(path: str, is_there: bool):
    assert has_place(ROADS, path) is is_there


def test_what_needs_evidence_is_the_kits_to_say():
    assert missing(SPEC, with_words(), ROADS) == ()
    wanted = with_words(evidence_required={TARGET: [ROADS["indicators"][0]["second_level"]]})
    rows = [
        row["row_id"]
        for row in ROADS["indicators"]
        if row["second_level"] == ROADS["indicators"][0]["second_level"] and row["row_id"] != "r1"
    ]
    assert missing(SPEC, wanted, ROADS) == tuple(Place("indicators", row_id) for row_id in rows)
    first = with_words((), evidence_required={TARGET: [ROADS["indicators"][0]["first_level"]]})
    assert Place("indicators", "r1") in missing(SPEC, first, ROADS)
    assert missing(SPEC, with_words((), evidence_required={"self_evaluation": ["output"]}), ROADS) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("全年养护村道 120 公里。", ()),
        ("依据见合同.pdf。", ()),
        ("依据见《测算表.xlsx》、方案.docx", ("测算表.xlsx", "方案.docx")),
        ("见台账.XLSX", ()),
        ("版本 2.0，单价 3.5 元，网址 www.example.com", ()),
        ("详见附件", ()),
    ],
)
def test_files_named_in_the_answers(text: str, named: tuple[str, ...]):
    assert named_but_absent(SPEC, with_words(), saying(text)) == named


def test_telling_words_count_only_where_nothing_is_attached():
    bare = with_words(())
    assert named_but_absent(SPEC, bare, saying("实施方案详见附件。")) == ("见附件", "详见附件")
    assert named_but_absent(SPEC, bare, saying("保证附件式设备运行。")) == ()
    row = {**ROADS["indicators"][0], "third_level": "里程（后附清单）"}
    assert named_but_absent(SPEC, bare, {**ROADS, "indicators": [row]}) == ("后附",)


def test_a_kit_that_says_nothing_asks_nothing():
    base = context()
    settings = {key: value for key, value in base.kit.check_settings.items() if key != "evidence"}
    silent = replace(base, kit=replace(base.kit, check_settings=settings))
    assert setting_of(silent) is None
    assert missing(SPEC, silent, ROADS) == ()
    assert named_but_absent(SPEC, silent, saying("详见附件")) == ()


def test_the_built_in_kits_carry_the_setting():
    setting = setting_of(context())
    assert isinstance(setting, EvidenceSetting)
    assert set(setting.picture_kinds) <= set(setting.kinds)
    assert not any(is_executable(f"x.{kind}") for kind in setting.kinds)
    assert setting.advised_megabytes <= setting.package_megabytes
    assert setting.file_megabytes <= setting.package_megabytes


@pytest.mark.parametrize(
    ("name", "ending", "runs"),
    [
        ("合同.PDF", "pdf", False), ("a.b.docx", "docx", False), ("无", "", False), (".exe", "", True), ("x.exe.", "", True),
        ("x.EXE　 .", "", True), ("照片.图片", "", False), ("a." + "b" * 11, "", False), ("a.settingcontent-ms", "", True), ("com", "", False),
    ],
)  # fmt: skip
def test_endings(name: str, ending: str, runs: bool):
    assert ending_of(name) == ending
    assert is_executable(name) is runs
    assert member_name(name, "a" * 64) == f"evidence/{'a' * 16}.{ending or 'bin'}"
