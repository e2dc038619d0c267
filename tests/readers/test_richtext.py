"""RTF: letters of every code page, only what is printed, looks and pictures."""

from __future__ import annotations

import pytest

from pipeline import formats
from pipeline.model import Figure, Heading, NoteRef, Paragraph, Publication, Strong, Table, Text
from pipeline.readers.richtext_tokens import tokens
from pipeline.walk import plain, publication_runs, runs
from tests.readers.documents import png, read

PROSE = "Some plain prose that is long enough to be the text of this document, and so is taken for it."


def rtf(body: str, head: str = "") -> Publication:
    data = f"{{\\rtf1\\ansi\\ansicpg1252{head} {body}\\par {PROSE}\\par}}".encode("ascii")
    return read(data, formats.RTF)


def words(publication: Publication) -> list[str]:
    return [plain(run) for run, _ in publication_runs(publication)]


@pytest.mark.parametrize(
    ("body", "reads"),
    [
        (r"caf\'e9", "café"),
        (r"\u1055?\u1088?", "Пр"),
        (r"{\uc0\u1055\u1088}", "Пр"),
        (r"{\uc2\u1055??x}", "Пx"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"{\f1 \'cf\'f0\'e8\'e2\'e5\'f2}", "Привет"),
        (r"{\f2 \'e8}\'e8", "čè"),
        (r"a\emdash b\~c\_d\{\}", "a—b\xa0c‑d{}"),
        (r"\rquote n\lquote", "’n‘"),
    ],
)
def test_letters(body: str, reads: str) -> None:
    fonts = r"{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset238 C;}}\f0"
    assert words(rtf(body, fonts))[0] == reads


@pytest.mark.parametrize(
    "body",
    [
        r"One{\v hidden} two.",
        r"One{\deleted gone} two.",
        r"One{\*\atnid x}{\*\annotation Really?} two.",
        r"One{\xe index} two.",
        r"{\header Draft}One two.",
        r"{\footer\pard 7\par}One two.",
        r"{\*\generator Msftedit;}One two.",
        r"One{\field{\*\fldinst PAGE}{\fldrslt 7}} two.",
        r"One{\field{\*\fldinst{ XE x}}{\fldrslt }} two.",
    ],
)
def test_what_is_not_printed_is_not_read(body: str) -> None:
    assert words(rtf(body))[0] == "One two."


def test_comments_and_hidden_words_are_told() -> None:
    publication = rtf(r"One{\*\annotation Really?}{\v hidden} two.")
    assert [(change.rule, change.before) for change in publication.ledger] == [
        ("comments", "Really?"),
        ("hidden-text", "hidden"),
    ]


def test_notes_and_emphasis() -> None:
    publication = rtf(r"One{\super\chftn}{\footnote\pard{\super\chftn} Said so.} {\b two}.")
    assert publication.body[0] == Paragraph(
        (Text("One"), NoteRef("n1"), Text(" "), Strong((Text("two"),)), Text(".")),
        place=publication.body[0].place,
    )
    assert [plain(run) for note in publication.notes for run, _ in runs(note.blocks)] == ["Said so."]


def test_links_stay() -> None:
    link = r'{\field{\*\fldinst HYPERLINK "https://example.org/a"}{\fldrslt there}}'
    assert "https://example.org/a" in str(rtf(link).body[0])


def test_headings_by_size() -> None:
    head = rf"\pard\fs24 {PROSE}\par\pard\qc\b\fs36 One\par\pard\plain\fs24 "
    publication = rtf(head + PROSE)
    assert [plain(block.content) for block in publication.body if isinstance(block, Heading)] == ["One"]


def test_pictures_in_hexadecimal() -> None:
    publication = rtf(
        rf"{{\*\shppict{{\pict\pngblip\picw4 {png().hex()}}}}}{{\nonshppict{{\pict\wmetafile8 0100}}}}"
    )
    assert [resource.data for resource in publication.resources] == [png()]
    assert isinstance(publication.body[0], Figure)


def test_tables() -> None:
    row = r"\trowd\cellx100\cellx200\pard\intbl a\cell b\cell\row"
    publication = rtf(row + row + r"\pard ")
    assert isinstance(publication.body[0], Table)
    assert words(publication)[:4] == ["a", "b", "a", "b"]


def test_title_and_date_of_the_information() -> None:
    info = r"{\info{\title The Strike}{\author User}{\creatim\yr1999\mo5\dy3\hr1}{\revtim\yr1999\mo5\dy9}}"
    about = rtf(PROSE, info).metadata
    assert (about.title, about.creators, [date.value for date in about.dates]) == (
        "The Strike",
        (),
        ["1999-05"],
    )


def test_binary_data_is_stepped_over() -> None:
    assert [token.value for token in tokens(rb"{\rtf1 a{\bin3 }}}b}") if token.kind == "text"] == ["a", "b"]
