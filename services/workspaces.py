"""Workspaces (工作区): one folder per desk, with its database, keys, packages and backups."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from models.domain.errors import InputError, KitProblem
from models.domain.project import Unit
from services.changes import ChangeFeed
from services.ports.exchange import KeyVault
from services.ports.store import Store, StoredKit
from services.tools import Tools


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


@dataclass
class Workspace:
    """An open workspace (已打开的工作区)."""

    folder: Path
    store: Store
    tools: Tools
    profile: WorkspaceProfile
    changes: ChangeFeed

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

    def current_kit(self) -> StoredKit:
        """The kit of the working year in force; KitProblem when there is none."""
        with self.store.reading() as work:
            stored = work.kits.current(self.profile.working_year)
        if stored is None:
            is_bureau = self.profile.role is DeskRole.BUREAU
            remedy = "请先在“参数与证书”里下发" if is_bureau else "请先装入财政部门下发的任务参数包"
            raise KitProblem(f"{self.profile.working_year}年还没有任务参数包", remedy)
        return stored

    def close(self) -> None:
        """Note the clean end and release the database."""
        with self.store.writing() as work:
            work.settings.put("closed_cleanly", True)
            work.commit()
        self.store.close()


def create_workspace(tools: Tools, folder: Path, profile: WorkspaceProfile) -> Workspace:
    """A new workspace in an empty or new folder; InputError when something else lies there."""
    if folder.exists() and any(folder.iterdir()):
        raise InputError(f"文件夹“{folder.name}”里已有内容", "请选择一个空文件夹")
    folder.mkdir(parents=True, exist_ok=True)
    store = tools.opener.open(folder, tools.clock.now(), create=True)
    workspace = Workspace(folder, store, tools, profile, ChangeFeed())
    save_profile(workspace, profile)
    return workspace


def save_profile(workspace: Workspace, profile: WorkspaceProfile) -> None:
    """Keep who sits at the desk."""
    with workspace.store.writing() as work:
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
        work.commit()
    workspace.profile = profile


@dataclass(frozen=True, slots=True)
class OpenedWorkspace:
    """A workspace opened again (打开结果); `was_cut_off` when the program did not end cleanly last time."""

    workspace: Workspace
    was_cut_off: bool


def open_workspace(tools: Tools, folder: Path) -> OpenedWorkspace:
    """Open an existing workspace. StorageProblem: damaged, locked, newer; InputError when it is none."""
    store = tools.opener.open(folder, tools.clock.now())
    try:
        with store.writing() as work:
            kept = work.settings.get("profile")
            was_cut_off = work.settings.get("closed_cleanly") is False
            work.settings.put("closed_cleanly", False)
            work.commit()
        if not isinstance(kept, dict):
            raise InputError(f"文件夹“{folder.name}”不是本程序的工作区", "请选择工作区所在的文件夹")
    except BaseException:
        store.close()
        raise
    profile = WorkspaceProfile(
        DeskRole(kept["role"]),
        Unit(**kept["unit"]),
        kept["person_name"],
        kept["working_year"],
        kept["is_practice"],
    )
    return OpenedWorkspace(Workspace(folder, store, tools, profile, ChangeFeed()), was_cut_off)


def working_years(workspace: Workspace) -> Sequence[int]:
    """Working years there are kits for, newest first."""
    with workspace.store.reading() as work:
        return sorted({stored.kit.working_year for stored in work.kits.all()}, reverse=True)
