"""pipeline.sources: what counts as a text, and one clear sentence for everything that does not."""

from __future__ import annotations

import codecs
import hashlib
import os
from pathlib import Path

import pytest

from pipeline import formats, press, sources
from pipeline.errors import ConfigError, SourceError
from pipeline.press import Sidecar
from pipeline.readers import read


def test_a_text_with_its_sidecar(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"words\n")
    (tmp_path / "a.toml").write_bytes(b'title = "A"\n')
    source = sources.load(tmp_path / "a.txt")
    assert source == sources.Source(
        name="a.txt",
        stem="a",
        data=b"words\n",
        media_type="text/plain",
        sha256=hashlib.sha256(b"words\n").hexdigest(),
        sidecar=Sidecar(title="A"),
        sidecar_sha256=hashlib.sha256(b'title = "A"\n').hexdigest(),
    )


def test_what_is_found_in_a_folder(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "a.toml", ".hidden.txt", ".DS_Store", "c.xyz"):
        (tmp_path / name).write_text("x")
    assert [path.name for path in sources.find(tmp_path)] == ["a.txt", "b.md", "c.xyz"]


@pytest.mark.parametrize("suffix", ["txt", "md", "markdown", "text", "TXT"])
def test_known_endings(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a.{suffix}").write_text("x")
    expected = formats.MARKDOWN if suffix.startswith("m") else formats.PLAIN
    assert sources.load(tmp_path / f"a.{suffix}").media_type == expected


def test_a_byte_order_mark_is_accepted_and_kept(tmp_path: Path) -> None:
    data = codecs.BOM_UTF8 + b"words"
    (tmp_path / "a.txt").write_bytes(data)
    assert sources.load(tmp_path / "a.txt").data == data


BAD: tuple[tuple[str, bytes, str], ...] = (
    ("empty.txt", b"", "this is empty"),
    ("blank.txt", b" \n\t\r\n\xc2\xa0\n", "this is empty"),
    ("mark.txt", codecs.BOM_UTF8, "this is empty"),
    ("archive.txt", b"PK\x03\x04rest", "this is a zip archive"),
    ("sheet.docx", b"PK\x03\x04....xl/workbook.xml", "this is an Excel workbook"),
    ("old.doc", b"\xd0\xcf\x11\xe0rest", "this is an old Word or Office file"),
    ("locked.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
    ("picture.md", b"\x89PNG\r\n", "this is a picture"),
    ("bomb.xml", b'<?xml version="1.0"?>\n<!DOCTYPE bomb [\n', "this is XML, but no web page"),
    ("packed.txt", b"\x1f\x8b\x08", "this is a compressed file"),
)
"""What is refused when it is found."""

UNREADABLE: tuple[tuple[str, bytes, str], ...] = (
    ("cut.txt", "fine\né".encode()[:-1], "cut.txt, line 2: the byte 0xc3 is not valid UTF-8"),
    ("surrogate.txt", b"\xed\xa0\x80", "surrogate.txt, line 1: the byte 0xed is not valid UTF-8"),
    ("nul.txt", b"one\ntwo\0\n", "nul.txt, line 2: there is a NUL byte"),
)
"""What is refused when it is read: decoding every text in every run would be dear."""


@pytest.mark.parametrize(("name", "data", "says"), BAD, ids=[name for name, _, _ in BAD])
def test_bad_texts(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError) as refused:
        sources.load(tmp_path / name)
    assert str(refused.value).startswith(str(tmp_path / name))
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.hint


@pytest.mark.parametrize(("name", "data", "says"), UNREADABLE, ids=[name for name, _, _ in UNREADABLE])
def test_texts_that_cannot_be_read(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(data)
    source = sources.load(tmp_path / name)
    with pytest.raises(SourceError) as refused:
        read(source, press.DEFAULT)
    assert str(refused.value).startswith(says)
    assert "\n" not in str(refused.value)
    assert refused.value.hint


@pytest.mark.parametrize(
    ("name", "data", "media_type", "noted"),
    [
        ("a.txt", b"<!DOCTYPE html><p>words", formats.HTML, True),
        ("a.html", b"<!DOCTYPE html><p>words", formats.HTML, False),
        ("a.html", b"Words.\n", formats.PLAIN, True),
        ("README", b"Words.\n", formats.PLAIN, True),
        ("a.text", b"Words.\n", formats.PLAIN, False),
        ("a.txt", b"# Words\n\n[more](b.html)\n", formats.MARKDOWN, False),
        ("a.md", b"{\\rtf1 words}", formats.RTF, True),
    ],
)
def test_content_wins_over_the_name_and_says_so(
    tmp_path: Path, name: str, data: bytes, media_type: str, noted: bool
) -> None:
    (tmp_path / name).write_bytes(data)
    source = sources.load(tmp_path / name)
    assert source.media_type == media_type
    found = sources.misnamed([source])
    assert [(each.code, each.severity, each.where) for each in found] == (
        [("source-003", "note", name)] if noted else []
    )
    assert all(formats.KINDS[media_type] in each.message for each in found)


def test_things_that_are_not_plain_files(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (tmp_path / "secret.txt").write_text("words")
    (seeds / "out.txt").symlink_to(tmp_path / "secret.txt")
    (seeds / "up.txt").symlink_to("../secret.txt")
    (seeds / "lost.txt").symlink_to("nowhere.txt")
    (seeds / "loop.txt").symlink_to("loop.txt")
    (seeds / "folder.txt").mkdir()
    os.mkfifo(seeds / "pipe.txt")
    for name, says in {
        "out.txt": "leads outside the folder",
        "up.txt": "leads outside the folder",
        "lost.txt": "there is no such file",
        "loop.txt": "cannot be read",
        "folder.txt": "this is a folder, not a text",
        "pipe.txt": "this is not a plain file",
        "none.txt": "there is no such file",
    }.items():
        with pytest.raises(SourceError, match=says):
            sources.load(seeds / name)


def test_a_link_within_the_folder_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "b.txt").symlink_to("a.txt")
    assert sources.load(tmp_path / "b.txt").data == b"words"


def test_a_sidecar_that_leads_outside_is_not_read(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (tmp_path / "secret.toml").write_text('title = "secret"')
    (seeds / "a.txt").write_text("words")
    (seeds / "a.toml").symlink_to(tmp_path / "secret.toml")
    with pytest.raises(SourceError, match=r"a\.toml: this is a link that leads outside"):
        sources.load(seeds / "a.txt")


def test_a_bad_sidecar(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "a.toml").write_text("title = \n")
    with pytest.raises(ConfigError, match=r"a\.toml, line 1"):
        sources.load(tmp_path / "a.txt")


def test_what_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text("words")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SourceError, match=r"cannot be read \(Permission denied\)"):
        sources.load(tmp_path / "a.txt")


@pytest.mark.parametrize("limit", ["LARGEST", "LARGEST_TEXT"])
def test_what_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    monkeypatch.setattr(sources, limit, 3)
    (tmp_path / "a.txt").write_text("words")
    with pytest.raises(SourceError, match="too large"):
        sources.load(tmp_path / "a.txt")


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such folder"):
        sources.find(tmp_path / "none")
    (tmp_path / "file").write_text("x")
    with pytest.raises(SourceError, match="this is not a folder"):
        sources.find(tmp_path / "file")


def test_a_sidecar_without_a_text_is_a_warning(tmp_path: Path) -> None:
    for name in ("a.txt", "a.toml", "b.toml"):
        (tmp_path / name).write_text("x")
    assert [(f.code, f.severity, f.where) for f in sources.orphans(tmp_path)] == [
        ("source-001", "warning", "b.toml")
    ]


def test_the_same_text_twice_is_a_note(tmp_path: Path) -> None:
    for name, text in (("a.txt", "x"), ("b.txt", "y"), ("c.md", "x")):
        (tmp_path / name).write_text(text)
    found = sources.twins(map(sources.load, sources.find(tmp_path)))
    assert [(f.severity, f.where) for f in found] == [("note", "c.md")]
    assert "a.txt" in found[0].message
