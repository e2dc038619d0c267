"""Word documents: what Word prints is read, what it does not print is not, and the ledger says which."""

from __future__ import annotations

import pytest

from pipeline.model import (
    Block,
    BlockQuotation,
    Creator,
    Date,
    Figure,
    Heading,
    Image,
    List,
    NoteRef,
    Paragraph,
    Publication,
    SmallCaps,
    Strong,
    Table,
    Text,
)
from pipeline.walk import every_block, every_inline, plain, publication_runs, runs
from tests.readers.documents import item, p, png, word, word_bytes

PROSE = "Some plain prose that is long enough to be the text of this document, and so is taken for it."


def words(publication: Publication) -> list[str]:
    return [plain(run) for run, _ in publication_runs(publication)]


def kinds(blocks: tuple[Block, ...]) -> list[str]:
    return [type(block).__name__ for block in blocks]


def rules(publication: Publication) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for change in publication.ledger:
        out.setdefault(change.rule, []).append(change.before)
    return out


# --- What is printed, and what is not --------------------------------------------------------------


def test_tracked_changes_are_accepted_and_told() -> None:
    body = (
        '<w:p><w:r><w:t xml:space="preserve">We </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del>'
        "<w:ins><w:r><w:t>always</w:t></w:r></w:ins><w:r><w:t> agree.</w:t></w:r></w:p>"
    )
    read = word(body + p(PROSE))
    assert words(read)[0] == "We always agree."
    assert rules(read)["tracked-changes"] == ["never"]


def test_moved_words_stand_where_they_went() -> None:
    moved = "<w:r><w:t>Here we are.</w:t></w:r>"
    read = word(
        f"<w:p><w:moveFrom>{moved}</w:moveFrom></w:p>{p(PROSE)}<w:p><w:moveTo>{moved}</w:moveTo></w:p>"
    )
    assert words(read) == [PROSE, "Here we are."]


def test_a_deleted_paragraph_end_joins() -> None:
    first = '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">One </w:t></w:r></w:p>'
    assert words(word(first + p("sentence.") + p(PROSE))) == ["One sentence.", PROSE]


def test_deleted_rows_go() -> None:
    row = "<w:tr>{}<w:tc>" + p("{}") + "</w:tc><w:tc>" + p("x") + "</w:tc></w:tr>"
    rows = (
        row.format("", "kept")
        + row.format('<w:trPr><w:del w:id="1"/></w:trPr>', "gone")
        + row.format("", "last")
    )
    read = word(f"<w:tbl><w:tblGrid/>{rows}</w:tbl>{p(PROSE)}")
    assert words(read) == ["kept", "x", "last", "x", PROSE]


def test_comments_are_told_and_not_printed() -> None:
    body = '<w:p><w:r><w:t>Text.</w:t></w:r><w:r><w:commentReference w:id="3"/></w:r></w:p>'
    read = word(body + p(PROSE), {"comments.xml": f'<w:comment w:id="3">{p("Is that so?")}</w:comment>'})
    assert words(read) == ["Text.", PROSE]
    assert [(c.before, c.place.first) for c in read.ledger if c.rule == "comments"] == [("Is that so?", 1)]


@pytest.mark.parametrize("hidden", [p("Not this.", "Hidden"), p("Not this.", run="<w:vanish/>")])
def test_hidden_text_is_never_printed(hidden: str) -> None:
    read = word(hidden + p(PROSE))
    assert words(read) == [PROSE]
    assert rules(read)["hidden-text"] == ["Not this."]


def field(code: str, result: str) -> str:
    run = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        run.format("begin")
        + f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        + run.format("separate")
        + f"<w:r><w:t>{result}</w:t></w:r>"
        + run.format("end")
    )


@pytest.mark.parametrize(
    ("code", "reads"),
    [
        (' XE "Anarchism" ', "See  there."),
        (" SEQ Figure ", "See 3 there."),
        (" REF _Ref123 ", "See 3 there."),
        (" PAGE ", "See  there."),
        (" SEQ CHAPTER \\h \\r 1", "See 3 there."),
    ],
)
def test_fields_print_results_and_never_codes(code: str, reads: str) -> None:
    body = (
        '<w:p><w:r><w:t xml:space="preserve">See </w:t></w:r>'
        + field(code, "3")
        + '<w:r><w:t xml:space="preserve"> there.</w:t></w:r></w:p>'
    )
    assert words(word(body + p(PROSE)))[0].replace("  ", " ") == reads.replace("  ", " ")


def test_a_link_that_is_a_field_stays_a_link() -> None:
    link = field(" HYPERLINK &quot;https://example.org/a&quot; ", "there")
    read = word(f"<w:p>{link}</w:p>{p(PROSE)}")
    assert "https://example.org/a" in str(read.body[0])


def test_a_contents_field_goes_whole() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
    contents = (
        f'<w:p>{begin}<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>One 3</w:t></w:r></w:p>'
        f'{p("Two 5")}<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    read = word(contents + p("One", "berschrift1") + p(PROSE))
    assert words(read) == ["One", PROSE]
    assert rules(read)["contents"] == ["One 3", "Two 5"]


def test_words_own_contents_control_goes() -> None:
    control = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{p('Contents')}{p('One 3')}</w:sdtContent></w:sdt>"
    )
    assert words(word(control + p("One", "berschrift1") + p(PROSE))) == ["One", PROSE]


def test_a_typed_list_of_contents_goes() -> None:
    stop = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8000"/></w:tabs>'
    entries = "".join(
        f"<w:p><w:pPr>{stop}</w:pPr><w:r><w:t>{words_}</w:t><w:tab/><w:t>{page}</w:t></w:r></w:p>"
        for words_, page in (("One", 1), ("Two", 2), ("Three", 9))
    )
    read = word(p("Contents", run="<w:b/>") + entries + p("One", "berschrift1") + p(PROSE))
    assert words(read) == ["One", PROSE]
    assert len(rules(read)["contents"]) == 4


def test_a_price_list_with_dots_stays() -> None:
    stop = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8000"/></w:tabs>'
    entries = "".join(
        f"<w:p><w:pPr>{stop}</w:pPr><w:r><w:t>{words_}</w:t><w:tab/><w:t>2.00</w:t></w:r></w:p>"
        for words_ in ("Coffee", "Tea", "Soup")
    )
    assert words(word(p(PROSE) + entries + p(PROSE)))[1:-1] == ["Coffee 2.00", "Tea 2.00", "Soup 2.00"]


def test_prompts_that_nobody_filled_in_go() -> None:
    prompt = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('Click here.')}</w:sdtContent></w:sdt>"
    )
    filled = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Filled in.')}</w:sdtContent></w:sdt>"
    assert words(word(prompt + filled + p(PROSE))) == ["Filled in.", PROSE]


def test_running_heads_are_told_and_not_printed() -> None:
    read = word(p(PROSE), {"header1.xml": p("Draft of May"), "footer1.xml": p("7")})
    assert words(read) == [PROSE]
    assert rules(read)["furniture"] == ["Draft of May", "7"]


# --- Text boxes ------------------------------------------------------------------------------------


def boxed(content: str) -> str:
    """A text box as Word writes one: twice, for new readers and for old."""
    box = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_a_quotation_after_its_paragraph() -> None:
    read = word(
        f"<w:p>{boxed(p('In the box.') + p('Second.'))}<w:r><w:t>{PROSE}</w:t></w:r></w:p>{p('After it.')}"
    )
    assert kinds(read.body) == ["Paragraph", "BlockQuotation", "Paragraph"]
    assert words(read) == [PROSE, "In the box.", "Second.", "After it."]


def test_a_box_that_only_lays_out_the_page_is_text() -> None:
    read = word(f"<w:p>{boxed(p('In the box.'))}</w:p>{p(PROSE)}")
    assert kinds(read.body) == ["Paragraph", "Paragraph"]


def test_two_boxes_keep_their_order() -> None:
    read = word(
        f"<w:p>{boxed(p('First.'))}{boxed(p('Second.'))}<w:r><w:t>{PROSE}</w:t></w:r></w:p>{p(PROSE)}"
    )
    assert words(read)[1:3] == ["First.", "Second."]


# --- Structure -------------------------------------------------------------------------------------


def test_headings_by_style_in_any_language() -> None:
    read = word(p("One", "berschrift1") + p(PROSE) + p("Under it", "berschrift2") + p(PROSE))
    assert [(b.level, plain(b.content)) for b in read.body if isinstance(b, Heading)] == [
        (1, "One"),
        (2, "Under it"),
    ]
    assert Strong not in {type(node) for run, _ in runs(read.body) for node in every_inline(run)}


def test_headings_by_size_and_weight() -> None:
    large, middle = '<w:b/><w:sz w:val="36"/>', '<w:b/><w:sz w:val="28"/>'
    text = p(PROSE) * 2
    read = word(text + p("Part", run=large) + text + p("Chapter", run=middle) + text)
    assert [(b.level, plain(b.content)) for b in read.body if isinstance(b, Heading)] == [
        (1, "Part"),
        (2, "Chapter"),
    ]


def test_the_end_of_a_page_is_no_line_break() -> None:
    read = word('<w:p><w:r><w:br w:type="page"/><w:t>One page.</w:t></w:r></w:p>' + p(PROSE))
    assert read.body[0] == Paragraph((Text("One page."),), place=read.body[0].place)


def test_automatic_numbers_go_on_after_a_paragraph() -> None:
    read = word(item("one", 1) + item("two", 1) + p(PROSE) + item("three", 1))
    lists = [block for block in read.body if isinstance(block, List)]
    assert [(each.ordered, each.start, len(each.items)) for each in lists] == [(True, 1, 2), (True, 3, 1)]


def test_numbers_that_are_words_are_printed() -> None:
    assert words(word(item("Nobody rules.", 3) + p(PROSE) + item("Nobody is ruled.", 3))) == [
        "§ 1 Nobody rules.",
        PROSE,
        "§ 2 Nobody is ruled.",
    ]


def test_lists_that_follow_one_another_are_one() -> None:
    other = '<w:num w:numId="9"><w:abstractNumId w:val="2"/></w:num>'
    data = word_bytes(item("a", 2) + "<w:p/>" + item("b", 9) + p(PROSE))
    assert other not in data.decode("latin-1")
    read = word(item("a", 2) + "<w:p/>" + item("b", 2) + p(PROSE))
    (only,) = [block for block in read.body if isinstance(block, List)]
    assert len(only.items) == 2
    assert not only.ordered


def test_footnotes_are_notes_even_if_they_read_alike() -> None:
    call = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{}"/></w:r>'
    body = f"<w:p><w:r><w:t>One</w:t></w:r>{call.format(2)}<w:r><w:t> two</w:t></w:r>{call.format(3)}</w:p>"
    note = (
        '<w:footnote w:id="{}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Ibid.</w:t></w:r></w:p></w:footnote>'
    )
    read = word(body + p(PROSE), {"footnotes.xml": note.format(2) + note.format(3)})
    assert read.body[0] == Paragraph(
        (Text("One"), NoteRef("n1"), Text(" two"), NoteRef("n2")), place=read.body[0].place
    )
    assert [note.place.first for note in read.notes] == [3, 4]


def test_a_notes_own_mark_is_replaced_by_its_call() -> None:
    call = '<w:r><w:footnoteReference w:id="2" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    note = f'<w:footnote w:id="2">{p("Said so.")}</w:footnote>'
    read = word(f"<w:p><w:r><w:t>One</w:t></w:r>{call}</w:p>{p(PROSE)}", {"footnotes.xml": note})
    assert words(read)[0] == "One"


def test_quotations_by_style_and_by_indent() -> None:
    inward = '<w:ind w:left="720"/>'
    read = word(
        p(PROSE) * 3 + p("A motto.", "Quote") + p(PROSE) + p(f"{PROSE} {PROSE}", more=inward) + p(PROSE)
    )
    assert [kind for kind in kinds(read.body) if kind != "Paragraph"] == ["BlockQuotation", "BlockQuotation"]


def test_a_text_that_is_all_indented_is_no_quotation() -> None:
    assert kinds(word(p(PROSE, more='<w:ind w:left="720"/>') * 4).body) == ["Paragraph"] * 4


def test_small_capitals_and_hyphens() -> None:
    body = (
        "<w:p><w:r><w:rPr><w:smallCaps/></w:rPr><w:t>Small</w:t></w:r><w:r><w:t> well</w:t><w:noBreakHyphen/>"
        "<w:t>known</w:t></w:r></w:p>"
    )
    read = word(body + p(PROSE))
    assert any(isinstance(node, SmallCaps) for run, _ in runs(read.body) for node in every_inline(run))
    assert words(read)[0] == "Small well\u2011known"


def cell(content: str, more: str = "") -> str:
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{content}</w:tc>"


def test_a_table_of_one_cell_is_what_is_in_it() -> None:
    read = word(f"<w:tbl><w:tblGrid/><w:tr>{cell(p('Framed.'))}</w:tr></w:tbl>{p(PROSE)}")
    assert kinds(read.body) == ["Paragraph", "Paragraph"]


def test_a_first_row_from_side_to_side_is_the_caption() -> None:
    spread = "<w:gridSpan w:val='2'/>"
    wide = f"<w:tr>{cell(p('Wages'), spread)}</w:tr>"
    bold = f"<w:tr>{cell(p('Year', run='<w:b/>'))}{cell(p('Pence', run='<w:b/>'))}</w:tr>"
    row = f"<w:tr>{cell(p('1911'))}{cell(p('7'))}</w:tr>"
    grid = "<w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
    read = word(f"<w:tbl>{grid}{wide}{bold}{row}{row}</w:tbl>{p(PROSE)}")
    table = read.body[0]
    assert isinstance(table, Table)
    assert plain(table.caption) == "Wages"
    assert [len(table.head), len(table.body)] == [1, 2]


def test_tables_in_tables_are_read() -> None:
    inner = f"<w:tbl><w:tblGrid/><w:tr>{cell(p('in'))}{cell(p('side'))}</w:tr></w:tbl><w:p/>"
    read = word(f"<w:tbl><w:tblGrid/><w:tr>{cell(inner)}{cell(p('out'))}</w:tr></w:tbl>{p(PROSE)}")
    assert words(read) == ["in", "side", "out", PROSE]


# --- Pictures --------------------------------------------------------------------------------------


def drawing(member: str, told: str) -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{told}"/><a:graphic><a:graphicData>'
        f'<a:blip r:embed="{member}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )


@pytest.mark.parametrize(("told", "alternative"), [("A crowd", "A crowd"), ("IMG_0001.JPG", ""), ("", "")])
def test_a_picture_is_a_figure_with_its_alternative_text(told: str, alternative: str) -> None:
    read = word(drawing("media/image1.png", told) + p(PROSE), {"media/image1.png": png()})
    (resource,) = read.resources
    assert (resource.media_type, resource.data) == ("image/png", png())
    (figure,) = [block for block in every_block(read.body) if isinstance(block, Figure)]
    assert [node for run, _ in runs((figure,)) for node in run] == [Image(resource.name, alternative)]


def test_a_picture_that_nobody_can_show_leaves_its_words() -> None:
    read = word(
        drawing("media/a.emf", "A chart") + p(PROSE),
        {"media/a.emf": b"\1\0\0\0" + bytes(36) + b" EMF" + bytes(60)},
    )
    assert words(read) == ["A chart", PROSE]
    assert read.resources == ()
    assert [change.after for change in read.ledger if change.rule == "pictures"] == ["A chart"]


# --- Title page and properties ---------------------------------------------------------------------


def test_title_subtitle_author_and_date_by_style() -> None:
    top = (
        p("The Strike", "Titel")
        + p("A history", "Untertitel")
        + p("Ann Other", "Author")
        + p("1 May 1911", "Author")
    )
    read = word(
        p("The Strike", "Titel") + p("A history", "Untertitel") + p("Ann Other", "Author") + p(PROSE) * 2
    )
    assert top.count("<w:p>") == 4
    about = read.metadata
    assert (about.title, about.subtitle) == ("The Strike", "A history")
    assert about.creators == (Creator("Ann Other", "Other, Ann"),)
    assert words(read) == [PROSE, PROSE]


def test_the_title_is_spelt_as_on_the_page_not_as_in_the_properties() -> None:
    page = p("Some Department", run='<w:sz w:val="60"/>') + p(
        "The Great Strike Report", run='<w:sz w:val="50"/>'
    )
    end = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    read = word(
        page + p("May 1911") + end + p(PROSE) * 3, properties="<dc:title>Great strike report</dc:title>"
    )
    assert read.metadata.title == "The Great Strike Report"
    assert read.metadata.dates == (Date("1911-05", "published", "month"),)
    assert words(read) == [PROSE] * 3


@pytest.mark.parametrize("said", ["Microsoft Word - draft2.doc", "Untitled", "Document1", "Normal.dotm", ""])
def test_titles_that_programs_write_are_none(said: str) -> None:
    assert word(p(PROSE) * 2, properties=f"<dc:title>{said}</dc:title>").metadata.title == ""


@pytest.mark.parametrize("said", ["User", "Microsoft Office User", "HP", "Someone Else", "python-docx"])
def test_makers_that_the_text_does_not_name_are_none(said: str) -> None:
    assert word(p(PROSE), properties=f"<dc:creator>{said}</dc:creator>").metadata.creators == ()


def test_a_maker_whom_the_text_names_too_is_one() -> None:
    read = word(p(PROSE) + p("Ann Other, Leeds"), properties="<dc:creator>Ann Other</dc:creator>")
    assert [creator.name for creator in read.metadata.creators] == ["Ann Other"]


@pytest.mark.parametrize(
    ("changed", "value"), [("2008-01-30", "2008-01"), ("2008-01-24", "2008-01-24"), ("2008-12-01", "2008")]
)
def test_dates_as_far_as_the_properties_agree(changed: str, value: str) -> None:
    said = f"<dcterms:created>2008-01-24T17:36:00Z</dcterms:created><dcterms:modified>{changed}T00:00:00Z</dcterms:modified>"
    assert [date.value for date in word(p(PROSE), properties=said).metadata.dates] == [value]


def test_a_copy_saved_years_later_has_no_date() -> None:
    said = "<dcterms:created>2008-01-24T17:36:00Z</dcterms:created><dcterms:modified>2019-01-01T00:00:00Z</dcterms:modified>"
    assert word(p(PROSE), properties=said).metadata.dates == ()


def test_whoever_holds_the_copyright_wrote_it() -> None:
    read = word(p(PROSE) + p("Copyright © 2005 Ann Other, Bert Brown (both of Leeds)"))
    assert [creator.name for creator in read.metadata.creators] == ["Ann Other", "Bert Brown"]


def test_places_are_numbers_of_paragraphs() -> None:
    read = word(p(PROSE) + "<w:p/>" + p("Third."))
    assert [block.place.first for block in read.body] == [1, 3]


def test_all_quotations_hold_something() -> None:
    read = word(p(PROSE) * 2 + p("", "Quote") + p(PROSE))
    assert not [block for block in read.body if isinstance(block, BlockQuotation)]
