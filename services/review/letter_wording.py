"""How this desk words its letters (函件文字): the kit's wording until the bureau writes its own, and whom to call."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from models.domain.errors import DeskError
from models.domain.letter_template import ApprovalLetterTemplate, LetterTemplate
from services.review.letter_files import LetterWish, refuse_unknown
from services.review.rules import review_rule
from services.workspaces import Workspace

_WORDING: dict[type[LetterTemplate], str] = {
    LetterTemplate: "return_letter",
    ApprovalLetterTemplate: "approval_letter",
}
"""What the kit's review rule and the desk's settings call the wording of a kind of letter."""
_CONTACT = "return_letter_contact"


def usual_wording(workspace: Workspace, kind: type[LetterTemplate] = LetterTemplate) -> LetterTemplate:
    """The wording of the kit in force, the program's own while there is none."""
    try:
        rule = review_rule(workspace.current_kit().kit)
    except DeskError:
        return kind()
    return rule.approval_letter if kind is ApprovalLetterTemplate else rule.return_letter


def usual_wish(workspace: Workspace, kind: type[LetterTemplate] = LetterTemplate) -> LetterWish:
    """What the letters begin with: the desk's wording, and the contact named last, else the bureau's own."""
    with workspace.store.reading() as work:
        wording, contact = work.settings.get(_WORDING[kind]), work.settings.get(_contact_key(workspace))
    kept, unit = _texts(contact), workspace.profile.unit
    return LetterWish(
        _template(wording, usual_wording(workspace, kind)),
        contact_name=kept.get("name", unit.contact_name or workspace.profile.person_name),
        contact_phone=kept.get("phone", unit.contact_phone),
    )


def keep_wording(workspace: Workspace, template: LetterTemplate) -> None:
    """From now on letters are worded so; the kit's wording is kept as none of one's own.

    InputError when it has a field nobody knows.
    """
    refuse_unknown(template)
    kind = type(template)
    own = None if template == usual_wording(workspace, kind) else asdict(template)
    with workspace.store.writing() as work:
        work.settings.put(_WORDING[kind], own)
        work.commit()


def keep_contact(workspace: Workspace, wish: LetterWish) -> None:
    """The next letters name the same person; every desk at a shared database has its own."""
    with workspace.store.writing() as work:
        work.settings.put(_contact_key(workspace), {"name": wish.contact_name, "phone": wish.contact_phone})
        work.commit()


def _contact_key(workspace: Workspace) -> str:
    desk = workspace.tools.databases.desk(workspace.folder)
    return f"{_CONTACT}:{desk}" if desk else _CONTACT


def _texts(kept: Any) -> dict[str, str]:
    """The texts of what was kept; nothing of anything else."""
    return {k: v for k, v in kept.items() if isinstance(v, str)} if isinstance(kept, dict) else {}


def _template(kept: Any, usual: LetterTemplate) -> LetterTemplate:
    """The wording kept, the usual one for what is missing in it."""
    texts = _texts(kept)
    return type(usual)(*(texts.get(item.name, getattr(usual, item.name)) for item in fields(usual)))
