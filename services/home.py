"""The program's own small memory (程序设置): known workspaces, the one used last, text size, notice read.

One JSON file in the user's data folder; a damaged one is set aside and begun anew, for nothing in
it belongs to a filing.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from models.domain.errors import DeskError
from services.file_names import file_stem

if TYPE_CHECKING:
    from services.ports.documents import FileWriter

HOME_VARIABLE = "BUDGET_DESK_HOME"
"""Environment variable that puts the data folder elsewhere (tests, shared desks)."""

_FILE = "设置.json"
_DAMAGED = "设置（损坏）.json"
_SCALES = (1.0, 1.75)


class HomeSettings(NamedTuple):
    """What the program remembers (程序设置); `text_scale` 1.0…1.75; `names` tells workspaces apart by folder."""

    workspaces: tuple[str, ...] = ()
    names: Mapping[str, str] = MappingProxyType({})
    last_workspace: str = ""
    text_scale: float = 1.0
    notice_accepted: bool = False


def home_folder() -> Path:
    """The user's data folder for this program; needs no administrator's rights."""
    given = os.environ.get(HOME_VARIABLE)
    if given:
        return Path(given)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "预算绩效工作台"


class Home:
    """Reads and keeps the settings (程序设置的存取)."""

    def __init__(self, folder: Path, files: FileWriter) -> None:
        self.folder = folder
        self.files = files

    def read(self) -> HomeSettings:
        """The settings; what is missing or cannot be read is as in the beginning, what a newer program knows is passed over."""
        return _settings_of(self._kept())

    def _kept(self) -> Any:
        """What the file says, None when it says nothing readable."""
        try:
            return json.loads((self.folder / _FILE).read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return None

    def write(self, settings: HomeSettings) -> None:
        """Keep the settings, a damaged file beside them; a full disk only costs the convenience, so it is not told."""
        content = json.dumps(
            {**settings._asdict(), "names": dict(settings.names)}, ensure_ascii=False, indent=1
        ).encode("utf-8")
        file = self.folder / _FILE
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if file.exists() and not isinstance(self._kept(), dict):
                os.replace(file, self.folder / _DAMAGED)
            self.files.write(file, content)
        except (DeskError, OSError):
            return

    def remember(self, workspace: Path, name: str = "") -> HomeSettings:
        """Note a workspace as the one used last, under a name people know it by."""
        before = settings = self.read()
        others = tuple(item for item in settings.workspaces if item != str(workspace))
        settings = settings._replace(
            workspaces=(str(workspace), *others),
            names={**settings.names, str(workspace): name or workspace.name},
            last_workspace=str(workspace),
        )
        if settings != before:  # a start on the same desk waits for no disk
            self.write(settings)
        return settings

    def others(self, workspace: Path) -> list[tuple[str, str]]:
        """(folder, name) of the other workspaces that are still there, the one used last first."""
        settings = self.read()
        return [
            (folder, settings.names.get(folder) or Path(folder).name)
            for folder in settings.workspaces
            if Path(folder) != workspace and Path(folder).is_dir()
        ]

    def new_workspace_folder(self, name: str) -> Path:
        """A folder for a new workspace that nothing has yet."""
        safe = file_stem(name, 40) or "工作区"
        folder, number = self.folder / "工作区" / safe, 2
        while folder.exists():
            folder, number = self.folder / "工作区" / f"{safe}（{number}）", number + 1
        return folder


def _settings_of(kept: Any) -> HomeSettings:
    """The settings a file spells; each value that has not its type or range is left as in the beginning."""
    given: dict[str, Any] = kept if isinstance(kept, dict) else {}
    scale, names = given.get("text_scale"), given.get("names")
    is_scale = isinstance(scale, (int, float)) and _SCALES[0] <= scale <= _SCALES[1]
    return HomeSettings(
        workspaces=tuple(_texts(given.get("workspaces"))),
        names={key: name for key, name in names.items() if isinstance(name, str)}
        if isinstance(names, dict)
        else {},
        last_workspace=next(iter(_texts([given.get("last_workspace")])), ""),
        text_scale=float(scale or 1) if is_scale else HomeSettings().text_scale,
        notice_accepted=given.get("notice_accepted") is True,
    )


def _texts(values: Any) -> list[str]:
    """The texts of a list; [] for anything else."""
    return [item for item in values if isinstance(item, str)] if isinstance(values, list) else []
