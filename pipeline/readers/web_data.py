"""What a page says for machines → its meta elements and the objects of its JSON-LD (schema.org), as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec

from pipeline.readers.web_tree import Page

_ARTICLES = re.compile(
    r"(?:Article|Posting|Book|Chapter|CreativeWork|Report|Review|WebPage|Essay|Story|Poem|Recipe)$"
)

Thing = dict[str, Any]
"""An object of JSON-LD: untyped JSON, made by whoever made the page."""


def metas(page: Page, *names: str) -> Iterator[str]:
    """The contents of the meta elements of these names, in the order of the names."""
    for name in names:
        yield from (content for key, content in page.metas if key == name and content)


def articles(page: Page) -> Iterator[Thing]:
    """The objects of a page's JSON-LD that are about a text."""
    for script in page.data:
        try:
            read = msgspec.json.decode(
                script.strip().removeprefix("<!--").removesuffix("-->").strip().encode()
            )
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            continue
        found = [each for each in _objects(read, 0) if _ARTICLES.search(kind(each))]
        # A page about an article is not the article.
        yield from sorted(found, key=lambda each: kind(each).endswith("WebPage"))


def _objects(read: Any, depth: int) -> Iterator[Thing]:
    if isinstance(read, list):
        for each in read:
            yield from _objects(each, depth)
    elif isinstance(read, dict) and depth < 3:
        yield read
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(read.get(key), depth + 1)


def kind(each: Thing) -> str:
    """The type of an object, the first if it has several."""
    said = each.get("@type")
    return str(said[0] if isinstance(said, list) and said else said or "")


def names(said: Any) -> Iterator[str]:
    """The names in a schema.org value: a string, an object, or a list of either."""
    if isinstance(said, str):
        yield " ".join(said.split())
    elif isinstance(said, dict):
        yield from names(said.get("name"))
    elif isinstance(said, list):
        for each in said:
            yield from names(each)


def absolute(address: str) -> bool:
    """Says whether an address leads to the web by itself."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not re.search(r"[\s<>\"]", address)
