"""One part of a Word document → the same, so that pandoc reads what Word prints; one trick a function.

Each function takes the root of a part (document.xml, footnotes.xml) and edits it in place. Where words go,
it says so in `changes`. Paragraphs carry their number in the attribute `n`, given before any of them moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from pipeline.model import Change, Place
from pipeline.readers.word_styles import Styles, W, switched, value
from pipeline.readers.xmltree import Element

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NUMBER = "n"

_LETTERS = {
    W + "tab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "\u2011",
    W + "softHyphen": "\u00ad",
}
_NO_RESULT = {"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF", "XE", "TC", "RD", "TA", "MACROBUTTON"}
_LISTS = {"TOC", "INDEX", "TOA"}
_WRAPPERS = ("ins", "moveTo", "smartTag", "customXml", "dir", "bdo")
_WIDEST = 200
"""Columns of a table; Word has at most 63."""
_DELETED = ("del", "moveFrom")


def numbered(root: Element, first: int) -> int:
    """Number every paragraph from `first` on; the number after the last."""
    for number, paragraph in enumerate(root.iter(W + "p"), first):
        paragraph.set(NUMBER, str(number))
        first = number + 1
    return first


def text(element: Element) -> str:
    """The words of a paragraph or run as they stand, tabs and line ends kept; boxes inside are not its own."""
    return "".join(_letters(element))


def _letters(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in _LETTERS:
            yield _LETTERS[child.tag]
        elif isinstance(child.tag, str) and child.tag not in (
            W + "pPr",
            W + "rPr",
            W + "p",
            W + "txbxContent",
        ):
            yield from _letters(child)


def place(element: Element) -> Place:
    """The paragraph that an element stands in."""
    while element is not None:
        if (number := element.get(NUMBER)) is not None:
            return Place(int(number), int(number))
        element = element.getparent()
    return Place()


def words(element: Element) -> str:
    """All words under an element, boxes included."""
    return " ".join("".join(each.text or "" for each in element.iter(W + "t", W + "delText")).split())


def removed(element: Element) -> None:
    """Take an element out; the text after it, which in these formats is only white space, goes too."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrapped(element: Element, inner: Iterable[Element] | None = None) -> None:
    """Put what is inside in the place of an element."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    parent[at : at + 1] = list(element if inner is None else inner)


def tagged(root: Element, *names: str) -> list[Element]:
    """All elements of these names that stand under `root`, as a list, so that they can be moved."""
    return list(root.iter(*(W + name for name in names)))


def drop(elements: Iterable[Element], rule: str, why: str, changes: list[Change]) -> None:
    for element in elements:
        said = words(element)
        if said:
            changes.append(Change(rule, place(element), said, "", why))
        removed(element)


def alternatives(root: Element) -> None:
    """Of the same thing drawn twice, for new Words and for old ones, one stays: the first."""
    for both in list(root.iter(_MC + "AlternateContent")):
        choices = [*both.findall(_MC + "Choice"), *both.findall(_MC + "Fallback")]
        best = next((each for each in choices if len(each)), None)
        unwrapped(both, best if best is not None else ())


def tracked_changes(root: Element, changes: list[Change]) -> None:
    """As if every change had been accepted: what was deleted is gone, what was inserted stays."""
    for name in (
        "pPrChange",
        "rPrChange",
        "sectPrChange",
        "tblPrChange",
        "tcPrChange",
        "trPrChange",
        "numberingChange",
    ):
        for each in tagged(root, name):
            removed(each)
    deleted_rows = [each for each in tagged(root, "tr") if each.find(f"{W}trPr/{W}del") is not None]
    drop(deleted_rows, "tracked-changes", "a row that was deleted", changes)
    merged = [each for each in tagged(root, "p") if each.find(f"{W}pPr/{W}rPr/{W}del") is not None]
    for name in _DELETED:
        spans = [each for each in tagged(root, name) if each.getparent().tag not in (W + "rPr", W + "trPr")]
        drop(spans, "tracked-changes", "words that were deleted", changes)
    for paragraph in reversed(merged):
        _end_deleted(paragraph)
    for name in _WRAPPERS:
        for each in tagged(root, name):
            if each.getparent() is not None and each.getparent().tag not in (W + "rPr", W + "trPr"):
                unwrapped(
                    each, [child for child in each if child.tag not in (W + "smartTagPr", W + "customXmlPr")]
                )


def _end_deleted(paragraph: Element) -> None:
    """The end of a paragraph was deleted: what is left of it belongs to the next one."""
    after = paragraph.getnext()
    if after is not None and after.tag == W + "p":
        mine = [child for child in paragraph if child.tag != W + "pPr"]
        at = 1 if len(after) and after[0].tag == W + "pPr" else 0
        after[at:at] = mine
        removed(paragraph)


def comments(root: Element, said: dict[str, str], changes: list[Change]) -> None:
    """Comments are no part of the text; what they say is told in the ledger."""
    for each in tagged(root, "commentReference", "annotationRef"):
        words_said = said.get(each.get(W + "id", ""), "")
        if words_said:
            changes.append(
                Change("comments", place(each), words_said, "", "a comment is no part of the text")
            )
        removed(each)
    for each in tagged(root, "commentRangeStart", "commentRangeEnd"):
        removed(each)


def hidden(root: Element, styles: Styles, changes: list[Change]) -> None:
    """Runs that Word does not print. Their paragraph goes with them if nothing else was in it."""
    for paragraph in tagged(root, "p"):
        gone = [run for run in paragraph.iter(W + "r") if styles.is_on(paragraph, run, "vanish")]
        drop(gone, "hidden-text", "Word does not print hidden text", changes)


def contents_parts(root: Element, changes: list[Change]) -> None:
    """Controls: Word's own table of contents goes, prompts that nobody filled in go, all others are their content."""
    for control in tagged(root, "sdt"):
        properties = control.find(W + "sdtPr")
        gallery = value(properties, "docPartObj/docPartGallery") or ""
        if control.getparent() is None:
            continue
        if gallery in ("Table of Contents", "Table of Figures"):
            why = "each edition makes its own table of contents"
            drop([control], "contents", why, changes)
        elif switched(properties, "showingPlcHdr"):
            drop([control], "hidden-text", "a prompt that was not filled in", changes)
        else:
            unwrapped(control, control.find(W + "sdtContent"))


def fields(root: Element, changes: list[Change]) -> None:
    """Fields print their results, never their codes; tables of contents and page numbers print nothing.

    Links stay as they are: pandoc reads those.
    """
    for simple in tagged(root, "fldSimple"):
        kind = _kind(simple.get(W + "instr", ""))
        if kind in _NO_RESULT | _LISTS:
            drop([simple], "fields", f"the result of a field {kind} has no meaning here", changes)
        elif kind != "HYPERLINK":
            unwrapped(simple)
    runs = tagged(root, "r")
    gone: list[Element] = []
    for begin, end, code in _codes(runs):
        if _kind(code) in _NO_RESULT | _LISTS:
            gone += runs[begin : end + 1]
    _drop_runs(list(dict.fromkeys(gone)), changes)


def _codes(runs: Sequence[Element]) -> Iterator[tuple[int, int, str]]:
    """Each field that has an end: the numbers of its first and last run, and its code."""
    begun: list[tuple[int, str]] = []
    for number, run in enumerate(runs):
        for child in run:
            if child.tag == W + "instrText" and begun:
                begun[-1] = (begun[-1][0], begun[-1][1] + (child.text or ""))
            elif child.tag == W + "fldChar" and child.get(W + "fldCharType") == "begin":
                begun.append((number, ""))
            elif child.tag == W + "fldChar" and child.get(W + "fldCharType") == "end" and begun:
                begin, code = begun.pop()
                yield begin, number, code


def _kind(code: str) -> str:
    """What a field does: the first word of its code."""
    return (code.split() or [""])[0].upper()


def _drop_runs(gone: list[Element], changes: list[Change]) -> None:
    """Runs of fields go, one entry for each paragraph that had words in them."""
    by_paragraph: dict[int, list[Element]] = {}
    for run in gone:
        by_paragraph.setdefault(place(run).first, []).append(run)
    for number, runs in by_paragraph.items():
        said = "".join(text(run) for run in runs).strip()
        if said:
            why = "each edition makes its own table of contents and page numbers"
            changes.append(Change("contents", Place(number, number), " ".join(said.split()), "", why))
        for run in runs:
            removed(run)


def own_marks(root: Element) -> None:
    """A note's own mark ("*") stands in the run of its call; the call that every edition makes replaces it."""
    for call in tagged(root, "footnoteReference", "endnoteReference"):
        if call.get(W + "customMarkFollows") in ("1", "true", "on"):
            for mark in list(call.getparent()):
                if mark.tag in (W + "t", W + "sym"):
                    removed(mark)


def page_breaks(root: Element) -> set[int]:
    """The numbers of the paragraphs that begin a page or section; the breaks themselves go."""
    fresh: set[int] = set()
    pending = False
    for paragraph in tagged(root, "p"):
        if pending or switched(paragraph.find(W + "pPr"), "pageBreakBefore"):
            fresh.add(int(paragraph.get(NUMBER, "0")))
            pending = False
        for each in list(paragraph.iter(W + "br")):
            if each.get(W + "type") in ("page", "column"):
                before = "".join(_before(paragraph, each)).strip()
                removed(each)
                if before:
                    pending = True
                else:
                    fresh.add(int(paragraph.get(NUMBER, "0")))
        section = paragraph.find(f"{W}pPr/{W}sectPr")
        if section is not None and value(section, "type") != "continuous":
            pending = True
        if not text(paragraph).strip() and int(paragraph.get(NUMBER, "0")) in fresh:
            # An empty paragraph begins no page for a reader; the next one does.
            pending = True
    return fresh


def _before(paragraph: Element, end: Element) -> Iterator[str]:
    for each in paragraph.iter(W + "t", W + "br"):
        if each is end:
            return
        yield each.text or ""


def boxes(root: Element) -> set[int]:
    """Text boxes are put after the paragraph that they are anchored in; the numbers of the paragraphs in them.

    A box whose paragraph has no words of its own only lays out the page: it is running text.
    """
    boxed: set[int] = set()
    for box in reversed(tagged(root, "txbxContent")):
        anchor = next((each for each in box.iterancestors(W + "p")), None)
        content = list(box)
        removed(box)
        if anchor is None:
            continue
        if text(anchor).strip():
            boxed |= {int(each.get(NUMBER, "0")) for part in content for each in part.iter(W + "p")}
        for child in reversed(content):
            anchor.addnext(child)
    return boxed


def grids(root: Element) -> None:
    """Each table says how many columns it has. Where a program got that wrong, pandoc drops cells, words and all."""
    for table in tagged(root, "tbl"):
        width = max((sum(map(_spans, row)) for row in table.iter(W + "tr")), default=0)
        old = table.find(W + "tblGrid")
        if old is None:
            old = etree.Element(W + "tblGrid")
            table.insert(1 if table.find(W + "tblPr") is not None else 0, old)
        for _ in range(len(old), width):
            etree.SubElement(old, W + "gridCol")
        for column in old:
            column.set(W + "w", column.get(W + "w") or "1000")


def _spans(part: Element) -> int:
    """How many columns a cell takes, or the gap before or after a row."""
    if part.tag == W + "tc":
        said = value(part, "tcPr/gridSpan") or "1"
    elif part.tag == W + "trPr":
        return sum(int(value(part, gap) or 0) for gap in ("gridBefore", "gridAfter"))
    else:
        return 0
    return min(int(said), _WIDEST) if said.isdigit() else 1


def run(words_in_it: str) -> Element:
    """A plain run with these words."""
    made = etree.Element(W + "r")
    inside = etree.SubElement(made, W + "t")
    inside.set(_SPACE, "preserve")
    inside.text = words_in_it
    return made
