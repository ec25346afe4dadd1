"""Which unfinished files are surely this program's own, and old enough to be nobody's work any more."""

from __future__ import annotations

import pytest

from models.domain.draft_files import LEFT_AFTER_SECONDS, draft_name, hidden_draft_name, is_left_behind

TOKEN = "0123456789ab"
PACKAGE = "205_2026_department_submission_14_08da91a3.asice"
OLD = LEFT_AFTER_SECONDS + 1


@pytest.mark.parametrize("name", [draft_name(TOKEN), hidden_draft_name(PACKAGE, TOKEN)])
def test_what_this_program_was_writing_is_known_by_its_whole_name(name: str) -> None:
    assert is_left_behind(name, OLD)
    assert not is_left_behind(name, LEFT_AFTER_SECONDS)
    assert not is_left_behind(name, -OLD)
    for other in (f"a{name}", f"{name}x", name.upper(), name.replace(TOKEN, TOKEN[:-1]), name[1:]):
        assert not is_left_behind(other, OLD)


@pytest.mark.parametrize(
    "name",
    [
        "~WRL0001.tmp",
        "~DF0123456789AB.TMP",
        "~0123456789ab.tmp",
        "~$绩效目标.xlsx",
        hidden_draft_name("工资表.xlsx", TOKEN),
        hidden_draft_name("unit.key.json", TOKEN),
        PACKAGE,
        "",
    ],
)
def test_other_programs_files_and_whole_ones_are_never_taken_for_it(name: str) -> None:
    assert not is_left_behind(name, OLD)
