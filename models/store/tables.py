"""Tables of a workspace (数据表): plain text, whole numbers and nothing a database could round.

Amounts are BIGINT in 分; moments are UTC text that sorts as time does; JSON is canonical text. Scores,
weights and rates are text, as they travel. Only what is asked for in queries has columns of its own; what a
person filled in is `filing_contents`, apart from `filings`, so that lists read short rows.

References are checked at commit (deferred), so the order of writes within a unit of work is free.
`filings.project_id` refers to nothing: a bureau receives filings of projects it has not registered.

Here stand the tables that a desk's first picture is read from; the others are `content_tables` and `review_tables`,
made when they are first asked for, because making one takes longer than reading it.

Whoever changes a table adds a step to `models.store.migrations` (docs/store.md).
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData()


def text_column(name: str, default: str = "") -> Column[str]:
    """A text column that is never NULL."""
    return Column(name, Text, nullable=False, server_default=default)


def number_column(name: str) -> Column[int]:
    """A whole-number column that is never NULL, 0 unless told."""
    return Column(name, Integer, nullable=False, server_default="0")


def reference_column(name: str, target: str, *, is_key: bool = False) -> Column[str]:
    """The row this one belongs to; this one goes when it goes."""
    reference = ForeignKey(target, ondelete="CASCADE", deferrable=True, initially="DEFERRED")
    return Column(name, Text, reference, nullable=False, primary_key=is_key)


schema_versions = Table(
    "schema_versions",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    text_column("name"),
    text_column("applied_at"),
)
"""Every step the database has been through; the highest number is its version."""

settings = Table("settings", metadata, Column("key", Text, primary_key=True), text_column("value"))

counters = Table("counters", metadata, Column("name", Text, primary_key=True), number_column("value"))

kits = Table(
    "kits",
    metadata,
    Column("kit_number", Integer, primary_key=True),
    text_column("kit_id"),
    number_column("version"),
    number_column("working_year"),
    text_column("digest"),
    text_column("taken_at"),
    number_column("is_current"),
    text_column("content"),
    Index("kits_current", "working_year", "is_current"),
)

projects = Table(
    "projects",
    metadata,
    Column("project_id", Text, primary_key=True),
    number_column("position"),
    text_column("name"),
    text_column("unit_code"),
    text_column("project_code"),
    text_column("category"),
    Column("binned_at", Text),
    Index("projects_unit", "unit_code", "position"),
)

project_years = Table(
    "project_years",
    metadata,
    reference_column("project_id", "projects.project_id", is_key=True),
    Column("budget_year", Integer, primary_key=True, autoincrement=False),
    Column("budget_fen", BigInteger),
    text_column("fund_type"),
    text_column("bureau_office"),
    number_column("from_register"),
)

filings = Table(
    "filings",
    metadata,
    Column("filing_id", Text, primary_key=True),
    text_column("task_id"),
    text_column("form_id"),
    text_column("form_version"),
    number_column("budget_year"),
    text_column("unit_code"),
    text_column("project_id"),
    text_column("status"),
    number_column("version"),
    number_column("revision"),
    text_column("exempt_reason"),
    Column("updated_at", Text),
    Column("amount_fen", BigInteger),
    Column("score", Text),
    Column("grade", Text),
    number_column("progress"),
    number_column("blocking"),
    number_column("to_explain"),
    Index("filings_unit", "unit_code", "project_id", "task_id"),
    Index("filings_task", "task_id", "unit_code"),
    Index("filings_project", "project_id"),
    Index("filings_year", "budget_year", "form_id", "unit_code"),
    Index("filings_status", "status", "unit_code"),
)
