"""What first start hands over (首次使用结果)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.domain.project import Unit
from services.workspaces import DeskRole

if TYPE_CHECKING:
    from models.domain.kit import ParameterKit
    from services.kits import KitOffer
    from services.ports.tokens import TokenChoice


@dataclass(frozen=True, slots=True)
class UnitStart:
    """A unit (or department) with its bureau's kit (单位首次使用); `secret` is the new password, or the token chosen."""

    offer: KitOffer
    unit: Unit
    person_name: str
    secret: str | TokenChoice
    role: DeskRole


@dataclass(frozen=True, slots=True)
class BuiltinStart:
    """A unit whose bureau has no kit yet (使用通用示范参数): everything but sealing."""

    kit: ParameterKit
    unit: Unit
    person_name: str
    role: DeskRole


@dataclass(frozen=True, slots=True)
class PracticeStart:
    """A look at the practice county (先看演示), at one of its desks."""

    role: DeskRole
