"""(template name, values) → text: Jinja2, strict and escaping; the only importer of jinja2."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup as Safe

from pipeline.renderers.html import escape

STYLES = Path(__file__).parents[2] / "styles"


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(STYLES / "templates"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalize,
    )


def _finalize(value: object) -> object:
    # Our own escaping also keeps out the control characters that XML has no place for.
    return value if isinstance(value, Safe) or not isinstance(value, str) else Safe(escape(value))


def render(template: str, **values: object) -> str:
    """Fill `styles/templates/<template>`; a value that is missing is an error, markup must be `Safe`."""
    return _environment().get_template(template).render(**values)


def safe(markup: str) -> Safe:
    """Says that a string is finished markup (from `html`)."""
    return Safe(markup)
