"""Filings with answers, history and submitted versions (填报内容的存取): loaded when a form is first opened."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, delete, func, insert, select, update

from models.domain.errors import RevisionConflict
from models.store.content_tables import answer_history, filing_contents, submitted_versions
from models.store.filing_queries import fitting
from models.store.filing_rows import (
    change_row,
    contents_row,
    filing_row,
    read_change,
    read_filing,
    read_version,
    version_row,
)
from models.store.indicator_rows import find_indicator_rows, write_indicator_rows
from models.store.row_writing import change_known, inserting
from models.store.tables import filings
from models.store.values import moment_column, read_json

if TYPE_CHECKING:
    from models.domain.filing import AnswerChange, Filing, FilingStatus
    from services.ports.store import (
        FilingFigures,
        FilingQuery,
        IndicatorRow,
        SubmittedVersion,
    )

_SAME_VERSION = delete(submitted_versions).where(
    submitted_versions.c.filing_id == bindparam("filing_id"),
    submitted_versions.c.version == bindparam("version"),
    submitted_versions.c.manifest_sha256 == bindparam("manifest_sha256"),
)
_KNOWN = select(filings.c.filing_id).where(filings.c.filing_id == bindparam("filing_id"))


class SqlFilingContents:
    """Filings with what was filled in (填报内容): contents beside the short rows, changes appended."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, filing_id: str) -> Filing | None:
        """One filing."""
        found = self._connection.execute(_ONE, {"filing_id": filing_id}).first()
        return None if found is None else read_filing(found)

    def find(self, query: FilingQuery) -> Sequence[Filing]:
        """Filings that fit, by unit, project, task; answers included."""
        return [read_filing(row) for row in self._connection.execute(fitting(_with_contents(), query))]

    def answer_parts(self, query: FilingQuery, key: str) -> dict[str, Any]:
        """One answer of the filings that fit by filing id, without reading the others where the database can take it out.

        PostgreSQL refuses JSON that speaks of NUL, which answers may; there the whole is read.
        """
        of_it = filing_contents.c.filing_id == filings.c.filing_id
        wanted = select(filings.c.filing_id, self._part(key)).join(filing_contents, of_it)
        return self._parts(fitting(wanted, query).order_by(None), key)

    def answer_parts_of(self, filing_ids: Collection[str], key: str) -> dict[str, Any]:
        """Like `answer_parts`, of some filings by their ids."""
        own = filing_contents.c.filing_id
        return self._parts(select(own, self._part(key)).where(own.in_(filing_ids)), key)

    def _part(self, key: str) -> ColumnElement[Any]:
        """What is read of the answers: the one asked for in a list of its own, or everything."""
        answers = filing_contents.c.answers
        if self._connection.dialect.name != "sqlite":
            return answers
        return func.json_array(func.json_extract(answers, f"$.{key}"))

    def _parts(self, wanted: Select[Any], key: str) -> dict[str, Any]:
        """The answer by filing id, where it is a list or an object."""
        is_sqlite = self._connection.dialect.name == "sqlite"
        found = self._connection.execute(wanted).all()
        read = ((filing_id, read_json(text)) for filing_id, text in found)
        parts = {filing_id: whole[0] if is_sqlite else whole.get(key) for filing_id, whole in read}
        return {filing_id: part for filing_id, part in parts.items() if isinstance(part, (list, dict))}

    def indicator_rows(self, query: FilingQuery) -> Sequence[IndicatorRow]:
        """Indicator rows of the same filings."""
        return find_indicator_rows(self._connection, query)

    def save(self, filing: Filing, figures: FilingFigures, *, expected_revision: int | None) -> Filing:
        """Insert (expected None) or update when the stored revision is the expected one; the saved filing.

        Raises RevisionConflict when it is not, and changes nothing.
        """
        saved = replace(filing, revision=(expected_revision or 0) + 1)
        row = filing_row(saved, figures)
        contents = contents_row(saved)
        if expected_revision is None:
            self._insert(row, contents)
        else:
            self._update(row, contents, expected_revision)
        write_indicator_rows(self._connection, saved.filing_id, figures.indicator_rows)
        return saved

    def set_status(self, filing_id: str, status: FilingStatus, at: datetime) -> Filing:
        """Move a stored filing to another state, answers and figures untouched; the filing as it now stands.

        Counts as a save: a window that still holds the older revision is told so. StorageProblem when the
        filing is not there.
        """
        statement = update(filings).where(filings.c.filing_id == filing_id)
        moved = statement.values(
            status=status.value, revision=filings.c.revision + 1, updated_at=moment_column(at)
        )
        change_known(self._connection, moved, "份填报件")
        return read_filing(
            self._connection.execute(_with_contents().where(filings.c.filing_id == filing_id)).one()
        )

    def add_history(self, changes: Sequence[AnswerChange]) -> None:
        """Keep changes of answers; they are only ever appended."""
        if changes:
            self._connection.execute(insert(answer_history), [change_row(change) for change in changes])

    def history(self, filing_id: str, path: str | None = None) -> Sequence[AnswerChange]:
        """Changes of a filing (or of one place), newest first."""
        wanted = select(answer_history).where(answer_history.c.filing_id == filing_id)
        if path is not None:
            wanted = wanted.where(answer_history.c.path == path)
        found = self._connection.execute(wanted.order_by(answer_history.c.change_number.desc()))
        return [read_change(row) for row in found]

    def add_version(self, version: SubmittedVersion) -> None:
        """Keep one submission of a filing; the same one given again replaces itself."""
        row = version_row(version)
        same = {name: row[name] for name in ("filing_id", "version", "manifest_sha256")}
        self._connection.execute(_SAME_VERSION, same)
        self._connection.execute(inserting(submitted_versions), row)

    def versions(self, filing_id: str) -> Sequence[SubmittedVersion]:
        """Submissions of a filing, newest first."""
        table = submitted_versions.c
        found = self._connection.execute(
            select(submitted_versions)
            .where(table.filing_id == filing_id)
            .order_by(table.version.desc(), table.version_number.desc())
        )
        return [read_version(row) for row in found]

    def _insert(self, row: dict[str, Any], contents: dict[str, Any]) -> None:
        """A filing's first save."""
        if self._connection.execute(_KNOWN, {"filing_id": row["filing_id"]}).first() is not None:
            raise _conflict()
        self._connection.execute(inserting(filings), row)
        self._connection.execute(inserting(filing_contents), contents)

    def _update(self, row: dict[str, Any], contents: dict[str, Any], expected_revision: int) -> None:
        """Any later save: the condition on the revision and the change are one statement."""
        key = {"known_id": row["filing_id"], "known_revision": expected_revision}
        changed = update(filings).where(
            filings.c.filing_id == bindparam("known_id"), filings.c.revision == bindparam("known_revision")
        )
        if self._connection.execute(changed, {**row, **key}).rowcount == 0:
            raise _conflict()
        mine = filing_contents.c.filing_id == bindparam("known_id")
        self._connection.execute(
            update(filing_contents).where(mine), {**contents, "known_id": row["filing_id"]}
        )


def _with_contents() -> Select[Any]:
    """Filings joined with what was filled in."""
    contents = filing_contents.c
    return select(filings, contents.answers, contents.explanations).join(
        filing_contents, contents.filing_id == filings.c.filing_id
    )


_ONE = _with_contents().where(filings.c.filing_id == bindparam("filing_id"))


def _conflict() -> RevisionConflict:
    return RevisionConflict(
        "这份表已经在别的窗口保存过，这次没有覆盖", "请重新打开这份表，核对后再改", "填报件"
    )
