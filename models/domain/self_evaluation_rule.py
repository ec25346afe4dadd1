"""How a place asks for self-evaluations (自评要求), as data of the kit: frames of units as a whole, report, words.

There is no national form for the self-evaluation of a unit as a whole (部门整体支出自评, domain §4.7): its items,
points and standards come from here alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class OverallItem:
    """One item of a unit's overall self-evaluation (整体自评指标).

    `standard` is the scoring standard as printed (评分标准). `method` names a rule of the score scheme or a
    method of `ScoreMethod`; the usual one leaves the points to the unit. Methods that reckon compare with
    `planned_value` by `comparator`. `figure` names what the program fills in itself: `execution_rate`.
    """

    item_id: str
    first_level: str
    second_level: str
    third_level: str
    full_score: Decimal
    standard: str
    method: str = "entered"
    comparator: str = ""
    planned_value: str = ""
    measure_unit: str = ""
    direction: str = ""
    figure: str = ""


@dataclass(frozen=True, slots=True)
class OverallFrame:
    """The items of a place's overall self-evaluation (整体自评指标体系), and where they come from."""

    frame_id: str
    name: str
    source: str
    items: tuple[OverallItem, ...]

    @property
    def full_total(self) -> Decimal:
        """What the items add up to."""
        return sum((item.full_score for item in self.items), Decimal(0))

    def item(self, item_id: str) -> OverallItem | None:
        """The item of that id, if the frame has it."""
        return next((item for item in self.items if item.item_id == item_id), None)


@dataclass(frozen=True, slots=True)
class SelfEvaluationRule:
    """What a place asks of self-evaluations (自评要求).

    `not_applicable_words` in 实际完成值 take an indicator out, with the reason beside it. `report_forms` are
    the forms a report text (自评报告) goes with, none where the place asks for none; `overall_frame_id`
    chooses among `overall_frames`, the first one when it is "".
    """

    not_applicable_words: tuple[str, ...] = ("不适用",)
    report_forms: tuple[str, ...] = ()
    overall_frame_id: str = ""
    overall_frames: tuple[OverallFrame, ...] = ()

    @property
    def overall_frame(self) -> OverallFrame | None:
        """The frame of a unit's overall self-evaluation in force; None where the kit carries none."""
        wanted = self.overall_frame_id
        return next((frame for frame in self.overall_frames if wanted in ("", frame.frame_id)), None)
