"""The names of the months, by language and as bylines decline and shorten them → their numbers."""

from __future__ import annotations

import re
import unicodedata

_MONTHS = {
    "en": "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep "
    "october/oct november/nov december/dec",
    "fr": "janvier/janv février/févr mars avril mai juin juillet/juil août septembre octobre novembre décembre/déc",
    "de": "januar/jänner februar/feber märz april mai juni juli august september oktober/okt november dezember/dez",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "ru": "января/январь февраля/февраль марта/март апреля/апрель мая/май июня/июнь июля/июль августа/август "
    "сентября/сентябрь октября/октябрь ноября/ноябрь декабря/декабрь",
    "pl": "stycznia/styczeń lutego/luty marca/marzec kwietnia/kwiecień maja/maj czerwca/czerwiec lipca/lipiec "
    "sierpnia/sierpień września/wrzesień października/październik listopada/listopad grudnia/grudzień",
    "el": "ιανουαρίου/ιανουάριος/ιανουάρης/γενάρης/γενάρη φεβρουαρίου/φεβρουάριος/φλεβάρης/φλεβάρη "
    "μαρτίου/μάρτιος/μάρτης/μάρτη απριλίου/απρίλιος/απρίλης/απρίλη μαΐου/μάιος/μάης/μάη ιουνίου/ιούνιος/ιούνης/ιούνη "
    "ιουλίου/ιούλιος/ιούλης/ιούλη αυγούστου/αύγουστος σεπτεμβρίου/σεπτέμβριος/σεπτέμβρης/σεπτέμβρη "
    "οκτωβρίου/οκτώβριος/οκτώβρης/οκτώβρη νοεμβρίου/νοέμβριος/νοέμβρης/νοέμβρη δεκεμβρίου/δεκέμβριος/δεκέμβρης/δεκέμβρη",
    "he": "ינואר/בינואר פברואר/בפברואר מרץ/במרץ/מרס/במרס אפריל/באפריל מאי/במאי יוני/ביוני יולי/ביולי "
    "אוגוסט/באוגוסט ספטמבר/בספטמבר אוקטובר/באוקטובר נובמבר/בנובמבר דצמבר/בדצמבר",
    "ar": "يناير/كانون_الثاني فبراير/شباط مارس/آذار أبريل/إبريل/ابريل/نيسان مايو/أيار/ايار يونيو/حزيران "
    "يوليو/تموز أغسطس/اغسطس/آب سبتمبر/أيلول/ايلول أكتوبر/اكتوبر/تشرين_الأول نوفمبر/تشرين_الثاني "
    "ديسمبر/كانون_الأول",
    "fa": "ژانویه/ژانویهٔ فوریه/فوریهٔ مارس آوریل مه/مهٔ/می ژوئن ژوئیه/ژوئیهٔ/جولای اوت/آگوست سپتامبر "
    "اکتبر نوامبر دسامبر",
}
"""Each of twelve, with its other forms after strokes; `_` is a space. Months of the solar Hijri and Hebrew
calendars are not here: their days belong to years that no edition's metadata can hold."""


_ACUTE = "\u0301"


def _bare(name: str, *, acute_only: bool = False) -> str:
    """Without accents, as capitals lose them: "ΜΑΪΟΥ" and "ΜΑΙΟΥ" are Μαΐου, "FEVRIER" is février."""
    parts = unicodedata.normalize("NFD", name)
    kept = (part for part in parts if not (part == _ACUTE if acute_only else unicodedata.combining(part)))
    return unicodedata.normalize("NFC", "".join(kept))


def _numbers() -> dict[str, int]:
    out: dict[str, int] = {}
    for names in _MONTHS.values():
        for number, forms in enumerate(names.split(), 1):
            for form in forms.replace("_", " ").split("/"):
                out[form] = number
    for form, number in tuple(out.items()):
        out.setdefault(_bare(form), number)
        out.setdefault(_bare(form, acute_only=True), number)
    return out


NUMBERS = _numbers()


def pattern() -> str:
    """A regular expression for any of the names, the longest first."""
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(NUMBERS, key=len, reverse=True))
