"""A body as lines → what its carrier hung on it: share buttons, cookie and newsletter boxes, footers of bulletin boards."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.normalise.regions import Region

_NEAR = 15
"""Buttons and boxes stand among the first or last so many blocks; a footer among the last."""
_BUTTONS = frozenset(
    """share this|share this post|share this article|share|share on facebook|share on twitter|share via email|tweet|tweet this|
    email this|email this article|email this page|print|print this|print this page|print this article|printer-friendly version|
    printer friendly version|print friendly|printable version|save as pdf|send by email|like this|like this:|
    leave a comment|leave a reply|post a comment|add a comment|add new comment|comments are closed|no comments|
    log in or register to post comments|login or register to post comments|copied to clipboard|read more|back to top|
    top of page|subscribe|sign up|follow us|follow us on twitter|donate|donate now|related articles|related posts|
    skip to content|skip to main content|skip to navigation|jump to navigation|
    partager|partager cet article|imprimer|imprimer cet article|envoyer par courriel|version imprimable|haut de page|
    laisser un commentaire|s'abonner|lire la suite|
    teilen|teile das|teile das:|teile diesen beitrag|diesen artikel teilen|drucken|druckversion|druckansicht|artikel drucken|
    nach oben|kommentar hinterlassen|kommentar schreiben|weiterlesen|
    compartir|compartir esto|comparte esto|comparte esto:|imprimir|versión para imprimir|deja un comentario|leer más|
    condividi|condividi su|condividi questo|stampa|versione stampabile|lascia un commento|leggi tutto|
    compartilhar|compartilhe|compartilhe isso:|versão para impressão|deixe um comentário|
    delen|deel dit|deel dit artikel|afdrukken|printversie|reageer|lees meer|
    поделиться|поделиться ссылкой|версия для печати|распечатать|оставить комментарий|читать далее|наверх|
    udostępnij|drukuj|wersja do druku|dodaj komentarz|czytaj więcej|
    κοινοποίηση|εκτύπωση|μοιραστείτε το|σχολιάστε|שתף|שתפו|הדפסה|הדפס|גרסה להדפסה|
    شارك|مشاركة|طباعة|نسخة للطباعة|اشتراک‌گذاری|چاپ|نسخه چاپی""".replace("\n", "").split("|")
)
_BUTTON_WORDS = frozenset(each.strip() for each in _BUTTONS)
_BOX = re.compile(
    r"\b(?:we|this\s+(?:web)?site|our\s+(?:web)?site|wir|diese\s+(?:web)?seite|ce\s+site|nous|este\s+sitio|questo\s+sito|deze\s+(?:web)?site)\b"
    r"\s+(?:\w+\s+)?(?:uses?|using|verwende[nt]|nutz\w+|utilis\w+|utiliz\w+|usa\w*|gebruik\w*)\b.{0,40}\bcookies?\b|\b(?:subscribe|sign\s+up)\b.{0,50}\b(?:newsletter|mailing\s+list|updates|e-?mails?|inbox)\b|"
    r"\bnewsletter\b.{0,60}\b(?:abonnieren|anmelden|subscribe|sign\s+up)|abonnez-vous\b.{0,60}\b(?:newsletter|lettre)|"
    r"\b(?:accept|reject)\s+all\s+cookies|suscríbete\b.{0,60}\bbolet[ií]n|iscriviti\b.{0,40}\bnewsletter",
    re.IGNORECASE | re.DOTALL,
)
_MOST_WORDS_OF_A_BOX = 50
_RULE = re.compile(r"\W{0,2}[xX]?[-=_*~#+.:|\\/<>]{12,}=?-?[xX]?")
_FOOTER = re.compile(
    r"\banother\s+file\s+downloaded\s+from|\b(?:down|up)loaded\s+from|\btext\s?files?\s+(?:from|at|by)|\btextfiles\.com|\bbbs\b|"
    r"\bcall\s+(?:these|our|the)\s+.{0,30}\b(?:boards?|systems?|nodes?)\b|temple\s+of\s+the\s+screaming\s+electron|\bftp\s+site",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\b\d{3}[-/. )]\s?\d{3}[-.]\w{4}\b")
_LEAST_PHONES = 3


def regions(texts: Sequence[str]) -> tuple[Region, ...]:
    """Each button, box and footer. A rule, by sign or as an empty block, opens and closes a footer."""
    foot = _footer(texts)
    stop = foot.start if foot else len(texts)
    out: list[Region] = []
    for at, text in enumerate(texts[:stop]):
        near = at < _NEAR or at >= len(texts) - _NEAR
        if near and _is_furniture(text):
            if out and out[-1].end == at:
                out[-1] = Region(out[-1].start, at + 1, out[-1].why)
            else:
                out.append(Region(at, at + 1, "buttons and boxes of a web page"))
    return (*out, *([foot] if foot else []))


def _is_furniture(text: str) -> bool:
    bare = " ".join(text.split()).strip(" .!»«>|").casefold()
    return bare in _BUTTON_WORDS or (
        len(text.split()) <= _MOST_WORDS_OF_A_BOX and _BOX.search(text) is not None
    )


def _footer(texts: Sequence[str]) -> Region | None:
    """From the last rule but closing ones to the end, if what stands between is a bulletin board's."""
    first = max(0, len(texts) - _NEAR)
    for at in range(first, len(texts)):
        opened = not texts[at].strip() or _RULE.match(texts[at]) is not None
        rest = " ".join(texts[at:])
        if opened and at > 0 and (_FOOTER.search(rest) or len(_PHONE.findall(rest)) >= _LEAST_PHONES):
            inside = _RULE.search(texts[at]) is not None and _FOOTER.search(texts[at]) is not None
            nearer = next(
                (
                    later
                    for later in range(at + 1, len(texts))
                    if (not texts[later].strip() or _RULE.match(texts[later]))
                    and _FOOTER.search(" ".join(texts[later:]))
                ),
                None,
            )
            if nearer is not None and not inside:
                continue
            return Region(at, len(texts), "the footer of the place the file was copied from")
    return None
