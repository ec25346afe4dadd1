"""Official letters as files (函件的生成): one a unit or all in one file, never over another, told in the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from forms.kinds import show_date
from models.domain.errors import InputError
from models.domain.letter_template import LetterTemplate, merged
from models.domain.project import Unit
from services.file_names import file_stem
from services.job import JobContext
from services.ports.documents import PageMark, PageMarks
from services.ports.letters import Letter, LetterList
from services.workspaces import Workspace

_MOST_OF_A_NAME = 24


@dataclass(frozen=True, slots=True)
class LetterWish:
    """What a person decides about the letters (函件要求): wording, 发文字号 as typed, whom to call."""

    template: LetterTemplate
    number: str = ""
    contact_name: str = ""
    contact_phone: str = ""

    @property
    def note(self) -> str:
        """联系人 and 联系电话 as the letter's note, without what was not given."""
        given = (("联系人", self.contact_name.strip()), ("联系电话", self.contact_phone.strip()))
        return "；".join(f"{label}：{text}" for label, text in given if text)


class OneLetter(Protocol):
    """The letter of one unit (一个单位的函), before it is drawn."""

    @property
    def unit(self) -> Unit:
        """Whom it is for."""
        ...

    @property
    def items(self) -> Sequence[Any]:
        """The filings it is about."""
        ...

    @property
    def letter(self) -> Letter:
        """How it reads."""
        ...


@dataclass(frozen=True, slots=True)
class LetterFiles:
    """A kind of letters (函件种类): 退回修改函, its word in the log, and how letters are put together, one a unit."""

    name: str
    action: str
    put_together: Callable[[Workspace, Sequence[Any], LetterWish], Sequence[OneLetter]]

    def write(
        self,
        workspace: Workspace,
        items: Sequence[Any],
        wish: LetterWish,
        folder: Path,
        ctx: JobContext,
        *,
        in_one_file: bool,
    ) -> tuple[Path, ...]:
        """The letters about `items` as PDF in `folder`: one a unit, or all in one file for printing; in order.

        InputError without a letter, or when the wording has a field nobody knows; EnvironmentProblem of the carrier.
        Stopping keeps what was written.
        """
        refuse_unknown(wish.template)
        found = self.put_together(workspace, items, wish)
        if not found:
            raise InputError("没有选择单位", "请勾选要发函的单位")
        is_practice = workspace.current_kit().kit.is_practice
        marks = PageMarks(PageMark.PRACTICE if is_practice else PageMark.NONE)
        groups = [tuple(found)] if in_one_file else [(one,) for one in found]
        written: list[Path] = []
        for number, group in enumerate(groups):
            ctx.step(number, len(groups), group[0].unit.name)
            content = workspace.tools.documents.letters([one.letter for one in group], marks)
            path = _free(folder / self._file_name(workspace, group, is_whole=in_one_file))
            workspace.tools.files.write(path, content)
            written.append(path)
            self._note(workspace, group)
        ctx.step(len(groups), len(groups), "已生成")
        return tuple(written)

    def _file_name(self, workspace: Workspace, group: Sequence[OneLetter], *, is_whole: bool) -> str:
        """The file's name: by unit code, so that two units of one name do not share a file."""
        day = f"{workspace.today:%Y%m%d}"
        if is_whole:
            return f"{self.name}_{len(group)}个单位_{day}.pdf"
        unit = group[0].unit
        name, code = file_stem(unit.name, _MOST_OF_A_NAME), file_stem(unit.code, _MOST_OF_A_NAME)
        return f"{self.name}_{code}_{name}_{day}.pdf"

    def _note(self, workspace: Workspace, group: Sequence[OneLetter]) -> None:
        """Say in the log who was written to."""
        now, who = workspace.tools.clock.now(), workspace.profile.person_name
        with workspace.store.writing() as work:
            for one in group:
                said = f"生成{self.name}，{len(one.items)} 份表"
                detail = {"document_number": one.letter.number}
                work.audit.append(now, who, self.action, one.unit.code, said, detail)
            work.commit()


def worded(
    workspace: Workspace, unit: Unit, wish: LetterWish, values: Mapping[str, str], enclosed: LetterList
) -> Letter:
    """The letter to a unit as its wording and `values`, the fields merged into it besides everybody's, make it."""
    template, sender = wish.template, workspace.profile.unit.name
    everybodys = {"单位": unit.name, "联系人": wish.contact_name, "联系电话": wish.contact_phone}
    values = {**everybodys, **values}
    texts = (template.opening, template.closing, template.ending)
    paragraphs = [line.strip() for text in texts for line in merged(text, values).splitlines()]
    return Letter(
        sender=sender,
        number=merged(wish.number, values).strip(),
        title=merged(template.title, values),
        salutation=merged(template.salutation, values),
        paragraphs=tuple(line for line in paragraphs if line),
        enclosed=enclosed,
        dated=show_date(workspace.today),
        note=wish.note,
    )


def refuse_unknown(template: LetterTemplate) -> None:
    """InputError naming a field of the wording that nothing is merged into."""
    if template.unknown_fields:
        named = "、".join(f"{{{name}}}" for name in template.unknown_fields)
        raise InputError(f"函件文字里有不认识的合并域{named}", "请改成列出的合并域，或去掉花括号", "函件文字")


def _free(path: Path) -> Path:
    """The path, or the next one nothing has: a letter written earlier the same day is never written over."""
    found, number = path, 2
    while found.exists():
        found, number = path.with_name(f"{path.stem}（{number}）{path.suffix}"), number + 1
    return found
