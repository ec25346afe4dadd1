"""How an ex-ante evaluation is scored (事前绩效评估的评分), as data of the kit.

Dimensions, points, veto items and bands differ by place (domain §2, §0.6); none of them stands in code.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from models.domain.errors import KitProblem


@dataclass(frozen=True, slots=True)
class ExAnteItem:
    """An item that is rated (评估内容): full points; a veto item fails the whole when it gets a failing rating."""

    item_id: str
    text: str
    points: Decimal
    is_veto: bool = False


@dataclass(frozen=True, slots=True)
class ExAnteBlock:
    """Items under one point of attention (评估要点)."""

    name: str
    items: tuple[ExAnteItem, ...]


@dataclass(frozen=True, slots=True)
class ExAnteDimension:
    """A dimension (评估维度) with its blocks; `guidance` says what its section of the report must answer.

    A veto dimension fails the whole below the scheme's `veto_share` of its points.
    """

    name: str
    blocks: tuple[ExAnteBlock, ...]
    guidance: str = ""
    is_veto: bool = False

    @property
    def items(self) -> tuple[ExAnteItem, ...]:
        """Every item, in order."""
        return tuple(item for block in self.blocks for item in block.items)

    @property
    def points(self) -> Decimal:
        """Full points of the dimension."""
        return sum((item.points for item in self.items), Decimal(0))


@dataclass(frozen=True, slots=True)
class ExAnteObject:
    """What is evaluated (评估对象): `kind` is `project` or `policy`, each with dimensions of its own."""

    kind: str
    label: str
    dimensions: tuple[ExAnteDimension, ...]

    @property
    def points(self) -> Decimal:
        """Full points of all dimensions."""
        return sum((dimension.points for dimension in self.dimensions), Decimal(0))


@dataclass(frozen=True, slots=True)
class ExAnteRating:
    """A rating (评级) and the share of an item's points it brings, 0…1; `is_failing` triggers veto items."""

    name: str
    share: Decimal
    is_failing: bool = False


@dataclass(frozen=True, slots=True)
class ExAnteBand:
    """A conclusion (评估结论) and the total from which on it holds, inclusive; `is_support` lets money be given."""

    conclusion: str
    lower: Decimal
    is_support: bool = True


@dataclass(frozen=True, slots=True)
class ExAnteAttachment:
    """A material that belongs to the report (评估附件)."""

    name: str
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class ExAnteScheme:
    """How an ex-ante evaluation is scored and concluded (事前绩效评估评分方案), domain §2.3 to §2.5.

    `ratings` and `bands` from best to worst. `veto_share` is the share of its points below which a veto
    dimension fails. `source` names the circular.
    """

    scheme_id: str
    name: str
    source: str
    objects: tuple[ExAnteObject, ...]
    ratings: tuple[ExAnteRating, ...]
    bands: tuple[ExAnteBand, ...]
    veto_share: Decimal = Decimal(0)
    attachments: tuple[ExAnteAttachment, ...] = ()

    def object_of(self, kind: str) -> ExAnteObject:
        """The object of that kind, the first where it is not known; KitProblem when the scheme has none."""
        if not self.objects:
            raise KitProblem("任务参数包没有列出事前绩效评估的评估维度", "请向财政部门索取完整的任务参数包")
        return next((item for item in self.objects if item.kind == kind), self.objects[0])

    def rating(self, name: str) -> ExAnteRating | None:
        """The rating of that name."""
        return next((rating for rating in self.ratings if rating.name == name), None)

    def band(self, conclusion: str) -> ExAnteBand | None:
        """The band of that conclusion."""
        return next((band for band in self.bands if band.conclusion == conclusion), None)

    def band_of(self, total: Decimal) -> ExAnteBand | None:
        """The best conclusion a total reaches, the worst one below all bounds; None without bands."""
        reached = (band for band in self.bands if total >= band.lower)
        return next(reached, self.bands[-1] if self.bands else None)
