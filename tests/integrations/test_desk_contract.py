"""What any Desk must do. HubSpot's adapter passes it with tickets and deals; so does the fake."""

from dataclasses import replace
from typing import Any, Protocol

import pytest
import requests

from casework.errors import CreditsDeskError, OutsideError, Unavailable
from casework.ports import Desk
from casework.stages import MEANINGS, Stage
from casework.tickets import Ticket, TicketChange, TicketDraft, TicketText
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.desk import HubSpotDesk
from integrations.hubspot.objects import CRM_OBJECTS, CrmObject
from integrations.hubspot.setup import set_up
from sandbox.server import Sandbox
from tests.fakes.fake_desk import FakeDesk


class Office(Protocol):
    """A desk, and what staff and misfortune do to it."""

    @property
    def desk(self) -> Desk: ...

    def move(self, ticket_id: str, stage: Stage | None, amount: str | None = None) -> None: ...
    def merge(self, ticket_id: str, into: str) -> None: ...
    def delete(self, ticket_id: str) -> None: ...
    def lose_answer(self) -> None: ...
    def make_company(self) -> str: ...
    def companies_of(self, ticket_id: str) -> list[str]: ...
    def read(self, ticket_id: str) -> tuple[str, str]:
        """Organisation and status line, as staff see them."""


class FakeOffice:
    def __init__(self) -> None:
        self.desk = FakeDesk()
        self.move, self.merge = self.desk.staff_move, self.desk.staff_merge
        self.delete = self.desk.staff_delete

    def lose_answer(self) -> None:
        self.desk.lose_answers = 1

    def make_company(self) -> str:
        return "501"

    def companies_of(self, ticket_id: str) -> list[str]:
        return [self.desk.companies[ticket_id]] if ticket_id in self.desk.companies else []

    def read(self, ticket_id: str) -> tuple[str, str]:
        ticket = self.desk.tickets[ticket_id]
        return ticket.organisation, ticket.status_line


class HubSpotOffice:
    def __init__(self, sandbox: Sandbox, client: HubSpotClient, crm_object: CrmObject) -> None:
        self._sandbox, self._object = sandbox, crm_object
        self._stage_ids = set_up(client, crm_object).stage_ids
        self.desk = HubSpotDesk(client, crm_object)

    def move(self, ticket_id: str, stage: Stage | None, amount: str | None = None) -> None:
        if stage is None:
            self._leave_our_pipeline(ticket_id)
            return
        self._post("stage", id=ticket_id, stage=self._stage_ids[stage], amount=amount)

    def merge(self, ticket_id: str, into: str) -> None:
        self._post("record", id=ticket_id, into=into, do="merge")

    def delete(self, ticket_id: str) -> None:
        self._post("record", id=ticket_id, do="archive")

    def lose_answer(self) -> None:
        self._sandbox.faults.add("api.lose_answer")

    def make_company(self) -> str:
        return next(iter(self._sandbox.hubspot.records["0-2"]))

    def companies_of(self, ticket_id: str) -> list[str]:
        return list(self._record(ticket_id)["associations"].get("companies", []))

    def read(self, ticket_id: str) -> tuple[str, str]:
        found = self._record(ticket_id)["properties"]
        return found["credit_request_organisation"], found["credit_request_status"]

    def _record(self, ticket_id: str) -> dict[str, Any]:
        state = requests.get(f"{self._sandbox.url}/_sandbox/state", timeout=5).json()
        record: dict[str, Any] = next(
            found for found in state[self._object.plural] if found["id"] == ticket_id
        )
        return record

    def _leave_our_pipeline(self, ticket_id: str) -> None:
        other = {"tickets": ("0", "1"), "deals": ("default", "closedwon")}[self._object.plural]
        names = (self._object.pipeline, self._object.stage)
        requests.patch(
            f"{self._sandbox.url}/crm/v3/objects/{self._object.plural}/{ticket_id}",
            json={"properties": dict(zip(names, other, strict=True))},
            headers={"Authorization": "Bearer sandbox-access-token"},
            timeout=5,
        ).raise_for_status()

    def _post(self, what: str, **body: str | None) -> None:
        whole = {"object": self._object.plural} | body
        url = f"{self._sandbox.url}/_sandbox/{what}"
        requests.post(url, json=whole, timeout=5).raise_for_status()


@pytest.fixture(params=["fake", "ticket", "deal"])
def office(request: pytest.FixtureRequest) -> Office:
    if request.param == "fake":
        return FakeOffice()
    sandbox, client = request.getfixturevalue("sandbox"), request.getfixturevalue("client")
    return HubSpotOffice(sandbox, client, CRM_OBJECTS[request.param])


def draft(reference: str, stage: Stage = Stage.NEW) -> TicketDraft:
    return TicketDraft(reference, "Northwind Mills & Sons", stage, "Received.")


def open_ticket(desk: Desk, reference: str = "CR-1") -> str:
    ticket_id = desk.open_tickets([draft(reference)])[reference]
    assert isinstance(ticket_id, str)
    return ticket_id


def test_opened_tickets_are_found_by_reference_and_by_id(office: Office) -> None:
    opened = office.desk.open_tickets([draft("CR-1"), draft("CR-2", Stage.NEEDS_ATTENTION)])
    by_reference = office.desk.find_by_references(["CR-1", "CR-2", "CR-3"])
    assert {ref: ticket.ticket_id for ref, ticket in by_reference.items()} == opened
    by_id = office.desk.find_tickets([str(opened["CR-2"]), "999"])
    assert list(by_id) == [opened["CR-2"]]
    ticket = by_id[str(opened["CR-2"])]
    assert (ticket.reference, ticket.stage) == ("CR-2", Stage.NEEDS_ATTENTION)
    assert ticket.credits_to_grant == ""


def test_opening_again_makes_nothing_new(office: Office) -> None:
    first = office.desk.open_tickets([draft("CR-1")])
    again = office.desk.open_tickets([draft("CR-1"), draft("CR-1"), draft("CR-2")])
    assert again["CR-1"] == first["CR-1"]
    assert again["CR-2"] != first["CR-1"]


def test_a_hundred_at_once(office: Office) -> None:
    references = [f"CR-{number}" for number in range(100)]
    opened = office.desk.open_tickets([draft(reference) for reference in references])
    assert len(set(map(str, opened.values()))) == 100
    assert len(office.desk.find_by_references(references)) == 100


def test_nothing_asked_nothing_done(office: Office) -> None:
    assert not office.desk.open_tickets([])
    assert not office.desk.find_by_references([])
    assert not office.desk.find_tickets([])
    assert not office.desk.change_tickets([])
    assert not office.desk.associate_companies({})


def test_what_staff_did_is_seen(office: Office) -> None:
    ticket_id = open_ticket(office.desk)
    office.move(ticket_id, Stage.APPROVED, "4")
    ticket = office.desk.find_tickets([ticket_id])[ticket_id]
    assert (ticket.stage, ticket.credits_to_grant) == (Stage.APPROVED, "4")
    office.move(ticket_id, None)
    assert office.desk.find_tickets([ticket_id])[ticket_id].stage is None


@pytest.mark.parametrize("stage", list(MEANINGS))
def test_a_ticket_moves_to_every_stage(office: Office, stage: Stage) -> None:
    ticket_id = open_ticket(office.desk)
    assert not office.desk.change_tickets([TicketChange(ticket_id, move_to=stage)])
    assert office.desk.find_tickets([ticket_id])[ticket_id].stage is stage


def test_a_change_leaves_the_rest_alone(office: Office) -> None:
    ticket_id = open_ticket(office.desk)
    office.move(ticket_id, Stage.ASKED, "7")
    office.desk.change_tickets([TicketChange(ticket_id, texts={TicketText.STATUS: "Looked at."})])
    ticket = office.desk.find_tickets([ticket_id])[ticket_id]
    assert (ticket.stage, ticket.credits_to_grant) == (Stage.ASKED, "7")
    assert office.read(ticket_id) == ("Northwind Mills & Sons", "Looked at.")
    corrected = {TicketText.ORGANISATION: "Contoso"}
    office.desk.change_tickets([TicketChange(ticket_id, texts=corrected)])
    assert office.read(ticket_id) == ("Contoso", "Looked at.")


def test_the_credits_are_filled_in_and_the_ticket_moved_in_one_go(office: Office) -> None:
    ticket_id = open_ticket(office.desk)
    change = TicketChange(ticket_id, move_to=Stage.APPROVED, credits_to_grant=3)
    assert not office.desk.change_tickets([change])
    ticket = office.desk.find_tickets([ticket_id])[ticket_id]
    assert (ticket.stage, ticket.credits_to_grant) == (Stage.APPROVED, "3")
    assert not office.desk.change_tickets([TicketChange(ticket_id, move_to=Stage.CREDITED)])
    assert office.desk.find_tickets([ticket_id])[ticket_id].credits_to_grant == "3"


def test_two_changes_of_one_ticket_add_up(office: Office) -> None:
    ticket_id = open_ticket(office.desk)
    says_yes = TicketChange(ticket_id, texts={TicketText.STATUS: "Yes"})
    changes = [TicketChange(ticket_id, Stage.APPROVED), says_yes]
    assert not office.desk.change_tickets(changes)
    assert office.desk.find_tickets([ticket_id])[ticket_id].stage is Stage.APPROVED
    assert office.read(ticket_id)[1] == "Yes"


def test_a_missing_ticket_spoils_no_other(office: Office) -> None:
    ticket_id = open_ticket(office.desk)
    changes = [TicketChange("999", Stage.ASKED), TicketChange(ticket_id, Stage.ASKED)]
    errors = office.desk.change_tickets(changes)
    assert list(errors) == ["999"]
    assert not errors["999"].can_retry
    assert office.desk.find_tickets([ticket_id])[ticket_id].stage is Stage.ASKED


def test_a_deleted_ticket_is_not_there(office: Office) -> None:
    ticket_id = open_ticket(office.desk)
    office.delete(ticket_id)
    assert office.desk.find_tickets([ticket_id]) == {}
    assert not office.desk.has_note(ticket_id, "anything")


def test_a_merged_ticket_answers_with_the_survivor(office: Office) -> None:
    gone, kept, other = (open_ticket(office.desk, ref) for ref in ("CR-1", "CR-2", "CR-3"))
    office.merge(gone, into=kept)
    found = office.desk.find_tickets([gone, other])
    assert {asked: ticket.ticket_id for asked, ticket in found.items()} == {
        gone: kept,
        other: other,
    }
    assert found[gone].reference == "CR-2"
    assert not office.desk.change_tickets([TicketChange(gone, Stage.ASKED)])
    assert office.desk.find_tickets([kept])[kept].stage is Stage.ASKED


def test_notes_are_found_by_their_text(office: Office) -> None:
    first, second = open_ticket(office.desk, "CR-1"), open_ticket(office.desk, "CR-2")
    text = 'Fill in “Credits to grant” & move it;\n1 < 2, <b>"really"</b>.'
    assert not office.desk.has_note(first, text)
    office.desk.add_note(first, text)
    assert office.desk.has_note(first, text)
    assert not office.desk.has_note(first, text[:-1])
    assert not office.desk.has_note(second, text)


def test_a_ticket_is_tied_to_its_company_once(office: Office) -> None:
    ticket_id, other = (open_ticket(office.desk, ref) for ref in ("CR-1", "CR-2"))
    company_id = office.make_company()
    for _ in range(2):
        assert not office.desk.associate_companies({ticket_id: company_id})
    assert office.companies_of(ticket_id) == [company_id]
    assert not office.companies_of(other)


def test_the_companies_tied_to_tickets_are_found(office: Office) -> None:
    tied, bare = (open_ticket(office.desk, ref) for ref in ("CR-1", "CR-2"))
    company_id = office.make_company()
    office.desk.associate_companies({tied: company_id})
    assert office.desk.find_companies([tied, bare, "999999"]) == {tied: [company_id]}
    assert not office.desk.find_companies([])


def test_a_missing_ticket_keeps_no_other_from_its_company(office: Office) -> None:
    first, last = (open_ticket(office.desk, ref) for ref in ("CR-1", "CR-2"))
    company_id = office.make_company()
    errors = office.desk.associate_companies(
        {first: company_id, "999": company_id, last: company_id}
    )
    assert list(errors) == ["999"]
    assert not errors["999"].can_retry
    assert office.companies_of(first) == office.companies_of(last) == [company_id]


def test_a_hundred_tickets_are_tied_at_once(office: Office) -> None:
    drafts = [draft(f"CR-{number}") for number in range(99)]
    ids = [str(opened) for opened in office.desk.open_tickets(drafts).values()]
    company_id = office.make_company()
    errors = office.desk.associate_companies(dict.fromkeys([*ids, "999"], company_id))
    assert list(errors) == ["999"]
    assert all(office.companies_of(ticket_id) == [company_id] for ticket_id in ids[::20])


def test_a_note_on_no_ticket_is_an_error(office: Office) -> None:
    with pytest.raises(OutsideError):
        office.desk.add_note("999", "hello")


def read_all(desk: Desk) -> list[Ticket]:
    found: list[Ticket] = []
    page = desk.read_tickets(None)
    found += page.tickets
    while page.next_page is not None:
        page = desk.read_tickets(page.next_page)
        found += page.tickets
    return found


CHECK = "0123456789abcdef0123456789abcdef"


def test_all_tickets_are_read_a_page_at_a_time(office: Office) -> None:
    """At once after they were made, and in the order in which they were."""
    references = [f"CR-{number}" for number in range(130)]
    for start in (0, 100):
        office.desk.open_tickets([draft(one) for one in references[start : start + 100]])
    found = read_all(office.desk)
    assert [ticket.reference for ticket in found] == references
    assert {ticket.stage for ticket in found} == {Stage.NEW}
    assert len({ticket.ticket_id for ticket in found}) == 130


def test_what_is_read_of_a_ticket_is_where_it_stands_and_what_it_is_known_by(
    office: Office,
) -> None:
    marked = replace(draft("CR-1"), check=CHECK)
    moved, elsewhere, gone = office.desk.open_tickets(
        [marked, draft("CR-2"), draft("CR-3")]
    ).values()
    office.move(str(moved), Stage.APPROVED, "4")
    office.move(str(elsewhere), None)
    office.delete(str(gone))
    first, second = read_all(office.desk)
    assert (first.reference, first.ticket_id, first.stage) == ("CR-1", moved, Stage.APPROVED)
    assert first.credits_to_grant == "4"
    assert first.texts[TicketText.CHECK] == CHECK
    assert first.texts[TicketText.ORGANISATION] == "Northwind Mills & Sons"
    assert (second.reference, second.stage) == ("CR-2", None)
    assert second.texts[TicketText.CHECK] == ""


def test_a_check_value_can_be_taken_off(office: Office) -> None:
    ticket_id = str(office.desk.open_tickets([replace(draft("CR-1"), check=CHECK)])["CR-1"])
    assert office.desk.find_tickets([ticket_id])[ticket_id].texts[TicketText.CHECK] == CHECK
    office.desk.change_tickets([TicketChange(ticket_id, texts={TicketText.CHECK: ""})])
    assert office.desk.find_tickets([ticket_id])[ticket_id].texts[TicketText.CHECK] == ""


def test_no_tickets_at_all(office: Office) -> None:
    assert read_all(office.desk) == []


def test_after_a_lost_answer_the_ticket_is_found(office: Office) -> None:
    office.lose_answer()
    with pytest.raises(Unavailable):
        office.desk.open_tickets([draft("CR-1")])
    assert list(office.desk.find_by_references(["CR-1"])) == ["CR-1"]


def test_errors_quote_nothing(office: Office) -> None:
    with pytest.raises(CreditsDeskError) as caught:
        office.desk.add_note("999", "secret@example.org")
    assert "secret" not in repr(caught.value)
