"""Reviews, people, log and paper of the store in memory (内存里的审核、人员、日志、未签名填报件)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from models.domain.audit_entry import AuditEntry, chained
from models.domain.desk_user import DeskUser
from models.domain.errors import RevisionConflict, StorageProblem
from models.domain.paper_filing import PaperFiling
from models.domain.review import ReviewComment, ReviewDecision, ReviewFile, ReviewLevel
from models.store.values import fen_column
from tests.fakes.store_state import Session, as_kept, moment


class FakeReviews:
    def __init__(self, session: Session) -> None:
        self._session = session

    def file(self, filing_id: str) -> ReviewFile | None:
        return self._session.state.review_files.get(filing_id)

    def files(self, level: ReviewLevel | None = None) -> Sequence[ReviewFile]:
        kept = self._session.state.review_files
        return [kept[key] for key in sorted(kept) if level in (None, kept[key].level)]

    def files_of(self, filing_ids: Collection[str]) -> Sequence[ReviewFile]:
        return [one for one in self.files() if one.filing_id in filing_ids]

    def save_file(self, file: ReviewFile, *, expected_revision: int | None) -> ReviewFile:
        kept = self.file(file.filing_id)
        if (kept.revision if kept else None) != expected_revision:
            raise RevisionConflict("这份表刚刚由另一位审核人员处理过", "请重新打开这份表")
        saved = replace(file, revision=(expected_revision or 0) + 1)
        self._session.changing.review_files[file.filing_id] = saved
        return saved

    def add_decision(self, decision: ReviewDecision) -> None:
        moment(decision.decided_at)
        fen_column(decision.approved_fen)
        self._session.changing.review_decisions.append(decision)

    def decisions(self, filing_ids: Sequence[str] | None = None) -> Sequence[ReviewDecision]:
        kept = self._session.state.review_decisions
        return [one for one in kept if filing_ids is None or one.filing_id in filing_ids]

    def decisions_of_year(self, budget_year: int) -> Sequence[ReviewDecision]:
        filings = self._session.state.filings
        return [one for one in self.decisions() if filings[one.filing_id][0].budget_year == budget_year]

    def withdraw_decision(self, decision_id: str, at: datetime, by: str, reason: str) -> None:
        kept = self._session.changing.review_decisions
        for number, one in enumerate(kept):
            if one.decision_id == decision_id and one.is_in_force:
                kept[number] = replace(one, withdrawn_at=moment(at), withdrawn_by=by, withdrawn_reason=reason)
                return
        raise StorageProblem("这条审核决定已经撤回", "请重新打开这份表")

    def put_comment(self, comment: ReviewComment) -> None:
        moment(comment.made_at)
        self._session.changing.review_comments[comment.comment_id] = comment

    def comments(self, filing_ids: Sequence[str] | None = None) -> Sequence[ReviewComment]:
        kept = sorted(self._session.state.review_comments.values(), key=lambda c: (c.made_at, c.comment_id))
        return [one for one in kept if filing_ids is None or one.filing_id in filing_ids]


class FakeUsers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, user: DeskUser) -> None:
        self._session.changing.users[user.user_id] = replace(user, verifier=as_kept(user.verifier))

    def all(self) -> Sequence[DeskUser]:
        return list(self._session.state.users.values())


class FakeAudit:
    def __init__(self, session: Session) -> None:
        self._session = session

    def append(
        self, at: datetime, who: str, action: str, subject: str, what: str, detail: Mapping[str, Any]
    ) -> AuditEntry:
        kept = self._session.changing.audit
        entry = chained(
            kept[-1] if kept else None,
            moment(at).astimezone(UTC),
            who,
            action,
            subject,
            what,
            as_kept(detail),
        )
        kept.append(entry)
        counters = self._session.changing.counters
        counters["audit_log"] = max(counters.get("audit_log", 0) + 1, entry.number)
        return entry

    def written(self) -> int:
        return self._session.state.counters.get("audit_log", 0)

    def newest(self, count: int) -> Sequence[AuditEntry]:
        return list(reversed(self._session.state.audit))[:count]

    def oldest_first(self) -> Iterator[AuditEntry]:
        yield from self._session.state.audit


class FakePapers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, paper: PaperFiling) -> None:
        moment(paper.taken_at)
        self._session.changing.papers[paper.filing_id, paper.version] = paper

    def all(self) -> Sequence[PaperFiling]:
        kept = self._session.state.papers
        return [kept[key] for key in sorted(kept)]

    def some(self, filing_ids: Collection[str]) -> Sequence[PaperFiling]:
        return [one for one in self.all() if one.filing_id in filing_ids]

    def of(self, filing_id: str) -> Sequence[PaperFiling]:
        return [one for one in reversed(self.all()) if one.filing_id == filing_id]
