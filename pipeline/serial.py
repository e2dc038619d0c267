"""Publication ↔ JSON, and the JSON Schema that says what such JSON looks like."""

from __future__ import annotations

import msgspec

from pipeline.errors import StoreError
from pipeline.model import Publication


def encode(publication: Publication) -> bytes:
    """As JSON in UTF-8, indented so that two states of a text can be compared line by line."""
    return msgspec.json.format(msgspec.json.encode(publication), indent=1) + b"\n"


def decode(data: bytes, name: str = "publication.json") -> Publication:
    """JSON → Publication, the inverse of `encode`. Raises StoreError, which calls the JSON `name`."""
    try:
        return msgspec.json.decode(data, type=Publication)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise StoreError(
            f"{name}: this is no publication of ours ({error})", "build the title again"
        ) from error


def schema() -> bytes:
    """JSON Schema (2020-12) of what `encode` writes, made from the types of `pipeline.model` themselves."""
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Publication",
        **msgspec.json.schema(Publication),
    }
    return msgspec.json.format(msgspec.json.encode(document, order="sorted"), indent=1) + b"\n"
