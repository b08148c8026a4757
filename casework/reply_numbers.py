"""The numbers of credits in a sentence of a reply, and the numbers in it that are none."""

import re
from dataclasses import dataclass
from functools import cache

from casework.reply_tables import Languages, finder, number_words, pattern_of

#: Stands where a number was that is none of credits.
OTHER = "¤"
#: Stands where a number was with the noun it counts, which is none of credits.
COUNTED = "¤u"
# Stands where "one less" was, until it is worked out.
_ONE_LESS = "less¤"

_MONTHS = (
    r"(?:jan(?:uar[iy]?)?|feb(?:ruar[iy]?)?|mar[st]?|march|marts|apr(?:il)?|ma[ijy]|jun[ie]?|jul[iy]?"
    r"|aug(?:ust[i]?)?|agust|sep(?:t(?:ember)?)?|o[kc]t(?:ober)?|nov(?:ember)?|de[sc](?:ember)?)"
)
_MONEY = r"(?:isk|dkk|sek|nok|eur|usd|gbp|kr)"
_MONEY_AFTER = (
    rf"(?:%|€|\$|£|,-|(?:{_MONEY}|euro?s?|pounds?|thus|thusund|kronur|krona|kroner|kronor)\b)"
)
# What a number names when it comes after one of these, right away or after "is" and the like.
_NAMED = (
    r"(?:po|p\.o\.|ref|reference|faktura\w*|invoice\w*|reikning\w*|kostnads?\w*|cost cent(?:er|re)"
    r"|afd|afdeling|avdeling|avdelning|ean|konto\w*|account|kt|kennitala|cvr|vat|vsk|room|nr|no|num"
    r"|numer|nummer|prosjekt\w*|projekt\w*|verkefni|department|deild|week|vika|viku|uge|vecka|uke"
    r"|tel|tlf|simi|sima|phone|mob\w*|telefon\w*|fax|kl|klukkan|page|bls|id|code|kode|ks|floor)"
)
_IS = r"(?:(?:nr|no|number|nummer|er|is|ar|ref|merkes|markes|med)\.? )?"
_CREDITS_AFTER = r"(?![\d -]{0,14} ?(?:credit|inneign|kredit|tim|session|more|til\b|flere|mer))"
# In this order: what is told by its signs comes before what is told by its length.
_OTHERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\bcr-[0-9a-z]{5}-[0-9a-z]{6}\b",
        r"(?:https?://|www\.)\S{1,300}|\S{1,64}@\S{1,100}",
        rf"[€$£#] ?\d[\d.,]{{0,12}}|\b{_MONEY}\.? ?\d[\d.,]{{0,12}}",
        rf"\b\d[\d.,]{{0,12}} ?{_MONEY_AFTER}",
        rf"\b{_NAMED}\b\.?:? {{0,2}}{_IS}#?{_CREDITS_AFTER}\d[\d -]{{0,14}}",
        r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}\b",
        r"\b\d{1,2}[:.]\d\d\b",
        rf"\b\d{{1,2}}(?:st|nd|rd|th|\.)? (?:of |i )?{_MONTHS}\b(?:,? \d{{4}})?",
        rf"\b{_MONTHS}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)",
        r"\b\d{1,3}(?:st|nd|rd|th)\b|\b\d{1,2}:[ae]\b",
        r"(?<![\d.])\d{1,2}\.(?= [a-z])|^\d{1,2}[.)](?= )",
        r"\b(?:den|the|thann|tann|d\.) \d{1,2}\b(?! [a-z])(?=\.|$)",
        r"\+ ?\d[\d ()-]{6,18}|\b\d{2,4}(?:[ -]\d{2,4}){1,4}\b(?<=\d\d)",
        r"\b(?!100\b)\d{3,}\b",
    )
)
_DECIMAL = re.compile(r"\b\d{1,3}[.,]\d{1,3}\b|\b\d{1,3} ?1/2|½|\b0\d")
_FIGURE = re.compile(r"(?<![a-z0-9'])\d{1,3}(?![a-z0-9'])")


@dataclass(frozen=True)
class Numbers:
    """What numbers a sentence has.

    ``text`` is the sentence with ``#`` for each of ``figures``; ``values`` are those of them that
    are not refused, each once. ``refused`` holds what it says there shall not be, ``at_most`` is
    set where a limit goes with a number. ``doubtful`` is set for fractions and the like.
    """

    values: tuple[int, ...]
    figures: tuple[int, ...]
    refused: frozenset[int]
    at_most: bool
    doubtful: bool
    text: str


def without_others(folded: str) -> tuple[str, bool]:
    """A folded sentence without dates, money, telephones; and whether a fraction is in it."""
    for pattern in _OTHERS:
        folded = pattern.sub(f" {OTHER} ", folded)
    doubtful = bool(_DECIMAL.search(folded))
    return folded, doubtful


def find_numbers(text: str, languages: Languages, asked: int | None) -> Numbers:
    """The numbers of credits in a plain sentence, which has no others in figures any more."""
    words, meanings = number_words(languages)
    text = finder("one_less", languages).sub(_ONE_LESS, text)
    text = _ones(languages).sub(" 1", text)
    text = finder("ones", languages).sub("one¤", text)
    text = words.sub(lambda m: str(meanings[m[0]]), text)
    text = _of_other(languages).sub(f"{COUNTED} ", text)
    text = _out_of_asked(text, languages, asked)
    text, odd = _work_out(text, languages, asked)
    text, refused = _refuse(text, languages)
    values = [int(figure) for figure in _FIGURE.findall(text)]
    marked = _FIGURE.sub("#", text)
    return Numbers(
        values=tuple(dict.fromkeys(value for value in values if value not in refused)),
        figures=tuple(values),
        refused=frozenset(refused),
        at_most=bool(_limit(languages).search(marked)),
        doubtful=odd or len(set(values)) < len(values) or any(value > 100 for value in values),
        text=marked,
    )


def _refuse(text: str, languages: Languages) -> tuple[str, set[int]]:
    """Take out "instead of 6" and "not 6", where another number is there."""
    refused = {int(m[1]) for m in _instead(languages).finditer(text)}
    rest = _instead(languages).sub(" ", text)
    return (rest, refused) if refused and _FIGURE.search(rest) else (text, set())


def _out_of_asked(text: str, languages: Languages, asked: int | None) -> str:
    """Take out "of the four" after a number, where four were asked for."""
    of = pattern_of("out_of", languages)
    return re.sub(rf"(?<=\d) (?:{of}) {asked or 0}(?![a-z0-9])", "", text)


def _work_out(text: str, languages: Languages, asked: int | None) -> tuple[str, bool]:
    """Put the number for "half", "one less", "twice that"; and whether that cannot be done."""
    worked = (
        (finder("half", languages), asked // 2 if asked and asked % 2 == 0 else None),
        (re.compile(_ONE_LESS), asked - 1 if asked else None),
        (finder("twice", languages), asked * 2 if asked else None),
    )
    for found, number in worked:
        if not found.search(text):
            continue
        if number is None:
            return found.sub(" ", text), True
        told = str(number) in _FIGURE.findall(text)
        text = found.sub(" " if told else str(number), text, count=1)
    return text, False


@cache
def _ones(languages: Languages) -> re.Pattern[str]:
    """A word for one that is a number: what is counted comes after it, or "more" does."""
    more, counted = pattern_of("more", languages), pattern_of("credits", languages)
    return re.compile(
        rf"(?<![a-z0-9'])(?:{pattern_of('ones', languages)})"
        rf"(?=(?: (?:{more}))?(?: (?:{counted}))(?![a-z])|(?: (?:{more}))(?: ,| ¤|$))"
    )


@cache
def _of_other(languages: Languages) -> re.Pattern[str]:
    """A number with what it counts, where that is not credits."""
    counted, units = pattern_of("credits", languages), pattern_of("units", languages)
    more, rates = pattern_of("more", languages), pattern_of("rates", languages)
    return re.compile(
        r"(?<![a-z0-9'])\d{1,3} "
        rf"(?:(?:(?:{more}) )?(?!(?:{counted})(?![a-z]))(?:{units})"
        rf"|(?:(?:{counted}) )?(?:{rates}))(?![a-z])"
    )


@cache
def _limit(languages: Languages) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![a-z])(?:{pattern_of('limits', languages)})(?: [a-z]+)? #"
        rf"|# (?:[a-z]+ )?(?:{pattern_of('limits', languages)})(?![a-z])"
    )


@cache
def _instead(languages: Languages) -> re.Pattern[str]:
    instead = pattern_of("instead", languages)
    return re.compile(rf"(?<![a-z])(?:{instead})(?: the| de| dem| for)? (\d{{1,3}})(?![a-z0-9])")
