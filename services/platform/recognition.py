"""Which sheet of the platform a table is (识别导出表): met by its heads, Chinese labels and field names alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.domain.errors import InputError
from models.domain.money import AmountUnit
from models.domain.platform_check import AMOUNTS, required_of
from models.domain.platform_mapping import PlatformColumn, PlatformKind, PlatformMapping, PlatformSheet
from services.one_line import one_line
from services.platform.cell_values import code_and_name
from services.ports.documents import ReadTable
from services.register_tables import Line, RegisterTable

_HEAD_LOOKAHEAD = 12
_CODE, _NAME = "project_code", "project_name"
_CODE_LENGTH = 21
"""Characters of a project code (domain §9); another text before a dash is no code."""
_SPECIFIC = (
    PlatformKind.APPROVED_TARGETS,
    PlatformKind.PAYMENT_LEDGER,
    PlatformKind.BUDGETS,
    PlatformKind.PROJECTS,
)
"""Where as many columns fit, the kind that asks for more goes first."""


@dataclass(frozen=True)
class KnownSheet:
    """A table whose heads were met (认出的工作表): `columns` are places by field."""

    mapping: PlatformMapping
    sheet: PlatformSheet
    table: RegisterTable

    @property
    def kind(self) -> PlatformKind:
        """What it is about."""
        return self.mapping.kind

    @property
    def where(self) -> str:
        """The sheet as messages name it."""
        name = self.table.table.sheet_name
        return f"工作表“{name}”" if name else ""

    @property
    def amount_unit(self) -> AmountUnit:
        """What its amounts are in: as the file says, else as the platform keeps them."""
        found = (self.table.amount_unit(key) for key in self.table.columns if key in AMOUNTS)
        return next((unit for unit in found if unit is not None), self.mapping.amount_unit)

    def lines(self) -> Iterator[tuple[int, Line]]:
        """Lines that hold anything but the heads repeated, with the number a person sees."""
        for number, line in self.table.lines():
            if not self._is_head(line):
                yield number, line

    def column(self, field: str) -> PlatformColumn | None:
        """The column of a field, where the file has it."""
        return self.sheet.column(field) if field in self.table.columns else None

    def _is_head(self, line: Line) -> bool:
        """Whether a line spells field names or labels again, as two-row heads do."""
        met = 0
        for field, text in line.items():
            column = self.sheet.column(field)
            met += bool(text) and column is not None and column.rank(text) is not None
        return met >= 2 and met * 2 > sum(bool(text) for text in line.values())


@dataclass(frozen=True)
class _Fit:
    """How well a table fits a sheet."""

    mapping: PlatformMapping
    sheet: PlatformSheet
    head: int
    places: Mapping[str, list[tuple[int, int]]]

    @property
    def missing(self) -> list[str]:
        """Heads that must be there and are not."""
        wanted = required_of(self.mapping, self.sheet)
        columns = (self.sheet.column(field) for field in wanted if field not in self.places)
        return [column.head for column in columns if column is not None]

    @property
    def order(self) -> tuple[int, int, int]:
        """More columns first; of as many, the one that lacks less, then the more specific kind."""
        return -len(self.places), len(self.missing), _SPECIFIC.index(self.mapping.kind)


def recognised(
    tables: Sequence[ReadTable], mappings: Sequence[PlatformMapping], kind: PlatformKind | None = None
) -> tuple[list[KnownSheet], list[str]]:
    """The sheets met, and the names of those that were not; InputError naming the missing heads when none was.

    With `kind` only its sheets are looked for.
    """
    wanted = [one for one in mappings if one.kind.is_read and kind in (None, one.kind)]
    found: list[KnownSheet] = []
    unknown: list[str] = []
    nearest: _Fit | None = None
    for table in tables:
        fits = sorted(_fits(table, wanted), key=lambda fit: fit.order)
        whole = next((fit for fit in fits if not fit.missing), None)
        if whole is not None:
            found.append(KnownSheet(whole.mapping, whole.sheet, _table(table, whole)))
            continue
        unknown.append(table.sheet_name)
        if fits and (nearest is None or fits[0].order < nearest.order):
            nearest = fits[0]
    if not found:
        raise _not_known(tables[0].file_name, nearest, kind)
    return found, unknown


def _not_known(file_name: str, nearest: _Fit | None, kind: PlatformKind | None) -> InputError:
    """One sentence that names the missing columns."""
    remedy = "请从一体化系统重新导出，或请财政部门在任务参数包里补充本地的一体化对照表"
    if nearest is None or not nearest.places:
        what = kind.label if kind else "一体化的导出表"
        return InputError(f"表头与{what}都对不上", remedy, file_name)
    heads = "”“".join(nearest.missing)
    return InputError(f"看起来是{nearest.mapping.kind.label}，但缺少栏目“{heads}”", remedy, file_name)


def _fits(table: ReadTable, mappings: Sequence[PlatformMapping]) -> Iterator[_Fit]:
    """The best head row of each sheet; a row that meets nothing is none."""
    for mapping in mappings:
        for sheet in mapping.sheets:
            rows = enumerate(table.rows[:_HEAD_LOOKAHEAD])
            fits = [
                _Fit(mapping, sheet, number, _with_joined_codes(table, sheet, number, _places(sheet, row)))
                for number, row in rows
            ]
            best = max(fits, key=lambda fit: (not fit.missing, len(fit.places)), default=None)
            if best is not None and best.places:
                yield best


def _places(sheet: PlatformSheet, row: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    """(rank, place) of every head that fits, by field."""
    found: dict[str, list[tuple[int, int]]] = {}
    for place, text in enumerate(row):
        for column in sheet.columns:
            if text and (rank := column.rank(text)) is not None:
                found.setdefault(column.field, []).append((rank, place))
    return found


def _with_joined_codes(
    table: ReadTable, sheet: PlatformSheet, head: int, places: dict[str, list[tuple[int, int]]]
) -> dict[str, list[tuple[int, int]]]:
    """The places, the names' column that of the codes as well where every line prints both: 代码-名称."""
    if _CODE in places or len(places.get(_NAME, [])) != 1 or sheet.column(_CODE) is None:
        return places
    place = places[_NAME][0][1]
    below = (row[place] for row in table.rows[head + 1 :] if place < len(row))
    named = [text for text in below if any(char.isdigit() for char in text)]
    is_joined = bool(named) and all(len(code_and_name(text)[0]) == _CODE_LENGTH for text in named)
    return {**places, _CODE: places[_NAME]} if is_joined else places


def _table(table: ReadTable, fit: _Fit) -> RegisterTable:
    """One place for each field: the best spelling; InputError where two are spelled alike."""
    columns: dict[str, int] = {}
    row = table.rows[fit.head]
    for field, places in fit.places.items():
        best = min(rank for rank, _ in places)
        equal = [place for rank, place in places if rank == best]
        if len(equal) > 1:
            named = "”“".join(one_line(row[place]) for place in equal)
            raise InputError(f"“{named}”重复，不知道用哪一栏", "请只保留一栏后再带入", table.file_name)
        columns[field] = equal[0]
    return RegisterTable(table, fit.head, columns)
