"""What a finished PDF must be: tagged, named, A5, with its outline, and with nothing in it that acts."""

from __future__ import annotations

import io
from collections.abc import Callable

import msgspec
import pikepdf
import pytest

from pipeline.checks.pdf import check
from pipeline.model import Publication
from pipeline.renderers import pdf
from tests.readers.texts import PRESS, repaired
from tests.renderers.epub_books import STAMP

TEXT = "# The strike: a memory\n\nby Jo Doe, 2 May 1912\n\n## The first night\n\nWe sat by the gate.\n\n## The second night\n\nSo we did."


@pytest.fixture(scope="module")
def publication() -> Publication:
    return repaired(TEXT)


@pytest.fixture(scope="module")
def good(publication: Publication) -> bytes:
    return pdf.render(publication, PRESS, STAMP).data


def changed(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as opened:
        change(opened)
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def codes(data: bytes, publication: Publication | None) -> set[str]:
    findings = check(data, publication)
    assert all(finding.severity == "error" for finding in findings)
    return {finding.code for finding in findings}


def test_a_good_pamphlet_passes(good: bytes, publication: Publication) -> None:
    assert check(good, publication) == ()
    assert check(good, None) == ()


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.7\n", b"no pdf at all", b"\x00" * 2000])
def test_what_cannot_be_read_is_said_to_be_so(broken: bytes, publication: Publication) -> None:
    assert codes(broken, publication) == {"pdf-001"}


def test_half_a_file_is_refused(good: bytes, publication: Publication) -> None:
    assert codes(good[: len(good) // 2], publication) & {"pdf-001", "pdf-002", "pdf-003"}


@pytest.mark.parametrize("key", ["/StructTreeRoot", "/MarkInfo", "/Metadata"])
def test_a_file_without_its_tags_is_no_pdf_ua(good: bytes, publication: Publication, key: str) -> None:
    assert "pdf-002" in codes(changed(good, lambda opened: opened.Root.__delitem__(key)), publication)


def test_another_language_is_found(good: bytes, publication: Publication) -> None:
    assert "pdf-003" in codes(
        changed(good, lambda opened: opened.Root.__setitem__("/Lang", pikepdf.String("fr"))), publication
    )


@pytest.mark.parametrize("fields", [{"title": "Another"}, {"language": "de"}])
def test_the_file_of_another_publication_is_found(
    good: bytes, publication: Publication, fields: dict[str, str]
) -> None:
    other = msgspec.structs.replace(
        publication, metadata=msgspec.structs.replace(publication.metadata, **fields)
    )
    assert codes(good, other) == {"pdf-003"}


def test_an_author_too_few_is_found(good: bytes, publication: Publication) -> None:
    (author,) = publication.metadata.creators
    more = (author, msgspec.structs.replace(author, name="Jane Roe"))
    other = msgspec.structs.replace(
        publication, metadata=msgspec.structs.replace(publication.metadata, creators=more)
    )
    assert codes(good, other) == {"pdf-003"}


@pytest.mark.parametrize("width", [148 * 72 / 25.4 + 0.1, 595.28])
def test_a_page_of_another_size_is_found(good: bytes, publication: Publication, width: float) -> None:
    findings = check(changed(good, lambda opened: _wider(opened, width)), publication)
    assert [(finding.code, finding.where) for finding in findings] == [("pdf-004", "page 2")]


def _wider(opened: pikepdf.Pdf, width: float) -> None:
    opened.pages[1].mediabox = pikepdf.Array([0, 0, width, 210 * 72 / 25.4])


def test_a_section_that_the_outline_lacks_is_found(good: bytes, publication: Publication) -> None:
    def shortened(opened: pikepdf.Pdf) -> None:
        with opened.open_outline() as outline:
            outline.root[0].children.clear() if outline.root[0].children else outline.root.pop()

    findings = check(changed(good, shortened), publication)
    assert {finding.code for finding in findings} == {"pdf-005"}


def test_a_script_is_found(good: bytes, publication: Publication) -> None:
    def scripted(opened: pikepdf.Pdf) -> None:
        opened.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")

    assert codes(changed(good, scripted), publication) == {"pdf-006"}


def test_an_attachment_is_found(good: bytes, publication: Publication) -> None:
    def attached(opened: pikepdf.Pdf) -> None:
        opened.attachments["a.txt"] = pikepdf.AttachedFileSpec(
            opened,
            b"words",
            description="",
            filename="a.txt",
            mime_type="text/plain",
            creation_date="",
            mod_date="",
        )

    assert "pdf-006" in codes(changed(good, attached), publication)


@pytest.mark.parametrize("pack", [False, True])
def test_a_program_to_start_is_found_even_where_objects_are_packed(
    good: bytes, publication: Publication, pack: bool
) -> None:
    """In an object stream the name is compressed, and no search of the file's bytes finds it."""
    with pikepdf.open(io.BytesIO(good)) as opened:
        opened.Root.OpenAction = opened.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Launch, F="x.exe"))
        out = io.BytesIO()
        mode = pikepdf.ObjectStreamMode.generate if pack else pikepdf.ObjectStreamMode.disable
        opened.save(out, object_stream_mode=mode)
    assert "pdf-006" in codes(out.getvalue(), publication)
