"""The tables of ``casework/reply_words``, made ready to be looked for in a text."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from casework.inflection import fold
from casework.languages import Language
from casework.reply_words import ReplyWords
from casework.reply_words.danish import DANISH
from casework.reply_words.english import ENGLISH
from casework.reply_words.icelandic import ICELANDIC
from casework.reply_words.norwegian import NORWEGIAN
from casework.reply_words.swedish import SWEDISH

WORDS: Mapping[Language, ReplyWords] = {
    Language.IS: ICELANDIC,
    Language.EN: ENGLISH,
    Language.DA: DANISH,
    Language.SV: SWEDISH,
    Language.NB: NORWEGIAN,
}

Languages = frozenset[Language]

_SIGNS = str.maketrans({**dict.fromkeys("’‘`´ʼ", "'"), "👎": " nope "})
_CLAUSE = re.compile(r"[,;:/()\[\]\u2013\u2014!?\"„“”…]|\.(?=\s|$)|(?<!\w)-|-(?!\w)")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)*|[,¤]")


def plain(text: str) -> str:
    """Small letters without accents, one blank between words, ``,`` wherever a clause may end."""
    folded = (
        fold(text.translate(_SIGNS))
        .replace("aa", "a")
        .replace("can't", "cann't")
        .replace("n't", " n't")
    )
    return " ".join(_WORD.findall(_CLAUSE.sub(" , ", folded).replace(" n't", " not")))


def _entries(table: str) -> list[str]:
    return [entry.strip() for entry in table.split(",") if entry.strip()]


def _pattern(entries: Iterable[str]) -> str:
    """One expression for all of them, the longest first; nothing in it repeats within a repeat."""
    parts = []
    for entry in sorted({plain(e.rstrip("*")) + "*" * e.endswith("*") for e in entries}):
        stem = re.escape(entry.rstrip("*"))
        parts.append(stem + r"[a-z]*" if entry.endswith("*") else stem)
    return "|".join(sorted(parts, key=len, reverse=True))


#: Tables of words so short that they count in their own language only.
_OWN = frozenset({"ones", "more", "instead"})


def pattern_of(kind: str, languages: Languages) -> str:
    """The tables of one kind: those of these languages, and of others what is not marked."""
    return _pattern(
        entry.removeprefix("!")
        for language, words in WORDS.items()
        for entry in _entries(getattr(words, kind))
        if language in languages or not (kind in _OWN or entry.startswith("!"))
    )


@cache
def finder(kind: str, languages: Languages) -> re.Pattern[str]:
    """Finds whatever the tables of one kind hold, as whole words of a plain text."""
    return re.compile(rf"(?<![a-z0-9'])(?:{pattern_of(kind, languages)})(?![a-z0-9'])")


@cache
def beginner(kind: str) -> re.Pattern[str]:
    """Whether a plain text begins with an entry of that kind, of any language."""
    return re.compile(rf"(?:{pattern_of(kind, frozenset(Language))})(?![a-z0-9'])")


@cache
def _numbers(languages: Languages) -> dict[str, int]:
    return {
        plain(word): number
        for language in languages
        for word, number in WORDS[language].numbers.items()
    }


@cache
def number_words(languages: Languages) -> tuple[re.Pattern[str], Mapping[str, int]]:
    """What finds the number words of these languages, and what they mean."""
    numbers = _numbers(languages)
    words = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True))
    return re.compile(rf"(?<![a-z0-9'])(?:{words})(?![a-z0-9'])"), numbers


def languages_of(text: str) -> Languages:
    """The languages that a plain text may be in: those that most of its telling words are of."""
    counts = {language: len(_telling(language).findall(text)) for language in WORDS}
    most = max(counts.values())
    return frozenset(language for language, found in counts.items() if found * 4 >= most * 3)


@cache
def _telling(language: Language) -> re.Pattern[str]:
    pattern = _pattern(_entries(WORDS[language].telling))
    return re.compile(rf"(?<![a-z0-9'])(?:{pattern})(?![a-z0-9'])")
