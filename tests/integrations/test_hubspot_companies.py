"""HubSpot's companies, and which one a ticket is about, against the sandbox."""

from collections.abc import Callable

import pytest
import requests

from casework.errors import Refused, Unavailable
from casework.organisations import Company
from casework.ports import CompanyPage
from casework.stages import Stage
from casework.tickets import TicketDraft
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.companies import HubSpotCompanies, associate
from integrations.hubspot.desk import HubSpotDesk
from integrations.hubspot.objects import DEAL, TICKET, CrmObject
from integrations.hubspot.setup import set_up
from sandbox.server import Sandbox
from tests.fakes.scripted_server import Script


def make_company(sandbox: Sandbox, **properties: str) -> str:
    answer = requests.post(
        f"{sandbox.url}/crm/v3/objects/companies",
        json={"properties": properties, "associations": []},
        headers={"Authorization": "Bearer sandbox-access-token"},
        timeout=5,
    )
    answer.raise_for_status()
    return str(answer.json()["id"])


def test_all_companies_are_read_page_by_page(sandbox: Sandbox, client: HubSpotClient) -> None:
    marel = make_company(
        sandbox, name="Marel hf.", domain="Marel.com", hs_additional_domains="marel.is; fish.is"
    )
    for number in range(120):
        make_company(sandbox, name=f"Company {number}")
    companies = HubSpotCompanies(client)
    first = companies.read_companies(None)
    second = companies.read_companies(first.next_page)
    assert len(first.companies) == 100
    assert second.next_page is None
    found = {company.id: company for company in [*first.companies, *second.companies]}
    assert len(found) == 120 + 1 + 4
    assert found[marel].name == "Marel hf."
    assert found[marel].domains == {"marel.com", "marel.is", "fish.is"}


def test_what_staff_filled_in_is_read(sandbox: Sandbox, client: HubSpotClient) -> None:
    set_up(client, TICKET)
    marel = make_company(
        sandbox, name="Marel hf.", credits_members="12", credits_language=" is ", country="Iceland"
    )
    origo = make_company(sandbox, name="Origo hf.")
    found = {one.id: one for one in HubSpotCompanies(client).read_companies(None).companies}
    assert (found[marel].members, found[marel].language, found[marel].country) == (
        12,
        "is",
        "Iceland",
    )
    assert (found[origo].members, found[origo].language, found[origo].country) == (None, "", "")


def test_companies_are_read_in_an_account_without_our_properties(
    sandbox: Sandbox, client: HubSpotClient
) -> None:
    made = make_company(sandbox, name="Marel hf.")
    found = {one.id: one for one in HubSpotCompanies(client).read_companies(None).companies}
    assert found[made].members is None


@pytest.mark.parametrize(
    ("typed", "members"),
    [
        (None, None),
        ("", None),
        ("0", 0),
        ("4", 4),
        (" 12 ", 12),
        ("4.0", 4),
        ("4.000", 4),
        (40, 40),
        ("4.5", None),
        ("-1", None),
        ("+4", None),
        ("1e3", None),
        ("٤", None),
        ("about ten", None),
        ("1,000", None),
        ("9999999999", None),
    ],
)
def test_members_that_are_no_whole_number_are_not_known(
    script: Script,
    make_client: Callable[[str], HubSpotClient],
    typed: object,
    members: int | None,
) -> None:
    row = {"id": 8, "properties": {"name": "Origo", "credits_members": typed}}
    script.then(200, {"results": [row]})
    (company,) = HubSpotCompanies(make_client(script.url)).read_companies(None).companies
    assert company.members == members


@pytest.mark.parametrize("crm_object", [TICKET, DEAL])
def test_tickets_are_tied_to_companies_by_id_once(
    sandbox: Sandbox, client: HubSpotClient, crm_object: CrmObject
) -> None:
    set_up(client, crm_object)
    desk = HubSpotDesk(client, crm_object)
    opened = desk.open_tickets([TicketDraft("CR-1", "Marel", Stage.NEW, "")])
    ticket_id = str(opened["CR-1"])
    company_id = make_company(sandbox, name="Marel hf.")
    for _ in range(2):
        assert desk.associate_companies({ticket_id: company_id}) == {}
    tied = requests.get(
        f"{sandbox.url}/crm/v4/objects/{crm_object.plural}/{ticket_id}/associations/companies",
        headers={"Authorization": "Bearer sandbox-access-token"},
        timeout=5,
    ).json()["results"]
    assert [str(one["toObjectId"]) for one in tied] == [company_id]


def test_one_bad_pair_does_not_hold_up_the_others(sandbox: Sandbox, client: HubSpotClient) -> None:
    set_up(client, TICKET)
    desk = HubSpotDesk(client, TICKET)
    opened = desk.open_tickets(
        [TicketDraft(reference, "Marel", Stage.NEW, "") for reference in ("CR-1", "CR-2")]
    )
    company_id = make_company(sandbox, name="Marel hf.")
    good, bad = str(opened["CR-1"]), str(opened["CR-2"])
    errors = desk.associate_companies({good: company_id, bad: "999999999"})
    assert list(errors) == [bad]
    assert desk.associate_companies({}) == {}


def test_an_answer_that_shows_no_list_is_not_an_empty_list(
    script: Script, make_client: Callable[[str], HubSpotClient]
) -> None:
    script.then(200, {"surprise": True})
    with pytest.raises(Unavailable):
        HubSpotCompanies(make_client(script.url)).read_companies(None)


def test_a_company_without_a_name_or_domain(
    script: Script, make_client: Callable[[str], HubSpotClient]
) -> None:
    rows = [
        {"id": 7, "properties": {"name": None, "domain": "nameless.example"}},
        {"id": 8, "properties": {"name": " Origo ", "domain": None}},
        {"id": 9, "properties": {"name": "Marel", "domain": "a.is;B.is", "city": "x"}},
    ]
    script.then(200, {"results": rows, "paging": {"next": {"after": 9}}})
    page = HubSpotCompanies(make_client(script.url)).read_companies("5")
    assert page == CompanyPage(
        [Company("8", "Origo", frozenset()), Company("9", "Marel", frozenset({"a.is", "b.is"}))],
        "9",
    )
    assert "after=5" in script.seen[0][1]


@pytest.mark.parametrize(
    ("status", "category", "error"),
    [
        (403, "MISSING_SCOPES", Unavailable),
        (404, "", Unavailable),
        (400, "VALIDATION_ERROR", Refused),
    ],
)
def test_what_hubspot_says_no_with(
    script: Script,
    make_client: Callable[[str], HubSpotClient],
    status: int,
    category: str,
    error: type[Exception],
) -> None:
    script.then(status, {"status": "error", "category": category, "message": "x"})
    with pytest.raises(error):
        HubSpotCompanies(make_client(script.url)).read_companies(None)


def test_a_pair_that_is_not_explained_is_tried_again_later(
    script: Script, make_client: Callable[[str], HubSpotClient]
) -> None:
    script.then(207, {"status": "COMPLETE", "results": [], "numErrors": 1, "errors": [{}]})
    errors = associate(make_client(script.url), "tickets", {"1": "501"})
    assert errors["1"].can_retry


def test_a_half_that_gets_no_answer_holds_up_only_itself(
    script: Script, make_client: Callable[[str], HubSpotClient]
) -> None:
    no = {"status": "error", "category": "VALIDATION_ERROR", "message": "x"}
    yes = {"status": "COMPLETE", "results": []}
    script.then(400, no).then(500, {}).then(500, {}).then(500, {}).then(200, yes)
    errors = associate(make_client(script.url), "tickets", {"1": "501", "2": "501"})
    assert list(errors) == ["1"]
    assert errors["1"].can_retry
