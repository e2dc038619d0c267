"""An RTF file → what pandoc is to read of it, with the look of every paragraph and all pictures.

The file is written anew: letters as Unicode, and only the control words that make paragraphs, lists, tables,
notes, links and emphasis. Paragraphs with words count from 1, those of a note where it is called.
"""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from pipeline.errors import SourceError
from pipeline.model import Change, Place
from pipeline.readers import markers
from pipeline.readers.looks import Look, Where
from pipeline.readers.opened import Opened, Properties, Shown, agreed, names_said, title_said
from pipeline.readers.richtext_tokens import Token, tokens

DEEPEST = 1000
"""Groups inside one another. Word writes about ten."""

_KEPT = frozenset(
    "pard par plain b i ul ulnone ulw uld super sub nosupersub scaps strike line tab cell row trowd cellx "
    "intbl ls ilvl footnote chftn field fldrslt list listtable listlevel listid listoverride listoverridetable "
    "levelnfc levelnfcn levelstartat nestcell nestrow itap".split()
)
_SKIPPED = frozenset(
    "fonttbl colortbl header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc ftncn aftnsep "
    "aftnsepc aftncn xe tc tcn rxe txe nonshppict listtext leveltext levelnumbers listname listtext objdata objclass "
    "atnid atnauthor atntime atnicn atnref atndate atnparent private template filetbl revtbl rsidtbl themedata "
    "colorschememapping datastore latentstyles generator bkmkstart bkmkend pgdsctbl xmlnstbl stylesheet mmathPr "
    "panose falt fname sn sv shpinst do pnseclvl wgrffmtfilter passwordhash userprops docvar factoidname "
    "blipuid picprop title subject author manager company operator category keywords comment doccomm hlinkbase".split()
)
_STARRED = frozenset("shppict fldinst annotation listtable listoverridetable footnote shptxt".split())
_INFO = {"title", "author", "creatim", "revtim", "subject"}
_SILENT = {"TOC", "INDEX", "PAGE", "NUMPAGES", "PAGEREF", "XE", "TC", "SECTIONPAGES"}
_TWIPS = 20


class _Paragraph(msgspec.Struct):
    """A paragraph being read. Mutable."""

    where: Where
    number: int = 0
    text: str = ""
    sizes: dict[float, int] = {}
    bold: bool = True


class _Group(msgspec.Struct):
    """What holds inside a group. Mutable, and copied for each group inside."""

    destination: str = "body"
    size: float = 12.0
    bold: bool = False
    unseen: bool = False
    field: str = ""
    shown: bool = False
    starred: bool = False
    fresh: bool = False


class _Writer:
    """Reads tokens and writes them anew. Mutable."""

    def __init__(self) -> None:
        self.out: list[str] = ["{\\rtf1\\ansi "]
        self.looks: list[Look] = []
        self.shown: list[Shown] = []
        self.changes: list[Change] = []
        self.info: dict[str, str] = {}
        self.instead: dict[str, str] = {}
        self.paragraphs = [_Paragraph("body")]
        self.groups = [_Group(shown=True)]
        self.number = 0
        self.said = ""
        self.centred = self.listed = self.cell = False
        self.level, self.indent, self.page = 0, 0.0, False

    def escaped(self, text: str) -> str:
        """Text as RTF; what does not fit into 16 bits is another letter until pandoc has read it."""
        out = []
        for letter in text:
            if letter in "\\{}":
                out.append("\\" + letter)
            elif " " <= letter <= "~":
                out.append(letter)
            else:
                if ord(letter) > 0xFFFF:
                    letter = self.instead.setdefault(letter, chr(0xE000 + len(self.instead)))  # noqa: PLW2901
                code = ord(letter)
                # The form of what old readers show instead matters: pandoc 3.9 takes a letter too many after "?".
                out.append(f"\\u{code - 0x10000 if code > 0x7FFF else code}\\'3f")
        return "".join(out)

    def write(self, text: str) -> None:
        for group in self.groups:
            if not group.shown:
                group.shown = True
                self.out.append("{")
        self.out.append(text)

    def opened(self) -> None:
        top = self.groups[-1]
        self.groups.append(msgspec.structs.replace(top, shown=False, starred=False, fresh=True, field=""))

    def closed(self) -> None:
        if len(self.groups) == 1:
            return
        group, above = self.groups[-1], self.groups[-2]
        if group.destination == "fldinst" and above.destination != "fldinst":
            above.field = (self.said.split() or [""])[0].upper()
            if above.field == "HYPERLINK":
                self.groups[-1].shown = True
                self.out.append("{\\*\\fldinst " + self.escaped(self.said) + "}")
                group.shown = False
            self.said = ""
        elif group.destination == "annotation" and above.destination != "annotation":
            if self.said.strip():
                why = "a comment is no part of the text"
                place = Place(self.number, self.number)
                self.changes.append(Change("comments", place, " ".join(self.said.split()), "", why))
            self.said = ""
        elif group.destination in _INFO and above.destination != group.destination:
            self.info[group.destination] = self.said.strip()
            self.said = ""
        elif group.destination == "pict" and above.destination != "pict":
            self.picture()
        elif group.destination == "footnote" and above.destination != "footnote":
            self.ended()
            self.paragraphs.pop()
        self.groups.pop()
        if group.shown:
            self.out.append("}")

    def picture(self) -> None:
        digits = re.sub(r"[^0-9A-Fa-f]", "", self.said)
        self.said = ""
        self.shown.append(Shown("picture", bytes.fromhex(digits[: len(digits) // 2 * 2])))
        self.groups[-1].destination = "body"
        self.letters(markers.picture(len(self.shown)))

    def word(self, word: str, number: int | None) -> None:
        group = self.groups[-1]
        if word == "*":
            group.starred = True
            return
        first, group.fresh = group.fresh, False
        if (first or group.starred) and self.destination(word, group):
            return
        if group.destination in _INFO and word in ("yr", "mo", "dy"):
            self.said += f"{number:04}" if word == "yr" else f"-{number:02}"
            return
        if group.destination not in ("body", "footnote"):
            return
        self.looked(word, number, group)
        if word in ("par", "cell", "sect", "row", "nestcell"):
            self.ended()
        if word in _KEPT and not group.unseen:
            self.write(f"\\{word}{'' if number is None else number} ")

    def destination(self, word: str, group: _Group) -> bool:
        """Whether the word says that what follows goes elsewhere."""
        if group.destination in ("skip", *_INFO) and word not in _INFO:
            return False
        if word == "footnote":
            group.destination = "footnote"
            self.start()
            self.write("\\footnote ")
            self.paragraphs.append(_Paragraph("note"))
        elif word in ("fldinst", "annotation", "pict", *_INFO) and group.destination != "pict":
            group.destination = word
            self.said = ""
        elif (
            (word == "fldrslt" and self.groups[-2].field in _SILENT)
            or word in _SKIPPED
            or (group.starred and word not in _STARRED)
        ):
            group.destination = "skip"
        else:
            group.starred = False
            return False
        group.starred = False
        return word not in ("listtable", "listoverridetable")

    def looked(self, word: str, number: int | None, group: _Group) -> None:
        """What a word says of how the text after it looks."""
        on = number != 0
        match word:
            case "fs" if number:
                group.size = number / 2
            case "b":
                group.bold = on
            case "v" | "deleted":
                group.unseen = on
            case "plain":
                group.size, group.bold, group.unseen = 12.0, False, False
            case "pard":
                self.centred = self.listed = self.cell = False
                self.level, self.indent = 0, 0.0
            case "qc":
                self.centred = True
            case "ls":
                self.listed = True
            case "intbl":
                self.cell = True
            case "li":
                self.indent = (number or 0) / _TWIPS
            case "outlinelevel" if number is not None and number < 9:
                self.level = number + 1
            case "page" | "sect" | "pagebb":
                self.page = True
            case "tab" | "line":
                self.paragraphs[-1].text += "\t" if word == "tab" else "\n"
            case _:
                pass

    def letters(self, text: str) -> None:
        group = self.groups[-1]
        group.fresh = False
        if group.destination in ("fldinst", "annotation", "pict", *_INFO):
            self.said += text
        elif group.destination in ("body", "footnote"):
            if group.unseen:
                why = "words that were deleted, or are hidden"
                self.changes.append(Change("hidden-text", Place(self.number, self.number), text, "", why))
                return
            paragraph = self.paragraphs[-1]
            if text.strip():
                self.start()
                sizes = dict(paragraph.sizes)
                sizes[group.size] = sizes.get(group.size, 0) + len(text)
                paragraph.sizes = sizes
                paragraph.bold = paragraph.bold and group.bold
            paragraph.text += text
            self.write(self.escaped(text))

    def start(self) -> None:
        """The marker, before the first words of a paragraph."""
        paragraph = self.paragraphs[-1]
        if not paragraph.number:
            self.number += 1
            paragraph.number = self.number
            self.write(self.escaped(markers.paragraph(self.number)))

    def ended(self) -> None:
        paragraph = self.paragraphs[-1]
        if paragraph.number:
            note = paragraph.where == "note"
            self.looks.append(
                Look(
                    number=paragraph.number,
                    text=markers.bare(paragraph.text),
                    where="note" if note else "cell" if self.cell else "body",
                    level=0 if note or self.listed else self.level,
                    size=Counter(paragraph.sizes).most_common(1)[0][0] if paragraph.sizes else 12.0,
                    bold=paragraph.bold,
                    centred=self.centred,
                    indent=self.indent,
                    listed=self.listed,
                    fresh=self.page and not note,
                )
            )
            self.page = self.page and note
        self.paragraphs[-1] = _Paragraph(paragraph.where)


def opened(data: bytes, name: str) -> Opened:
    """Everything that is to be known of a document. Raises SourceError if it is no RTF, or cut short."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise SourceError(f"{name}: this is no RTF file", "save it again as .rtf or .docx")
    writer = _Writer()
    depth = 0
    for token in tokens(data):
        depth = _taken(writer, token, depth)
        if depth > DEEPEST:
            raise SourceError(
                f"{name}: this RTF file has more than {DEEPEST} groups in one another", "save it again"
            )
    if depth:
        raise SourceError(f"{name}: this RTF file is cut short", "copy it again from where it came from")
    writer.ended()
    text = "".join(writer.out) + "}"
    properties = Properties(
        title=title_said(writer.info.get("title")),
        creators=names_said(writer.info.get("author")),
        date=agreed(writer.info.get("creatim"), writer.info.get("revtim")),
    )
    back = {new: old for old, new in writer.instead.items()}
    looks = tuple(sorted(writer.looks, key=lambda look: look.number))
    return Opened(text.encode("ascii"), looks, tuple(writer.shown), tuple(writer.changes), properties, back)


def _taken(writer: _Writer, token: Token, depth: int) -> int:
    match token.kind:
        case "open":
            writer.opened()
            return depth + 1
        case "close":
            writer.closed()
            return depth - 1
        case "word":
            writer.word(token.value, token.number)
        case "text":
            writer.letters(token.value)
    return depth
