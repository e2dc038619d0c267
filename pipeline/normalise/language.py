"""Language: what the body is written in, told by its commonest little words.

A byline may be French where the text is English, so only the share over the whole text counts; a text
that is too short, or in none of these languages, is in the press's own.
"""

from __future__ import annotations

import re
from collections import Counter

from pipeline.model import Publication
from pipeline.normalise.desk import Desk, told
from pipeline.walk import plain, publication_runs

_COMMON = {
    "en": "the of and to in a is that for it as was with be by on not he his but at are this have from or which",
    "fr": "de la le et les des en un une du est que dans qui pour il au par ne pas sur plus se ce cette avec sont",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus",
    "es": "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha",
    "it": "di e il la che in a per è un del non si una le i con della sono da come ma al più nel lo gli ha",
    "pt": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er die om ook als dan maar bij of uit nog naar",
    "ru": "и в не на что я с он как а то это по но они к из у за вы так же от бы о для мы если или",
    "el": "και το να του η της με που την από για ο είναι τα των σε στο οι στην θα δεν τον ότι τη τις ως",
    "pl": "i w nie na się z do to że jest o jak a od po co za przez ale są tym czy dla być już oraz który",
    "he": "של את על לא זה הוא כי אם או גם אל כל עם מה היא אך אשר רק אין יש בין הם אבל כן",
    "ar": "في من على إلى أن عن هذا التي الذي ما لا هذه مع كان كل قد بين هو وقد لم أو بعد ذلك",
    "fa": "و در به از که این را با است آن برای می یک خود تا بر هم نیز ما شد او هر اما",
}
_LEAST_WORDS = 20
_LEAST_SHARE = 0.12
"""Running text in these languages has 25–50 % such words; lists of names have next to none."""
_RIGHT_TO_LEFT = {"he", "ar", "fa", "ur", "yi"}

_TABLE = {language: frozenset(words.split()) for language, words in _COMMON.items()}


def detected(text: str) -> str | None:
    """The language of a text, None when it is not sure."""
    words = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    if words.total() < _LEAST_WORDS:
        return None
    shares = sorted(
        (
            (sum(words[word] for word in common) / words.total(), language)
            for language, common in _TABLE.items()
        ),
        reverse=True,
    )
    (share, language), (second, _) = shares[:2]
    return language if share >= _LEAST_SHARE and share > second * 1.25 else None


def repair(publication: Publication, desk: Desk) -> Publication:
    """Metadata gets the language of the text and its direction."""
    said = desk.sidecar.language
    language = said or detected(" ".join(plain(run) for run, _ in publication_runs(publication)))
    language = language or publication.metadata.language
    direction = "rtl" if language.split("-")[0] in _RIGHT_TO_LEFT else "ltr"
    return told(publication, language=language, direction=direction)
