"""What HubSpot's desk does beyond the contract: accounts that are not as we thought."""

from collections.abc import Mapping, Sequence, Set
from typing import Any

import pytest
import requests

from casework.errors import NotSetUp, Refused, Unavailable
from casework.stages import MEANINGS, Stage
from casework.tickets import TicketChange, TicketDraft, TicketText
from integrations.hubspot.account import Account
from integrations.hubspot.batches import Row, write_in_halves
from integrations.hubspot.calls import CHANGE_TICKETS, OPEN_TICKETS, Call
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.desk import HubSpotDesk
from integrations.hubspot.objects import DEAL, TICKET
from integrations.hubspot.setup import SetUpReport, set_up
from sandbox.server import Sandbox


def _says(ticket_id: str, status_line: str, move_to: Stage | None = None) -> TicketChange:
    return TicketChange(ticket_id, move_to, {TicketText.STATUS: status_line})


DRAFT = TicketDraft("CR-1", "Northwind", Stage.NEW, "Received.")


@pytest.fixture
def report(client: HubSpotClient) -> SetUpReport:
    return set_up(client, TICKET)


@pytest.fixture
def desk(client: HubSpotClient, report: SetUpReport) -> HubSpotDesk:
    return HubSpotDesk(client, TICKET)


def delete(sandbox: Sandbox, path: str) -> None:
    headers = {"Authorization": "Bearer sandbox-access-token"}
    requests.delete(f"{sandbox.url}{path}", headers=headers, timeout=5).raise_for_status()


def calls_of(sandbox: Sandbox, ending: str) -> int:
    return sum(seen.path.endswith(ending) for seen in sandbox.requests_seen)


def test_a_ticket_carries_what_the_draft_says(sandbox: Sandbox, desk: HubSpotDesk) -> None:
    desk.open_tickets([DRAFT])
    record = sandbox.requests_seen[-1]
    for word in (DRAFT.texts[TicketText.SUBJECT], DRAFT.reference, DRAFT.status_line):
        assert word in record.body
    assert "associations" not in record.body


def test_a_deal_carries_the_same(sandbox: Sandbox, client: HubSpotClient) -> None:
    set_up(client, DEAL)
    HubSpotDesk(client, DEAL).open_tickets([DRAFT])
    assert '"dealname":"Credit request CR-1"' in sandbox.requests_seen[-1].body.replace('": ', '":')


def test_optional_properties_may_be_missing(
    sandbox: Sandbox, client: HubSpotClient, desk: HubSpotDesk, caplog: pytest.LogCaptureFixture
) -> None:
    delete(sandbox, "/crm/v3/properties/tickets/credit_request_organisation")
    delete(sandbox, "/crm/v3/properties/tickets/credit_request_status")
    opened = desk.open_tickets([DRAFT])
    assert isinstance(opened["CR-1"], str)
    assert "HubSpot lacks credit_request_organisation, credit_request_status" in caplog.text
    assert "desk setup" in caplog.text
    before = len(sandbox.requests_seen)
    assert not desk.change_tickets([_says(opened["CR-1"], "Asked.", Stage.ASKED)])
    assert not desk.change_tickets([_says(opened["CR-1"], "Asked again.")])
    assert len(sandbox.requests_seen) == before + 1
    assert caplog.text.count("HubSpot lacks") == 1


def test_a_property_made_later_is_used_after_a_while(
    client: HubSpotClient, sandbox: Sandbox, report: SetUpReport
) -> None:
    now = [0.0]
    account = Account(client, TICKET, clock=lambda: now[0])
    delete(sandbox, "/crm/v3/properties/tickets/credit_request_status")
    account.look_again([Refused("HubSpot", "test", "PROPERTY_DOESNT_EXIST")])
    written = {"credit_request_status": "x", "subject": "y"}
    assert account.without_missing(written) == {"subject": "y"}
    now[0] = 60.0
    assert account.without_missing(written) == written


def test_a_change_of_nothing_but_a_missing_property_is_no_error(
    sandbox: Sandbox, desk: HubSpotDesk
) -> None:
    ticket_id = str(desk.open_tickets([DRAFT])["CR-1"])
    delete(sandbox, "/crm/v3/properties/tickets/credit_request_status")
    assert not desk.change_tickets([TicketChange(ticket_id, texts={TicketText.STATUS: "Asked."})])


def test_a_property_that_another_thread_found_missing_meanwhile(
    sandbox: Sandbox, client: HubSpotClient, report: SetUpReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = HubSpotDesk(client, TICKET, report.pipeline_id, report.stage_ids)
    delete(sandbox, "/crm/v3/properties/tickets/credit_request_status")
    real, refusal = client.call, Refused("HubSpot", "test", "PROPERTY_DOESNT_EXIST")

    def call(what: Call, *args: Any, **more: Any) -> dict[str, Any]:
        if what is OPEN_TICKETS and "credit_request_status" in str(args):
            desk._account.look_again([refusal])
        return real(what, *args, **more)

    monkeypatch.setattr(client, "call", call)
    assert isinstance(desk.open_tickets([DRAFT])["CR-1"], str)


@pytest.mark.parametrize("name", ["credit_request_ref", "credits_to_grant"])
def test_required_properties_may_not(sandbox: Sandbox, desk: HubSpotDesk, name: str) -> None:
    delete(sandbox, f"/crm/v3/properties/tickets/{name}")
    if name == "credits_to_grant":
        # Nothing is written there, so nothing goes wrong before staff want to fill it in.
        assert isinstance(desk.open_tickets([DRAFT])["CR-1"], str)
        return
    error = desk.open_tickets([DRAFT])["CR-1"]
    assert isinstance(error, NotSetUp)
    assert error.code == name
    with pytest.raises(NotSetUp):
        desk.find_by_references(["CR-1"])


def test_nothing_set_up_at_all(client: HubSpotClient, sandbox: Sandbox) -> None:
    desk = HubSpotDesk(client, TICKET)
    with pytest.raises(NotSetUp) as caught:
        desk.open_tickets([DRAFT])
    assert caught.value.code == "PIPELINE_MISSING"
    assert caught.value.can_retry
    set_up(client, TICKET)
    assert isinstance(desk.open_tickets([DRAFT])["CR-1"], str)


def test_a_stage_made_anew_is_found_again(
    sandbox: Sandbox, client: HubSpotClient, desk: HubSpotDesk, report: SetUpReport
) -> None:
    asked = report.stage_ids[Stage.ASKED]
    ticket_id = str(desk.open_tickets([DRAFT])["CR-1"])
    delete(sandbox, f"/crm/v3/pipelines/tickets/{report.pipeline_id}/stages/{asked}")
    change = [TicketChange(ticket_id, Stage.ASKED)]
    error = desk.change_tickets(change)[ticket_id]
    assert isinstance(error, NotSetUp)
    assert error.code == "STAGE_MISSING:asked"
    assert set_up(client, TICKET).stage_ids[Stage.ASKED] != asked
    assert not desk.change_tickets(change)
    assert desk.find_tickets([ticket_id])[ticket_id].stage is Stage.ASKED


def test_configured_stages_need_no_call(
    sandbox: Sandbox, client: HubSpotClient, report: SetUpReport
) -> None:
    desk = HubSpotDesk(client, TICKET, report.pipeline_id, report.stage_ids)
    before = calls_of(sandbox, "/pipelines/tickets")
    assert isinstance(desk.open_tickets([DRAFT])["CR-1"], str)
    assert calls_of(sandbox, "/pipelines/tickets") == before


def test_a_wrong_configured_stage_is_a_matter_of_setting_up(
    client: HubSpotClient, report: SetUpReport
) -> None:
    stage_ids = {**report.stage_ids, Stage.NEW: "12345"}
    desk = HubSpotDesk(client, TICKET, report.pipeline_id, stage_ids)
    error = desk.open_tickets([DRAFT])["CR-1"]
    assert isinstance(error, NotSetUp)
    assert error.code == "STAGE_MISSING:new"


@pytest.mark.parametrize("refused_whole", [False, True])
def test_a_missing_stage_holds_up_only_the_tickets_that_need_it(
    sandbox: Sandbox,
    client: HubSpotClient,
    report: SetUpReport,
    monkeypatch: pytest.MonkeyPatch,
    refused_whole: bool,
) -> None:
    stage_id = report.stage_ids[Stage.NEEDS_ATTENTION]
    delete(sandbox, f"/crm/v3/pipelines/tickets/{report.pipeline_id}/stages/{stage_id}")
    call = client.call

    def refuse_whole(what: Call, *given: Any, **path: Any) -> dict[str, Any]:
        document = call(what, *given, **path)
        if what is OPEN_TICKETS and document.get("errors"):
            raise Refused("HubSpot", what.operation, "INVALID_OPTION")
        return document

    if refused_whole:
        monkeypatch.setattr(client, "call", refuse_whole)
    desk = HubSpotDesk(client, TICKET, report.pipeline_id, report.stage_ids)
    needs_it = TicketDraft("CR-2", "???", Stage.NEEDS_ATTENTION, "")
    opened = desk.open_tickets([DRAFT, needs_it, TicketDraft("CR-3", "Contoso", Stage.NEW, "")])
    assert isinstance(opened["CR-1"], str)
    assert isinstance(opened["CR-3"], str)
    error = opened["CR-2"]
    assert isinstance(error, NotSetUp)
    assert error.code == "STAGE_MISSING:needs_attention"


def test_stages_are_known_without_a_call(
    sandbox: Sandbox, client: HubSpotClient, report: SetUpReport, desk: HubSpotDesk
) -> None:
    ids = {stage: desk.stage_of(stage_id) for stage, stage_id in report.stage_ids.items()}
    assert set(ids.values()) == {None}
    desk.find_by_references(["CR-1"])
    desk.open_tickets([DRAFT])
    before = len(sandbox.requests_seen)
    assert {desk.stage_of(stage_id) for stage_id in report.stage_ids.values()} == set(MEANINGS)
    assert desk.stage_of("1") is None
    assert len(sandbox.requests_seen) == before


def test_one_bad_row_spoils_no_other(desk: HubSpotDesk) -> None:
    bad = TicketDraft("CR-2", "x" * 70_000, Stage.NEW, "Received.")
    opened = desk.open_tickets([DRAFT, bad])
    assert isinstance(opened["CR-1"], str)
    assert isinstance(opened["CR-2"], Refused)
    assert "xxx" not in repr(opened)


class PickyClient:
    """Refuses every batch whole that has a bad row in it."""

    def __init__(self, bad: Set[str], forget: Set[str] = frozenset()) -> None:
        self.bad, self.forget = bad, forget
        self.sizes: list[int] = []

    def call(self, call: Call, body: Mapping[str, Any], **path: str) -> dict[str, Any]:
        ids = [row["id"] for row in body["inputs"]]
        self.sizes.append(len(ids))
        if self.bad & set(ids):
            raise Refused("HubSpot", call.operation, "VALIDATION_ERROR")
        return {"results": [{"id": each} for each in ids if each not in self.forget]}


def rows(ids: Sequence[str]) -> list[Row]:
    return [Row(each, each, {"subject": "x"}) for each in ids]


def test_a_batch_refused_whole_is_halved_until_the_bad_row_is_alone() -> None:
    client = PickyClient({"17", "80"})
    ids = [str(number) for number in range(100)]
    outcome = write_in_halves(client, CHANGE_TICKETS, "tickets", rows(ids))  # type: ignore[arg-type]
    assert set(outcome.errors) == {"17", "80"}
    assert len(outcome.records) == 98
    assert len(client.sizes) < 30


def test_rows_that_are_not_answered_are_asked_for_again() -> None:
    client = PickyClient(set(), forget={"2"})
    outcome = write_in_halves(client, OPEN_TICKETS, "tickets", rows(["1", "2"]))  # type: ignore[arg-type]
    assert isinstance(outcome.errors["2"], Unavailable)
    assert list(outcome.records) == ["1"]
