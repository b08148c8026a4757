"""Finding what is kept of a person, by their address and nothing else."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote_plus

from casework.delivery_records import Route, delivery_name
from casework.errors import CreditsDeskError, Unreadable
from casework.grant_records import GrantState
from casework.people_records import AddressedEntry
from casework.ports import Sealer
from casework.records import Records
from casework.request import CreditRequest, ReasonState, Role
from casework.take_in import client_digest, folded, professional_digest

#: Less is no address, and would be found in too much.
_SHORTEST_ADDRESS = 3
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


class Elsewhere(StrEnum):
    """Where else something of a person is, which is not ours to erase."""

    SUBMISSION = "submission"
    PROPERTY_HISTORY = "property_history"
    TICKET_HISTORY = "ticket_history"
    CONTACT = "contact"
    MAILS = "mails"
    CREDITS = "credits"
    BACKUPS = "backups"


@dataclass(frozen=True)
class Held:
    """All that is kept of one person. ``deliveries`` are ids of those that were not read yet."""

    requests: Mapping[CreditRequest, frozenset[Role]]
    deliveries: Sequence[int]
    entries: Sequence[AddressedEntry]

    @property
    def anything(self) -> bool:
        """Whether there is anything."""
        return bool(self.requests or self.deliveries or self.entries)


def digests_of(sealer: Sealer, email: str) -> Mapping[Role, str]:
    """By which a person's requests are found. Raises :class:`CreditsDeskError` for no address."""
    if len(folded(email)) < _SHORTEST_ADDRESS:
        raise CreditsDeskError("that is no e-mail address")
    return {
        Role.CLIENT: client_digest(sealer, email),
        Role.PROFESSIONAL: professional_digest(sealer, email),
    }


def find_held(records: Records, sealer: Sealer, email: str) -> Held:
    """What is kept of this person. Raises :class:`CreditsDeskError` for no address."""
    return Held(
        requests=_find_requests(records, sealer, email),
        deliveries=[
            delivery.id
            for route in Route
            for delivery in records.deliveries.find_to_be_read(route)
            if delivery.sealed_body
            and _holds(sealer, delivery.sealed_body, delivery_name(route, delivery.digest), email)
        ],
        entries=[
            entry
            for entry in records.ledger.find_addressed()
            if folded(entry.client_email) == folded(email)
        ],
    )


def _find_requests(
    records: Records, sealer: Sealer, email: str
) -> Mapping[CreditRequest, frozenset[Role]]:
    roles = defaultdict[str, set[Role]](set)
    for role, digest in digests_of(sealer, email).items():
        for reference in records.people.find_requests(role, digest):
            roles[reference].add(role)
    for reference in records.people.find_undigested():
        if folded(records.requests.get_details(reference).client_email) == folded(email):
            roles[reference].add(Role.CLIENT)
    found = records.requests.find(list(roles))
    return {found[reference]: frozenset(of) for reference, of in roles.items()}


def _holds(sealer: Sealer, sealed: bytes, name: str, email: str) -> bool:
    """Whether an address stands in a body, as a whole, whichever way it is written there."""
    try:
        body = sealer.unseal(sealed, name)
    except Unreadable:
        return False
    wanted = re.compile(rf"(?<![\w.+-]){re.escape(folded(email))}(?!\.?[\w-])")
    return any(wanted.search(reading.casefold()) for reading in _readings(body))


def _readings(body: bytes) -> Iterator[str]:
    """The text as it is, and without the escapes of JSON or of a URL."""
    text = body.decode("utf-8", "replace")
    yield text
    yield unquote_plus(text)
    yield _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def addresses_of(records: Records, held: Held) -> Iterator[str]:
    """All addresses that are sealed in what is kept: nothing of them may get into the journal."""
    for request in held.requests:
        yield from records.requests.get_details(request.reference).called


def find_elsewhere(records: Records, request: CreditRequest, role: Role) -> Sequence[Elsewhere]:
    """Where else something of this person is, because of this request."""
    grant = records.grants.find([request.reference]).get(request.reference)
    told = bool(records.sent.find_mails(request.reference))
    shown = request.reason is ReasonState.SHOWN
    granted = role is Role.CLIENT and grant is not None and grant.state is GrantState.POSTED
    return [
        Elsewhere.SUBMISSION,
        Elsewhere.PROPERTY_HISTORY,
        Elsewhere.CONTACT,
        *([Elsewhere.TICKET_HISTORY] if shown else []),
        *([Elsewhere.MAILS] if told else []),
        *([Elsewhere.CREDITS] if granted else []),
        Elsewhere.BACKUPS,
    ]
