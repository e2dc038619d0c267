"""Page → what it says of its article outside the text: titles, makers, dates, rights, language, address, site.

Sources, the surest first: JSON-LD, meta elements (Open Graph, Dublin Core, Highwire, plain HTML), microdata, and
elements that sites name after what they hold. What none of these says stays unsaid.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

import msgspec

from pipeline.model import Creator, Date, Rights
from pipeline.readers import web_data, web_dates, web_makers, web_rights
from pipeline.readers.web_data import Thing, absolute, kind, metas, names
from pipeline.readers.web_tree import Page


class About(msgspec.Struct, frozen=True):
    """What a page says of its article. `titles` are all names it gives it, the surest first."""

    titles: tuple[str, ...]
    site: str
    address: str
    language: str
    creators: tuple[Creator, ...]
    dates: tuple[Date, ...]
    rights: Rights | None


def about(page: Page) -> About:
    """Gather what a page says."""
    data = tuple(web_data.articles(page))
    address = _address(page)
    site = next(metas(page, "og:site_name", "application-name", "citation_journal_title"), "") or next(
        (name for each in data for name in names(each.get("publisher"))), ""
    )
    return About(
        titles=_titles(page, data, site),
        site=site,
        address=address,
        language=_language(page, data),
        creators=web_makers.creators(page, data, site),
        dates=web_dates.dates(page, data, address),
        rights=web_rights.rights(page, data),
    )


def _titles(page: Page, data: tuple[Thing, ...], site: str) -> tuple[str, ...]:
    said = [
        *(
            name
            for each in data
            if not kind(each).endswith("WebPage")
            for name in names(each.get("headline") or each.get("name"))
        ),
        *metas(page, "og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title"),
        page.title,
    ]
    return tuple(dict.fromkeys(bare for each in said if (bare := _unsited(_plain(each), site))))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"<[^<>]+>|&(?:nbsp|#160);", " ", text).replace("&amp;", "&").split())


_SEPARATOR = re.compile(r"\s+(?:[|·•»«–—-]|::|<|>|←|→)\s+|\s*[|]\s*|\s+::\s+")


def _unsited(title: str, site: str) -> str:
    """A title without the name of the site before or after it."""
    title = re.sub(r"^\[[^\[\]]{1,40}\]\s+(?=\S)", "", title)
    if not site:
        return title
    parts = _SEPARATOR.split(title)
    marks = _SEPARATOR.findall(title)
    fold = site.casefold()
    while len(parts) > 1 and (parts[-1].casefold() in fold or fold in parts[-1].casefold()):
        parts.pop()
        marks.pop()
    while len(parts) > 1 and (parts[0].casefold() in fold or fold == parts[0].casefold()):
        parts.pop(0)
        marks.pop(0)
    return "".join(part + mark for part, mark in zip(parts, [*marks, ""], strict=True)).strip()


def title_parts(title: str) -> tuple[str, ...]:
    """What stands between the marks with which sites part a page's title."""
    return tuple(bare for part in _SEPARATOR.split(title) if (bare := part.strip()))


def _language(page: Page, data: tuple[Thing, ...]) -> str:
    said = (
        page.language,
        *metas(page, "content-language", "dc.language", "dcterms.language", "og:locale", "language"),
        *(str(each.get("inLanguage")) for each in data if isinstance(each.get("inLanguage"), str)),
    )
    for each in said:
        tag = each.strip().replace("_", "-").split(",")[0].split(".")[0]
        if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", tag):
            first, *rest = tag.split("-")
            return "-".join(
                [first.lower(), *(part.upper() if len(part) == 2 else part.title() for part in rest)]
            )
    return ""


def _address(page: Page) -> str:
    said = (
        *(link["href"] for link in page.links if "canonical" in link["rel"].lower().split()),
        *metas(page, "og:url", "citation_public_url", "dc.identifier", "dcterms.identifier"),
        page.address,
    )
    base = next((each for each in said if absolute(each)), "")
    return base.split("#")[0] if base else ""


def resolved(target: str, base: str) -> str:
    """An address as it is said in the page, made absolute if the page's own address is known."""
    target = target.strip()
    if target.startswith("#") or not base:
        return target
    try:
        return urljoin(base, target)
    except ValueError:
        return target
