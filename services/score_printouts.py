"""得分说明 on paper (打印得分说明): the breakdown of one form's scores in documents of its own, beside the official form.

They go nowhere with the form: neither into its workbook and PDF nor into a package.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from forms.context import FormContext
from forms.schema import FormSpec
from forms.score_breakdown_sheet import breakdown_sheet
from forms.score_explainer import explainer_of
from forms.sheet import Sheet
from models.domain.errors import EnvironmentProblem, InputError
from models.domain.filing import Answers
from services.archive import save_documents
from services.file_names import file_stem
from services.ports.documents import PageMark, PageMarks
from services.workspaces import Workspace


@dataclass(frozen=True)
class ScoredForm:
    """A form whose scores are told on paper, as it stands on the screen (有得分的表)."""

    form: FormSpec
    context: FormContext
    answers: Answers

    @property
    def stem(self) -> str:
        """Name of its documents: 农村公路养护_项目支出绩效自评表_2025年度_得分说明."""
        subject = self.context.project.name if self.context.project else self.context.unit.name
        title = self.context.title(self.form)
        return f"{file_stem(subject)}_{title}_{self.context.budget_year}年度_得分说明"


def write_breakdown(workspace: Workspace, scored: ScoredForm) -> Path:
    """The breakdown as a PDF to print, written into the workspace's 打印 folder; its path.

    InputError for a form without scores, EnvironmentProblem when the folder cannot be written to.
    """
    _ensure_scores(scored)
    content = workspace.tools.documents.pdf([_sheet(scored)], _marks(scored))
    folder = workspace.folder / "打印"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem("工作区文件夹现在不能写入", "请检查磁盘空间和写入权限后再试") from error
    path = folder / f"{scored.stem}.pdf"
    workspace.tools.files.write(path, content)
    return path


def save_breakdown(workspace: Workspace, scored: ScoredForm, folder: Path) -> list[Path]:
    """The breakdown as PDF and workbook in a folder somebody chose; what lies there already stays.

    InputError for a form without scores, EnvironmentProblem when the folder cannot be written to.
    """
    _ensure_scores(scored)
    sheet, marks, documents = _sheet(scored), _marks(scored), workspace.tools.documents
    files = {
        f"{scored.stem}.pdf": documents.pdf([sheet], marks),
        f"{scored.stem}.xlsx": documents.workbook([sheet], marks),
    }
    return save_documents(workspace, files, folder, scored.stem)


def _ensure_scores(scored: ScoredForm) -> None:
    if explainer_of(scored.form, scored.context) is None:
        raise InputError("这张表没有得分", "请在有得分的表里打印得分说明")


def _sheet(scored: ScoredForm) -> Sheet:
    """The breakdown laid out."""
    return breakdown_sheet(scored.form, scored.context, scored.answers)


def _marks(scored: ScoredForm) -> PageMarks:
    """演示数据 over what comes out of a practice kit."""
    return PageMarks(PageMark.PRACTICE if scored.context.kit.is_practice else PageMark.NONE)
