"""The Publication: the one source model that every edition is made from. Types only.

Frozen, closed and serialisable: `msgspec` turns a `Publication` into JSON and back without loss
(`pipeline.serial`), and writes its JSON Schema from these very types. Every `match` over `Block` or
`Inline` ends in `assert_never`, so a new node cannot be dropped in silence.

Plain text in nodes is Unicode NFC. Line numbers count from 1.
"""

from __future__ import annotations

from typing import Literal

import msgspec


class Node(msgspec.Struct, frozen=True, tag_field="type", forbid_unknown_fields=True, omit_defaults=True):
    """What every node shares: it is immutable, and JSON tells its kind in the field `type`."""


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where in the source something came from: lines `first` to `last`, both included.

    `part` names the member of a source that has several (a file in a folder, a page); else "".
    A place of 0–0 is nowhere: made by us, not read.
    """

    first: int = 0
    last: int = 0
    part: str = ""


NOWHERE = Place()

# --- Inlines ---------------------------------------------------------------------------------------


class Text(Node, frozen=True, tag="text"):
    text: str


class Emphasis(Node, frozen=True, tag="emphasis"):
    content: tuple[Inline, ...]


class Strong(Node, frozen=True, tag="strong"):
    content: tuple[Inline, ...]


class SmallCaps(Node, frozen=True, tag="small-caps"):
    content: tuple[Inline, ...]


class Superscript(Node, frozen=True, tag="superscript"):
    content: tuple[Inline, ...]


class Subscript(Node, frozen=True, tag="subscript"):
    content: tuple[Inline, ...]


class Code(Node, frozen=True, tag="code"):
    text: str


class Link(Node, frozen=True, tag="link"):
    """`target` is an absolute address, or `#id` of a section; a dead link is no Link."""

    content: tuple[Inline, ...]
    target: str


class NoteRef(Node, frozen=True, tag="note-ref"):
    """The call of the note whose `id` is `note`."""

    note: str


class LineBreak(Node, frozen=True, tag="line-break"):
    pass


class Image(Node, frozen=True, tag="image"):
    """A picture: `resource` names an entry of `Publication.resources`; "" if it could not be had."""

    resource: str
    alternative: str = ""


Direction = Literal["ltr", "rtl"]


class Span(Node, frozen=True, tag="span"):
    """A stretch in another language (BCP 47) or direction than what surrounds it."""

    content: tuple[Inline, ...]
    language: str | None = None
    direction: Direction | None = None


Inline = (
    Text
    | Emphasis
    | Strong
    | SmallCaps
    | Superscript
    | Subscript
    | Code
    | Link
    | NoteRef
    | LineBreak
    | Image
    | Span
)

# --- Blocks ----------------------------------------------------------------------------------------

ParagraphRole = Literal["text", "signature", "dateline", "contact", "continued"]
"""What a paragraph is for. `continued` takes up again after a quotation: no indent, no new thought."""


class Paragraph(Node, frozen=True, tag="paragraph"):
    content: tuple[Inline, ...]
    role: ParagraphRole = "text"
    place: Place = NOWHERE


class Heading(Node, frozen=True, tag="heading"):
    """A heading. Level 1 is the top under the title. In a finished Publication it stands only in a Section."""

    content: tuple[Inline, ...]
    level: int = 1
    place: Place = NOWHERE


SectionRole = Literal["section", "abstract", "preface", "appendix", "provenance"]


class Section(Node, frozen=True, tag="section"):
    """A heading (None for an untitled opening) and what belongs under it, subsections included."""

    id: str
    heading: Heading | None
    blocks: tuple[Block, ...]
    role: SectionRole = "section"
    place: Place = NOWHERE


class BlockQuotation(Node, frozen=True, tag="block-quotation"):
    blocks: tuple[Block, ...]
    attribution: tuple[Inline, ...] = ()
    place: Place = NOWHERE


class Epigraph(Node, frozen=True, tag="epigraph"):
    blocks: tuple[Block, ...]
    attribution: tuple[Inline, ...] = ()
    place: Place = NOWHERE


class VerseLine(msgspec.Struct, frozen=True, omit_defaults=True):
    """A line of verse; `indent` counts steps of one em."""

    content: tuple[Inline, ...]
    indent: int = 0


class Verse(Node, frozen=True, tag="verse"):
    stanzas: tuple[tuple[VerseLine, ...], ...]
    attribution: tuple[Inline, ...] = ()
    place: Place = NOWHERE


class List(Node, frozen=True, tag="list"):
    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1
    place: Place = NOWHERE


Alignment = Literal["start", "center", "end"]


class Cell(msgspec.Struct, frozen=True, omit_defaults=True):
    blocks: tuple[Block, ...]
    heading: bool = False
    columns: int = 1
    rows: int = 1


class Table(Node, frozen=True, tag="table"):
    """Rows of cells; `alignments` has one entry a column."""

    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    alignments: tuple[Alignment, ...] = ()
    caption: tuple[Inline, ...] = ()
    place: Place = NOWHERE


class Figure(Node, frozen=True, tag="figure"):
    blocks: tuple[Block, ...]
    caption: tuple[Inline, ...] = ()
    place: Place = NOWHERE


class Preformatted(Node, frozen=True, tag="preformatted"):
    text: str
    place: Place = NOWHERE


class Separator(Node, frozen=True, tag="separator"):
    """A break in the text without a heading."""

    place: Place = NOWHERE


Block = (
    Paragraph
    | Heading
    | Section
    | BlockQuotation
    | Epigraph
    | Verse
    | List
    | Table
    | Figure
    | Preformatted
    | Separator
)

# --- The publication -------------------------------------------------------------------------------


class Note(msgspec.Struct, frozen=True, omit_defaults=True):
    """A note of the author's or editor's; called by `NoteRef(id)`, numbered in the order of the calls."""

    id: str
    blocks: tuple[Block, ...]
    place: Place = NOWHERE


class Resource(msgspec.Struct, frozen=True):
    """A picture or other file that belongs to the text, with its bytes."""

    name: str
    media_type: str
    data: bytes


CreatorKind = Literal["person", "organisation"]


class Creator(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who made it. `role` is a MARC relator code (loc.gov/marc/relators): aut, trl, edt, pbl, sgn …"""

    name: str
    sort_name: str
    role: str = "aut"
    kind: CreatorKind = "person"


DatePrecision = Literal["day", "month", "year"]
DateMeaning = Literal["written", "published", "posted", "translated", "revised"]


class Date(msgspec.Struct, frozen=True, omit_defaults=True):
    """A date as far as it is known: `value` is 2019, 2019-03 or 2019-03-21, as `precision` says."""

    value: str
    meaning: DateMeaning
    precision: DatePrecision = "day"


class Rights(msgspec.Struct, frozen=True, omit_defaults=True):
    statement: str
    licence: str = ""
    """Address of a licence, or ""."""


class Origin(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the text was made from."""

    name: str
    """File name, without folders."""
    media_type: str
    sha256: str
    address: str = ""
    """Where the text was found, if it says so."""
    title: str = ""
    """What the place is called: a blog, a journal."""


class Metadata(msgspec.Struct, frozen=True, omit_defaults=True):
    title: str
    identifier: str
    """urn:uuid: of a UUIDv5 over the bytes of the source."""
    language: str
    """BCP 47."""
    origin: Origin
    direction: Direction = "ltr"
    subtitle: str = ""
    rubric: str = ""
    """What stood over the title: a country, a column, a series."""
    creators: tuple[Creator, ...] = ()
    dates: tuple[Date, ...] = ()
    rights: Rights | None = None
    subjects: tuple[str, ...] = ()
    description: str = ""


class Change(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry of the ledger: what a rule did, where, and why. `before` and `after` are plain text."""

    rule: str
    place: Place
    before: str
    after: str
    why: str


class Publication(msgspec.Struct, frozen=True, omit_defaults=True):
    """A text as it should be read, whatever it will be printed on."""

    metadata: Metadata
    body: tuple[Block, ...]
    front: tuple[Block, ...] = ()
    back: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    resources: tuple[Resource, ...] = ()
    ledger: tuple[Change, ...] = ()
