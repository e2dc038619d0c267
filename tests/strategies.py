"""Hypothesis strategies → whole Publications of every kind of node, sound but unkind.

What they generate keeps the promises that a finished Publication makes: ids are unique, a heading stands
only in a section and one level under the one above, every call has its note, every link and picture its
target, and text is NFC. All else is fair: any script, markup characters, empty runs, notes on notes.
"""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Iterable
from functools import cache
from itertools import count

import msgspec
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

_SCRIPTS = (
    "abc XYZ <>&\"' àéßœ «»“”’–— ÆØΩλ привет مرحبا שלום 中文 かな 한국어 नमस्ते 𝔄 \u00ad\u200f\u00a0-*#_[]()\\"
)
_WORDS = (
    "etaoin shrdlu",
    "Zürich ",
    " naïve",
    "<b>&amp;",
    "قلم جديد",
    "мир, мир",
    "本を読む",
    "d’état",
    "1.",
    "—",
    " ",
    "",
)

Runs = st.SearchStrategy[tuple[Inline, ...]]

# A strategy costs more to put together than to draw from, so each is put together once.
LANGUAGES = ("en", "en-GB", "de", "fr", "ar", "he", "ru", "zh-Hans")
SECTION_ROLES: tuple[SectionRole, ...] = ("section", "abstract", "preface", "appendix")
PROVENANCE: SectionRole = "provenance"
PARAGRAPH_ROLES: tuple[ParagraphRole, ...] = (
    "text",
    "text",
    "text",
    "signature",
    "dateline",
    "contact",
    "continued",
)
ALIGNMENTS: tuple[Alignment, ...] = ("start", "center", "end")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@cache
def texts(least: int = 0) -> st.SearchStrategy[str]:
    """Plain text in NFC of at least so many characters that are not white space."""
    words = [word for word in _WORDS if len(word.strip()) >= least]
    drawn = st.one_of(
        st.text(_SCRIPTS, max_size=20), st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)
    )
    return st.one_of(
        st.sampled_from(words),
        st.sampled_from(words),
        drawn.map(_composed).filter(lambda text: len("".join(text.split())) >= least),
    )


@cache
def titles() -> st.SearchStrategy[str]:
    """One line that can be read aloud."""
    return st.builds(
        lambda text, word: " ".join(f"{text} {word}".split()),
        texts(),
        st.sampled_from(["Title", "Über alles", "العنوان", "標題", "<i>What & Why</i>"]),
    )


def places() -> st.SearchStrategy[Place]:
    return st.sampled_from([Place(), Place(1, 1), Place(7, 12), Place(3, 4, "page 2")])


def png(width: int = 4, height: int = 6) -> bytes:
    """A white picture, the smallest that readers and validators take for one."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xff\xff\xff" * width for _ in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


# --- Inlines ---------------------------------------------------------------------------------------


@cache
def inlines(
    notes: tuple[str, ...] = (), targets: tuple[str, ...] = (), pictures: tuple[str, ...] = (), depth: int = 1
) -> Runs:
    """A run. Notes, sections and pictures that it may point to are given by their ids and names."""
    addresses = [
        "https://example.org/a?b=c&d=e#f",
        "mailto:press@example.org",
        *(f"#{each}" for each in targets),
    ]
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
    run = st.lists(leaf, max_size=2).map(tuple)
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
            st.builds(
                Span, inner, st.sampled_from([None, *LANGUAGES]), st.sampled_from([None, "ltr", "rtl"])
            ),
        ),
        max_size=3,
    ).map(tuple)


@cache
def headings(level: int, run: Runs) -> st.SearchStrategy[Heading]:
    """A heading that says something, if it is only a word."""
    return st.builds(
        lambda title, rest, place: Heading((Text(title), *rest), level, place), titles(), run, places()
    )


# --- Blocks ----------------------------------------------------------------------------------------


@cache
def paragraphs(run: Runs) -> st.SearchStrategy[Paragraph]:
    return st.builds(Paragraph, run, st.sampled_from(PARAGRAPH_ROLES), places())


@cache
def verses(run: Runs) -> st.SearchStrategy[Verse]:
    line = st.builds(VerseLine, run, st.integers(0, 12))
    stanza = st.lists(line, min_size=1, max_size=3).map(tuple)
    return st.builds(Verse, st.lists(stanza, min_size=1, max_size=2).map(tuple), run, places())


@cache
def tables(run: Runs) -> st.SearchStrategy[Table]:
    return _tables(run)


@st.composite
def _tables(draw: st.DrawFn, run: Runs) -> Table:
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


@cache
def blocks(run: Runs, depth: int = 1) -> st.SearchStrategy[Block]:
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


@cache
def sections(run: Runs, level: int = 1, depth: int = 2) -> st.SearchStrategy[Section]:
    """A section with sections inside it, each heading one level under its parent's; the ids are still to come."""
    content = st.lists(blocks(run), min_size=1, max_size=2).map(tuple)
    below = st.lists(sections(run, level + 1, depth - 1), max_size=1).map(tuple) if depth else st.just(())
    roles = st.sampled_from(SECTION_ROLES) if level == 1 else st.just(SECTION_ROLES[0])
    titled = st.builds(
        lambda heading, own, more, role, place: Section("", heading, (*own, *more), role, place),
        headings(level, run),
        content,
        below,
        roles,
        places(),
    )
    untitled = st.builds(
        lambda own, role, place: Section("", None, own, role, place), content, roles, places()
    )
    return st.one_of(titled, titled, untitled) if level == 1 else titled


def _with_ids(blocks: Iterable[Block], numbers: Iterable[int]) -> tuple[Block, ...]:
    numbers = iter(numbers)
    return tuple(
        msgspec.structs.replace(block, id=f"s{next(numbers)}", blocks=_with_ids(block.blocks, numbers))
        if isinstance(block, Section)
        else block
        for block in blocks
    )


# --- Publications ----------------------------------------------------------------------------------


@cache
def dates() -> st.SearchStrategy[Date]:
    meanings = st.sampled_from(["written", "published", "posted", "translated", "revised"])
    year, month, day = st.integers(1800, 2030), st.integers(1, 12), st.integers(1, 28)
    return st.one_of(
        st.builds(lambda y, meaning: Date(f"{y}", meaning, "year"), year, meanings),
        st.builds(lambda y, m, meaning: Date(f"{y}-{m:02}", meaning, "month"), year, month, meanings),
        st.builds(
            lambda y, m, d, meaning: Date(f"{y}-{m:02}-{d:02}", meaning, "day"), year, month, day, meanings
        ),
    )


@cache
def creators() -> st.SearchStrategy[Creator]:
    return st.builds(
        Creator,
        titles(),
        titles(),
        st.sampled_from(["aut", "trl", "edt", "ill", "sgn"]),
        st.sampled_from(["person", "organisation"]),
    )


@st.composite
def metadata(draw: st.DrawFn) -> Metadata:
    language = draw(st.sampled_from(LANGUAGES))
    rights = st.builds(
        Rights, titles(), st.sampled_from(["", "https://creativecommons.org/licenses/by/4.0/"])
    )
    origin = st.builds(
        Origin,
        st.just("a.txt"),
        st.just("text/plain"),
        st.just("0" * 64),
        st.sampled_from(["", "https://example.org/a?b=1&c=2"]),
        st.sampled_from(["", "A journal"]),
    )
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
    ids = ("n1", "n2", "n3")[: draw(st.integers(0, 3))]
    names = draw(st.sampled_from([(), ("a.png",), ("a b.png", "folder/ü.png")]))
    # Links go to the first section: there always is one.
    targets = ("s1",)
    run = inlines(ids, targets, names)
    part = st.lists(st.one_of(sections(run), blocks(run)), max_size=1)
    numbers = count(1)
    body = _with_ids([*draw(part), draw(sections(run)), *draw(part)], numbers)
    front = _with_ids(draw(part), numbers)
    origin = st.lists(
        st.builds(Section, st.just(""), st.none(), st.tuples(paragraphs(run)), st.just(PROVENANCE)),
        max_size=1,
    )
    back = _with_ids([*draw(part), *draw(origin)], numbers)
    # A note may call another, but only a later one, so that none calls itself.
    notes = tuple(
        Note(
            each,
            tuple(draw(st.lists(blocks(inlines(ids[number:], targets)), min_size=1, max_size=2))),
            draw(places()),
        )
        for number, each in enumerate(ids, 1)
    )
    change = st.builds(
        Change, st.sampled_from(["dashes", "corrections"]), places(), texts(), texts(), texts()
    )
    return Publication(
        draw(metadata()),
        body,
        front,
        back,
        notes,
        tuple(Resource(name, "image/png", png()) for name in names),
        tuple(draw(st.lists(change, max_size=2))),
    )
