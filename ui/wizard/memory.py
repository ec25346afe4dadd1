"""Memory of an open form (内存整理): what lives as long as the form is not looked through again and again.

Python's cyclic collector goes through every object it knows, some twenty milliseconds for the window and
a large form, at moments nobody chooses: a keystroke would wait for it. What stands when a form has been
opened is set aside, and given back when the form is closed.
"""

from __future__ import annotations

import gc


def set_aside() -> None:
    """Collect once, then leave out of later collections what is there now."""
    gc.collect()
    gc.freeze()


def give_back() -> None:
    """Let the collector look at everything again, so that a closed form's objects go."""
    gc.unfreeze()
