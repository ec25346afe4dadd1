"""得分说明 on paper (打印得分说明): the breakdown of one form's scores as a PDF of its own, beside the official form."""

from __future__ import annotations

from pathlib import Path

from forms.score_breakdown_sheet import breakdown_sheet
from models.domain.errors import EnvironmentProblem, InputError
from services.filings import OpenFiling
from services.ports.documents import PageMark, PageMarks
from services.printing import readable_stem
from services.workspaces import Workspace


def write_breakdown(workspace: Workspace, opened: OpenFiling) -> Path:
    """The breakdown of a form as it stands, written into the workspace's 打印 folder; its path.

    InputError for a form without scores, EnvironmentProblem when the folder cannot be written to.
    """
    if opened.form.scoring is None:
        raise InputError("这张表没有得分", "请在自评表里打印得分说明")
    sheet = breakdown_sheet(opened.form, opened.context, opened.filing.answers)
    mark = PageMark.PRACTICE if opened.context.kit.is_practice else PageMark.NONE
    content = workspace.tools.documents.pdf([sheet], PageMarks(mark))
    folder = workspace.folder / "打印"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem("工作区文件夹现在不能写入", "请检查磁盘空间和写入权限后再试") from error
    path = folder / f"{readable_stem(opened)}_得分说明.pdf"
    workspace.tools.files.write(path, content)
    return path
