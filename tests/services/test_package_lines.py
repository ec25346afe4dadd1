"""The bureau's list: what was taken in and what waits, newest first, in the words and the hour of the desk."""

from __future__ import annotations

from datetime import timedelta

from models.domain.verdict import VerdictWord
from services import filings, receipts
from services.intake_rows import IntakeRow
from services.job import JobContext
from services.key_registration import register_and_receive
from services.package_lines import PackageLine, package_lines
from services.workspaces import Workspace
from tests.services.county import County, opened


def lines(county: County) -> list[PackageLine]:
    return list(package_lines(county.bureau))


def test_a_first_meeting_then_received_then_answered(county: County, town: Workspace) -> None:
    path = county.sealed(town, county.filled(town, 3))
    county.receive(path)
    (waiting,) = lines(county)
    assert (waiting.word, waiting.is_received, waiting.can_register) == (
        VerdictWord.CANNOT_JUDGE,
        False,
        True,
    )
    assert waiting.unit_name == town.profile.unit.name
    assert "3 份" in waiting.contents or "2 份" in waiting.contents
    assert waiting.needs_attention
    assert waiting.file_name == path.name
    assert waiting.at.isoformat() == "2026-09-01T09:00:00+08:00"
    assert waiting.filing_count == 3  # known from the note, so also after a restart
    assert waiting.claimed.startswith(f"{town.profile.unit.name}（{town.profile.unit.code}），报送文件，")
    assert not waiting.is_unit_claimed

    assert waiting.waiting is not None
    heard: list[IntakeRow] = []
    register_and_receive(county.bureau, county.keys, waiting.waiting, JobContext(), heard.append)
    assert [row.outcome.label for row in heard] == ["已接收"]
    (received,) = lines(county)
    assert (received.is_received, received.can_open, received.awaits_receipt) == (True, True, True)
    assert (received.remark, received.filing_count, received.needs_attention) == ("已接收", 3, False)
    (record,) = receipts.without_receipt(county.bureau)
    receipts.issue_receipt(county.bureau, record, county.keys.bureau, county.stick)
    (answered,) = lines(county)
    assert (answered.remark, answered.awaits_receipt) == ("已接收，已开具回执", False)


def test_versions_say_which_replaced_which(county: County, town: Workspace) -> None:
    (filing_id,) = county.filled(town)
    county.accepted(town, [filing_id])
    filings.reopen(town, opened(town, filing_id))
    county.tools.clock.moment += timedelta(hours=1)
    county.receive(county.sealed(town, [filing_id]))
    newer, older = lines(county)
    assert (newer.remark, newer.version) == ("已接收，替换第 1 版", 2)
    assert (older.remark, older.version) == ("已被第 2 版替换", 1)


def test_the_reason_shown_is_the_one_that_named_the_verdict(county: County, town: Workspace) -> None:
    """Not registered, and another unit's code inside: the second is what is wrong with it."""
    import json

    path = county.sealed(town, county.filled(town))
    payload = json.loads(path.read_text("utf-8"))["payload"]
    payload["unit_code"] = payload["filings"][0]["unit_code"] = "821001"
    county.receive(county.forged(town, payload))
    (line,) = lines(county)
    assert line.word is VerdictWord.INVALID_SIGNATURE
    assert line.reasons[0].code == "unit_mismatch"
    assert line.remark.startswith("内容里的单位与签名证书的单位不同")
