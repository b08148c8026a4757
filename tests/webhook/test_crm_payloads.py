"""Recorded CRM deliveries, and what each becomes."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import Unreadable
from casework.receive import MessageEvent, Reading, TicketEvent
from casework.stages import Stage
from webhook.crm_payloads import CrmWords, read_crm_delivery

TICKETS = CrmWords(
    prefix="ticket",
    object_type_id="0-5",
    stage_property="hs_pipeline_stage",
    properties=frozenset({"hs_pipeline_stage", "hs_pipeline", "credits_to_grant"}),
    texts=frozenset({"subject", "content"}),
    portal_id="4800530",
    app_id="54321",
    stage_of={"1001": Stage.NEW, "1006": Stage.CREDITED}.get,
)
DEALS = CrmWords(
    prefix="deal",
    object_type_id="0-3",
    stage_property="dealstage",
    properties=frozenset({"dealstage", "pipeline", "credits_to_grant"}),
    texts=frozenset({"dealname", "description"}),
    portal_id="",
    app_id="54321",
    stage_of=lambda _id: None,
)


def recorded(name: str) -> bytes:
    return (Path(__file__).parent / "payloads" / f"{name}.json").read_bytes()


def read(events: object, words: CrmWords = TICKETS) -> Reading:
    return read_crm_delivery(json.dumps(events).encode(), words)


MOVED = Reading(tickets=[TicketEvent("811")], unreadable=[])
NOT_FOR_US = Reading(tickets=[], unreadable=[])
SAID = replace(NOT_FOR_US, messages=(MessageEvent("1234567890", "3f6e0c1d"),))
LOGGED = replace(NOT_FOR_US, emails=("70811",))
TIED = replace(NOT_FOR_US, contacts=("811",))


@pytest.mark.parametrize(
    ("name", "tickets", "deals"),
    [
        ("stage_changed", MOVED, NOT_FOR_US),
        ("stage_changed__generic", MOVED, NOT_FOR_US),
        (
            "stage_changed__own_echo",
            Reading(tickets=[TicketEvent("811", echo_of=Stage.CREDITED)], unreadable=[]),
            NOT_FOR_US,
        ),
        ("stage_changed__other_app", MOVED, NOT_FOR_US),
        ("stage_changed__event_type", MOVED, NOT_FOR_US),
        ("stage_changed__retried", MOVED, NOT_FOR_US),
        (
            "stage_changed__ids_as_text",
            Reading(tickets=[TicketEvent("546500061938")], unreadable=[]),
            NOT_FOR_US,
        ),
        ("amount_changed", MOVED, NOT_FOR_US),
        # Our own writing of an amount says nothing of where the ticket is.
        ("amount_changed__own_app", MOVED, NOT_FOR_US),
        (
            "deal_stage_changed",
            NOT_FOR_US,
            Reading(tickets=[TicketEvent("911")], unreadable=[]),
        ),
        (
            "deal_stage_changed__generic",
            NOT_FOR_US,
            Reading(tickets=[TicketEvent("911")], unreadable=[]),
        ),
        ("conversation_new_message", SAID, SAID),
        ("conversation_new_message__comment", NOT_FOR_US, NOT_FOR_US),
        ("email_logged", LOGGED, LOGGED),
        ("contact_tied", TIED, NOT_FOR_US),
        ("contact_tied__generic", TIED, NOT_FOR_US),
        ("contact_untied", NOT_FOR_US, NOT_FOR_US),
        (
            "conversation_tied",
            replace(NOT_FOR_US, messages=(MessageEvent("1234567890"),)),
            NOT_FOR_US,
        ),
        ("email_tied", LOGGED, NOT_FOR_US),
        ("deal_contact_tied", NOT_FOR_US, replace(LOGGED, contacts=("911",))),
        ("contact_created", NOT_FOR_US, NOT_FOR_US),
    ],
)
def test_what_was_recorded(name: str, tickets: Reading, deals: Reading) -> None:
    assert read_crm_delivery(recorded(name), TICKETS) == tickets
    assert read_crm_delivery(recorded(name), DEALS) == deals


def test_a_mixed_batch_is_read_event_by_event() -> None:
    assert read_crm_delivery(recorded("events__mixed"), TICKETS) == Reading(
        tickets=[
            TicketEvent("811"),
            TicketEvent("812"),
            TicketEvent("813", echo_of=Stage.CREDITED),
            TicketEvent("817"),
        ],
        unreadable=["2 of 9 events are not understood"],
    )


SPOKEN: dict[str, Any] = json.loads(recorded("conversation_new_message"))[0]
BOUND: dict[str, Any] = json.loads(recorded("contact_tied"))[0]
MAILED: dict[str, Any] = json.loads(recorded("email_logged"))[0]
GENERIC: dict[str, Any] = json.loads(recorded("contact_tied__generic"))[0]


@pytest.mark.parametrize(
    ("base", "change", "for_us"),
    [
        (SPOKEN, {"messageType": "WELCOME_MESSAGE"}, False),
        (SPOKEN, {"messageType": "SOMETHING_NEW"}, False),
        (SPOKEN, {"subscriptionType": "conversation.creation"}, False),
        (SPOKEN, {"portalId": 4800531}, False),
        (SPOKEN, {"objectId": "1234567890"}, True),
        (MAILED, {"objectTypeId": "0-46"}, False),
        (MAILED, {"subscriptionType": "object.deletion"}, False),
        (MAILED, {"portalId": 4800531}, False),
        (BOUND, {"associationType": "TICKET_TO_COMPANY"}, False),
        (BOUND, {"associationType": None}, False),
        (BOUND, {"associationRemoved": True}, False),
        (BOUND, {"subscriptionType": "contact.associationChange"}, False),
        (BOUND, {"portalId": 4800531}, False),
        (BOUND, {"fromObjectId": "811", "objectId": None}, True),
        (GENERIC, {"fromObjectTypeId": "0-3"}, False),
        (GENERIC, {"toObjectTypeId": "0-2"}, False),
        (GENERIC, {"toObjectTypeId": "0-11"}, True),
        (GENERIC, {"toObjectTypeId": "0-49"}, True),
    ],
    ids=repr,
)
def test_which_mails_and_ties_are_for_us(
    base: dict[str, object], change: dict[str, object], for_us: bool
) -> None:
    reading = read([{**base, **change}])
    assert not reading.unreadable
    assert reading.says_something is for_us


@pytest.mark.parametrize(
    "event",
    [
        {**SPOKEN, "objectId": None},
        {**SPOKEN, "messageId": None},
        {**SPOKEN, "messageId": ""},
        {**SPOKEN, "messageId": ".."},
        {**SPOKEN, "messageId": "a/../b"},
        {**SPOKEN, "messageId": "anna@example.org"},
        {**SPOKEN, "messageId": "x" * 129},
        {**SPOKEN, "messageId": ["3f6e0c1d"]},
        {**MAILED, "objectId": "x"},
        {**BOUND, "fromObjectId": None},
        {**BOUND, "toObjectId": "x"},
    ],
    ids=repr,
)
def test_what_names_no_mail_and_no_record_is_unreadable(event: object) -> None:
    reading = read([SPOKEN, event])
    assert reading.messages == SAID.messages
    assert reading.unreadable == ["1 of 2 events are not understood"]


EVENT: dict[str, Any] = json.loads(recorded("stage_changed"))[0]
ECHO: dict[str, Any] = json.loads(recorded("stage_changed__own_echo"))[0]


@pytest.mark.parametrize(
    "change",
    [
        {"changeSource": "CRM_UI"},
        {"changeSource": None},
        {"sourceId": "77777"},
        {"sourceId": "userId:54321"},
        {"sourceId": None},
        {"propertyValue": "no such stage"},
        {"propertyValue": None},
        {"propertyValue": 1006.0},
        {"propertyName": "hs_pipeline"},
    ],
)
def test_what_is_not_surely_our_own_writing_is_news(change: dict[str, object]) -> None:
    assert read([{**ECHO, **change}]).tickets == [TicketEvent("811", echo_of=None)]


def test_an_app_id_that_nobody_gave_makes_nothing_an_echo() -> None:
    words = replace(TICKETS, app_id="")
    for source in ("", None, "54321"):
        assert read([{**ECHO, "sourceId": source}], words).tickets == [TicketEvent("811")]


@pytest.mark.parametrize(
    ("change", "for_us"),
    [
        ({"portalId": 4800530}, True),
        ({"portalId": "4800530"}, True),
        ({"portalId": 4800531}, False),
        ({"portalId": None}, False),
        ({"propertyName": "subject"}, True),
        ({"propertyName": "subject", "changeSource": "INTEGRATION", "sourceId": "9"}, True),
        ({"propertyName": "subject", "changeSource": "INTEGRATION", "sourceId": "54321"}, False),
        ({"propertyName": "content"}, True),
        ({"propertyName": "hs_ticket_priority"}, False),
        ({"propertyName": None}, False),
        ({"propertyName": ["hs_pipeline_stage"]}, False),
        ({"propertyName": {"hs_pipeline_stage": 1}}, False),
        ({"subscriptionType": "ticket.creation"}, False),
        ({"subscriptionType": "tickets.propertyChange"}, False),
        ({"subscriptionType": "object.propertyChange"}, False),
        ({"subscriptionType": "object.propertyChange", "objectTypeId": "0-3"}, False),
        ({"subscriptionType": "object.propertyChange", "objectTypeId": "0-5"}, True),
        ({"objectId": "811"}, True),
    ],
    ids=repr,
)
def test_which_events_are_for_us(change: dict[str, object], for_us: bool) -> None:
    assert read([{**EVENT, **change}]) == (MOVED if for_us else NOT_FOR_US)


def test_without_an_account_of_our_own_any_will_do() -> None:
    assert read([{**EVENT, "portalId": 1}], replace(TICKETS, portal_id="")) == MOVED


@pytest.mark.parametrize(
    "event",
    [
        None,
        1,
        "ticket.propertyChange",
        [],
        {},
        {**EVENT, "subscriptionType": None},
        {**EVENT, "subscriptionType": ""},
        {**EVENT, "subscriptionType": 5},
        {**EVENT, "subscriptionType": "ticket"},
        {**EVENT, "subscriptionType": ["ticket.propertyChange"]},
        {**EVENT, "objectId": None},
        {**EVENT, "objectId": ""},
        {**EVENT, "objectId": 0.5},
        {**EVENT, "objectId": -811},
        {**EVENT, "objectId": True},
        {**EVENT, "objectId": "811x"},
        {**EVENT, "objectId": " 811"},
        {**EVENT, "objectId": "٨١١"},
        {**EVENT, "objectId": "../811"},
        {**EVENT, "objectId": "8" * 21},
        {**EVENT, "objectId": [811]},
    ],
    ids=repr,
)
def test_an_unreadable_event_does_not_spoil_its_neighbours(event: object) -> None:
    reading = read([EVENT, event, {**EVENT, "objectId": 812}])

    assert reading.tickets == [TicketEvent("811"), TicketEvent("812")]
    assert reading.unreadable == ["1 of 3 events are not understood"]


def test_a_hundred_events_are_the_most() -> None:
    events = [{**EVENT, "objectId": number} for number in range(101)]

    assert len(read(events[:100]).tickets) == 100
    with pytest.raises(Unreadable):
        read(events)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"no JSON", id="no JSON"),
        pytest.param(b"{}", id="an object"),
        pytest.param(json.dumps(EVENT).encode(), id="an event without a list"),
        pytest.param(b"[]", id="no events"),
        pytest.param(b"null", id="null"),
        pytest.param(b"[" * 100_000, id="very deep"),
        pytest.param(b"\xff", id="not UTF-8"),
    ],
)
def test_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read_crm_delivery(body, TICKETS)


@pytest.mark.parametrize("depth", [100, *range(850, 1000)])
def test_a_deep_value_is_no_value(depth: int) -> None:
    """Near the depth at which Python gives up, reading may work and looking may not."""
    deep = b"[" * depth + b'"811"' + b"]" * depth
    generic = {**ECHO, "subscriptionType": "object.propertyChange", "objectTypeId": "0-5"}
    kinds: list[dict[str, Any]] = [generic, SPOKEN, MAILED, BOUND, GENERIC]
    for event in kinds:
        for name in (*event, "objectTypeId"):
            body = json.dumps([{**event, name: "DEEP"}]).encode().replace(b'"DEEP"', deep)
            never_anything_but_unreadable(body)


MARK = "¤"
texts = st.text(max_size=8).map(lambda text: MARK + text)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
events = st.one_of(
    st.builds(
        lambda base, changes: {**base, **changes},
        st.sampled_from([EVENT, ECHO, SPOKEN, MAILED, BOUND, GENERIC]),
        st.dictionaries(
            st.sampled_from([*EVENT, *SPOKEN, *GENERIC, "objectTypeId", "eventType"]), values
        ),
    ),
    values,
)


def never_anything_but_unreadable(body: bytes) -> None:
    reading = look_at(body)
    assert not any(MARK in text for text in reading.unreadable)
    assert all(event.ticket_id.isdigit() for event in reading.tickets)
    assert all(event.thread_id.isdigit() for event in reading.messages)
    assert all(one.isdigit() for one in (*reading.emails, *reading.contacts))
    assert not any(MARK in key or ".." in key for key in reading.mail_keys)


def look_at(body: bytes) -> Reading:
    try:
        return read_crm_delivery(body, TICKETS)
    except Unreadable as error:
        return Reading(unreadable=[str(error)])


@settings(deadline=None)
@given(st.lists(events, max_size=4) | values)
def test_no_json_breaks_it_and_no_message_quotes_it(payload: object) -> None:
    never_anything_but_unreadable(json.dumps(payload).encode())


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_no_bytes_break_it(body: bytes) -> None:
    never_anything_but_unreadable(body)
