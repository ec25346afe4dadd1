"""The contract of evidence, kept by every store: attached, removed and restored, submitted, found again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.ports.evidence import EvidenceUse
from tests.store.conftest import Desk
from tests.store.samples import attached, evidence_file, figures, filing, later


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """Two filings without evidence."""
    with desk.store.writing() as work:
        for filing_id in ("F1", "F2"):
            one = filing(filing_id)
            work.filings.save(one, figures(one), expected_revision=None)
        work.commit()
    return desk


def put(desk: Desk, *items) -> None:
    with desk.store.writing() as work:
        for item in items:
            work.evidence.put(item)
        work.commit()


def test_evidence_comes_back_in_the_order_it_was_added(kept: Desk):
    items = [attached(2), attached(1), attached(3, "F2"), attached(4, added_at=later(0))]
    put(kept, *items)
    with kept.store.reading() as work:
        assert list(work.evidence.find(["F1"])) == [items[0], items[1], items[3]]
        assert list(work.evidence.find(["F1", "F2"])) == items
        assert list(work.evidence.find([])) == []
        assert work.evidence.get("E3") == items[2]
        assert work.evidence.get("nobody") is None


def test_other_words_and_removal_keep_the_order(kept: Desk):
    put(kept, attached(1), attached(2))
    put(kept, attached(1).renamed("合同.jpg", "第二次测量"))
    removed = replace(attached(2), removed_at=later(30))
    put(kept, removed)
    with kept.store.reading() as work:
        (first,) = work.evidence.find(["F1"])
        assert (first.file.name, first.file.note) == ("合同.jpg", "第二次测量")
        assert list(work.evidence.find(["F1"], in_bin=True)) == [removed]
    put(kept, attached(2))
    with kept.store.reading() as work:
        assert [item.evidence_id for item in work.evidence.find(["F1"])] == ["E1", "E2"]


def test_the_bin_of_one_filing_is_emptied_alone(kept: Desk):
    put(kept, attached(1, removed_at=later(1)), attached(2), attached(3, "F2", removed_at=later(1)))
    with kept.store.writing() as work:
        work.evidence.empty_bin("F1")
        work.commit()
    with kept.store.reading() as work:
        assert work.evidence.get("E1") is None
        assert [item.evidence_id for item in work.evidence.find(["F1", "F2"])] == ["E2"]
        assert [item.evidence_id for item in work.evidence.find(["F2"], in_bin=True)] == ["E3"]


def test_a_submission_keeps_its_own_list_and_replaces_itself(kept: Desk):
    files = [evidence_file(2), evidence_file(1, place="")]
    with kept.store.writing() as work:
        work.evidence.put_submitted("F1", 1, "aa", [evidence_file(9)])
        work.evidence.put_submitted("F1", 1, "aa", files)
        work.evidence.put_submitted("F1", 2, "bb", [])
        work.commit()
    with kept.store.reading() as work:
        assert list(work.evidence.submitted("F1", "aa")) == files
        assert list(work.evidence.submitted("F1", "bb")) == []
        assert list(work.evidence.submitted("F2", "aa")) == []


def test_uses_of_a_file_are_found_wherever_it_stands(kept: Desk):
    same = evidence_file(7)
    put(kept, attached(1, file=same), attached(2, "F2", file=replace(same, place="")), attached(3))
    put(kept, attached(4, file=same, removed_at=later(1)))
    with kept.store.writing() as work:
        work.evidence.put_submitted("F2", 1, "aa", [evidence_file(8), same])
        work.evidence.put_submitted("F2", 2, "bb", [same])
        work.commit()
    with kept.store.reading() as work:
        found = work.evidence.uses([same.sha256, "nothing"])
        assert list(found) == [
            EvidenceUse("F1", 0, same),
            EvidenceUse("F2", 0, replace(same, place="")),
            EvidenceUse("F2", 2, same),
            EvidenceUse("F2", 1, same),
        ]
        assert list(work.evidence.uses([])) == []
        assert work.evidence.digests() == {same.sha256, evidence_file(3).sha256, evidence_file(8).sha256}


def test_many_filings_at_once(kept: Desk):
    put(kept, attached(1))
    with kept.store.reading() as work:
        assert len(work.evidence.find([f"F{n}" for n in range(2000)])) == 1
        assert len(work.evidence.uses([f"{n:064x}" for n in range(2000)])) == 1


def test_evidence_belongs_to_a_filing_that_is_there(kept: Desk):
    with kept.store.writing() as work:
        work.evidence.put(attached(1, "nobody"))
        with pytest.raises(kept.broken_reference):
            work.commit()
    with kept.store.writing() as work:
        work.evidence.put_submitted("nobody", 1, "aa", [evidence_file(1)])
        with pytest.raises(kept.broken_reference):
            work.commit()


def test_a_reader_changes_nothing_and_a_dropped_write_leaves_nothing(kept: Desk):
    with kept.store.reading() as work, pytest.raises(kept.write_in_reading):
        work.evidence.put(attached(1))
    with kept.store.writing() as work:
        work.evidence.put(attached(1))
    with kept.store.reading() as work:
        assert list(work.evidence.find(["F1"])) == []
