"""Evidence as forms and checks ask for it (佐证材料的要求): what is attached where, what is still missing.

Which files may be attached, how large, and which indicators need some is data of the kit
(`check_settings`, record `evidence`); nothing stands in code. Checks ask `attached` and `missing`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from forms.checks.evidence_settings import EvidenceSetting
from forms.checks.settings import CheckSettings, Words
from forms.context import FormContext
from forms.findings import Place, place_of
from forms.remembered import by_identity
from forms.schema import FormSpec
from models.domain.evidence import EvidenceFile
from models.domain.filing import Answers

_FILE_NAME = re.compile(
    r"[^\s，。；：、！？《》〈〉“”‘’（）()\[\]【】\"'<>|/\\]{1,80}\.([A-Za-z0-9]{1,5})(?![A-Za-z0-9])"
)
"""Something in a text that looks like a file's name."""


def setting_of(context: FormContext) -> EvidenceSetting | None:
    """The kit's record, None when the kit says nothing of evidence."""
    return CheckSettings(context.kit).find(EvidenceSetting)


def row_place(place: Place) -> Place:
    """The row a cell stands in, as evidence is attached to rows; a field's place is the filing as a whole."""
    return Place(place.field, place.row_id) if place.row_id else Place("")


def attached(context: FormContext, place: Place | None = None) -> tuple[EvidenceFile, ...]:
    """The evidence of one row (whichever of its cells is named); of the filing as a whole without a place."""
    path = row_place(place).path if place is not None else ""
    return tuple(item for item in context.evidence if item.place == path)


def has_place(answers: Answers, path: str) -> bool:
    """Whether the row a path names is in the answers; the filing as a whole always is."""
    if not path:
        return True
    place = place_of(path)
    rows = answers.get(place.field)
    return (
        not place.column
        and place.path == path
        and isinstance(rows, list | tuple)
        and any(isinstance(row, Mapping) and row.get("row_id") == place.row_id for row in rows)
    )


def missing(form: FormSpec, context: FormContext, answers: Answers) -> tuple[Place, ...]:
    """Rows that need evidence by the kit and have none, in the answers' order."""
    setting = setting_of(context)
    levels = set(setting.evidence_required.get(form.form_id, ())) if setting else set()
    if not levels:
        return ()
    found = []
    for table in form.tables():
        for row in (answers.get(table.key) or ()) if table.is_indicator_table else ():
            place = Place(table.key, str(row.get("row_id")))
            if levels & {row.get("first_level"), row.get("second_level")} and not attached(context, place):
                found.append(place)
    return tuple(found)


def named_but_absent(form: FormSpec, context: FormContext, answers: Answers) -> tuple[str, ...]:
    """What the answers call an attachment and nobody has attached (C45): file names, else the telling words.

    A file name counts by its kind; the telling words only where nothing at all is attached.
    """
    setting = setting_of(context)
    if setting is None:
        return ()
    names = {item.name.casefold() for item in context.evidence}
    words = () if names else setting.mention_words
    whole = _everything(answers)
    if whole is not None and not _may_name(whole, setting, words):
        return ()
    texts = _texts(form, answers)
    kinds, found = set(setting.kinds), dict[str, None]()
    for text in texts:
        for match in _FILE_NAME.finditer(text) if "." in text else ():
            name = match[0].casefold()
            if match[1].lower() in kinds and not any(
                name.endswith(known) or known.endswith(name) for known in names
            ):
                found[match[0]] = None
        found |= dict.fromkeys(word for word in words if word in text)
    return tuple(found)


def _may_name(whole: str, setting: EvidenceSetting, words: Words) -> bool:
    """Whether texts may speak of an attachment: by a file's ending, or by one of the words; nearly none does."""
    if "." in whole and _ending(setting.kinds)(whole):
        return True
    return bool([letter for letter in _letters(words) if letter in whole])


@by_identity(16)
def _letters(words: Words) -> tuple[str, ...]:
    """Characters of which every one of some words has one: without them none of the words stands in a text."""
    left, found = list(filter(None, words)), list[str]()
    if len(left) < len(words):
        return ("",)  # a word of nothing stands in every text
    while left:
        found.append(max(sorted(set("".join(left))), key=lambda letter: sum(letter in word for word in left)))
        left = [word for word in left if found[-1] not in word]
    return tuple(found)


@by_identity(16)
def _ending(kinds: Words) -> Callable[[str], object]:
    """A search for what a file's name of some kinds ends in: nearly no text has it."""
    return re.compile(rf"\.(?:{'|'.join(map(re.escape, kinds))})", re.IGNORECASE).search


_TEXT = frozenset({str})


def _everything(answers: Answers) -> str | None:
    """Every text of the answers as one, of whatever form they are; None for answers of another build."""
    texts: list[str] = []
    for value in answers.values():
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, (list, tuple)):
            for row in value:
                if type(row) is not dict:
                    return None
                texts += row.values()
    try:
        return "\n".join(texts)
    except TypeError:  # blank cells, amounts
        return "\n".join([text for text in texts if isinstance(text, str)])


def _texts(form: FormSpec, answers: Answers) -> list[str]:
    """Every text of the answers, those of rows too."""
    texts: list[str] = []
    for item in form.items():
        value = answers.get(item.key)
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, (list, tuple)):
            for row in value:
                cells = row.values()
                if not _TEXT.issuperset(map(type, cells)):
                    cells = [cell for cell in cells if isinstance(cell, str)]
                texts += cells
    return texts
