"""Nodes → markup: well-formed whatever they hold, and the same words in every flavour."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from lxml import etree

from pipeline.checks.wording import words
from pipeline.model import (
    Block,
    BlockQuotation,
    Cell,
    Code,
    Emphasis,
    Epigraph,
    Figure,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    List,
    Note,
    NoteRef,
    Paragraph,
    Preformatted,
    Publication,
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
from pipeline.renderers import html
from pipeline.renderers.html import Flavour, Markup
from pipeline.walk import plain, runs
from tests import strategies
from tests.readers.texts import repaired

PRINT, EPUB = Markup("print"), Markup("epub")
A = (Text("a"),)
P = Paragraph(A)


def parsed(markup: str) -> etree._Element:
    return etree.fromstring(f'<x xmlns:epub="http://www.idpf.org/2007/ops">{markup}</x>')


def how(publication: Publication, flavour: Flavour) -> Markup:
    return Markup(
        flavour,
        notes={note.id: note for note in publication.notes},
        note_file="notes.xhtml",
        links={"s1": "text.xhtml#s1"},
        pictures={each.name: each.name for each in publication.resources},
    )


@pytest.mark.parametrize("flavour", ["print", "epub"])
@given(publication=strategies.publications())
@settings(max_examples=60, deadline=None)
def test_any_publication_is_well_formed(flavour: Flavour, publication: Publication) -> None:
    publication = html.called_once(publication) if flavour == "print" else publication
    for blocks in (publication.front, publication.body, publication.back):
        parsed(html.blocks(blocks, how(publication, flavour)))


@given(publication=strategies.publications())
@settings(max_examples=60, deadline=None)
def test_markup_has_the_words_of_the_model(publication: Publication) -> None:
    """Of text without notes and pictures, which each flavour puts elsewhere."""
    bare = publication.body if not publication.notes and not publication.resources else ()
    read = " ".join(str(each) for each in parsed(html.blocks(bare, how(publication, "epub"))).itertext())
    want = [word for run, _ in runs(bare) for word in words(html.legal(plain(run)))]
    # Elements may part a word ("<em>a</em>b"), the letters are the same.
    assert "".join(words(read)) == "".join(want)


@pytest.mark.parametrize(
    ("node", "markup"),
    [
        (Text('<&>"'), "&lt;&amp;&gt;&quot;"),
        (Text("a\x00\x0c\ufffeb"), "a\ufffd\ufffd\ufffdb"),
        (Emphasis(A), "<em>a</em>"),
        (Strong(A), "<strong>a</strong>"),
        (SmallCaps(A), '<span class="small-caps">a</span>'),
        (Superscript(A), "<sup>a</sup>"),
        (Subscript(A), "<sub>a</sub>"),
        (Code("<a>"), "<code>&lt;a&gt;</code>"),
        (Link(A, "https://example.org/?a=b&c=d"), '<a href="https://example.org/?a=b&amp;c=d">a</a>'),
        (Link(A, "#s1"), '<a href="#s1">a</a>'),
        (Link((Text(" "),), "https://example.org"), " "),
        (LineBreak(), "<br/>"),
        (Image("", "not <here>"), "not &lt;here&gt;"),
        (Span(A, "fr", "ltr"), '<span lang="fr" xml:lang="fr" dir="ltr">a</span>'),
    ],
)
def test_each_inline_has_its_markup(node: Inline, markup: str) -> None:
    # In print a space goes before a line's end, for outlines and voices.
    assert html.inline(node, PRINT).replace(" <br/>", "<br/>") == markup
    assert html.inline(node, EPUB) == markup


@pytest.mark.parametrize(
    ("node", "markup"),
    [
        (P, "<p>a</p>"),
        (Paragraph(A, "signature"), '<p class="signature">a</p>'),
        (
            Section("s", Heading(A), (P,)),
            '<section id="s" class="section"><h2 data-head="a">a</h2><p>a</p></section>',
        ),
        (Heading(A, 9), '<h6 data-head="a">a</h6>'),
        (BlockQuotation((P,), A), '<blockquote><p>a</p><p class="attribution">a</p></blockquote>'),
        (Epigraph((P,)), '<div class="epigraph"><p>a</p></div>'),
        (
            Verse(((VerseLine(A, 12),),)),
            '<div class="verse"><p class="stanza"><span class="line indent-9">a</span></p></div>',
        ),
        (List(((P,), (P, P))), "<ul><li>a</li><li><p>a</p><p>a</p></li></ul>"),
        (List(((P,),), True, 1), "<ol><li>a</li></ol>"),
        (
            Table(((Cell((P,), True, 2),),), ((Cell((P,)), Cell((P,), rows=2)),), ("center", "end"), A),
            (
                '<table><caption>a</caption><thead><tr><th scope="col" colspan="2" class="center">a</th></tr></thead>'
                '<tbody><tr><td class="center">a</td><td rowspan="2" class="end">a</td></tr></tbody></table>'
            ),
        ),
        (Figure((P,), A), "<figure><p>a</p><figcaption>a</figcaption></figure>"),
        (Preformatted("a\n <b"), "<pre>a\n &lt;b</pre>"),
        (Separator(), '<hr class="separator"/>'),
    ],
)
def test_each_block_has_its_markup(node: Block, markup: str) -> None:
    found = html.block(node, PRINT)
    assert (found.strip() if isinstance(node, Preformatted) else found.replace("\n", "")) == markup


def test_a_list_starts_where_it_says() -> None:
    """WeasyPrint does not look at the attribute, readers do."""
    node = List(((P,),), True, 4)
    assert '<ol start="4">' in html.block(node, EPUB)
    assert '<ol start="4" style="counter-reset: list-item 3">' in html.block(node, PRINT)


def test_a_note_stands_at_its_call_in_print_and_apart_in_a_book() -> None:
    notes = {"n1": Note("n1", (P, P))}
    assert (
        html.inline(NoteRef("n1"), Markup("print", notes=notes))
        == '<span class="note" id="n1">a <br/>a</span>'
    )
    call = parsed(html.inline(NoteRef("n1"), Markup("epub", notes=notes, note_file="n.xhtml")))[0]
    assert (call.get("href"), call.get("role"), call.text) == ("n.xhtml#n1", "doc-noteref", "1")


def test_a_note_called_again_is_set_once_in_print() -> None:
    publication = repaired("# T\n\nOne[^1] *two[^1]* three.[^2]\n\n[^1]: A.\n[^2]: B.")
    once = html.called_once(publication)
    markup = html.blocks(once.body, how(once, "print"))
    assert markup.count('class="note"') == 2
    assert '<em>two<sup><a href="#n1">1</a></sup></em>' in markup
    ids = parsed(markup).xpath("//@id")
    assert isinstance(ids, list)
    assert len(ids) == len(set(map(str, ids)))
