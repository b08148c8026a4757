"""Batches of rows: one call for up to a hundred, and an answer for each row.

HubSpot answers 207 where only some rows failed, and refuses others whole for the sake of one row,
in which case halves are tried until that row stands alone.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from casework.errors import CreditsDeskError, Refused, Unavailable
from integrations.hubspot.calls import Call
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.faults import NOT_FOUND, SERVICE, fault_of_row

LARGEST = 100
#: A record as HubSpot tells it: ``id`` and ``properties``.
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """What to write on one record. HubSpot repeats ``key`` in the row's error."""

    key: str
    id: str
    properties: Mapping[str, str] = field(repr=False)
    id_property: str | None = None

    def as_input(self) -> dict[str, Any]:
        """The row in HubSpot's form."""
        row = {"id": self.id, "properties": dict(self.properties), "objectWriteTraceId": self.key}
        return row | ({"idProperty": self.id_property} if self.id_property else {})


@dataclass(frozen=True)
class Outcome:
    """What became of each row, by key. ``whole``: all were refused together."""

    records: dict[str, Record] = field(default_factory=dict, repr=False)
    errors: dict[str, CreditsDeskError] = field(default_factory=dict)
    whole: bool = False

    @property
    def refused(self) -> dict[str, Refused]:
        """The rows that HubSpot would refuse again."""
        return {key: error for key, error in self.errors.items() if isinstance(error, Refused)}

    def without(self, keys: Collection[str]) -> "Outcome":
        """This, with no error for these rows."""
        errors = {key: error for key, error in self.errors.items() if key not in keys}
        return replace(self, errors=errors)

    def then(self, later: "Outcome") -> "Outcome":
        """This, with what a later try says of some rows in place of what was said first."""
        errors = {k: error for k, error in self.errors.items() if k not in later.records}
        return Outcome(self.records | later.records, errors | later.errors, later.whole)


def write(
    client: HubSpotClient, call: Call, objects: str, rows: Sequence[Row], key_property: str = "id"
) -> Outcome:
    """Write the rows in one call. A refusal of the whole is every row's."""
    if not rows:
        return Outcome()
    body = {"inputs": [row.as_input() for row in rows]}
    try:
        document = client.call(call, body, objects=objects)
    except Refused as error:
        return Outcome(errors={row.key: error for row in rows}, whole=True)
    return _sort_out(call, [row.key for row in rows], document, key_property)


def write_in_halves(
    client: HubSpotClient, call: Call, objects: str, rows: Sequence[Row], key_property: str = "id"
) -> Outcome:
    """Write the rows so that a row for which the whole is refused stands alone in the end."""
    outcome = write(client, call, objects, rows, key_property)
    if not outcome.whole or len(rows) == 1:
        return outcome
    middle = len(rows) // 2
    first = write_in_halves(client, call, objects, rows[:middle], key_property)
    return first.then(write_in_halves(client, call, objects, rows[middle:], key_property))


def read(
    client: HubSpotClient,
    call: Call,
    objects: str,
    body: Mapping[str, Any],
    spoken_of: str = "",
) -> list[Record]:
    """Read the records that ``body["inputs"]`` names, without those that do not exist.

    Raises the fault of the first row of which HubSpot says anything else: it may exist.
    """
    try:
        whole = {"propertiesWithHistory": [], **body}
        document = client.call(call, whole, spoken_of=spoken_of, objects=objects)
    except Refused as error:
        inputs = body["inputs"]
        if error.code != NOT_FOUND:
            raise
        # HubSpot may answer so for one of many, and does not say for which.
        alone = [{**body, "inputs": [row]} for row in inputs] if len(inputs) > 1 else []
        return [record for one in alone for record in read(client, call, objects, one, spoken_of)]
    return records_in(call.operation, document)


def records_in(operation: str, document: Mapping[str, Any]) -> list[Record]:
    """The records that were read. Raises :class:`Unavailable` where they cannot be all of them."""
    errors = list(dicts_in(document, "errors"))
    for error in errors:
        fault = fault_of_row(operation, error)
        if fault.code != NOT_FOUND:
            raise fault
    listed = document.get("results", [] if errors else None)
    done = document.get("status") in (None, "COMPLETE") and (
        errors or not document.get("numErrors")
    )
    if not done or not isinstance(listed, list) or not all(map(_is_record, listed)):
        raise Unavailable(SERVICE, operation, "UNREADABLE_ANSWER")
    return listed


def _is_record(found: object) -> bool:
    return isinstance(found, dict) and bool(found.get("id"))


def _sort_out(
    call: Call, keys: Sequence[str], document: Mapping[str, Any], key_property: str
) -> Outcome:
    errors: dict[str, CreditsDeskError] = {}
    for error in dicts_in(document, "errors"):
        fault = fault_of_row(call.operation, error)
        errors.update(dict.fromkeys(set(_keys_in(error)) & set(keys), fault))
    records, strangers = _match(keys, document, key_property)
    unanswered = [key for key in keys if key not in records and key not in errors]
    if len(strangers) == len(unanswered) and (key_property == "id" or len(strangers) == 1):
        # Merged-away records answer with the id of the record they were merged into, and not every
        # upsert tells whose answer it is.
        return Outcome(records | dict(zip(unanswered, strangers, strict=True)), errors)
    lost = Unavailable(SERVICE, call.operation, "NOT_ANSWERED")
    return Outcome(records, errors | dict.fromkeys(unanswered, lost))


def _match(
    keys: Sequence[str], document: Mapping[str, Any], key_property: str
) -> tuple[dict[str, Record], list[Record]]:
    """The records that answer a row, by its key, and those that may answer any."""
    records: dict[str, Record] = {}
    strangers: list[Record] = []
    for record in filter(_is_record, dicts_in(document, "results")):
        own = record["id"] if key_property == "id" else property_of(record, key_property)
        names = (str(record.get("objectWriteTraceId", "")), str(own))
        key = next((name for name in names if name in keys and name not in records), None)
        if key is not None:
            records[key] = record
        elif key_property == "id" or not own:
            strangers.append(record)
    return records, strangers


def property_of(record: Record, name: str) -> str:
    """A property's value; empty where it has none."""
    properties = record.get("properties")
    value = properties.get(name) if isinstance(properties, dict) else None
    return "" if value is None else str(value)


def dicts_in(document: Mapping[str, Any], name: str) -> Iterator[dict[str, Any]]:
    """The objects in a list of the answer, which may not be there."""
    listed = document.get(name)
    yield from (
        (item for item in listed if isinstance(item, dict)) if isinstance(listed, list) else ()
    )


def next_page_in(document: Mapping[str, Any]) -> str | None:
    """What to ask for as ``after`` to get the next page of a list; nothing at its end."""
    paging = document.get("paging")
    following = paging.get("next") if isinstance(paging, dict) else None
    after = following.get("after") if isinstance(following, dict) else None
    return str(after) if after else None


def _keys_in(error: Mapping[str, Any]) -> Iterable[str]:
    """The rows that an error is about: HubSpot gives one word or a list of words."""
    context = error.get("context")
    for name in ("objectWriteTraceId", "id", "ids"):
        value = context.get(name) if isinstance(context, dict) else None
        yield from map(str, value if isinstance(value, list) else [value] if value else [])
