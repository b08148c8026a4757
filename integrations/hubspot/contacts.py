"""The port Contacts on HubSpot's contacts.

Source: https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide
"""

from collections.abc import Mapping, Sequence
from typing import Any

from casework.form_fields import FormField, FormFields
from casework.ports import FormCopy
from casework.residue import ContactFields
from integrations.hubspot.associations import find_associated
from integrations.hubspot.batches import Record, dicts_in, property_of, read, records_in
from integrations.hubspot.calls import (
    BLANK_CONTACT,
    READ_CONTACT_BY_ADDRESS,
    READ_CONTACTS,
    TAKE_OFF_CONTACTS,
)
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.objects import APPROVER, CrmObject

_CONTACTS, _COMPANIES = "contacts", "companies"
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
        found = read(self._client, READ_CONTACT_BY_ADDRESS, _CONTACTS, body)
        if not found:
            return None
        values = {name: value for name in fields if (value := property_of(found[0], name))}
        remembered = frozenset(name for name in fields if _remembers(found[0], name))
        return FormCopy(str(found[0]["id"]), values, remembered)

    def blank(self, contact_id: str, fields: Sequence[str]) -> None:
        """Write nothing over what stands there, which is how HubSpot clears a property."""
        row = {"id": contact_id, "properties": dict.fromkeys(fields, "")}
        document = self._client.call(BLANK_CONTACT, {"inputs": [row]})
        records_in(BLANK_CONTACT.operation, document)

    def find_on_tickets(self, ticket_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Read which contacts belong to the tickets."""
        return find_associated(self._client, self._objects, _CONTACTS, ticket_ids)

    def find_approvers(self, contact_ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """Read who is marked as an approver, and of which companies."""
        if not contact_ids:
            return {}
        inputs = [{"id": contact_id} for contact_id in dict.fromkeys(contact_ids)]
        body = {"properties": [APPROVER], "inputs": inputs}
        marked = [
            str(contact["id"])
            for contact in read(self._client, READ_CONTACTS, _CONTACTS, body)
            if property_of(contact, APPROVER).casefold() == "true"
        ]
        companies = find_associated(self._client, _CONTACTS, _COMPANIES, marked)
        return {contact_id: frozenset(companies.get(contact_id, ())) for contact_id in marked}

    def take_off(self, contacts: Sequence[tuple[str, str]]) -> None:
        """Take the associations away, whatever their labels."""
        if not contacts:
            return
        pairs = [{"from": {"id": one}, "to": [{"id": other}]} for one, other in contacts]
        self._client.call(TAKE_OFF_CONTACTS, {"inputs": pairs}, objects=self._objects)


def _remembers(contact: Record, name: str) -> bool:
    """Whether the history of a property keeps any value."""
    history: Mapping[str, Any] = contact.get("propertiesWithHistory") or {}
    return any(entry.get("value") for entry in dicts_in(history, name))
