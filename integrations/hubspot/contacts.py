"""The port Contacts on HubSpot's contacts.

Source: https://developers.hubspot.com/docs/api-reference/crm-contacts-v3/guide
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casework.errors import Refused, Unavailable
from casework.form_fields import FormField, FormFields
from casework.ports import FormCopy
from casework.residue import ContactFields
from integrations.hubspot.batches import LARGEST, Record, dicts_in, property_of, read, records_in
from integrations.hubspot.calls import (
    BLANK_CONTACT,
    READ_ASSOCIATED,
    READ_CONTACT_BY_ADDRESS,
    READ_CONTACTS,
    TAKE_OFF_CONTACTS,
)
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.faults import NOT_FOUND, SERVICE, fault_of_row
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
        found = read(self._client, READ_CONTACT_BY_ADDRESS, _CONTACTS, body)
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
        return dict(self._associated(self._objects, _CONTACTS, ticket_ids))

    def find_approvers(self, contact_ids: Sequence[str]) -> Mapping[str, frozenset[str]]:
        """Read who is marked as an approver, and of which companies."""
        if not contact_ids:
            return {}
        marked = [
            str(contact["id"])
            for contact in self._read(contact_ids)
            if property_of(contact, APPROVER).casefold() == "true"
        ]
        companies = dict(self._associated(_CONTACTS, _COMPANIES, marked))
        return {contact_id: frozenset(companies.get(contact_id, ())) for contact_id in marked}

    def take_off(self, contacts: Sequence[tuple[str, str]]) -> None:
        """Take the associations away, whatever their labels."""
        if not contacts:
            return
        pairs = [{"from": {"id": one}, "to": [{"id": other}]} for one, other in contacts]
        for piece in _pieces(pairs, _MOST_PAIRS):
            document = self._client.call(
                TAKE_OFF_CONTACTS, {"inputs": piece}, objects=self._objects
            )
            _raise_faults(TAKE_OFF_CONTACTS.operation, document)

    def _read(self, contact_ids: Sequence[str]) -> Iterator[Record]:
        inputs = [{"id": contact_id} for contact_id in dict.fromkeys(contact_ids)]
        for piece in _pieces(inputs, LARGEST):
            body = {"properties": [APPROVER], "inputs": piece}
            yield from read(self._client, READ_CONTACTS, _CONTACTS, body)

    def _associated(
        self, objects: str, others: str, ids: Sequence[str]
    ) -> Iterator[tuple[str, Sequence[str]]]:
        """The ids of the others that belong to each, of those to which any does."""
        inputs = [{"id": one} for one in dict.fromkeys(ids)]
        for piece in _pieces(inputs, _MOST_ASSOCIATED):
            body = {"inputs": piece}
            document = self._client.call(READ_ASSOCIATED, body, objects=objects, others=others)
            yield from _associated_in(document)


def _associated_in(document: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[str]]]:
    _raise_faults(READ_ASSOCIATED.operation, document)
    # HubSpot calls it an error that there are none, so errors may be all that it answers.
    listed = document.get("results", [] if document.get("errors") else None)
    done = document.get("status") in (None, "COMPLETE") and (
        document.get("errors") or not document.get("numErrors")
    )
    if not done or not isinstance(listed, list):
        raise _unreadable()
    for row in listed:
        yield _tied_in(row)


def _tied_in(row: object) -> tuple[str, Sequence[str]]:
    """Whoever belongs to the first, all of them. Raises :class:`Unavailable` for anything else."""
    if isinstance(row, dict) and not (row.get("paging") or {}).get("next"):
        one, others = row.get("from"), row.get("to")
        if isinstance(one, dict) and one.get("id") and isinstance(others, list):
            tied = [other.get("toObjectId") for other in others if isinstance(other, dict)]
            if len(tied) == len(others) and all(tied):
                return str(one["id"]), [str(contact) for contact in tied]
    raise _unreadable()


def _unreadable() -> Unavailable:
    return Unavailable(SERVICE, READ_ASSOCIATED.operation, "UNREADABLE_ANSWER")


def _raise_faults(operation: str, document: Mapping[str, Any]) -> None:
    """Raise the first fault but that something is not there."""
    for error in dicts_in(document, "errors"):
        if (fault := fault_of_row(operation, error)).code != NOT_FOUND:
            raise fault


def _pieces(rows: Sequence[Mapping[str, Any]], size: int) -> Iterator[Sequence[Mapping[str, Any]]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def _remembers(contact: Record, name: str) -> bool:
    """Whether the history of a property keeps any value."""
    history: Mapping[str, Any] = contact.get("propertiesWithHistory") or {}
    return any(entry.get("value") for entry in dicts_in(history, name))
