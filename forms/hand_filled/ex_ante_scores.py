"""Score tables of ex-ante evaluations in any layout (事前评估评分表): dimensions, items, points, scores, sums, conclusion.

Which layout an office prints is not asked: only where the figures stand. A head names the columns of full marks
and of scores; without one every row says its marks itself (5分) beside the ratings that are ticked (优□良☑中□差□).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from forms.hand_filled.area import Area
from forms.hand_filled.head_words import HeadWords, pattern, plain_head
from forms.hand_filled.mapping import UNUSED
from forms.hand_filled.printed import NumberReader
from forms.hand_filled.row_cells import level_text
from forms.hand_filled.stated import BLANK_NUMBER, StatedNumber
from forms.kinds import parse_number
from models.domain.money import plain_text

_MARKS = re.compile(r"\((?P<inside>\d+(?:\.\d+)?)分?\)$|(?<![\d.])(?P<bare>\d+(?:\.\d+)?)分$")
_ONLY_MARKS = re.compile(r"\(?(?P<points>\d+(?:\.\d+)?)分?\)?")
_DIMENSION = re.compile(r"^[一二三四五六七八九十]+[、.]")
_TICK = "[☑√■✓✔☒●]"
_BOX = re.compile(r"[□☐○]")
_LONGEST_HEAD = 20


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """A row with marks and a score (评分项); `rating` is the word ticked where no score is written."""

    dimension: str
    label: str
    full: StatedNumber
    score: StatedNumber
    where: str
    rating: str = ""


@dataclass(frozen=True, slots=True)
class ScoredSum:
    """Marks and score stated for a block, a dimension, or the whole (小计、合计), and which items make it up."""

    label: str
    full: StatedNumber
    score: StatedNumber
    where: str
    items: range


@dataclass
class ScoreTable:
    """What a score table states (评分表内容); `conclusion` in the table's words."""

    items: list[ScoredItem] = field(default_factory=list)
    sums: list[ScoredSum] = field(default_factory=list)
    total: ScoredSum | None = None
    conclusion: str = ""
    conclusion_where: str = ""


@dataclass
class ScoreTableReader:
    """Reads the score table of a sheet (评分表读取)."""

    area: Area
    words: HeadWords
    numbers: NumberReader
    _found: ScoreTable = field(default_factory=ScoreTable)
    _headings: list[tuple[int, ScoredSum]] = field(default_factory=list)
    """The headings of dimensions, with the number of items before each."""
    _first: int = 0
    """The column of the dimensions."""
    _block: int = 0
    """Number of items before the block that is being read."""

    def read(self) -> ScoreTable:
        """Items, sums and conclusion; without items where nothing states marks."""
        head, full_at, score_at = self._head()
        for row in self.area.rows(head + 1 if head else None):
            if not (self._row(row, full_at, score_at) if head else self._ticked_row(row)):
                break
        self._close_headings()
        self._found.conclusion_where, self._found.conclusion = next(self._conclusions(), ("", ""))
        return self._found

    def _head(self) -> tuple[int, int, int]:
        """Row of the head, and its columns of marks and of scores; zeros without one."""
        for row in self.area.rows():
            roles: dict[str, int] = {}
            firsts: list[int] = []
            for column, text in self.area.beginning(row):
                match = self.words.column(text) if len(text) <= _LONGEST_HEAD else None
                if match is None or match.role != UNUSED:
                    firsts.append(column)
                if match and (match.role == "full_score" or match.role not in roles):
                    roles[match.role] = column  # The last column of marks is that of the items.
            if {"full_score", "stated_score"} <= roles.keys():
                self._first = firsts[0]
                return row, roles["full_score"], roles["stated_score"]
        return 0, 0, 0

    def _row(self, row: int, full_at: int, score_at: int) -> bool:
        """One row below a head; False where the table ends with it."""
        edge = min(full_at, score_at)
        begun = self._names(self.area.beginning(row), edge)
        full, score = self._points(row, full_at, "分值"), self._points(row, score_at, "得分")
        where = self.area.cell_name(row, score_at)
        if any(_is(text, self.words.row_words.total) for text in begun):
            self._found.total = ScoredSum("总分", full, score, where, range(len(self._found.items)))
            return False
        if begun and _is(begun[0], self.words.row_words.foot) and not full.text:
            return False
        if any(_is(text, self.words.row_words.subtotal) for text in begun):
            self._subtotal(full, score, where)
            return True
        texts = self._names(self.area.distinct(row), edge)
        if begun and self.area.grid.anchored(row, self._first).text and self._opens(texts):
            is_alone = len(texts) == 1
            self._open(
                texts[0], where, full if is_alone else BLANK_NUMBER, score if is_alone else BLANK_NUMBER
            )
            if is_alone:
                return True
        merge = self.area.grid.merge_at(row, score_at)
        if merge is not None and merge.top < row:
            return True  # The score above holds for this row too, its marks are counted there.
        if merge is not None and merge.bottom > row:
            parts = [self._points(one, full_at, "分值").value for one in range(row, merge.bottom + 1)]
            together = sum((part for part in parts if part is not None), Decimal(0))
            full = StatedNumber(f"{together:f}", together)
        if texts and (full.text or score.text):
            self._found.items.append(ScoredItem(self._dimension, _marks_of(texts[-1])[0], full, score, where))
        return True

    def _names(self, cells: list[tuple[int, str]], edge: int) -> list[str]:
        """The texts left of the figures, running numbers left aside."""
        return [level_text(text) for column, text in cells if column < edge and not text.isdigit()]

    @property
    def _dimension(self) -> str:
        """The dimension being read."""
        return self._headings[-1][1].label if self._headings else ""

    def _points(self, row: int, column: int, label: str) -> StatedNumber:
        """Points where they begin."""
        cell = self.area.grid.anchored(row, column)
        if not cell.text:
            return BLANK_NUMBER
        return self.numbers.points(cell, self.area.cell_name(row, column), label)

    def _opens(self, texts: list[str]) -> bool:
        """Whether a row begins a dimension: its name stands left of an item's, or it is numbered 一、."""
        is_named = any(word in texts[0] for word in self.words.titles.ex_ante_words)
        return len(texts) > 1 or is_named or _DIMENSION.match(texts[0]) is not None

    def _open(self, text: str, where: str, full: StatedNumber, score: StatedNumber) -> None:
        """Begin a dimension; what it states itself is held against its items."""
        name, own = _marks_of(text)
        if not full.text and own is not None:
            full = StatedNumber(f"{own:f}", own)
        self._headings.append((len(self._found.items), ScoredSum(name, full, score, where, range(0))))
        self._block = len(self._found.items)

    def _subtotal(self, full: StatedNumber, score: StatedNumber, where: str) -> None:
        """A row of sums: of the block since the sum before it, or of its dimension."""
        count, begun = len(self._found.items), self._headings[-1][0] if self._headings else 0
        block, whole = range(self._block, count), range(begun, count)
        made = ScoredSum(f"{self._dimension}小计", full, score, where, whole)
        is_block = block and len(block) < len(whole) and not fits(self._found, made)
        self._found.sums.append(replace(made, items=block) if is_block else made)
        self._block = count

    def _close_headings(self) -> None:
        """What headings state, with the items below them; where none has items they are the items themselves."""
        ends = [*(start for start, _ in self._headings[1:]), len(self._found.items)]
        spans = [
            (range(start, end), heading)
            for (start, heading), end in zip(self._headings, ends, strict=False)
            if heading.full.text or heading.score.text
        ]
        self._found.sums += [replace(heading, items=span) for span, heading in spans if span]
        if self._found.sums or all(span for span, _ in spans):
            return
        self._as_items([(span, one) for span, one in spans if not span])

    def _as_items(self, alone: list[tuple[range, ScoredSum]]) -> None:
        """Dimensions that stand for themselves, put among the items."""
        for moved, (span, one) in enumerate(alone):
            item = ScoredItem("", one.label, one.full, one.score, one.where)
            self._found.items.insert(span.start + moved, item)
        if self._found.total is not None:
            self._found.total = replace(self._found.total, items=range(len(self._found.items)))

    def _ticked_row(self, row: int) -> bool:
        """A row without a head above: 项目实施目的明确 | 5分 | 优□良☑中□差□; False where the total ends the table."""
        texts = [(column, level_text(text)) for column, text in self.area.beginning(row)]
        for column, text in texts:
            if _DIMENSION.match(text) and _marks_of(text)[1] is not None:
                self._open(text, self.area.cell_name(row, column), BLANK_NUMBER, BLANK_NUMBER)
            label, _, inline = plain_text(text).partition(":")
            points = (
                parse_number(inline.removesuffix("分")) if _is(label, self.words.row_words.total) else None
            )
            if points is not None:
                total = StatedNumber(inline.removesuffix("分"), points)
                where = self.area.cell_name(row, column)
                self._found.total = ScoredSum(
                    "总分", BLANK_NUMBER, total, where, range(len(self._found.items))
                )
                return False
        column, rating = next(((at, word) for at, text in texts if (word := ticked_word(text))), (0, ""))
        if rating:
            self._rated(row, column, rating, texts)
        return True

    def _rated(self, row: int, column: int, rating: str, texts: list[tuple[int, str]]) -> None:
        """An item whose rating is ticked."""
        marks = [found["points"] for _, text in texts if (found := _ONLY_MARKS.fullmatch(plain_text(text)))]
        left = [text for at, text in texts if at < column and not _ONLY_MARKS.fullmatch(plain_text(text))]
        name, own = _marks_of(left[-1]) if left else ("", None)
        points = Decimal(marks[0]) if marks else own
        if points is not None:
            full, where = StatedNumber(f"{points:f}", points), self.area.cell_name(row, column)
            self._found.items.append(ScoredItem(self._dimension, name, full, BLANK_NUMBER, where, rating))

    def _conclusions(self) -> Iterator[tuple[str, str]]:
        """Cell and words of what stands beside or behind a label of the conclusion."""
        for row in self.area.rows():
            texts = self.area.beginning(row)
            for index, (column, text) in enumerate(texts):
                label, _, inline = plain_text(text).partition(":")
                if pattern(self.words.conclusion_label).fullmatch(plain_head(label)) is None:
                    continue
                if inline.strip():
                    yield self.area.cell_name(row, column), inline
                elif index + 1 < len(texts):
                    yield self.area.cell_name(row, texts[index + 1][0]), texts[index + 1][1]


def fits(table: ScoreTable, one: ScoredSum) -> bool:
    """Whether what a sum states are the sums of its items."""
    items = [table.items[number] for number in one.items]
    pairs = (
        (one.full, [item.full.value for item in items]),
        (one.score, [item.score.value for item in items]),
    )
    return all(
        stated.value is None or None in parts or stated.value == sum(parts)  # type: ignore[arg-type]
        for stated, parts in pairs
    )


def ticked_word(text: str) -> str:
    """The word ticked among several of a cell (优□良☑中□差□ is 良), "" for a cell without boxes or ticks."""
    body = plain_text(text).replace(" ", "")
    if not _BOX.search(body):
        return ""
    leads = re.match(f"[□☐○]|{_TICK}", body) is not None
    found = re.search(f"{_TICK}([\u4e00-\u9fff]+)" if leads else f"([\u4e00-\u9fff]+){_TICK}", body)
    return found[1] if found else ""


def _is(text: str, words: str) -> bool:
    """Whether a text is, as a whole, one of a pattern's words."""
    return pattern(words).fullmatch(plain_head(text)) is not None


def _marks_of(text: str) -> tuple[str, Decimal | None]:
    """A name and the marks it ends with: 立项必要性（20分）."""
    body = plain_text(text)
    found = _MARKS.search(body)
    return (
        (text, None)
        if found is None
        else (body[: found.start()], parse_number(found["inside"] or found["bare"]))
    )
