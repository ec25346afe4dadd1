"""What was changed after signing (改动说明): a refused package's documents held against what its data draws.

The reader has refused the file before this is asked; nothing read here is believed, kept or written. From the
payload the form is drawn again, and its workbook and PDF are compared cell by cell and text by text with those
that came. The manifest, where its signature holds, tells which side was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from forms import registry
from forms.context import FormContext
from forms.schema import FormSpec
from models.domain.errors import DeskError
from models.domain.verdict import Judgement, Reason
from services import messages, printing
from services.inspection import MalformedFiling, ReceivedFiling, answers_fit, read_filings
from services.one_line import one_line
from services.ports.documents import PageMark, PageMarks
from services.ports.exchange import AlteredPackage
from services.tamper_cells import Change, Drawing, book_changes, clipped, text_changes
from services.tools import Tools
from services.version_differences import place_words

Contexts = Callable[[ReceivedFiling, str], Sequence[FormContext]]
"""Backgrounds a filing (of a unit of that name) may have been filled in for; the one that fits best is taken."""
_PAYLOAD = "payload.json"
_BOOK, _PDF = "Excel 表格", "PDF 表格"
_ENDINGS = {_BOOK: ".xlsx", _PDF: ".pdf"}
_BY_CONTENT = (
    "member_changed",
    "manifest_",
    "entry_",
    "container_",
    "name_",
    "payload_",
    "signature_",
    "workbook_",
    "pdf_",
)
"""Reasons that may come of a change to what is inside, or of packing it anew."""
_STRANGE, _FEW = 0.3, 3
"""Share of differing cells beyond which the form was drawn for another background, and nothing can be said."""
_MOST_NAMED = 5
_MOST_FILINGS = 200


def explained(
    tools: Tools, path: Path, judged: Judgement, reasons: Sequence[Reason], contexts: Contexts
) -> tuple[Reason, ...]:
    """The reasons; the first that tells of a change goes on to say what was changed, where that can be found."""
    place = next((n for n, reason in enumerate(reasons) if reason.code.startswith(_BY_CONTENT)), None)
    if place is None or judged.verdict.is_acceptable:
        return tuple(reasons)
    told = "".join(f"{sentence}。" for sentence in sentences(tools, path, contexts))
    found = list(reasons)
    if told:
        found[place] = replace(found[place], message=f"{found[place].message}经对照：{told}")
    return tuple(found)


def sentences(tools: Tools, path: Path, contexts: Contexts) -> tuple[str, ...]:
    """What differs between a file's data and its documents, a sentence per document; () when nothing can be said."""
    package = tools.reader.altered(path)
    if package is None or package.payload is None:
        return ()
    try:
        filings = read_filings(package.payload)[:_MOST_FILINGS]
    except MalformedFiling:
        return ()
    unit_name = one_line(str(package.payload.get("unit_name", "")))
    found: list[str] = []
    for number, filing in enumerate(filings, 1):
        if registry.has(filing.form_id) and registry.knows(filing.form_id, filing.form_version):
            form = registry.form(filing.form_id)
            if answers_fit(form, filing.answers):
                found += _Comparison(tools, package, number, form, filing).sentences(
                    contexts(filing, unit_name)
                )
    return tuple(found)


@dataclass(frozen=True)
class _Comparison:
    """One filing's documents against its data (一张表的对照)."""

    tools: Tools
    package: AlteredPackage
    number: int
    form: FormSpec
    filing: ReceivedFiling

    def sentences(self, contexts: Sequence[FormContext]) -> Iterator[str]:
        """One for each document that differs; the background with the fewest differences counts."""
        found = [one for one in map(self._compared, contexts) if one]
        if not found:
            return
        best = min(found, key=lambda changes: sum(map(len, changes.values())))
        for document, changes in best.items():
            name = self._document(document)[0]
            if document == _PDF and self._told_by_book(best, name):
                continue
            told = self._told(document, name, changes)
            if told:
                yield told

    def _told_by_book(self, found: Mapping[str, Sequence[Change]], pdf: str) -> bool:
        """Whether the workbook says all there is: a PDF known to be as sealed shows no data that the workbook lacks."""
        if pdf in self._changed or _BOOK not in found:
            return False
        return self.package.is_sealed or bool(found[_BOOK])

    @property
    def _changed(self) -> frozenset[str]:
        """What is known to be changed."""
        return self.package.changed if self.package.is_sealed else frozenset()

    def _document(self, document: str) -> tuple[str, bytes]:
        """Name and bytes of one of the filing's documents, empty when it is not there."""
        prefix, ending = f"documents/{self.number:02d}_", _ENDINGS[document]
        for name, content in self.package.documents.items():
            if name.startswith(prefix) and name.endswith(ending):
                return name, content
        return "", b""

    def _compared(self, context: FormContext) -> Mapping[str, Sequence[Change]]:
        """Differences by document, of those that can be read; none where this background cannot hold the filing."""
        try:
            sheets = printing.sheets_of(self.form, context, self.filing.answers)
        except (DeskError, LookupError, ValueError, StopIteration):
            return {}
        answers = self.filing.answers
        drawing = Drawing(
            self.tools,
            sheets,
            lambda path: place_words(self.form, context, answers, path),
            context.amount_unit.label,
        )
        found: dict[str, Sequence[Change] | None] = {}
        most = max(_FEW, int(drawing.size * _STRANGE))
        if book := self._document(_BOOK)[1]:
            found[_BOOK] = changes = book_changes(drawing, book)
            if changes and len(changes) > most:
                return {}
        if pdf := self._document(_PDF)[1]:
            texts = self.tools.reader.pdf_texts
            drawn = self.tools.documents.pdf(sheets, _marks(self.package.payload or {}))
            found[_PDF] = text_changes(drawing, texts(drawn), texts(pdf))
        return {name: one for name, one in found.items() if one is not None and len(one) <= most}

    def _told(self, document: str, name: str, changes: Sequence[Change]) -> str:
        """The sentence of one document, "" where nothing is to be said of it."""
        where = f"第 {self.number} 张表的"
        if not changes:
            is_resaved = name in self._changed and _PAYLOAD not in self._changed
            same = "文字与填报数据一致，可能只是被其他程序重新保存过"
            return f"{where} {document}{same}" if is_resaved else ""
        more = f"；另有 {len(changes) - _MOST_NAMED} 处不同" if len(changes) > _MOST_NAMED else ""
        named = changes[:_MOST_NAMED]
        if not self.package.is_sealed or {_PAYLOAD, name} <= self._changed:
            said = [
                f"{change.name}在数据里是 {old}，在表格里是 {new}" for change, old, new in _clipped(named)
            ]
            return f"{where}填报数据与 {document}不一致，{'；'.join(said)}{more}"
        if _PAYLOAD in self._changed:
            said = [f"{change.name}由 {new} 改成了 {old}" for change, old, new in _clipped(named)]
            return f"{where}填报数据里，{'；'.join(said)}{more}"
        said = [f"{change.name}由 {old} 改成了 {new}" for change, old, new in _clipped(named)]
        return f"{where} {document}里，{'；'.join(said)}{more}"


def _clipped(changes: Sequence[Change]) -> Iterator[tuple[Change, str, str]]:
    for change in changes:
        old, new = clipped(change)
        yield change, old, new


def _marks(payload: Mapping[str, Any]) -> PageMarks:
    """The marks the PDF was sealed with."""
    try:
        code = messages.payload_code(payload)
    except (TypeError, ValueError):
        code = ""
    return PageMarks(PageMark.PRACTICE if payload.get("is_practice") is True else PageMark.NONE, code)
