"""Documents of filings (表样文书): sheets, official workbooks and PDFs, with the marks they must carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forms.context import FormContext
from forms.findings import FindingCounts
from forms.schema import FormSpec
from forms.sheet import Sheet
from models.domain.filing import Answers
from services.file_names import file_stem
from services.filings import OpenFiling
from services.ports.documents import DocumentWriter, PageMark, PageMarks


@dataclass(frozen=True, slots=True)
class Printed:
    """An official form as PDF and workbook (表样文件)."""

    pdf: bytes
    workbook: bytes


def sheets_of(form: FormSpec, context: FormContext, answers: Answers) -> Sequence[Sheet]:
    """The laid-out form and what is printed behind it, the same for preview, PDF and workbook."""
    return form.sheets(context, answers)


def marks_of(context: FormContext, counts: FindingCounts, check_code: str = "") -> PageMarks:
    """演示数据 for practice kits; 草稿 while something blocking is open; 核对码 only once sealed."""
    is_draft = counts.blocking > 0
    if context.kit.is_practice:
        return PageMarks(PageMark.PRACTICE_DRAFT if is_draft else PageMark.PRACTICE, check_code)
    return PageMarks(PageMark.DRAFT if is_draft else PageMark.NONE, check_code)


def draw(documents: DocumentWriter, sheets: Sequence[Sheet], marks: PageMarks) -> Printed:
    """Both documents of the same sheets."""
    return Printed(documents.pdf(sheets, marks), documents.workbook(sheets, marks))


def member_stem(index: int, opened: OpenFiling) -> str:
    """ASCII name of a filing's documents inside a package: 01_performance_target_2027."""
    return f"{index:02d}_{opened.form.form_id}_{opened.filing.budget_year}"


def readable_stem(opened: OpenFiling) -> str:
    """Name of a filing's documents outside a package: 农村公路养护_项目支出绩效目标申报表_2027年度."""
    subject = opened.context.project.name if opened.context.project else opened.context.unit.name
    return f"{file_stem(subject)}_{opened.title}_{opened.filing.budget_year}年度"
