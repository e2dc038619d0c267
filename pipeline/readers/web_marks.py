"""Links and words of a page → which of them are marks: the signs by which notes are called and begin."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

import msgspec

from pipeline.readers import web_hints
from pipeline.readers.web_tree import Element, said

OPENING, CLOSING = "[({", "])}"
_MARK = re.compile(
    r"[\[({<\s]*(?:(?:n|fn|note|nota|noot|anm|fußnote|footnote)\.?\s?)?"
    r"(?P<mark>\d{1,4}|[a-z]{1,2}|[ivxlc]{1,6}|[*†‡§¶#∗⁎]{1,4}|\d{1,3}[a-z]|[⁰¹²³⁴-⁹]{1,4})[\])}>\s.:,;]*",
    re.IGNORECASE,
)
_ARROWS = "↩↑^⤴⏎←⇑▲△\ufe0e\ufe0f"
_BACK = re.compile(
    rf"[\s\[(]*(?:[{_ARROWS}]+|back(?: to (?:text|top|article))?|return(?: to text)?|retour(?: au texte)?|zurück|"
    rf"volver(?: al texto)?|torna(?: al testo)?|voltar|terug|naar boven|jump up|up|arriba|top)[\s\]){_ARROWS}.:]*",
    re.IGNORECASE,
)
BACK_CLASS = frozenset(
    "backlink footnote-back footnote-backref reversefootnote mw-cite-backlink backref".split()
)
_LEADING = re.compile(r"[\s\[({<]*(?:(?:n|fn|note)\.?\s?(?=\d))?(?P<mark>\w+|[*†‡§¶#∗⁎]+)", re.IGNORECASE)
_AFTER = re.compile(r"\s*[\])}>]*\s*[.:)\]–—-]*\s*")
"""What parts a note's mark from its words."""
_LEFT_OVER = re.compile(
    rf"[\s\u00a0]*(?:[{_ARROWS}]+|[\[(][\s\u00a0]*[\])][.:]?|[.:)\]]|[–—-](?=\s))*[\s\u00a0]*"
)
"""What stood round a number that went with its link."""
_LONGEST = 16


class Marks(msgspec.Struct, frozen=True):
    """Links within a page whose words are a mark, each with the name of its target."""

    links: tuple[tuple[Element, str], ...]
    targets: frozenset[str]


def marks(body: Element, names: frozenset[str]) -> Marks:
    """What may be calls of notes. `names` are the addresses and the file names that the page goes by."""
    found = tuple(
        (element, goal)
        for element in body.every()
        if element.tag == "a" and (goal := _within(element, names)) and mark_of(said(element))
    )
    return Marks(found, frozenset(goal for _, goal in found))


def _within(link: Element, names: frozenset[str]) -> str:
    """The name of the place in this very page that a link leads to, "" if it leads elsewhere."""
    path, sign, name = link.get("href").partition("#")
    if not sign or not name:
        return ""
    if path and path not in names:
        try:
            file = urlsplit(path).path.rpartition("/")[2]
        except ValueError:
            return ""
        if file not in names:
            return ""
    return unquote(name)


def target(link: Element) -> str:
    """The name of the place that a link leads to, in whatever page."""
    return unquote(link.get("href").partition("#")[2])


def mark_of(text: str) -> str:
    """The mark that a text is, without its brackets; "" if it is none."""
    found = _MARK.fullmatch(text) if text and len(text) <= _LONGEST else None
    return found["mark"].casefold() if found else ""


def leads_back(text: str) -> bool:
    """Says whether the words of a link say that it leads back from a note."""
    return _BACK.fullmatch(text) is not None


def begins(text: str, mark: str) -> int:
    """The length of the mark at the start of a text, with what stands before it; 0 if it begins otherwise."""
    found = _LEADING.match(text)
    return found.end() if found and found["mark"].casefold() == mark else 0


def cut_mark(leaf: Element, mark: str, *, bare: bool) -> bool:
    """Cut the mark off the start of a note, and what parts it from the words; says whether there was one.

    `bare` tells that the number has gone already, with its link.
    """
    text = "".join(chars.text for chars in leaf.chars())
    length = begins(text, mark)
    found = _AFTER.match(text, length) if length else _LEFT_OVER.match(text) if bare else None
    if not found or not text[: found.end()].strip():
        return False
    cut(leaf, found.end())
    return True


def cut(element: Element, count: int) -> None:
    """Take the first `count` characters out of an element."""
    for chars in element.chars():
        taken = min(count, len(chars.text))
        chars.line += chars.text[:taken].count("\n")
        chars.text = chars.text[taken:]
        count -= taken
        if not count:
            return


def called_a_note(goal: Element, leaf: Element) -> bool:
    """Says whether a site calls what begins at a target a note: by class, id, role or type."""
    near = [goal, leaf, *list(leaf.above())[:2]]
    return any(
        web_hints.names(each) & web_hints.NOTES
        or "note" in each.get("role")
        or "note" in each.get("epub:type")
        for each in near
    )
