"""A line → the names in it: whether they are of persons or organisations, their case, how a catalogue files them."""

from __future__ import annotations

import re

from pipeline.model import Creator, CreatorKind

PARTICLES = frozenset(
    "de la le van von der den du da di do dos das del della degli al el bin ibn ben bat af av zu zum ten ter "
    "and et und y e en i и και the of".split()
)
"""Small words inside names; a name is filed under the first that stands before its last word."""

_AND = re.compile(
    r"\s*,\s*(?:and|et|und|y|e|en|i|и|&)\s+|\s+(?:and|et|und|y|e|en|i|и|και|&)\s+|\s*[,;،/]\s*|\s+ו(?=\w)|\s+و\s+"
)
_DEGREE = re.compile(r"(?:(?:[A-Z]\.\s?){2,4}|Ph\.?\s?D\.?|M\.?D|Esq|LL\.?\s?D|M\.?P)\.?", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")
_INITIAL_START = re.compile(r"(?:[^\W\d_]\.[\s-]?){1,3}(?=[^\W\d_]{2})")
_HONORIFIC = re.compile(
    r"(?:dr|rev|prof|mr|mrs|ms|miss|sir|comrade|citizen|fr|mme|mlle|citoyen|citoyenne|frau|herr|genosse|д-р|товарищ)\.?\s+",
    re.IGNORECASE,
)
_ORGANISATIONS = re.compile(
    r"\b(?:press|bureau|publish\w*|company|committee|collective|collectif|colectivo|federation|fédération|federación|"
    r"union|syndicat|sindicato|party|parti|partido|partito|partei|league|ligue|liga|association|society|société|"
    r"institute|institut|congress|council|group|groupe|grupo|gruppe|team|library|bibliothek|verlag|buchhandlung|"
    r"éditions?|editions?|editorial|ediciones|edizioni|edições|uitgeverij|librairie|imprimerie|imprenta|"
    r"tipografia|druckerei|drukkerij|international\w*|workers|brigade|army|front|movement|network|bund|club|"
    r"department|division|university|foundation|journal|review|project|archive|office|comité|comitato|comité|"
    r"издательство|типография|комитет|партия|союз|общество|wydawnictwo|drukarnia|komitet|partia|"
    r"εκδόσεις|הוצאת|ועד|אגודת|دار|منشورات|حزب|انتشارات|سازمان|inc|ltd|co)\b",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    "any all every no not my our your his her its their this that these those what which who how when means way "
    "hand hands chance law force a an or is are was were on in at with from to for by noon chap. chap chapter no. part".split()
)
_GIVEN = frozenset(
    """
    aaron abel abraham ada adam adolf albert alexander alexandra alexandre alfred alfredo alice amadeo amilcar amy
    andrea andré andreas andrew andrés angela anna anne anselmo antonio anton arthur august auguste augustin ben
    benjamin benito bernard bertolt bertrand big camille carl carlo carlos caroline charles charlotte chris
    christian christine clara claire claude cornelius daniel david dean dmitri dolores dorothy edgar edith edmund
    eduard eduardo edward edwin eleanor elena eli elias elisabeth élisée elisée elizabeth ella emil émile emile emma
    emiliano enrico eric erich ernest ernesto ernst errico ethel étienne eugen eugene eugène eva félix felix ferdinand
    fernand fernando florence francesco francis francisco franz françois frank frantz fred frederick friedrich fritz
    gabriel gaston georg george georges georgi gerard giacomo gilles giovanni giuseppe grace grigory guglielmo
    guillaume gustav guy hannah hans harriet harry heinrich helen hélène henri henriette henry herbert herman
    hermann howard hubert hugh hugo ida ignacio igor ilya isaac isaak isabel ivan jack jacob jacques jakob james jan
    jane janet jean jeanne jenny jim joan joe joel johann johanna john jonathan jorge josé josef joseph joshua
    juan judith jules julia julian julius karen karl kate katherine kenneth konrad laura lawrence lenin leo leon léon
    leonard leonid leopold lev lewis lily lillian louis louise lucien lucy ludwig luigi luis luisa lydia lysander
    madeleine manuel marcel margaret maria marie mario mark martha martin mary mathilde matthew max maurice maxim
    maximilien mercy michael michel mikhail miguel miklós minnie moses murray nadezhda nathan nelson nestor nicolas
    nikola nikolai noam olga olive olympe oscar otto pablo palmiro paul paula paulo pedro percy peter petr phil
    philip pierre piotr pyotr rachel rafael ralph raoul raya raymond rené ricardo richard robert rodolfo roger
    rosa rose rosemary rudolf rudolph ruth saman sam samuel sarah sébastien selma sergei sidney silvia simon simone sophia
    sophie stefan stephen steve subcomandante susan suzanne sylvia ted teresa thomas tom tony upton ursula vera
    vernon victor viktor virginia vladimir voltairine walter werner wilhelm william wolfgang wladimir yves zoe
    alonzo antoinette cecelia cecilia elihu ezra flavius horace giles jeremiah josephus marcia silas watson
    alex benj chas edw fred geo jas jno jos robt saml thos wm
    александр алексей андрей анна борис вера виктор владимир григорий дмитрий елена иван илья иосиф карл клара лев
    леонид мария михаил надежда николай павел пётр петр роза сергей степан фридрих юлий яков
    ρόζα κώστας γιώργος γιάννης νίκος μαρία אחד יוסף משה דוד ברל אברהם יעקב רוזה
    محمد أحمد علي حسن روزا کارل روزا
    """.split()
)
"""Given names that meet us on title pages. Where no "by" tells an author, only such a name does."""


def sort_name(name: str) -> str:
    """A person's name as a catalogue files it: "Rosa Luxemburg" → "Luxemburg, Rosa"."""
    words = name.split()
    if len(words) < 2:
        return name
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in PARTICLES:
        first -= 1
    return f"{' '.join(words[first:])}, {' '.join(words[:first])}"


def named(text: str) -> tuple[str, ...]:
    """The names in "A, B and C", () if that is no list of names."""
    text = text.strip(" ,;:–—-")
    head = _AND.split(text, maxsplit=1)[0].strip()
    if _ORGANISATIONS.search(head) and not re.search(r"[,;،]", text) and _is_name(text, most=9):
        return (_bare(text),)
    parts = [part.strip() for part in _AND.split(text)]
    names = tuple(_bare(part) for part in parts if part and not _DEGREE.fullmatch(part))
    return names if names and all(_is_name(name) for name in names) else ()


def _bare(name: str) -> str:
    name = re.sub(r"^the\s+(?=\S+\s)", "", name)
    last = name.rsplit(" ", 1)[-1]
    return name if _INITIALS.fullmatch(last) or last in ("Jr.", "Sr.") else name.rstrip(".")


def _is_name(name: str, most: int = 6) -> bool:
    words = name.split()
    organisation = kind_of(name) == "organisation"
    if re.search(r"[!?]", name) or (not organisation and words and words[0].lower() in ("the", "a")):
        return False
    small = PARTICLES | {"for"} if organisation else PARTICLES
    return 1 <= len(words) <= most and all(
        word.lower() in small
        or (
            (word[0].isupper() or not word[0].isascii())
            and word.lower() not in _NO_NAME
            and not word.isdigit()
        )
        for word in words
    )


def kind_of(name: str) -> CreatorKind:
    """Organisations are told by what they call themselves: Press, Committee, Bund, Комитет."""
    return "organisation" if _ORGANISATIONS.search(name) else "person"


def like_a_person(line: str) -> bool:
    """Says whether a line is a person's name by its look alone: a known given name, initials or a title first."""
    bare = line.strip(" .,;:")
    rest = _HONORIFIC.sub("", bare, count=1)
    words = rest.split()
    if (
        not 2 <= len(words) <= 5
        or kind_of(bare) == "organisation"
        or re.search(r"[\d?!:]|['’]s\b", rest, re.IGNORECASE)
    ):
        return False
    if (
        not _is_name(rest)
        or words[-1].lower() in PARTICLES
        or any(word.lower() in ("and", "the", "of") for word in words)
    ):
        return False
    first = words[0].lower().split("-")[0].rstrip(".")
    return rest != bare or first in _GIVEN or _INITIAL_START.match(rest) is not None


def cased(name: str, spellings: dict[str, str]) -> str:
    """A name in capitals as it is written in the middle of a sentence: "I. W. W. PUBLISHING BUREAU" → "I. W. W. Publishing
    Bureau", "J. MCDONALD" → "J. McDonald". `spellings` is how the body writes its words, folded."""
    # "McDONALD" is in capitals.
    letters = [each for each in re.sub(r"\bMa?c(?=[A-Z]{2})", "", name) if each.isalpha()]
    if not letters or any(each.islower() for each in letters) or name == name.lower():
        return name
    parts = re.split(r"(\s+|[-–])", name)
    return "".join(part if at % 2 else _word(part, spellings, inside=at > 0) for at, part in enumerate(parts))


def _word(word: str, spellings: dict[str, str], *, inside: bool) -> str:
    bare = word.strip("\"'“”«»().,:;")
    lower = bare.lower()
    if not bare or _INITIALS.fullmatch(bare) or (_INITIALS.fullmatch(f"{bare}.") and len(bare) == 1):
        return word
    if re.fullmatch(r"[IVX]+", bare) and inside:
        return word
    known = spellings.get(lower, "")
    if known and known != lower:
        new = known
    elif inside and lower in PARTICLES:
        new = lower
    else:
        new = lower[:1].upper() + lower[1:]
        new = re.sub(r"^(Mc|O['’]|D['’]|L['’])(\w)", lambda found: found[1] + found[2].upper(), new)
    return word.replace(bare, new)


def creator(name: str, role: str, spellings: dict[str, str]) -> Creator:
    """The maker of that name, in the case that names are written in."""
    name = cased(name, spellings)
    kind = kind_of(name)
    return Creator(name, sort_name(name) if kind == "person" else name, role, kind)


def joined(known: tuple[Creator, ...], new: tuple[Creator, ...]) -> tuple[Creator, ...]:
    """Both, without those of `new` whom `known` names in the same role."""
    out = list(known)
    for each in new:
        if not any(_key(each) == _key(other) for other in out):
            out.append(each)
    return tuple(out)


def _key(one: Creator) -> tuple[str, str]:
    return one.role, re.sub(r"\W", "", one.name).casefold()
