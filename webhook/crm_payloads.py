"""What comes in at the CRM door, and what it is in our words.

================================================  ================================================
theirs                                            ours
================================================  ================================================
``ticket.propertyChange``, ``deal.…`` of a        the ticket (or deal) may have moved
property that matters to us
``object.propertyChange`` with ``objectTypeId``   the same
``0-5`` or ``0-3``
any other event                                   not for us
an event without type or object                   unreadable
================================================  ================================================

Source: https://developers.hubspot.com/docs/api-reference/legacy/webhooks/guide
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from casework.errors import Unreadable
from casework.receive import Reading, TicketEvent
from casework.stages import Stage
from webhook.form_payloads import read_json

_MOST_EVENTS = 100


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
    tickets: list[TicketEvent] = []
    unreadable = 0
    for event in events:
        try:
            if _is_for_us(event, words):
                tickets.append(_read_event(event, words))
        except Unreadable:
            unreadable += 1
    return Reading(
        tickets=tickets,
        unreadable=[f"{unreadable} of {len(events)} events are not understood"] * bool(unreadable),
    )


def _is_for_us(event: Any, words: CrmWords) -> bool:
    """Raises :class:`Unreadable` for what is no event at all."""
    if not isinstance(event, dict):
        raise Unreadable("an event is not a JSON object")
    # Deliveries carry `subscriptionType`; the documentation's table calls it `eventType`.
    kind = event.get("subscriptionType") or event.get("eventType")
    if not isinstance(kind, str) or "." not in kind or not _read_id(event.get("objectId")):
        raise Unreadable("an event has no type or no object")
    subject, _, change = kind.partition(".")
    ours = subject == words.prefix or (
        subject == "object" and _word(event.get("objectTypeId")) == words.object_type_id
    )
    return (
        ours
        and change == "propertyChange"
        and (
            not words.portal_id or _word(event.get("portalId", words.portal_id)) == words.portal_id
        )
        and _matters(event, words)
    )


def _matters(event: dict[str, Any], words: CrmWords) -> bool:
    name = _word(event.get("propertyName"))
    return name in words.properties or (name in words.texts and not _is_own(event, words))


def _is_own(event: dict[str, Any], words: CrmWords) -> bool:
    """Our own writes come back to us: from an integration, with our app's id."""
    return (
        event.get("changeSource") == "INTEGRATION"
        and words.app_id != ""
        and _word(event.get("sourceId")) == words.app_id
    )


def _read_event(event: dict[str, Any], words: CrmWords) -> TicketEvent:
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
