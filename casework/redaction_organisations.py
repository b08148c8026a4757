"""Names of firms, schools, clinics and authorities: by their kind, a legal form, or known ones.

Words with a capital go by other rules as well. These take the whole name, also where part of it is
an ordinary word, opens a sentence or is written small.
"""

import re
from collections.abc import Iterator
from functools import cache

from casework.inflection import is_common_word, is_everyday_word
from casework.lexicon import bin_forms, sections, spelt
from casework.redaction_kinds import Cut, Span
from casework.redaction_text import Word

_LONGEST_NAME = 6
_JOINED = re.compile(r"\s+|\s*[-&+]\s*|\s+(?:of|and|og|och|for|för|of the|de|du|la|von)\s+")
_BEHIND_KIND = re.compile(r"\s+(?:í|á|i|på|við|ved|vid)\s+")  # Menntaskólinn við Hamrahlíð
_SMALL_FORMS = r"(?i:ehf|hf|ohf|slf|ses|ltd|limited|inc|plc|llc|llp|aps|a/s|asa|gmbh|i/s|k/s|p/s)"
_FORM = re.compile(rf"\b(?:{_SMALL_FORMS}|AB|AS|SA|AG|KB|HB|ANS|Oyj?|BV|NV|Corp|Co)\b(?![/&])")
_AMPERSAND = re.compile(r"(?<![\w&])[^\W\d_]{1,2}&[^\W\d_](?![\w&])")
_NO_FIRMS = frozenset("q&a r&d a&e p&l h&s t&c d&v d&c o&g b&b m&m s&m".split())
_SEVERAL_WORDS = re.compile(
    r"\b(?:novo nordisk|røde kors|röda korset|rauð\w+ kross\w+|red cross|norsk hydro|svenska kyrkan"
    r"|den norske kirke|citizens advice|royal mail|danske bank|den danske folkekirke|folkekirken"
    r"|marks (?:and|&) spencer|save the children|rädda barnen|redd barna|red barnet|kirkens korshær"
    r"|frelsens hær|frelsesarmeen|frälsningsarmén|hjálpræðisher\w*|arion banki|rema 1000"
    r"|bank norwegian|sankt lukas|securitas|iceland seafood|blá\w* lón\w*)\b",
    re.I,
)


def find_organisations(text: str, words: list[Word]) -> Iterator[Span]:
    """Every name of an organisation."""
    for run in _runs(text, words):
        if start := _start_of_name(text, run):
            yield Span(start.start, _end_of_name(text, run[-1]), Cut.UNKNOWN)
    yield from _with_legal_forms(text, words)
    for word in words:
        if spelt(word.text) in _words_of("KNOWN") and not is_everyday_word(word.text):
            yield Span(word.start, word.end, Cut.UNKNOWN)
    for match in _SEVERAL_WORDS.finditer(text):
        yield Span(*match.span(), Cut.UNKNOWN)
    for match in _AMPERSAND.finditer(text):
        if match[0].casefold() not in _NO_FIRMS:
            yield Span(*match.span(), Cut.UNKNOWN)


def _runs(text: str, words: list[Word]) -> Iterator[list[Word]]:
    """Words with a capital that stand together, "of" and "&" between them allowed."""
    run: list[Word] = []
    for word in words:
        if word.flat or not word.has_capital:
            continue
        if run and (len(run) == _LONGEST_NAME or not _are_joined(text, run[-1], word)):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _are_joined(text: str, left: Word, right: Word) -> bool:
    if _JOINED.fullmatch(text, left.end, right.start):
        return True
    return _is_kind(left.text) and bool(_BEHIND_KIND.fullmatch(text, left.end, right.start))


def _start_of_name(text: str, run: list[Word]) -> Word | None:
    """The word that the organisation's name begins with; ``None`` where the run names none."""
    own = [word for word in run if not is_front(word)]
    if not own or own[0].start > run[-1].start:
        return None
    if len(own) > 1 and any(_is_kind(word.text) for word in own):
        return own[0]
    is_name = not own[-1].opens or not is_common_word(own[-1].text)
    return own[0] if is_name and _kind_behind(text, own[-1]) else None


def is_front(word: Word) -> bool:
    """Whether it stands before names and is no part of them."""
    return spelt(word.text) in _words_of("FRONT")


def _end_of_name(text: str, last: Word) -> int:
    behind = _kind_behind(text, last)
    return behind.end() if behind else last.end


_NEXT_WORD = re.compile(r" ([^\W\d_]+)")


def _kind_behind(text: str, word: Word) -> re.Match[str] | None:
    """The small word behind that tells the kind: Lyngby kommune, Ekbackens vårdcentral."""
    match = _NEXT_WORD.match(text, word.end)
    return match if match and match[1].islower() and _is_kind(match[1]) else None


def _is_kind(word: str) -> bool:
    return spelt(word) in _words_of("KIND")


def _with_legal_forms(text: str, words: list[Word]) -> Iterator[Span]:
    for form in _FORM.finditer(text):
        before = [w for w in words if form.start() - 80 < w.start and w.end <= form.start()][-4:]
        if before and not text[before[-1].end : form.start()].strip(" .,&-"):
            name = _before_form(text, before)
            yield Span(name.start, form.end(), Cut.UNKNOWN)


def _before_form(text: str, before: list[Word]) -> Word:
    """Where the firm's own name begins: at its capitals, or behind "at" in small letters."""
    name = before[-1]
    for word in reversed(before[:-1]):
        if is_front(word) or "." in text[word.end : name.start]:
            return name
        if not word.has_capital and before[-1].has_capital and is_common_word(word.text):
            return name
        name = word
    return name if name.has_capital else before[-1]


@cache
def _words_of(wanted: str) -> frozenset[str]:
    """The words of the sections of one name, small letters, in every form."""
    found: set[str] = set()
    for head, words in sections("organisations.txt"):
        name, _, language = head.partition(" ")
        if name == wanted:
            found.update(*(bin_forms(w) if language == "is" else {w} for w in words))
    return frozenset(spelt(word) for word in found)
