"""One found table read with its mapping (读取一张表): head facts, funds, targets, indicators, total."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from forms.hand_filled.amount_units import noted_unit
from forms.hand_filled.area import Area
from forms.hand_filled.flat_list import divided, with_unread
from forms.hand_filled.fund_pairs import PairReader
from forms.hand_filled.funds import FUNDS, FundsHead, FundsReader
from forms.hand_filled.grid import GridCell
from forms.hand_filled.head_faults import note_head_faults
from forms.hand_filled.head_words import HeadWords, pattern, plain_head
from forms.hand_filled.heads import INDICATORS, HeadBlock
from forms.hand_filled.indicator_rows import BlockReader, BlockRows
from forms.hand_filled.labels import Fact, facts, split_project, tidy
from forms.hand_filled.mapping import MEDIUM, ColumnMapping
from forms.hand_filled.printed import NumberReader, Unreadable
from forms.hand_filled.project_list import ListReader
from forms.hand_filled.recognition import fiscal_year, period_month
from forms.hand_filled.row_cells import BlockColumns
from forms.hand_filled.row_reading import IndicatorMaker
from forms.hand_filled.stated import BLANK_NUMBER, SheetSource, StatedFund, StatedNumber, StatedTable, Unread
from forms.hand_filled.targets import target_texts
from forms.hand_filled.tasks import TaskReader
from forms.hand_filled.title_names import name_in_title
from forms.hand_filled.values import ValueReader
from models.domain.money import AmountUnit

_MOST_NOTES = 40
_TITLE_ROWS = 4
_LONGEST_LABEL = 30
_LIST = 6
"""Texts in a row from which on it is the head of a list."""
_NEEDED = {
    "self_evaluation": (("actual", "实际完成值"), ("stated_score", "得分")),
    "performance_target": (("planned", "指标值"),),
    "target": (("planned", "指标值"),),
    "monitoring": (("actual", "执行情况"),),
}
"""Columns without which a form of the kind says nothing."""
_OF_PROJECTS = ("self_evaluation", "monitoring", "performance_target")
_TELLING = ("third_level", "planned", "actual", "full_score", "stated_score")


@dataclass(frozen=True)
class TableReading:
    """Everything known of a table before its rows are read (待读的表)."""

    area: Area
    title: str
    form: str
    heads: tuple[HeadBlock, ...]
    repeated: frozenset[int]
    funds_head: FundsHead | None
    mapping: ColumnMapping

    def read(self, words: HeadWords, values: ValueReader) -> tuple[StatedTable, ...]:
        """What the table states; several tables for a flat list of projects."""
        if not self.form:
            return (self._no_form(),)
        unread = Unreadable()
        numbers = NumberReader(words, unread)
        unit = self.mapping.amount_unit or AmountUnit.WAN_YUAN
        above = self.heads[0].top - 1 if self.heads else self._above_a_list()
        note_head_faults(self.area, above, words, numbers)
        if self.form in {rule.role for rule in words.whole_forms}:
            known = {fact.role: fact for fact in reversed(facts(self.area, self._above_a_list(), words))}
            table = self._head(known, words, numbers, above)
            table.unit_of_amount, table.unread = unit, unread.found
            return (table,)
        if self.funds_head is not None and self.funds_head.list_bottom:
            return self._list(self.funds_head, words, numbers, unit)
        annual, medium = self._blocks(words, numbers, values)
        head_facts = {fact.role: fact for fact in reversed(facts(self.area, above, words))}
        table = self._head(head_facts, words, numbers, above)
        columns = self.mapping.columns(INDICATORS)
        table.unit_of_amount = unit
        table.indicators, table.medium_indicators = tuple(annual.indicators), tuple(medium.indicators)
        table.subtotals, table.columns = tuple(annual.subtotals), frozenset(columns)
        self._take_money(table, words, numbers, unit, above, annual.last_row)
        self._take_result(table, words, numbers, annual)
        self._take_name(table, words, unread)
        if "project_name" in columns:
            tables = divided(table, annual, FundsReader(self.area, words, numbers, unit)) or (table,)
            self._notes(tables[0], unread, words)
            return with_unread(tables, unread.found)
        self._notes(table, unread, words)
        table.unread = unread.found
        return (table,)

    def _list(
        self, head: FundsHead, words: HeadWords, numbers: NumberReader, unit: AmountUnit
    ) -> tuple[StatedTable, ...]:
        """A list of projects: one table for each."""
        above = head.row - 1
        known = {fact.role: fact for fact in reversed(facts(self.area, above, words))}
        rows = range(head.row, head.last_row + 1)
        month = period_month([text for row in rows for _, text in self.area.beginning(row)])
        table = self._head(known, words, numbers, above)
        table = replace(table, unit_of_amount=unit, period_month=table.period_month or month)
        reader = FundsReader(self.area, words, numbers, unit)
        tables = ListReader(self.area, words, reader, self.mapping).read(head, table)
        reader.note_unread_columns(head, self.mapping.choices, self.area.bottom - head.row)
        tables = tables or (table,)
        self._notes(tables[0], numbers.unread, words)
        return with_unread(tables, numbers.unread.found)

    def _above_a_list(self) -> int:
        """The last row before a list of many columns: its heads are no labels of facts."""
        rows = self.area.rows()
        return next((row - 1 for row in rows if len(self.area.beginning(row)) >= _LIST), self.area.bottom)

    def _no_form(self) -> StatedTable:
        """A table that is none of the forms: only that it is there, and why it is not read."""
        message = "不是可以逐条核对绩效指标的表，没有读取"
        remedy = "请选择绩效目标表、监控表或自评表；一行一个项目的清单、汇总表和审核表不用核对"
        unread = Unread(self.area.name, self.title or self.area.grid.name, message, remedy)
        grid = self.area.grid
        return StatedTable(file=grid.file, sheet=grid.name, cells=self.area.name, unread=(unread,))

    def _head(
        self, head_facts: dict[str, Fact], words: HeadWords, numbers: NumberReader, above: int
    ) -> StatedTable:
        """The facts above the rows."""
        text = {role: tidy(fact.text) for role, fact in head_facts.items()}
        code, name = (
            split_project(head_facts["project_name"].text) if "project_name" in head_facts else ("", "")
        )
        targets = target_texts(self.area, above, words, self.funds_head.row if self.funds_head else None)
        titles = self._title_texts(words)
        heads = [choice.head for choice in self.mapping.choices]
        is_monitoring = "monitoring" in self.form
        return StatedTable(
            file=self.area.grid.file,
            sheet=self.area.grid.name,
            cells=self.area.name,
            form=self.form,
            project_name=name,
            project_code=text.get("project_code", code),
            supervising_department=_unstamped(text.get("supervising_department", ""), words.stamps),
            source=SheetSource(self.area, words),
            implementing_unit=_unstamped(
                text.get("implementing_unit", text.get("filing_unit", "")), words.stamps
            ),
            fiscal_year=fiscal_year(
                [self.title, *titles, f"{text.get('fiscal_year', '')}年", self.area.grid.name]
            ),
            period_month=period_month([*heads, self.title, *titles]) if is_monitoring else None,
            targets=(targets.get("expected", ""), targets.get("achieved", "")),
            medium_target=targets.get("medium", ""),
            stated_total=self._labelled_points(head_facts.get("stated_total"), numbers),
            stated_grade=text.get("stated_grade", ""),
        )

    def _title_texts(self, words: HeadWords) -> list[str]:
        """The texts above the first label: a year in a project's name is not the year of the table."""
        texts: list[str] = []
        for row in self.area.rows(None, self.area.top + _TITLE_ROWS):
            line = [text for _, text in self.area.beginning(row)]
            if any((match := words.label(text)) and match.role != "fiscal_year" for text in line):
                break
            texts += line
        return texts

    def _labelled_points(self, fact: Fact | None, numbers: NumberReader) -> StatedNumber:
        """Points stated beside a label of the head (自评总分)."""
        if fact is None:
            return BLANK_NUMBER
        where = self.area.cell_name(fact.row, fact.column)
        return numbers.points(GridCell(fact.text), where, "自评总分")

    def _take_result(
        self, table: StatedTable, words: HeadWords, numbers: NumberReader, rows: BlockRows
    ) -> None:
        """Put in total and grade: of the row of sums, else of a label above or below the rows.

        A row that only sums up the indicators, without the points of execution, is not the total where a label
        states one.
        """
        last_row = rows.last_row
        below = self.area.within(max(last_row, self.area.top) + 1, self.area.bottom)
        found = {fact.role: fact for fact in reversed(facts(below, below.bottom, words))} if last_row else {}
        labelled = table.stated_total
        if not labelled.text:
            labelled = self._labelled_points(found.get("stated_total"), numbers)
        is_partial = labelled.value is not None and _sums_rows_only(table, rows)
        total = rows.total if rows.total.text and not is_partial else labelled
        grade = table.stated_grade or rows.grade
        if not grade:
            inline = {f.role: f for f in facts(self.area.within(last_row, last_row), last_row, words)}
            fact = found.get("stated_grade") or (inline.get("stated_grade") if last_row else None)
            grade = tidy(fact.text) if fact else ""
        table.stated_total, table.stated_grade = total, grade
        table.reason_below = self._reason_below(below, words) if last_row else None

    def _reason_below(self, below: Area, words: HeadWords) -> str | None:
        """What one cell below the rows says of everything that was missed; None where nothing asks for it."""
        for row in below.rows():
            texts = below.beginning(row)
            for index, (_, text) in enumerate(texts):
                label, _, inline = text.replace(":", "：").partition("：")
                if len(label) > _LONGEST_LABEL or not pattern(words.reason_label).fullmatch(
                    plain_head(label)
                ):
                    continue
                return inline.strip() or (texts[index + 1][1].strip() if index + 1 < len(texts) else "")
        return None

    def _take_name(self, table: StatedTable, words: HeadWords, unread: Unreadable) -> None:
        """Put in the project its title names, where its head has none; said, as it may be wrong."""
        if table.project_name or self.form not in _OF_PROJECTS or not self.title:
            return
        units = (table.implementing_unit, table.supervising_department)
        name = name_in_title(self.title, words.titles, units)
        if name:
            message = "项目名称没有单独填写，按标题读取"
            unread.add(self.area.name, name, message, "请核对，并在表头填写项目名称")
        table.project_name = name

    def _take_money(
        self,
        table: StatedTable,
        words: HeadWords,
        numbers: NumberReader,
        unit: AmountUnit,
        above: int,
        last_row: int,
    ) -> None:
        """Put in its funds and yearly tasks."""
        reader = FundsReader(self.area, words, numbers, unit)
        columns = self.mapping.columns(FUNDS)
        if self.funds_head is not None and columns:
            last = above if self.funds_head.row <= above else self.area.bottom
            found = tuple(reader.below(self.funds_head, columns, last))
            reader.note_unread_columns(self.funds_head, self.mapping.choices, len(found))
            table.funds = found
            return
        tasks, sums = TaskReader(self.area, words, numbers, unit).read(above)
        if tasks or sums:
            table.tasks, table.funds = tuple(tasks), tuple(sums)
            return
        if pairs := PairReader(reader).read(above):
            table.funds = tuple(pairs)
            return
        if beside := reader.across(above):
            table.funds = tuple(beside)
            return
        annual: list[StatedFund]
        annual, medium = reader.labelled(above)
        table.funds, table.medium_funds = tuple(annual), tuple(medium)

    def _blocks(
        self, words: HeadWords, numbers: NumberReader, values: ValueReader
    ) -> tuple[BlockRows, BlockRows]:
        """The rows of all heads: the year's and the medium term's."""
        annual, medium = BlockRows(), BlockRows()
        maker = IndicatorMaker(numbers, values)
        own = self.mapping.columns(INDICATORS)
        above: BlockReader | None = None
        for index, head in enumerate(self.heads):
            columns = own if index == 0 or _same(head, self.heads[0]) else _columns(head)
            last = self.heads[index + 1].top - 1 if index + 1 < len(self.heads) else self.area.bottom
            is_medium = bool(pattern(words.medium_term).search(plain_head(head.beside, keep_brackets=True)))
            into = medium if is_medium and len(self.heads) > 1 else annual
            spread = self.mapping.spread(INDICATORS) if columns is own else {}
            block = BlockColumns(self.area, self.mapping, columns, words, spread=spread)
            reader = BlockReader(block, maker)
            if above is not None and columns is own and not is_medium:
                reader.go_on_from(above)
            reader.read(head.bottom + 1, last, self.repeated, into)
            above = None if is_medium else reader
            if MEDIUM + "third_level" in columns or MEDIUM + "planned" in columns:
                half = BlockColumns(self.area, self.mapping, columns, words, MEDIUM)
                BlockReader(half, maker).read(head.bottom + 1, last, self.repeated, medium)
        return annual, medium

    def _notes(self, table: StatedTable, unread: Unreadable, words: HeadWords) -> None:
        """What was assumed, and what the table lacks to be read whole."""
        where = table.cells
        if self.mapping.amount_unit is None and unread.has_bare_amount:
            unread.add(where, "", "表里没有写金额单位，按万元读取", "请在表头或资金栏写明“万元”或“元”")
        stated = noted_unit(self.area, self.heads[0].top if self.heads else self.area.bottom)
        if (
            stated is not None
            and self.mapping.amount_unit is not None
            and stated is not self.mapping.amount_unit
        ):
            message = (
                f"表头写的单位是{stated.label}，资金栏写的是{self.mapping.amount_unit.label}，按资金栏读取"
            )
            unread.add(where, "", message, "请把两处单位改成一致")
        if self.form != "ex_ante_evaluation":  # Its score table is read by another reader.
            self._rivals(unread)
            self._unknown(unread)
        is_list = self.funds_head is not None and bool(self.funds_head.list_bottom)
        if not self.heads and not is_list and self.form != "ex_ante_evaluation":
            name = words.form_names.get(self.form, "绩效表")
            unread.add(where, self.title, f"像是{name}，但没有找到绩效指标的表头", "请核对指标一栏的表头文字")
        self._hidden(unread)

    def _unknown(self, unread: Unreadable) -> None:
        """Name the heads nobody knows; graver where a column the form needs has not been found."""
        needed = _NEEDED.get(self.form.removeprefix("overall_expenditure_"), ())
        found = self.mapping.columns(INDICATORS)
        has_points = not found.keys().isdisjoint(("full_score", "stated_score"))
        is_of_points = "stated_score" in found and "planned" not in found
        spared = () if has_points and not is_of_points else ("actual",) if has_points else ("stated_score",)
        missing = [label for role, label in needed if role not in found and role not in spared]
        third = found.get("third_level", 0)
        unknown = [
            plain_head(choice.head)
            for choice in self.mapping.choices
            if choice.block == INDICATORS and not choice.confidence and choice.column > third
        ]
        if not self.heads or not (missing or unknown):
            return
        where = self.area.row_name(self.heads[0].top, self.heads[0].bottom)
        shown = "、".join(unknown)
        if not missing:
            message = "不认识这样的表头，这些列没有读取"
            unread.add(self.area.name, shown, message, "要读取的，请指定这一列的内容，或把表头改成常用写法")
            return
        message = f"没有找到{'、'.join(missing)}一列" + ("，这些表头不认识" if unknown else "")
        unread.add(where, shown, message, "请指定各列的内容，或把表头改成常用写法后再检查")

    def _rivals(self, unread: Unreadable) -> None:
        """Say which column was taken where two fit."""
        for choice in self.mapping.choices:
            if choice.rival_of in _TELLING and self.heads:
                where = self.area.cell_name(self.heads[0].bottom, choice.column)
                unread.add(
                    where, plain_head(choice.head), f"这一列没有读取：{choice.why}", "请核对应当采用哪一列"
                )

    def _hidden(self, unread: Unreadable) -> None:
        """Say what of the table is hidden: nobody sees it on paper, sums count it all the same."""
        grid, remedy = self.area.grid, "请取消隐藏，核对后再检查"
        if grid.is_hidden:
            unread.add(self.area.name, grid.name, "是隐藏的工作表，里面的表也一并读取", remedy)
        rows = [row for row in sorted(grid.hidden_rows) if self.area.top <= row <= self.area.bottom]
        filled = [row for row in rows if self.area.columns(row)]
        if filled:
            shown = "、".join(str(row) for row in filled[:_MOST_NOTES])
            unread.add(self.area.row_name(filled[0]), "", f"第 {shown} 行是隐藏的，内容也一并读取", remedy)
        used = {choice.column for choice in self.mapping.choices}
        columns = sorted(used & grid.hidden_columns)
        if columns:
            heads = "、".join(
                plain_head(choice.head) for choice in self.mapping.choices if choice.column in columns
            )
            unread.add(self.area.name, heads, "是隐藏的列，内容也一并读取", remedy)


def _sums_rows_only(table: StatedTable, rows: BlockRows) -> bool:
    """Whether the row of sums leaves out the points of execution: 90 of 100, where the funds state 10 of their own."""
    fulls = [row.full_score.value for row in rows.indicators if row.full_score.value is not None]
    has_execution = any(fund.stated_score.value is not None for fund in table.funds)
    return has_execution and bool(fulls) and rows.full_total == sum(fulls, Decimal(0))


def _unstamped(name: str, stamps: str) -> str:
    """A unit's name without the place for its stamp: （盖章）示例县交通运输局."""
    return pattern(stamps).sub("", name).strip(" :：")


def _columns(head: HeadBlock) -> dict[str, int]:
    """Columns of a later head of other shape, as its own words tell."""
    return ColumnMapping("", head.choices).columns(INDICATORS)


def _same(head: HeadBlock, first: HeadBlock) -> bool:
    """Whether a later head repeats the first one."""
    return [(c.column, plain_head(c.head)) for c in head.choices] == [
        (c.column, plain_head(c.head)) for c in first.choices
    ]
