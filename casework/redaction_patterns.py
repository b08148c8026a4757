"""What its shape alone gives away: addresses, links, phones, national numbers, streets.

Numbers are told by pattern and date, never by a check digit: Icelandic ones given out since
February 2026 need not have a valid one.
"""

import re
from collections.abc import Iterator

from casework.redaction_dates import dates
from casework.redaction_handles import handles
from casework.redaction_kinds import Cut, Span
from casework.redaction_text import CUT

_TOP = (
    "is|com|org|net|edu|gov|dk|se|no|uk|ie|eu|io|fo|gl|fi|de|pl|lt|lv|ee|nl|fr|es|it|pt|info"
    "|biz|app|dev"
    "|me|co|health|online|shop|site|xyz|tv|ai|ly|be|gg|nu|cloud|care|clinic|academy|blog|page|link"
)
_AT = r"\s*(?:@|[(\[{<]\s*(?:at|hja|hjá|snabel-?a|alfa|krull|krøllalfa|kringla|a)\s*[)\]}>])\s*"
_DOT = (
    r"(?:\s*[(\[{]\s*(?:dot|punktur|punktum|punkt|prik)\s*[)\]}]\s*|\s+(?:dot|punktur"
    r"|punktum|punkt)\s+|\s?\.\s?)"
)
_AT_WORD = r"\s+(?:at|hjá|hja|snabel-?a|snabela|krøllalfa|kroellalfa|att|@)\s+"
_DIGIT_GAP = r"[\s.\-\u2010-\u2015/()·,]{0,3}"

_DAY = r"(?:0[1-9]|[12]\d|3[01]|[4-6]\d|7[01])"  # plus 40: organisations, D- and H-numbers
_MONTH = r"(?:0[1-9]|1[0-2]|[2-9]\d)"  # plus 20, 40, 60, 80: synthetic and later numbers
_GAP = r"[\s.\-\u2010-\u2015+]{0,3}"

_STREET_ENDS = (
    "brekka|brekku|vænget|berg|bergi|bergs|borg|borgum|borgir|ás|ási|áss|land|landi|lands|skeið"
    "|skeiði|kór|kórs|gränden|gränd|tunet|lia|gata|götu|gatu|vegur|vegi|vegar|veg|stígur|stíg"
    "|stígs|braut|brautar|stræti|strætis|holt|holti|holts"
    "|tún|túni|túns|hlíð|hlíðar|lundur|lundi|lundar|grund|grundar|bakki|bakka|hvammur|hvammi"
    "|hvamms|sund"
    "|heimar|heimum|heima|vogur|vogi|teigur|teigi|teigs|hólar|hólum|hóla|fell|felli|smári|smára"
    "|sel|seli"
    "|gerði|gerðis|tangi|tanga|múli|múla|höfði|höfða|torg|torgi|torgs|bær|nes|nesi|hagi|haga"
    "|melur|mel"
    "|gade|gaden|vej|vejen|allé|alle|alléen|stræde|plads|vænge|parken|have|toft|gatan|vägen|väg"
    "|gränd"
    "|gränden|stigen|torget|plan|backen|gt|gaten|veien|veg|vegen|vei|plass|plassen|stien|bakken"
    "|kroken|svingen"
)
_STREET_WORDS = (
    "street|st|road|rd|avenue|ave|lane|drive|crescent|terrace|close|court|square|place|way|row"
    "|gardens|park"
    "|grove|hill|mews|quay|walk|green|boulevard"
)

_KINDS_OF_PLACES = (
    "(?:vårdcentral|sjukhus|skola|förskola|gymnasi|mottagning|folkhögskola|kommun|stad"
    "|legesenter|sykehus|skole|barnehage"
    "|lægehus|lægecenter|sygehus|børnehave|bibliotek|universitet|højskole|høgskole|kirke|kyrka"
    "|hotell?|kro)\\w{0,4}"
    "|(?:starfsendurhæfing|heilsugæsl|sjúkrahús|spítal|skól|leikskól|grunnskól|menntaskól"
    "|háskól|bæ|sveit|hrepp|kirkj|hótel)\\w{0,6}"
    "|school|college|university|hospital|clinic|surgery|practice|hotel|nursery|academy|council"
    "|church|centre|center|group"
)
_SHAPES: tuple[tuple[Cut, re.Pattern[str]], ...] = (
    (Cut.LINK, re.compile(r"\b(?:https?|ftp|mailto|tel|sms):\S+|\bwww\.\S+", re.I)),
    (Cut.ADDRESS, re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]+(?:\.[\w-]+)*", re.I)),
    (
        Cut.ADDRESS,
        re.compile(
            rf"(?<![\w+-])[\w+-]{{1,64}}(?:{_DOT}[\w+-]{{1,64}}){{0,3}}(?:{_AT}|{_AT_WORD})"
            rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,2}}{_DOT}(?:{_TOP})\b",
            re.I,
        ),
    ),
    (Cut.LINK, re.compile(rf"(?<![\w.-])[.-]{{0,3}}(?:[\w-]+\.)+(?:{_TOP})\b(?:/\S*)?", re.I)),
    # Icelandic kennitala, Danish CPR, Norwegian fødselsnummer: the day first.
    # Swedish: the year first.
    (
        Cut.NATIONAL_NUMBER,
        re.compile(rf"(?<!\d){_DAY}{_GAP}{_MONTH}{_GAP}\d\d{_GAP}\d(?:{_GAP}\d){{3}}(?:\d)?(?!\d)"),
    ),
    (
        Cut.NATIONAL_NUMBER,
        re.compile(
            rf"(?<!\d)(?:(?:18|19"
            rf"|20){_GAP})?\d\d{_GAP}{_MONTH}{_GAP}{_DAY}{_GAP}\d(?:\s?\d){{3}}(?!\d)"
        ),
    ),
    (
        Cut.NATIONAL_NUMBER,
        re.compile(r"(?<![\dA-Za-z])[A-Z]{2}\s?\d\d\s?\d\d\s?\d\d\s?[A-D]\b", re.I),
    ),
    (Cut.NATIONAL_NUMBER, re.compile(r"(?<![\dA-Za-z])\d{7}\s?[A-W][A-IW]?\b", re.I)),
    (
        Cut.NATIONAL_NUMBER,
        re.compile(r"(?<!\d)(?:18|19|20)?\d{6}[-+\s]?[A-Z]\d{3}\b|(?<!\d)\d{6}[-+][X*x]{4}"),
    ),
    (Cut.PHONE, re.compile(rf"(?<![\w])(?:\+|00)\s?\d(?:{_DIGIT_GAP}\d){{6,14}}(?!\d)")),
    (Cut.PHONE, re.compile(r"(?<![\w.,-])\(?0\d(?:[\s\-().]{0,2}\d){5,10}(?!\d)")),
    (
        Cut.PHONE,
        re.compile(
            r"(?<![\w.,-])\d{3}[\s\-.]?\d{4}(?![\d])|(?<![\w.,-])\d\d(?:[ .\-]\d\d){3}(?!\d)"
            r"|(?<![\w.,-])\d{3} \d\d \d{3}(?!\d)"
        ),
    ),
    (
        Cut.PLACE,
        re.compile(
            rf"\b[^\W\d_]+(?:{_STREET_ENDS})\.?\s+\d{{1,4}}\s?[a-z]?\b(?!\s*(?:sinn|gang|times?"
            rf"|tím|%))",
            re.I,
        ),
    ),
    (
        Cut.PLACE,
        re.compile(
            rf"\b\d{{1,4}}[a-z]?,?\s+(?:[A-Z][^\W\d_']+'?\w?\s+){{1,3}}(?:{_STREET_WORDS})\b\.?",
            re.I,
        ),
    ),
    (
        Cut.PLACE,
        re.compile(
            rf"\b(?:[A-Z][^\W\d_]+\s+){{1,2}}(?:(?i:{_STREET_WORDS}))\b\.?(?:\s+\d{{1,4}}[a-z]?\b)?"
        ),
    ),
    (
        Cut.PLACE,
        re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b|\b[A-Z]\d[\dW]\s?[A-Z\d]{4}\b", re.I),
    ),
    (Cut.NUMBER, re.compile(rf"(?<![\w])[#№]?\d(?:{_DIGIT_GAP}\d){{5,}}(?!\w)")),
    (Cut.NUMBER, re.compile(r"\d{5,}")),
)
_WORDS_FOR_DIGITS = (
    "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|núll|einn|eitt|tveir"
    "|tvö|þrír|þrjú"
    "|fjórir|fjögur|fimm|sex|sjö|átta|níu|nul|nulle|null|en|et|to|tre|fire|fem|seks|syv|sju"
    "|otte|åtte|ni|noll"
    "|ett|två|fyra|sju|åtta|nio|tíu|tuttugu|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_SPOKEN = re.compile(
    rf"\b(?:(?:{_WORDS_FOR_DIGITS}|\d{{1,2}})[\s,.-]+){{4,}}(?:{_WORDS_FOR_DIGITS}|\d{{1,2}})\b",
    re.I,
)

# Letters and digits in one word name an account, a file or a case, unless they are one of these.
_CODE = re.compile(r"(?<![\w])(?=[\w/.-]*\d)(?=[\w/.-]*[^\W\d])[\w]+(?:[/.-][\w]+)*")
_HARMLESS_CODE = re.compile(
    r"x\d{1,2}|\d{1,3}(?:[.,]\d{1,2})?(?:[-\u2010-\u2015/x]\d{1,3})?-?"
    r"(?:x|st|nd|rd|th|h|hr|hrs|t|klst|min|mín|mins|m|s|kr|isk|dkk|sek|nok|eur|k|p|pct|prósent"
    r"|ja|ra|na|ta|di|fa"
    r"|falt|földu|sinnum|tíma|tímar|skipti|viku|vikna|vikur|mánaða|daga|ára|árs|gang|ganger"
    r"|gånger|uger|ugers"
    r"|veckor|uker|dage|dagar|dager|måneder|månader|weeks?|days?|months?|years?|hours?"
    r"|sessions?|session|mg|ml|kg|cm"
    r"|am|pm|e|a|åring|årig|åriga|årige|åringar|timer|timmar|tid|tider)(?:-\w{1,8})?"
    r"|(?:icd|dsm|phq|gad|dass|bdi|bai|madrs|audit|core|pcl|oq|wai|covid|sars|f|z|g|r|t|iso"
    r"|y-?bocs|spin|lsas|isi|ors|srs"
    r"|who|bdi-ii|mini|scl|ptsd|form)-?\d{1,3}(?:[.]\d{1,2})?(?:-?[a-z])?|mp[34]|b2b|b12|d3"
    r"|24/7|1-2-1|9-5|a4",
    re.I,
)  # fmt: skip


# A house number, a floor and a postcode stand beside a street and a town that are cut by now.
# So does the word for what kind of firm or school it was.
_CUT = re.escape(CUT)
_BESIDE_CUTS = (
    re.compile(
        rf"(?<={_CUT})[ ,.]*\d{{1,4}}[ ]?[A-Za-z]?(?:[ ,]+(?:\d{{1,2}}\.?[ ]?)?(?:tv|th|mf|sal"
        rf"|hæð|h|v|etg|og|lgh)\b\.?)*(?=[,.;)]|\s*$|\s+{_CUT}|[ ,]+\d{{3,5}})",
        re.I | re.M,
    ),
    re.compile(rf"(?<!\w)(?:[A-Z]{{1,2}}-)?\d{{3}}[ ]?\d{{0,2}},?\s+(?={_CUT})"),
    re.compile(rf"(?<={_CUT})[ ,.]+(?:tv|th|mf|sal|hæð|etg)\b", re.I),
    re.compile(rf"(?<={_CUT})\s+(?:{_KINDS_OF_PLACES})\b", re.I),
)


def _beside_cuts(text: str) -> Iterator[Span]:
    for pattern in _BESIDE_CUTS:
        for match in pattern.finditer(text):
            bare = match[0].strip(" ,.")
            start = match.start() + match[0].index(bare)
            yield Span(start, start + len(bare), Cut.PLACE)


def shapes(text: str) -> Iterator[Span]:
    """Everything in the text that its shape gives away."""
    yield from dates(text)
    yield from handles(text)
    yield from _beside_cuts(text)
    for kind, pattern in _SHAPES:
        for match in pattern.finditer(text):
            yield Span(*match.span(1 if pattern.groups else 0), kind)
    for match in _SPOKEN.finditer(text):
        yield Span(*match.span(), Cut.PHONE)
    for match in _CODE.finditer(text):
        if not _HARMLESS_CODE.fullmatch(match[0]):
            yield Span(*match.span(), Cut.NUMBER)
