"""The port Desk on HubSpot's tickets, or deals."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from casework.errors import CreditsDeskError, NotSetUp, Refused
from casework.ports import TicketPage
from casework.stages import Stage
from casework.tickets import Ticket, TicketChange, TicketDraft, TicketText
from integrations.hubspot.account import STAGE_MISSING, Account
from integrations.hubspot.associations import find_associated
from integrations.hubspot.batches import (
    LARGEST,
    Outcome,
    Record,
    Row,
    next_page_in,
    property_of,
    read,
    records_in,
    write,
    write_in_halves,
)
from integrations.hubspot.calls import (
    CHANGE_TICKETS,
    LIST_TICKETS,
    OPEN_TICKETS,
    READ_TICKETS,
    Call,
)
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.companies import associate
from integrations.hubspot.notes import Notes
from integrations.hubspot.objects import AMOUNT, CHECK, ORGANISATION, REFERENCE, CrmObject

_COMPANIES = "companies"


class HubSpotDesk:
    """Staff's desk in HubSpot. Threads may share it.

    ``pipeline_id`` and ``stage_ids`` are both given, or found by the labels that the set-up made.
    """

    def __init__(
        self,
        client: HubSpotClient,
        crm_object: CrmObject,
        pipeline_id: str = "",
        stage_ids: Mapping[Stage, str] | None = None,
    ) -> None:
        self._client, self._object = client, crm_object
        self._account = Account(client, crm_object, pipeline_id, stage_ids)
        self._notes = Notes(client, crm_object)

    def stage_of(self, stage_id: str) -> Stage | None:
        """Which stage HubSpot's id stands for, as far as is known without a call."""
        return self._account.stage_of(stage_id)

    def open_tickets(self, drafts: Sequence[TicketDraft]) -> Mapping[str, str | CreditsDeskError]:
        """Upsert by reference, so that asking again makes nothing new."""
        by_reference = {draft.reference: draft for draft in drafts}
        outcome = self._write(
            OPEN_TICKETS, lambda: list(map(self._row_of_draft, by_reference.values())), REFERENCE
        )
        ids = {reference: str(record["id"]) for reference, record in outcome.records.items()}
        return {**ids, **outcome.errors}

    def find_by_references(self, references: Sequence[str]) -> Mapping[str, Ticket]:
        """Read the tickets by our unique property."""
        try:
            records = self._read(references, id_property=REFERENCE)
        except Refused as error:
            self._account.look_again([error])
            raise
        tickets = map(self._ticket_of, records)
        by_reference = {ticket.reference: ticket for ticket in tickets if ticket.reference}
        return {asked: by_reference[asked] for asked in references if asked in by_reference}

    def find_tickets(self, ticket_ids: Sequence[str]) -> Mapping[str, Ticket]:
        """Read the tickets by id. A merged-away ticket's id finds the one it was merged into."""
        tickets = [self._ticket_of(record) for record in self._read(ticket_ids)]
        by_id = {ticket.ticket_id: ticket for ticket in tickets}
        found = {asked: by_id[asked] for asked in ticket_ids if asked in by_id}
        if len(tickets) > len(found):
            # HubSpot answers with the survivor and does not say for whom it stands.
            missing = [asked for asked in dict.fromkeys(ticket_ids) if asked not in found]
            for asked in missing:
                if survivors := self._read([asked]):
                    found[asked] = self._ticket_of(survivors[0])
        return found

    def read_tickets(self, page: str | None) -> TicketPage:
        """Read up to 100 records, and pick out ours. The whole account's come, as HubSpot's list
        cannot choose; its search can, and lags behind.

        Source: https://developers.hubspot.com/docs/api-reference/crm-tickets-v3/basic
        """
        names = [REFERENCE, AMOUNT, self._object.stage, self._object.pipeline, ORGANISATION, CHECK]
        query = [("limit", str(LARGEST)), ("properties", ",".join(names))]
        document = self._client.call(
            LIST_TICKETS,
            query=query + ([("after", page)] if page else []),
            objects=self._object.plural,
        )
        found = map(self._ticket_of, records_in(LIST_TICKETS.operation, document))
        return TicketPage([one for one in found if one.reference], next_page_in(document))

    def change_tickets(self, changes: Sequence[TicketChange]) -> Mapping[str, CreditsDeskError]:
        """Write only what is meant to change."""
        return self._write(CHANGE_TICKETS, lambda: self._rows_of_changes(changes)).errors

    def add_note(self, ticket_id: str, text: str) -> None:
        """Put a note on the ticket. Asking twice makes two."""
        self._notes.add(ticket_id, text)

    def has_note(self, ticket_id: str, text: str) -> bool:
        """Whether a note with this text is on the ticket."""
        return self._notes.has(ticket_id, text)

    def associate_companies(self, companies: Mapping[str, str]) -> Mapping[str, CreditsDeskError]:
        """Tie tickets to companies by id. Asking again changes nothing."""
        return associate(self._client, self._object.plural, companies)

    def find_companies(self, ticket_ids: Sequence[str]) -> Mapping[str, Sequence[str]]:
        """Read which companies belong to the tickets."""
        return find_associated(self._client, self._object.plural, _COMPANIES, ticket_ids)

    def _write(
        self, call: Call, make_rows: Callable[[], list[Row]], key_property: str = "id"
    ) -> Outcome:
        """Write; where HubSpot refuses because the account is not as we thought, look again."""
        rows = make_rows()
        outcome = write(self._client, call, self._object.plural, rows, key_property)
        refused = outcome.refused
        if not refused:
            return outcome
        try:
            self._account.look_again(refused.values())
        except NotSetUp as error:
            if outcome.whole and error.code.startswith(STAGE_MISSING):
                outcome = outcome.then(
                    write_in_halves(self._client, call, self._object.plural, rows, key_property)
                )
            return outcome.then(Outcome(errors=dict.fromkeys(outcome.refused, error)))
        again = [row for row in make_rows() if row.key in refused]
        # Nothing to write any more is nothing refused.
        outcome = outcome.without(refused.keys() - {row.key for row in again})
        if all(row in rows for row in again) and (not outcome.whole or len(rows) == 1):
            return outcome
        return outcome.then(
            write_in_halves(self._client, call, self._object.plural, again, key_property)
        )

    def _row_of_draft(self, draft: TicketDraft) -> Row:
        stages = self._account.get_stages()
        properties = {
            self._object.pipeline: stages.pipeline,
            self._object.stage: stages.by_stage[draft.stage],
            REFERENCE: draft.reference,
            **self._properties_of_texts(draft.texts),
        }
        present = self._account.without_missing(properties)
        return Row(draft.reference, draft.reference, present, id_property=REFERENCE)

    def _rows_of_changes(self, changes: Iterable[TicketChange]) -> list[Row]:
        by_ticket: dict[str, dict[str, str]] = {}
        for change in changes:
            # HubSpot takes no ticket twice in one batch.
            by_ticket.setdefault(change.ticket_id, {}).update(self._properties_of(change))
        rows = (
            Row(ticket_id, ticket_id, self._account.without_missing(properties))
            for ticket_id, properties in by_ticket.items()
        )
        return [row for row in rows if row.properties]

    def _properties_of(self, change: TicketChange) -> dict[str, str]:
        properties: dict[str, str] = {}
        if change.move_to is not None:
            properties[self._object.stage] = self._account.get_stages().by_stage[change.move_to]
        if change.credits_to_grant is not None:
            properties[AMOUNT] = str(change.credits_to_grant)
        return properties | self._properties_of_texts(change.texts)

    def _properties_of_texts(self, texts: Mapping[TicketText, str]) -> dict[str, str]:
        return {self._object.texts[text]: value for text, value in texts.items()}

    def _read(self, ids: Sequence[str], id_property: str | None = None) -> list[Record]:
        if not ids:
            return []
        inputs = [{"id": asked} for asked in dict.fromkeys(ids)]
        body: dict[str, Any] = {"properties": self._names(), "inputs": inputs}
        if id_property:
            body["idProperty"] = id_property
        return read(self._client, READ_TICKETS, self._object.plural, body)

    def _names(self) -> list[str]:
        texts = self._object.texts.values()
        return [REFERENCE, AMOUNT, self._object.stage, self._object.pipeline, *texts]

    def _ticket_of(self, record: Record) -> Ticket:
        ours = self._account.get_stages()
        in_pipeline = property_of(record, self._object.pipeline) == ours.pipeline
        stage = self.stage_of(property_of(record, self._object.stage)) if in_pipeline else None
        reference = property_of(record, REFERENCE) or None
        texts = {text: property_of(record, name) for text, name in self._object.texts.items()}
        return Ticket(str(record["id"]), reference, stage, property_of(record, AMOUNT), texts)
