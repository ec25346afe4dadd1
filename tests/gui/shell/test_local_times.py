"""Moments on screens and printouts: by the clock on the wall, whatever the store gives back."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.domain.review import ReviewComment, ReviewDecision, ReviewLevel, ReviewOutcome
from ui.bureau.review_words import decision_details, decision_maker
from ui.widgets.dates import full_date, full_time, short_date
from ui.wizard.remarks import words

LATE = datetime(2026, 9, 2, 20, 30, tzinfo=UTC)
"""In the evening of 2 September at Greenwich, in the early morning of 3 September here."""

ROOT = Path(__file__).parents[3]
DATES = ROOT / "ui/widgets/dates.py"
SAYS_TIME = re.compile(r":%[HYm]|strftime\(")
OWN_CLOCK = re.compile(r"\b(now|today|day|as_of)(\(\))?:%")
"""What the clock gave, and days."""
DAY_OF = re.compile(r"([\w.]+(?:\([^()]*\))?)\.date\(\)")
LOCAL = re.compile(r"^(.*\b(now|local|by_the_desk|astimezone)(\(.*\))?|field)$")


@pytest.fixture
def china(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine stands in China."""
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("china")
def test_a_moment_of_the_store_is_told_by_the_clock_here() -> None:
    assert full_date(LATE) == "2026年9月3日"
    assert short_date(LATE) == "9月3日"
    assert full_time(LATE) == "2026年9月3日 04:30"
    assert full_date(date(2026, 9, 2)) == "2026年9月2日"


@pytest.mark.usefixtures("china")
def test_the_review_record_tells_days_here() -> None:
    decision = ReviewDecision(
        "d", "F1", 2, ReviewLevel.OFFICE, ReviewOutcome.PASS, "同意。", "李文", LATE,
        withdrawn_at=LATE, withdrawn_by="李文", withdrawn_reason="看错了",
    )  # fmt: skip
    assert decision_maker(decision) == "李文 9月3日　第 2 版"
    assert "2026年9月3日 04:30撤回" in decision_details(decision)
    comment = ReviewComment("c", "F1", 2, ReviewLevel.OFFICE, "", "", "请核对。", "李文", LATE)
    assert "2026年9月3日" in words.author_words(comment)


@pytest.mark.parametrize("package", ["ui", "services"])
def test_nobody_turns_a_moment_of_the_store_into_words_by_itself(package: str) -> None:
    """On the way to people a day or a time comes from `ui.widgets.dates`, `Workspace.local` or the clock."""
    found = []
    for path in sorted((ROOT / package).rglob("*.py")):
        text = path.read_text("utf-8")
        for number, line in enumerate(text.splitlines() if path != DATES else (), 1):
            if SAYS_TIME.search(OWN_CLOCK.sub("", line)) and "local(" not in line:
                name = re.search(r"\{(\w+):%", line)
                if name is None or f"{name[1]} = workspace.local(" not in text:
                    found.append(f"{path.name}:{number}: {line.strip()}")
            for match in DAY_OF.finditer(line):
                said = match[1]
                if not LOCAL.match(said) and f"{said} = workspace.local(" not in text:
                    found.append(f"{path.name}:{number}: {line.strip()}")
    assert found == []
