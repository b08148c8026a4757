"""Words that may tell those who know the people who is meant. They are counted for staff."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from casework.lexicon import bin_forms, sections, spelt
from casework.redaction_kinds import Indirect
from casework.redaction_phrases import phrases

_LISTS = ("markers.txt", "markers_roles.txt", "markers_family.txt")
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_SHORTEST_BESIDE_STAR = 3
# In these headings stands a kind; the words below it count under a condition, or not at all.
_ONLY_WHERE_SAID = "ROLE-SAID"
_NO_MARK, _NO_ROLE = "NOT", "NO-ROLE"
_ROLES = frozenset({Indirect.ROLE.name, _ONLY_WHERE_SAID, _NO_ROLE})
_SAID = re.compile(
    r"\b(?:is|was|as|being|become|became|am|i'm|he's|she's|er|var|sem|vera|verið|varð|som|är"
    r"|blev|ble"
    r"|blei|vart|være|været|vært|vara|varit|bli|blive|til|our|their only)\s+(?:(?:an?|en|ein|ei"
    r"|et|the"
    r"|selv|själv|sjálf|sjálfur|den|eneste|enda|ny|new)\s+){0,2}(?:[^\W\d_]+\s+)?\Z",
    re.I,
)
_TELLING = {
    "en": frozenset(
        "the and is with she has was they of from this needs are would so sessions return".split()
    ),
    "nordic": frozenset(
        """och på som med til till det jeg jag ikke inte ikkje af av för hun hon den eg är vi
        etter efter men min mitt mit sin sitt sit ligger mvh hilsen""".split()
    ),
    "is": frozenset("að við með ekki því það ég".split()),
}


class _Mark(NamedTuple):
    """What a word may tell; ``language`` where it tells that in one language only."""

    name: str
    language: str = ""


def indirect_marks(text: str) -> dict[Indirect, int]:
    """How many marks of each kind the text has."""
    found: Counter[Indirect] = Counter(phrases(text))
    languages = _languages_of(text)
    for match in _WORD.finditer(text):
        for mark in _marks_of_compound(spelt(match[0])):
            if mark.language and languages and mark.language not in languages:
                continue
            if mark.name != _ONLY_WHERE_SAID:
                found[Indirect[mark.name]] += 1
            elif _SAID.search(text, max(0, match.start() - 40), match.start()):
                found[Indirect.ROLE] += 1
    return dict(found)


def is_language(word: str) -> bool:
    """Whether the word, in small letters, is a language or a nationality."""
    return any(mark.name == Indirect.LANGUAGE.name for mark in _marks_of(word))


def _languages_of(text: str) -> frozenset[str]:
    """The languages that the text's small words show; none where it is too short to tell."""
    seen = set(_WORD.findall(text.casefold()))
    return frozenset(language for language, telling in _TELLING.items() if telling & seen)


def _marks_of_compound(word: str) -> set[_Mark]:
    marks = _marks_of(word)
    if marks or word.isalpha():
        return marks
    return {mark for part in re.split(r"[-']", word) for mark in _marks_of(part)}


def _marks_of(word: str) -> set[_Mark]:
    whole, beginnings, endings = _markers()
    marks = set(whole.get(word, ()))
    for at in range(_SHORTEST_BESIDE_STAR, len(word) + 1):
        marks.update(beginnings.get(word[:at], ()))
        # Two letters at least stand before an ending, or it is no compound.
        if at <= len(word) - 2:
            marks.update(endings.get(word[-at:], ()))
    names = {mark.name for mark in marks}
    if _NO_MARK in names:
        return set()
    if _NO_ROLE in names:
        return {mark for mark in marks if mark.name not in _ROLES}
    return marks


_Table = dict[str, tuple[_Mark, ...]]


@cache
def _markers() -> tuple[_Table, _Table, _Table]:
    """Whole words, beginnings (written ``word*``) and endings (written ``*word``) of the lists."""
    whole: _Table = {}
    beginnings: _Table = {}
    endings: _Table = {}
    for entry, mark, in_icelandic in _entries():
        star_first, star_last = entry.startswith("*"), entry.endswith("*")
        table = endings if star_first else beginnings if star_last else whole
        bare = entry.strip("*")
        for form in bin_forms(bare) if in_icelandic else {bare}:
            table[spelt(form)] = (*table.get(spelt(form), ()), mark)
    return whole, beginnings, endings


def _entries() -> Iterator[tuple[str, _Mark, bool]]:
    for name in _LISTS:
        for head, words in sections(name):
            kind, _, rest = head.partition(" ")
            language = rest.removeprefix("in ") if rest.startswith("in ") else ""
            for word in words:
                yield word, _Mark(kind, language), rest == "is"
