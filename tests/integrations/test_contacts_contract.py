"""What any Contacts must do: HubSpot's adapter, for tickets and deals, and the fake."""

from collections.abc import Callable
from typing import Any, Protocol

import pytest
import requests

from casework.errors import CreditsDeskError, Refused, Unavailable
from casework.ports import Contacts
from casework.stages import Stage
from casework.tickets import TicketDraft
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.contacts import HubSpotContacts
from integrations.hubspot.desk import HubSpotDesk
from integrations.hubspot.objects import CRM_OBJECTS, CrmObject
from integrations.hubspot.setup import set_up
from sandbox.server import Sandbox
from tests.fakes.fake_contacts import FakeContacts
from tests.fakes.scripted_server import Script

PRO = "pia.pro@clinic.example.org"
CLIENT, ORGANISATION, REASON = (
    "client_email",
    "employer_or_wellbeing_hub",
    "additional_information",
)
FIELDS = (CLIENT, ORGANISATION, REASON)
ANSWERS = {
    CLIENT: "mira.client@example.org",
    ORGANISATION: "Northwind Mills",
    REASON: "She is moving house.",
}


class People(Protocol):
    """Contacts, and what professionals, staff and misfortune do to them."""

    @property
    def contacts(self) -> Contacts: ...

    def submit(self, professional: str, **answers: str) -> str:
        """Fill in the form. Returns the professional's contact's id."""

    def add(self, email: str, *, approver: bool = False, company: str = "") -> str: ...
    def belong(self, contact_id: str, company: str) -> None: ...
    def make_company(self) -> str: ...
    def open_tickets(self, count: int) -> list[str]: ...
    def tie(self, ticket_id: str, contact_id: str) -> None: ...
    def be_away(self) -> None: ...


class FakePeople:
    def __init__(self) -> None:
        self.contacts = FakeContacts()
        self._companies = 0

    def submit(self, professional: str, **answers: str) -> str:
        found = (c for c in self.contacts.contacts.values() if c.email == professional)
        contact = next(found, None) or self.contacts.add(professional)
        self.contacts.fill_in(contact, **answers)
        return contact.contact_id

    def add(self, email: str, *, approver: bool = False, company: str = "") -> str:
        return self.contacts.add(email, approver=approver, company=company).contact_id

    def belong(self, contact_id: str, company: str) -> None:
        self.contacts.contacts[contact_id].companies.add(company)

    def make_company(self) -> str:
        self._companies += 1
        return str(700 + self._companies)

    def open_tickets(self, count: int) -> list[str]:
        return [str(1000 + number) for number in range(count)]

    def tie(self, ticket_id: str, contact_id: str) -> None:
        self.contacts.tie(ticket_id, self.contacts.contacts[contact_id])

    def be_away(self) -> None:
        self.contacts.fail_next = Unavailable("fake", "read", "503")


class HubSpotPeople:
    def __init__(self, sandbox: Sandbox, client: HubSpotClient, crm_object: CrmObject) -> None:
        set_up(client, crm_object)
        self._sandbox, self._object = sandbox, crm_object
        self._desk = HubSpotDesk(client, crm_object)
        self.contacts = HubSpotContacts(client, crm_object)

    def submit(self, professional: str, **answers: str) -> str:
        return str(self._post("submit", **{**answers, "email": professional})["contact"])

    def add(self, email: str, *, approver: bool = False, company: str = "") -> str:
        marked = {"credits_approver": "true"} if approver else {}
        contact_id = str(self._post("contact", properties={"email": email, **marked})["id"])
        if company:
            self.belong(contact_id, company)
        return contact_id

    def belong(self, contact_id: str, company: str) -> None:
        self._associate("contacts", contact_id, "companies", company)

    def make_company(self) -> str:
        return str(self._post("company", properties={"name": "Northwind Mills"})["id"])

    def open_tickets(self, count: int) -> list[str]:
        names = [f"CR-{number}" for number in range(count)]
        drafts = [TicketDraft(name, "Northwind Mills", Stage.NEW, "Received.") for name in names]
        pieces = (drafts[start : start + 100] for start in range(0, count, 100))
        return [str(one) for piece in pieces for one in self._desk.open_tickets(piece).values()]

    def tie(self, ticket_id: str, contact_id: str) -> None:
        self._associate(self._object.plural, ticket_id, "contacts", contact_id)

    def be_away(self) -> None:
        self._sandbox.faults.add("api.error", times=3, status=503)

    def _associate(self, objects: str, one: str, others: str, other: str) -> None:
        self._post("associate", object=objects, id=one, to=others, to_id=other)

    def _post(self, what: str, **body: Any) -> Any:
        answer = requests.post(f"{self._sandbox.url}/_sandbox/{what}", json=body, timeout=5)
        answer.raise_for_status()
        return answer.json() if answer.content else {}


@pytest.fixture(params=["fake", "ticket", "deal"])
def people(request: pytest.FixtureRequest) -> People:
    if request.param == "fake":
        return FakePeople()
    sandbox, client = request.getfixturevalue("sandbox"), request.getfixturevalue("client")
    return HubSpotPeople(sandbox, client, CRM_OBJECTS[request.param])


@pytest.mark.parametrize("asked", [PRO, PRO.upper(), PRO.title()])
def test_what_the_form_wrote_is_found_by_the_address_in_any_case(
    people: People, asked: str
) -> None:
    contact_id = people.submit(PRO, **ANSWERS)
    people.submit("other@clinic.example.org", **{**ANSWERS, CLIENT: "another@example.org"})
    found = people.contacts.find_form_copy(asked, FIELDS)
    assert found
    assert (found.contact_id, found.values) == (contact_id, ANSWERS)
    assert found.remembered == set(FIELDS)
    assert "mira" not in repr(found)


def test_where_there_is_no_contact_there_is_no_copy(people: People) -> None:
    people.submit(PRO, **ANSWERS)
    assert people.contacts.find_form_copy("nobody@clinic.example.org", FIELDS) is None


def test_only_the_fields_that_hold_something_and_were_asked_for(people: People) -> None:
    people.submit(PRO, **{CLIENT: "mira.client@example.org", ORGANISATION: "Northwind Mills"})
    found = people.contacts.find_form_copy(PRO, [CLIENT, REASON])
    assert found
    assert found.values == {CLIENT: "mira.client@example.org"}
    assert found.remembered == {CLIENT}


def test_a_later_submission_stands_over_the_earlier_one(people: People) -> None:
    first = people.submit(PRO, **ANSWERS)
    second = people.submit(PRO, **{**ANSWERS, CLIENT: "someone.else@example.org"})
    found = people.contacts.find_form_copy(PRO, [CLIENT])
    assert found
    assert found.contact_id == first == second
    assert found.values == {CLIENT: "someone.else@example.org"}


def test_what_is_blanked_is_gone_but_for_the_history(people: People) -> None:
    contact_id = people.submit(PRO, **ANSWERS)
    for _ in range(2):
        people.contacts.blank(contact_id, [CLIENT, REASON])
        found = people.contacts.find_form_copy(PRO, FIELDS)
        assert found
        assert found.values == {ORGANISATION: "Northwind Mills"}
        assert found.remembered == set(FIELDS)


def test_what_was_always_blank_can_be_blanked(people: People) -> None:
    contact_id = people.add(PRO)
    people.contacts.blank(contact_id, FIELDS)
    found = people.contacts.find_form_copy(PRO, FIELDS)
    assert found
    assert (found.values, found.remembered) == ({}, frozenset())


def test_a_contact_that_is_not_there_any_more_holds_nothing_to_blank(people: People) -> None:
    contact_id = people.submit(PRO, **ANSWERS)
    people.contacts.blank("999999", [CLIENT])
    found = people.contacts.find_form_copy(PRO, FIELDS)
    assert found
    assert (found.contact_id, found.values) == (contact_id, ANSWERS)


def test_a_refusal_to_blank_is_told(
    script: Script, make_client: Callable[[str], HubSpotClient]
) -> None:
    contacts = HubSpotContacts(make_client(script.url), CRM_OBJECTS["ticket"])
    script.then(404, {"status": "error", "category": "OBJECT_NOT_FOUND"})
    contacts.blank("5001", [CLIENT])
    script.answers.clear()
    script.then(400, {"status": "error", "category": "VALIDATION_ERROR"})
    with pytest.raises(Refused):
        contacts.blank("5001", [CLIENT])


def test_contacts_on_tickets(people: People) -> None:
    both, one, none = people.open_tickets(3)
    first, second = people.add("hr@northwind.example"), people.add("ceo@northwind.example")
    people.tie(both, first)
    people.tie(both, second)
    people.tie(one, second)
    found = people.contacts.find_on_tickets([both, one, none, "999999", both])
    assert {ticket: sorted(ids) for ticket, ids in found.items()} == {
        both: sorted([first, second]),
        one: [second],
    }
    assert not people.contacts.find_on_tickets([none])


def test_approvers_are_those_that_are_marked_with_all_their_companies(people: People) -> None:
    company, other = people.make_company(), people.make_company()
    marked = people.add("hr@northwind.example", approver=True, company=company)
    everywhere = people.add("boss@northwind.example", approver=True)
    plain = people.add("someone@northwind.example", company=other)
    found = people.contacts.find_approvers([marked, everywhere, plain, "999999", marked])
    assert found == {marked: {company}, everywhere: frozenset()}


def test_somebodys_companies_are_found_by_id(people: People) -> None:
    company, other = people.make_company(), people.make_company()
    both = people.add("hr@northwind.example", company=company)
    people.belong(both, other)
    none = people.add("free@lance.example")
    assert people.contacts.find_companies_of(both, "") == {company, other}
    assert people.contacts.find_companies_of(none, "") == frozenset()


@pytest.mark.parametrize("change", [str.lower, str.upper, str.title])
def test_somebodys_companies_are_found_by_the_address_in_any_case(
    people: People, change: Callable[[str], str]
) -> None:
    company, other = people.make_company(), people.make_company()
    people.add("hr@northwind.example", company=company)
    people.add("ceo@northwind.example", company=other)
    found = people.contacts.find_companies_of(None, change("hr@northwind.example"))
    assert found == {company}


def test_an_id_counts_more_than_the_address(people: People) -> None:
    company, other = people.make_company(), people.make_company()
    first = people.add("hr@northwind.example", company=company)
    people.add("ceo@northwind.example", company=other)
    assert people.contacts.find_companies_of(first, "ceo@northwind.example") == {company}


def test_who_is_no_contact_belongs_to_no_company(people: People) -> None:
    people.add("hr@northwind.example", company=people.make_company())
    assert people.contacts.find_companies_of(None, "nobody@northwind.example") == frozenset()
    assert people.contacts.find_companies_of("999999", "hr@northwind.example") == frozenset()
    assert people.contacts.find_companies_of(None, "") == frozenset()


def test_who_is_taken_off_is_off_and_nobody_else(people: People) -> None:
    ticket, other = people.open_tickets(2)
    first, second = people.add("hr@northwind.example"), people.add("ceo@northwind.example")
    for ticket_id in (ticket, other):
        people.tie(ticket_id, first)
        people.tie(ticket_id, second)
    for _ in range(2):
        people.contacts.take_off([(ticket, first), (other, second)])
        found = people.contacts.find_on_tickets([ticket, other])
        assert found == {ticket: [second], other: [first]}


def test_taking_off_who_is_not_there_takes_off_the_others(people: People) -> None:
    (ticket,) = people.open_tickets(1)
    there, stranger = people.add("hr@northwind.example"), people.add("ceo@northwind.example")
    people.tie(ticket, there)
    people.contacts.take_off([(ticket, stranger), (ticket, "999999"), (ticket, there)])
    assert not people.contacts.find_on_tickets([ticket])


def test_two_contacts_are_taken_off_one_ticket_at_once(people: People) -> None:
    (ticket,) = people.open_tickets(1)
    ids = [people.add(f"someone{number}@northwind.example") for number in range(3)]
    for contact_id in ids:
        people.tie(ticket, contact_id)
    people.contacts.take_off([(ticket, contact_id) for contact_id in ids[:2]])
    assert people.contacts.find_on_tickets([ticket]) == {ticket: [ids[2]]}


def test_more_than_a_hundred_tickets_and_contacts_at_once(people: People) -> None:
    tickets = people.open_tickets(130)
    company = people.make_company()
    ids = [
        people.add(f"hr{number}@northwind.example", approver=True, company=company)
        for number in range(130)
    ]
    for ticket_id, contact_id in zip(tickets, ids, strict=True):
        people.tie(ticket_id, contact_id)
    found = people.contacts.find_on_tickets(tickets)
    assert found == {ticket: [one] for ticket, one in zip(tickets, ids, strict=True)}
    assert people.contacts.find_approvers(ids) == dict.fromkeys(ids, frozenset({company}))
    people.contacts.take_off(list(zip(tickets, ids, strict=True)))
    assert not people.contacts.find_on_tickets(tickets)


def test_nothing_asked_nothing_done(people: People) -> None:
    people.be_away()
    assert not people.contacts.find_on_tickets([])
    assert not people.contacts.find_approvers([])
    people.contacts.take_off([])


CALLS: dict[str, Callable[[Contacts], object]] = {
    "find a form's copy": lambda contacts: contacts.find_form_copy(PRO, FIELDS),
    "blank": lambda contacts: contacts.blank("5001", FIELDS),
    "find on tickets": lambda contacts: contacts.find_on_tickets(["1", "2"]),
    "find approvers": lambda contacts: contacts.find_approvers(["5001"]),
    "find companies": lambda contacts: contacts.find_companies_of(None, PRO),
    "find companies by id": lambda contacts: contacts.find_companies_of("5001", PRO),
    "take off": lambda contacts: contacts.take_off([("1", "5001")]),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_crm_that_is_away_is_unavailable(
    people: People, call: Callable[[Contacts], object]
) -> None:
    people.be_away()
    with pytest.raises(Unavailable) as caught:
        call(people.contacts)
    assert "pia" not in f"{caught.value!r} {caught.value}"


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>no JSON</html>"),
        (200, b""),
        (200, {"something": "else"}),
        (200, {"status": "COMPLETE", "results": {"a": 1}}),
        (200, {"status": "COMPLETE", "results": ["a", None]}),
        (200, {"status": "COMPLETE", "results": [{}]}),
        (200, {"status": "COMPLETE", "results": [{"from": {"id": "1"}, "to": [{"id": "7"}]}]}),
        (200, {"status": "PENDING", "results": []}),
        (207, {"status": "COMPLETE", "numErrors": 1, "results": []}),
        (207, {"results": [], "errors": [{"status": "error", "category": "INTERNAL_ERROR"}]}),
        (502, b"<html>"),
    ],
)
def test_an_answer_that_cannot_be_read_is_unavailable(
    script: Script,
    make_client: Callable[[str], HubSpotClient],
    call: Callable[[Contacts], object],
    status: int,
    body: object,
) -> None:
    script.then(status, body)
    contacts = HubSpotContacts(make_client(script.url), CRM_OBJECTS["ticket"])
    if call is CALLS["take off"] and isinstance(body, dict) and "errors" not in body:
        # Whatever it says is success, as the 204 that HubSpot sends; who stays is seen again.
        call(contacts)
        return
    with pytest.raises(CreditsDeskError) as caught:
        call(contacts)
    assert caught.value.can_retry
