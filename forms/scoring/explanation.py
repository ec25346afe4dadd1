"""Why a score is what it is (得分说明): the formula with numbers, the rule, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """The explanation of one score (得分说明).

    `formula` has the numbers put in; `rule` names the scheme's rule in words and `clause` the circular
    or article behind it ("" where the kit names none); `change` says what would bring more points, ""
    at full marks; `notes` tell what reading had to assume.
    """

    formula: str
    rule: str
    clause: str = ""
    change: str = ""
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Everything as sentences, for print and tool tips."""
        basis = f"依据：{self.clause}" if self.clause else ""
        parts = (self.formula, f"规则：{self.rule}" if self.rule else "", basis, self.change, *self.notes)
        return "".join(f"{part.rstrip('。')}。" for part in parts if part)
