"""pipeline.press and pipeline.settings: what press.toml and sidecars may say, and where messages point."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import press
from pipeline.errors import ConfigError
from pipeline.press import Correction, Edition, SidecarCreator, SidecarDate
from tests.workshop import ROOT

PRESS = Path("press.toml")
SIDECAR = Path("a.toml")


def test_our_own_press_toml_says_what_the_defaults_say() -> None:
    own = press.load(ROOT / "press.toml")
    assert own.editions == press.EDITIONS
    assert own.name


def test_everything_that_press_toml_can_say() -> None:
    own = press.press(
        b'[press]\nname = "P"\nimprint = "I"\ncontact = "C"\naddress = "https://p.example"\nlanguage = "pt-BR"\n'
        b'[editions.zine]\nkind = "booklet"\nsheet = "letter"\n',
        PRESS,
    )
    assert (own.name, own.imprint, own.contact) == ("P", "I", "C")
    assert (own.address, own.language) == ("https://p.example", "pt-BR")
    assert own.editions == (Edition("zine", "booklet", "letter"),)


def test_no_editions_means_all() -> None:
    assert press.press(b'[press]\nname = "P"\n', PRESS).editions == press.EDITIONS


def test_everything_that_a_sidecar_can_say() -> None:
    own = press.sidecar(
        b"title = 'T'\nlanguage = 'fr'\nsubjects = ['a', 'b']\n"
        b"dates = [{value = 2019-03-21, meaning = 'written'}, {value = 2019}, {value = '2019-04'}]\n"
        b"[[creators]]\nname = 'A B'\n[[creators]]\nname = 'C'\nrole = 'trl'\nkind = 'organisation'\n"
        b"[[corrections]]\nfind = 'teh'\nreplace = 'the'\nreason = 'a slip'\n",
        SIDECAR,
    )
    assert own.dates == (SidecarDate("2019-03-21", "written"), SidecarDate("2019"), SidecarDate("2019-04"))
    assert own.creators == (SidecarCreator("A B"), SidecarCreator("C", role="trl", kind="organisation"))
    assert own.corrections == (Correction("teh", "the", "a slip"),)
    assert own.description is None


@pytest.mark.parametrize(
    ("text", "line", "says", "advises"),
    [
        ("[press]\nname = \n", 2, "not TOML", 'key = "value"'),
        ('[press]\nname = "P"\nname = "Q"\n', 3, "not TOML", ""),
        ('[press]\nname = "P', 0, "at the end: this is not TOML", ""),
        ("[press]\n\nname = 3\n", 3, '"name" must be text in quotes, not a whole number', ""),
        ('[press]\nname = "P"\nlangauge = "en"\n', 3, '"langauge" is not known here', "language"),
        ('[press]\nimprint = "I"\n', 1, '"name" is missing', "name ="),
        ("", 0, '"name" is missing', ""),
        ('[press]\nname = " "\n', 2, '"name" is empty', ""),
        ('press = "P"\n', 1, '"press" must be a table', ""),
        ('name = "P"\n', 1, '"name" is not known here', "[press]"),
        ('[press]\nname = "P"\nlanguage = "english please"\n', 3, "is not a language", "pt-BR"),
        ('[press]\nname = "P"\naddress = "javascript:x"\n', 3, "is not an address on the web", "https://"),
        ('[press]\nname = "P\\u0007"\n', 2, "U+0007 cannot be printed", ""),
        ('[press]\nname = "P"\nimprint = """\nx = 1\n"""\ncontact = 1\n', 6, '"contact" must be', ""),
        (
            '[press]\nname = "P"\n# x\n[editions.a]\nkind = "pamflet"\n',
            5,
            '"kind" cannot be "pamflet"',
            "pamphlet",
        ),
        ('[press]\nname = "P"\n[editions.a]\nsheet = "a4"\n', 3, '"kind" is missing', ""),
        (
            '[press]\nname = "P"\n[editions.a]\nkind = "epub"\nname = "b"\n',
            5,
            '"name" is not known',
            "kind, sheet",
        ),
        ('[press]\nname = "P"\n[editions."A b"]\nkind = "epub"\n', 3, 'called "A b"', "small letters"),
        ('[press]\nname = "P"\neditions = 1\n', 3, "does not belong under [press]", "[editions.<name>]"),
        ('editions = 1\n[press]\nname = "P"\n', 1, '"editions" must be tables', ""),
        (
            '[press]\nname = "P"\n[editions.a]\nkind = "epub"\n[editions.b]\nkind = "epub"\n',
            5,
            "the same file",
            "delete",
        ),
    ],
)
def test_press_toml_refused(text: str, line: int, says: str, advises: str) -> None:
    with pytest.raises(ConfigError) as refused:
        press.press(text.encode(), PRESS)
    _sentence(str(refused.value), f"press.toml, line {line}" if line else "press.toml", says)
    assert advises in refused.value.hint


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("title = 3\n", 1, '"title" must be text in quotes'),
        ("\ntitel = 'T'\n", 2, '"titel" is not known here'),
        ("title = ''\n", 1, '"title" is empty'),
        ("subjects = 'one'\n", 1, '"subjects" must be a list in [ ], not text in quotes'),
        ("rights = 'mine'\n", 1, '"rights" must be a table'),
        ("[rights]\nlicence = 'x'\n", 1, '"statement" is missing'),
        (
            "[[creators]]\nname = 'A'\n\n[[creators]]\nname = 'B'\nkind = 'ghost'\n",
            6,
            '"kind" cannot be "ghost"',
        ),
        ("[[creators]]\nname = 'A'\n[[creators]]\nrole = 'aut'\n", 3, '"name" is missing'),
        ("[[creators]]\nname = 'A'\nrole = 'author'\n", 3, '"author" is not a role'),
        ("[[dates]]\nvalue = '21 March'\n", 2, "is not a date"),
        ("[[dates]]\nvalue = '2019-02-30'\n", 2, "is not a date"),
        ("dates = [\n  {value = '2019', meaning = 'found'},\n]\n", 1, '"meaning" cannot be "found"'),
        ("[[corrections]]\nfind = ''\nreplace = 'x'\nreason = 'y'\n", 2, '"find" is empty'),
        ("[[corrections]]\nfind = 'a'\nreplace = 'x'\n", 1, '"reason" is missing'),
        ("corrections = ['x']\n", 1, "must be a table"),
        ("address = 'ftp://x'\n", 1, "is not an address"),
    ],
)
def test_sidecar_refused(text: str, line: int, says: str) -> None:
    with pytest.raises(ConfigError) as refused:
        press.sidecar(text.encode(), SIDECAR)
    _sentence(str(refused.value), f"a.toml, line {line}: ", says)


def test_toml_that_is_not_utf8() -> None:
    with pytest.raises(ConfigError, match=r"^press\.toml, line 2: this is not valid UTF-8$"):
        press.press(b'[press]\nname = "\xe9"\n', PRESS)


def test_where_press_toml_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds, here = tmp_path / "there" / "seeds", tmp_path / "here"
    seeds.mkdir(parents=True)
    here.mkdir()
    monkeypatch.chdir(here)

    own, notes = press.find(seeds, None)
    assert own == press.DEFAULT
    assert [note.severity for note in notes] == ["note"]

    (here / "press.toml").write_text('[press]\nname = "here"\n')
    assert press.find(seeds, None)[0].name == "here"
    (tmp_path / "there" / "press.toml").write_text('[press]\nname = "there"\n')
    assert press.find(seeds, None)[0].name == "there"
    (tmp_path / "chosen.toml").write_text('[press]\nname = "chosen"\n')
    assert press.find(seeds, tmp_path / "chosen.toml") == (press.Press("chosen"), ())
    with pytest.raises(ConfigError, match="there is no such file"):
        press.find(seeds, tmp_path / "none.toml")


def _sentence(message: str, begins: str, says: str) -> None:
    assert message.startswith(begins)
    assert says in message
    assert "\n" not in message
