"""Booklet PDF, and the pamphlet it was made of → findings: it is folded in software and read leaf by leaf.

The plan is not asked, nor how the file was put together: `panels` recognises the pages by what is printed,
`folding` models the paper. What is taken on trust is only which places were meant to stay blank.

=============  ========  ==========================================================================
code           severity  what was found
=============  ========  ==========================================================================
`booklet-001`  error     the sides do not make whole sheets, or more or fewer than the pages need
`booklet-002`  error     a side is not of the size of the sheet (to 0.01 mm)
`booklet-003`  error     another page stands where a page belongs
`booklet-004`  error     a page does not stand upright when the leaves are turned
`booklet-005`  error     a place is blank that was not meant to be
`booklet-006`  error     the outside of the front or of the back cover is blank
`booklet-007`  error     something is printed where a blank was meant to be
`booklet-008`  error     a page of the pamphlet is nowhere in the booklet
`booklet-009`  error     a panel carries what is on no page of the pamphlet
`booklet-010`  error     a page is cut off, painted over, or otherwise not as in the pamphlet
`booklet-011`  warning   ink comes nearer to the edge of the sheet than some printers print (6.35 mm)
`booklet-012`  error     fonts are in the file more often than in the pamphlet
`booklet-013`  error     the file does not tell printers to turn sheets on the short edge, unscaled
`booklet-014`  error     pages are not all of one scale, or do not lie alike about the fold
`booklet-015`  error     the file is larger than the pamphlet by more than a twentieth (and 4 KiB)
`booklet-016`  warning   the file has no title
`booklet-017`  note      a page was set as a recto and lies on a verso, or the other way round
=============  ========  ==========================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.checks.folding import Face, fold
from pipeline.checks.pagetext import PageText, PlacedWord, Proof, proof
from pipeline.checks.panels import DIFFERENT, LOOSE, Panel, blank_pages, find_panels
from pipeline.errors import CheckError
from pipeline.findings import Finding, Severity
from pipeline.imposition.sheets import MM, SAFE_MM, Flip, Sheet

_EXACT_MM = 0.01
_EVEN = 0.1
"""How far, in points, pages may lie from where their fellows do."""
_SAME_SCALE = 0.001

_ROOM = 4096
"""Bytes that the sides themselves may take; it matters only for pamphlets of a few pages without pictures."""


def check(
    booklet: bytes, pamphlet: bytes, blanks: tuple[int, ...], sheet: Sheet, flip: Flip | None = None
) -> tuple[Finding, ...]:
    """Fold the booklet and read it.

    `blanks` are the places, counted from 1 in reading order, where the plan left paper blank; pages of the
    pamphlet that are empty themselves need not be named. `flip` is how the printer turns the sheets; without
    it, what the file asks for. Raises CheckError if a file cannot be read.
    """
    made, original = proof(booklet), proof(pamphlet)
    findings = [*_file(made, original, booklet, pamphlet, sheet)]
    sides, pages = len(made.pages), len(original.pages)
    if sides % 2 or 2 * sides != pages + len(blanks) or len(blanks) > 3:
        message = f"{sides} sides cannot hold {pages} pages and {len(blanks)} blanks, four to a sheet."
        return (*findings, _finding(1, "the whole file", message))
    faces = fold(find_panels(booklet, pamphlet), flip or made.flip or "short-edge")
    findings += _reading(faces, _expected(pages, blanks), blank_pages(pamphlet))
    findings += _printing(faces, original, sheet)
    return tuple(findings)


def unfold(booklet: bytes, pamphlet: bytes, flip: Flip | None = None) -> tuple[PageText, ...]:
    """The words of the folded booklet, one PageText a place, in reading order; blanks have no words.

    Words stand where they stand on the pamphlet's page: scale, turn and move are undone. On a panel that is
    not recognised they stand where they do on the panel. Raises CheckError if a file cannot be read, or its
    sides do not make whole sheets.
    """
    made, original = proof(booklet), proof(pamphlet)
    if len(made.pages) % 2:
        raise CheckError(f"A booklet of {len(made.pages)} sides cannot be folded: they make no whole sheets.")
    width, height = original.pages[0].width, original.pages[0].height
    faces = fold(find_panels(booklet, pamphlet), flip or made.flip or "short-edge")
    return tuple(PageText(width, height, _at_home(face.panel, made.pages[0].width / 2)) for face in faces)


def _at_home(panel: Panel, half: float) -> tuple[PlacedWord, ...]:
    if panel.lie is None:
        return tuple(PlacedWord(word.text, word.x % half, word.y) for word in panel.words)
    places = (panel.lie.back(complex(word.x, word.y)) for word in panel.words)
    return tuple(PlacedWord(word.text, z.real, z.imag) for word, z in zip(panel.words, places, strict=True))


def _finding(number: int, where: str, message: str, severity: Severity = "error", hint: str = "") -> Finding:
    return Finding(f"booklet-{number:03}", severity, where, message, hint)


def _file(made: Proof, original: Proof, booklet: bytes, pamphlet: bytes, sheet: Sheet) -> Iterator[Finding]:
    """What can be said before anything is folded."""
    for number, side in enumerate(made.pages, start=1):
        wide, high = (side.width - sheet.width) / MM, (side.height - sheet.height) / MM
        if max(abs(wide), abs(high)) > _EXACT_MM:
            size = f"{side.width / MM:.2f} × {side.height / MM:.2f} mm"
            wanted = f"{sheet.width / MM:.2f} × {sheet.height / MM:.2f} mm"
            yield _finding(2, f"side {number}", f"The side is {size}, not {wanted}.")
    if made.flip != "short-edge" or made.print_scaling:
        asked = made.flip or "nothing"
        scaling = "lets printers scale it" if made.print_scaling else "forbids scaling"
        message = f"The file asks for {asked} about turning sheets and {scaling}."
        yield _finding(13, "viewer preferences", message, hint="Short edge and no scaling belong there.")
    if made.fonts > original.fonts:
        message = f"The booklet carries {made.fonts} fonts, the pamphlet {original.fonts}."
        yield _finding(12, "the whole file", message, hint="Fonts were copied once for each page.")
    if len(booklet) > len(pamphlet) * 1.05 + _ROOM:
        yield _finding(15, "the whole file", f"{len(booklet)} bytes, made from {len(pamphlet)}.")
    if not made.title.strip():
        yield _finding(16, "the whole file", "The file has no title.", "warning")


def _expected(pages: int, blanks: tuple[int, ...]) -> tuple[int | None, ...]:
    """The page that belongs at each place; None for a blank."""
    page = iter(range(1, pages + 1))
    return tuple(None if place in blanks else next(page) for place in range(1, pages + len(blanks) + 1))


def _reading(
    faces: Sequence[Face[Panel]], expected: Sequence[int | None], empty: frozenset[int]
) -> Iterator[Finding]:
    """Turn the leaves: the right page at each place, upright; blank paper only where it was meant to be."""
    for place, (face, page) in enumerate(zip(faces, expected, strict=True), start=1):
        panel, where = face.panel, f"page {place} of the booklet ({face.where})"
        to_be_blank = page is None or page in empty
        if panel.blank:
            if place in (1, len(faces)):
                yield _finding(6, where, "The outside of the cover is blank.")
            elif not to_be_blank:
                yield _finding(5, where, f"The paper is blank where page {page} belongs.")
            continue
        if not panel.pages:
            yield _finding(9, where, "What is printed there is on no page of the pamphlet.")
        elif to_be_blank:
            yield _finding(7, where, f"Page {panel.pages[0]} is printed where the paper should be blank.")
        elif page not in panel.pages:
            yield _finding(3, where, f"Page {panel.pages[0]} stands where page {page} belongs.")
        elif page and (page - place) % 2:
            set_for, lies = ("recto", "verso") if page % 2 else ("verso", "recto")
            message = f"Page {page} was set as a {set_for} and lies on a {lies}."
            yield _finding(17, where, message, "note", "A pamphlet with an even number of pages avoids it.")
        turn = _turn(face)
        if turn:
            way = "on its head" if turn == 180 else f"turned by {turn}°"
            yield _finding(4, where, f"The page stands {way}.")
    present = {page for face in faces for page in face.panel.pages}
    for page in expected:
        if page is not None and page not in present | empty:
            yield _finding(8, f"page {page}", "The page is nowhere in the booklet.")


def _turn(face: Face[Panel]) -> int:
    """How far from upright the page stands before the reader's eyes, in degrees clockwise."""
    if face.panel.lie is None:
        return 0
    return (face.panel.lie.turn + (180 if face.upended else 0)) % 360


def _printing(faces: Sequence[Face[Panel]], original: Proof, sheet: Sheet) -> Iterator[Finding]:
    """Each page whole, printable, and lying as its fellows do."""
    scales: list[float] = []
    heights: list[float] = []
    past_fold: list[float] = []
    safe = SAFE_MM * MM - 0.01
    for face in faces:
        panel = face.panel
        if panel.lie is None:
            continue
        page, ink = original.pages[panel.pages[0] - 1], original.ink[panel.pages[0] - 1]
        if panel.difference >= DIFFERENT or panel.displaced > LOOSE:
            message = f"Page {panel.pages[0]} is cut off, painted over, or not as it was."
            yield _finding(10, face.where, message)
        if ink is not None:
            lies = panel.lie.box(ink)
            outer = lies.left if face.half == "left" else sheet.width - lies.right
            nearest = min(outer, lies.top, sheet.height - lies.bottom)
            if nearest < safe:
                message = f"Page {panel.pages[0]} prints {nearest / MM:.1f} mm from the edge of the sheet."
                hint = f"Many printers leave up to {SAFE_MM} mm white."
                yield _finding(11, face.where, message, "warning", hint)
        if panel.lie.turn == 0:
            corner = panel.lie.on(complex(page.width if face.half == "left" else 0, 0))
            heights.append(corner.imag)
            past_fold.append((corner.real - sheet.panel) * (1 if face.half == "left" else -1))
        scales.append(panel.lie.scale)
    even = all(
        max(values, default=0.0) - min(values, default=0.0) <= allowed
        for values, allowed in ((scales, _SAME_SCALE), (heights, _EVEN), (past_fold, _EVEN))
    )
    if not even:
        message = "The pages are not all of one scale, or do not lie alike about the fold."
        yield _finding(14, "the whole file", message)
