"""By which words a client could be recognised, and which words a text holds.

Both sides are brought to one spelling (:func:`casework.inflection.fold`), so that they can be
compared by keyed digests alone: the words of a client are never kept.

A first name says much about somebody where few people are meant, and nothing where many are. So a
word that many people bear counts only in what concerns the same organisation
(:attr:`Scope.ORGANISATION`); an address or a full name counts everywhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, product

from casework.identity import Identity
from casework.inflection import fold, forms_of, is_name
from casework.lexicon import listed
from casework.spellings import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_WORD,
    SHORTEST_NUMBER,
    addresses_in,
    is_common,
    is_everyday,
    run_together,
    words_of,
)

#: The version of these rules. What was written by another is made anew.
IDENTIFIERS_VERSION = 4

#: A single word with fewer letters, if it is no name, tells nothing.
_SHORTEST_WORD = 4
#: People are called Will and Rob; shorter everyday words that are no known names are initials.
_SHORTEST_NAME = 3
#: Words that make fewer letters together, such as initials, are in everybody's texts by chance.
_SHORTEST_TOGETHER = 6
#: So many inflected forms of one word are told apart at most.
_MOST_FORMS = 12
#: So many words of one address or one name are looked at, and so many forms of some of them.
_MOST_WORDS, _MOST_TOGETHER = 8, 200


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


def identifiers_of(identity: Identity, organisation: str) -> frozenset[Identifier]:
    """All spellings by which the client could be recognised, and the professional's address.

    Where both addresses are one, as when somebody tries the form out, it is the professional's.
    Words of the organisation's own name are left out: everybody there goes by them.
    """
    found = set[Identifier]()
    at_the_organisation = set(words_of(organisation))
    client, professional = map(_deliverable, (identity.client_email, identity.professional_email))
    by_address = _first_words(Identity(client).name_words())
    are_names = len(by_address) > 1 and any(map(_is_telling_name, by_address))
    found.update(_of_words(by_address, at_the_organisation, are_names))
    found.update(_of_words_together(by_address, at_the_organisation, are_names=False))
    by_name = _first_words(Identity("", identity.client_name).name_words())
    found.update(_of_words(by_name, at_the_organisation, are_names=True))
    found.update(_of_words_together(by_name, at_the_organisation, are_names=True))
    professionals = set(addresses_in(professional))
    found.update(Identifier(one, Scope.ANYWHERE, Whose.PROFESSIONAL) for one in professionals)
    clients = set(addresses_in(client)) - professionals
    found.update(Identifier(one, Scope.ANYWHERE) for one in clients)
    whole = run_together(client.partition("@")[0])
    if whole not in at_the_organisation and _is_telling(whole):
        found.add(Identifier(whole, _scope_of(whole)))
    return frozenset(found - _narrower(found))


def _deliverable(address: str) -> str:
    """Nothing where no mail could be delivered: what anybody types must not cost everybody time."""
    return "" if len(address) > LONGEST_ADDRESS else address


def _first_words(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if len(word) <= LONGEST_WORD)[:_MOST_WORDS]


def _narrower(found: Iterable[Identifier]) -> set[Identifier]:
    """Those that count in fewer places than another of the same spelling: only one is kept."""
    anywhere = {one.spelling for one in found if one.scope is Scope.ANYWHERE}
    return {one for one in found if one.scope is Scope.ORGANISATION and one.spelling in anywhere}


def _of_words(
    words: tuple[str, ...], at_the_organisation: set[str], are_names: bool
) -> Iterator[Identifier]:
    """What each word tells by itself."""
    for word in words:
        folded = fold(word)
        ours = folded in listed("own.txt") and not is_name(word)
        telling = _is_telling(folded) or (are_names and len(folded) >= _SHORTEST_NAME and not ours)
        if folded not in at_the_organisation and telling:
            yield from (Identifier(form, _scope_of(folded)) for form in _forms_of(word))


def _of_words_together(
    words: tuple[str, ...], at_the_organisation: set[str], are_names: bool
) -> Iterator[Identifier]:
    """What words side by side tell, if one of them is a name."""
    for length in range(2, LONGEST_NAME + 1):
        for start in range(len(words) - length + 1):
            beside = words[start : start + length]
            if are_names or any(map(_is_telling_name, beside)):
                scope = _scope_together(beside, at_the_organisation)
                for parts in islice(product(*map(_forms_of, beside)), _MOST_TOGETHER):
                    if len(together := "".join(parts)) >= _SHORTEST_TOGETHER:
                        yield Identifier(together, scope)


def _scope_together(words: tuple[str, ...], at_the_organisation: set[str]) -> Scope:
    """A full name counts everywhere; a town or an organisation with a name is none."""
    of_a_person = [
        word for word in words if fold(word) not in at_the_organisation and not _is_place(word)
    ]
    return Scope.ANYWHERE if len(of_a_person) > 1 else Scope.ORGANISATION


def _is_telling_name(word: str) -> bool:
    """Whether it is a name, and not first of all a word, as Grant, Page and Will are."""
    return is_name(word) and not is_everyday(word)


def _is_place(word: str) -> bool:
    return word.casefold() in listed("places.txt") and not is_name(word)


def _forms_of(word: str) -> list[str]:
    return sorted(forms_of(word))[:_MOST_FORMS]


def _is_telling(word: str) -> bool:
    """Whether a single word says anything about who somebody is."""
    if word.isdigit():
        return len(word) >= SHORTEST_NUMBER
    if is_name(word):
        return len(word) > 1
    return len(word) >= _SHORTEST_WORD and not is_common(word)


def _scope_of(word: str) -> Scope:
    """One word counts everywhere only with a number in it, such as the year of a birth.

    Whatever else stands alone in an address may be the name of an organisation, and a form that
    anybody can fill in must not be able to stop everybody's tickets.
    """
    return Scope.ANYWHERE if any(map(str.isdigit, word)) else Scope.ORGANISATION
