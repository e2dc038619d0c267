"""Page → who made its article: from its head, from elements that sites name after makers (class="author"), from bylines.

Names that a site calls authors may be those of other articles: they count if the head names one of them too, or
nobody at all. Nobody's names ("admin", an address) are no names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.model import Creator
from pipeline.normalise import dates as in_words
from pipeline.normalise.byline import named, sort_name
from pipeline.readers import web_hints
from pipeline.readers.web_data import Thing, kind, metas, names
from pipeline.readers.web_tree import Element, Page, said

_NOBODY = re.compile(
    r"(?:admin(?:istrator)?|webmaster|editor|redaktion|la rédaction|redacción|redazione|staff|unknown|anonymous|guest|user|"
    r"author|by|root|null|none|undefined|wordpress|various|n/?a)\W*|https?:.*|@\S+|\S+@\S+|.*\d{3,}.*|\S+\.(?:com|org|net|info)",
    re.IGNORECASE,
)
BY = re.compile(
    r"(?i:(?:(?:written|posted|published|submitted|story|words|article|report)\s+)?by|"
    r"(?:geschrieben|verfasst|veröffentlicht|text) von|(?:escrito|publicado) por|(?:scritto|pubblicato) da|(?:écrit|publié) par|"
    r"(?:author|autor(?:in)?|auteure?|autore|автор)\s*:|par|von|por|door|przez|автор)\s+"
    r"|(?:di|Di)\s+(?=\S+\s+\S)",
)
"""How a byline begins."""
_TRANSLATED = re.compile(
    r"translat|übersetz|ubersetz|tradui|traduct|traducid|tradott|tradu[zç]|vertaald|vertaling|tłumacz|przełoż|перевод|перевел",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*[,;|&/]\s*|\s+(?:and|und|et|y|e|en)\s+")
_END = re.compile(r"\s+[|·•–—-]\s+|\s*\(|\s{2,}|,?\s+(?:\d|on |le |am |el |il |op )|\s*[.:]$")
_WEEKDAY = re.compile(
    r"[\s,]+(?:mon|tues|wednes|thurs|fri|satur|sun)day.*$|[\s,]+(?:mon|tue|wed|thu|fri|sat|sun)[,.].*$|"
    r"[\s,]+(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)\b.*$",
    re.IGNORECASE,
)
_MOST = 8
_LONGEST = 60
_GROUPS = frozenset(
    "collective collectif kollektiv colectivo collettivo group groupe gruppe grupo gruppo federation fédération föderation "
    "federación federazione union syndicat gewerkschaft sindicato sindacato committee comité komitee comitato network netzwerk "
    "réseau rete press presse prensa stampa party partei parti partido partito news agency redaktion rédaction association "
    "verein asociación associazione institute institut instituto istituto voices team editors project projekt projet".split()
)
"""Words in the names of those who write together."""
_BOXES = frozenset("card teaser tease promo listing post-item".split())
_BOX_WORDS = 80
_LINE_WORDS = 30


def creators(page: Page, data: tuple[Thing, ...], site: str) -> tuple[Creator, ...]:
    """The makers that a page names for its article, each once, authors first as they are told."""
    out: dict[str, Creator] = {}
    for thing in data:
        for maker in _each(thing.get("author")):
            together = isinstance(maker, dict) and "Organization" in kind(maker)
            _add(out, names(maker), "aut", site, together=together)
        _add(out, names(thing.get("translator")), "trl", site)
    if not out:
        _add(
            out,
            metas(
                page, *"citation_author dc.creator dcterms.creator byl parsely-author sailthru.author".split()
            ),
            "aut",
            site,
        )
    if not out:
        told = [each for each in metas(page, "author", "article:author") if not _NOBODY.fullmatch(each)]
        _add(out, (name for each in told for name in parted(each)), "aut", site)
    _add(out, metas(page, "dc.contributor.translator", "citation_translator", "translator"), "trl", site)
    named_so = list(_credits(page.body))
    folded = {name.casefold() for name, _ in named_so}
    if folded and (not out or folded & set(out)) and len(folded) <= _MOST:
        for name, role in named_so:
            _add(out, (name,), role, site)
    return tuple(out.values())


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _add(
    out: dict[str, Creator], told: Iterable[str], role: str, site: str, *, together: bool = False
) -> None:
    for each in told:
        name = re.sub(r"^(?:written\s+)?by\s+", "", " ".join(each.split()), flags=re.IGNORECASE).strip(
            " ,;:·|–-"
        )
        if not name or len(name) > _LONGEST or _NOBODY.fullmatch(name) or len(out) >= _MOST:
            continue
        words = {word.casefold() for word in name.split()}
        if together or name.casefold() == site.casefold() or words & _GROUPS:
            out.setdefault(name.casefold(), Creator(name, name, role, "organisation"))
        else:
            out.setdefault(name.casefold(), Creator(name, sort_name(name), role))


def parted(told: str) -> tuple[str, ...]:
    """The names in "A, B and C"; "Luxemburg, Rosa" is one, as catalogues write it."""
    found = re.fullmatch(r"(?P<last>[^\s,]+),\s+(?P<first>[^\s,]+(?:\s[^\s,]+)?)", told.strip())
    if found:
        return (f"{found['first']} {found['last']}",)
    return tuple(part for part in _AND.split(told.strip()) if part)


def in_line(text: str) -> tuple[Creator, ...]:
    """The authors that a line of its own names after "by", () if it is no byline."""
    found = BY.match(text)
    if not found or len(text.split()) > _LINE_WORDS:
        return ()
    told = named(_before_date(text[found.end() :]))
    # "door" is Dutch for "by", and in English what people knock at.
    if not all(name[0].isupper() or name[0].lower() == name[0].upper() for name in told):
        return ()
    return tuple(Creator(name, sort_name(name)) for name in told if not _NOBODY.fullmatch(name))


def _before_date(text: str) -> str:
    days = in_words.find(text)
    return _WEEKDAY.sub("", _END.split(text[: days[0].start] if days else text)[0]).strip(" ,;:·|–—-(")


def _credits(body: Element) -> Iterator[tuple[str, str]]:
    """(name, role) of each maker whom an element of the page is named after."""
    for element in body.every():
        points = (
            "author" in element.get("rel").casefold().split()
            or element.get("itemprop").casefold() == "author"
        )
        hints = web_hints.names(element)
        if not points and not hints & web_hints.MAKERS:
            continue
        text = said(element)
        if not text or len(text) > 2 * _LONGEST or elsewhere(element):
            continue
        role = "trl" if _translates(element, text) else "aut"
        links = [
            said(each) for each in element.every() if each.tag == "a" and said(each) and each.get("href")
        ]
        if len(links) == 1:
            yield links[0], role
        elif links:
            continue
        elif by := BY.match(text):
            for name in parted(_before_date(text[by.end() :])):
                yield name, role
        elif points or hints & {
            "author",
            "authors",
            "auteur",
            "auteurs",
            "autor",
            "autores",
            "autore",
            "autori",
        }:
            for name in named(text) if len(text) <= _LONGEST else ():
                yield name, role


def _translates(element: Element, text: str) -> bool:
    around = [each for each in list(element.above())[:2] if len(said(each)) <= 200]
    if any(web_hints.names(each) & web_hints.TRANSLATORS for each in (element, *around)):
        return True
    # Two makers may stand in one line; what is said before the link is said of it.
    before = " ".join(said(each).partition(text)[0][-40:] for each in around)
    return bool(_TRANSLATED.search(text) or _TRANSLATED.search(before))


def elsewhere(element: Element) -> bool:
    """Says whether an element belongs to comments, or to a box about another article."""
    hints = web_hints.COMMENTS | (
        web_hints.FURNITURE
        - {"metadata", "postmeta", "bio", "authorbox", "sidebar", "sidebars", "widget", "widgets"}
    )
    for each in (element, *element.above()):
        if each.tag in ("body", "html"):
            break
        if each.tag == "nav" or web_hints.names(each) & hints:
            return True
        box = each.tag in ("article", "li") or web_hints.names(each) & _BOXES
        headed = (
            box and each is not element and any(inner.tag in ("h2", "h3", "h4") for inner in each.every())
        )
        if headed and len(said(each).split()) < _BOX_WORDS:
            return True
    return False
