"""The contract of the filing repository, kept by every store."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from models.domain.errors import RevisionConflict, StorageProblem
from models.domain.filing import Filing, FilingStatus
from models.domain.money import MAX_FEN
from models.domain.project import Project
from services.ports.store import FilingFigures, FilingQuery, IndicatorRow, SubmittedVersion
from tests.store.conftest import Desk
from tests.store.samples import NOW, SCHOOL, TOWN, answers, change, figures, filing, indicator, later


def save(desk: Desk, *filings: Filing, **figure: object) -> None:
    """Keep new filings."""
    with desk.store.writing() as work:
        for item in filings:
            work.filings.save(item, replace(figures(item), **figure), expected_revision=None)  # type: ignore[arg-type]
        work.commit()


def test_a_filing_comes_back_as_it_was(desk: Desk):
    save(desk, filing())
    with desk.store.reading() as work:
        assert work.filings.get("F1") == filing(revision=1)
        assert work.filings.get("F2") is None


def test_answers_come_back_as_json_and_nothing_is_shared(desk: Desk):
    given = answers(1, note="=不是公式\n第二行 𠮷", empty=None, nested={"a": (1, "2")})
    save(desk, filing(answers=given))
    given["note"] = "changed by the caller"
    with desk.store.reading() as work:
        kept = work.filings.get("F1")
        assert kept is not None
        assert kept.answers["note"] == "=不是公式\n第二行 𠮷"
        assert kept.answers["empty"] is None
        assert kept.answers["nested"] == {"a": [1, "2"]}
        kept.answers["indicators"].clear()
        again = work.filings.get("F1")
        assert again is not None
        assert len(again.answers["indicators"]) == 1


def test_absurd_text_is_kept(desk: Desk):
    absurd = {
        "a": "\ud83d half",
        "b": "\x00\x1b\u202e",
        "c": "长" * 100_000,
        "d": "'; DROP TABLE filings; --",
    }
    save(desk, filing(answers=absurd))
    with desk.store.reading() as work:
        assert work.filings.find(FilingQuery()) == [filing(answers=absurd, revision=1)]


def test_a_moment_comes_back_as_the_same_instant(desk: Desk):
    beijing = NOW.astimezone(timezone(timedelta(hours=8))).replace(microsecond=7)
    save(desk, filing(updated_at=beijing), filing("F2", updated_at=None))
    with desk.store.reading() as work:
        first, second = work.filings.find(FilingQuery())
    assert first.updated_at == beijing
    assert second.updated_at is None


def test_each_save_counts_one_revision(desk: Desk):
    with desk.store.writing() as work:
        first = work.filings.save(filing(), figures(filing()), expected_revision=None)
        second = work.filings.save(
            replace(first, answers=answers(5)), figures(filing()), expected_revision=first.revision
        )
        work.commit()
        assert (first.revision, second.revision) == (1, 2)
        assert work.filings.get("F1") == second


@pytest.mark.parametrize("expected", [None, 0, 2])
def test_another_revision_than_the_expected_one_is_a_conflict_and_nothing_changes(
    desk: Desk, expected: int | None
):
    save(desk, filing())
    with desk.store.writing() as work:
        with pytest.raises(RevisionConflict) as caught:
            work.filings.save(
                filing(answers={"a": "overwritten"}),
                replace(figures(filing()), indicator_rows=()),
                expected_revision=expected,
            )
        work.commit()
        assert work.filings.get("F1") == filing(revision=1)
        assert len(work.filings.indicator_rows(FilingQuery())) == 2
    assert isinstance(caught.value, StorageProblem)
    assert "没有覆盖" in caught.value.sentence


def test_saving_what_is_not_there_is_a_conflict(desk: Desk):
    with desk.store.writing() as work, pytest.raises(RevisionConflict):
        work.filings.save(filing(), figures(filing()), expected_revision=1)


def test_figures_come_back_in_the_overview(desk: Desk):
    save(
        desk,
        filing(status=FilingStatus.EXEMPT, exempt_reason="涉密项目另报", version=2),
        amount_fen=MAX_FEN,
        score="87.50",
        grade="良",
    )
    with desk.store.reading() as work:
        (found,) = work.filings.overview(FilingQuery())
    assert found.filing_id == "F1"
    assert (found.task_id, found.form_id, found.project_id) == ("2027-target", "performance_target", "P1")
    assert (found.unit_code, found.budget_year, found.version) == (TOWN.code, 2027, 2)
    assert (found.status, found.exempt_reason) == (FilingStatus.EXEMPT, "涉密项目另报")
    assert (found.amount_fen, found.score, found.grade) == (MAX_FEN, "87.50", "良")
    assert (found.progress, found.blocking, found.to_explain) == (80, 1, 2)
    assert found.updated_at == NOW


def test_unknown_figures_are_not_zero(desk: Desk):
    with desk.store.writing() as work:
        work.filings.save(filing(), FilingFigures(), expected_revision=None)
        work.commit()
        (found,) = work.filings.overview(FilingQuery())
    assert (found.amount_fen, found.score, found.grade) == (None, None, None)


def test_every_field_of_a_query_narrows_and_they_join(desk: Desk):
    save(
        desk,
        filing("A", unit_code=SCHOOL.code, project_id="P9"),
        filing("B", task_id="2027-overall", form_id="overall_expenditure_target", project_id=""),
        filing("C", budget_year=2026, status=FilingStatus.SEALED),
        filing("D"),
    )
    expected = {
        FilingQuery(): ["B", "C", "D", "A"],
        FilingQuery(unit_code=SCHOOL.code): ["A"],
        FilingQuery(task_id="2027-overall"): ["B"],
        FilingQuery(form_id="performance_target"): ["C", "D", "A"],
        FilingQuery(budget_year=2026): ["C"],
        FilingQuery(project_id=""): ["B"],
        FilingQuery(project_id="P1"): ["C", "D"],
        FilingQuery(status=FilingStatus.SEALED): ["C"],
        FilingQuery(project_id="P1", budget_year=2027): ["D"],
        FilingQuery(unit_code=SCHOOL.code, budget_year=2026): [],
    }
    with desk.store.reading() as work:
        assert {q: [f.filing_id for f in work.filings.find(q)] for q in expected} == expected
        assert {q: [f.filing_id for f in work.filings.overview(q)] for q in expected} == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("公路", ["B"]),
        ("东风镇", ["A", "B"]),
        ("ab0", ["B"]),
        ("9902", ["C"]),
        ("100%", ["A"]),
        ("%", ["A"]),
        ("_", []),
        ("没有", []),
        ("", ["A", "B", "C"]),
    ],
)
def test_a_text_is_looked_for_in_units_and_projects(desk: Desk, text: str, found: list[str]):
    with desk.store.writing() as work:
        work.registers.put_units([TOWN, SCHOOL])
        work.projects.put(Project("P0", "普惠补贴100%覆盖", TOWN.code))
        work.projects.put(Project("P1", "农村公路日常养护", TOWN.code, "AB0001"))
        work.commit()
    save(
        desk,
        filing("A", project_id="P0"),
        filing("B", project_id="P1"),
        filing("C", unit_code=SCHOOL.code, project_id=""),
    )
    with desk.store.reading() as work:
        assert [f.filing_id for f in work.filings.find(FilingQuery(text=text))] == found


def test_indicator_rows_follow_the_last_save(desk: Desk):
    save(desk, filing("A", project_id="P0"), filing("F1"))
    rows = (indicator(2), {**indicator(1), "weight": None, "extra": 5, "comparator": 3}, indicator(3))
    with desk.store.writing() as work:
        work.filings.save(filing(), replace(figures(filing()), indicator_rows=rows), expected_revision=1)
        work.commit()
        wanted = work.filings.indicator_rows(FilingQuery(project_id="P1"))
        everything = work.filings.indicator_rows(FilingQuery())
    without_weight = {key: value for key, value in rows[1].items() if key != "weight"}
    assert list(wanted) == [
        IndicatorRow("F1", rows[0]),
        IndicatorRow("F1", without_weight),
        IndicatorRow("F1", rows[2]),
    ]
    assert [row.filing_id for row in everything] == ["A", "A", "F1", "F1", "F1"]
    with desk.store.writing() as work:
        work.filings.save(filing(), FilingFigures(), expected_revision=2)
        work.commit()
        assert work.filings.indicator_rows(FilingQuery(project_id="P1")) == []


def test_a_state_moves_without_touching_the_rest(desk: Desk):
    save(desk, filing(status=FilingStatus.SEALED))
    with desk.store.writing() as work:
        moved = work.filings.set_status("F1", FilingStatus.RECEIVED, later(9))
        work.commit()
        assert moved == filing(status=FilingStatus.RECEIVED, revision=2, updated_at=later(9))
        assert work.filings.get("F1") == moved
        (found,) = work.filings.overview(FilingQuery())
        assert (found.status, found.amount_fen, found.progress) == (FilingStatus.RECEIVED, 12_000_000, 80)
        with pytest.raises(RevisionConflict):
            work.filings.save(filing(), figures(filing()), expected_revision=1)
        with pytest.raises(StorageProblem):
            work.filings.set_status("nobody", FilingStatus.RECEIVED, NOW)


def test_history_is_appended_and_read_newest_first(desk: Desk):
    save(desk, filing(), filing("F2"))
    with desk.store.writing() as work:
        work.filings.add_history([change(1), change(2), change(3, path="indicators/r1/weight")])
        work.filings.add_history([])
        work.filings.add_history([change(4), change(5, filing_id="F2")])
        work.commit()
        assert work.filings.history("F1") == [
            change(4),
            change(3, path="indicators/r1/weight"),
            change(2),
            change(1),
        ]
        assert work.filings.history("F1", "annual_target") == [change(4), change(2), change(1)]
        assert work.filings.history("F2") == [change(5, filing_id="F2")]


def test_history_keeps_every_kind_of_value(desk: Desk):
    save(desk, filing())
    kept = replace(change(1), before=None, after={"row_id": "r1", "planned_value": "12", "fen": 5})
    with desk.store.writing() as work:
        work.filings.add_history([kept])
        work.commit()
        assert work.filings.history("F1") == [kept]


def test_submissions_are_kept_apart_by_version_and_package(desk: Desk):
    save(desk, filing())
    finding = {"code": "C20", "severity": "explain", "where": "indicators"}
    first = SubmittedVersion("F1", 1, "aa", answers(1), {"C20": "说明"}, [finding], NOW)
    second = replace(first, version=2, manifest_sha256="bb", answers=answers(3), at=later(1))
    resealed = replace(first, manifest_sha256="cc", at=later(2))
    with desk.store.writing() as work:
        for version in (first, second, resealed):
            work.filings.add_version(version)
        work.commit()
        assert work.filings.versions("F1") == [second, resealed, first]
        work.filings.add_version(replace(second, explanations={}))
        work.commit()
        assert [v.manifest_sha256 for v in work.filings.versions("F1")] == ["bb", "cc", "aa"]
        assert work.filings.versions("F1")[0].explanations == {}
        assert work.filings.versions("F2") == []


def test_one_answer_is_read_without_the_others(desk: Desk):
    rows = [{"row_id": "total", "annual_fen": 300, "note": "甲\u0000乙 \ud800"}]
    save(
        desk,
        filing(filing_id="F1", answers={"funds": rows, "other": "x"}),
        filing(filing_id="F2", answers={"other": "y"}),
        filing(filing_id="F3", answers={"funds": None}),
        filing(filing_id="F4", answers={"funds": "一句话"}),
    )
    with desk.store.reading() as work:
        assert dict(work.filings.answer_parts(FilingQuery(), "funds")) == {"F1": rows}


def test_budget_years_but_for_some_states(desk: Desk):
    years = ((2027, FilingStatus.RECEIVED), (2025, FilingStatus.PASSED), (2024, FilingStatus.DRAFT))
    save(desk, *(filing(filing_id=f"F{year}", budget_year=year, status=status) for year, status in years))
    with desk.store.reading() as work:
        assert list(work.filings.budget_years((FilingStatus.DRAFT,))) == [2025, 2027]
