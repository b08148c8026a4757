"""What comes in at the CRM door, and what it is in our words.

================================================  ================================================
theirs                                            ours
================================================  ================================================
``ticket.propertyChange``, ``deal.…`` of a        the ticket (or deal) may have moved
property that matters to us
``conversation.newMessage`` of type MESSAGE       a message to read
``object.creation`` with ``objectTypeId`` 0-49    a logged mail to read
``ticket.associationChange``, ``deal.…``
… to a contact                                    look at the ticket's contacts
… to a conversation, or an e-mail                 a thread, or a logged mail, to read
``object.…`` with ``objectTypeId`` (or            the same
``fromObjectTypeId``) ``0-5`` or ``0-3``
any other event, and whatever was untied          not for us
an event without type or object                   unreadable
================================================  ================================================

Source: https://developers.hubspot.com/docs/api-reference/legacy/webhooks/guide
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from casework.errors import Unreadable
from casework.receive import MessageEvent, Reading, TicketEvent
from casework.stages import Stage
from webhook.form_payloads import read_json

_MOST_EVENTS = 100
_EMAIL = "0-49"
#: What a ticket may be tied to, by HubSpot's two ways to say so.
_KINDS = {"CONTACT": "contact", "0-1": "contact", "EMAIL": "email", _EMAIL: "email"} | {
    "CONVERSATION": "thread",
    "0-11": "thread",
}
#: It becomes part of a path, so it must not be able to lead elsewhere.
_MESSAGE_ID = re.compile(r"[A-Za-z0-9_=+-][A-Za-z0-9_=+.:~-]{0,127}")
_NOTHING = Reading()
Event = dict[str, Any]


@dataclass(frozen=True)
class CrmWords:
    """How HubSpot speaks of what we call a ticket.

    ``prefix`` is ``ticket`` or ``deal``, ``properties`` are those whose change matters, ``texts``
    those that matter when somebody else than us changes them. Without a
    ``portal_id`` events of any account are taken; they are signed with our secret all the same.
    ``stage_of`` gives the stage behind an id, as far as it is known yet.
    """

    prefix: str
    object_type_id: str
    stage_property: str
    properties: frozenset[str]
    texts: frozenset[str]
    portal_id: str
    app_id: str
    stage_of: Callable[[str], Stage | None]


def read_crm_delivery(body: bytes, words: CrmWords) -> Reading:
    """Read one body. Raises :class:`Unreadable`, which never quotes it."""
    events = read_json(body)
    if not isinstance(events, list) or not 1 <= len(events) <= _MOST_EVENTS:
        raise Unreadable("the body is not a JSON array of 1 to 100 events")
    found: list[Reading] = []
    for event in events:
        try:
            found.append(_read_event(event, words))
        except Unreadable:
            continue
    unreadable = len(events) - len(found)
    return Reading(
        tickets=list(chain.from_iterable(one.tickets for one in found)),
        messages=tuple(chain.from_iterable(one.messages for one in found)),
        emails=tuple(chain.from_iterable(one.emails for one in found)),
        contacts=tuple(chain.from_iterable(one.contacts for one in found)),
        unreadable=[f"{unreadable} of {len(events)} events are not understood"] * bool(unreadable),
    )


def _read_event(event: Any, words: CrmWords) -> Reading:
    """What one event says. Raises :class:`Unreadable` for what is no event at all."""
    subject, change = _read_type(event)
    is_tie = change == "associationChange"
    # Who was tied to whom comes without an object of its own.
    if not is_tie and not _read_id(event.get("objectId")):
        raise Unreadable("an event has no object")
    if words.portal_id and _word(event.get("portalId", words.portal_id)) != words.portal_id:
        return _NOTHING
    generic = subject == "object"
    type_id = _word(event.get("fromObjectTypeId" if is_tie else "objectTypeId"))
    ours = subject == words.prefix or (generic and type_id == words.object_type_id)
    if is_tie:
        return _read_tie(event, generic) if ours else _NOTHING
    if subject == "conversation" and change == "newMessage":
        return _read_message(event)
    if generic and change == "creation" and type_id == _EMAIL:
        return Reading(emails=[_read_id(event["objectId"])])
    if ours and change == "propertyChange" and _matters(event, words):
        return Reading(tickets=[_read_change(event, words)])
    return _NOTHING


def _read_type(event: Any) -> tuple[str, str]:
    if not isinstance(event, dict):
        raise Unreadable("an event is not a JSON object")
    # Deliveries carry `subscriptionType`; the documentation's table calls it `eventType`.
    kind = event.get("subscriptionType") or event.get("eventType")
    if not isinstance(kind, str) or "." not in kind:
        raise Unreadable("an event has no type")
    subject, _, change = kind.partition(".")
    return subject, change


def _read_tie(event: Event, generic: bool) -> Reading:
    """What a ticket was tied to. What was untied needs no look."""
    ticket_id, other_id = (_read_id(event.get(name)) for name in ("fromObjectId", "toObjectId"))
    if not ticket_id or not other_id:
        raise Unreadable("an event does not say what was tied")
    if event.get("associationRemoved") is True:
        return _NOTHING
    told = "toObjectTypeId" if generic else "associationType"
    match _KINDS.get(_word(event.get(told)).rpartition("_TO_")[2]):
        case "contact":
            return Reading(contacts=[ticket_id])
        case "thread":
            return Reading(messages=[MessageEvent(other_id)])
        case "email":
            return Reading(emails=[other_id])
        case _:
            return _NOTHING


def _read_message(event: Event) -> Reading:
    if _word(event.get("messageType", "MESSAGE")) != "MESSAGE":
        return _NOTHING
    message_id = _word(event.get("messageId"))
    if not _MESSAGE_ID.fullmatch(message_id):
        raise Unreadable("an event does not say which message")
    return Reading(messages=[MessageEvent(_read_id(event["objectId"]), message_id)])


def _matters(event: Event, words: CrmWords) -> bool:
    name = _word(event.get("propertyName"))
    return name in words.properties or (name in words.texts and not _is_own(event, words))


def _is_own(event: Event, words: CrmWords) -> bool:
    """Our own writes come back to us: from an integration, with our app's id."""
    return (
        event.get("changeSource") == "INTEGRATION"
        and words.app_id != ""
        and _word(event.get("sourceId")) == words.app_id
    )


def _read_change(event: Event, words: CrmWords) -> TicketEvent:
    own = _is_own(event, words) and event.get("propertyName") == words.stage_property
    echo_of = words.stage_of(_word(event.get("propertyValue"))) if own else None
    return TicketEvent(_read_id(event["objectId"]), echo_of)


def _read_id(value: object) -> str:
    """A record's id: a number in HubSpot's own JSON, which a gateway may make text of."""
    text = _word(value)
    return text if text.isascii() and text.isdigit() and len(text) <= 20 else ""


def _word(value: object) -> str:
    """A number or a text as text; anything else is nothing we know."""
    return str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
