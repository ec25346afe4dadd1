"""What the bureau handed back, taken in together (收下财政部门交回的文件): the department's own and its units', a folder at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from models.domain.errors import DeskError
from models.domain.message import MessageType
from services import inbox
from services.department.passing_down import KINDS, TakenForUnit
from services.job import JobContext
from services.package_files import packages_in
from services.path_text import path_text
from services.ports.exchange import TrustMaterial
from services.workspaces import Workspace


@dataclass
class TakenBack:
    """What became of the files (收下结果): new ones for units, known ones, the department's own, and refused ones with why.

    `kits` counts kits among them, which are looked at and taken in by themselves.
    """

    for_units: int = 0
    known: int = 0
    own: int = 0
    kits: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """The result for people."""
        parts = [
            f"收下 {self.for_units} 份待转交" if self.for_units else "",
            f"本部门的 {self.own} 份" if self.own else "",
            f"以前收过 {self.known} 份" if self.known else "",
            f"没有收下 {len(self.refused)} 份" if self.refused else "",
        ]
        told = "，".join(part for part in parts if part) or "没有找到回执、退回修改通知或批复通知"
        kit = "任务参数包请在“回执与退回”里装入。" if self.kits else ""
        return f"{told}。{kit}"


def take_back(workspace: Workspace, paths: Sequence[Path], ctx: JobContext) -> TakenBack:
    """Take files, or all in folders, in; one that cannot be taken stops no other, and stopping keeps what was taken.

    What went upward on the same stick (packages of units) is passed over; EnvironmentProblem when the carrier fails.
    """
    files, result, tools = packages_in(paths), TakenBack(), workspace.tools
    for index, path in enumerate(files):
        ctx.step(index, len(files), path_text(path.name))
        judged = tools.reader.judge(path, TrustMaterial(), tools.clock.now(), inspect_documents=False)
        if judged.message_type == MessageType.PARAMETER_KIT.value:
            result.kits += 1
        elif judged.message_type is None or judged.message_type in KINDS:
            _take(workspace, path, result)
    ctx.step(len(files), len(files), "已收下")
    return result


def _take(workspace: Workspace, path: Path, result: TakenBack) -> None:
    """One file, counted."""
    try:
        taken = inbox.take_in(workspace, path)
    except DeskError as error:
        result.refused.append((path_text(path.name), error.sentence))
        return
    if getattr(taken, "was_known", False):
        result.known += 1
    elif isinstance(taken, TakenForUnit):
        result.for_units += 1
    else:
        result.own += 1
