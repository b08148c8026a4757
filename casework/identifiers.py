"""By which words a client could be recognised, and which words a text holds.

Both sides are brought to one spelling (:func:`casework.inflection.fold`), so that they can be
compared by keyed digests alone: the words of a client are never kept.

A first name says much about somebody where few people are meant, and nothing where many are. So a
word that many people bear counts only in what concerns the same organisation
(:attr:`Scope.ORGANISATION`); an address or a full name counts everywhere.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from html import unescape
from itertools import pairwise, product
from urllib.parse import unquote

from casework.identity import Identity
from casework.inflection import fold, forms_of, is_common_word, is_everyday_word, is_name
from casework.lexicon import listed

#: The version of these rules. What was written by another is made anew.
IDENTIFIERS_VERSION = 3

#: A single word with fewer letters, if it is no name, tells nothing.
_SHORTEST_WORD = 4
#: People are called Will and Rob; shorter everyday words that are no known names are initials.
_SHORTEST_NAME = 3
#: At most so many words one after the other make one name.
_LONGEST_NAME = 3
#: So many inflected forms of one word are told apart at most.
_MOST_FORMS = 12

#: Our notes name it, and somebody may be called Desk.
_OURSELVES = "Credits Desk"
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'@]+@[^\s<>()\[\],;:\"'@]+")
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[^<>]{0,200}>")
_BEGINNING = re.compile(r"(?:\A|[.!?:;\n])\W*\Z")
#: How far back to look for the end of the sentence before, in characters.
_LOOK_BACK = 12
#: So often is a text encoded at most.
_MOST_LAYERS = 3
#: Words that were seen lately, and whether they are everyday ones.
_WORDS_AT_HAND = 50_000
#: The months of a whole date, as :func:`casework.wording.day` writes it.
_MONTHS = frozenset(
    """january february march april may june july august september october november
    december""".split()
)
_DAY_BEFORE, _YEAR_AFTER = re.compile(r"\b[0-9]{1,2} \Z"), re.compile(r" [0-9]{4}\b")


class Scope(StrEnum):
    """Where a word gives somebody away."""

    ANYWHERE = "anywhere"
    ORGANISATION = "organisation"


class Whose(StrEnum):
    """Who could be recognised."""

    CLIENT = "client"
    PROFESSIONAL = "professional"


@dataclass(frozen=True)
class Identifier:
    """One folded spelling by which somebody could be recognised. ``repr`` shows no spelling."""

    spelling: str
    scope: Scope
    whose: Whose = Whose.CLIENT

    def __repr__(self) -> str:
        return f"Identifier({self.scope}, {self.whose})"


@dataclass(frozen=True)
class Spelling:
    """What a text holds: an address, a word, or words that stand together, folded.

    ``plain``: everyday words in places where they need not be names, so that "is a" is not Ísa.
    ``everyday``: each also a word that every second text has, so that not even together they need
    be a full name: "ask the" is not Ask Thé. ``repr`` shows nothing.
    """

    folded: str
    plain: bool = False
    everyday: bool = False

    def __repr__(self) -> str:
        return f"Spelling(plain={self.plain})"


def identifiers_of(identity: Identity, organisation: str) -> frozenset[Identifier]:
    """All spellings by which the client could be recognised, and the professional's address.

    Where both addresses are one, as when somebody tries the form out, it is the professional's.
    Words of the organisation's own name are left out: everybody there goes by them.
    """
    found = set[Identifier]()
    at_the_organisation = _words_of(organisation)
    by_address = Identity(identity.client_email).name_words()
    found.update(_of_words(by_address, at_the_organisation, _is_a_persons(by_address)))
    by_name = Identity("", identity.client_name).name_words()
    found.update(_of_words(by_name, at_the_organisation, are_names=True))
    client, professional = fold(identity.client_email), fold(identity.professional_email)
    if "@" in professional:
        found.add(Identifier(professional.strip(), Scope.ANYWHERE, Whose.PROFESSIONAL))
    if "@" in client and client != professional:
        found.add(Identifier(client.strip(), Scope.ANYWHERE))
    whole = _run_together(identity.client_email.partition("@")[0])
    if whole not in at_the_organisation and _is_telling(whole):
        found.add(Identifier(whole, _scope_of(whole)))
    return frozenset(found - _narrower(found))


def _narrower(found: Iterable[Identifier]) -> set[Identifier]:
    """Those that count in fewer places than another of the same spelling: only one is kept."""
    anywhere = {one.spelling for one in found if one.scope is Scope.ANYWHERE}
    return {one for one in found if one.scope is Scope.ORGANISATION and one.spelling in anywhere}


def _is_a_persons(words: tuple[str, ...]) -> bool:
    """Whether an address is made of a name, so that "will" in "will.smith" is part of one."""
    return len(words) > 1 and any(is_name(word) and not _is_common(fold(word)) for word in words)


def _of_words(
    words: tuple[str, ...], at_the_organisation: set[str], are_names: bool
) -> Iterator[Identifier]:
    forms = [_forms_of(word) for word in words]
    for word, spellings in zip(words, forms, strict=True):
        folded = fold(word)
        telling = _is_telling(folded) or (are_names and len(folded) >= _SHORTEST_NAME)
        if folded not in at_the_organisation and telling:
            yield from (Identifier(form, _scope_of(folded)) for form in spellings)
    for length in range(2, _LONGEST_NAME + 1):
        for start in range(len(words) - length + 1):
            together = product(*(forms[start : start + length]))
            for parts in together:
                yield Identifier("".join(parts), Scope.ANYWHERE)


def _forms_of(word: str) -> list[str]:
    return sorted(forms_of(word))[:_MOST_FORMS]


def _is_telling(word: str) -> bool:
    """Whether a single word says anything about who somebody is."""
    if word.isdigit():
        return len(word) >= 7
    if is_name(word):
        return len(word) > 1
    return len(word) >= _SHORTEST_WORD and not _is_common(word)


def _scope_of(word: str) -> Scope:
    """One word counts everywhere only with a number in it, such as the year of a birth.

    Whatever else stands alone in an address may be the name of an organisation, and a form that
    anybody can fill in must not be able to stop everybody's tickets.
    """
    return Scope.ANYWHERE if any(map(str.isdigit, word)) else Scope.ORGANISATION


def _run_together(text: str) -> str:
    return "".join(_WORD.findall(fold(text)))


def _words_of(text: str) -> set[str]:
    return set(_WORD.findall(fold(text)))


def spellings_in(text: str) -> Iterator[Spelling]:
    """Everything in a text that could be somebody's: addresses, words, and words side by side.

    Markup, percent signs and characters that do not show are seen through.
    """
    for plain in dict.fromkeys(_readings_of(text)):
        yield from _spellings_in(plain)


def _readings_of(text: str) -> Iterable[str]:
    """The text as people read it; where tags may or may not part words, both ways."""
    shown = _decoded(text).replace(_OURSELVES, " · ")
    visible = "".join(one for one in shown if unicodedata.category(one) != "Cf")
    plain = unicodedata.normalize("NFKC", visible)
    return (_TAG.sub(" ", plain), _TAG.sub("", plain)) if "<" in plain else (plain,)


def _decoded(text: str) -> str:
    """Without percent signs and entities, which may have been written over one another."""
    for _ in range(_MOST_LAYERS):
        further = unescape(unquote(text))
        if further == text:
            break
        text = further
    return text


def _spellings_in(text: str) -> Iterator[Spelling]:
    for match in _ADDRESS.finditer(text):
        address = fold(match[0].strip("."))
        yield Spelling(address)
        yield Spelling(_run_together(address.partition("@")[0]))
    matches = list(_WORD.finditer(text))
    words = [_word(text, match) for match in matches]
    # Parts of one name stand close: "jó-na" is not two everyday words.
    apart = [
        any(map(str.isspace, text[one.end() : next_.start()])) for one, next_ in pairwise(matches)
    ]
    for start in range(len(words)):
        yield words[start]
        for end in range(start + 2, min(start + _LONGEST_NAME + 1, len(words)) + 1):
            yield _together(words[start:end], all(apart[start : end - 1]))


def _together(words: Sequence[Spelling], apart: bool) -> Spelling:
    return Spelling(
        "".join(word.folded for word in words),
        plain=apart and all(word.plain for word in words),
        everyday=all(word.everyday for word in words),
    )


def _word(text: str, match: re.Match[str]) -> Spelling:
    folded = _run_together(match[0])
    if _is_in_a_date(text, match, folded):
        return Spelling(folded, plain=True)
    plain = _is_common(folded) and _need_not_be_a_name(text, match)
    everyday = plain and (folded in listed("own.txt") or is_everyday_word(match[0]))
    return Spelling(folded, plain, everyday)


def _need_not_be_a_name(text: str, match: re.Match[str]) -> bool:
    """In small letters, at the beginning of a sentence, or "I", which is Danish for you as well."""
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    return match[0].islower() or match[0] == "I" or _BEGINNING.search(before) is not None


def _is_in_a_date(text: str, match: re.Match[str], folded: str) -> bool:
    """A month between a day and a year: people are called April, May, June and August."""
    if folded not in _MONTHS:
        return False
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    return bool(_DAY_BEFORE.search(before) and _YEAR_AFTER.match(text, match.end()))


@lru_cache(_WORDS_AT_HAND)
def _is_common(folded: str) -> bool:
    """An everyday word, or one that our own texts use, by which nobody is told from others."""
    return folded in listed("own.txt") or is_common_word(folded)
