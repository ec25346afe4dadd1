"""What was changed after signing (改动说明): a refused package's documents held against what its data draws.

The reader has refused the file before this is asked; nothing read here is believed, kept or written. From the
payload the form is drawn again, and its workbook and PDF are compared cell by cell and text by text with those
that came. The manifest, where its signature holds, tells which side was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from forms.context import FormContext
from models.domain.errors import DeskError
from models.domain.verdict import Judgement, Reason
from services import messages, printing
from services.filing_reading import ReceivedFiling
from services.one_line import one_line
from services.ports.documents import PageMark, PageMarks
from services.ports.exchange import AlteredPackage
from services.tamper_cells import Change, Drawing, book_changes, line_texts, text_changes
from services.tamper_repairs import MendedFiling, mended_filings
from services.tamper_words import changed_in_data, changed_in_document, differing
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
_UNPRINTED = "各表印出的内容与所附表格一致，改动的是没有印在表上的内容，如版本号、填报说明、佐证材料清单"
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
    unit_name = one_line(str(package.payload.get("unit_name", "")))
    forms = mended_filings(package.payload, _MOST_FILINGS)
    compared = [
        _Comparison(tools, package, form, contexts(form.filing, unit_name)).sentences() for form in forms
    ]
    found = tuple(sentence for told in compared for sentence in told or ())
    if not found and forms and None not in compared and package.is_sealed and _PAYLOAD in package.changed:
        return (_UNPRINTED,)
    return found


@dataclass(frozen=True)
class _Comparison:
    """One filing's documents against its data (一张表的对照)."""

    tools: Tools
    package: AlteredPackage
    mended: MendedFiling
    contexts: Sequence[FormContext]

    def sentences(self) -> list[str] | None:
        """One for each document that differs, and one for names that were changed; None where nothing can be drawn."""
        best: Mapping[str, Sequence[Change]] = {}
        context: FormContext | None = None
        for tried in self.contexts:
            found = self._compared(tried)
            if found and (context is None or _size(found) < _size(best)):
                best, context = found, tried
            if found and not _size(found):
                break
        if context is None:
            return None
        told = [self._told(document, changes) for document, changes in best.items()]
        return [sentence for sentence in (self._renamed(context), *told) if sentence]

    def _renamed(self, context: FormContext) -> str:
        """The items whose names were changed in the data, "" where all are as they should be."""
        form, filing, names = self.mended.form, self.mended.filing, self.mended.places
        if not names:
            return ""
        words = [place_words(form, context, filing.answers, place.path) for place in names[:_MOST_NAMED]]
        said = "、".join(dict.fromkeys(word or "表头" for word in words))
        return f"第 {self.mended.number} 张表的填报数据里，{said}的数据项名称被改动"

    @property
    def _changed(self) -> frozenset[str]:
        """What is known to be changed."""
        return self.package.changed if self.package.is_sealed else frozenset()

    def _document(self, document: str) -> tuple[str, bytes]:
        """Name and bytes of one of the filing's documents, empty when it is not there."""
        prefix, ending = f"documents/{self.mended.number:02d}_", _ENDINGS[document]
        for name, content in self.package.documents.items():
            if name.startswith(prefix) and name.endswith(ending):
                return name, content
        return "", b""

    def _compared(self, context: FormContext) -> Mapping[str, Sequence[Change]]:
        """Differences by document, of those that can be read; none where this background cannot hold the filing.

        The PDF is drawn where it may say more than the workbook: one known to be as sealed shows no data that
        the workbook lacks.
        """
        form, answers = self.mended.form, self.mended.filing.answers
        try:
            sheets = printing.sheets_of(form, context, answers)
        except (DeskError, LookupError, ValueError, StopIteration):
            return {}
        drawing = Drawing(
            self.tools,
            sheets,
            lambda path: place_words(form, context, answers, path),
            context.amount_unit.label,
        )
        found: dict[str, Sequence[Change] | None] = {}
        most = max(_FEW, int(drawing.size * _STRANGE))
        if book := self._document(_BOOK)[1]:
            changes = book_changes(drawing, book)
            if changes and len(changes) > most:
                return {}
            found[_BOOK] = self._proven(_BOOK, changes)
        name, pdf = self._document(_PDF)
        is_needed = name in self._changed or not (found.get(_BOOK) or self.package.is_sealed)
        if pdf and (is_needed or found.get(_BOOK) is None):
            texts = self.tools.reader.pdf_texts
            drawn = self.tools.documents.pdf(sheets, _marks(self.package.payload or {}))
            found[_PDF] = text_changes(drawing, texts(drawn), texts(pdf), self._borne_out(drawing))
        return {name: one for name, one in found.items() if one is not None and len(one) <= most}

    def _borne_out(self, drawing: Drawing) -> frozenset[str]:
        """What the workbook says above its table, where it is known to be as sealed."""
        name, book = self._document(_BOOK)
        if not book or not self.package.is_sealed or name in self._changed:
            return frozenset()
        return line_texts(drawing, book)

    def _proven(self, document: str, changes: Sequence[Change] | None) -> Sequence[Change] | None:
        """The changes; of a document known to be as sealed only those of data: other headings come of the background."""
        if changes is None or not self.package.is_sealed or self._document(document)[0] in self._changed:
            return changes
        return [change for change in changes if change.is_data]

    def _told(self, document: str, changes: Sequence[Change]) -> str:
        """The sentence of one document, "" where nothing is to be said of it."""
        where, name = f"第 {self.mended.number} 张表的", self._document(document)[0]
        if not changes:
            is_resaved = name in self._changed and _PAYLOAD not in self._changed
            same = "文字与填报数据一致，可能只是被其他程序重新保存过"
            return f"{where} {document}{same}" if is_resaved else ""
        more = f"；另有 {len(changes) - _MOST_NAMED} 处不同" if len(changes) > _MOST_NAMED else ""
        if not self.package.is_sealed or {_PAYLOAD, name} <= self._changed:
            voice, lead = differing, f"填报数据与 {document}不一致，"
        elif _PAYLOAD in self._changed:
            voice, lead = changed_in_data, "填报数据里，"
        else:
            voice, lead = changed_in_document, f" {document}里，"
        return f"{where}{lead}{'；'.join(voice(change) for change in changes[:_MOST_NAMED])}{more}"


def _size(found: Mapping[str, Sequence[Change]]) -> int:
    """How many places differ."""
    return sum(map(len, found.values()))


def _marks(payload: Mapping[str, Any]) -> PageMarks:
    """The marks the PDF was sealed with."""
    try:
        code = messages.payload_code(payload)
    except (TypeError, ValueError):
        code = ""
    return PageMarks(PageMark.PRACTICE if payload.get("is_practice") is True else PageMark.NONE, code)
