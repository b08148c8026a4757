"""Actors: who may stand behind a message, by HubSpot's prefixes."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any

from sandbox.conversations.channels import address_of
from sandbox.crm.account import Account
from sandbox.crm.checks import checked_properties
from sandbox.crm.object_types import CONTACT
from sandbox.crm.records import STAFF, Record, Source
from sandbox.crm.writes import create_record

SENDING = Source("CONVERSATIONS", "")
"""How a contact is marked that a mail brought into being."""
USERS = {"9": ("Sam Okafor", "sam@hub.example"), "10": ("Lou Meyer", "lou@hub.example")}
AGENT = f"A-{STAFF.id.removeprefix('userId:')}"
"""The person at the board."""
Json = dict[str, Any]


def read_address(given: str) -> tuple[str, str]:
    """Name and address of ``Anna Ross <anna@example.org>``; the name may be missing."""
    name, address = parseaddr(given)
    return name, address.strip()


def contact_for(account: Account, given: str) -> Record:
    """The contact behind an address; HubSpot makes one for whom it does not know.

    Raises:
        ApiError: 400 for what cannot be an address.

    """
    name, address = read_address(given)
    known = account.find_by_value(CONTACT, "email", address)
    if known is not None:
        return known
    first, _, last = name.partition(" ")
    given_values = {"email": address.casefold(), "firstname": first, "lastname": last}
    filled = {name: value for name, value in given_values.items() if value}
    return create_record(
        account, CONTACT, checked_properties(account, CONTACT, filled, None), SENDING
    )


def visitor(actor_id: str, name: str, address: str) -> Json:
    """A sender outside the account."""
    who = {"actorId": actor_id, "senderField": "FROM", "deliveryIdentifier": address_of(address)}
    return who | ({"name": name} if name else {})


def agent(actor_id: str, address: str) -> Json:
    """A sender at the board, behind the shared address."""
    name, _ = USERS[actor_id.removeprefix("A-")]
    who = {"actorId": actor_id, "name": name, "senderField": "FROM"}
    return who | {"deliveryIdentifier": address_of(address)}


def recipients(field: str, addresses: list[str], main: str = "") -> list[Json]:
    """Recipients TO or CC. Addresses are no contacts, except that ``main`` stands for the first."""
    ids = [main or f"E-{address}" for address in addresses[:1]]
    ids += [f"E-{address}" for address in addresses[1:]]
    return [
        {"actorId": one, "recipientField": field, "deliveryIdentifier": address_of(address)}
        for one, address in zip(ids, addresses, strict=True)
    ]


def actor_json(account: Account, actor_id: str) -> Json | None:
    """An actor as ``GET …/actors/{actorId}`` shows it, or nothing for one who is not there."""
    prefix, _, rest = actor_id.partition("-")
    if prefix == "A" and rest in USERS:
        name, address = USERS[rest]
        return {"id": actor_id, "type": "AGENT", "name": name, "email": address}
    if prefix == "V":
        return _visitor_json(account, actor_id, rest)
    if prefix == "E" and "@" in rest:
        return {"id": actor_id, "type": "EMAIL", "email": rest}
    if prefix == "I" and rest.isdigit():
        return {"id": actor_id, "type": "INTEGRATION", "name": "App"}
    return {"id": actor_id, "type": "SYSTEM", "name": "HubSpot"} if prefix == "S" else None


def _visitor_json(account: Account, actor_id: str, contact_id: str) -> Json | None:
    contact = account.find(CONTACT, contact_id)
    if contact is None:
        return {"id": actor_id, "type": "VISITOR"} if contact_id.isalnum() else None
    values = contact.properties
    name = f"{values.get('firstname', '')} {values.get('lastname', '')}".strip()
    shown = {"id": actor_id, "type": "VISITOR", "email": values.get("email", "")}
    return shown | ({"name": name} if name else {})
