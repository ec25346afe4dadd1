"""The step to version 6 (第6版数据升级): reviews, people, the log, filings from plain workbooks."""

from __future__ import annotations

from sqlalchemy import Connection, text

_REFERENCE = (
    "FOREIGN KEY(filing_id) REFERENCES filings (filing_id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED)"
)


def _texts(*names: str) -> str:
    """Columns of text that are never NULL."""
    return " ".join(f"{name} TEXT NOT NULL DEFAULT ''," for name in names)


_REVIEWS = (
    (
        "CREATE TABLE review_files (filing_id TEXT NOT NULL, version INTEGER NOT NULL DEFAULT '0',"
        f" {_texts('level', 'office', 'assigned_to')} revision INTEGER NOT NULL DEFAULT '0', updated_at TEXT,"
        f" PRIMARY KEY (filing_id), {_REFERENCE}"
    ),
    "CREATE INDEX review_files_level ON review_files (level, office)",
    (
        "CREATE TABLE review_decisions (decision_number INTEGER NOT NULL, decision_id TEXT NOT NULL DEFAULT '',"
        " filing_id TEXT NOT NULL, version INTEGER NOT NULL DEFAULT '0',"
        f" {_texts('level', 'outcome', 'opinion', 'decided_by', 'decided_at', 'grade', 'points', 'conclusion')}"
        " submitted_fen BIGINT, approved_fen BIGINT, is_signed_elsewhere INTEGER NOT NULL DEFAULT '0',"
        f" withdrawn_at TEXT, {_texts('withdrawn_by', 'withdrawn_reason')} PRIMARY KEY (decision_number),"
        f" {_REFERENCE}"
    ),
    "CREATE UNIQUE INDEX review_decisions_key ON review_decisions (decision_id)",
    "CREATE INDEX review_decisions_filing ON review_decisions (filing_id)",
    (
        "CREATE TABLE review_comments (comment_id TEXT NOT NULL, filing_id TEXT NOT NULL,"
        " version INTEGER NOT NULL DEFAULT '0',"
        f" {_texts('level', 'place', 'label', 'text', 'author', 'made_at', 'seen', 'proposed')}"
        f" is_compulsory INTEGER NOT NULL DEFAULT '0', {_texts('state', 'answer', 'answered_by')}"
        f" answered_at TEXT, settled_at TEXT, PRIMARY KEY (comment_id), {_REFERENCE}"
    ),
    "CREATE INDEX review_comments_filing ON review_comments (filing_id)",
)

_DESK = (
    "ALTER TABLE packages ADD COLUMN carrier_sha256 TEXT NOT NULL DEFAULT ''",
    (
        "CREATE TABLE desk_users (user_id TEXT NOT NULL, position INTEGER NOT NULL DEFAULT '0',"
        f" {_texts('name')} roles TEXT NOT NULL DEFAULT '[]', {_texts('office')}"
        " verifier TEXT NOT NULL DEFAULT 'null', is_active INTEGER NOT NULL DEFAULT '0',"
        " must_change INTEGER NOT NULL DEFAULT '0', changed_at TEXT, PRIMARY KEY (user_id))"
    ),
    (
        f"CREATE TABLE audit_log (number INTEGER NOT NULL, {_texts('at', 'who', 'action', 'subject', 'what')}"
        f" detail TEXT NOT NULL DEFAULT '{{}}', {_texts('previous', 'digest')} PRIMARY KEY (number))"
    ),
    (
        "CREATE TABLE paper_filings (filing_id TEXT NOT NULL, version INTEGER NOT NULL,"
        f" {_texts('file_name', 'sha256', 'taken_by', 'taken_at')} paper_came_on TEXT,"
        f" could_not_read INTEGER NOT NULL DEFAULT '0', PRIMARY KEY (filing_id, version), {_REFERENCE}"
    ),
)


def review(connection: Connection) -> None:
    """Reviews, people, the log, filings from plain workbooks, packages that came inside another; nothing older had any."""
    for statement in (*_REVIEWS, *_DESK):
        connection.execute(text(statement))
