"""Page → the licence that it says it is under; that of a picture is said in its caption, and is not the text's."""

from __future__ import annotations

import re

from pipeline.model import Rights
from pipeline.readers import web_hints
from pipeline.readers.web_data import Thing, absolute, metas
from pipeline.readers.web_tree import Element, Page, said

_LICENCE = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses|publicdomain)/[\w./-]+|https?://(?:www\.)?gnu\.org/(?:licenses|copyleft)/[\w.-]+"
)


def rights(page: Page, data: tuple[Thing, ...]) -> Rights | None:
    """The licence that the page says it is under; that of a picture is said in its caption."""
    for each in page.body.every():
        if (
            each.tag == "a"
            and "license" in each.get("rel").casefold().split()
            and absolute(each.get("href"))
            and not _of_picture(each)
        ):
            words = said(each) if not any(inner.tag == "img" for inner in each.every()) else ""
            return Rights(
                each.get("title") or words or said(each) or licence_name(each.get("href")), each.get("href")
            )
    linked = [
        *(link["href"] for link in page.links if "license" in link["rel"].casefold().split()),
        *metas(page, "dc.rights", "dcterms.rights", "dcterms.license"),
        *(str(each["license"]) for each in data if isinstance(each.get("license"), str)),
    ]
    for address in linked:
        if absolute(address):
            return Rights(licence_name(address), address)
    found = {
        each.get("href"): said(each)
        for each in page.body.every()
        if each.tag == "a"
        and _LICENCE.fullmatch(each.get("href"))
        and not _of_picture(each)
        and not _in_prose(each)
    }
    if len(found) == 1:
        ((address, words),) = found.items()
        return Rights(words or licence_name(address), address)
    return None


def _of_picture(element: Element) -> bool:
    return any(
        each.tag in ("figure", "figcaption") or web_hints.names(each) & web_hints.CAPTIONS
        for each in element.above()
    )


def _in_prose(element: Element) -> bool:
    """Whether a link stands in a long paragraph, which may speak of any licence."""
    over = element.parent
    while over is not None and over.tag not in ("p", "li", "div", "td", "body"):
        over = over.parent
    return over is not None and len(said(over).split()) > 60


def licence_name(address: str) -> str:
    """What a licence is called, from its address: "CC BY-SA 4.0"."""
    found = re.search(r"creativecommons\.org/(licenses|publicdomain)/([\w-]+)(?:/(\d\.\d))?", address)
    if not found:
        return address
    kind = (
        "CC0"
        if found[2] == "zero"
        else "Public Domain Mark"
        if found[2] == "mark"
        else f"CC {found[2].upper()}"
    )
    return f"{kind} {found[3]}" if found[3] else kind
