"""退回修改函 (return letters): the official letter beside what was returned, one a unit, worded by the bureau (F69).

The signed slip reopens the forms; the letter is what a unit files and its leader signs for. Its wording is the kit's
(`ReviewRule.return_letter`) until the desk words it otherwise (`letter_wording`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from forms.kinds import show_date
from models.domain.errors import InputError
from models.domain.letter_template import LetterTemplate, merged
from models.domain.project import Unit
from models.domain.review import ReviewComment
from services.file_names import file_stem
from services.handed_out import HandedOut, handed_out
from services.job import JobContext
from services.ports.documents import PageMark, PageMarks
from services.ports.letters import Letter, LetterList
from services.review.return_slips import Returned, answer_days
from services.workspaces import Workspace

_HEAD = ("序号", "退回的项目和表", "位置", "审核意见", "修改要求")
_WIDTHS = (11, 41, 31, 43, 30)
_NAMED = 2
"""So many kinds of forms are named one by one."""
_MOST_OF_A_NAME = 24


@dataclass(frozen=True, slots=True)
class LetterWish:
    """What a person decides about the letters (函件要求): wording, 发文字号 as typed, whom to call."""

    template: LetterTemplate
    number: str = ""
    contact_name: str = ""
    contact_phone: str = ""


@dataclass(frozen=True, slots=True)
class UnitLetter:
    """The letter of one unit (一个单位的函), before it is drawn; `answer_by` when the unit has to answer."""

    unit: Unit
    items: tuple[Returned, ...]
    answer_by: date
    letter: Letter

    @property
    def remark_count(self) -> int:
        """意见条数: remarks and opinions in the list."""
        return sum(_remark_count(item) for item in self.items)


def letters(workspace: Workspace, items: Sequence[Returned], wish: LetterWish) -> tuple[UnitLetter, ...]:
    """One letter per unit, the units in order; KitProblem while there is no kit."""
    by_unit: dict[str, list[Returned]] = defaultdict(list)
    for item in items:
        by_unit[item.unit.code].append(item)
    known = handed_out(workspace)
    return tuple(_of_unit(workspace, known, of_unit, wish) for of_unit in by_unit.values())


def write_letters(
    workspace: Workspace,
    items: Sequence[Returned],
    wish: LetterWish,
    folder: Path,
    ctx: JobContext,
    *,
    in_one_file: bool,
) -> tuple[Path, ...]:
    """The letters as PDF in `folder`: one a unit, or all in one file for printing; what was written, in order.

    InputError when the wording has a field nobody knows; EnvironmentProblem of the carrier. Stopping keeps what was
    written.
    """
    refuse_unknown(wish.template)
    found = letters(workspace, items, wish)
    if not found:
        raise InputError("没有选择单位", "请勾选要发函的单位")
    is_practice = workspace.current_kit().kit.is_practice
    marks = PageMarks(PageMark.PRACTICE if is_practice else PageMark.NONE)
    groups = [found] if in_one_file else [(one,) for one in found]
    written: list[Path] = []
    for number, group in enumerate(groups):
        ctx.step(number, len(groups), group[0].unit.name)
        content = workspace.tools.documents.letters([one.letter for one in group], marks)
        path = _free(folder / _name(group, workspace.today, is_whole=in_one_file))
        workspace.tools.files.write(path, content)
        written.append(path)
        _note(workspace, group)
    ctx.step(len(groups), len(groups), "已生成")
    return tuple(written)


def refuse_unknown(template: LetterTemplate) -> None:
    """InputError naming a field of the wording that nothing is merged into."""
    if template.unknown_fields:
        named = "、".join(f"{{{name}}}" for name in template.unknown_fields)
        raise InputError(f"函件文字里有不认识的合并域{named}", "请改成列出的合并域，或去掉花括号", "函件文字")


def _of_unit(
    workspace: Workspace, known: HandedOut, items: Sequence[Returned], wish: LetterWish
) -> UnitLetter:
    unit, today = items[0].unit, workspace.today
    answer_by = max(_told_on(workspace, item) for item in items) + timedelta(days=answer_days(known, items))
    values = {
        "单位": unit.name,
        "表名": _form_names(items),
        "年度": "、".join(str(year) for year in sorted({item.filing.budget_year for item in items})),
        "退回件数": str(len(items)),
        "意见条数": str(sum(_remark_count(item) for item in items)),
        "期限": show_date(answer_by),
        "审核单位": workspace.profile.unit.name,
        "联系人": wish.contact_name,
        "联系电话": wish.contact_phone,
    }
    template = wish.template
    texts = (template.opening, template.closing, template.ending)
    paragraphs = [line.strip() for text in texts for line in merged(text, values).splitlines()]
    letter = Letter(
        sender=workspace.profile.unit.name,
        number=merged(wish.number, values).strip(),
        title=merged(template.title, values),
        salutation=merged(template.salutation, values),
        paragraphs=tuple(line for line in paragraphs if line),
        enclosed=LetterList("退回修改清单", _HEAD, tuple(_rows(items)), _WIDTHS),
        dated=show_date(today),
        note=_contact(wish),
    )
    return UnitLetter(unit, tuple(items), answer_by, letter)


def _told_on(workspace: Workspace, item: Returned) -> date:
    """From when the unit's days count: when its slip was made, else today."""
    return workspace.local(item.told_at).date() if item.told_at else workspace.today


def _form_names(items: Sequence[Returned]) -> str:
    """What was returned in words: the forms' names, or how many kinds."""
    names = tuple(dict.fromkeys(item.title for item in items))
    return "和".join(names) if len(names) <= _NAMED else f"{names[0]}等{len(names)}种表"


def _contact(wish: LetterWish) -> str:
    """联系人 and 联系电话 as the letter's note, without what was not given."""
    given = (("联系人", wish.contact_name.strip()), ("联系电话", wish.contact_phone.strip()))
    return "；".join(f"{label}：{text}" for label, text in given if text)


def _rows(items: Sequence[Returned]) -> list[tuple[str, ...]]:
    """The list: each form with its opinion, then every remark; leading blanks go on with the form above."""
    rows: list[tuple[str, ...]] = []
    for number, item in enumerate(items, 1):
        said = [(one.label or "全表", one.text, _asked(one)) for one in item.comments]
        opinion = item.decision.opinion.strip()
        if opinion or not said:
            said.insert(0, ("总体意见", opinion or "请修改完善", "请修改后重新报送"))
        head = (str(number), f"{item.subject}\n{item.title}（第{item.filing.version}版）")
        rows += [(*(head if at == 0 else ("", "")), *words) for at, words in enumerate(said)]
    return rows


def _asked(comment: ReviewComment) -> str:
    """What the unit is to do about a remark."""
    asked = "请修改，或答复说明理由" if comment.is_compulsory else "供修改时参考"
    return f"建议改为：{comment.proposed}\n{asked}" if comment.proposed else asked


def _remark_count(item: Returned) -> int:
    return len(item.comments) + bool(item.decision.opinion.strip())


def _name(group: Sequence[UnitLetter], day: date, *, is_whole: bool) -> str:
    """The file's name: by unit code, so that two units of one name do not share a file."""
    if is_whole:
        return f"退回修改函_{len(group)}个单位_{day:%Y%m%d}.pdf"
    unit = group[0].unit
    name, code = file_stem(unit.name, _MOST_OF_A_NAME), file_stem(unit.code, _MOST_OF_A_NAME)
    return f"退回修改函_{code}_{name}_{day:%Y%m%d}.pdf"


def _free(path: Path) -> Path:
    """The path, or the next one nothing has: a letter written earlier the same day is never written over."""
    found, number = path, 2
    while found.exists():
        found, number = path.with_name(f"{path.stem}（{number}）{path.suffix}"), number + 1
    return found


def _note(workspace: Workspace, group: Sequence[UnitLetter]) -> None:
    """Say in the log who was written to."""
    now, who = workspace.tools.clock.now(), workspace.profile.person_name
    with workspace.store.writing() as work:
        for one in group:
            said = f"生成退回修改函，{len(one.items)} 份表"
            detail = {"document_number": one.letter.number}
            work.audit.append(now, who, "return_letter", one.unit.code, said, detail)
        work.commit()
