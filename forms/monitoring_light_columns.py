"""The light of a row and its reason as columns (预警栏): computed, shown on screen only."""

from __future__ import annotations

from forms.context import FormContext
from forms.schema import FieldKind, FieldSpec, never


def _has_lights(context: FormContext) -> bool:
    return context.kit.monitoring is not None and bool(context.kit.monitoring.bands)


LIGHT = FieldSpec(
    "light",
    "预警",
    FieldKind.LIGHT,
    help="按任务参数包的界限自动判定，只在屏幕上显示，不打印",
    is_visible=_has_lights,
    lock_note="自动判定",
    is_computed=True,
    is_printed=False,
    width=9,
)
LIGHT_NOTE = FieldSpec(
    "light_note",
    "预警说明",
    FieldKind.TEXT,
    help="自动写明预警的依据",
    max_length=0,
    is_visible=never,
    lock_note="自动判定",
    is_computed=True,
    is_printed=False,
)
