"""Filings read strictly out of a payload (填报件读取): every part of the right type, or the payload is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from models.domain.evidence import EvidenceFile
from models.domain.project import Project
from services.exemptions import KEY
from services.one_line import MAX_NAME, one_line

MAX_VERSION = 9999
"""Highest version of a filing that counts as honest: a larger one would stand in the way of every later filing."""

_MAX_ID = 64
_LONGEST_ANSWER = 2000
_TEXTS = ("filing_id", "task_id", "form_id", "form_version", "unit_code")
_PROJECT_TEXTS = ("project_id", "name", "project_code", "category")
_FILE_TEXTS = ("place", "name", "sha256", "note")
_TEXT = frozenset({str})


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
    filing_id, task_id, form_id, form_version, unit_code = _texts_of(item, _TEXTS)
    if not 0 < len(filing_id) <= _MAX_ID:
        raise MalformedFiling("filing_id")
    version = _typed(item, "version", int)
    if not 1 <= version <= MAX_VERSION:
        raise MalformedFiling("version")
    explanations = _typed(item, "explanations", dict)
    if not all(map(_is_text, explanations.values())):
        raise MalformedFiling("explanations")
    findings = _typed(item, "findings", list)
    if not all(map(_is_finding, findings)):
        raise MalformedFiling("findings")
    return ReceivedFiling(
        filing_id,
        task_id,
        form_id,
        form_version,
        _typed(item, "budget_year", int),
        unit_code,
        _read_project(item.get("project"), unit_code),
        version,
        _typed(item, "answers", dict),
        explanations,
        findings,
        _read_evidence(item["evidence"]) if "evidence" in item else (),
        _read_remarks(item["remarks"]) if "remarks" in item else (),
    )


def _texts_of(item: Mapping[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    """Some texts of an object, in the order of their keys."""
    found = tuple(map(item.get, keys))
    if not _TEXT.issuperset(map(type, found)):
        raise MalformedFiling("、".join(keys))
    return cast("tuple[str, ...]", found)


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
    return tuple([_read_file(item) for item in items])


def _read_file(item: Mapping[str, Any]) -> EvidenceFile:
    """One listed file."""
    place, name, sha256, note = _texts_of(item, _FILE_TEXTS)
    return EvidenceFile(place, name, _typed(item, "size", int), sha256, note)


def _is_text(value: Any) -> bool:
    """Whether a value is a text."""
    return isinstance(value, str)


def _is_finding(item: Any) -> bool:
    """Whether a finding is built as `Finding.to_json` builds it: texts throughout."""
    return isinstance(item, dict) and all(map(_is_text, item.values()))


def _read_project(item: Any, unit_code: str) -> Project | None:
    """The project a filing is about, None for a form of the unit as a whole.

    Its texts go into lists, so blanks and control characters are smoothed; the answers keep their spelling.
    """
    if item is None:
        return None
    if not isinstance(item, dict):
        raise MalformedFiling("project")
    texts = _texts_of(item, _PROJECT_TEXTS)
    if not 0 < len(texts[0]) <= _MAX_ID or not texts[0].isprintable():
        raise MalformedFiling("project_id")
    if max(map(len, texts)) > MAX_NAME:
        raise MalformedFiling("project")
    project_id, name, project_code, category = map(one_line, texts)
    return Project(project_id, name, unit_code, project_code=project_code, category=category)
