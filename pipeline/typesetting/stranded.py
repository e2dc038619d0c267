"""Mends a defect of WeasyPrint 70: a word left alone on its line before an emphasis or link.

Where a text before inline markup ends in a space and fills its line to within that space,
`split_first_line` finds that the text fits (Pango hangs the space) and in the same breath that it is too
wide (WeasyPrint counts the space). It then takes the text for one long word and keeps its first word
alone. Such a text does fit: asked again with room for the space, the engine says so, and its caller lets
the space hang over the edge as it does everywhere else.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

_LONGEST = 400
"""Characters. No longer text could fit in one line."""


def mend() -> None:
    """Put the mended function in the engine's place, once in a process."""
    from weasyprint.layout import inline

    split = inline.split_first_line
    if hasattr(split, "mended"):
        return

    @wraps(split)
    def mended(text: str, style: Any, context: Any, max_width: Any, *rest: Any, **options: Any) -> Any:
        found = split(text, style, context, max_width, *rest, **options)
        if (
            found[2] is None
            or max_width is None
            or not text.endswith(" ")
            or len(text) > _LONGEST
            or style["white_space"] != "normal"
        ):
            return found
        whole = split(text.rstrip(" "), style, context, max_width, *rest, **options)
        if whole[2] is not None:
            return found
        # One em is more than any word space.
        return split(text, style, context, max_width + style["font_size"], *rest, **options)

    mended.mended = True  # type: ignore[attr-defined]
    inline.split_first_line = mended
