"""Every form of a name, and whether a word is a name or an everyday word."""

import re
from functools import lru_cache

from casework.lexicon import (
    bin_has_word,
    bin_makes_word,
    fold,
    icelandic_forms,
    icelandic_index,
    icelandic_names,
    listed,
    listed_folded,
    spelt,
)

__all__ = ["fold", "forms_of", "is_common_word", "is_everyday_word", "is_first_name", "is_name"]

# Icelandic names that BÍN lacks bend by these; the first ending that fits is taken.
_BENDING = (
    ("dottir", ("dottur",)),
    ("son", ("sonar", "syni")),
    ("ur", ("", "i", "s", "ar")),
    ("inn", ("in", "ni", "ins")),
    ("nn", ("n", "ni", "ns")),
    ("ll", ("l", "li", "ls")),
    ("a", ("u", "o")),
    ("i", ("a", "is")),
    ("ir", ("i", "is")),
    ("", ("i", "ar", "u", "ur")),
)
_FAMILY_ENDINGS = re.compile(
    r"\w{2,}(?:sson|ssonar|ssyni|sdottir|sdottur|ardottir|ardottur|arson|arsonar|arsyni"
    r"|udottir|udottur|uson|usonar|usyni|adottir|adottur|datter|sdotter|ssen|owski|owska|wicz)"
)
_WORD_ENDINGS = (
    "",
    *"""n en et t e er ar or na ne ene erne arna orna s ens ets a ende ande te de ed ing ly het hed
    heten heden""".split(),
)
_PREFIXES = frozenset(
    """op opp upp ud ut af av for för före fore mis miss eks ex re med over över under efter etter
    an ind inn in til till gen åter tilbage tilbake vid ved pre post non co anti sam hyper hypo
    multi psyko psycho neuro trauma selv själv sjuk syg syk""".split()
)
_OWNING = re.compile(r"(?:'s|'|(?<=[^s'])s)$")


def forms_of(word: str) -> frozenset[str]:
    """The word and its inflected forms, all folded. Any form may be given, accents or none."""
    folded = fold(word)
    names = icelandic_names()
    known = {fold(f) for number in icelandic_index().get(folded, ()) for f in names[number]}
    return frozenset({folded, folded + "s", *known, *(known or _bent(folded))})


def _bent(folded: str) -> set[str]:
    ending, endings = next(rule for rule in _BENDING if folded.endswith(rule[0]))
    stem = folded.removesuffix(ending)
    return {stem + other for other in endings if len(stem + other) > 2}


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return listed("names_first.txt") | listed("names_last.txt")


@lru_cache(maxsize=1)
def _folded_names() -> frozenset[str]:
    return listed_folded("names_first.txt") | listed_folded("names_last.txt")


def is_name(word: str) -> bool:
    """Whether people are called so, in any case of any language, small letters or capitals."""
    return any(_is_bare_name(form) for form in _without_owning(spelt(word)))


def is_first_name(word: str) -> bool:
    """Whether it is, or is a form of, a name that people are given."""
    first = listed("names_first.txt")
    return any(form in first or _is_icelandic_name(form) for form in _without_owning(spelt(word)))


def _is_bare_name(word: str) -> bool:
    return (
        word in _names()
        or (word.isascii() and word in _folded_names())
        or _is_icelandic_name(word)
        or has_family_ending(word)
    )


def _is_icelandic_name(word: str) -> bool:
    # Without accents it may be any name that folds to it; with accents it must be that very name.
    if word.isascii():
        return word in icelandic_index()
    return word in icelandic_forms()


def has_family_ending(word: str) -> bool:
    """Whether it ends as names after a parent do: -sson, -dóttir, -datter, -ssen, -owski."""
    return bool(_FAMILY_ENDINGS.fullmatch(fold(word))) and spelt(word) not in listed("words.txt")


def _without_owning(word: str) -> tuple[str, ...]:
    base = _OWNING.sub("", word)
    return (word, base) if len(base) > 1 and base != word else (word,)


def is_common_word(word: str) -> bool:
    """Whether it is an everyday word of one of the five languages, accents or none."""
    exact = spelt(word)
    if any(_is_listed(form) for form in _without_owning(exact)):
        return True
    if exact in _names() or exact in icelandic_forms() or exact in listed("places.txt"):
        return False
    if exact in listed_folded("words.txt") or bin_has_word(exact):
        return True
    return not is_name(exact) and (bin_makes_word(exact) or _is_built(exact))


def is_everyday_word(word: str) -> bool:
    """Whether it is one of the few thousand words that every second text has."""
    return spelt(word) in listed("everyday.txt")


def _is_listed(word: str) -> bool:
    return word in listed("words.txt") or word in listed("clinical.txt")


def _is_built(word: str) -> bool:
    """Whether it is made of known words: with an ending, or run together as in Danish."""
    return any(
        _is_listed(base) or _is_compound(base)
        for ending in _WORD_ENDINGS
        if word.endswith(ending) and len(base := word.removesuffix(ending)) > 4
    )


def _is_compound(word: str) -> bool:
    for at in range(2, len(word) - 3):
        left, right = word[:at], word[at:]
        if (
            at > 3
            and _is_listed(left)
            and (_is_listed(right) or _is_listed(right[1:] * (right[0] in "se")))
        ):
            return True
        if left in _PREFIXES and _is_listed(right):
            return True
    return False
