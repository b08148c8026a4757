"""Dates written in figures, years, decades, and years in words. Scores and shares are none."""

import re
from collections.abc import Iterator

from casework.redaction_kinds import Cut, Span

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d\d"
_SIGN = r"\s?[./\-\u2010-\u2015]\s?"
_COUNTED = (
    r"(?!\s?(?:kr|isk|dkk|sek|nok|eur|euro|pund|pounds|£|€|\$|%|mg|ml|kcal|kalor|calor|steps|skref"
    r"|skritt|skridt|steg|words|orð\b|meters?|metr|km\b))"
)
_WEEKDAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun|mán|man|mån|tirs|tis|ons|tors|fre|lør|lör|søn|sön|mánu"
    r"|þriðju|miðviku|fimmtu|föstu|laugar|sunnu)da[gy]\w{0,5}"
)
# What stands before a day and a month, and hardly before a score.
_CUE = re.compile(
    rf"(?:\b(?:on|since|until|þann|hinn|den|d\.|síðan|siden|sedan|sidan|dags\.?|dagsett|dato"
    rf"|datum|dated?"
    r"|fædd(?:ur)?|fæddist|f\.|født|född|born|dob|til og með|til og med|till och med|t\.o\.m\.?|tom"
    rf"|met|hittumst|mødtes|møttes|sågs|träffades|{_WEEKDAY})"
    r"\s*,?:?\s*(?:the|den|d\.|þann|hinn)?\s*\Z)",
    re.I,
)
# Before these a pair of numbers is a score, whatever it looks like.
_SCORE = re.compile(
    r"(?:\b(?:scor\w+|skor\w*|skår\w*|stig|poeng|poäng|point|rating|rated?|scale|kvarð\w+|skala\w*"
    r"|mood|gaf|level|nrs|vas|phq|gad|bdi|bai|madrs|audit|dass|pcl|ors|srs|epds|isi|core)"
    r"[\w\s:=-]{0,12}\Z)",
    re.I,
)
_CERTAIN = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"(?<![\d.]){_YEAR}{_SIGN}{_MONTH}{_SIGN}{_DAY}(?!\d)",  # 2024-03-14
        rf"(?<![\d.]){_DAY}{_SIGN}{_DAY}{_SIGN}(?:{_YEAR}|\d\d)(?!\d)",  # 14.3.24, 3/14/2024
        rf"(?<![\d.]){_DAY} {_MONTH} {_YEAR}(?!\d)",
        (
            rf"(?<![\d./]){_MONTH}[./-]{_YEAR}(?!\d)|(?<![\d./]){_YEAR}[./-](?:0[1-9]"
            rf"|1[0-2])(?![\d/-])"
        ),
        r"(?<![\d.,])(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0[1-9]|1[0-2])\.(?!\d)",  # 3.04.
        r"(?<![\d.,])(?:0[1-9]|[12]\d|3[01])\.0[1-9](?!\d|\.\d|\s?%)",  # 14.03
        r"(?<![\d.,])(?:[12]\d|3[01])\.(?:[1-9]|1[0-2])\.(?!\d)",  # 14.3.
        rf"(?<![\d.,])'?{_YEAR}(?!\d|,\d){_COUNTED}",
        r"(?<![\w'])'\d\d(?!\w)",
        r"\b[QH][1-4](?:\s?[-/']?\s?(?:20)?\d\d)?\b(?=[\s.,;:)]|\Z)",  # Q3 2024
        (
            r"(?<!\w)v\.\s?\d{1,2}(?:\s?(?:,|-|–|och|og)\s?\d{1,2}){0,5}\b(?!\s?(?:tim|tím|gån|skip"
            r"|sam|við|%))"
        ),
        r"(?<!\w)(?:(?:19|20)\d0|'[5-9]0)'?s\b",  # the 1990s
        r"(?<![\d'])(?:(?:19|20)?\d0)[-'’]?\s?(?:ern?e|er|tallet|talet|årene|årunum)\b",  # 90'erne
        r"(?<=\bthe )(?:fifties|sixties|seventies|eighties|nineties|noughties)\b",
        r"\b\w+ áratug(?:num|arins|inn|ur|i)\b",
    )
)
_TEENS_EN = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_IN_WORDS = re.compile(
    r"\bnineteen[ -](?:hundred|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?\b"
    rf"|\btwenty[ -](?:oh[ -]\w+|{_TEENS_EN}|twenty(?:[ -]\w+)?)\b|\btwo thousand(?: and)? \w+\b"
    r"|\bnítján ?hundruð(?: og)? \w+(?: og \w+)?|\b(?:tvö|árið) þúsund og \w+(?: og \w+)?"
    r"|\bnitten ?hundre(?:de|d)?(?: og)? \w+|\bto ?tusind?e? og \w+|\bnittonhundra\w+"
    r"|\btjugohundra\w+|\btjugotjugo\w*|\btju(?:e|go)tju(?:e|go)\w*",
    re.I,
)
_PAIR = re.compile(rf"(?<![\d./,:-])({_DAY})([/.])\s?({_MONTH})(?:\.(?!\d)|(?![\d/.%:]))")
_AMERICAN = re.compile(r"(?<![\d./,:-])(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])(?![\d/.%])")


def dates_in_figures(text: str) -> Iterator[Span]:
    """Every date in figures, and every year."""
    for pattern in (*_CERTAIN, _IN_WORDS):
        for match in pattern.finditer(text):
            yield Span(*match.span(), Cut.DATE)
    last_end = -1
    for match in _PAIR.finditer(text):
        follows = last_end >= 0 and not text[last_end : match.start()].strip(" ,&-–;ogandch")
        if follows or _is_day_and_month(match, text):
            last_end = match.end()
            yield Span(*match.span(), Cut.DATE)
    for match in _AMERICAN.finditer(text):
        if _CUE.search(text[max(0, match.start() - 24) : match.start()]):
            yield Span(*match.span(), Cut.DATE)


def _is_day_and_month(match: re.Match[str], text: str) -> bool:
    """Whether 3/4 is the third of April, and no share, score or day and night."""
    before = text[max(0, match.start() - 24) : match.start()]
    if _CUE.search(before):
        return True
    if match[2] == "." or _SCORE.search(before):
        return False
    day, month = int(match[1]), int(match[3])
    # Nobody scores more than there is to score: 17/8 is a date, 3/10 may be either.
    return day > month and (day, month) != (24, 7)
