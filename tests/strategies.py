"""Hypothesis strategies → whole Publications of every kind of node, sound but unkind.

What they generate keeps the promises that a finished Publication makes: ids are unique, a heading stands
only in a section and one level under the one above, every call has its note, every link and picture its
target, and text is NFC. All else is fair: any script, markup characters, empty runs, notes on notes.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from pipeline.model import (
    Alignment,
    Block,
    BlockQuotation,
    Cell,
    Change,
    Code,
    Creator,
    Date,
    Emphasis,
    Epigraph,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    Metadata,
    Note,
    NoteRef,
    Origin,
    Paragraph,
    ParagraphRole,
    Place,
    Preformatted,
    Publication,
    Resource,
    Rights,
    Section,
    SectionRole,
    Separator,
    SmallCaps,
    Span,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Verse,
    VerseLine,
)

_SCRIPTS = "abc XYZ <>&\"' àéßœ «»“”’–— ÆØΩλ привет مرحبا שלום 中文 かな 한국어 नमस्ते 𝔄 \u00ad\u200f\u00a0-*#_[]()\\"
_WORD = "etaoin shrdlu Zürich naïve <b>&amp; قلم мир 本 d’état"
LANGUAGES = ("en", "en-GB", "de", "fr", "ar", "he", "ru", "zh-Hans")
SECTION_ROLES: tuple[SectionRole, ...] = ("section", "abstract", "preface", "appendix")
PARAGRAPH_ROLES: tuple[ParagraphRole, ...] = ("text", "text", "text", "signature", "dateline", "contact", "continued")
ALIGNMENTS: tuple[Alignment, ...] = ("start", "center", "end")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def texts(least: int = 0) -> st.SearchStrategy[str]:
    """Plain text in NFC of at least so many characters that are not white space."""
    whole = st.one_of(st.text(_SCRIPTS, max_size=40), st.sampled_from(_WORD.split(" ")),
                      st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12))
    return whole.map(_composed).filter(lambda text: len("".join(text.split())) >= least)


def titles() -> st.SearchStrategy[str]:
    """One line that can be read aloud."""
    return texts(1).map(lambda text: " ".join(text.split())).filter(lambda text: any(c.isalnum() for c in text))


def places() -> st.SearchStrategy[Place]:
    return st.builds(lambda first, more, part: Place(first, first + more, part) if first else Place(),
                     st.integers(0, 900), st.integers(0, 9), st.sampled_from(["", "page 2", "b.txt"]))


def png(width: int = 4, height: int = 6) -> bytes:
    """A white picture, the smallest that readers and validators take for one."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xff\xff\xff" * width for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


# --- Inlines ---------------------------------------------------------------------------------------


def inlines(notes: Sequence[str] = (), targets: Sequence[str] = (), pictures: Sequence[str] = (),
            depth: int = 2) -> st.SearchStrategy[tuple[Inline, ...]]:
    """A run. Notes, sections and pictures that it may point to are given by their ids and names."""
    addresses = ["https://example.org/a?b=c&d=e#f", "mailto:press@example.org", *(f"#{each}" for each in targets)]
    leaves: list[st.SearchStrategy[Inline]] = [
        st.builds(Text, texts()),
        st.builds(Text, texts()),
        st.builds(Code, texts(1)),
        st.just(LineBreak()),
        st.builds(Image, st.just(""), texts(1)),
    ]
    if notes:
        leaves.append(st.builds(NoteRef, st.sampled_from(notes)))
    if pictures:
        leaves.append(st.builds(Image, st.sampled_from(pictures), st.one_of(st.just(""), texts(1))))
    leaf = st.one_of(leaves)
    run = st.lists(leaf, max_size=4).map(tuple)
    if not depth:
        return run
    inner = inlines(notes, targets, pictures, depth - 1)
    # A link holds no link and no call: HTML has no place for either.
    plain = st.lists(st.builds(Text, texts(1)), min_size=1, max_size=2).map(tuple)
    return st.lists(
        st.one_of(
            leaf,
            st.builds(Emphasis, inner),
            st.builds(Strong, inner),
            st.builds(SmallCaps, inner),
            st.builds(Superscript, inner),
            st.builds(Subscript, inner),
            st.builds(Link, plain, st.sampled_from(addresses)),
            st.builds(Span, inner, st.sampled_from([None, *LANGUAGES]), st.sampled_from([None, "ltr", "rtl"])),
        ),
        max_size=4,
    ).map(tuple)


def headings(level: int, run: st.SearchStrategy[tuple[Inline, ...]]) -> st.SearchStrategy[Heading]:
    """A heading that says something, if it is only a word."""
    return st.builds(lambda title, rest, place: Heading((Text(title), *rest), level, place), titles(), run, places())


# --- Blocks ----------------------------------------------------------------------------------------


def paragraphs(run: st.SearchStrategy[tuple[Inline, ...]]) -> st.SearchStrategy[Paragraph]:
    return st.builds(Paragraph, run, st.sampled_from(PARAGRAPH_ROLES), places())


def verses(run: st.SearchStrategy[tuple[Inline, ...]]) -> st.SearchStrategy[Verse]:
    line = st.builds(VerseLine, run, st.integers(0, 12))
    stanza = st.lists(line, min_size=1, max_size=3).map(tuple)
    return st.builds(Verse, st.lists(stanza, min_size=1, max_size=2).map(tuple), run, places())


@st.composite
def tables(draw: st.DrawFn, run: st.SearchStrategy[tuple[Inline, ...]]) -> Table:
    """As many cells in every row as there are columns; now and then one cell across them all."""
    columns = draw(st.integers(1, 3))
    content = st.lists(paragraphs(run), min_size=1, max_size=2).map(tuple)

    def row(heading: bool) -> tuple[Cell, ...]:
        if columns > 1 and draw(st.integers(0, 4)) == 0:
            return (Cell(draw(content), heading, columns),)
        return tuple(Cell(draw(content), heading) for _ in range(columns))

    head = tuple(row(True) for _ in range(draw(st.integers(0, 1))))
    body = tuple(row(False) for _ in range(draw(st.integers(1, 2))))
    alignments = draw(st.sampled_from([(), tuple(draw(st.sampled_from(ALIGNMENTS)) for _ in range(columns))]))
    return Table(head, body, alignments, draw(run), draw(places()))


def blocks(run: st.SearchStrategy[tuple[Inline, ...]], depth: int = 1) -> st.SearchStrategy[Block]:
    """Any block but a section."""
    flat: list[st.SearchStrategy[Block]] = [
        paragraphs(run),
        paragraphs(run),
        paragraphs(run),
        verses(run),
        tables(run),
        st.builds(Preformatted, texts(1), places()),
        st.builds(Separator, places()),
    ]
    if not depth:
        return st.one_of(flat)
    inner = st.lists(blocks(run, depth - 1), min_size=1, max_size=2).map(tuple)
    items = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        *flat,
        st.builds(BlockQuotation, inner, run, places()),
        st.builds(Epigraph, inner, run, places()),
        st.builds(List, items, st.booleans(), st.integers(0, 12), places()),
        st.builds(Figure, inner, run, places()),
    )


def sections(ids: Callable[[], str], run: st.SearchStrategy[tuple[Inline, ...]], level: int = 1,
             depth: int = 2) -> st.SearchStrategy[Section]:
    """A section with sections inside it, each heading one level under its parent's; `ids` yields fresh ones."""

    @st.composite
    def section(draw: st.DrawFn) -> Section:
        own = ids()
        untitled = level == 1 and draw(st.integers(0, 5)) == 0
        heading = None if untitled else draw(headings(level, run))
        content: list[Block] = draw(st.lists(blocks(run), min_size=1, max_size=3))
        if depth and not untitled:
            content += draw(st.lists(sections(ids, run, level + 1, depth - 1), max_size=1))
        role = draw(st.sampled_from(SECTION_ROLES)) if level == 1 else "section"
        return Section(own, heading, tuple(content), role, draw(places()))

    return section()


# --- Publications ----------------------------------------------------------------------------------


def dates() -> st.SearchStrategy[Date]:
    meanings = st.sampled_from(["written", "published", "posted", "translated", "revised"])
    year, month, day = st.integers(1800, 2030), st.integers(1, 12), st.integers(1, 28)
    return st.one_of(
        st.builds(lambda y, meaning: Date(f"{y}", meaning, "year"), year, meanings),
        st.builds(lambda y, m, meaning: Date(f"{y}-{m:02}", meaning, "month"), year, month, meanings),
        st.builds(lambda y, m, d, meaning: Date(f"{y}-{m:02}-{d:02}", meaning, "day"), year, month, day, meanings),
    )


def creators() -> st.SearchStrategy[Creator]:
    return st.builds(Creator, titles(), titles(), st.sampled_from(["aut", "trl", "edt", "ill", "sgn"]),
                     st.sampled_from(["person", "organisation"]))


@st.composite
def metadata(draw: st.DrawFn) -> Metadata:
    language = draw(st.sampled_from(LANGUAGES))
    rights = st.builds(Rights, titles(), st.sampled_from(["", "https://creativecommons.org/licenses/by/4.0/"]))
    origin = st.builds(Origin, st.just("a.txt"), st.just("text/plain"), st.just("0" * 64),
                       st.sampled_from(["", "https://example.org/a?b=1&c=2"]), st.sampled_from(["", "A journal"]))
    optional = st.one_of(st.just(""), titles())
    return Metadata(
        title=draw(titles()),
        identifier=f"urn:uuid:{draw(st.uuids())}",
        language=language,
        origin=draw(origin),
        direction="rtl" if language in ("ar", "he") else "ltr",
        subtitle=draw(optional),
        rubric=draw(optional),
        creators=tuple(draw(st.lists(creators(), max_size=3))),
        dates=tuple(draw(st.lists(dates(), max_size=3))),
        rights=draw(st.one_of(st.none(), rights)),
        subjects=tuple(draw(st.lists(titles(), max_size=2))),
        description=draw(optional),
    )


@st.composite
def publications(draw: st.DrawFn) -> Publication:
    """A whole text: loose blocks, sections of all roles, notes called once, twice or never, pictures, a ledger."""
    notes = tuple(f"n{number}" for number in range(1, draw(st.integers(0, 3)) + 1))
    resources = tuple(Resource(name, "image/png", png())
                      for name in draw(st.sampled_from([(), ("a.png",), ("a b.png", "folder/ü.png")])))
    # Links go only to sections that are surely there.
    targets = tuple(f"s{number}" for number in range(1, draw(st.integers(1, 3)) + 1))
    count = 0

    def fresh() -> str:
        nonlocal count
        count += 1
        return f"s{count}"

    run = inlines(notes, targets, tuple(each.name for each in resources))
    part = st.lists(st.one_of(sections(fresh, run), blocks(run)), max_size=2)
    front: list[Block] = draw(part)
    body: list[Block] = draw(st.lists(st.one_of(sections(fresh, run), blocks(run)), min_size=1, max_size=3))
    back: list[Block] = draw(part)
    if draw(st.booleans()):
        back.append(Section(fresh(), None, (draw(paragraphs(run)),), "provenance"))
    while count < len(targets):
        body.append(draw(sections(fresh, run)))
    # A note may call another, but only a later one, so that none calls itself.
    told = tuple(
        Note(each, tuple(draw(st.lists(blocks(inlines(notes[number + 1:], targets)), min_size=1, max_size=2))),
             draw(places()))
        for number, each in enumerate(notes))
    ledger = st.lists(st.builds(Change, st.sampled_from(["dashes", "corrections"]), places(), texts(), texts(),
                                texts()), max_size=2)
    return Publication(draw(metadata()), tuple(body), tuple(front), tuple(back), told, resources,
                       tuple(draw(ledger)))
