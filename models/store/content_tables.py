"""Tables of what is filled in, attached, sent and received (填报内容、佐证、名录、批复、报送等数据表); same rules as
`models.store.tables`.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from models.store.tables import metadata, number_column, reference_column, text_column

units = Table(
    "units",
    metadata,
    Column("code", Text, primary_key=True),
    text_column("name"),
    text_column("department_code"),
    text_column("department_name"),
    text_column("bureau_office"),
    text_column("category"),
    text_column("contact_name"),
    text_column("contact_phone"),
    text_column("duties"),
)

register_entries = Table(
    "register_entries",
    metadata,
    Column("budget_year", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    text_column("project_code"),
    text_column("project_name"),
    text_column("unit_code"),
    text_column("category"),
    text_column("bureau_office"),
    Column("budget_fen", BigInteger),
    text_column("fund_type"),
    text_column("forms_due", "[]"),
    text_column("exempt_reason"),
    Index("register_entries_unit", "budget_year", "unit_code"),
)

filing_contents = Table(
    "filing_contents",
    metadata,
    reference_column("filing_id", "filings.filing_id", is_key=True),
    text_column("explanations", "{}"),
    text_column("answers", "{}"),
)

indicator_rows = Table(
    "indicator_rows",
    metadata,
    reference_column("filing_id", "filings.filing_id", is_key=True),
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
    reference_column("filing_id", "filings.filing_id"),
    text_column("path"),
    text_column("before", "null"),
    text_column("after", "null"),
    text_column("changed_at"),
    text_column("changed_by"),
    Index("answer_history_place", "filing_id", "path"),
)

submitted_versions = Table(
    "submitted_versions",
    metadata,
    Column("version_number", Integer, primary_key=True),
    reference_column("filing_id", "filings.filing_id"),
    number_column("version"),
    text_column("manifest_sha256"),
    text_column("answers", "{}"),
    text_column("explanations", "{}"),
    text_column("findings", "[]"),
    text_column("at"),
    Index("submitted_versions_key", "filing_id", "version", "manifest_sha256", unique=True),
)

evidence = Table(
    "evidence",
    metadata,
    Column("evidence_number", Integer, primary_key=True),
    text_column("evidence_id"),
    reference_column("filing_id", "filings.filing_id"),
    text_column("place"),
    text_column("name"),
    Column("size", BigInteger, nullable=False, server_default="0"),
    text_column("sha256"),
    text_column("note"),
    text_column("added_at"),
    text_column("added_by"),
    Column("removed_at", Text),
    Index("evidence_key", "evidence_id", unique=True),
    Index("evidence_filing", "filing_id"),
    Index("evidence_digest", "sha256"),
)

submitted_evidence = Table(
    "submitted_evidence",
    metadata,
    reference_column("filing_id", "filings.filing_id", is_key=True),
    Column("manifest_sha256", Text, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    number_column("version"),
    text_column("place"),
    text_column("name"),
    Column("size", BigInteger, nullable=False, server_default="0"),
    text_column("sha256"),
    text_column("note"),
    Index("submitted_evidence_digest", "sha256"),
)

approvals = Table(
    "approvals",
    metadata,
    Column("approval_number", Integer, primary_key=True),
    text_column("unit_code"),
    text_column("project_id"),
    number_column("budget_year"),
    text_column("form_id"),
    text_column("document_number"),
    Column("approved_on", Text),
    Column("amount_fen", BigInteger),
    text_column("answers", "{}"),
    number_column("adjustments"),
    number_column("is_by_hand"),
    text_column("noted_at"),
    text_column("noted_by"),
    Column("withdrawn_at", Text),
    Index("approvals_place", "unit_code", "project_id", "budget_year", "form_id"),
    Index("approvals_year", "budget_year", "unit_code"),
)
"""Approved targets; only ever appended to, the last one of a place that was not withdrawn is in force."""

payment_ledger = Table(
    "payment_ledger",
    metadata,
    Column("line_number", Integer, primary_key=True),
    text_column("unit_code"),
    text_column("project_code"),
    number_column("budget_year"),
    Column("spending_fen", BigInteger, nullable=False, server_default="0"),
    Column("as_of", Text),
    text_column("source"),
    text_column("taken_at"),
    text_column("batch_id"),
    Index("payment_ledger_place", "unit_code", "project_code", "budget_year"),
    Index("payment_ledger_year", "budget_year", "unit_code"),
    Index("payment_ledger_batch", "batch_id"),
)
"""What payment progress lists say, list after list; the line taken in last counts."""

platform_batches = Table(
    "platform_batches",
    metadata,
    Column("batch_number", Integer, primary_key=True),
    text_column("batch_id"),
    text_column("kinds", "[]"),
    text_column("file_name"),
    number_column("line_count"),
    text_column("taken_at"),
    text_column("taken_by"),
    text_column("undo", "{}"),
    Column("taken_back_at", Text),
    Index("platform_batches_key", "batch_id", unique=True),
)
"""Files taken over from the integrated platform, with what stood before."""

packages = Table(
    "packages",
    metadata,
    Column("manifest_sha256", Text, primary_key=True),
    text_column("direction"),
    text_column("message_type"),
    text_column("unit_code"),
    text_column("unit_name"),
    number_column("working_year"),
    number_column("number"),
    text_column("file_name"),
    text_column("source_path"),
    text_column("archive_name"),
    Column("size", BigInteger, nullable=False, server_default="0"),
    text_column("payload_sha256"),
    text_column("signer", "{}"),
    text_column("verdict", "{}"),
    text_column("filing_versions", "[]"),
    text_column("at"),
    text_column("receipt_sha256"),
    text_column("carrier_sha256"),
    Index("packages_direction", "direction", "message_type", "at"),
    Index("packages_unit", "unit_code", "working_year"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("path", Text, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False, server_default="0"),
    text_column("verdict"),
    text_column("reasons", "[]"),
    text_column("unit_code"),
    text_column("message_type"),
    text_column("signer", "{}"),
    text_column("at"),
    text_column("claims", "{}"),
)

intake_decisions = Table(
    "intake_decisions",
    metadata,
    Column("decision_number", Integer, primary_key=True),
    reference_column("filing_id", "filings.filing_id"),
    number_column("is_adopted"),
    text_column("kept_sha256"),
    number_column("kept_version"),
    text_column("came_sha256"),
    number_column("came_version"),
    text_column("reason"),
    text_column("decided_by"),
    text_column("at"),
    Index("intake_decisions_filing", "filing_id"),
)
"""What the bureau decided on versions that contradict each other; only ever appended to."""

certificates = Table(
    "certificates",
    metadata,
    Column("serial", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    text_column("unit_code"),
    text_column("pem"),
    text_column("at"),
    Column("revoked_at", Text),
    Index("certificates_unit", "unit_code"),
)
