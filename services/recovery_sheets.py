"""The recovery sheet (恢复单): one code on paper in the safe, for when nobody is left who could confirm a forgotten password.

The code is shown once and written down by hand, so that it is in no file; the workspace keeps what proves it (a slow
function's key). Making one takes 系统管理员 and a colleague with a password of their own, so that nobody makes one alone
for themselves; using one names who allowed the envelope to be opened, ends the sheet, and is told to everybody else at
their next sign-in.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from forms.kinds import show_date
from models.domain.desk_user import DeskUser
from models.domain.errors import InputError, WrongPassword
from services import people
from services.changes import Topic
from services.one_line import MAX_NAME, one_line
from services.permission_table import Action
from services.permissions import require
from services.ports.documents import Cover, CoverLine, PageMark, PageMarks
from services.ports.store import UnitOfWork
from services.sign_in_notices import tell_others
from services.workspaces import Workspace

GROUPS, GROUP = 5, 4
_LETTERS = "ACDEFGHJKMNPQRTUWXY34679"
"""Letters and figures that stay apart in handwriting: 20 of them are as good as 91 bits."""
_SETTING, _NUMBER = "recovery_sheet", "recovery_sheets"
_SHEET = "recovery_sheet"
"""Whose wait it is after a wrong code, beside those of the people."""
_WHERE = "恢复单"
_STEPS = (
    "照屏幕把恢复码抄在上面的格子里，一格一组，再照纸上输入一遍，核对无误才启用。恢复码只显示一次，不保存在电脑里。",
    "抄好后装入信封，封口签字，由单位负责人锁进保险柜。不要由操作人员自己保管，不要拍照、复印。",
    "没有人能确认忘记的登录密码时才启封：在登录页点“忘记密码…”，再点“用恢复单…”，输入恢复码和批准启封的人。",
    "用过一次即作废，记入操作日志，其他操作人员下次登录时都会看到。恢复以后，以及恢复单遗失时，请马上生成新的。",
)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The sheet in force (恢复单): its number, when it was made and by whom."""

    number: int
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class SheetDraft:
    """A sheet that is being written (待启用的恢复单): its code is nowhere else; `knowing` are the ids of who made it."""

    number: int
    code: str
    made_by: str
    knowing: tuple[str, ...]


def sheet_in_force(workspace: Workspace) -> RecoverySheet | None:
    """The sheet that serves now, None when there is none or it was used."""
    with workspace.store.reading() as work:
        kept = work.settings.get(_SETTING)
    if not kept:
        return None
    made_at = workspace.local(datetime.fromisoformat(kept["made_at"]))
    return RecoverySheet(int(kept["number"]), made_at, str(kept["made_by"]))


def confirmers(users: Sequence[DeskUser], present: DeskUser) -> list[DeskUser]:
    """Colleagues who can make a sheet together with whoever is there: those whose password only they know."""
    return [u for u in users if u.is_active and u.user_id != present.user_id and not u.must_change]


def begin_sheet(workspace: Workspace, password: str, confirming: tuple[str, str] | None) -> SheetDraft:
    """A new code, once 系统管理员 (`password`) and a colleague (id, password) have confirmed; nothing is in force yet.

    Where nobody else is in place 系统管理员 alone does. InputError when a colleague is missing, WrongPassword for either
    password, NotAllowed for whom this is not the work of.
    """
    who = require(workspace, Action.PEOPLE)
    with workspace.store.reading() as work:
        users = work.users.all()
    if all(user.user_id != who.user_id for user in users):
        raise InputError("还没有登记操作人员", "没有登录密码，也就不用恢复单", _WHERE)
    others = [user for user in users if user.is_active and user.user_id != who.user_id]
    able = {user.user_id for user in confirmers(users, who)}
    if others and not able:
        raise InputError("其他操作人员还没有改过首次登录的密码", "请他们登录一次、改好密码后再生成", _WHERE)
    if others and (confirming is None or confirming[0] not in able):
        raise InputError("要由另一位操作人员一起确认", "请选择另一位操作人员", _WHERE)
    makers = [people.sign_in(workspace, who.user_id, password)]
    if others and confirming is not None:
        makers.append(people.sign_in(workspace, *confirming))
    with workspace.store.writing() as work:
        number = work.settings.next_number(_NUMBER)
        work.commit()
    code = "".join(secrets.choice(_LETTERS) for _ in range(GROUPS * GROUP))
    names = "、".join(user.name for user in makers)
    return SheetDraft(number, code, names, tuple(user.user_id for user in makers))


def keep_sheet(workspace: Workspace, draft: SheetDraft, typed: str) -> RecoverySheet:
    """Put the sheet in force once its code was read from the paper; the one before ends with it.

    InputError when what was read differs: then the one before goes on serving.
    """
    require(workspace, Action.PEOPLE)
    if _plain(typed) != draft.code:
        raise InputError("与刚才显示的恢复码不一样", "请核对纸上抄写的，改正后再输入一遍", "恢复码")
    now, verifier = workspace.tools.clock.now(), people.verifier_of(draft.code)
    with workspace.store.writing() as work:
        ends = "，以前的作废" if work.settings.get(_SETTING) else ""
        said = f"{draft.made_by}生成第 {draft.number} 号恢复单{ends}"
        kept = {"number": draft.number, "made_at": now.isoformat(), "made_by": draft.made_by}
        work.settings.put(_SETTING, {**kept, "verifier": dict(verifier)})
        work.audit.append(now, draft.made_by, "people", _SHEET, said, {})
        tell_others(work, now, f"{said}。", draft.knowing)
        work.commit()
    workspace.changes.tell(Topic.SETTINGS)
    return RecoverySheet(draft.number, workspace.local(now), draft.made_by)


def recover_with_sheet(workspace: Workspace, user_id: str, code: str, allowed_by: str, new: str) -> None:
    """A forgotten password made good with the code from the safe; the sheet is void afterwards.

    `allowed_by` is who allowed the envelope to be opened. WrongPassword with a growing wait for another code; InputError
    when there is no sheet, nobody allowed it, or the new password does not do.
    """
    allowed = one_line(allowed_by)
    if not allowed or len(allowed) > MAX_NAME:
        raise InputError("没有写明批准启封的人", "请填写批准启封的人的姓名", _WHERE)
    people.verifier_of(new)
    now = workspace.tools.clock.now()
    with workspace.store.writing() as work:
        kept = work.settings.get(_SETTING)
        if not kept:
            raise InputError("没有在用的恢复单", "它可能已经用过；请由其他操作人员确认", _WHERE)
        people.refuse_waiting(work, _SHEET, now, "恢复码")
        fitting = people.fits(kept["verifier"], _plain(code))
        seconds = people.note_try(work, _SHEET, now, is_right=fitting)
        if not fitting:
            work.audit.append(now, allowed, "people", user_id, "恢复码不正确", {})
        work.commit()
    if not fitting:
        raise WrongPassword("恢复码不正确", f"请过 {seconds} 秒再试", wait_seconds=seconds)
    said = f"用第 {kept['number']} 号恢复单重设登录密码（{allowed}批准启封），恢复单作废"
    people.put_password(
        workspace, user_id, new, said, must_change=True, also=lambda work: _void(work, kept["number"])
    )
    workspace.changes.tell(Topic.SETTINGS)


def sheet_page(workspace: Workspace, draft: SheetDraft) -> bytes:
    """The page for the envelope as PDF: the code's places are blank, it is written by hand."""
    unit = workspace.profile.unit
    cover = Cover(
        title="登录密码恢复单",
        facts=(
            CoverLine("单位", f"{unit.name}（{unit.code}）"),
            CoverLine("恢复单编号", f"第 {draft.number} 号"),
            CoverLine("生成日期", show_date(workspace.today)),
            CoverLine("生成人", draft.made_by),
        ),
        contents_head=tuple(f"恢复码第 {number} 组" for number in range(1, GROUPS + 1)),
        contents=(("　",) * GROUPS,),
        enclosures_head=("启封日期", "批准启封的人签字", "启封人签字", "重设了谁的密码"),
        enclosures=(("　",) * 4,),
        notes=_STEPS,
        foot=("抄写人：", "封存人：", "保管人：", "单位（盖章）："),
    )
    mark = PageMark.PRACTICE if workspace.profile.is_practice else PageMark.NONE
    return workspace.tools.documents.cover(cover, PageMarks(mark))


def _void(work: UnitOfWork, number: int) -> None:
    """The sheet was used; InputError when another desk was quicker."""
    kept = work.settings.get(_SETTING)
    if not kept or kept["number"] != number:
        raise InputError("这份恢复单刚刚用过或已换新", "请由其他操作人员确认，或用新的恢复单", _WHERE)
    work.settings.put(_SETTING, None)


def _plain(code: str) -> str:
    """A code as it was made, however it was typed: in small letters, in groups, with full-width ones."""
    return "".join(c for c in unicodedata.normalize("NFKC", code).upper() if c.isalnum())
