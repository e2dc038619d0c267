"""Publications made by hand for the tests of the ebook: every kind of node, right to left, notes, pictures."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.model import (
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
    LineBreak,
    Link,
    List,
    Metadata,
    Note,
    NoteRef,
    Origin,
    Paragraph,
    Preformatted,
    Publication,
    Resource,
    Rights,
    Section,
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
from pipeline.press import Press
from pipeline.renderers import epub
from tests.strategies import png

PRESS = Press("The Test Press", "Pamphlets from the test bench.", "press@example.org")
STAMP = datetime(2024, 5, 1, 12, 30, 14, tzinfo=UTC)


def cover(publication: Publication) -> epub.Cover:
    return epub.Cover(png(60, 85), "image/png", 60, 85, f"Cover: {publication.metadata.title}")


def made(publication: Publication) -> bytes:
    return epub.render(publication, PRESS, STAMP, cover(publication))


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def _about(title: str, number: int, language: str = "en") -> Metadata:
    return Metadata(
        title,
        f"urn:uuid:12345678-1234-5678-9234-{number:012}",
        language,
        Origin("a.txt", "text/plain", "0" * 64),
    )


_OPENING = Section(
    "opening",
    None,
    (
        Epigraph((paragraph("Either it is all of us or it is none."),), (Text("A banner, 1912"),)),
        Paragraph(
            (
                Text("We begin "),
                Emphasis((Text("in the middle"), Strong((Text(" of it"),)))),
                NoteRef("n1"),
                Text(" with 3 < 4 & “so on”."),
            )
        ),
        BlockQuotation((Paragraph((Text("The workshop is cold."),)),), (Text("The foreman’s book"),)),
        Paragraph((Text("and so it was."),), "continued"),
    ),
)

_EVERY_NODE: tuple[Block, ...] = (
    _OPENING,
    Section(
        "the-lesson",
        Heading((Text("The lesson of the "), Emphasis((Text("Aurora"),)), NoteRef("n2"))),
        (
            Paragraph(
                (
                    SmallCaps((Text("The Aurora"),)),
                    Text(" sailed, H"),
                    Subscript((Text("2"),)),
                    Text("O under her, e"),
                    Superscript((Text("x"),)),
                    Text(" above; "),
                    Code("if x < 1:"),
                    LineBreak(),
                    Link((Text("see above"),), "#opening"),
                    Text(", "),
                    Link((Text("below"),), "#deeper"),
                    Text(", "),
                    Link((Text("where it came from"),), "#source"),
                    Text(" and "),
                    Link((Text("elsewhere"),), "https://example.org/?a=1&b=2"),
                    Text(". "),
                    Span((Text("C’est la lutte"),), "fr"),
                    Text(" "),
                    Span((Text("سلام"),), "ar", "rtl"),
                    NoteRef("n1"),
                )
            ),
            Verse(
                (
                    (
                        VerseLine((Text("Arise, ye who were never asked to dance,"),)),
                        VerseLine((Text("take partners"),), 2),
                    ),
                    (VerseLine((Text("and the floor"),)),),
                ),
                (Text("Song of the carders"),),
            ),
            List(((paragraph("one"),), (paragraph("two"), List(((paragraph("two and a half"),),))))),
            List(((paragraph("third"),), (paragraph("fourth"),)), True, 3),
            Separator(),
            Table(
                ((Cell((paragraph("Year"),), True), Cell((paragraph("Strikes"),), True)),),
                (
                    (Cell((paragraph("1911"),)), Cell((paragraph("872"), paragraph("a record")))),
                    (Cell((paragraph("no figures for the war years"),), columns=2),),
                ),
                ("start", "end"),
                (Text("Strikes by year"),),
            ),
            Figure((Paragraph((Image("yard.png", "The yard at noon, empty"),)),), (Text("The yard"),)),
            Paragraph((Image("", "[Here stood a picture of the gate]"),)),
            Preformatted("  col 1   col 2\n  a       b"),
            Section(
                "deeper",
                Heading((Text("Deeper"),), 2),
                (
                    paragraph("Under it."),
                    Section("deepest", Heading((Text("Deepest"),), 3), (paragraph("Under that."),)),
                ),
            ),
            Paragraph((Text("Dublin, 3 May"),), "dateline"),
            Paragraph((Text("The carders"),), "signature"),
            Paragraph((Text("Write to us at the mill."),), "contact"),
        ),
    ),
    Section("last-words", Heading((Text("Last words"),)), (paragraph("That is all."),)),
)

_NOTES = (
    # In the text's order of ids, which is not the order of the calls.
    Note("n3", (paragraph("A note on a note."),)),
    Note("n2", (Paragraph((Text("The ship, not the dawn."), NoteRef("n3"))), paragraph("See also the log."))),
    Note("n1", (paragraph("Where else?"), BlockQuotation((paragraph("In medias res."),)))),
)


def every_node() -> Publication:
    return Publication(
        Metadata(
            "The Carders’ Strike & After",
            "urn:uuid:12345678-1234-5678-9234-567812345678",
            "en-GB",
            Origin(
                "strike.txt", "text/plain", "0" * 64, "https://example.org/strike?id=1&lang=en", "The Loom"
            ),
            subtitle="Notes from the mill",
            rubric="Ireland",
            creators=(
                Creator("Rosa Carder", "Carder, Rosa"),
                Creator("Ann Spinner", "Spinner, Ann"),
                Creator("Jean Tisserand", "Tisserand, Jean", "trl"),
            ),
            dates=(Date("2019-04-02", "posted"), Date("2019-03", "written", "month")),
            rights=Rights("Copy it.", "https://creativecommons.org/licenses/by/4.0/"),
            subjects=("Strikes", "Textile workers"),
            description="What the carders learnt.",
        ),
        _EVERY_NODE,
        (Section("abstract", None, (paragraph("In short: they struck."),), "abstract"),),
        (
            Section("appendix", Heading((Text("Figures"),)), (paragraph("None kept."),), "appendix"),
            Section("source", None, (paragraph("First printed in The Loom."),), "provenance"),
        ),
        _NOTES,
        (Resource("yard.png", "image/png", png()), Resource("unused.png", "image/png", png())),
        (Change("dashes", _OPENING.place, "-", "–", "a dash"),),
    )


def right_to_left() -> Publication:
    about = _about("عن الإضراب", 2, "ar")
    return Publication(
        Metadata(
            about.title, about.identifier, "ar", about.origin, "rtl", creators=(Creator("سلمى", "سلمى"),)
        ),
        (
            Section("opening", None, (paragraph("بدأنا من الوسط."),)),
            Section(
                "الدرس",
                Heading((Text("الدرس الأول"),)),
                (
                    Paragraph(
                        (Text("هذا هو الدرس "), NoteRef("ملاحظة-1"), Span((Text("Aurora"),), "en", "ltr"))
                    ),
                    Verse(((VerseLine((Text("قوموا"),)), VerseLine((Text("نرقص"),), 1)),)),
                    Paragraph((Link((Text("انظر"),), "#الدرس"),)),
                    Paragraph((Text("العمال"),), "signature"),
                ),
            ),
        ),
        notes=(Note("ملاحظة-1", (paragraph("السفينة."),)),),
    )


def many_notes() -> Publication:
    """Twelve notes: one called thrice, one of several blocks, one ending in a list, one that nobody calls."""
    calls = tuple(
        Paragraph((Text(f"Sentence {number}."), NoteRef(f"{number}"), NoteRef("1"))) for number in (1, 2, 3)
    )
    more = tuple(Paragraph((Text(f"Sentence {number}."), NoteRef(f"{number}"))) for number in range(4, 12))
    notes = [Note(f"{number}", (paragraph(f"Note {number}."),)) for number in range(1, 13)]
    notes[1] = Note("2", (paragraph("First."), paragraph("Second."), Separator(), paragraph("Third.")))
    notes[2] = Note("3", (paragraph("Namely:"), List(((paragraph("a"),), (paragraph("b"),)))))
    return Publication(
        _about("Much annotated", 3),
        (Section("one", Heading((Text("One"),)), calls), Section("two", Heading((Text("Two"),)), more)),
        notes=tuple(notes),
    )


def pictures() -> Publication:
    """Pictures with names that no archive would take, one of them not described."""
    return Publication(
        _about("Seen", 4),
        (
            Section(
                "one",
                Heading((Image("a b/ü.png", "A gate"),)),
                (
                    Figure((Paragraph((Image("a b/ü.png", "A gate"),)),), (Text("The gate"),)),
                    Paragraph((Text("And "), Image("cover.png", ""))),
                    Paragraph((Link((Image("ö.png", "An arrow"),), "https://example.org/"),)),
                ),
            ),
        ),
        resources=tuple(Resource(name, "image/png", png()) for name in ("a b/ü.png", "cover.png", "ö.png")),
    )


def bare() -> Publication:
    """A leaflet: no section, no maker, no date, three loose paragraphs and a break."""
    return Publication(
        _about("Bare", 5), (paragraph("One."), Separator(), paragraph("Two."), paragraph("Three."))
    )


def ten_sections() -> Publication:
    text = "The mill stood at the bend of the river, and the river turned the wheel. " * 6
    note = Note("n1", (paragraph("As it does still."),))
    return Publication(
        _about("Ten sections", 6),
        tuple(
            Section(
                f"section-{number}",
                Heading((Text(f"Of the {number}th day"),)),
                (
                    Paragraph((Text(text), *((NoteRef("n1"),) if number == 1 else ()))),
                    *(paragraph(text) for _ in range(11)),
                ),
            )
            for number in range(1, 11)
        ),
        notes=(note,),
    )


BOOKS = {
    book.__name__.replace("_", "-"): book
    for book in (every_node, right_to_left, many_notes, pictures, bare, ten_sections)
}
