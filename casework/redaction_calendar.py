"""What each word, number and sign of a text is to a date: a month, a day's number, "early", "of".

Each becomes one letter, so that ``redaction_dates`` can look for sentences' shapes in a string of
letters, in five languages at once and in one reading of the text.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from casework.lexicon import bin_forms, sections, spelt


class Class(StrEnum):
    """What a piece of text may be in a date; the value is its letter in the shapes."""

    MONTH = "M"
    WEAK = "w"  # a month that is another word as well: may, march
    DAY = "o"  # which day, in words
    TENS = "T"  # twenty, as in twenty-first
    WEEKDAY = "W"
    FEAST = "F"  # one day of the year
    SEASON = "S"  # a feast of some days, or what everybody dreads: only with a word before it
    PART = "e"  # early, the end of
    OF = "t"  # what stands between a day and its month
    LAST = "l"  # last, next: goes with a feast
    WHEN = "p"  # what stands before a time
    CERTAIN = "P"  # what hardly stands before a number that is no date
    AND = "c"
    KLOKKAN = "h"
    WEEK = "k"
    QUARTER = "q"
    UNITS = "u"  # what is counted: four sessions in May, not the fourth of May
    VERB = "v"  # what follows may, but no May
    PREGNANT = "g"
    OUT_OF = "a"
    DAY_NUMBER = "n"  # 1 to 31
    NTH = "N"  # 3rd, 4:e
    CLOCK = "C"  # 14:30
    DECIMAL = "D"  # 14.30
    YEAR = "Y"
    SHORT_YEAR = "y"  # '24
    NUMBER = "#"
    DOT = "."
    COMMA = ","
    DASH = "-"
    SIGN = ";"
    WORD = "x"


class Piece(NamedTuple):
    """A piece of text: from ``start`` up to ``end``."""

    start: int
    end: int


_PIECE = re.compile(
    r"(?P<clock>\d{1,2}:[0-5]\d(?!\d)(?:\s?[ap]\.?m\b)?)|(?P<decimal>\d{1,2}\.[0-5]\d(?![\d.]))"
    r"|(?P<nth>(?:[12]\d|3[01]|0?[1-9])(?::?(?:st|nd|rd|th|e|a)\b))"
    r"|(?P<year>(?:19|20)\d\d(?!\d))|(?P<short>(?<!\w)'\d\d(?!\w))|(?P<number>\d+)"
    r"|(?P<word>[^\W\d_]+)|(?P<sign>[^\w\s])|(?P<odd>_+)",
    re.I,
)
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015/"


def calendar_pieces(text: str) -> tuple[str, list[Piece]]:
    """The letters of the pieces, and where each is; the two are of one length."""
    letters, pieces = [], []
    for match in _PIECE.finditer(text):
        letters.append(_letter_of(match))
        pieces.append(Piece(*match.span()))
    return "".join(letters), pieces


def _letter_of(match: re.Match[str]) -> str:
    found, kind = match[0], match.lastgroup
    if kind == "word":
        return _letter_of_word(found, opens=match.start() == 0)
    if kind == "number":
        return Class.DAY_NUMBER if len(found) < 3 and 0 < int(found) < 32 else Class.NUMBER
    if kind == "sign":
        return found if found in ".," else Class.DASH if found in _DASHES else Class.SIGN
    return _FIGURES.get(kind or "", Class.WORD)


_FIGURES = {
    "clock": Class.CLOCK,
    "decimal": Class.DECIMAL,
    "nth": Class.NTH,
    "year": Class.YEAR,
    "short": Class.SHORT_YEAR,
}


def _letter_of_word(word: str, *, opens: bool) -> str:
    letter = _letters().get(spelt(word), Class.WORD)
    if letter == Class.WEAK and word[0].isupper() and not word.isupper() and not opens:
        return Class.MONTH
    return letter


@cache
def _letters() -> dict[str, str]:
    """The letter of each word of the list; the first class of a word counts."""
    found: dict[str, str] = {}
    for name, words in _classes():
        for word in words:
            found.setdefault(word, Class[name])
    return found


def _classes() -> Iterator[tuple[str, set[str]]]:
    for head, words in sections("calendar.txt"):
        name, _, language = head.partition(" ")
        forms = {f for w in words for f in (bin_forms(w) if language == "is" else (w,))}
        yield name.replace("-", "_"), {spelt(form) for form in forms}
