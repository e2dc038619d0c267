"""A line before the text → what it is on a title page: a name, a date, an imprint, a price, a permission …

Told by words that title pages have used in all our languages; what none of them knows is a line of the title.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from pipeline.model import Place
from pipeline.normalise import dates, makers, names

Kind = Literal[
    "title", "by", "credit", "person", "date", "imprint", "price", "contact", "edition", "series", "permission",
    "thanks", "bracket", "head", "text",
]  # fmt: skip


class Line(msgspec.Struct, frozen=True):
    """A line of the page, the number of its block in the body, and what it is."""

    text: str
    block: int
    kind: Kind
    place: Place


STRONG: frozenset[Kind] = frozenset(
    {
        "by",
        "credit",
        "person",
        "date",
        "imprint",
        "price",
        "contact",
        "edition",
        "permission",
        "thanks",
        "bracket",
    }
)
"""What only a title page has; a line of any other kind may as well belong to the text."""

_MOST_WORDS = 25
_SENTENCE_WORDS = 12
_PRICE = re.compile(
    r"(?:price|prix|preis|precio|prezzo|preço|prijs|цена|cena|τιμή|מחיר|الثمن|بها)\b.{0,40}|"
    r"(?:\w+\s+){1,3}(?:cents?|pence|shillings?|centimes|francs?|pfennig|mark|céntimos|centavos|копеек|коп\.?|fr\.)(?:\s+(?:each|a copy|net))?|"
    r"[$£€]\s?\d[\d.,]*|\d{1,4}\s?(?:d|c|¢|fr|pf|€|£)\.?",
    re.IGNORECASE,
)
_EDITION = re.compile(
    r"(?:\w+[\s-]){0,3}(?:edition|printing|impression|édition|tirage|auflage|ausgabe|edición|edizione|edição|druk|издание|wydanie|έκδοση|מהדורה)"
    r"(?:\b.{0,50})?",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r".{0,60}\b(?:pamphlets?|library|series|bibliothèque|brochures?|bibliothek|heft|biblioteca|collana|colección|coleção|библиотека)\b.{0,20}"
    r"(?:no|nr|n[°º]|№|vol)\.?\s*[\divxlc]+\.?",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r".*\b(?:press|bureau|publishers?|publishing\s+(?:company|house|society|association|co)|publications?|company|& co|"
    r"verlag|buchhandlung|buchdruckerei|druckerei|uitgeverij|drukkerij|imprenta|tipografia|tipografía|wydawnictwo|drukarnia)\b[.,]?"
    r"(?:\s*,?\s*(?:inc|ltd|limited|co)\.?)?|"
    r"(?:[^\W\d_][\w\s.-]{1,30}:\s*)?(?:verlag|éditions?|editions?|editorial|ediciones|edizioni|edições|librairie|imprimerie|imp\.|au(?:x)?\s+bureaux?|"
    r"издательство|изд-во|типография|εκδόσεις|הוצאת|דפוס|دار|منشورات|مطبعة|انتشارات|نشر|typis|druck|gedruckt|"
    r"privately\s+printed|selbstverlag|chez\s+l['’]auteur|printed|published|imprimée?|publiée?|impreso|publicado|stampato|verlegt|uitgegeven|uitgave)\b.*",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"privately\s+printed|selbstverlag|chez\s+l['’]auteur|(?:printed|published)\b", re.IGNORECASE
)
"""Imprints that name nobody, or whose name a phrase of its own gives."""
_CITIES = frozenset(
    """london|paris|new york|new-york|berlin|chicago|boston|philadelphia|san francisco|oakland|detroit|cleveland|seattle|
    edinburgh|glasgow|manchester|dublin|liverpool|leeds|montreal|toronto|sydney|melbourne|leipzig|hamburg|münchen|stuttgart|
    dresden|frankfurt|frankfurt am main|köln|zürich|genève|geneva|basel|bern|wien|bruxelles|brussels|brussel|lyon|marseille|
    lille|bordeaux|madrid|barcelona|valencia|méxico|mexico|buenos aires|montevideo|habana|santiago|roma|milano|torino|
    napoli|firenze|bologna|lisboa|porto|são paulo|rio de janeiro|amsterdam|rotterdam|den haag|antwerpen|москва|петербург|
    санкт-петербург|с.-петербург|спб|петроград|ленинград|киев|одесса|варшава|warszawa|kraków|lwów|łódź|αθήνα|αθηναι|
    αθήναι|תל אביב|ירושלים|ורשה|אודסה|القاهرة|بيروت|دمشق|بغداد|تهران|moscow|petrograd|stockholm|copenhagen|københavn|
    helsinki|praha|budapest|vienna|rome|milan|amsterdam|calcutta|bombay|tokyo|washington|baltimore|st. louis|minneapolis|
    cincinnati|milwaukee|pittsburgh|los angeles|kansas city|girard|denver""".replace("\n", "").split("|")
)
_TOWNS = frozenset(each.strip() for each in _CITIES)
_COUNTRY = re.compile(
    r"\b(?:U\.\s?S\.\s?A?|USA|Mass|Conn|Calif|Cal|Ill|Penn?a?|N\.\s?[YJ]|England|Kansas|Ohio|Mich|Wash)\.?\s*$|,\s+O\.(?:,|$)"
)
_STREET = re.compile(
    r"\b(?:street|st|avenue|ave|road|rd|square|lane|drive|place|apt|p\.?\s?o\.?\s+box|postfach|rue|boulevard|faubourg|"
    r"\w*stra(?:ß|ss)e|str|calle|via|rua|ulica|ul|ул|просп|\w*straat|\w*gracht|οδός)\b\.?",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\S+@\S+\.\w+|(?:https?://|www\.)\S+|(?:tel|phone|fax|e-?mail)\b\W.*|.*\b\d{5}(?:-\d{4})?\s*",
    re.IGNORECASE,
)
_PERMISSION = re.compile(
    r".{0,80}\b(?:permission\s+is\s+(?:hereby\s+)?granted|may\s+be\s+(?:freely\s+)?(?:copied|reproduced|reprinted|distributed)|"
    r"all\s+rights\s+reserved|copyright\s*(?:©|\(c\)|\d{4}|by)|no\s+copyright|anti-?copyright|copyleft|©|public\s+domain|"
    r"reproduction\s+(?:libre|autorisée|interdite)|tous\s+droits|alle\s+rechte|nachdruck|reprint\s+freely|creative\s+commons|"
    r"todos\s+los\s+derechos|tutti\s+i\s+diritti|todos\s+os\s+direitos|все\s+права)\b",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"(?:i|we)\s+(?:would\s+like\s+to|wish\s+to|want\s+to|should\s+like\s+to)?\s*thank|(?:many\s+)?thanks\s+(?:to|are\s+due)|"
    r"(?:je|nous)\s+(?:tiens?\s+à\s+)?remerci|(?:ich|wir)\s+danken?|agradec|ringrazi|acknowledgements?",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:(?:author['’]s|editor['’]s|translator['’]s|publisher['’]s|a|the)\s+)?(?:preface|foreword|introduction|introductory(?:\s+note)?|prologue|"
    r"contents|table of contents|preamble|note|avant-propos|préface|avertissement|notice(?:\s+\w+)?|prologue|vorwort|einleitung|vorbemerkung|"
    r"inhalt|prólogo|introducción|advertencia|prefazione|introduzione|premessa|prefácio|introdução|voorwoord|inleiding|"
    r"предисловие|введение|вступление|przedmowa|wstęp|πρόλογος|εισαγωγή|הקדמה|מבוא|مقدمة|تمهيد|مقدمه|پیشگفتار)"
    r"(?:\s+(?:to|zu[rm]?|à|a|к)\s+.{0,60})?\W*|"
    r"(?:chapter|part|section|article|letter|act|lecture|chapitre|partie|kapitel|teil|abschnitt|capítulo|parte|capitolo|hoofdstuk|deel|"
    r"глава|часть|rozdział|część|κεφάλαιο|μέρος|פרק|חלק|الفصل|الجزء|فصل|بخش)\s+[\w.]{1,12}(?:\W.{0,60})?|"
    r"(?:[ivxlc]{1,6}|\d{1,2})\.?",
    re.IGNORECASE,
)


def kind(line: str, *, first: bool) -> Kind:
    """What a line is by itself; `first` is the page's first, which is never an imprint nor a head."""
    text = line.strip()
    if text[:1] == "[" and text[-1:] == "]":
        return "bracket"
    if _THANKS.match(text):
        return "thanks"
    if _PERMISSION.match(text):
        return "permission"
    if _is_text(text):
        return "text"
    if not first and _HEAD.fullmatch(text) and not dates.roman_year(text):
        return "head"
    if makers.alone(text):
        return "by"
    if dates.whole(text):
        return "date"
    # A credit that names its maker; a printer's may go on with an address.
    if makers.read(text, {}):
        return "imprint" if makers.opens(text) in ("prt", "pbl") else "credit"
    if first:
        return "series" if _SERIES.fullmatch(text) else "person" if names.like_a_person(text) else "title"
    return _of_the_foot(text)


def _of_the_foot(text: str) -> Kind:
    if _PRICE.fullmatch(text.strip(" .([)]")):
        return "price"
    if _EDITION.fullmatch(text.strip(" .()")):
        return "edition"
    if _SERIES.fullmatch(text):
        return "series"
    if _CONTACT.fullmatch(text.strip(" <>()")) or (
        re.search(r"\d", text) and _STREET.search(text) and not _PUBLISHER.fullmatch(text)
    ):
        return "contact"
    if is_place(text) or _PUBLISHER.fullmatch(text) or _dated_place(text):
        return "imprint"
    return "person" if names.like_a_person(text) else "title"


def is_place(text: str) -> bool:
    """ "NEW-YORK:", "CLEVELAND, O., U. S. A.", "London"."""
    bare = text.strip(" .,:;").casefold()
    return (
        bare in _TOWNS
        or bare.split(",")[0] in _TOWNS
        or (len(text.split()) <= 7 and _COUNTRY.search(text) is not None)
    )


def _dated_place(text: str) -> bool:
    """ "1906 G. P. Putnam's Sons, New York and London": a year at one end, a town where books are made."""
    bare = text.strip(" .()[]")
    dated = re.match(r"(?:1[4-9]|20)\d\d\b|.*\b(?:1[4-9]|20)\d\d$", bare)
    words = re.findall(r"[^\W\d_]+(?:[- ][^\W\d_]+)?", bare.casefold())
    towns = {*words, *(word for each in words for word in re.split(r"[- ]", each))} & _TOWNS
    return dated is not None and bool(towns) and len(text.split()) <= _SENTENCE_WORDS


def _is_text(text: str) -> bool:
    """A sentence, or more: so long that no line of a title is."""
    count = len(text.split())
    if count > _MOST_WORDS:
        return True
    return count >= _SENTENCE_WORDS and text[-1:] in ".!?…:;" and text != text.upper()


def publisher(line: str) -> tuple[str, str]:
    """Name and role of the publisher or printer in an imprint, ("", "") if the line names none."""
    text = line.strip(" .")
    town, colon, rest = text.partition(":")
    text = rest.strip() if colon and is_place(town) else text
    role = makers.opens(text)
    if role in ("prt", "pbl"):
        made = makers.read(text.split(",")[0], {})
        return (made[0].name, role) if made else ("", "")
    if not _PUBLISHER.fullmatch(text) or _OWN.match(text):
        return "", ""
    part = next((each for each in text.split(",") if _PUBLISHER.fullmatch(each.strip())), "").strip()
    printer = re.search(
        r"\b(?:imprimerie|imp\.|printers?|druckerei|buchdruckerei|drukkerij|типография|drukarnia|tipograf[ií]a|imprenta|דפוס|مطبعة)",
        part,
        re.IGNORECASE,
    )
    return part, "prt" if printer else "pbl"
