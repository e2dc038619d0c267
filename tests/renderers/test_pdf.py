"""The pamphlet: the same bytes anywhere, our faces only, A5, tagged, and nothing fetched."""

from __future__ import annotations

import hashlib
import io
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import msgspec
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings

from pipeline.build import date_of
from pipeline.checks import pagetext, words
from pipeline.checks import pdf as check_pdf
from pipeline.model import Image, Link, Paragraph, Publication, Resource, Text
from pipeline.normalise import normalise
from pipeline.readers import read
from pipeline.renderers import pdf
from tests import strategies
from tests.readers.texts import PRESS, repaired, source
from tests.renderers.epub_books import STAMP
from tests.workshop import ROOT


@pytest.fixture(scope="module")
def founding(founding_text: Path) -> Publication:
    seed = source(founding_text.read_bytes(), founding_text.name)
    return normalise(read(seed, PRESS), seed, PRESS)[0]


@pytest.fixture(scope="module")
def pamphlet(founding: Publication) -> pdf.Pamphlet:
    return pdf.render(founding, PRESS, date_of(founding, None))


def test_the_founding_text_is_a_clean_tagged_pamphlet(pamphlet: pdf.Pamphlet, founding: Publication) -> None:
    assert check_pdf.check(pamphlet.data, founding) == ()
    with pikepdf.open(io.BytesIO(pamphlet.data)) as opened:
        assert len(opened.pages) == pamphlet.pages
        with opened.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        sizes = {tuple(round(float(edge), 4) for edge in page.mediabox) for page in opened.pages}
    assert sizes == {(0.0, 0.0, round(148 * 72 / 25.4, 4), round(210 * 72 / 25.4, 4))}


def test_every_face_is_ours_and_embedded(pamphlet: pdf.Pamphlet) -> None:
    with pikepdf.open(io.BytesIO(pamphlet.data)) as opened:
        fonts = [
            item
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        ]
        assert len(fonts) >= 4
        for font in fonts:
            assert "EB-Garamond" in str(font.FontName).replace("EBGaramond", "EB-Garamond")
            assert "/FontFile2" in font or "/FontFile3" in font


PROGRAM = """
import hashlib, sys
from pathlib import Path
from pipeline.build import date_of
from pipeline.renderers import pdf
from pipeline.serial import decode
from pipeline.press import Press
publication = decode(Path(sys.argv[1]).read_bytes())
made = pdf.render(publication, Press("The Test Press"), date_of(publication, None))
sys.stdout.write(hashlib.sha256(made.data).hexdigest())
"""


def test_the_same_text_gives_the_same_bytes_anywhere(
    tmp_path: Path, founding: Publication, pamphlet: pdf.Pamphlet
) -> None:
    """Whatever the time zone, the language, the hash seed and the folder."""
    from pipeline.serial import encode

    stored = tmp_path / "publication.json"
    stored.write_bytes(encode(founding))
    elsewhere = tmp_path / "a folder"
    elsewhere.mkdir()
    made = []
    for zone, tongue, seed, folder in (
        ("Asia/Tokyo", "C", "1", elsewhere),
        ("America/Lima", "fr_FR.UTF-8", "77", ROOT),
    ):
        environment = {
            **os.environ,
            "TZ": zone,
            "LANG": tongue,
            "LC_ALL": tongue,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": str(ROOT),
        }
        ran = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(stored)],
            env=environment,
            cwd=folder,
            capture_output=True,
            text=True,
            check=True,
        )
        made.append(ran.stdout)
    assert made == [hashlib.sha256(pamphlet.data).hexdigest()] * 2


def test_its_text_block_holds_the_text_and_its_covers_do_not(pamphlet: pdf.Pamphlet) -> None:
    block = pamphlet.text
    assert (block.first, block.last) == (3, pamphlet.pages - 1)
    assert round(block.bottom - block.top) == 476


def test_no_page_of_the_text_ends_or_begins_with_a_lone_line(pamphlet: pdf.Pamphlet) -> None:
    """Asked of the engine, which knows what is a line of what: orphans and widows of two."""
    seen = []
    original = pdf._text_block

    def watching(pages: Any) -> Any:
        seen.extend(pages)
        return original(pages)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "_text_block", watching)
        text = "\n\n".join(
            f"Paragraph {number}. " + "Some words of a paragraph that goes on. " * (number % 9 + 5)
            for number in range(150)
        )
        pdf.render(repaired(f"# T\n\n{text}"), PRESS, STAMP)
    pieces: dict[Any, list[int]] = {}
    for page in seen:
        for box in page._page_box.descendants():
            if box.element_tag == "p" and box.element is not None and box.element.get("class") is None:
                count = sum(type(each).__name__ == "LineBox" for each in box.children)
                if count:
                    pieces.setdefault(box.element, []).append(count)
    split = [counts for counts in pieces.values() if len(counts) > 1]
    assert len(split) > 3
    assert all(count >= 2 for counts in split for count in counts)


@pytest.mark.parametrize(
    "address",
    ["file:///etc/hostname", "http://127.0.0.1:9/a.png", "https://example.org/a.png", "../pamphlet.css"],
)
def test_no_address_of_a_text_is_ever_opened(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    publication = repaired("# T\n\nWords.\n\nMore.")
    run = (Text("See "), Link((Text("it"),), address), Image("", address), Text("."))
    publication = msgspec.structs.replace(publication, body=(*publication.body, Paragraph(run)))
    pdf.render(publication, PRESS, STAMP)  # what the house itself reads is read now
    opened: list[str] = []

    def watched(name: str) -> Any:
        def refuse(*arguments: object, **_: object) -> None:
            opened.append(f"{name} {arguments}")
            raise OSError(name)

        return refuse

    monkeypatch.setattr(socket, "socket", watched("socket"))
    monkeypatch.setattr(socket, "create_connection", watched("connection"))
    monkeypatch.setattr(urllib.request, "urlopen", watched("urlopen"))
    monkeypatch.setattr(urllib.request.OpenerDirector, "open", watched("opener"))
    pdf.render(publication, PRESS, STAMP)
    assert opened == []


def test_a_vector_picture_cannot_reach_out_either(monkeypatch: pytest.MonkeyPatch) -> None:
    """An SVG among the resources may name other files; the fetcher refuses them."""
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
        b'<image xlink:href="file:///etc/hostname" width="9" height="9"/>'
        b'<image href="http://127.0.0.1:9/x.png" width="9" height="9"/></svg>'
    )
    publication = repaired("# T\n\nWords.\n\nMore.")
    publication = msgspec.structs.replace(
        publication,
        body=(*publication.body, Paragraph((Image("a.svg", "a picture"),))),
        resources=(Resource("a.svg", "image/svg+xml", svg),),
    )
    opened: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda *arguments: opened.append(arguments))
    original = urllib.request.OpenerDirector.open

    def watched(self: Any, request: Any, *rest: Any, **options: Any) -> Any:
        url = request if isinstance(request, str) else request.full_url
        if not url.startswith("data:"):
            opened.append(url)
        return original(self, request, *rest, **options)

    monkeypatch.setattr(urllib.request.OpenerDirector, "open", watched)
    pdf.render(publication, PRESS, STAMP)
    assert [each for each in opened if "/styles/" not in str(each)] == []


NOTED = "# T\n\nOne[^1] and *two*.[^2]\n\n## A part\n\nThree[^1] and four.\n\n[^1]: A *note* on it.\n[^2]: Another.\n\n    In two parts."


@pytest.mark.parametrize(
    "text",
    [
        NOTED,
        "# T\n\nNo notes.\n\n## A\n\nx.\n\n### B\n\ny.\n\n#### C\n\nz.",
        "# T\n\n> A quotation.\n\n| Verse\n|   and verse\n\n- a\n- b\n\n  more of b\n\n7. seven\n\n| A | B |\n|---|:-:|\n| 1 | 2 |\n\n***\n\n```\ncode\n```\n\n[a](https://example.org) H~2~O x^2^ [c]{.smallcaps} [mot]{lang=fr}",
    ],
    ids=["notes", "sections", "everything"],
)
def test_every_kind_of_node_is_set_clean_and_whole(text: str) -> None:
    publication = repaired(text)
    made = pdf.render(publication, PRESS, STAMP)
    assert check_pdf.check(made.data, publication) == ()
    assert words.check_pages(pagetext.read_pages(made.data), made.text, publication) == ()


@given(strategies.publications())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_publication_can_be_set(publication: Publication) -> None:
    made = pdf.render(publication, PRESS, STAMP)
    assert len(pagetext.read_pages(made.data)) == made.pages >= 4
