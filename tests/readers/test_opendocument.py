"""OpenDocument texts: what is printed is read, what is not printed is not, and the ledger says which."""

from __future__ import annotations

import pytest

from pipeline.model import Creator, Figure, Heading, Image, List, NoteRef, Paragraph, Publication, Text
from pipeline.walk import plain, publication_runs, runs
from tests.readers.documents import open_document, png

PROSE = "Some plain prose that is long enough to be the text of this document, and so is taken for it."
PARAGRAPH = f"<text:p>{PROSE}</text:p>"


def words(publication: Publication) -> list[str]:
    return [plain(run) for run, _ in publication_runs(publication)]


def said(publication: Publication, rule: str) -> list[str]:
    return [change.before for change in publication.ledger if change.rule == rule]


def style(name: str, paragraph: str = "", text: str = "", family: str = "paragraph", more: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}" {more}><style:paragraph-properties {paragraph}/>'
        f"<style:text-properties {text}/></style:style>"
    )


def test_deletions_and_comments_are_told_and_not_printed() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Not this.</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>We<office:annotation><dc:creator>X</dc:creator><text:p>Really?</text:p></office:annotation> "
        "<text:change-start/>agree<text:change-end/>.</text:p>"
    )
    read = open_document(body + PARAGRAPH)
    assert words(read) == ["We agree.", PROSE]
    assert said(read, "tracked-changes") == ["Not this."]
    assert said(read, "comments") == ["XReally?"]


@pytest.mark.parametrize(
    "hidden",
    [
        '<text:p text:style-name="H">Not this.</text:p>',
        '<text:section text:display="none"><text:p>Not this.</text:p></text:section>',
    ],
)
def test_hidden_text_is_never_printed(hidden: str) -> None:
    read = open_document(hidden + PARAGRAPH, style("H", text='text:display="none"'))
    assert words(read) == [PROSE]
    assert said(read, "hidden-text") == ["Not this."]


def test_contents_go_and_fields_are_their_results() -> None:
    body = (
        "<text:table-of-content><text:index-body><text:p>One 3</text:p></text:index-body></text:table-of-content>"
        '<text:h text:outline-level="1">One</text:h>'
        "<text:p>Page <text:page-number>7</text:page-number>of <text:title>the book</text:title>.</text:p>"
    )
    read = open_document(body + PARAGRAPH)
    assert words(read) == ["One", "Page of the book.", PROSE]
    assert said(read, "contents") == ["One 3"]


def test_notes_are_notes() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>{0}</text:note-citation><text:note-body>'
        "<text:p>Ibid.</text:p></text:note-body></text:note>"
    )
    read = open_document(f"<text:p>One{note.format(1)} two{note.format(2)}</text:p>{PARAGRAPH}")
    assert read.body[0] == Paragraph(
        (Text("One"), NoteRef("n1"), Text(" two"), NoteRef("n2")), place=read.body[0].place
    )
    assert len(read.notes) == 2


def test_indented_text_is_a_quotation_only_if_most_is_not() -> None:
    styles = style("In", 'fo:margin-left="1cm"')
    inward = f'<text:p text:style-name="In">{PROSE} {PROSE}</text:p>'
    kinds = [
        [type(b).__name__ for b in open_document(body, styles).body]
        for body in (inward * 3, PARAGRAPH * 3 + inward)
    ]
    assert kinds == [["Paragraph"] * 3, [*["Paragraph"] * 3, "BlockQuotation"]]


def test_a_heading_in_a_list_is_a_heading() -> None:
    body = (
        '<text:list><text:list-item><text:h text:outline-level="2">One</text:h></text:list-item></text:list>'
    )
    assert isinstance(open_document(PARAGRAPH + body + PARAGRAPH).body[1], Heading)


def test_lists_go_on_where_they_say_so() -> None:
    item = "<text:list-item><text:p>{}</text:p></text:list-item>"
    styles = '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>'
    body = (
        f'<text:list text:style-name="L">{item.format("a")}{item.format("b")}</text:list>{PARAGRAPH}'
        f'<text:list text:style-name="L" text:continue-numbering="true">{item.format("c")}</text:list>'
    )
    lists = [block for block in open_document(body, styles).body if isinstance(block, List)]
    assert [(each.ordered, each.start) for each in lists] == [(True, 1), (True, 3)]


def frame(inside: str) -> str:
    return f'<draw:frame draw:name="Cadre1">{inside}</draw:frame>'


def test_pictures_are_figures_and_shapes_are_nothing() -> None:
    image = '<draw:image xlink:href="Pictures/1.png"/><svg:desc>A crowd</svg:desc>'
    body = f"<text:p><draw:ellipse><text:p/></draw:ellipse>{frame(image)}</text:p>{PARAGRAPH}"
    read = open_document(body, members={"Pictures/1.png": png()})
    (resource,) = read.resources
    figure = read.body[0]
    assert isinstance(figure, Figure)
    assert [node for run, _ in runs((figure,)) for node in run] == [Image(resource.name, "A crowd")]


def test_a_picture_at_the_page_is_read_too() -> None:
    image = '<draw:image xlink:href="Pictures/1.png"/>'
    read = open_document(frame(image) + PARAGRAPH, members={"Pictures/1.png": png()})
    assert len(read.resources) == 1


def test_text_boxes_are_quotations_after_their_paragraph() -> None:
    box = frame("<draw:text-box><text:p>In the box.</text:p></draw:text-box>")
    read = open_document(f"<text:p>{box}{PROSE}</text:p>{PARAGRAPH}")
    assert [type(b).__name__ for b in read.body] == ["Paragraph", "BlockQuotation", "Paragraph"]
    assert words(read) == [PROSE, "In the box.", PROSE]


def test_title_and_maker_by_style() -> None:
    body = '<text:p text:style-name="Title">The Strike</text:p><text:p text:style-name="Author">Ann Other</text:p>'
    about = open_document(body + PARAGRAPH).metadata
    assert (about.title, about.creators) == ("The Strike", (Creator("Ann Other", "Other, Ann"),))


def test_the_title_of_the_properties_is_found_in_the_text() -> None:
    body = (
        '<text:h text:outline-level="1">The  Strike</text:h>'
        + PARAGRAPH
        + '<text:h text:outline-level="1">One</text:h>'
    )
    read = open_document(body + PARAGRAPH, properties="<dc:title>The strike</dc:title>")
    assert read.metadata.title == "The Strike"
    assert words(read) == [PROSE, "One", PROSE]


def test_white_space_counts_as_the_format_says() -> None:
    read = open_document(
        f'<text:p>One<text:s text:c="2"/>two<text:line-break/>three<text:tab/>four</text:p>{PARAGRAPH}'
    )
    assert words(read)[0].split() == ["One", "two", "three", "four"]
