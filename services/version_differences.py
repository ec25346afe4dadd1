"""Two versions of one filing, field by field (版本差异): every differing place in words, with both values in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms import answers as answers_of
from forms import kinds
from forms.checks.places import field_subject, row_subject
from forms.context import FormContext
from forms.findings import Place, place_of
from forms.schema import FormSpec, TableSpec
from models.domain.filing import Answers
from models.domain.project import Project
from services.text_difference import differing_parts

NOTHING = "（空）"


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One place that differs (差异项): where, what is kept now, what came; （空） where one has nothing."""

    place: str
    kept: str
    came: str

    @property
    def parts(self) -> tuple[str, str]:
        """Both on one line each; of long texts the part that differs, for a column to show."""
        return differing_parts(" ".join(self.kept.split()), " ".join(self.came.split()))


@dataclass(frozen=True)
class FilingContent:
    """What of a filing can differ (填报件内容)."""

    answers: Answers
    explanations: Mapping[str, str]
    project: Project | None


def differences(
    form: FormSpec, context: FormContext, kept: FilingContent, came: FilingContent
) -> tuple[FieldDifference, ...]:
    """Everything that differs, in the form's order: the project's head, answers, explanations."""
    order = {item.key: number for number, item in enumerate(form.items())}
    changes = [
        (place_of(path), old, new)
        for path, old, new in answers_of.differences(kept.answers, came.answers)
        if place_of(path).field in order
    ]
    changes.sort(key=lambda change: order[change[0].field])
    words = _Words(form, context, kept.answers, came.answers)
    return (
        *_project(kept.project, came.project),
        *(words.difference(place, old, new) for place, old, new in changes),
        *words.explanations(kept.explanations, came.explanations),
    )


def place_words(form: FormSpec, context: FormContext, answers: Answers, path: str) -> str:
    """An answer's place in words, as differences name it; "" when the form has no such place."""
    words, place = _Words(form, context, answers, answers), place_of(path)
    return words.place(place) if words.is_known(place) else ""


def _project(kept: Project | None, came: Project | None) -> Iterator[FieldDifference]:
    """Differences of what the project is called."""
    if kept is None or came is None:
        return
    for label, old, new in (
        ("项目名称（封面）", kept.name, came.name),
        ("项目代码（封面）", kept.project_code, came.project_code),
        ("项目类别（封面）", kept.category, came.category),
    ):
        if old != new:
            yield FieldDifference(label, old or NOTHING, new or NOTHING)


@dataclass(frozen=True)
class _Words:
    """Puts places and values of one form into words (差异的说法)."""

    form: FormSpec
    context: FormContext
    kept: Answers
    came: Answers

    def difference(self, place: Place, old: Any, new: Any) -> FieldDifference:
        """One change in words."""
        if place.row_id and not place.column:
            return FieldDifference(self.place(place), self._row(place, old), self._row(place, new))
        if not place.row_id and isinstance(self._item(place), TableSpec):
            return FieldDifference(f"{self._item(place).label}各行的先后", "原来的顺序", "另一种顺序")
        return FieldDifference(self.place(place), self._value(place, old), self._value(place, new))

    def explanations(self, kept: Mapping[str, str], came: Mapping[str, str]) -> Iterator[FieldDifference]:
        """Explanations that differ, each named by the place it is about."""
        for key in dict.fromkeys([*kept, *came]):
            old, new = kept.get(key, "").strip(), came.get(key, "").strip()
            if old != new:
                place = place_of(key.partition("@")[2])
                about = f"对“{self.place(place)}”的说明" if self.is_known(place) else "填报说明"
                yield FieldDifference(about, old or NOTHING, new or NOTHING)

    def place(self, place: Place) -> str:
        """A place in words: 年度绩效目标, 绩效指标第 2 行“养护里程”的指标值."""
        item = self._item(place)
        if not isinstance(item, TableSpec):
            return field_subject(self.form, place.field)
        if not place.row_id:
            return item.label
        number, row = self._found(place)
        return row_subject(item, self._named(item, row), number, place.column)

    def is_known(self, place: Place) -> bool:
        """Whether a place is one of this form's."""
        item = next((item for item in self.form.items() if item.key == place.field), None)
        if item is None or not isinstance(item, TableSpec):
            return item is not None
        return not place.column or place.column in {column.key for column in item.columns}

    def _item(self, place: Place) -> Any:
        """Field or table of a place."""
        return next(item for item in self.form.items() if item.key == place.field)

    def _found(self, place: Place) -> tuple[int, Mapping[str, Any]]:
        """A row with its number, as it came; as it is kept where it did not come."""
        for answers in (self.came, self.kept):
            for number, row in enumerate(answers.get(place.field) or (), 1):
                if row.get("row_id") == place.row_id:
                    return number, row
        return 0, {}

    def _named(self, table: TableSpec, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """The row as `row_subject` names it: by the label of its name, not by what is kept for a choice."""
        third = row.get("third_level")
        first = table.columns[0]
        shown = kinds.shown(first, row.get(first.key), self.context, row)
        return {**row, first.key: third if isinstance(third, str) and third.strip() else shown}

    def _value(self, place: Place, value: Any) -> str:
        """A value in words, （空） for none."""
        item = self._item(place)
        spec = item.column(place.column) if isinstance(item, TableSpec) else item
        row = self._found(place)[1] if place.row_id else None
        return kinds.shown(spec, value, self.context, row).strip() or NOTHING

    def _row(self, place: Place, row: Mapping[str, Any] | None) -> str:
        """A whole row in words: 三级指标：养护里程；指标值：12."""
        if row is None:
            return "（没有这一行）"
        table = self._item(place)
        cells = [
            f"{column.label}：{words}"
            for column in table.visible_columns(self.context)
            if (words := kinds.shown(column, row.get(column.key), self.context, row).strip())
        ]
        return "；".join(cells) or NOTHING
