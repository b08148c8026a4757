"""The port Contacts on HubSpot's contacts.

Source: https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casework.errors import Refused
from casework.form_fields import FormField, FormFields
from casework.ports import FormCopy
from casework.residue import ContactFields
from integrations.hubspot.associations import find_associated, raise_faults
from integrations.hubspot.batches import LARGEST, Record, dicts_in, property_of, read, records_in
from integrations.hubspot.calls import (
    BLANK_CONTACT,
    READ_CONTACT_BY_ADDRESS,
    READ_CONTACTS,
    TAKE_OFF_CONTACTS,
)
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.faults import NOT_FOUND
from integrations.hubspot.objects import APPROVER, CrmObject

_CONTACTS, _COMPANIES = "contacts", "companies"
#: HubSpot takes so many in one call.
_MOST_ASSOCIATED, _MOST_PAIRS = 1000, 2000
_CONTACT_TYPE_IDS = frozenset({None, "0-1"})


def contact_fields(form: FormFields) -> ContactFields:
    """Which of the form's fields are properties of the professional's contact."""

    def name_of(field: FormField | None) -> str:
        return field.name if field and field.object_type_id in _CONTACT_TYPE_IDS else ""

    return ContactFields(
        name_of(form.client_email), name_of(form.organisation), name_of(form.reason)
    )


class HubSpotContacts:
    """Implements :class:`casework.ports.Contacts`. Threads may share it."""

    def __init__(self, client: HubSpotClient, crm_object: CrmObject) -> None:
        self._client, self._objects = client, crm_object.plural

    def find_form_copy(self, professional_email: str, fields: Sequence[str]) -> FormCopy | None:
        """Read the contact by its address, with the history of these properties."""
        body = {
            "idProperty": "email",
            "inputs": [{"id": professional_email}],
            "properties": list(fields),
            "propertiesWithHistory": list(fields),
        }
        found = read(
            self._client,
            READ_CONTACT_BY_ADDRESS,
            _CONTACTS,
            body,
            # The address of this request's own professional, who may be another one's client.
            spoken_of=professional_email,
        )
        if not found:
            return None
        values = {name: value for name in fields if (value := property_of(found[0], name))}
        remembered = frozenset(name for name in fields if _remembers(found[0], name))
        return FormCopy(str(found[0]["id"]), values, remembered)

    def blank(self, contact_id: str, fields: Sequence[str]) -> None:
        """Write nothing over what stands there, which is how HubSpot clears a property."""
        row = {"id": contact_id, "properties": dict.fromkeys(fields, "")}
        try:
            document = self._client.call(BLANK_CONTACT, {"inputs": [row]})
        except Refused as error:
            if error.code != NOT_FOUND:
                raise
            return
        records_in(BLANK_CONTACT.operation, document)

    def find_on_tickets(self, ticket_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Read which contacts belong to the tickets."""
        return find_associated(self._client, self._objects, _CONTACTS, ticket_ids)

    def find_approvers(self, contact_ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """Read who is marked as an approver, and of which companies."""
        if not contact_ids:
            return {}
        marked = [
            str(contact["id"])
            for contact in self._read(contact_ids)
            if property_of(contact, APPROVER).casefold() == "true"
        ]
        companies = find_associated(self._client, _CONTACTS, _COMPANIES, marked)
        return {contact_id: frozenset(companies.get(contact_id, ())) for contact_id in marked}

    def find_companies_of(self, contact_id: str | None, address: str) -> frozenset[str]:
        """Read to which companies a contact belongs."""
        if contact_id is None:
            body = {"idProperty": "email", "inputs": [{"id": address}], "properties": ["email"]}
            found = read(self._client, READ_CONTACTS, _CONTACTS, body) if address else []
            if not found:
                return frozenset()
            contact_id = str(found[0]["id"])
        companies = find_associated(self._client, _CONTACTS, _COMPANIES, [contact_id])
        return frozenset(companies.get(contact_id, ()))

    def take_off(self, contacts: Sequence[tuple[str, str]]) -> None:
        """Take the associations away, whatever their labels."""
        if not contacts:
            return
        pairs = [{"from": {"id": one}, "to": [{"id": other}]} for one, other in contacts]
        for piece in _pieces(pairs, _MOST_PAIRS):
            document = self._client.call(
                TAKE_OFF_CONTACTS, {"inputs": piece}, objects=self._objects
            )
            raise_faults(TAKE_OFF_CONTACTS.operation, document)

    def _read(self, contact_ids: Sequence[str]) -> Iterator[Record]:
        inputs = [{"id": contact_id} for contact_id in dict.fromkeys(contact_ids)]
        for piece in _pieces(inputs, LARGEST):
            body = {"properties": [APPROVER], "inputs": piece}
            yield from read(self._client, READ_CONTACTS, _CONTACTS, body)


def _pieces(rows: Sequence[Mapping[str, Any]], size: int) -> Iterator[Sequence[Mapping[str, Any]]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _remembers(contact: Record, name: str) -> bool:
    """Whether the history of a property keeps any value."""
    history: Mapping[str, Any] = contact.get("propertiesWithHistory") or {}
    return any(entry.get("value") for entry in dicts_in(history, name))
