"""To whom an answer in a thread goes, by which way, and in whose name."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casework.errors import NotSetUp, Refused
from integrations.hubspot.batches import dicts_in
from integrations.hubspot.calls import SEND_MESSAGE
from integrations.hubspot.faults import SERVICE
from integrations.hubspot.messages import Json, identifiers_of, is_mail
from integrations.hubspot.notes import as_html

#: A user of the account; nobody else can be the sender of a message.
_USER = "A-"


def make_answer(
    thread: Json, mails: Sequence[Json], text: str, subject: str, sender_actor_id: str
) -> dict[str, Any]:
    """The body of a message that answers the newest mail that came in.

    ``mails`` are oldest first. Where nobody has answered yet, it goes where the first one went.
    Raises :class:`NotSetUp` without a sender, :class:`Refused` where there is nobody to answer.
    """
    mails = [mail for mail in mails if is_mail(mail)]
    came_in = [mail for mail in mails if mail["direction"] == "INCOMING"]
    model = came_in[-1] if came_in else next(iter(mails), {})
    recipients = list(_senders_of(model) if came_in else _recipients_of(model))
    if not recipients or not model.get("channelId") or not model.get("channelAccountId"):
        raise Refused(SERVICE, SEND_MESSAGE.operation, "NOBODY_TO_ANSWER")
    return {
        "type": "MESSAGE",
        "text": text,
        "richText": as_html(text),
        "subject": subject,
        "attachments": [],
        "recipients": recipients,
        "senderActorId": sender_actor_id or _find_sender(thread, mails),
        "channelId": str(model["channelId"]),
        "channelAccountId": str(model["channelAccountId"]),
    }


def _senders_of(mail: Json) -> Iterator[dict[str, Any]]:
    """Those who wrote. Whoever got a copy gets none from us: the fewer read it the better."""
    for sender in dicts_in(mail, "senders"):
        yield from _recipient("TO", sender)


def _recipients_of(mail: Json) -> Iterator[dict[str, Any]]:
    for recipient in dicts_in(mail, "recipients"):
        yield from _recipient(str(recipient.get("recipientField") or "TO"), recipient)


def _recipient(field: str, party: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    identifiers = [{"type": kind, "value": value} for kind, value in identifiers_of(party)]
    if identifiers:
        yield {"recipientField": field, "deliveryIdentifiers": identifiers}


def _find_sender(thread: Json, mails: Sequence[Json]) -> str:
    """Who has the thread, or who of the staff wrote last in it."""
    wrote = [
        str(sender.get("actorId") or "")
        for mail in reversed(mails)
        if mail["direction"] == "OUTGOING"
        for sender in dicts_in(mail, "senders")
    ]
    for actor_id in (str(thread.get("assignedTo") or ""), *wrote):
        if actor_id.startswith(_USER):
            return actor_id
    what_to_do = "assign the conversation to somebody, or set HUBSPOT_SENDER_USER"
    raise NotSetUp(SERVICE, f"{SEND_MESSAGE.operation}: {what_to_do}", "NO_SENDER")
