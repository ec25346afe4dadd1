"""Help and choices on open cells (下拉和填写提示): data validations, since every spreadsheet program shows them.

A prompt stands beside the cell one is at, a list opens below it, and a figure that is none is refused at once.
Long lists lie on the hidden worksheet.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from documents.printable_text import writable
from documents.spreadsheet.cell_content import put_text
from forms.hand_out import HandOutField
from forms.schema import FieldKind

_LONGEST_INLINE = 240
_LONGEST_TITLE, _LONGEST_PROMPT = 30, 250
_FIRST_LIST = 4
"""First column of the lists on the hidden worksheet, right of what identifies the workbook."""
_LIMIT = "999999999999"

Wish = tuple[str, str, tuple[str, ...], FieldKind]


@dataclass
class Validations:
    """Collects the open cells that want the same help (填写提示), and puts it on the worksheet at the end."""

    hidden: Worksheet
    _lists: dict[tuple[str, ...], str] = field(default_factory=dict)
    _wishes: dict[Worksheet, dict[Wish, list[str]]] = field(default_factory=dict)

    def note(self, sheet: Worksheet, place: str, item: HandOutField) -> None:
        """An open cell."""
        wish = (item.label, item.help, item.choices, item.kind)
        self._wishes.setdefault(sheet, {}).setdefault(wish, []).append(place)

    def put(self) -> None:
        """Put every help on its cells."""
        for sheet, wishes in self._wishes.items():
            for (label, words, choices, kind), places in wishes.items():
                made = self._made(choices, kind)
                made.promptTitle = _cut(label, _LONGEST_TITLE)
                made.prompt = _cut(words or "请填写", _LONGEST_PROMPT)
                made.showInputMessage = True
                for place in places:
                    made.add(place)
                sheet.add_data_validation(made)

    def _made(self, choices: tuple[str, ...], kind: FieldKind) -> DataValidation:
        """A list, a figure, or only a prompt."""
        if choices:
            made = DataValidation(type="list", formula1=self._list(choices), allow_blank=True)
            made.errorTitle, made.error = "请从列表中选择", "这里只能从下拉列表中选择，不清楚的先空着。"
        elif kind is FieldKind.MONEY:
            made = DataValidation(
                type="decimal", operator="between", formula1=f"-{_LIMIT}", formula2=_LIMIT, allow_blank=True
            )
            made.errorTitle, made.error = "请只填数字", "金额只填数字，不写单位，不写“约”。"
        else:
            return DataValidation(allow_blank=True)
        made.showErrorMessage = True
        return made

    def _list(self, choices: tuple[str, ...]) -> str:
        """The list as a text where it is short, else as a range of the hidden worksheet."""
        inline = ",".join(choices)
        if len(inline) <= _LONGEST_INLINE and not any(set(choice) & set(',"') for choice in choices):
            return f'"{inline}"'
        if choices not in self._lists:
            column = get_column_letter(_FIRST_LIST + len(self._lists))
            for row, choice in enumerate(choices, 1):
                put_text(self.hidden[f"{column}{row}"], choice)
            self._lists[choices] = f"'{self.hidden.title}'!${column}$1:${column}${len(choices)}"
        return self._lists[choices]


def _cut(text: str, limit: int) -> str:
    """The beginning of a text."""
    plain = writable(text)
    return plain if len(plain) <= limit else plain[: limit - 1] + "…"
