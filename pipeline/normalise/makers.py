"""A line → who made what: "Translated from the Russian by X", "herausgegeben von X", "Переводчик: X", "מאת X".

Only a line that is nothing but credits is read; a sentence with "by" in it is prose.
"""

from __future__ import annotations

import re

from pipeline.model import Creator
from pipeline.normalise.names import creator, named

_FROM = r"(?:\s+(?:from|out of|into|in|de|du|de la|del|de l[’']|dal|dall[’']|do|da|aus|uit|ins?|с|z|en|al|au|from the|into the|uit het|aus dem|с\s\w+|z\s\w+)\s*(?:the\s+)?[^\W\d_]+)*"

_PHRASES: tuple[tuple[str, str], ...] = (
    # translators
    ("trl", rf"translated{_FROM}(?:,?\s+and\s+(?:edited|introduced))?\s+by|translat(?:ion|or)s?(?:\s+by|\s*:)|translated\s*:"),
    ("trl", rf"traduite?s?{_FROM}\s+par|traduction(?:{_FROM}\s+(?:par|de)|\s*:)|traduct(?:eur|rice)s?\s*:"),
    ("trl", r"(?:autorisierte\s+)?(?:über(?:setzt|tragen|setzung)|deutsch)(?:\s+aus\s+\w+(?:\s+\w+)?)?\s+von|übersetz(?:ung|er|erin)\s*:"),
    ("trl", r"aus\s+de[mr]\s+[^\W\d_]+\s+(?:(?:übersetzt|übertragen)\s+)?von"),
    ("trl", rf"traducid[oa]{_FROM}\s+por|traducción(?:{_FROM}\s+(?:por|de)|\s*:)|traductora?\s*:"),
    ("trl", rf"tradott[oa]{_FROM}\s+da|traduzione{_FROM}\s+(?:di|a cura di)|traduzione\s*:|traduttrice\s*:|traduttore\s*:"),
    ("trl", rf"traduzid[oa]{_FROM}\s+por|tradução(?:{_FROM}\s+(?:por|de)|\s*:)|tradutora?\s*:"),
    ("trl", rf"(?:vertaald|vertaling){_FROM}\s+(?:door|van)|vertal(?:ing|er|ster)\s*:"),
    ("trl", r"перев[её]л[аи]?(?:\s+с\s+[^\W\d_]+)?|перевод(?:\s+с\s+[^\W\d_]+)?\s*:|переводчи(?:к|ца)\s*:"),
    ("trl", r"przełożył[ay]?|tłumaczył[ay]?|(?:przekład|tłumaczenie|tłumacz(?:ka)?)\s*:"),
    ("trl", r"μετάφραση\s*:?|μετάφρ\.|μετ\.|μτφρ?\.\s*:?"),
    ("trl", r"(?:תרגום|תרגם|תרגמה|מאנגלית|מגרמנית|מרוסית)\s*:?"),
    ("trl", r"(?:ترجمة|ترجمه|ترجمهٔ|ترجمه‌ی|مترجم|المترجم)\s*:?"),
    # editors, introducers, illustrators
    ("edt", (r"edited(?:\s+and\s+\w+)?\s+by|editors?\s*:|compiled\s+by|éditée?\s+par|sous la direction de|herausgegeben von|hrsg\.?(?:\s+von)?|"
     r"herausgeber(?:in)?\s*:|editado por|edición de|a cura di|(?:organizado|organização)\s+(?:por|de)|redactie\s*:|onder redactie van|"
     r"под редакцией|редактор\s*:|pod redakcją|redakcja\s*:|επιμέλεια\s*:?|עריכה\s*:?|בעריכת|ערך\s*:|تحرير\s*:?|ویراستار\s*:?")),
    ("aui", (r"with\s+(?:an?\s+)?(?:introduction|preface|foreword)\s+by|(?:introduction|preface|foreword)\s+by|(?:avec\s+une\s+)?préface\s+de|"
     r"mit\s+eine[mr]\s+(?:vorwort|einleitung)\s+von|vorwort\s+von|(?:con\s+)?prólogo\s+de|(?:con\s+)?prefazione\s+di|prefácio\s+de|"
     r"met\s+een\s+voorwoord\s+van|предисловие\s+(?:к\s+\w+\s+)?")),
    ("ill", r"illustrat(?:ed|ions)\s+by|illustrator\s*:|illustrée?\s+par|illustrationen\s+von|ilustrado\s+por|illustrazioni\s+di"),
    # those who put it into type or into a file
    ("prt", r"printed\s+by|imprimée?\s+par|impr\.|gedruckt\s+(?:bei|von)|druck\s+von|stampato\s+da|impreso\s+por|gedrukt\s+(?:door|bij)"),
    ("pbl", (r"published\s+(?:for\s+[^\W\d_]+\s+)?by|publisher\s*:|publiée?\s+par|verlegt\s+(?:bei|von)|publicado\s+por|pubblicato\s+da|"
     r"uitgegeven\s+door|uitgave\s*:|издатель\s*:|wydawca\s*:|εκδότης\s*:|הוצאת|الناشر\s*:?|ناشر\s*:?")),
    ("mrk", r"(?:html\s+|online\s+)?mark-?up(?:\s+by|\s*:)|html\s+by|html\s*:"),
    ("trc", (r"(?:transcri(?:bed|ption)|digiti[sz]ed|digital\s+text|typed|scanned|ocr|e-?text)(?:\s+(?:and|&)\s+\w+)?(?:\s*/\s*(?:html\s+)?mark-?up)?(?:\s+by|\s*:)|"
     r"(?:e-?(?:text|book)\s+)?(?:produced|prepared|created)\s+by|credits\s*:|produced\s*:|numérisée?\s+par|numérisation\s*:|transkription\s*:|transcripción\s*:")),
    # authors last: their words are the commonest
    ("aut", (r"(?:written|composed|an?\s+(?:address|lecture|speech|essay|pamphlet))\s+by|by|authors?\s*:|(?:écrite?\s+)?par|auteurs?\s*:|"
     r"(?:geschrieben\s+|verfasst\s+)?von|autor(?:in|en|a|es|as|e)?\s*:|(?:escrit[oa]\s+)?por|(?:scritt[oa]\s+)?di|auteur\s*:|"
     r"(?:geschreven\s+)?door|przez|napisał[a]?|автор(?:ы)?\s*:?|автор\s*[—–-]|του|της|των|συγγραφέας\s*:|מאת|מחבר(?:ת)?\s*:|"
     r"بقلم|تأليف|المؤلف\s*:|الكاتب\s*:|نوشتهٔ|نوشته‌ی|نوشته|نویسنده\s*:|به قلم")),
)  # fmt: skip

_ANY = re.compile(
    "|".join(rf"(?P<r{at}>(?<!\w)(?:{words})(?=[\s:]|$|(?<=:)))" for at, (_, words) in enumerate(_PHRASES)),
    re.IGNORECASE,
)
_MOST_WORDS = 30
_YEAR_AFTER = re.compile(r"\s*\(?\b(?:1[4-9]|20)\d\d\)?\.?$")
_OF_FILES = frozenset({"trc", "mrk"})
"""Roles whose phrases no title or name has in it."""


def opens(line: str) -> str:
    """The role that a line opens with ("BY" → aut, "Translated by" → trl), "" if it opens with none."""
    found = _ANY.match(line.strip())
    return _role(found) if found else ""


def alone(line: str) -> str:
    """The role of a line that is nothing but the phrase, its names still to come: "BY"; "" if it is more."""
    bare = line.strip(" .:—–-")
    found = _ANY.fullmatch(bare) or _ANY.fullmatch(f"{bare}:")
    return _role(found) if found else ""


def read(line: str, spellings: dict[str, str]) -> tuple[Creator, ...]:
    """The makers that a line names, in order; () if it is not a line of credits, or one name is none."""
    line = _YEAR_AFTER.sub("", line.strip().strip("[]").strip())
    if len(line.split()) > _MOST_WORDS:
        return ()
    phrases = [found for found in _ANY.finditer(line) if _opens_a_credit(line, found)]
    if not phrases or phrases[0].start() != 0:
        return ()
    out: list[Creator] = []
    ends = [*(found.start() for found in phrases[1:]), len(line)]
    for found, end in zip(phrases, ends, strict=True):
        segment = line[found.end() : end].strip(" ,;:–—-")
        names = named(segment.removesuffix(" and").rstrip(" ,;"))
        if not names:
            return ()
        out += [creator(name, _role(found), spellings) for name in names]
    return tuple(out)


def _opens_a_credit(line: str, found: re.Match[str]) -> bool:
    if found.start() == 0:
        return True
    # Inside a line only an unmistakable phrase begins a new credit, or one after a stop or comma.
    if _role(found) in _OF_FILES:
        return True
    return _role(found) != "aut" and re.search(r"[,;.\n(]\s*$|\band\s+$", line[: found.start()]) is not None


def _role(found: re.Match[str]) -> str:
    name = found.lastgroup or "r0"
    return _PHRASES[int(name[1:])][0]
