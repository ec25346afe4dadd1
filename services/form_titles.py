"""What a place calls its forms (表的本地名称): by the kit in force, else the form's own title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms import registry
from models.domain.errors import DeskError

if TYPE_CHECKING:
    from models.domain.kit import ParameterKit
    from services.workspaces import Workspace


class FormTitles:
    """Names of forms for lists and covers (表名); read the kit once, ask often."""

    def __init__(self, workspace: Workspace) -> None:
        try:
            self._kit: ParameterKit | None = workspace.current_kit().kit
        except DeskError:
            self._kit = None

    def of(self, form_id: str, budget_year: int) -> str:
        """The name of a form of a budget year; KitProblem when this program has no such form."""
        own = registry.head(form_id).title
        return self._kit.form_title(form_id, budget_year, own) if self._kit else own
