"""By which words a client could be recognised, and which words a text holds.

Both sides are brought to one spelling (:func:`casework.inflection.fold`), so that they can be
compared by keyed digests alone: the words of a client are never kept.

A first name says much about somebody where few people are meant, and nothing where many are. So a
word that many people bear counts only in what concerns the same organisation
(:attr:`Scope.ORGANISATION`); an address, a full name or a rare word counts everywhere.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from itertools import product
from urllib.parse import unquote

from casework.identity import Identity
from casework.inflection import fold, forms_of, is_common_word, is_name

#: The version of these rules. What was written by another is made anew.
IDENTIFIERS_VERSION = 1

#: A single word with fewer letters, if it is no name, tells nothing.
_SHORTEST_WORD = 4
#: A word that is neither a name nor an everyday one is rare from so many letters on.
_SHORTEST_RARE_WORD = 6
#: At most so many words one after the other make one name.
_LONGEST_NAME = 3
#: So many inflected forms of one word are told apart at most.
_MOST_FORMS = 12

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'@]+@[^\s<>()\[\],;:\"'@]+")
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[^<>]{0,200}>")
_BEGINNING = re.compile(r"(?:\A|[.!?:;\n])\W*\Z")
#: How far back to look for the end of the sentence before, in characters.
_LOOK_BACK = 12


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

    ``plain``: an everyday word in a place where it need not be a name. ``repr`` shows nothing.
    """

    folded: str
    plain: bool

    def __repr__(self) -> str:
        return f"Spelling(plain={self.plain})"


def identifiers_of(identity: Identity, organisation: str) -> frozenset[Identifier]:
    """All spellings by which the client could be recognised, and the professional's address.

    Where both addresses are one, as when somebody tries the form out, it is the professional's.
    Words of the organisation's own name are left out: everybody there goes by them.
    """
    found = set[Identifier]()
    for words in (
        Identity(identity.client_email).name_words(),
        Identity("", identity.client_name).name_words(),
    ):
        found.update(_of_words(words, _words_of(organisation)))
    client, professional = fold(identity.client_email), fold(identity.professional_email)
    if "@" in professional:
        found.add(Identifier(professional.strip(), Scope.ANYWHERE, Whose.PROFESSIONAL))
    if "@" in client and client != professional:
        found.add(Identifier(client.strip(), Scope.ANYWHERE))
    whole = _run_together(identity.client_email.partition("@")[0])
    if whole not in _words_of(organisation) and _is_telling(whole):
        found.add(Identifier(whole, _scope_of(whole)))
    return frozenset(found)


def _of_words(words: tuple[str, ...], at_the_organisation: set[str]) -> Iterator[Identifier]:
    forms = [_forms_of(word) for word in words]
    for word, spellings in zip(words, forms, strict=True):
        folded = fold(word)
        if folded not in at_the_organisation and _is_telling(folded):
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
    return len(word) >= _SHORTEST_WORD and not is_common_word(word)


def _scope_of(word: str) -> Scope:
    rare = len(word) >= _SHORTEST_RARE_WORD and not is_name(word) and not is_common_word(word)
    return Scope.ANYWHERE if rare or word.isdigit() else Scope.ORGANISATION


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
    shown = unescape(unquote(text))
    visible = "".join(one for one in shown if unicodedata.category(one) != "Cf")
    plain = unicodedata.normalize("NFKC", visible)
    return (_TAG.sub(" ", plain), _TAG.sub("", plain)) if "<" in plain else (plain,)


def _spellings_in(text: str) -> Iterator[Spelling]:
    for match in _ADDRESS.finditer(text):
        address = fold(match[0].strip("."))
        yield Spelling(address, plain=False)
        yield Spelling(_run_together(address.partition("@")[0]), plain=False)
    words = list(_WORD.finditer(text))
    folded = [_run_together(match[0]) for match in words]
    for number, match in enumerate(words):
        yield Spelling(folded[number], _is_plain(text, match, folded[number]))
        for length in range(2, _LONGEST_NAME + 2):
            if number + length <= len(words):
                yield Spelling("".join(folded[number : number + length]), plain=False)


def _is_plain(text: str, match: re.Match[str], folded: str) -> bool:
    """An everyday word in small letters, or at the beginning of a sentence."""
    if not is_common_word(folded):
        return False
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    return match[0].islower() or _BEGINNING.search(before) is not None
