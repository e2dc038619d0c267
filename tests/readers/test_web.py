"""Markup → nodes: each element, class and style that means something, and nothing from outside the page."""

from __future__ import annotations

import base64
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Picture

from pipeline.errors import SourceError
from pipeline.model import (
    Block,
    BlockQuotation,
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
    Paragraph,
    Place,
    Preformatted,
    Separator,
    SmallCaps,
    Span,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Verse,
)
from pipeline.readers import web
from pipeline.sources import Source
from pipeline.walk import plain, runs
from tests.readers.pages import PRESS, PROSE, article, entries, read, source, text, unexplained


def only(markup: str) -> Block:
    (block,) = article(markup).body[1:-1]
    return block


def inline(markup: str) -> tuple[Inline, ...]:
    block = only(f"<p>x {markup} y</p>")
    assert isinstance(block, Paragraph)
    assert block.content[0] == Text("x ")
    assert block.content[-1] == Text(" y")
    return block.content[1:-1]


# --- Inlines ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "node"),
    [
        ("<em>a</em>", Emphasis((Text("a"),))),
        ("<i>a</i>", Emphasis((Text("a"),))),
        ("<b>a</b>", Strong((Text("a"),))),
        ('<span style="font-style: italic">a</span>', Emphasis((Text("a"),))),
        ('<span style="font-weight:700">a</span>', Strong((Text("a"),))),
        ('<span style="font-variant: small-caps">a</span>', SmallCaps((Text("a"),))),
        ('<span class="smallcaps">a</span>', SmallCaps((Text("a"),))),
        ('<span style="letter-spacing: 0.2em">a</span>', Emphasis((Text("a"),))),
        ("<sup>2</sup>", Superscript((Text("2"),))),
        ("<sub>2</sub>", Subscript((Text("2"),))),
        ("<code>a  b</code>", Code("a b")),
        ('<a href="https://a.example/">a</a>', Link((Text("a"),), "https://a.example/")),
        ('<span lang="fr">a</span>', Span((Text("a"),), "fr")),
        ('<span dir="rtl">a</span>', Span((Text("a"),), None, "rtl")),
        ("<br>", LineBreak()),
        ('<img src="a.jpg" alt="A door">', Image("", "A door")),
        ('<img class="emoji" src="a.png" alt="🙂">', Text("🙂")),
    ],
)
def test_inlines(markup: str, node: Inline) -> None:
    if isinstance(node, LineBreak):
        assert LineBreak() in (only(f"<p>x {markup} y</p>").content)  # type: ignore[union-attr]
    elif isinstance(node, Text):
        assert "x 🙂 y" in text(article(f"<p>x {markup} y</p>"))
    else:
        assert inline(markup) == (node,)


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="javascript:void(0)">a</a>',
        '<a name="b">a</a>',
        '<font color="red">a</font>',
        "<small>a</small>",
    ],
)
def test_what_means_nothing_in_print_is_words(markup: str) -> None:
    assert plain(only(f"<p>x {markup} y</p>").content) == "x a y"  # type: ignore[union-attr]
    assert all(isinstance(node, Text) for node in only(f"<p>x {markup} y</p>").content)  # type: ignore[union-attr]


def test_links_are_told_from_the_page_s_own_address() -> None:
    made = article(
        '<p>See <a href="../b.html">b</a>.</p>', '<link rel="canonical" href="https://a.example/x/y.html">'
    )
    (paragraph,) = made.body[1:-1]
    assert isinstance(paragraph, Paragraph)
    assert Link((Text("b"),), "https://a.example/b.html") in paragraph.content


def test_white_space_is_as_a_browser_shows_it() -> None:
    assert plain(only("<p>\n  a\n<i> b</i>&nbsp;&nbsp; c<br> d </p>").content) == "a b c d"  # type: ignore[union-attr]


def test_a_picture_inside_the_page_is_kept() -> None:
    out = io.BytesIO()
    Picture.new("RGB", (3, 2)).save(out, "PNG")
    data = base64.b64encode(out.getvalue()).decode()
    made = article(f'<p><img alt="A square" src="data:image/png;base64,{data}"></p>')
    (resource,) = made.resources
    assert (resource.media_type, resource.data) == ("image/png", out.getvalue())
    (figure,) = made.body[1:-1]
    assert isinstance(figure, Figure)
    assert [node for run, _ in runs(figure.blocks) for node in run] == [Image(resource.name, "A square")]


@pytest.mark.parametrize(
    "address", ["data:image/png;base64,!!!", "data:image/svg+xml,<svg/>", "file:///etc/hostname", ""]
)
def test_a_picture_that_is_none_leaves_its_words(address: str) -> None:
    made = article(f'<p><img alt="A square" src="{address}"></p>')
    assert made.resources == ()
    assert "A square" in text(made)


def test_struck_words_are_in_the_ledger() -> None:
    (change,) = entries(article("<p>They were <s>thirty</s> forty.</p>"), "markup")
    assert (change.before, change.after) == ("thirty", "thirty")


# --- Blocks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<h3>A door</h3>", Heading),
        ("<ul><li>a<li>b</ul>", List),
        ("<ol start=3><li>a<li>b</ol>", List),
        ("<dl><dt>a<dd>b</dl>", List),
        ("<pre>a\n  b</pre>", Preformatted),
        ("<hr>", Separator),
        ("<p>* * *</p>", Separator),
        ("<p align=center>⁂</p>", Separator),
        ("<blockquote>a b c</blockquote>", BlockQuotation),
        ('<p class="quoteb">a b c</p>', BlockQuotation),
        ('<p style="margin: 0 2em">a b c</p>', BlockQuotation),
        ("<ul>A list without items is an indent.</ul>", BlockQuotation),
        ("<dl><dd>So is a definition of nothing.</dl>", BlockQuotation),
        ('<div class="epigraph"><p>a b c</p></div>', Epigraph),
        ('<div class="poem"><p>a<br>b</p></div>', Verse),
        ('<pre class="poem">a\n  b</pre>', Verse),
        ("<table><tr><th>a<th>b<tr><td>c<td>d</table>", Table),
        ("<figure><img src=a.png alt=a><figcaption>b</figcaption></figure>", Figure),
        ('<div class="wp-caption"><img src=a.png alt=a><p class="wp-caption-text">b</p></div>', Figure),
    ],
)
def test_blocks(markup: str, kind: type[Block]) -> None:
    assert isinstance(only(markup), kind)


def test_line_breaks_part_paragraphs() -> None:
    made = article("<div>one<br><br>two<br>&nbsp;<br><font>three<br /><br />four</font></div>")
    assert [
        plain(block.content) for block in made.body[1:-1] if isinstance(block, Paragraph)
    ] == "one two three four".split()


def test_an_inline_round_blocks_goes_into_them() -> None:
    made = article("<em><p>one</p><p>two</p></em>")
    assert [block.content for block in made.body[1:-1] if isinstance(block, Paragraph)] == [
        (Emphasis((Text("one"),)),),
        (Emphasis((Text("two"),)),),
    ]


def test_neighbouring_quotations_of_one_class_are_one() -> None:
    made = article('<p class="quoteb">a</p><p class="quoteb">b</p><p>c</p><p class="quoteb">d</p>')
    assert [len(block.blocks) for block in made.body if isinstance(block, BlockQuotation)] == [2, 1]


def test_quoted_lines_are_verse() -> None:
    block = only(
        '<p class="quoteb">“My deeds upon my head! I crave the law,<br>The penalty and forfeit of my bond.”</p>'
    )
    assert isinstance(block, Verse)
    assert len(block.stanzas[0]) == 2


def test_an_address_in_lines_is_no_verse() -> None:
    block = only("<p>The Printers’ Union<br>12 Mill Lane<br>Riverside<br>Tel. 555 0199</p>")
    assert isinstance(block, Paragraph)


def test_the_source_of_a_quotation_is_apart() -> None:
    block = only("<blockquote><p>One.</p><p>Two.</p><footer>— Ada Finch</footer></blockquote>")
    assert isinstance(block, BlockQuotation)
    assert (len(block.blocks), plain(block.attribution)) == (2, "— Ada Finch")


def test_a_heading_that_only_counts_takes_the_next_as_its_second_line() -> None:
    block = only("<h3>SECTION 1</h3><h4>THE LIMITS OF THE DAY</h4>")
    assert isinstance(block, Heading)
    assert (plain(block.content), block.level) == ("SECTION 1 THE LIMITS OF THE DAY", 3)


def test_rules_beside_headings_are_no_breaks() -> None:
    made = article("<hr><h2>A</h2><hr><p>b c</p><hr><p>d e</p>")
    assert [
        type(block).__name__ for block in made.body[1:-1]
    ] == "Heading Paragraph Separator Paragraph".split()


def test_a_table_for_layout_dissolves() -> None:
    made = article(f"<table><tr><td><p>{PROSE}</p><p>{PROSE}</p></td><td><p>{PROSE}</p></td></tr></table>")
    assert not any(isinstance(block, Table) for block in made.body)
    assert len(made.body) == 5


def test_spans_and_alignments_of_a_table() -> None:
    block = only(
        "<table><caption>c</caption><tr><th>a<th colspan=2>b<tr><td>x<td align=right>1<td style='text-align:center'>2</table>"
    )
    assert isinstance(block, Table)
    assert (plain(block.caption), block.alignments) == ("c", ("start", "end", "center"))
    assert [cell.columns for cell in block.head[0]] == [1, 2]


def test_what_stands_loose_in_a_table_comes_before_it() -> None:
    made = article("<table>Loose words.<tr><td>a<td>b<tr><td>c<td>d</table>")
    assert [type(block).__name__ for block in made.body[1:-1]] == ["Paragraph", "Table"]


def test_a_list_keeps_its_numbers_and_lists_in_it() -> None:
    block = only("<ol start=4><li>a<ul><li>b</ul><li>c</ol>")
    assert isinstance(block, List)
    assert (block.ordered, block.start, len(block.items)) == (True, 4, 2)
    assert isinstance(block.items[0][1], List)


def test_places_are_lines_of_the_file() -> None:
    made = read(
        f"<html>\n<!-- a\nb -->\n<body>\n<h1>T</h1>\n<p>{PROSE}\nand more\n</p>\n<p\nclass=a>{PROSE}</p></body></html>"
    )
    assert [block.place for block in made.body] == [Place(6, 7), Place(10, 10)]


# --- What is round an article ----------------------------------------------------------------------


def test_a_list_of_contents_goes() -> None:
    made = article(
        '<p>Contents</p><ul><li><a href="#a">One</a><li><a href="#b">Two</a></ul><h2 id=a>One</h2><p>x</p><h2 id=b>Two</h2>'
    )
    (change,) = entries(made, "contents")
    assert change.before == "Contents\nOne Two"
    assert "Contents" not in text(made)


def test_what_is_hidden_is_not_read() -> None:
    made = article(
        '<p style="display:none">gone</p><p hidden>gone</p><script>gone</script><noscript>gone</noscript>'
    )
    assert "gone" not in text(made)
    assert made.ledger == ()


def test_sections_of_one_kind_belong_together() -> None:
    made = read(
        f"<body><div class=menu><a href=/>Home</a></div><div><div class=part><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p></div>"
        f"<div class=part><p>{PROSE}</p></div></div></body>"
    )
    assert len(made.body) == 4
    assert "Home" not in text(made)


def test_a_name_makes_no_furniture_of_a_whole_page() -> None:
    made = read(
        f'<body class="sidebar comments-open"><div class="content widget"><p>{PROSE}</p></div></body>'
    )
    assert text(made) == PROSE


def test_comments_longer_than_the_article_are_no_article() -> None:
    made = read(
        f"<body><article><h1>T</h1>{f'<p>{PROSE}</p>' * 5}</article><div id=comments>{f'<p>Comment: {PROSE}</p>' * 9}</div></body>"
    )
    assert "Comment" not in text(made)


def test_a_form_round_the_whole_page_is_none() -> None:
    assert (
        text(read(f"<body><form><div><p>{PROSE}</p><p>{PROSE}</p></div></form></body>"))
        == f"{PROSE}\n{PROSE}"
    )


def test_a_word_beside_what_is_pressed_is_whole_in_the_ledger() -> None:
    markup = f'<body><article><p>{PROSE}</p><h2>Doors<a class="headerlink" href="#d">Link</a></h2><p>{PROSE}</p></article></body>'
    made = read(markup)
    (change,) = entries(made, "page-furniture")
    assert (change.before, change.after) == ("DoorsLink", "Doors")
    assert unexplained(source(markup), made) == ()


# --- Bytes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("iso-8859-1", "cp1252"),
        ("windows-1251", "cp1251"),
        ("utf-8", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("", "utf-8"),
    ],
)
def test_the_encoding_is_the_declared_one_unless_that_is_wrong(declared: str, encoding: str) -> None:
    words = "Двери и окна – без ключей" if encoding == "cp1251" else "Türen – naïve “doors”"
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    made = read(f"<html><head>{meta}</head><body><p>{PROSE}</p><p>{words}</p></body></html>".encode(encoding))
    assert words in text(made)


def test_a_page_without_text_is_an_error() -> None:
    for markup in ("", "<html><head><title>t</title></head><body></body></html>", "<script>1</script>"):
        with pytest.raises(SourceError, match="page"):
            read(markup)


def test_elements_without_end_inside_each_other_are_an_error() -> None:
    with pytest.raises(SourceError, match="inside each other"):
        read("<div>" * 100_000 + "deep")


def test_deep_elements_are_read() -> None:
    made = read("<div>" * 200 + f"<p>{PROSE}</p>" + "</div>" * 200)
    assert text(made) == PROSE


@pytest.mark.parametrize(
    "entity", ['<!ENTITY x SYSTEM "file:///etc/hostname">', '<!ENTITY a "ha"><!ENTITY x "&a;&a;&a;&a;">']
)
def test_entities_of_a_page_s_own_are_not_resolved(entity: str) -> None:
    made = read(f"<!DOCTYPE html [{entity}]><html><body><p>{PROSE} &x;</p></body></html>")
    assert "haha" not in text(made)
    assert PROSE in text(made)


def is_clear(seed: Source) -> bool:
    """Whether a page is read, or refused in a sentence that names it."""
    try:
        return bool(web.read(seed, PRESS).body)
    except SourceError as error:
        return str(error).startswith(seed.name)


_PIECES = st.sampled_from(
    "<p> </p> <div> </div> <b> </b> <i> <br> <br><br> <table> <tr> <td> </table> <ul> <li> </ul> <blockquote> </blockquote> "
    '<h2> </h2> <a_href="#n1">[1]</a> <a_name="n1"> <sup>1</sup> <pre> </pre> <dl> <dd> <hr> <!-- --> &nbsp; &#150; &lt; < > " '
    '<img_alt="a_picture"> <form> <figure> <figcaption> <span_lang="fr"> <aside> <article> words more,_words. Doors'.split(
        " "
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=40))
def test_any_markup_is_a_publication_or_one_clear_error(pieces: list[str]) -> None:
    markup = f"<p>{PROSE}</p>" + " ".join(piece.replace("_", " ") for piece in pieces)
    assert is_clear(source(markup))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_publication_or_one_clear_error(data: bytes) -> None:
    assert is_clear(source(data))
