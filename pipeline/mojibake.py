"""Text that somebody read wrongly before us → as it was before that, with each word changed as an entry of the ledger.

Two kinds: UTF-8 that was taken for another encoding and saved so ("Ã©", "â€™"), which ftfy knows to undo; and
single letters of Windows-1252 among UTF-8. The only importer of ftfy.
"""

from __future__ import annotations

import re

from pipeline import scouring
from pipeline.model import Change, Place
from pipeline.scouring import RULE

STRAYS = re.compile("[\udc80-\udcff]+")
"""Bytes that are no UTF-8, as `surrogateescape` gives them."""


def shown(raw: bytes) -> str:
    """Bytes as a person can read them: "caf\\\\xe9"."""
    return "".join(chr(byte) if 32 < byte < 127 else f"\\x{byte:02x}" for byte in raw)


def western(strays: str) -> bool:
    return not scouring.unnatural(_reread(strays))


def _reread(strays: str) -> str:
    return strays.encode("ascii", "surrogateescape").decode("cp1252", "replace")


def without_strays(text: str) -> tuple[str, list[Change]]:
    """A few bytes of Windows-1252 in UTF-8, as after pasting with an old editor, made the letters they are."""
    changes = [
        Change(
            RULE,
            Place(number, number),
            shown(word.encode("utf-8", "surrogateescape")),
            STRAYS.sub(lambda found: _reread(found[0]), word),
            "a letter of Windows-1252 in a text in UTF-8",
        )
        for number, line in enumerate(scouring.lines(text), 1)
        for word in line.split()
        if STRAYS.search(word)
    ]
    return STRAYS.sub(lambda found: _reread(found[0]), text), changes


_TAIL = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_GARBLED = re.compile(
    # UTF-8 that was read as Windows-1252 or Latin-1, by the number of its bytes …
    rf"[Â-ß][{_TAIL}]|[à-ï][{_TAIL}]{{2}}|[ð-ô][{_TAIL}]{{3}}"
    # … as Mac Roman or by DOS …
    r"|[√‚][\u0080-\uffff]|[├┬╬╨][\u0080-\uffff]"
    # … as Windows-1251: every other letter is one of two.
    r"|(?:[РСВГ][\u0080-\u04ff‘’“”„•–—™š›€‚†‡‰‹]){3}"
)
"""Where ftfy may find something; it decides, and is only asked then."""
_RARE = re.compile("[\u0700-\u08ff]")


def mended(text: str) -> tuple[str, list[Change]]:
    """Text that was taken for another encoding before it came to us, as it was before that."""
    if not _GARBLED.search(text):
        return text, []
    import ftfy

    only = ftfy.TextFixerConfig(
        # Of all that ftfy offers, the reading anew; the rest would be opinions on the author's text.
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        replace_lossy_sequences=False,
        fix_c1_controls=False,
        normalization=None,
        explain=False,
    )
    changes: list[Change] = []
    pieces = re.split(r"(\r\n|\r|\n)", text)
    for at in range(0, len(pieces), 2):
        line = pieces[at]
        if not _GARBLED.search(line):
            continue
        anew = ftfy.fix_encoding(line, only)
        # Two letters that happen to follow one another can be the bytes of one of a rare alphabet.
        if anew != line and not set(_RARE.findall(anew)) - set(line):
            before, after = line.split(" "), anew.split(" ")
            pairs = zip(before, after, strict=True) if len(before) == len(after) else ((line, anew),)
            changes += [
                Change(
                    RULE,
                    Place(at // 2 + 1, at // 2 + 1),
                    was,
                    now,
                    "UTF-8 that was once read as another encoding",
                )
                for was, now in pairs
                if was != now
            ]
            pieces[at] = anew
    return "".join(pieces), changes
