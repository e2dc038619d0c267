"""A body as lines → its labelled lines ("First Published: …", "HTML Markup: …", "From: …") and what they tell.

marxists.org, the Anarchist Library, libcom and e-mail all head or close a text with such lines. One label
proves nothing ("Source: bread" may be the author's); several together do, or one that only an archive uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.model import Creator, Date, DateMeaning, Rights
from pipeline.normalise import dates, makers, names
from pipeline.normalise.regions import Region
from pipeline.normalise.telling import Telling, both, date

_NEAR = 15
"""Such lines stand among the first or last so many blocks."""
_DATED: dict[str, DateMeaning] = {
    "written": "written", "delivered": "written", "spoken": "written", "speech delivered": "written",
    "first published": "published", "published": "published", "originally published": "published",
    "first printed": "published", "revised": "revised", "écrit": "written", "rédaction": "written",
    "première publication": "published", "geschrieben": "written", "erstveröffentlichung": "published",
    "escrito": "written", "primera publicación": "published", "primera edición": "published",
    "scritto": "written", "prima pubblicazione": "published", "primeira edição": "published",
    "написано": "written", "впервые опубликовано": "published", "geschreven": "written",
    "eerste publicatie": "published",
}  # fmt: skip
_SOURCES = (
    "source", "sources", "text", "text from", "publisher", "online version", "online source", "internet edition", "edition",
    "source of the text", "quelle", "fuente", "fonte", "источник", "bron", "origine", "print source", "first published in english",
)  # fmt: skip
_MADE = (
    "translated", "translator", "translation", "translated by", "edited", "editor", "editing", "transcribed", "transcribed by",
    "transcription", "transcriber", "transcription/markup", "transcription/html markup", "transcribed/html markup", "html",
    "html markup", "html-markup", "markup", "mark up", "mark-up", "proofread", "proofreading", "proofed", "proofed and corrected",
    "corrected", "checked", "converted to html", "digitized by", "digitised by", "scanned", "numérisation", "transkription",
    "html-markierung", "transcripción", "marcado html", "digitalización", "trascrizione", "conversione html", "transcrição",
    "html por", "traducción", "traduction", "übersetzung", "traduzione", "tradução", "перевод", "transcriptie", "vertaling",
)  # fmt: skip
_RIGHTS = (
    "copyleft",
    "copyright",
    "public domain",
    "license",
    "licence",
    "rights",
    "permission",
    "derechos",
    "droits",
    "copyright/copyleft",
)
_MAIL = (
    "from", "to", "subject", "date", "newsgroups", "organization", "message-id", "path", "lines", "cc", "reply-to", "sender",
    "references", "x-mailer", "approved", "distribution", "followup-to", "keywords", "summary", "return-path", "received",
    "mime-version", "content-type", "status", "in-reply-to", "x-url", "article-i.d.", "posted-date",
)  # fmt: skip


def _pattern(labels: Sequence[str]) -> re.Pattern[str]:
    table = "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in sorted(labels, key=len, reverse=True))
    return re.compile(rf"(?:^|(?<=\s)|(?<=[.;)]))(?P<label>{table})\s?:(?=\s|$)\s*", re.IGNORECASE)


_ALL = _pattern((*_DATED, *_SOURCES, *_MADE, *_RIGHTS))
_HEADER = _pattern(_MAIL)
_ARCHIVE = re.compile(
    r"(?:transcribed|html\s+mark-?up|digiti[sz]ed|scanned|typed)\s+(?:and\s+\w+\s+)?by\s+\S|html\s+mark-?up\s*:|"
    r"(?:transcription|transcribed|online\s+version)\s*(?:/\s*(?:html\s+)?mark-?up)?\s*:|"
    r"(?:retrieved|accessed|copied)\s+(?:on|from)\s+.*\d{4}|the\s+anarchist\s+library|theanarchistlibrary\.org|anti-?copyright|"
    r"(?:submitted|posted|uploaded)\s+by\s+.{1,60}\s+on\s+\w.*\d{4}|marxists\.org|mia\.org|marxists'?\s+internet\s+archive",
    re.IGNORECASE,
)
_SUBMITTED = re.compile(r"(?:submitted|posted|uploaded)\s+by\s+", re.IGNORECASE)
_RETRIEVED = re.compile(r"(?:retrieved|accessed|copied)\s+(?:on|from)\s", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>()\"“”]+|\b[\w-]+\.(?:org|net|com|info)(?:/[^\s<>()\"“”]*)?(?=[\s.,;)]|$)"
)
_PLACES = (
    (re.compile(r"anarchist\s*library", re.IGNORECASE), "The Anarchist Library"),
    (
        re.compile(r"marxists\.org|marxists'?\s+internet\s+archive", re.IGNORECASE),
        "Marxists Internet Archive",
    ),
    (re.compile(r"libcom", re.IGNORECASE), "libcom.org"),
)
_LEAST_LABELS = 2
_LEAST_MAIL = 3
_MOST_WORDS = 60
_MOST_WORDS_BETWEEN = 12
_NAME_IN_MAIL = re.compile(
    r"\"?(?P<name>[^<>\"(@]*[^<>\"(@\s])\"?\s*<[^<>]*>|\S+@\S+\s+\((?P<after>[^()]+)\)"
)


def regions(texts: Sequence[str]) -> tuple[Region, ...]:
    """Rows of labelled lines near either end; those that tell of the source are kept for the colophon."""
    out: list[Region] = []
    mail = _mail(texts)
    if mail:
        out.append(mail)
    at = mail.end if mail else 0
    while at < len(texts):
        if not (at < _NEAR or at >= len(texts) - _NEAR) or not _labelled(texts[at]):
            at += 1
            continue
        end = at + 1
        while end < len(texts) and _labelled(texts[end]):
            end += 1
        row = texts[at:end]
        labels = sum(len(_ALL.findall(text)) for text in row)
        if labels >= _LEAST_LABELS or any(_ARCHIVE.search(text) for text in row):
            submitted = all(_SUBMITTED.match(text) for text in row)
            why = "who put the text up" if submitted else "an archive's lines on where the text comes from"
            out.append(Region(at, end, why, _told(row), kept=not submitted))
        at = end
    return tuple(_closed(out, texts))


def _closed(rows: list[Region], texts: Sequence[str]) -> list[Region]:
    """Two rows near the end with brief lines between them are one: author, title and year, told again."""
    out: list[Region] = []
    for row in rows:
        before = out[-1] if out else None
        if (
            before
            and before.kept
            and row.kept
            and before.start >= len(texts) - _NEAR
            and before.start > 0
            and all(len(text.split()) <= _MOST_WORDS_BETWEEN for text in texts[before.end : row.start])
        ):
            out[-1] = Region(before.start, row.end, before.why, both(before.told, row.told), kept=True)
        else:
            out.append(row)
    return out


def _labelled(text: str) -> bool:
    if len(text.split()) > _MOST_WORDS and len(_ALL.findall(text)) < _LEAST_LABELS:
        return False
    found = _ALL.match(text)
    archive = _ARCHIVE.match(text)
    return found is not None or (archive is not None and len(text.split()) <= _MOST_WORDS // 2)


def _mail(texts: Sequence[str]) -> Region | None:
    """The header of a letter by wire: three labels or more before anything else."""
    end = 0
    while end < min(len(texts), _NEAR) and _HEADER.match(texts[end]):
        end += 1
    fields = dict(_fields("\n".join(texts[:end]), _HEADER))
    if len(fields) < _LEAST_MAIL or not ("from" in fields and ("subject" in fields or "date" in fields)):
        return None
    sender = _NAME_IN_MAIL.search(fields["from"])
    name = (sender["name"] or sender["after"] or "") if sender else ""
    sent = dates.find(fields.get("date", ""))
    told = Telling(
        title=re.sub(r"^(?:re|fwd?|aw|wg)\s*:\s*", "", fields.get("subject", ""), flags=re.IGNORECASE),
        creators=tuple(names.creator(each, "aut", {}) for each in names.named(name)),
        dates=tuple(date(day.value, "posted") for day in sent[:1]),
    )
    return Region(0, end, "the header of a letter by wire", told)


def _fields(text: str, labels: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    found = list(labels.finditer(text))
    for match, end in zip(found, [*(each.start() for each in found[1:]), len(text)], strict=False):
        label = " ".join(match["label"].lower().split())
        yield label, " ".join(text[match.end() : end].split())


def _told(row: Sequence[str]) -> Telling:
    told = Telling()
    for text in row:
        told = both(told, _archive(text))
        for label, value in _fields(text, _ALL):
            told = both(told, _field(label, value))
    return told


def _field(label: str, value: str) -> Telling:
    if label in _DATED:
        found = dates.find(value)
        days: tuple[Date, ...] = tuple(date(day.value, _DATED[label]) for day in found[:1])
        year = re.match(r"(?:in\s+)?(1[4-9]\d\d|20\d\d)\b(?![-–/])", value)
        if not days and year:
            days = (date(year[1], _DATED[label]),)
        return Telling(dates=days)
    if label in _MADE:
        return Telling(creators=_makers(label, value))
    if label in _RIGHTS:
        return (
            Telling(rights=Rights(f"{label.capitalize()}: {value}", _licence(value))) if value else Telling()
        )
    return Telling()


def _makers(label: str, value: str) -> tuple[Creator, ...]:
    value = re.split(r"\s+\(|\s+for\s+|(?<=\w\w)\.\s|\s+in\s+\d", value)[0].strip(" .")
    value = re.sub(r"^(?:by|par|von|por|da|di)\s+", "", value, flags=re.IGNORECASE)
    role = makers.opens(f"{label}:") or makers.opens(f"{label} by")
    if not role:
        role = "pfr" if re.match(r"proof|correct|check", label) else "trc"
    return tuple(names.creator(name, role, {}) for name in names.named(value)) if value else ()


def _archive(text: str) -> Telling:
    place = next((name for pattern, name in _PLACES if pattern.search(text)), "")
    day = dates.find(text)
    if _SUBMITTED.match(text):
        return Telling(dates=tuple(date(each.value, "posted") for each in day[:1]), place=place)
    if _RETRIEVED.search(text):
        found = _ADDRESS.search(text)
        address = found.group().rstrip(".,;") if found else ""
        return Telling(
            address=address if "://" in address or not address else f"http://{address}", place=place
        )
    if re.match(r"anti-?copyright\W*$", text, re.IGNORECASE):
        return Telling(rights=Rights(text.strip()), place=place)
    return (
        both(Telling(creators=makers.read(text, {})), Telling(place=place))
        if _ARCHIVE.match(text)
        else Telling(place=place)
    )


def _licence(value: str) -> str:
    found = re.search(r"https?://(?:www\.)?(?:creativecommons\.org|gnu\.org)/[^\s<>()]+", value)
    return found.group().rstrip(".,;") if found else ""
