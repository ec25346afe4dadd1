"""Tables of a workspace (数据表): plain text, whole numbers and nothing a database could round.

Amounts are BIGINT in 分; moments are UTC text that sorts as time does; JSON is canonical text. Scores,
weights and rates are text, as they travel. Only what is asked for in queries has columns of its own; what a
person filled in is `filing_contents`, apart from `filings`, so that lists read short rows.

References are checked at commit (deferred), so the order of writes within a unit of work is free.
`filings.project_id` refers to nothing: a bureau receives filings of projects it has not registered.

Whoever changes a table here adds a step to `models.store.migrations` (docs/store.md).
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData()


def _text(name: str, default: str = "") -> Column[str]:
    """A text column that is never NULL."""
    return Column(name, Text, nullable=False, server_default=default)


def _number(name: str) -> Column[int]:
    """A whole-number column that is never NULL, 0 unless told."""
    return Column(name, Integer, nullable=False, server_default="0")


def _reference(name: str, target: str, *, is_key: bool = False) -> Column[str]:
    """The row this one belongs to; this one goes when it goes."""
    reference = ForeignKey(target, ondelete="CASCADE", deferrable=True, initially="DEFERRED")
    return Column(name, Text, reference, nullable=False, primary_key=is_key)


schema_versions = Table(
    "schema_versions",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    _text("name"),
    _text("applied_at"),
)
"""Every step the database has been through; the highest number is its version."""

settings = Table("settings", metadata, Column("key", Text, primary_key=True), _text("value"))

counters = Table("counters", metadata, Column("name", Text, primary_key=True), _number("value"))

kits = Table(
    "kits",
    metadata,
    Column("kit_number", Integer, primary_key=True),
    _text("kit_id"),
    _number("version"),
    _number("working_year"),
    _text("digest"),
    _text("taken_at"),
    _number("is_current"),
    _text("content"),
    Index("kits_current", "working_year", "is_current"),
)

units = Table(
    "units",
    metadata,
    Column("code", Text, primary_key=True),
    _text("name"),
    _text("department_code"),
    _text("department_name"),
    _text("bureau_office"),
    _text("category"),
    _text("contact_name"),
    _text("contact_phone"),
    _text("duties"),
)

register_entries = Table(
    "register_entries",
    metadata,
    Column("budget_year", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _text("project_code"),
    _text("project_name"),
    _text("unit_code"),
    _text("category"),
    _text("bureau_office"),
    Column("budget_fen", BigInteger),
    _text("fund_type"),
    _text("forms_due", "[]"),
    _text("exempt_reason"),
    Index("register_entries_unit", "budget_year", "unit_code"),
)

projects = Table(
    "projects",
    metadata,
    Column("project_id", Text, primary_key=True),
    _number("position"),
    _text("name"),
    _text("unit_code"),
    _text("project_code"),
    _text("category"),
    Column("binned_at", Text),
    Index("projects_unit", "unit_code", "position"),
)

project_years = Table(
    "project_years",
    metadata,
    _reference("project_id", "projects.project_id", is_key=True),
    Column("budget_year", Integer, primary_key=True, autoincrement=False),
    Column("budget_fen", BigInteger),
    _text("fund_type"),
    _text("bureau_office"),
    _number("from_register"),
)

filings = Table(
    "filings",
    metadata,
    Column("filing_id", Text, primary_key=True),
    _text("task_id"),
    _text("form_id"),
    _text("form_version"),
    _number("budget_year"),
    _text("unit_code"),
    _text("project_id"),
    _text("status"),
    _number("version"),
    _number("revision"),
    _text("exempt_reason"),
    Column("updated_at", Text),
    Column("amount_fen", BigInteger),
    Column("score", Text),
    Column("grade", Text),
    _number("progress"),
    _number("blocking"),
    _number("to_explain"),
    Index("filings_unit", "unit_code", "project_id", "task_id"),
    Index("filings_task", "task_id", "unit_code"),
    Index("filings_project", "project_id"),
    Index("filings_year", "budget_year", "form_id", "unit_code"),
    Index("filings_status", "status", "unit_code"),
)

filing_contents = Table(
    "filing_contents",
    metadata,
    _reference("filing_id", "filings.filing_id", is_key=True),
    _text("explanations", "{}"),
    _text("answers", "{}"),
)

indicator_rows = Table(
    "indicator_rows",
    metadata,
    _reference("filing_id", "filings.filing_id", is_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("row_id", Text),
    Column("first_level", Text),
    Column("second_level", Text),
    Column("third_level", Text),
    Column("comparator", Text),
    Column("planned_value", Text),
    Column("measure_unit", Text),
    Column("weight", Text),
    Column("direction", Text),
    Column("actual_value", Text),
    Column("others", Text),
    Index("indicator_rows_level", "first_level", "second_level"),
)

answer_history = Table(
    "answer_history",
    metadata,
    Column("change_number", Integer, primary_key=True),
    _reference("filing_id", "filings.filing_id"),
    _text("path"),
    _text("before", "null"),
    _text("after", "null"),
    _text("changed_at"),
    _text("changed_by"),
    Index("answer_history_place", "filing_id", "path"),
)

submitted_versions = Table(
    "submitted_versions",
    metadata,
    Column("version_number", Integer, primary_key=True),
    _reference("filing_id", "filings.filing_id"),
    _number("version"),
    _text("manifest_sha256"),
    _text("answers", "{}"),
    _text("explanations", "{}"),
    _text("findings", "[]"),
    _text("at"),
    Index("submitted_versions_key", "filing_id", "version", "manifest_sha256", unique=True),
)

evidence = Table(
    "evidence",
    metadata,
    Column("evidence_number", Integer, primary_key=True),
    _text("evidence_id"),
    _reference("filing_id", "filings.filing_id"),
    _text("place"),
    _text("name"),
    Column("size", BigInteger, nullable=False, server_default="0"),
    _text("sha256"),
    _text("note"),
    _text("added_at"),
    _text("added_by"),
    Column("removed_at", Text),
    Index("evidence_key", "evidence_id", unique=True),
    Index("evidence_filing", "filing_id"),
    Index("evidence_digest", "sha256"),
)

submitted_evidence = Table(
    "submitted_evidence",
    metadata,
    _reference("filing_id", "filings.filing_id", is_key=True),
    Column("manifest_sha256", Text, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _number("version"),
    _text("place"),
    _text("name"),
    Column("size", BigInteger, nullable=False, server_default="0"),
    _text("sha256"),
    _text("note"),
    Index("submitted_evidence_digest", "sha256"),
)

approvals = Table(
    "approvals",
    metadata,
    Column("approval_number", Integer, primary_key=True),
    _text("unit_code"),
    _text("project_id"),
    _number("budget_year"),
    _text("form_id"),
    _text("document_number"),
    Column("approved_on", Text),
    Column("amount_fen", BigInteger),
    _text("answers", "{}"),
    _number("adjustments"),
    _number("is_by_hand"),
    _text("noted_at"),
    _text("noted_by"),
    Column("withdrawn_at", Text),
    Index("approvals_place", "unit_code", "project_id", "budget_year", "form_id"),
    Index("approvals_year", "budget_year", "unit_code"),
)
"""Approved targets; only ever appended to, the last one of a place that was not withdrawn is in force."""

payment_ledger = Table(
    "payment_ledger",
    metadata,
    Column("line_number", Integer, primary_key=True),
    _text("unit_code"),
    _text("project_code"),
    _number("budget_year"),
    Column("spending_fen", BigInteger, nullable=False, server_default="0"),
    Column("as_of", Text),
    _text("source"),
    _text("taken_at"),
    _text("batch_id"),
    Index("payment_ledger_place", "unit_code", "project_code", "budget_year"),
    Index("payment_ledger_year", "budget_year", "unit_code"),
    Index("payment_ledger_batch", "batch_id"),
)
"""What payment progress lists say, list after list; the line taken in last counts."""

platform_batches = Table(
    "platform_batches",
    metadata,
    Column("batch_number", Integer, primary_key=True),
    _text("batch_id"),
    _text("kinds", "[]"),
    _text("file_name"),
    _number("line_count"),
    _text("taken_at"),
    _text("taken_by"),
    _text("undo", "{}"),
    Column("taken_back_at", Text),
    Index("platform_batches_key", "batch_id", unique=True),
)
"""Files taken over from the integrated platform, with what stood before."""

packages = Table(
    "packages",
    metadata,
    Column("manifest_sha256", Text, primary_key=True),
    _text("direction"),
    _text("message_type"),
    _text("unit_code"),
    _text("unit_name"),
    _number("working_year"),
    _number("number"),
    _text("file_name"),
    _text("source_path"),
    _text("archive_name"),
    Column("size", BigInteger, nullable=False, server_default="0"),
    _text("payload_sha256"),
    _text("signer", "{}"),
    _text("verdict", "{}"),
    _text("filing_versions", "[]"),
    _text("at"),
    _text("receipt_sha256"),
    Index("packages_direction", "direction", "message_type", "at"),
    Index("packages_unit", "unit_code", "working_year"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("path", Text, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False, server_default="0"),
    _text("verdict"),
    _text("reasons", "[]"),
    _text("unit_code"),
    _text("message_type"),
    _text("signer", "{}"),
    _text("at"),
    _text("claims", "{}"),
)

intake_decisions = Table(
    "intake_decisions",
    metadata,
    Column("decision_number", Integer, primary_key=True),
    _reference("filing_id", "filings.filing_id"),
    _number("is_adopted"),
    _text("kept_sha256"),
    _number("kept_version"),
    _text("came_sha256"),
    _number("came_version"),
    _text("reason"),
    _text("decided_by"),
    _text("at"),
    Index("intake_decisions_filing", "filing_id"),
)
"""What the bureau decided on versions that contradict each other; only ever appended to."""

certificates = Table(
    "certificates",
    metadata,
    Column("serial", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    _text("unit_code"),
    _text("pem"),
    _text("at"),
    Column("revoked_at", Text),
    Index("certificates_unit", "unit_code"),
)
