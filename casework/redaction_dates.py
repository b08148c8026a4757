"""Dates and ages, in figures and in words, in five languages.

A day of a month, a month and a year are cut, since with a calendar or a list of staff they point to
one person. A day of the week by itself is left, and marked.
"""

import re
from collections.abc import Iterator

from casework.redaction_kinds import Cut, Span

_MONTHS = (
    "janúar(?:mánuð[iu]r?|s)?|febrúar(?:mánuð[iu]r?|s)?|mars(?:mánuð[iu]r?)?|apríl(?:mánuð[iu]r?|s)?|maí(?:mánuð[iu]r?)?"
    "|júní(?:mánuð[iu]r?)?|júlí(?:mánuð[iu]r?)?|ágúst(?:mánuð[iu]r?|s)?|september(?:mánuð[iu]r?|s)?|október(?:mánuð[iu]r?|s)?"
    "|nóvember(?:mánuð[iu]r?|s)?|desember(?:mánuð[iu]r?|s)?|januar|februar|agust|oktober|november|december|juni|juli"
    "|january|february|april|june|july|august|october|marts|januari|februari|augusti|mai|maj|oktober|desember"
)
_SHORT = "jan|feb|febr|mar|apr|jun|jún|jul|júl|aug|ágú|ágú|ág|sep|sept|oct|okt|nov|nóv|dec|des|march|may|mars"
_ANY_MONTH = rf"(?:{_MONTHS}|{_SHORT})"
_DAY_WORDS = (
    "fyrst[ai]|annan|annar|þriðj[ai]|fjórð[ai]|fimmt[ai]|sjött[ai]|sjöund[ai]|áttund[ai]|níund[ai]|tíund[ai]|ellefta|tólfta"
    "|þrettánda|fjórtánda|fimmtánda|sextánda|sautjánda|átjánda|nítjánda|tuttugasta(?: og \\w+)?|þrítugasta(?: og \\w+)?"
    "|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    "|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty[- ]\\w+|thirtieth|thirty[- ]first"
    "|første|anden|andre|tredje|fjerde|femte|sjette|syvende|ottende|niende|tiende|ellevte|elvte|tolvte|trettende|fjortende"
    "|femtende|sekstende|syttende|attende|nittende|tyvende|enogtyvende|toogtyvende|treogtyvende|fireogtyvende"
    "|femogtyvende|seksogtyvende|syvogtyvende|otteogtyvende|niogtyvende|tredivte|enogtredivte|sjuende|åttende|tjuende"
    "|tjue\\w+|trettiende|trettiførste|första|andra|fjärde|sjätte|sjunde|åttonde|nionde|tionde|elfte|tolfte|trettonde"
    "|fjortonde|femtonde|sextonde|sjuttonde|artonde|nittonde|tjugonde|tjugo\\w+|trettionde|trettioförsta"
)
_DAYS = (
    "(?:mánu|þriðju|miðviku|fimmtu|föstu|laugar|sunnu)dag(?:ur|inn|s|sins|i|inum|ar|a|num)?"
    "|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    "|(?:man|tirs|ons|tors|fre|lør|søn|mån|tis|lör|sön)dag(?:en|s|ens)?"
)
_DAY = r"(?:the\s+)?(?:0?[1-9]|[12]\d|3[01])(?:\.|st|nd|rd|th|:?e|:?a)?"
_YEAR = r"(?:19|20)\d\d"
_SEPARATOR = r"\s?[./\-\u2010-\u2015]\s?"
_OF = r"(?:of\s+|i\s+|í\s+)?"

# A feast is a day of the calendar as well.
_FEASTS = (
    "(?:midsommar|jul|nyårs|påsk|pingst|valborgsmässo|trettondags)(?:afton|dag|helg)(?:en)?"
    "|(?:jule|nytårs|nyttårs|påske|pinse|sankthans|lillejule)(?:aften|dag)(?:en|s)?|skærtorsdag|skjærtorsdag|langfredag"
    "|(?:aðfanga|jóla|gamlárs|nýárs|páska|skír|uppstigningar|bollu|sprengi|öskudag|þjóðhátíðar)dag(?:ur|inn|s|sins|i|inum)?"
    "|þorláksmess[au]n?|christmas (?:eve|day)|new year's (?:eve|day)|boxing day|patrick's day|good friday"
    "|easter (?:sunday|monday)"
)
_SHAPES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        # A day of the week goes with the date behind it.
        rf"(?:\b(?:{_DAYS})\s*,?\s*(?:the|den|d\.|þann|hinn|ann)?\s*)?(?<![\w.,]){_DAY}\s*{_OF}{_ANY_MONTH}\b\.?(?:,?\s*{_YEAR})?",
        rf"\b{_ANY_MONTH}\.?\s+(?:the\s+)?{_DAY}(?!\d)(?:,?\s*{_YEAR})?(?!\s*(?:sessions|tíma|times))",
        rf"(?:\b(?:{_DAYS})\s*,?\s*)?\b(?:the\s+|den\s+|þann\s+)?(?:{_DAY_WORDS})\s+{_OF}{_ANY_MONTH}\b(?:,?\s*{_YEAR})?",
        rf"\b{_ANY_MONTH}\s+(?:the\s+)?(?:{_DAY_WORDS})\b(?:,?\s*{_YEAR})?",
        rf"(?<![\d.]){_YEAR}{_SEPARATOR}(?:0?[1-9]|1[0-2]){_SEPARATOR}(?:0?[1-9]|[12]\d|3[01])(?!\d)",
        rf"(?<![\d.])(?:0?[1-9]|[12]\d|3[01]){_SEPARATOR}(?:0?[1-9]|[12]\d|3[01]){_SEPARATOR}(?:{_YEAR}|\d\d)(?!\d)",
        rf"(?:\b(?:{_DAYS})\s*,?\s*(?:the|den|d\.|þann|hinn)?\s*)(?<![\w.,]){_DAY}(?:\s?/\s?\d{{1,2}})?(?![\d\w%])",
        (
            r"(?:\b(?:þann|hinn|den|d\.|on|since|until|síðan|siden|sedan|frá|fra|från|til|til og med|till|born|f\.|fædd(?:ur)?|født|född)\s+(?:the\s+)?)"
            r"(?:0?[1-9]|[12]\d|3[01])(?:\.|/)\s?(?:0?[1-9]|1[0-2])(?:\.|\b)(?![\d])"
        ),
        r"(?<![\d./])(?!24/7)(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d/])",
        r"(?<![\d.,])(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0[1-9]|1[0-2])\.(?!\d)|(?<![\d.,])(?:[12]\d|3[01])\.(?:[1-9]|1[0-2])\.(?!\d)",
        rf"(?<![\d.,])'?{_YEAR}(?![\d]|,\d)",
        rf"\b{_ANY_MONTH}\.?\s+'\d\d\b",
        rf"\b(?:{_MONTHS}|september|sept|{_FEASTS})\b",
        r"\b(?:in|since|until|till|from|by|early|late|mid|last|next|during|of|before|after)[\s-]+(?:march|may)\b(?!\s+(?:be|have|not|need|want|also|well))",
    )
)
# Months that are other words in small letters.
_WITH_CAPITAL = re.compile(r"(?<=[^\s.!?:…\n]\s)(?:March|May)\b")


def dates(text: str) -> Iterator[Span]:
    """Every date in the text."""
    for pattern in (*_SHAPES, _WITH_CAPITAL):
        for match in pattern.finditer(text):
            yield Span(*match.span(), Cut.DATE)
