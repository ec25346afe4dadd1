"""How a place's integrated platform spells its workbooks (一体化对照表): sheets, heads, required marks, words.

Every province names its columns in its own way, so nothing of that is code: a mapping is one JSON file of
`resources/platform`, and a kit may bring its own or replace a shipped one by its id. Which fields a sheet may
have, and what is wrong with a mapping, says `platform_check`.
"""

from __future__ import annotations

import dataclasses
import enum
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from models.domain.money import AmountUnit


class PlatformKind(enum.StrEnum):
    """What a workbook of the platform is about (一体化表类)."""

    PROJECTS = "projects"
    BUDGETS = "budgets"
    APPROVED_TARGETS = "approved_targets"
    PAYMENT_LEDGER = "payment_ledger"
    TARGET_IMPORT = "target_import"
    MONITORING_IMPORT = "monitoring_import"
    SELF_EVALUATION_IMPORT = "self_evaluation_import"

    @property
    def label(self) -> str:
        """As people call it."""
        return _KIND_LABELS[self]

    @property
    def is_read(self) -> bool:
        """Whether it comes out of the platform into this program."""
        return self in _READ


_KIND_LABELS = {
    PlatformKind.PROJECTS: "项目清单",
    PlatformKind.BUDGETS: "预算表",
    PlatformKind.APPROVED_TARGETS: "批复的绩效目标",
    PlatformKind.PAYMENT_LEDGER: "支付进度表",
    PlatformKind.TARGET_IMPORT: "绩效目标",
    PlatformKind.MONITORING_IMPORT: "绩效运行监控",
    PlatformKind.SELF_EVALUATION_IMPORT: "绩效自评",
}
_READ = frozenset(
    {
        PlatformKind.PROJECTS,
        PlatformKind.BUDGETS,
        PlatformKind.APPROVED_TARGETS,
        PlatformKind.PAYMENT_LEDGER,
    }
)


class RowsOf(enum.StrEnum):
    """What one row of a sheet stands for (一行是什么): a project, one of its indicators, or one source of money."""

    PROJECT = "project"
    INDICATOR = "indicator"
    FUND = "fund"


class CellContent(enum.StrEnum):
    """What the cells of a column hold (栏内容).

    A code stays text whatever its digits; an amount is in the mapping's unit; a completion is a number where
    the sign asks for one, else one of the words of `values`.
    """

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    AMOUNT = "amount"
    DATE = "date"
    COMPLETION = "completion"


class Required(enum.StrEnum):
    """When a cell may not be blank (必填条件): never asked, always, by the row's sign, or where it was not met."""

    NO = "no"
    ALWAYS = "always"
    NUMERIC = "numeric"
    QUALITATIVE = "qualitative"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class PlatformColumn:
    """One column of a sheet (对照栏).

    `field` is our own name for what stands there (`platform_check.FIELDS`), `head` what is printed, without
    the star, with {month} and {budget_year} filled in; `synonyms` are other spellings met in exports and
    `name` the standard field name of the data norm. `is_marked` prints * in red. `values` are the words
    the platform uses for ours: the first is written, all are read; none of them fits every other text.
    `default` stands where nothing else does.
    """

    field: str
    head: str
    synonyms: tuple[str, ...] = ()
    name: str = ""
    content: CellContent = CellContent.TEXT
    required: Required = Required.NO
    is_marked: bool = False
    values: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    default: str = ""

    def rank(self, text: str) -> int | None:
        """How well a head cell fits: 0 the printed head, then the synonyms, last the field name; None not at all."""
        body = bare_head(text)
        spellings = [bare_head(one) for one in (self.head, *self.synonyms)]
        if body and body in spellings:
            return spellings.index(body)
        return len(spellings) if self.name and plain(text).lower() == self.name else None

    def ours(self, text: str) -> str | None:
        """Our word for one of the platform's; None for a word it does not know."""
        wanted = plain(text)
        for own, spelled in self.values.items():
            if wanted in [plain(one) for one in spelled]:
                return own
        return None


@dataclass(frozen=True, slots=True)
class PlatformSheet:
    """One sheet of a workbook (对照工作表); `names_below` puts a second head row with the standard field names."""

    sheet_name: str
    rows: RowsOf
    columns: tuple[PlatformColumn, ...]
    names_below: bool = False

    def column(self, wanted: str) -> PlatformColumn | None:
        """The column of one of our fields."""
        return next((column for column in self.columns if column.field == wanted), None)


@dataclass(frozen=True, slots=True)
class PlatformMapping:
    """One workbook of a platform (一体化对照表).

    `amount_unit` is what its amounts are in where the file does not say; `is_per_project` writes a workbook for
    each project, as templates without a project column ask for; `note` tells what was not known of it.
    """

    mapping_id: str
    name: str
    kind: PlatformKind
    sheets: tuple[PlatformSheet, ...]
    amount_unit: AmountUnit = AmountUnit.YUAN
    is_per_project: bool = False
    source: str = ""
    note: str = ""


_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")
_UNIT_BEHIND = re.compile(r"/[百千万亿]*元$")


def plain(text: str) -> str:
    """A cell's text without blanks, full-width signs as half-width ones."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def bare_head(text: str) -> str:
    """A head without what is written around it: blanks, stars, brackets with units or hints."""
    body = plain(text)
    bare = _UNIT_BEHIND.sub("", _BRACKETS.sub("", body))
    return (bare or body).strip("*★:;,。")
