"""The page of reason codes (原因代码说明): docs/reason-codes.md, written from the one list.

`python -m exchange.reason_page > docs/reason-codes.md`; a test holds the two together.
"""

from __future__ import annotations

import sys

from exchange.reasons import SECTIONS, ReasonKind

_HEAD = """# Reason codes of a verdict (原因代码)

Written by `python -m exchange.reason_page` from `exchange/reasons.py`; do not edit by hand.
The list is closed and no code has two verdicts. A verdict is the worst of its reasons' own
verdicts: `valid` < `valid_with_notes` < `cannot_judge` < `invalid_signature` < `altered`.
`fact` is the separate fact the reason denies (`none` for mere notes).
"""


def reason_page() -> str:
    """The whole page as Markdown."""
    parts = [_HEAD]
    for title, kinds in SECTIONS:
        parts.append(
            f"\n## {title}\n\n| code | verdict | fact | what people read | what to do |\n|---|---|---|---|---|"
        )
        parts.extend(_row(kind) for kind in kinds)
    return "\n".join(parts) + "\n"


def _row(kind: ReasonKind) -> str:
    return f"| `{kind.code}` | {kind.word.value} {kind.word.label} | {kind.fact.value} | {kind.what} | {kind.remedy} |"


if __name__ == "__main__":
    sys.stdout.write(reason_page())
