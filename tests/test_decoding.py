"""pipeline.decoding and scouring: any encoding, mojibake, what cannot be seen; and what is refused, with its line."""

from __future__ import annotations

import codecs
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline import decoding, scouring
from pipeline.errors import SourceError
from tests.workshop import ROOT

# Of the Universal Declaration of Human Rights (United Nations, free for any use); the English is ours.
SAMPLES: tuple[tuple[str, str, str], ...] = (
    (
        "en",
        "cp1252 mac_roman",
        "Nobody’s “rights” – not one – may be taken away; everyone is entitled to a fair and public hearing.",
    ),
    (
        "fr",
        "cp1252 iso8859_15 mac_roman cp850",
        "Article 10 Toute personne a droit, en pleine égalité, à ce que sa cause soit entendue équitablement et publiquement par un tribunal indépendant et impartial, qui",
    ),
    (
        "de",
        "cp1252 mac_roman cp850",
        "Jeder hat bei der Feststellung seiner Rechte in voller Gleichheit Anspruch auf ein gerechtes und öffentliches Verfahren vor einem unabhängigen und unparteiischen Gericht.",
    ),
    (
        "es",
        "cp1252 mac_roman",
        "Artículo 10 Toda persona tiene derecho, en condiciones de plena igualdad, a ser oída públicamente y con justicia por un tribunal independiente e imparcial, para la",
    ),
    (
        "pl",
        "cp1250 iso8859_2",
        "Artykuł 10 Każdy człowiek ma na warunkach całkowitej równości prawo, aby przy rozstrzyganiu o jego prawach i zobowiązaniach lub o zasadności wysuwanego przeciw niemu",
    ),
    (
        "cs",
        "cp1250 iso8859_2",
        "Článek 10 Každý má úplně stejné právo, aby byl spravedlivě a veřejně vyslechnut nezávislým a nestranným soudem, který rozhoduje buď o jeho právech a povinnostech, nebo o",
    ),
    (
        "ru",
        "cp1251 koi8_r cp866 iso8859_5 mac_cyrillic",
        "Статья 10 Каждый человек, для определения его прав и обязанностей и для установления обоснованности предъявленного ему уголовного обвинения, имеет право, на основе",
    ),
    (
        "uk",
        "cp1251 koi8_u",
        "Стаття 10. Кожна людина, для визначення її прав і обов'язків і для встановлення обґрунтованості пред'явленого їй кримінального обвинувачення, має право, на основі повної",
    ),
    (
        "el",
        "cp1253 iso8859_7",
        "ΑΡΘΡΟ 10 Καθένας έχει δικαίωμα, με πλήρη ισότητα, να εκδικάζεται η υπόθεσή του δίκαια και δημόσια, από δικαστήριο ανεξάρτητο και αμερόληπτο, που θα αποφασίσει είτε για",
    ),
    (
        "he",
        "cp1255 iso8859_8",
        "סעיף יב. לא יהא אדם נתון להתערבות שרירותית בחייו הפרטיים, במשפחתו, במעונו, בחליפת מכתבים שלו ולא לפגיעה בכבודו או בשמו הפוב. כל אדם זכאי להגנת החוק בפני התערבות או פגיעה",
    ),
    (
        "ar",
        "cp1256",
        "كل شخص متهم بجريمة يعتبر بريئاً إلى أن تثبت إدانته قانوناً بمحاكمة علنية تؤمن له فيها الضمانات الضرورية للدفاع عنه.",
    ),
    (
        "fa",
        "cp1256",
        "هر کس که به بزه‌کاري متهم شده باشد بي‌گناه محسوب خواهد شد تا وقتيکه در جريان يک دعواي عمومي که در آن کليه تضمين‌هاي لازم براي دفاع او تامين شده باشد تقصير او قانوناً",
    ),
    (
        "tr",
        "cp1254",
        "Madde 10 Herkes, haklarının, vecibelerinin veya kendisine karşı cezai mahiyette herhangi bir isnadın tespitinde, tam bir eşitlikle, davasının bağımsız ve tarafsız bir",
    ),
    (
        "zh-Hans",
        "gb18030",
        "第二十二条 每个人,作为社会的一员,有权享受社会保障,并有权享受他的个人尊严和人格的自由发展所必需的经济、社会和文化方面各种权利的实现,这种实现是通过国家努力和国际合作并依照各国的组织和资源情况。",
    ),
    (
        "zh-Hant",
        "big5",
        "第二十二條 每個人，作為社會的一員，有權享受社會保障，並有權享受他的個人尊嚴和人格的自由發展所必需的經濟、社會和文化方面各種權利的實現，這種實現是通過國家努力和國際合作並依照各國的組織和資源情況。",
    ),
    (
        "ja",
        "shift_jis euc_jp iso2022_jp",
        "成年の男女は、人種、国籍又は宗教によるいかなる制限をも受けることなく、婚姻し、かつ家庭をつくる権利を有する。成年の男女は、婚姻中及びその解消に際し、婚姻に関し平等の権利を有する。",
    ),
    (
        "ko",
        "euc_kr",
        "제 12 조 어느 누구도 그의 사생활, 가정, 주거 또는 통신에 대하여 자의적인 간섭을 받거나 또는 그의 명예와 명성에 대한 비난을 받지 아니한다. 모든 사람은 이러한 간섭이나 비난에 대하여 법의 보호를 받을 권리를 가진다.",
    ),
)
"""Language, encodings that it was written in, words."""

ENCODED = [
    (language, encoding, text) for language, encodings, text in SAMPLES for encoding in encodings.split()
]


@pytest.mark.parametrize(("language", "encoding", "text"), ENCODED, ids=[f"{a}-{b}" for a, b, _ in ENCODED])
def test_an_encoding_is_told_by_content(language: str, encoding: str, text: str) -> None:
    found = decoding.decode(text.encode(encoding))
    assert found.text == unicodedata.normalize("NFC", text)
    assert [change.rule for change in found.changes] == ["encoding"]
    assert found.changes[0].after in text
    assert found.why in found.changes[0].why


@pytest.mark.parametrize(("language", "text"), [(language, text) for language, _, text in SAMPLES])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]
)
def test_all_that_unicode_is_written_in(encoding: str, language: str, text: str) -> None:
    lines = f"{text}\n\n{text}\r\n"
    assert decoding.decode(lines.encode(encoding)).text == lines
    assert decoding.decode(lines.encode(encoding), "koi8-r").text == lines


@pytest.mark.parametrize(
    ("text", "declared", "encoding"),
    [
        # 0x9c is no letter of ISO 8859-1, which is what it calls itself.
        ("l’œuvre à côté", "ISO-8859-1", "cp1252"),
        ("łódź", "iso-8859-2", "iso8859_2"),
        ("Мир", "windows-1251", "cp1251"),
        ("中国人民", "gb2312", "gb18030"),
        ("한국", "euc-kr", "cp949"),
        # Nobody writes Russian in ISO 8859-1: a server says so of everything.
        ("Сталин и Ленин, и все товарищи их", "iso-8859-1", "cp1251"),
        ("café", "utf-8", "cp1252"),
        ("café", "rot13", "cp1252"),
        ("café", "no such thing\0", "cp1252"),
    ],
)
def test_what_a_text_says_of_itself_holds_if_it_can(text: str, declared: str, encoding: str) -> None:
    assert decoding.decode(text.encode(encoding), declared).text == text


@pytest.mark.parametrize("text", ["naïve", "fine\nalso fine\ncafé\n", "It’s", "1 000 €", "Ça va?"])
def test_a_letter_or_two_are_taken_for_the_most_usual(text: str) -> None:
    assert decoding.decode(text.encode("cp1252")).text == text


def test_a_letter_that_no_encoding_has_at_its_place_is_cleaned_away() -> None:
    assert decoding.decode(b"Voil\xe0 l'\x81\xe9t\xe9, dit-il", "latin-1").text == "Voilà l'été, dit-il"


# --- Damage ------------------------------------------------------------------------------------------

GARBLED = [
    "It’s “good” – isn’t it?",
    "Ça m’a étonné : « l’été »",
    "Über die Größe",
    "Łódź i Kraków",
    "Привет, мир",
]


@pytest.mark.parametrize(
    ("text", "encoding"), [*((text, "cp1252") for text in GARBLED), (GARBLED[-1], "cp1251")]
)
def test_what_was_once_read_wrongly_is_read_anew(text: str, encoding: str) -> None:
    garbled = b"".join(
        bytes([byte]).decode(encoding, "ignore").encode() or f"{byte:c}".encode() for byte in text.encode()
    )
    found = decoding.decode(b"Plain words.\n" + garbled + b"\nMore.\n")
    assert found.text == f"Plain words.\n{text}\nMore.\n"
    assert found.changes
    assert all(change.place.first == change.place.last == 2 for change in found.changes)
    assert all(change.after in text and change.before != change.after for change in found.changes)


@pytest.mark.parametrize(
    "text",
    [
        "« la liberté »… CAFÉ… Â",
        "“Ā” is a letter, ‘à’ too; &eacute; ﬁ Ａ",
        "SÃO PAULO – PRÓXIMA",
        "РСФСР и СССР; ВС РФ, ГРСГ",
        "表ポあA鷗ŒéＢ逍Üßªąñ丂㐀𠀀",
        "\ufffd stays \ufffd",
        "tab\tand\fpage",
        "می‌خواهم 👩‍👩‍👧",
        "\u2067שלום\u2069 \u202bשלום\u202c \u200f!",
        "O’Brien & “Co.” — 5 × 3",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    found = decoding.decode(text.encode())
    assert (found.text, found.changes) == (text, ())


def test_a_pasted_letter_of_another_encoding() -> None:
    data = "Tout est prêt, même la fête où l’été s’achève ; ".encode() * 9 + b"d\xe9j\xe0 l\x92ann\xe9e.\n"
    found = decoding.decode(b"\n" + data)
    assert found.text.endswith("déjà l’année.\n")
    assert [(each.place.first, each.before, each.after) for each in found.changes] == [
        (2, "d\\xe9j\\xe0", "déjà"),
        (2, "l\\x92ann\\xe9e.", "l’année."),
    ]


@pytest.mark.parametrize(
    ("text", "scoured", "kind"),
    [
        ("pam\u00adphlet", "pamphlet", "soft hyphens, 1 ×"),
        ("a\u200bb\ufeffc", "abc", "spaces of no width, 2 ×"),
        ("a\x07b\x9b\x00".replace("\0", ""), "ab", "control characters, 2 ×"),
        ("b\bbo_\bl_\bd\b_", "bold", "letters struck over, 4 ×"),
        ("\x1b[31mred\x1b[0m", "red", "escapes of a terminal, 2 ×"),
        ("the end\x1a", "the end", "end-of-file sign, 1 ×"),
        ("one\u2028two\x85three\x0bfour", "one two three four", "ends of lines of another kind, 3 ×"),
        ("cafe\u0301", "café", "letters in pieces, 1 ×"),
        ("a\ufffeb\U000e0041", "ab", "signs that are none, 2 ×"),
        ("\u202eevil\u202c", "evil", "stray marks of direction, 2 ×"),
        (
            "\u202bopen\n\u2067fine\u2069 closed\u202c",
            "open\n\u2067fine\u2069 closed",
            "stray marks of direction, 2 ×",
        ),
        ("\u202b\u202eab\u202cc\u202c", "\u202babc\u202c", "stray marks of direction, 2 ×"),
    ],
)
def test_what_nobody_sees_goes_and_is_counted(text: str, scoured: str, kind: str) -> None:
    found, changes = scouring.scoured(f"first\n{text}")
    assert found == f"first\n{scoured}"
    assert [(change.before, change.place.first) for change in changes] == [(kind, 2)]
    assert scouring.scoured(found) == (found, [])


def test_ends_of_lines_where_there_are_no_others() -> None:
    assert scouring.scoured("one\x85two\u2029three")[0] == "one\ntwo\nthree"


# --- What is no text ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("fine\né".encode()[:-1], "a.txt, line 2: the byte 0xc3 is not valid UTF-8"),
        ("été été".encode()[:-1], "line 1: the byte 0xc3 is not valid UTF-8"),
        (b"\xed\xa0\x80", "line 1: the byte 0xed is not valid UTF-8"),
        (
            b"fine\n\xf8\x88\x80\x80\x80 \xc0\xaf \xe0\x80\xaf \xed\xbe\xb4",
            "line 2: the byte 0xf8 is not valid UTF-8",
        ),
        (b"one\ntwo\0\n", "line 2: there is a NUL byte"),
        (codecs.BOM_UTF16_LE + b"a\0\n\0\0\xd8", "is not valid UTF-16-LE"),
        (bytes(range(256)), "there is a NUL byte"),
        (b"\xff\x81\x8d\x90 \xfe\x80\x01 \x81\xfd\xff\xa0 \x8f" * 9, "no other encoding fits either"),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(data: bytes, says: str) -> None:
    with pytest.raises(SourceError) as refused:
        decoding.decode(data, name="a.txt")
    assert says in str(refused.value)
    assert str(refused.value).startswith("a.txt")
    assert refused.value.hint


@given(st.text(st.characters(exclude_categories=["Cs"])))
@example("a\x1b[\x1b[0m0m")
@example("\u202a\u202a\u202c_\b_\b")
def test_scouring_once_is_enough(text: str) -> None:
    scoured, changes = scouring.scoured(text)
    assert bool(changes) == (scoured != text)
    again, _ = scouring.scoured(scoured)
    assert again == scoured
    letters = [sign for sign in unicodedata.normalize("NFC", text) if sign.isalnum()]
    if not any(sign in text for sign in "\b\x1b"):
        assert [sign for sign in scoured if sign.isalnum()] == letters


@given(st.binary())
@example(b"\xff\xfe\xff")
@example(b"\x1b$B\x1b(B")
@example(b"~{\xff")
def test_any_bytes_are_a_text_or_one_error(data: bytes) -> None:
    try:
        found = decoding.decode(data)
    except SourceError as error:
        sentence = str(error)
        assert "\n" not in sentence
    else:
        found.text.encode()
        assert "\0" not in found.text


def test_clean_utf_8_imports_no_library(founding_text: object) -> None:
    program = (
        "import sys; from pathlib import Path; from pipeline import decoding;"
        f"decoding.decode(Path({str(founding_text)!r}).read_bytes());"
        "print(*sorted({'chardet', 'ftfy'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == []
