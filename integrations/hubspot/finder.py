"""The port Finder on HubSpot: everything that can be read there, as passages of text.

A search looks at each object's default text properties only, and knows records as they were some
seconds ago, so what it finds is read again, with all properties, before anybody calls it found.
Source: https://developers.hubspot.com/docs/api-reference/legacy/crm/search-the-crm
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from casework.canary_looking import Passage
from casework.form_fields import FormFields
from integrations.hubspot.batches import LARGEST, Record, dicts_in, property_of, read
from integrations.hubspot.calls import (
    LIST_PROPERTIES,
    READ_ASSOCIATED,
    READ_CONTACT_BY_ADDRESS,
    READ_RECORDS,
    SEARCH,
    Call,
)
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.contacts import contact_fields
from integrations.hubspot.objects import COMPANIES, CONTACTS, CrmObject
from integrations.hubspot.pace import Pace
from integrations.hubspot.threads import read_threads

#: Searches have a limit of their own, five in a second for the whole account, beside the usual one.
_SEARCHES, _SECONDS = 4, 1.0
_NOTES, _EMAILS, _TASKS = "notes", "emails", "tasks"
#: What may be tied to a ticket and hold words.
_BESIDE_THE_TICKET = (_NOTES, _EMAILS, _TASKS, CONTACTS, COMPANIES)


class HubSpotFinder:
    """Implements :class:`casework.canary_looking.Finder`."""

    def __init__(
        self,
        client: HubSpotClient,
        crm_object: CrmObject,
        form_fields: FormFields,
        *,
        pace: Pace | None = None,
    ) -> None:
        self._client, self._objects = client, crm_object.plural
        self._pace = pace or Pace(_SEARCHES, _SECONDS)
        self._form_fields = contact_fields(form_fields)
        self._names: dict[str, list[str]] = {}

    def search(self, kind: str, words: Sequence[str]) -> Iterator[Passage]:
        """The records of this kind that a search for any of the words brings, read in full."""
        asked: list[dict[str, Any]] = [{"query": word} for word in words]
        if kind == CONTACTS:
            asked += [{"filterGroups": group} for group in self._filters(words)]
        found = dict.fromkeys(chain.from_iterable(self._ids(kind, one) for one in asked))
        yield from self._read(kind, list(found))

    def read_ticket(self, ticket_id: str) -> Iterator[Passage]:
        """The ticket with all its history, and all that is tied to it."""
        names = self._properties_of(self._objects)
        body = _body([ticket_id], names, history=names)
        for ticket in read(self._client, READ_RECORDS, self._objects, body):
            yield from _passages(self._objects, ticket)
        for kind in _BESIDE_THE_TICKET:
            yield from self._read(kind, self._tied(ticket_id, kind))

    def read_professional(self, email: str) -> Iterator[Passage]:
        """The professional's contact; the form's own history there is to be expected."""
        names = self._properties_of(CONTACTS)
        body = _body([email], names, history=names) | {"idProperty": "email"}
        for contact in read(self._client, READ_CONTACT_BY_ADDRESS, CONTACTS, body):
            yield from _passages(CONTACTS, contact, expected=self._form_fields.names)

    def read_threads(self, ticket_id: str, since: int) -> Iterator[Passage]:
        """The threads of the ticket and all in which anything happened since then, in full."""
        return read_threads(self._client, ticket_id, since)

    def _filters(self, words: Sequence[str]) -> Iterator[list[dict[str, Any]]]:
        """Searches of the form's own properties, which a plain search does not look at.

        Each alone, since HubSpot refuses the whole for one property that is not there.
        """
        for name in self._form_fields.names:
            tests = [("EQ", word) for word in words]
            tests += [("CONTAINS_TOKEN", f"*{word}*") for word in words]
            yield [
                {"filters": [{"propertyName": name, "operator": operator, "value": value}]}
                for operator, value in tests
            ]

    def _ids(self, kind: str, asked: Mapping[str, Any]) -> list[str]:
        body = {**asked, "limit": LARGEST, "properties": ["hs_object_id"]}
        self._pace.wait(SEARCH.operation)
        document = self._client.call(SEARCH, body, objects=kind)
        return [str(found["id"]) for found in dicts_in(document, "results") if found.get("id")]

    def _read(self, kind: str, ids: Sequence[str]) -> Iterator[Passage]:
        for start in range(0, len(ids), LARGEST):
            body = _body(ids[start : start + LARGEST], self._properties_of(kind))
            for record in read(self._client, READ_RECORDS, kind, body):
                yield from _passages(kind, record)

    def _properties_of(self, kind: str) -> list[str]:
        """The names of all properties, asked for once."""
        if kind not in self._names:
            document = self._client.call(LIST_PROPERTIES, objects=kind)
            self._names[kind] = [str(one["name"]) for one in dicts_in(document, "results")]
        return self._names[kind]

    def _tied(self, ticket_id: str, kind: str) -> list[str]:
        call: Call = READ_ASSOCIATED
        body = {"inputs": [{"id": ticket_id}]}
        document = self._client.call(call, body, objects=self._objects, others=kind)
        rows = dicts_in(document, "results")
        tied = (str(other["toObjectId"]) for row in rows for other in dicts_in(row, "to"))
        return list(dict.fromkeys(tied))


def _body(ids: Sequence[str], names: Sequence[str], history: Sequence[str] = ()) -> dict[str, Any]:
    return {
        "inputs": [{"id": one} for one in ids],
        "properties": list(names),
        "propertiesWithHistory": list(history),
    }


def _passages(kind: str, record: Record, expected: Sequence[str] = ()) -> Iterator[Passage]:
    """What a record says and has said; the history of what is ``expected`` is no surprise."""
    of = f"{kind} {record['id']}"
    for name in record.get("properties") or {}:
        yield Passage(f"{of}: {name}", property_of(record, name))
    history: Mapping[str, Any] = record.get("propertiesWithHistory") or {}
    for name in history:
        texts = [str(entry.get("value") or "") for entry in dicts_in(history, name)]
        yield Passage(f"{of}: history of {name}", "\n".join(texts[1:]), expected=name in expected)
