"""HubSpot's companies, and which one a ticket is about, against the sandbox."""

import pytest
import requests

from casework.stages import Stage
from casework.tickets import TicketDraft
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.companies import HubSpotCompanies
from integrations.hubspot.desk import HubSpotDesk
from integrations.hubspot.objects import DEAL, TICKET, CrmObject
from integrations.hubspot.setup import set_up
from sandbox.server import Sandbox


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
