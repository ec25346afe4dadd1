"""Tables of review, people, log and paper (审核、人员、操作日志、未签名填报件的数据表); same rules as `models.store.tables`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from models.store.tables import metadata, number_column, reference_column, text_column

review_files = Table(
    "review_files",
    metadata,
    reference_column("filing_id", "filings.filing_id", is_key=True),
    number_column("version"),
    text_column("level"),
    text_column("office"),
    text_column("assigned_to"),
    number_column("revision"),
    Column("updated_at", Text),
    Index("review_files_level", "level", "office"),
)
"""Where the review of each filing stands; `revision` guards against two reviewers."""

review_decisions = Table(
    "review_decisions",
    metadata,
    Column("decision_number", Integer, primary_key=True),
    text_column("decision_id"),
    reference_column("filing_id", "filings.filing_id"),
    number_column("version"),
    text_column("level"),
    text_column("outcome"),
    text_column("opinion"),
    text_column("decided_by"),
    text_column("decided_at"),
    text_column("grade"),
    text_column("points"),
    text_column("conclusion"),
    Column("submitted_fen", BigInteger),
    Column("approved_fen", BigInteger),
    number_column("is_signed_elsewhere"),
    Column("withdrawn_at", Text),
    text_column("withdrawn_by"),
    text_column("withdrawn_reason"),
    Index("review_decisions_key", "decision_id", unique=True),
    Index("review_decisions_filing", "filing_id"),
)
"""What reviewers decided; only ever appended to, a decision taken back says why."""

review_comments = Table(
    "review_comments",
    metadata,
    Column("comment_id", Text, primary_key=True),
    reference_column("filing_id", "filings.filing_id"),
    number_column("version"),
    text_column("level"),
    text_column("place"),
    text_column("label"),
    text_column("text"),
    text_column("author"),
    text_column("made_at"),
    text_column("seen"),
    text_column("proposed"),
    number_column("is_compulsory"),
    text_column("state"),
    text_column("answer"),
    text_column("answered_by"),
    Column("answered_at", Text),
    Column("settled_at", Text),
    Index("review_comments_filing", "filing_id"),
)

desk_users = Table(
    "desk_users",
    metadata,
    Column("user_id", Text, primary_key=True),
    number_column("position"),
    text_column("name"),
    text_column("roles", "[]"),
    text_column("office"),
    text_column("verifier", "null"),
    number_column("is_active"),
    number_column("must_change"),
    Column("changed_at", Text),
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    text_column("at"),
    text_column("who"),
    text_column("action"),
    text_column("subject"),
    text_column("what"),
    text_column("detail", "{}"),
    text_column("previous"),
    text_column("digest"),
)
"""What was done at the desk, each entry bound to the one before; only ever appended to."""

paper_filings = Table(
    "paper_filings",
    metadata,
    reference_column("filing_id", "filings.filing_id", is_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    text_column("file_name"),
    text_column("sha256"),
    text_column("taken_by"),
    text_column("taken_at"),
    Column("paper_came_on", Text),
    number_column("could_not_read"),
)
"""Versions taken in from plain workbooks, unsigned; the stamped paper counts."""
