"""Which form a table is (识别是哪张表): by its title, and by the columns it has where the title says less."""

from __future__ import annotations

import re

from forms.hand_filled.area import Area
from forms.hand_filled.head_words import HeadWords, pattern, plain_head
from forms.hand_filled.list_heads import find_list_head
from forms.hand_filled.sections import Section
from forms.hand_filled.text_kinds import TextKind, row_kinds
from models.domain.money import plain_text

_YEAR = re.compile(r"((?:19|20)\d\d)(?:年|-|—)")
_BARE_YEAR = re.compile(r"\(?(20\d\d)(?!\d)")
"""At the very beginning of a title or of a sheet's name: 2024项目支出绩效自评表."""
_CHINESE_YEAR = re.compile(r"([一二][九〇○零OＯo][〇○零OＯo一二三四五六七八九]{2})年")
_CHINESE_DIGITS = str.maketrans("〇○零OＯo一二三四五六七八九", "000000123456789")
_MONTH = re.compile(r"(?:1\s*[-—–~～至到]+\s*)?(\d{1,2})\s*月")
_QUARTERS = (("上半年", 6), ("一季度", 3), ("二季度", 6), ("三季度", 9), ("四季度", 12))
_TELLING_EX_ANTE = 3
_FEWEST_HEADS = 2
_LISTS = {"self_evaluation": "self_evaluation_summary", "performance_target": "target_summary"}
"""Forms that list projects, by what their titles speak of."""


def form_of(section: Section, words: HeadWords) -> str:
    """The form id of a table, "" when it is none of the known forms."""
    title = plain_head(section.title, keep_brackets=True)
    whole = words.whole_form_of(title) if title else ""
    if whole and not _is_flat(section):
        return whole
    if title and pattern(words.titles.other_table).search(title):
        return ""
    if not section.heads and (is_list(section, words) or pattern(words.titles.list_table).search(title)):
        return _of_list(section, title, words)
    kind = words.form_of(title) if title else ""
    kind = _by_columns(section, kind)
    if not kind and is_ex_ante(section.area, words):
        return "ex_ante_evaluation"
    is_overall = bool(title and pattern(words.titles.overall).search(title)) or _is_overall(section, words)
    return words.overall_forms.get(kind, kind) if is_overall else kind


def _is_flat(section: Section) -> bool:
    """Whether the table has one row per indicator with its project beside it, whatever its title says."""
    return any("project_name" in head.roles for head in section.heads)


def _by_columns(section: Section, kind: str) -> str:
    """The kind of form the columns tell, where they tell more than the title."""
    roles = frozenset[str]().union(*(head.roles for head in section.heads))
    if kind in ("monitoring", "self_evaluation", "ex_ante_evaluation"):
        return kind
    if roles & {"forecast", "likelihood"}:
        return "monitoring"
    if "actual" in roles and roles & {"stated_score", "full_score", "deviation_reason"}:
        return "self_evaluation"
    if kind or not roles:
        return kind
    if "actual" in roles or ("stated_score" in roles and "planned" in roles):
        return "self_evaluation"
    return "performance_target" if "planned" in roles else ""


def is_list(section: Section, words: HeadWords) -> bool:
    """Whether the table has one row per project: the project's name is a head beside heads of money."""
    kinds = row_kinds(section.area.grid, words)
    for row in section.area.rows():
        if not kinds[row] & TextKind.LABEL:
            continue
        texts = [text for _, text in section.area.beginning(row)]
        asks = any((match := words.label(text)) and match.role == "project_name" for text in texts)
        if asks and sum(words.fund_column(text) is not None for text in texts) >= _FEWEST_HEADS:
            return True
    return False


def _of_list(section: Section, title: str, words: HeadWords) -> str:
    """The form a list of projects answers for, "" when nobody knows what it lists."""
    head = find_list_head(section.area, words)
    roles = {choice.role for choice in head.choices} if head else set[str]()
    kind = words.form_of(title or section.area.grid.name)
    if head and (kind == "monitoring" or (not kind and roles & {"spending_to_date", "likelihood"})):
        return "monitoring"
    if "stated_score" in roles:
        return _LISTS.get(kind, "")
    is_of_targets = kind == "performance_target" and find_list_head(section.area, words, 1) is not None
    return _LISTS[kind] if is_of_targets else ""


def is_ex_ante(area: Area, words: HeadWords) -> bool:
    """Whether the dimensions of an ex-ante evaluation stand in the table."""
    texts = {text for row in area.rows() for _, text in area.distinct(row)}
    told = sum(any(word in text for text in texts) for word in words.titles.ex_ante_words)
    return told >= _TELLING_EX_ANTE


def _is_overall(section: Section, words: HeadWords) -> bool:
    """Whether the head asks for the unit and its yearly tasks and for no project."""
    if not section.heads:
        return False
    kinds = row_kinds(section.area.grid, words)
    above = list(section.area.rows(None, section.heads[0].top - 1))
    asked = {
        match.role if (match := words.label(text)) else ""
        for row in above
        if kinds[row] & TextKind.LABEL
        for _, text in section.area.beginning(row)
    }
    if "project_name" in asked or "project_name" in section.heads[0].roles:
        return False
    return any(
        (match := words.task_column(text)) and match.role == "name"
        for row in above
        if kinds[row] & TextKind.TASK_COLUMN
        for _, text in section.area.beginning(row)
    )


def fiscal_year(texts: list[str]) -> int | None:
    """The first year the texts name, in figures of any width or in Chinese ones."""
    for text in texts:
        body = plain_text(text).replace(" ", "")
        if found := _YEAR.search(body):
            return int(found[1])
        if found := _CHINESE_YEAR.search(body):
            year = int(found[1].translate(_CHINESE_DIGITS))
            if 1990 <= year <= 2099:
                return year
    bare = (_BARE_YEAR.match(plain_text(text).replace(" ", "")) for text in texts)
    return next((int(found[1]) for found in bare if found), None)


def period_month(texts: list[str]) -> int | None:
    """The last month of the period the texts name: 1—7月, 截至6月底, 上半年, 三季度."""
    for text in texts:
        body = plain_text(text)
        for word, month in _QUARTERS:
            if word in body:
                return month
        found = _MONTH.search(body)
        if found and 1 <= int(found[1]) <= 12:
            return int(found[1])
    return None
