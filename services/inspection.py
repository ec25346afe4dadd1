"""Looking into a payload's filings (报送内容审查): known forms, sound structure, the same checks as at the clerk's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from forms import registry
from forms.checks import catalog
from forms.context import FormContext
from forms.evidence import has_place, named_but_absent
from forms.findings import FindingCounts, count_findings
from forms.remembered import by_identity
from forms.schema import FormSpec, FormSubject
from models.domain.evidence import EvidenceFile
from models.domain.filing import Answers
from models.domain.kit import ParameterKit
from models.domain.message import MessageType
from models.domain.money import MAX_FEN
from models.domain.project import FilingTask, Project, ProjectYear, Unit
from models.domain.verdict import Reason
from services.contexts import project_year_of, register_entry
from services.exemptions import KEY, Exemption, MalformedExemptions, read_exemptions
from services.handed_out import HandedOut
from services.one_line import MAX_NAME, one_line
from services.ports.exchange import ReasonCatalogue

MAX_VERSION = 9999
"""Highest version of a filing that counts as honest: a larger one would stand in the way of every later filing."""

_MAX_ID = 64
_LONGEST_ANSWER = 2000
_SUBMISSION = MessageType.SUBMISSION.value
_MOST_NAMED = 3
"""How many attachments that are not there one sentence names."""


@dataclass(frozen=True, slots=True)
class RemarkAnswer:
    """What the unit did about a reviewer's remark (意见答复): changed the place, or answered in words."""

    comment_id: str
    answer: str
    answered_by: str
    is_changed: bool


@dataclass(frozen=True)
class ReceivedFiling:
    """One filing of a payload, read strictly (收到的填报件)."""

    filing_id: str
    task_id: str
    form_id: str
    form_version: str
    budget_year: int
    unit_code: str
    project: Project | None
    version: int
    answers: Mapping[str, Any]
    explanations: Mapping[str, str]
    findings: Sequence[Mapping[str, Any]]
    evidence: tuple[EvidenceFile, ...] = ()
    remarks: tuple[RemarkAnswer, ...] = ()


class MalformedFiling(Exception):
    """A filing in a payload that is not built as the format says (报送内容结构不符)."""


def read_filings(payload: Mapping[str, Any]) -> list[ReceivedFiling]:
    """The filings of a submission; MalformedFiling when one is not built as the format says.

    None only where the submission says instead what the unit need not file.
    """
    items = payload.get("filings")
    if not isinstance(items, list) or not (items or payload.get(KEY)):
        raise MalformedFiling("没有填报件")
    filings = [_read_filing(item) for item in items]
    if len({f.filing_id for f in filings}) != len(filings):
        raise MalformedFiling("同一份填报件出现两次")
    return filings


def _typed(item: Mapping[str, Any], key: str, kind: type) -> Any:
    """A value of exactly that type."""
    value = item.get(key)
    if type(value) is not kind:
        raise MalformedFiling(key)
    return value


def _read_filing(item: Any) -> ReceivedFiling:
    """One filing, every part of the right type."""
    if not isinstance(item, dict):
        raise MalformedFiling("filings")
    texts = {
        key: _typed(item, key, str)
        for key in ("filing_id", "task_id", "form_id", "form_version", "unit_code")
    }
    if not 0 < len(texts["filing_id"]) <= _MAX_ID:
        raise MalformedFiling("filing_id")
    version = _typed(item, "version", int)
    if not 1 <= version <= MAX_VERSION:
        raise MalformedFiling("version")
    explanations = _typed(item, "explanations", dict)
    if not all(isinstance(text, str) for text in explanations.values()):
        raise MalformedFiling("explanations")
    findings = _typed(item, "findings", list)
    if not all(_is_finding(finding) for finding in findings):
        raise MalformedFiling("findings")
    return ReceivedFiling(
        **texts,
        budget_year=_typed(item, "budget_year", int),
        project=_read_project(item.get("project"), texts["unit_code"]),
        version=version,
        answers=_typed(item, "answers", dict),
        explanations=explanations,
        findings=findings,
        evidence=_read_evidence(item.get("evidence", [])),
        remarks=_read_remarks(item.get("remarks", [])),
    )


def _read_remarks(items: Any) -> tuple[RemarkAnswer, ...]:
    """What a filing answers to remarks."""
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise MalformedFiling("remarks")
    return tuple(
        RemarkAnswer(
            _typed(item, "comment_id", str)[:MAX_NAME],
            _typed(item, "answer", str)[:_LONGEST_ANSWER],
            one_line(_typed(item, "answered_by", str))[:MAX_NAME],
            bool(_typed(item, "is_changed", str)),
        )
        for item in items
    )


def _read_evidence(items: Any) -> tuple[EvidenceFile, ...]:
    """What a filing lists as evidence; the strict reader has held it against the package's members."""
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise MalformedFiling("evidence")
    return tuple(
        EvidenceFile(
            _typed(item, "place", str),
            _typed(item, "name", str),
            _typed(item, "size", int),
            _typed(item, "sha256", str),
            _typed(item, "note", str),
        )
        for item in items
    )


def _is_finding(item: Any) -> bool:
    """Whether a finding is built as `Finding.to_json` builds it: texts throughout."""
    return isinstance(item, dict) and all(isinstance(value, str) for value in item.values())


def _read_project(item: Any, unit_code: str) -> Project | None:
    """The project a filing is about, None for a form of the unit as a whole.

    Its texts go into lists, so blanks and control characters are smoothed; the answers keep their spelling.
    """
    if item is None:
        return None
    if not isinstance(item, dict):
        raise MalformedFiling("project")
    texts = {key: _typed(item, key, str) for key in ("project_id", "name", "project_code", "category")}
    if not 0 < len(texts["project_id"]) <= _MAX_ID or not texts["project_id"].isprintable():
        raise MalformedFiling("project_id")
    if any(len(text) > MAX_NAME for text in texts.values()):
        raise MalformedFiling("project")
    return Project(unit_code=unit_code, **{key: one_line(text) for key, text in texts.items()})


class _Shape(NamedTuple):
    """What may stand in a form's answers (报送内容的结构): keys of texts, of money, and of tables with their columns.

    A table comes with its columns, `row_id` among them, and those of them that hold money.
    """

    texts: frozenset[str]
    money: frozenset[str]
    tables: Mapping[str, tuple[frozenset[str], frozenset[str]]]


@by_identity(64)
def _shape(form: FormSpec) -> _Shape:
    """The shape of a declaration, settled once for all filings."""
    keys = frozenset(spec.key for spec in form.fields())
    money = frozenset(filter(_is_money, keys))
    tables = {
        table.key: (
            frozenset(column.key for column in table.columns) | {"row_id"},
            frozenset(column.key for column in table.columns if _is_money(column.key)),
        )
        for table in form.tables()
    }
    return _Shape(keys - money, money, tables)


def answers_fit(form: FormSpec, answers: Mapping[str, Any]) -> bool:
    """Whether answers have the declared shape: known keys, tables of rows with ids, money whole 分."""
    shape = _shape(form)
    for key, value in answers.items():
        if key in shape.texts:
            if not (value is None or isinstance(value, str)):
                return False
        elif key in shape.money:
            if not _value_fits(key, value):
                return False
        elif key not in shape.tables or not _rows_fit(*shape.tables[key], value):
            return False
    return True


def _rows_fit(columns: frozenset[str], money: frozenset[str], rows: Any) -> bool:
    """Rows are objects with an own `row_id` and declared columns."""
    if not isinstance(rows, list):
        return False
    ids = set()
    for row in rows:
        if not isinstance(row, dict) or not row.keys() <= columns or not isinstance(row.get("row_id"), str):
            return False
        ids.add(row["row_id"])
        if money or not _TEXTS.issuperset(map(type, row.values())):
            for key, value in row.items():
                if not _value_fits(key, value):
                    return False
    return len(ids) == len(rows)


_TEXTS = frozenset({str, type(None)})


def _is_money(key: str) -> bool:
    """Whether a key is one of money: all of them end alike, and no others do."""
    return key.endswith("_fen")


def _value_fits(key: str, value: Any) -> bool:
    """Money is a whole number of 分 within bounds, everything else text; None stands for blank."""
    if value is None:
        return True
    if _is_money(key):
        return type(value) is int and abs(value) <= MAX_FEN
    return isinstance(value, str)


LastYear = Callable[[ReceivedFiling], Answers | None]
"""What a desk keeps of the same form and project for the budget year before (上年填报内容)."""


def nothing_kept(_filing: ReceivedFiling) -> Answers | None:
    """A reader alone keeps nothing of last year."""
    return None


class _Place(NamedTuple):
    """Where a received filing belongs (归属): who handed its task out, and whose it is."""

    kit: ParameterKit
    task: FilingTask
    unit: Unit

    def context(
        self, filing: ReceivedFiling, previous: Answers | None, first: Answers | None, ex_ante: bool | None
    ) -> FormContext:
        """The background of the filing there, with what the desk keeps of the year before and the first round."""
        entry = register_entry(self.kit, filing.project, filing.budget_year)
        year = None
        if filing.project is not None:
            project_id = filing.project.project_id
            year = (
                project_year_of(entry, project_id) if entry else ProjectYear(project_id, filing.budget_year)
            )
        return FormContext(
            self.kit,
            self.task,
            self.unit,
            filing.project,
            year,
            entry,
            previous_answers=previous,
            has_ex_ante_evaluation=ex_ante,
            evidence=filing.evidence,
            first_round=first,
        )


def _place_of(known: HandedOut, filing: ReceivedFiling) -> _Place | None:
    """Where a filing belongs by the kit that handed its task out; None for a task or unit not known."""
    handed, unit = known.handed(filing.task_id), known.unit(filing.unit_code)
    return None if handed is None or unit is None else _Place(*handed, unit)


def context_of(known: HandedOut, filing: ReceivedFiling) -> FormContext | None:
    """The background of a received filing by the kit that handed its task out; None for a task or unit not known."""
    place = _place_of(known, filing)
    return place.context(filing, None, None, None) if place else None


@dataclass
class Inspection:
    """What the strict reader asks about a payload's filings (内容审查): forms known, shape sound, nothing that blocks.

    Without `known` (command line `verify`) only forms and shapes are judged. Texts are held against what `last_year`
    finds (C8), a second round against what `first_round` finds (C51); the note that comes of it refuses nothing, for the
    filer's desk may keep nothing of either and could not have asked for an explanation. `filings`, `exemptions` (None
    where the payload carries no such list) and `counts` keep what was read of the last payload, so that intake need not
    read it again; no counts for a filing whose task or unit is not known here.
    """

    reasons: ReasonCatalogue
    known: HandedOut | None = None
    last_year: LastYear = nothing_kept
    first_round: LastYear = nothing_kept
    filings: tuple[ReceivedFiling, ...] = ()
    exemptions: tuple[Exemption, ...] | None = None
    counts: dict[str, FindingCounts] = field(default_factory=dict)
    _contexts: dict[str, FormContext] = field(default_factory=dict, init=False, repr=False)

    def __call__(self, payload: Mapping[str, Any]) -> Sequence[Reason]:
        """Reasons against the payload's filings, each code once."""
        self.filings, self.exemptions, self.counts, self._contexts = (), None, {}, {}
        if payload.get("message_type") != _SUBMISSION:
            return ()
        try:
            self.filings = tuple(read_filings(payload))
            self.exemptions = read_exemptions(payload)
        except (MalformedFiling, MalformedExemptions):
            return (self.reasons.reason("payload_type"),)
        codes = dict.fromkeys(code for filing in self.filings if (code := self._against(filing, payload)))
        found = [self.reasons.reason(code) for code in codes]
        return (*found, *(note for filing in self.filings for note in self._not_enclosed(filing)))

    def _against(self, filing: ReceivedFiling, payload: Mapping[str, Any]) -> str:
        """The reason code against one filing, "" when there is none."""
        if filing.unit_code != payload.get("unit_code"):
            return "unit_mismatch"
        if not registry.has(filing.form_id):
            return "unknown_form"
        if not registry.knows(filing.form_id, filing.form_version):
            return "unknown_form_version"
        form = registry.form(filing.form_id)
        if not answers_fit(form, filing.answers):
            return "payload_type"
        if not all(has_place(filing.answers, item.place) for item in filing.evidence):
            return "payload_type"
        if (filing.project is None) != (form.subject is FormSubject.UNIT):
            return "payload_type"
        return self._check(form, filing)

    def _check(self, form: FormSpec, filing: ReceivedFiling) -> str:
        """Run the checks; a sealed filing has no open finding."""
        place = _place_of(self.known, filing) if self.known else None
        if place is None or place.task.form_id != filing.form_id:
            return ""
        # Whether an ex-ante evaluation exists or the project is exempted is for the unit's own desk to ask (C22).
        context = place.context(filing, self.last_year(filing), self.first_round(filing), True)
        self._contexts[filing.filing_id] = context
        findings = catalog.runner(form, context).run_once(filing.answers).findings
        counts = self.counts[filing.filing_id] = count_findings(findings, filing.explanations)
        return "" if counts.allows_sealing else "blocking_findings"

    def _not_enclosed(self, filing: ReceivedFiling) -> Sequence[Reason]:
        """A note on a filing whose answers speak of an attachment that is not in the package (C45)."""
        context = self._contexts.get(filing.filing_id)
        if context is None:
            return ()
        form = registry.form(filing.form_id)
        named = named_but_absent(form, context, filing.answers)
        if not named:
            return ()
        subject = filing.project.name if filing.project else form.short_title
        words = one_line("、".join(named[:_MOST_NAMED]))
        return (self.reasons.reason("evidence_not_enclosed", subject, words),)


def inspector(
    known: HandedOut | None, reasons: ReasonCatalogue
) -> Callable[[Mapping[str, Any]], Sequence[Reason]]:
    """An inspection for a reader alone, see `Inspection`."""
    return Inspection(reasons, known)
