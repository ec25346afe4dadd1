"""The contract of reviews, people, log and paper, kept by every store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.domain.audit_entry import FIRST, first_break
from models.domain.errors import RevisionConflict, StorageProblem
from models.domain.filing import FilingStatus
from models.domain.review import CommentState, ReviewLevel
from tests.store.conftest import Desk
from tests.store.samples import (
    NOW,
    desk_user,
    figures,
    filing,
    later,
    paper,
    review_comment,
    review_decision,
    review_file,
)


@pytest.fixture
def reviewed(desk: Desk) -> Desk:
    """A store with the filing the samples speak of."""
    sent = filing("F2", status=FilingStatus.RECEIVED, version=1)
    with desk.store.writing() as work:
        work.filings.save(sent, figures(sent), expected_revision=None)
        work.commit()
    return desk


def test_of_two_reviewers_the_slower_is_told_and_changes_nothing(reviewed: Desk):
    with reviewed.store.writing() as work:
        first = work.reviews.save_file(review_file(), expected_revision=None)
        assert first == review_file(revision=1)
        faster = replace(first, level=ReviewLevel.PERFORMANCE)
        assert work.reviews.save_file(faster, expected_revision=1).revision == 2
        for expected in (1, None):
            with pytest.raises(RevisionConflict):
                work.reviews.save_file(replace(first, level=None), expected_revision=expected)
        work.commit()
    with reviewed.store.reading() as work:
        assert work.reviews.file("F2") == replace(faster, revision=2)
        assert list(work.reviews.files(ReviewLevel.PERFORMANCE)) == list(work.reviews.files())
        assert list(work.reviews.files(ReviewLevel.OFFICE)) == []
        assert work.reviews.file("F9") is None


def test_a_decision_taken_back_stays_on_record(reviewed: Desk):
    with reviewed.store.writing() as work:
        work.reviews.add_decision(review_decision(1))
        work.reviews.add_decision(review_decision(2, approved_fen=None))
        work.reviews.withdraw_decision("D1", later(5), "王芳", "误点")
        with pytest.raises(StorageProblem):
            work.reviews.withdraw_decision("D1", later(6), "王芳", "再点")
        work.commit()
    taken_back = review_decision(1, withdrawn_at=later(5), withdrawn_by="王芳", withdrawn_reason="误点")
    with reviewed.store.reading() as work:
        assert list(work.reviews.decisions(["F2"])) == [taken_back, review_decision(2, approved_fen=None)]
        assert list(work.reviews.decisions(["F1"])) == []
    assert not taken_back.is_in_force
    assert taken_back.cut_fen == 500_000


def test_a_remark_is_replaced_by_its_answer(reviewed: Desk):
    answered = review_comment(
        1, state=CommentState.ANSWERED, answer="按普查数", answered_by="张敏", answered_at=later(8)
    )
    with reviewed.store.writing() as work:
        work.reviews.put_comment(review_comment(2, place=""))
        work.reviews.put_comment(review_comment(1))
        work.reviews.put_comment(answered)
        work.commit()
    with reviewed.store.reading() as work:
        assert list(work.reviews.comments(["F2"])) == [answered, review_comment(2, place="")]


def test_people_keep_their_place(desk: Desk):
    with desk.store.writing() as work:
        work.users.put(desk_user(1))
        work.users.put(desk_user(2))
        work.users.put(desk_user(1, is_active=False, verifier=None))
        work.commit()
    with desk.store.reading() as work:
        assert list(work.users.all()) == [desk_user(1, is_active=False, verifier=None), desk_user(2)]


def test_the_log_is_a_chain(desk: Desk):
    with desk.store.writing() as work:
        for number in range(1, 4):
            work.audit.append(later(number), "李文", "review", f"F{number}", "审核通过", {"version": number})
        work.commit()
    with desk.store.reading() as work:
        entries = list(work.audit.oldest_first())
        assert list(work.audit.newest(2)) == entries[:0:-1]
        assert work.audit.written() == 3
    assert entries[0].previous == FIRST
    assert first_break(entries) is None
    assert first_break([entries[0], replace(entries[1], what="退回修改"), entries[2]]) == 2
    assert first_break([entries[0], entries[2]]) == 2
    assert first_break(entries[1:]) == 1


def test_unsigned_versions_of_a_filing(reviewed: Desk):
    with reviewed.store.writing() as work:
        work.papers.put(paper(1, paper_came_on=None))
        work.papers.put(paper(2))
        work.papers.put(paper(1))
        work.commit()
    with reviewed.store.reading() as work:
        assert list(work.papers.of("F2")) == [paper(2), paper(1)]
        assert list(work.papers.all()) == [paper(1), paper(2)]


def test_a_moment_without_zone_is_refused(reviewed: Desk):
    naive = review_decision(1, decided_at=NOW.replace(tzinfo=None))
    with reviewed.store.writing() as work, pytest.raises(ValueError, match="time zone"):
        work.reviews.add_decision(naive)
