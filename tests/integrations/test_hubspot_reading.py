"""A ticket is only taken for not there where HubSpot says so: grants are void then."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from casework.errors import OutsideError, Refused, Unavailable
from casework.stages import Stage
from casework.tickets import TicketDraft
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.desk import HubSpotDesk
from integrations.hubspot.notes import Notes
from integrations.hubspot.objects import TICKET
from tests.fakes.scripted_server import Script

MakeClient = Callable[[str], HubSpotClient]

STAGE_IDS = {stage: str(number) for number, stage in enumerate(Stage)}
ONE = {"id": 1, "properties": {"hs_pipeline": "9", "hs_pipeline_stage": STAGE_IDS[Stage.ASKED]}}


@pytest.fixture
def desk(script: Script, make_client: MakeClient) -> HubSpotDesk:
    return HubSpotDesk(make_client(script.url), TICKET, "9", STAGE_IDS)


def batch(results: object, *errors: dict[str, Any], **more: object) -> dict[str, Any]:
    document: dict[str, Any] = {"status": "COMPLETE", "results": results}
    return document | ({"numErrors": len(errors), "errors": errors} if errors else {}) | more


def row_error(**more: object) -> dict[str, Any]:
    return {"status": "error", "message": "x", "context": {"ids": ["2"]}, **more}


NOT_THERE = row_error(category="OBJECT_NOT_FOUND")


@pytest.mark.parametrize(
    ("status", "document"),
    [
        (200, batch([ONE])),
        (207, batch([ONE], NOT_THERE)),
        (207, batch([ONE], row_error(category="OBJECT_NOT_FOUND", subCategory="ticket.GONE"))),
        (207, batch([ONE], {"category": "OBJECT_NOT_FOUND"})),
    ],
)
def test_what_is_not_there(
    script: Script, desk: HubSpotDesk, status: int, document: dict[str, Any]
) -> None:
    script.then(status, document)
    assert list(desk.find_tickets(["1", "2"])) == ["1"]
    assert len(script.seen) == 1


@pytest.mark.parametrize(
    ("status", "document", "kind"),
    [
        (207, batch([ONE], row_error(category="INTERNAL_ERROR")), Unavailable),
        (207, batch([ONE], NOT_THERE, row_error(category="RATE_LIMITS")), Unavailable),
        (207, batch([ONE], row_error(category="VALIDATION_ERROR")), Refused),
        (207, batch([ONE], row_error()), Unavailable),
        (207, batch([ONE], numErrors=1), Unavailable),
        (200, batch([ONE], status="PROCESSING"), Unavailable),
        (200, batch(None), Unavailable),
        (200, batch([ONE, "text"]), Unavailable),
        (200, batch([{"properties": {}}]), Unavailable),
        (200, {"message": "welcome to the proxy"}, Unavailable),
        (404, {"status": "error", "message": "resource not found"}, Unavailable),
        (404, b"<html>", Unavailable),
    ],
)
def test_what_may_be_there_is_an_error(
    script: Script,
    desk: HubSpotDesk,
    make_client: MakeClient,
    status: int,
    document: object,
    kind: type[OutsideError],
) -> None:
    desk.stage_of("0")
    script.then(status, document)
    for ask in (
        lambda: desk.find_tickets(["1", "2"]),
        lambda: Notes(make_client(script.url), TICKET)._read(["1", "2"]),
    ):
        with pytest.raises(OutsideError) as caught:
            list(ask())
        assert type(caught.value) is kind


def test_all_refused_because_one_is_not_there(script: Script, desk: HubSpotDesk) -> None:
    gone = {"status": "error", "category": "OBJECT_NOT_FOUND"}
    script.then(404, gone).then(200, batch([ONE])).then(404, gone)
    assert list(desk.find_tickets(["1", "2"])) == ["1"]
    asked = [[row["id"] for row in json.loads(seen[3])["inputs"]] for seen in script.seen]
    assert asked == [["1", "2"], ["1"], ["2"]]


def test_reading_says_that_no_history_is_wanted(script: Script, make_client: MakeClient) -> None:
    desk = HubSpotDesk(make_client(script.url), TICKET, "9", STAGE_IDS)
    linked = {"id": "1", "associations": {"notes": {"results": [{"id": "5"}]}}}
    script.then(200, batch([])).then(200, linked).then(200, batch([]))
    desk.find_tickets(["1"])
    assert not desk.has_note("1", "hello")
    for seen in (script.seen[0], script.seen[2]):
        assert json.loads(seen[3])["propertiesWithHistory"] == []


def draft(reference: str) -> TicketDraft:
    return TicketDraft(reference, "Northwind", Stage.NEW, "Received.")


def test_an_answer_without_a_name_is_the_only_rows(script: Script, desk: HubSpotDesk) -> None:
    script.then(200, batch([{"id": 9000, "new": True, "properties": {"hs_object_id": "9000"}}]))
    assert desk.open_tickets([draft("CR-1")]) == {"CR-1": "9000"}


@pytest.mark.parametrize(
    ("references", "results"),
    [
        (["CR-1", "CR-2"], [{"id": "1"}, {"id": "2"}]),
        (["CR-1"], [{"id": "1"}, {"id": "2"}]),
        (["CR-1"], [{"id": "1", "properties": {"credit_request_ref": "CR-9"}}]),
        (["CR-1"], [{"properties": {"credit_request_ref": "CR-1"}}]),
    ],
)
def test_answers_that_may_be_anybodys_are_nobodys(
    script: Script, desk: HubSpotDesk, references: list[str], results: list[dict[str, Any]]
) -> None:
    script.then(200, batch(results))
    opened = desk.open_tickets(list(map(draft, references)))
    assert {type(found) for found in opened.values()} == {Unavailable}
