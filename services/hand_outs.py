"""Handing a form out and taking it back (分发给项目负责人、收回填好的表).

What was handed out is remembered beside the filing, so that on return three versions meet: given, mine and
theirs. The workbook itself carries only which filing it belongs to.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from forms.hand_back import HandBack, read_hand_back
from forms.hand_out import HandOutIdentity, hand_out_book
from models.domain.errors import InputError
from models.domain.filing import Answers
from services import filings
from services.file_names import file_stem
from services.filings import OpenFiling
from services.form_titles import FormTitles
from services.ports.store import UnitOfWork
from services.workspaces import Workspace

_MOST_KEPT = 20
_LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class HandOutWish:
    """What is to be handed out (分发要求): the steps to be filled in, to whom ("" for nobody named), until when."""

    steps: tuple[str, ...]
    person: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class HandOutNote:
    """What was handed out (分发记录): to whom, when, and which steps."""

    hand_out_id: str
    person: str
    given_at: datetime
    steps: tuple[str, ...]
    revision: int


@dataclass(frozen=True)
class HandedOut:
    """A form that was written for somebody (已分发): the filing as it stands, and the file."""

    opened: OpenFiling
    path: Path


@dataclass(frozen=True)
class TakenBack:
    """A workbook that came back, with the answers handed out then; `given` None when they are not known here."""

    back: HandBack
    given: Answers | None
    path: Path


def hand_out(workspace: Workspace, opened: OpenFiling, wish: HandOutWish, folder: Path) -> HandedOut:
    """Write the form as a workbook into a folder and remember what was given.

    InputError when no step is named or the form cannot be changed now, EnvironmentProblem when the
    carrier does not take the file.
    """
    if not wish.steps:
        raise InputError("没有选择要填写的部分", "请至少勾选一个部分", "分发给项目负责人")
    if not opened.filing.status.is_editable:
        raise InputError(f"这份表{opened.filing.status.label}，不能分发填写", "请先点“修改后重新报送”")
    if opened.is_new:
        opened = filings.save_draft(workspace, opened, opened.filing.answers, opened.filing.explanations)
    filing = opened.filing
    identity = HandOutIdentity(
        filing.filing_id,
        filing.revision,
        f"D{secrets.token_hex(8)}",
        filing.form_id,
        filing.form_version,
        wish.steps,
    )
    person = wish.person.strip()[:_LONGEST_NAME]
    book = hand_out_book(opened.form, opened.context, filing.answers, identity, person, wish.until.strip())
    path = _free_path(folder, _stem(opened, person))
    workspace.tools.files.write(path, workspace.tools.hand_outs.write(book))
    _remember(workspace, opened, identity, person)
    return HandedOut(opened, path)


def take_back(workspace: Workspace, opened: OpenFiling, path: Path) -> TakenBack:
    """Read a workbook that came back for the open form. InputError when it is none, or another form's."""
    back = read_hand_back(workspace.tools.hand_filled.read(path, "收回"))
    told, filing = back.identity, opened.filing
    if told.filing_id != filing.filing_id:
        raise InputError("这不是现在打开的这份表", _owner(workspace, told), path.name)
    if (told.form_id, told.form_version) != (filing.form_id, filing.form_version):
        raise InputError("这份表分发以后表样换了新版", "请按新的表样重新分发", path.name)
    with workspace.store.reading() as work:
        kept = next((one for one in _kept(work, filing.filing_id) if one["id"] == told.hand_out_id), None)
    return TakenBack(back, kept["answers"] if kept else None, path)


def notes(workspace: Workspace, filing_id: str) -> Sequence[HandOutNote]:
    """What of a filing was handed out, newest first."""
    with workspace.store.reading() as work:
        kept = _kept(work, filing_id)
    return [
        HandOutNote(
            one["id"],
            one["person"],
            workspace.local(datetime.fromisoformat(one["given_at"])),
            tuple(one["steps"]),
            one["revision"],
        )
        for one in reversed(kept)
    ]


def author_words(person: str) -> str:
    """How somebody who filled in a handed-out form is named in the history: 陈勇（分发填写）."""
    name = " ".join(person.split())[:_LONGEST_NAME]
    return f"{name}（分发填写）" if name else ""


def _remember(workspace: Workspace, opened: OpenFiling, identity: HandOutIdentity, person: str) -> None:
    """Keep what was given, the newest few of a filing."""
    one = {
        "id": identity.hand_out_id,
        "person": person,
        "given_at": workspace.tools.clock.now().isoformat(),
        "steps": list(identity.steps),
        "revision": identity.revision,
        "answers": dict(opened.filing.answers),
    }
    with workspace.store.writing() as work:
        kept = _kept(work, identity.filing_id)
        work.settings.put(_key(identity.filing_id), [*kept, one][-_MOST_KEPT:])
        work.commit()


def _kept(work: UnitOfWork, filing_id: str) -> list[dict[str, Any]]:
    """Everything kept of a filing, oldest first."""
    found = work.settings.get(_key(filing_id))
    return list(found) if isinstance(found, list) else []


def _key(filing_id: str) -> str:
    return f"hand_outs:{filing_id}"


def _owner(workspace: Workspace, told: HandOutIdentity) -> str:
    """Which form a workbook belongs to, as what to do."""
    with workspace.store.reading() as work:
        filing = work.filings.get(told.filing_id)
        project = work.projects.get(filing.project_id) if filing and filing.project_id else None
    if filing is None:
        return "它是别的工作区分发的，请在那台电脑上收回"
    name = project.name if project else workspace.profile.unit.name
    title = FormTitles(workspace).of(filing.form_id, filing.budget_year)
    return f"它是“{name}”{filing.budget_year}年度的{title}，请先打开那份表，再收回"


def _stem(opened: OpenFiling, person: str) -> str:
    """Name of the file: 农村公路养护_项目支出绩效目标申报表_2027年度_请填写_陈勇."""
    subject = opened.context.project.name if opened.context.project else opened.context.unit.name
    parts = (subject, opened.title, f"{opened.filing.budget_year}年度", "请填写", person)
    return "_".join(part for part in (file_stem(part) for part in parts) if part)


def _free_path(folder: Path, stem: str) -> Path:
    """A path nothing stands at yet: somebody may be filling in the one handed out before."""
    path, number = folder / f"{stem}.xlsx", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}（{number}）.xlsx"
    return path
