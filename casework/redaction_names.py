"""Names of people and places, and every capital that is not known to be harmless."""

import re
from collections.abc import Iterator
from functools import cache

from casework.inflection import (
    has_family_ending,
    is_common_word,
    is_everyday_word,
    is_first_name,
    is_name,
)
from casework.lexicon import (
    OTHER_NAMES,
    PEOPLE,
    PLACES,
    bin_classes,
    fold,
    listed,
    listed_folded,
    spelt,
)
from casework.redaction_kinds import Cut, Span
from casework.redaction_markers import is_language
from casework.redaction_text import Word

_LATIN = re.compile(r"[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff\u0300-\u036f'ʼ]+")
_INITIALS = re.compile(
    r"(?<![\w.])(?:[^\W\d_a-zà-öø-ÿþ]\.[ -]?){1,4}(?![\w])"
    r"|(?<![\w.])(?:[^\W\d_a-zà-öø-ÿþ]\.[ -]?){2,4}[^\W\d_a-zà-öø-ÿþ](?!\w)"
)
_SPACED_OUT = re.compile(r"(?<!\w)[^\W\d_](?:[ .\-_*·|/]{1,3}[^\W\d_]){3,}(?!\w)")
_SHORTENED = re.compile(
    r"(?:t\.? ?d|o\.? ?s\.? ?frv|þ\.? ?e\.? ?a\.? ?s|þ\.? ?e|m\.? ?a|m\.? ?a\.? ?o|o\.? ?fl"
    r"|s\.? ?s|u\.? ?þ\.? ?b|a\.? ?m\.? ?k|e\.? ?t\.? ?v"
    r"|e\.? ?g|i\.? ?e|p\.? ?s|n\.? ?b|a\.? ?m|p\.? ?m|f\.? ?eks|b\.? ?l\.? ?a|o\.? ?s\.? ?v"
    r"|d\.? ?v\.? ?s|m\.? ?m|t\.? ?ex|f\.? ?h|e\.? ?h|þ\.? ?á\.? ?m)\.?",
    re.I,
)  # fmt: skip
# What comes before a name, however the name is spelt.
_INTRODUCED = re.compile(
    r"\b(?:named|called|heitir|hét|heiti|að nafni|nafnið|nafn(?:i)?|hedder|hed|heter|hette"
    r"|ved navn|ved namn|vid namn|navnet|namnet|navn|namn"
    r"|my name is|name is|name|nickname|alias|aka|mr|mrs|ms|miss|dr|fru|frú|frk|herra|hr|herr"
    r"|kallað(?:ur|ar)? sig|kallað(?:ur|ar)?|kallad|kaldet|kalt"
    r")\b[.:]?\s+((?:er\s+|är\s+|is\s+)?)([^\W\d_][\w']*)(?:\s+([^\W\d_][\w']*))?",
    re.I,
)
# Capitals of six letters and more are words that somebody wants to be heard.
_LONGEST_ACRONYM = 6
# "Will has", "Mark says": an English word that opens a sentence is a name before such a verb.
_DOES = re.compile(
    r"\s+(?:has|had|is|was|says|said|needs|feels|felt|wants|works|worked|lives|suffers"
    r"|struggles|came|went"
    r"|told|thinks|asked|seems|does|did|er|hefur|var|segir|sagði|kom|vill|þarf|har|hade|havde"
    r"|hadde|är|vil|sier|siger|säger)\b"
)
_FUNCTION_WORDS = frozenset(
    """hans man den var per an so in om i a as the my more may de dem er vi han hun hon hann hún
    við ég þá nu nú så sa da dag men och og en ein einn no nei ja já sem til hver hvor vor
    for far nor her hér har hér bara ville vil good best day days case work real early short
    long major low small new back black white self well given old still""".split()
)


def find_names(text: str, words: list[Word]) -> Iterator[Span]:
    """Every name, place, set of initials and unknown word with a capital."""
    named = [(word, _kind_of(word, text)) for word in words]
    beside = [None, *named, None]
    for at, (word, kind) in enumerate(named):
        if kind or (kind := _by_company(word, text, beside[at], beside[at + 2])):
            yield Span(word.start, word.end, kind)
    yield from _by_cue(text)
    for match in _INITIALS.finditer(text):
        if not _SHORTENED.fullmatch(match[0].strip()):
            yield Span(*match.span(), Cut.NAME)
    for match in _SPACED_OUT.finditer(text):
        if not _SHORTENED.fullmatch(match[0]):
            yield Span(*match.span(), Cut.UNKNOWN)


def _kind_of(word: Word, text: str) -> Cut | None:
    """What a word is by itself, or ``None`` if it may stay."""
    if not _LATIN.fullmatch(word.text):
        return Cut.UNKNOWN
    if len(word.text) == 1:
        return (
            None if word.text.islower() or word.opens or word.flat or word.text == "I" else Cut.NAME
        )
    if is_harmless(word):
        return None
    if word.has_capital and not word.flat:
        return _kind_of_capital(word, text)
    if word.is_shouted and _is_acronym(word, text):
        return Cut.UNKNOWN
    return _kind_of_small(word)


def _kind_of_capital(word: Word, text: str) -> Cut | None:
    common = is_common_word(word.text)
    if word.is_shouted and is_everyday_word(word.text) and not is_name(word.text):
        return None  # do NOT stop
    if word.is_shouted and common and not is_name(word.text) and len(word.text) > 3:
        return None
    if _is_run_together(word.text):
        return Cut.NAME
    if not word.opens or (
        word.is_shouted and len(word.text) < 4 and not is_everyday_word(word.text)
    ):
        return _named(word.text) or Cut.UNKNOWN
    if not common:
        return _named(word.text) or Cut.UNKNOWN
    return _at_opening(word, text)


def _at_opening(word: Word, text: str) -> Cut | None:
    """Of a common word that opens a sentence: whether a name is meant."""
    if not is_first_name(word.text):
        return None
    if _DOES.match(text, word.end) and spelt(word.text) not in _FUNCTION_WORDS:
        return Cut.NAME
    return None if is_everyday_word(word.text) else Cut.NAME


def _kind_of_small(word: Word) -> Cut | None:
    if is_common_word(word.text):
        return None
    kind = _named(word.text)
    return kind or (Cut.UNKNOWN if word.flat and not _is_ordinary(word.text) else None)


def _is_acronym(word: Word, text: str) -> bool:
    """Whether capitals in a text of small letters name something: hun er ansat i DSB."""
    return (
        len(word.text) < _LONGEST_ACRONYM
        and not is_everyday_word(word.text)
        and any(letter.islower() for letter in text)
    )


def _is_ordinary(word: str) -> bool:
    """Whether a contraction, such as don't or client's, is made of a common word."""
    return "'" in word and is_common_word(word.partition("'")[0])


def _named(word: str) -> Cut | None:
    """Whether it names a person, a place, or something else that BÍN writes with a capital."""
    if is_name(word):
        return Cut.NAME
    if is_place(word):
        return Cut.PLACE
    classes = bin_classes(spelt(word).capitalize())
    if classes & PEOPLE:
        return Cut.NAME
    if classes & PLACES:
        return Cut.PLACE
    return Cut.UNKNOWN if classes & OTHER_NAMES else None


def _by_company(
    word: Word,
    text: str,
    before: tuple[Word, Cut | None] | None,
    after: tuple[Word, Cut | None] | None,
) -> Cut | None:
    """A word that may be a name, right beside one that is: Björk in "björk jónsdóttir"."""
    if is_harmless(word) or spelt(word.text) in _FUNCTION_WORDS or not is_name(word.text):
        return None
    if is_everyday_word(word.text) or not (word.has_capital or word.flat):
        return None
    beside_name = (
        before is not None and before[1] is Cut.NAME and _between(text, before[0], word)
    ) or (after is not None and after[1] is Cut.NAME and _between(text, word, after[0]))
    return Cut.NAME if beside_name else None


def _between(text: str, left: Word, right: Word) -> bool:
    return text[left.end : right.start].strip(" -") == ""


def _by_cue(text: str) -> Iterator[Span]:
    for match in _INTRODUCED.finditer(text):
        for group in (2, 3):
            word = match[group]
            if not word or is_everyday_word(word) or (is_common_word(word) and not is_name(word)):
                break
            yield Span(*match.span(group), Cut.NAME)


def _is_run_together(word: str) -> bool:
    """JónaGuðrún, but not a shouted word or McDonald's plain capital."""
    return bool(re.search(r"[^\W\d_A-ZÀ-ÞØ][A-ZÀ-ÞØ]", word)) and not word.isupper()


def is_place(word: str) -> bool:
    """Whether a town, a country or a district is called so."""
    exact = spelt(word)
    for form in {exact, re.sub(r"'?s$", "", exact)}:
        if form in listed("places.txt") or (form.isascii() and form in listed_folded("places.txt")):
            return True
    return False


@cache
def _harmless() -> tuple[frozenset[str], frozenset[str]]:
    """Words that may always have a capital; and those that are so only in capitals."""
    listed_words = listed("harmless.txt")
    shouted = {word for word in listed_words if len(word) > 1 and word.isupper()}
    return frozenset(spelt(word) for word in listed_words - shouted), frozenset(shouted)


def is_harmless(word: Word) -> bool:
    """Whether a capital gives nobody away: a method, a diagnosis, a language, a title."""
    free, shouted = _harmless()
    exact = re.sub(r"'s?$", "", spelt(word.text))
    if exact in free or is_language(exact) or (word.is_shouted and exact in listed("clinical.txt")):
        return True
    upper = exact.upper()
    return upper in shouted and (word.flat or word.is_shouted or not word.has_capital or word.opens)


__all__ = ["find_names", "fold", "has_family_ending", "is_harmless", "is_place"]
