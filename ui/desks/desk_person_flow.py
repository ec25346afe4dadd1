"""Who uses this computer (本机经办人控制): asked where neither the desk nor anybody signed in has a name."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from models.domain.desk_user import DeskUser
from services.changes import Topic
from services.one_line import one_line
from services.workspaces import save_profile
from ui.bureau.desk_person_page import DeskPersonPage
from ui.desks.base import DeskController, DeskParts


class DeskPersonFlow(DeskController):
    """Stands before the pages until there is a name (本机经办人控制)."""

    def __init__(self, parts: DeskParts, parent: QObject | None = None) -> None:
        super().__init__(parts, parent)
        self.page: DeskPersonPage | None = None

    def on_seated(self, _present: DeskUser, has_people: bool) -> None:
        """People who sign in have a name; a desk of its own may have none yet."""
        if has_people or self.workspace.profile.person_name.strip():
            return
        if self.page is None:
            self.page = DeskPersonPage()
            self.page.submitted.connect(self._on_submitted)
            self.page.left.connect(self.frame.close)
        self.frame.show_gate(self.page)
        self.page.ask(self.workspace.profile.unit.name)

    def _on_submitted(self, name: str) -> None:
        workspace = self.workspace

        def keep(_ctx: object) -> None:
            save_profile(workspace, replace(workspace.profile, person_name=one_line(name)))
            workspace.changes.tell(Topic.SETTINGS)

        self.run(keep)
