"""A body as lines → what Project Gutenberg put around its text, in all the wordings it has had since 1971.

The header goes down to its START mark (or the end of the "small print"), the licence from "End of Project
Gutenberg's …" on. Credits and the transcriber's note that follow the mark are kept apart: they say something
about this text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model import Creator
from pipeline.normalise import dates, makers, names
from pipeline.normalise.regions import Region
from pipeline.normalise.telling import Telling, date

_NAMED = r"(?:the\s+|this\s+)?project\s+gutenberg"
_START = re.compile(
    rf"\W{{0,6}}\s*start\s*\W{{0,3}}\s*of\s+{_NAMED}|\W{{0,4}}end\W{{0,3}}(?:of\s+)?the\s+small\s+print|"
    r"\W{0,3}this\s+ebook\s+is\s+for\s+the\s+use\s+of\s+anyone.*\*\*\*\s*start",
    re.IGNORECASE,
)
_END = re.compile(
    rf"\W{{0,6}}\s*end\s*(?:of)?\s+(?:of\s+)?{_NAMED}|\W{{0,6}}end\s+of\s+(?:this|the)\s+(?:project\s+gutenberg\s+)?e-?(?:text|book)\s+of|"
    rf"\W{{0,6}}(?:ende\s+dieses|fin\s+de|fin\s+du|fine\s+(?:dell?['’]?\s?)?)\s*(?:e-?(?:text|book)\s+)?(?:del\s+)?project\s+gutenberg|"
    r"\W{0,6}start:\s+full\s+license",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\W*(?:the\s+|this\s+is\s+the\s+)?project\s+gutenberg(?:['’]s)?\s+(?:e-?text|e-?book|license|of\b|[\"“\w])|"
    r"\W*copyright\s+laws\s+are\s+changing|\W*welcome\s+to\s+the\s+world\s+of\s+free\s+plain\s+vanilla",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"this\s+(?:e-?book|e-?text)\s+is\s+for\s+the\s+use\s+of|(?:title|author|translator|editor|illustrator|language|"
    r"(?:original\s+)?(?:release|posting)\s+date|most\s+recently\s+updated|last\s+updated?|character\s+set\s+encoding|edition|"
    r"other\s+information|credits|original\s+publication)\s*:|\*+this|please\s+take\s+a\s+look|www\.gutenberg|\[?e-?(?:book|text)\s+#",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\[?(?:(?:this\s+)?(?:e-?text|e-?book|file|text)\s+(?:was\s+)?)?(?:produced|prepared|created|scanned|transcribed|proofread|digitized)\s+"
    r"(?:by|from)\b|credits\s*:|html\s+version\s+by|note:\s+project\s+gutenberg|.{0,40}distributed\s+proofread",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\W{0,3}(?:transcriber|transcriber['’]?s|transcribers['’]?|tr\.?)['’]?s?\s+notes?\b", re.IGNORECASE
)
_FIELD = re.compile(
    r"(?:^|\s)(?P<label>Title|Subtitle|Authors?|Translators?|Editors?|Illustrators?|Contributors?|Commentators?|Compilers?|"
    r"Annotators?|Release Date|Posting Date|Original Publication|Most recently updated|Last Updated?|Language|"
    r"Character set encoding|Credits|Produced by|Edition|Other information and formats)\s*:\s+"
)
_BOOK_OF = tuple(
    re.compile(
        rf"project\s+gutenberg(?:['’]s\s+|\s+e-?(?:book|text)\s*(?:of|,)\s+)(?P<title>[^#\n]+?){comma}\s+by\s+(?P<author>[^#*\[\n]+)",
        re.IGNORECASE,
    )
    for comma in (",", "")
)
"""With a comma first: a title may have a "by" in it."""
_NUMBER = re.compile(r"\[?E-?(?:Book|Text)\s+#\s*(?P<number>\d+)", re.IGNORECASE)
_ROLES = {
    "author": "aut",
    "translator": "trl",
    "editor": "edt",
    "illustrator": "ill",
    "contributor": "ctb",
    "commentator": "cwt",
    "compiler": "com",
    "annotator": "ann",
}
_LANGUAGES = {
    "english": "en", "french": "fr", "german": "de", "spanish": "es", "italian": "it", "portuguese": "pt", "dutch": "nl",
    "russian": "ru", "polish": "pl", "greek": "el", "hebrew": "he", "arabic": "ar", "persian": "fa", "farsi": "fa",
    "yiddish": "yi", "latin": "la", "esperanto": "eo", "finnish": "fi", "swedish": "sv", "danish": "da", "norwegian": "no",
    "hungarian": "hu", "czech": "cs", "chinese": "zh", "japanese": "ja", "catalan": "ca", "romanian": "ro",
    "turkish": "tr", "ukrainian": "uk", "tagalog": "tl", "welsh": "cy", "irish": "ga", "galician": "gl",
}  # fmt: skip
_LOOK_FOR_OPENING = 6
_LOOK_FOR_CREDITS = 8
_LOOK_FOR_NOTE = 12


def regions(texts: Sequence[str], pages: Sequence[tuple[str, ...]]) -> tuple[Region, ...]:
    """Header, credits, notes and licence, in order; `texts` has the words of each block, `pages` its
    lines, an empty one first where one stands before the block."""
    out: list[Region] = []
    at = 0
    ends = [i for i, text in enumerate(texts) if _END.match(text)]
    starts = [i for i, text in enumerate(texts) if _START.match(text)]
    if not starts:
        opening = next((i for i, text in enumerate(texts[:_LOOK_FOR_OPENING]) if _OPENING.match(text)), None)
        if opening is not None:
            last = opening
            while last + 1 < len(texts) and (
                _HEADER.match(texts[last + 1]) or _OPENING.match(texts[last + 1])
            ):
                last += 1
            starts = [last]
    while starts:
        head = starts[0]
        # The small print ends with a mark of its own, after the header's.
        head = max([head, *(each for each in starts if each - head <= 2)])
        if head < at:
            break
        out.append(_region(at, head + 1, texts, pages, "Project Gutenberg's header"))
        foot = next((i for i in ends if i > head), len(texts))
        out += _credits(head + 1, foot, texts, pages)
        # The text lies between.
        tail = _last_note(out[-1].end + 1, foot, texts)
        if tail < foot:
            out.append(Region(tail, foot, "the transcriber's note at the end", kept=True))
        starts = [each for each in starts if each > foot]
        at = foot
    if not out and ends:
        at = ends[0]
    if ends and at < len(texts):
        out.append(Region(at, len(texts), "Project Gutenberg's licence"))
    return tuple(out)


def _region(start: int, end: int, texts: Sequence[str], pages: Sequence[tuple[str, ...]], why: str) -> Region:
    told = _told(texts[start:end], [line for page in pages[start:end] for line in page])
    return Region(start, end, why, told)


def _credits(at: int, foot: int, texts: Sequence[str], pages: Sequence[tuple[str, ...]]) -> list[Region]:
    out: list[Region] = []
    stop = min(foot, at + _LOOK_FOR_CREDITS)
    while at < stop:
        text = texts[at]
        if _NOTE.match(text):
            # A label alone stands over the note itself.
            end = at + 2 if len(text.split()) <= 3 and at + 1 < foot else at + 1
            out.append(Region(at, end, "the transcriber's note", kept=True))
            at = end
        elif _CREDIT.match(text):
            end = at + 1
            while end < stop and pages[end][:1] != ("",):
                end += 1
            made = makers.read(" ".join(texts[at:end]), {})
            out.append(Region(at, end, "who made Project Gutenberg's copy", Telling(creators=made)))
            at = end
        else:
            break
    return out


def _last_note(start: int, foot: int, texts: Sequence[str]) -> int:
    """Where a transcriber's note before the end begins; `foot` if there is none."""
    for at in range(max(start, foot - _LOOK_FOR_NOTE), foot):
        if _NOTE.match(texts[at]):
            return at
    return foot


def _told(texts: Sequence[str], lines: Sequence[str]) -> Telling:
    # Fields are told line by line, so that what goes on in a next line is known for it.
    text = "\n".join(lines)
    fields: dict[str, str] = {}
    found = list(_FIELD.finditer(text))
    for field, end in zip(found, [*(each.start() for each in found[1:]), len(text)], strict=False):
        fields.setdefault(
            field["label"].lower().rstrip("s") if field["label"] != "Credits" else "credits",
            text[field.end() : end].split("\n\n")[0],
        )
    head = next(
        (match for form in _BOOK_OF for each in texts[:_LOOK_FOR_OPENING] if (match := form.search(each))),
        None,
    )
    title, subtitle = _titles(fields.get("title", ""), head["title"] if head else "")
    made: tuple[Creator, ...] = ()
    for label, role in _ROLES.items():
        made += tuple(names.creator(name, role, {}) for name in names.named(_line(fields.get(label, ""))))
    if not made and head:
        made = tuple(
            names.creator(name, "aut", {})
            for name in names.named(_line(head["author"]).split("***")[0].rstrip(". *"))
        )
    release = dates.find(fields.get("release date", fields.get("posting date", "")))
    number = _NUMBER.search(text)
    return Telling(
        title=title,
        subtitle=subtitle or _line(fields.get("subtitle", "")),
        creators=(*made, *makers.read(f"Produced by {_line(fields.get('credits', ''))}", {})),
        dates=tuple(date(day.value, "posted") for day in release[:1]),
        language=_LANGUAGES.get(_line(fields.get("language", "")).casefold(), ""),
        address=f"https://www.gutenberg.org/ebooks/{number['number']}" if number else "",
        place="Project Gutenberg",
    )


def _titles(field: str, heading: str) -> tuple[str, str]:
    """Title and subtitle: the field's next lines, or what the header's first line leaves out, are the subtitle."""
    first, *more = [" ".join(line.split()) for line in field.split("\n") if line.strip()] or [""]
    heading = " ".join(heading.split()).strip('*"“” ')
    if more:
        return first, " ".join(more)
    if first and heading and len(heading) < len(first) and first.startswith(heading):
        rest = first[len(heading) :]
        return (heading, rest.strip(" :;,–—-")) if rest[:1] in " :;," else (first, "")
    return (first, "") if first else (heading, "")


def _line(text: str) -> str:
    return " ".join(text.split())
