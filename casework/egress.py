"""Nothing leaves unchecked: the one gate that every text to other services and the log passes.

It compares what is about to leave with the keyed digests of the words by which the people of every
open request could be recognised. A hit stops the call. The error quotes nothing, so the work is
parked with a reason that quotes nothing, and the journal gets an incident.

Which request a text is about is read off the text itself (its reference, or its ticket's id), so no
caller can get it wrong.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from casework.errors import Leak
from casework.identifier_records import Holder, KeyedIdentifier
from casework.identifiers import Identifier, Scope, Whose, identifiers_of
from casework.identity import Identity
from casework.organisations import plain_name
from casework.ports import Sealer
from casework.records import Records, Store
from casework.request import CreditRequest, references_in
from casework.spellings import Spelling, addresses_in, spellings_in

#: How long a closed request is still guarded, in milliseconds: people go on talking about it.
GUARD_CLOSED = 30 * 86_400_000
#: What texts that were seen lately hold, kept because letters, notes and status lines repeat.
_TEXTS_AT_HAND = 512
#: Digests of words that were seen lately, kept so that the same words cost nothing.
_WORDS_AT_HAND = 50_000

_PLAIN_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")

#: What belongs together: the texts of one record, one mail, one line of the log.
Unit = Sequence[str]


def keyed(sealer: Sealer, identifiers: Iterable[Identifier]) -> Sequence[KeyedIdentifier]:
    """The identifiers as they are kept: by their digests alone."""
    return [
        KeyedIdentifier(_digest(sealer, one.spelling), one.scope, one.whose) for one in identifiers
    ]


def _digest(sealer: Sealer, spelling: str) -> str:
    return sealer.digest(f"identifier:{spelling}")


class Gate:
    """Implements :class:`casework.ports.EgressGate`. Threads may share it.

    ``clock`` gives Unix milliseconds. What concerns the requests ``apart_from`` may pass.
    """

    def __init__(
        self,
        store: Store,
        sealer: Sealer,
        clock: Callable[[], int],
        *,
        apart_from: Collection[str] = (),
    ) -> None:
        self._store, self._clock, self._apart_from = store, clock, frozenset(apart_from)
        self._digest = lru_cache(_WORDS_AT_HAND)(partial(_digest, sealer))
        self._digest_text = sealer.digest

    def check(
        self,
        where: str,
        units: Iterable[Unit],
        *,
        may_name: Collection[Whose] = (),
        spoken_of: str = "",
    ) -> None:
        """Raise :class:`Leak` if anybody of an open request could be recognised by this.

        ``where`` names the service and the operation. ``may_name``: whom this call is meant to
        name, such as the professional who fills in the form. ``spoken_of``: the one address that
        it is about. If a professional has it, a text that is this address passes, even where the
        same person, or a namesake, is somebody's client.
        """
        told = self.look(units, may_name, spoken_of)
        if told:
            self.report(where, told)
            raise Leak(where)

    def look(
        self, units: Iterable[Unit], may_name: Collection[Whose] = (), spoken_of: str = ""
    ) -> frozenset[str]:
        """The references of the requests of which these texts tell who is meant."""
        listed = [list(unit) for unit in units]

        def find(records: Records) -> frozenset[str]:
            known = spoken_of and self._is_professionals(records, spoken_of)
            apart = [_without(spoken_of, unit) for unit in listed] if known else listed
            return self.find_told(records, apart, may_name)

        return self._store.read(find)

    def _is_professionals(self, records: Records, address: str) -> bool:
        found = self._find_holders(records, map(self._digest, addresses_in(address)))
        return any(one.whose is Whose.PROFESSIONAL for one in found)

    def find_told(
        self, records: Records, units: Sequence[Unit], may_name: Collection[Whose] = ()
    ) -> frozenset[str]:
        """As :meth:`look`, for somebody who is looking at the records already."""
        spelled = [[_spellings_of(_without_references(text)) for text in unit] for unit in units]
        # Most texts are the same each time, and most words.
        words = {one.folded for text in _distinct(spelled) for one in text}
        digests = {self._digest(word): word for word in words}
        holders = _by_word(
            (digests[one.digest], one)
            for one in self._find_holders(records, digests)
            if one.whose not in may_name and one.reference not in self._apart_from
        )
        if not holders:
            return frozenset()
        hits = {text: _hits(text, holders) for text in _distinct(spelled)}
        return frozenset(
            reference
            for unit, texts in zip(units, spelled, strict=True)
            for reference in _told_by(records, unit, [hits[text] for text in texts])
        )

    def _find_holders(self, records: Records, digests: Iterable[str]) -> Sequence[Holder]:
        return records.identifiers.find_holders(list(digests), self._clock() - GUARD_CLOSED)

    def fingerprint(self, text: str) -> str:
        """A keyed digest by which the same text is known again, and nobody else learns it."""
        return self._digest_text(f"text:{text}")

    def report(self, where: str, told: Collection[str]) -> None:
        """Write an incident in the journal for each of these requests."""
        self._store.write(partial(report, where=where, told=told, now=self._clock()))


def report(
    records: Records, where: str, told: Collection[str], now: int, **facts: str | int
) -> None:
    """Write an incident in the journal for each of these requests."""
    for reference in sorted(told):
        records.journal.write("incident", reference, now, where=where, **facts)


def _without(spoken_of: str, unit: Unit) -> Unit:
    return [text for text in unit if text != spoken_of]


def _distinct(spelled: Iterable[Sequence[frozenset[Spelling]]]) -> set[frozenset[Spelling]]:
    return {text for unit in spelled for text in unit}


def _without_references(text: str) -> str:
    """A reference tells nothing, and without it most of our texts are the same each time."""
    for reference in references_in(text):
        text = text.replace(reference, " · ")
    return text


@lru_cache(_TEXTS_AT_HAND)
def _spellings_of(text: str) -> frozenset[Spelling]:
    return frozenset(spellings_in(text))


def _by_word(holders: Iterable[tuple[str, Holder]]) -> Mapping[str, Sequence[Holder]]:
    found: dict[str, list[Holder]] = {}
    for word, holder in holders:
        found.setdefault(word, []).append(holder)
    return found


@dataclass(frozen=True)
class _Hits:
    """Of which requests a text tells, whatever it is about, and of which if it is about them."""

    anyway: frozenset[str]
    doubtful: frozenset[str]


def _hits(spellings: Iterable[Spelling], holders: Mapping[str, Sequence[Holder]]) -> _Hits:
    """Everyday words that need not be names count nowhere; see :class:`Spelling`."""
    anyway, doubtful = set[str](), set[str]()
    for spelling in spellings:
        for holder in holders.get(spelling.folded, ()):
            if holder.scope is Scope.ANYWHERE and not spelling.everyday:
                anyway.add(holder.reference)
            elif holder.scope is Scope.ORGANISATION and not spelling.plain:
                doubtful.add(holder.reference)
    return _Hits(frozenset(anyway), frozenset(doubtful))


def _told_by(records: Records, unit: Unit, hits: Iterable[_Hits]) -> set[str]:
    """Of whom this unit tells: by what counts anywhere, or here because of whom it is about."""
    told, doubtful = set[str](), set[str]()
    for text, one in zip(unit, hits, strict=True):
        if one.anyway and text.isdigit() and records.requests.find_by_tickets([text]):
            continue  # It is a ticket's id, whoever has the same number in an address.
        told |= one.anyway
        doubtful |= one.doubtful
    if doubtful - told:
        told |= _of_the_same_organisation(records, find_about(records, unit), doubtful)
    return told


def find_about(records: Records, unit: Unit) -> Collection[CreditRequest]:
    """The requests that a unit is about: those whose reference or whose ticket's id is in it."""
    references = {found for text in unit for found in references_in(text)}
    ticket_ids = {text for text in unit if text.isascii() and text.isdigit()}
    about = dict(records.requests.find(sorted(references)))
    for request in records.requests.find_by_tickets(sorted(ticket_ids)).values():
        about[request.reference] = request
    return about.values()


def _of_the_same_organisation(
    records: Records, about: Collection[CreditRequest], doubtful: Collection[str]
) -> set[str]:
    names = {plain_name(request.organisation) for request in about}
    own = {request.reference for request in about}
    return {
        reference
        for reference, request in records.requests.find(sorted(doubtful)).items()
        if reference in own or plain_name(request.organisation) in names
    }


class GateBeforeAnything:
    """The gate while there is no store yet, as in the set-up: nothing with an address passes."""

    def check(
        self,
        where: str,
        units: Iterable[Unit],
        *,
        may_name: Collection[Whose] = (),
        spoken_of: str = "",
    ) -> None:
        """Raise :class:`Leak` for anything that looks like an address."""
        del spoken_of  # nobody's is known yet
        if not may_name and any("@" in text for unit in units for text in unit):
            raise Leak(where)


def harmless_id(id: str, identity: Identity, instead: str) -> str:
    """Another service's id, if it can hold nothing about the client; else what is ours."""
    telling = {one.spelling for one in identifiers_of(identity, organisation="")}
    held = {one.folded for one in spellings_in(id)}
    return id if _PLAIN_ID.fullmatch(id) and telling.isdisjoint(held) else instead
