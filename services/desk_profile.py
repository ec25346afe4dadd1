"""What of a desk's profile belongs to the computer (本机信息): who sits here and the working year they are in.

Several desks share one database; what one of them turns to must not turn for the others. There the two are kept in a
small file of the desk's own folder, everything else of the profile stays in the database. Nothing of a filing depends on
the file: without it, or when it cannot be read, the desk begins with the database's year and without a person; who sits
at another computer never lends this one their name, the window asks.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from services.tools import Tools
    from services.workspaces import WorkspaceProfile

FILE = "desk.json"


def is_shared(tools: Tools, folder: Path) -> bool:
    """Whether other desks work with this one's database."""
    return bool(tools.databases.desk(folder))


def with_own(tools: Tools, folder: Path, profile: WorkspaceProfile) -> WorkspaceProfile:
    """The profile of a database as it counts at this desk; no person where this computer knows none."""
    if not is_shared(tools, folder):
        return profile
    kept = _kept(folder)
    name, year = kept.get("person_name"), kept.get("working_year")
    return replace(
        profile,
        person_name=name if isinstance(name, str) else "",
        working_year=year if type(year) is int else profile.working_year,
    )


def keep_own(tools: Tools, folder: Path, profile: WorkspaceProfile) -> None:
    """Keep this desk's own part beside its shared database; EnvironmentProblem of the disk."""
    own = {"person_name": profile.person_name, "working_year": profile.working_year}
    tools.files.write(folder / FILE, json.dumps(own, ensure_ascii=False, indent=1).encode("utf-8"))


def _kept(folder: Path) -> dict[str, Any]:
    """What the file says, nothing when it says nothing readable."""
    try:
        found = json.loads((folder / FILE).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
