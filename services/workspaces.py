"""Workspaces (工作区): one folder per desk, with its database, keys, packages and backups."""

from __future__ import annotations

import enum
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from models.domain.errors import InputError, KitProblem
from models.domain.project import Unit
from services.changes import ChangeFeed
from services.desk_profile import is_shared, keep_own, with_own

if TYPE_CHECKING:
    from models.domain.kit_head import KitHead
    from services.ports.exchange import KeyVault
    from services.ports.store import Store, StoredKit, UnitOfWork
    from services.tools import Tools


class NotAWorkspace(InputError):
    """A folder with a database that nobody's desk was set up in (不是工作区)."""


class DeskRole(enum.StrEnum):
    """Whose desk a workspace is (使用身份)."""

    FILER = "filer"
    DEPARTMENT = "department"
    BUREAU = "bureau"

    @property
    def label(self) -> str:
        """填报端, 主管部门端, 财政端."""
        return {"filer": "填报端", "department": "主管部门端", "bureau": "财政端"}[self.value]


@dataclass(frozen=True, slots=True)
class WorkspaceProfile:
    """Who sits at the desk (工作区信息): role, unit, person, working year."""

    role: DeskRole
    unit: Unit
    person_name: str
    working_year: int
    is_practice: bool = False


_LEFT_BEHIND = (".workspace.db", ".DS_Store")

_END_MARK = "closed_cleanly"
"""Setting that tells whether the desk ended cleanly; False while its window is open."""


def _end_mark(tools: Tools, folder: Path) -> str:
    """The setting of this desk: several may work with one database, each with a window of its own."""
    desk = tools.databases.desk(folder)
    return f"{_END_MARK}:{desk}" if desk else _END_MARK


class Workspace:
    """An open workspace (已打开的工作区).

    `marks_end` is False for a visit without a window (a night batch, an export): it must not say in the
    name of a desk that may be open meanwhile that this desk ended well. `signed_in` is the id of the person who
    signed in at this window, "" while nobody has.
    """

    def __init__(
        self,
        folder: Path,
        store: Store,
        tools: Tools,
        profile: WorkspaceProfile,
        changes: ChangeFeed,
        marks_end: bool = True,
    ) -> None:
        self.folder, self.store, self.tools = folder, store, tools
        self.profile, self.changes, self.marks_end = profile, changes, marks_end
        self.signed_in = ""

    @property
    def vault(self) -> KeyVault:
        """The keys of this workspace."""
        return self.tools.vault(self.folder / "keys")

    @property
    def archive(self) -> Path:
        """Where the workspace's own copies of packages lie."""
        return self.folder / "packages"

    @property
    def today(self) -> date:
        """The clock's date."""
        return self.tools.clock.now().date()

    def local(self, moment: datetime) -> datetime:
        """A moment as the clock on the desk tells it; what the store gives back is in UTC."""
        return moment.astimezone(self.tools.clock.now().tzinfo)

    def current_kit(self) -> StoredKit:
        """The kit of the working year in force; KitProblem when there is none."""
        with self.store.reading() as work:
            stored = work.kits.current(self.profile.working_year)
        if stored is None:
            raise self._no_kit()
        return stored

    def current_kit_head(self) -> KitHead:
        """Name, tasks and this unit's lines of the kit in force; KitProblem when there is none."""
        with self.store.reading() as work:
            return self.kit_head(work)

    def kit_head(self, work: UnitOfWork) -> KitHead:
        """Like `current_kit_head`, within a unit of work."""
        head = work.kits.current_head(self.profile.working_year, self.profile.unit.code)
        if head is None:
            raise self._no_kit()
        return head

    def _no_kit(self) -> KitProblem:
        is_bureau = self.profile.role is DeskRole.BUREAU
        remedy = "请先在“参数与证书”里下发" if is_bureau else "请先装入财政部门下发的任务参数包"
        return KitProblem(f"{self.profile.working_year}年还没有任务参数包", remedy)

    def close(self) -> None:
        """Note the clean end and release the database; it is released even when the note cannot be kept."""
        try:
            if self.marks_end:
                with self.store.writing() as work:
                    work.settings.put(_end_mark(self.tools, self.folder), True)
                    work.commit()
        finally:
            self.store.close()


def mark_open(workspace: Workspace, work: UnitOfWork) -> None:
    """Note in the database now in force that this desk is at work; a visit notes nothing."""
    if workspace.marks_end:
        work.settings.put(_end_mark(workspace.tools, workspace.folder), False)


def is_free(folder: Path) -> bool:
    """Whether a workspace can be made in a folder: nothing lies there but what a program killed while making
    a database leaves behind, or what a file manager puts everywhere."""
    if not folder.exists():
        return True
    return folder.is_dir() and all(item.name.startswith(_LEFT_BEHIND) for item in folder.iterdir())


def create_workspace(tools: Tools, folder: Path, profile: WorkspaceProfile) -> Workspace:
    """A new workspace in an empty or new folder, open from now on; InputError when something else lies there."""
    if not is_free(folder):
        raise InputError(f"文件夹“{folder.name}”里已有内容", "请选择一个空文件夹")
    was_there = folder.exists()
    try:
        store = tools.opener.open(folder, tools.clock.now(), create=True)
    except BaseException:
        if not was_there:  # a full disk: trying once more must not find half a folder
            shutil.rmtree(folder, ignore_errors=True)
        raise
    workspace = Workspace(folder, store, tools, profile, ChangeFeed())
    try:
        with store.writing() as work:
            put_profile(work, profile)
            work.settings.put(_end_mark(tools, folder), False)
            work.commit()
    except BaseException:
        store.close()
        raise
    return workspace


def stored_profile(workspace: Workspace) -> WorkspaceProfile:
    """The profile this desk will open with, whoever is signed in now."""
    with workspace.store.reading() as work:
        kept = _profile_of(work.settings.get("profile"), workspace.folder)
    return with_own(workspace.tools, workspace.folder, kept)


def save_profile(workspace: Workspace, profile: WorkspaceProfile) -> None:
    """Keep who sits at the desk; beside a shared database person and year are this computer's own.

    The name of whoever is signed in is the window's, not the desk's.
    """
    if workspace.signed_in:
        store_profile(workspace, replace(profile, person_name=stored_profile(workspace).person_name))
    else:
        store_profile(workspace, profile)
    workspace.profile = profile


def store_profile(workspace: Workspace, profile: WorkspaceProfile) -> None:
    """Keep what the desk will open with, each part where it belongs; EnvironmentProblem of the disk."""
    tools, folder = workspace.tools, workspace.folder
    if is_shared(tools, folder):
        keep_own(tools, folder, profile)
    with workspace.store.writing() as work:
        if is_shared(tools, folder):
            before = _profile_of(work.settings.get("profile"), folder)
            profile = replace(profile, person_name=before.person_name, working_year=before.working_year)
        put_profile(work, profile)
        work.commit()


def put_profile(work: UnitOfWork, profile: WorkspaceProfile) -> None:
    """Keep a profile in the database, within a unit of work."""
    work.settings.put(
        "profile",
        {
            "role": profile.role.value,
            "unit": asdict(profile.unit),
            "person_name": profile.person_name,
            "working_year": profile.working_year,
            "is_practice": profile.is_practice,
        },
    )


def _profile_of(kept: Any, folder: Path) -> WorkspaceProfile:
    """The profile as kept; NotAWorkspace when there is none to be read."""
    try:
        unit: Mapping[str, str] = kept["unit"]
        profile = WorkspaceProfile(
            DeskRole(kept["role"]),
            Unit(**unit),
            kept["person_name"],
            kept["working_year"],
            kept["is_practice"],
        )
    except (TypeError, KeyError, ValueError) as error:
        raise NotAWorkspace(f"文件夹“{folder.name}”不是本程序的工作区", "请选择工作区所在的文件夹") from error
    if type(profile.working_year) is not int:
        raise NotAWorkspace(f"文件夹“{folder.name}”不是本程序的工作区", "请选择工作区所在的文件夹")
    return profile


class OpenedWorkspace(NamedTuple):
    """A workspace opened again (打开结果); `was_cut_off` when the program did not end cleanly last time."""

    workspace: Workspace
    was_cut_off: bool


def open_workspace(tools: Tools, folder: Path, *, marks_end: bool = True) -> OpenedWorkspace:
    """Open an existing workspace. StorageProblem: damaged, locked, newer; NotAWorkspace when nobody's desk is in it.

    Without `marks_end` the desk is only visited, see `Workspace`.
    """
    store = tools.opener.open(folder, tools.clock.now())
    try:
        with store.reading() as work:
            profile = with_own(tools, folder, _profile_of(work.settings.get("profile"), folder))
            was_cut_off = work.settings.get(_end_mark(tools, folder)) is False
        if marks_end:
            with store.writing() as work:
                work.settings.put(_end_mark(tools, folder), False)
                work.commit()
    except BaseException:
        store.close()
        raise
    return OpenedWorkspace(Workspace(folder, store, tools, profile, ChangeFeed(), marks_end), was_cut_off)


def working_years(workspace: Workspace) -> Sequence[int]:
    """Working years there are kits for, newest first."""
    with workspace.store.reading() as work:
        return work.kits.working_years()
