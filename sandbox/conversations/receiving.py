"""Mail that reaches the shared inbox."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from sandbox.conversations.channels import ChannelAccount
from sandbox.conversations.letters import Letter
from sandbox.conversations.people import (
    SENDING,
    contact_for,
    read_address,
    recipients,
    visitor,
)
from sandbox.conversations.quoting import as_html, quote, show
from sandbox.conversations.state import Conversations
from sandbox.conversations.threads import INCOMING, MESSAGE, OPEN, Message, Thread
from sandbox.times import now_ms

NO_SUBJECT = "(no subject)"
Json = dict[str, Any]


@dataclass(frozen=True)
class Incoming:
    """A mail as its sender wrote it.

    ``style`` is how the sender's program quotes what was said before, empty for not at all;
    ``below`` is what the sender wrote under the quotation. With ``is_known`` false HubSpot makes
    no contact of the sender.
    """

    sender: str
    text: str
    subject: str = ""
    cc: list[str] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    style: str = ""
    below: str = ""
    is_known: bool = True


def receive(
    conversations: Conversations,
    thread: Thread | None,
    account: ChannelAccount,
    mail: Incoming,
    longest: int,
) -> Message:
    """Take in a mail: into its thread, or into a new one that belongs to no ticket.

    Raises:
        ApiError: 400 for what cannot be an address.

    """
    name, address = read_address(mail.sender)
    actor_id = f"V-{_visitor_id(conversations, mail)}"
    if thread is None:
        contact_id = actor_id.removeprefix("V-")
        thread = conversations.open(account, contact_id, mail.subject or NO_SUBJECT, SENDING)
    conversations.set_status(thread, OPEN, SENDING)
    subject = mail.subject or f"Re: {thread.subject}"
    whole = whole_text(mail, conversations.letters.of(f"thread-{thread.id}"))
    _keep_letter(conversations, thread, account, mail, (address, subject, whole))
    return conversations.add(
        thread,
        MESSAGE,
        SENDING,
        created_by=actor_id,
        senders=[visitor(actor_id, name, address)],
        recipients=recipients("TO", [account.address])
        + recipients("CC", [read_address(one)[1] for one in mail.cc]),
        fields=_fields(thread, account, mail, subject, whole, longest),
        whole=whole,
        whole_html=as_html(whole),
    )


def _visitor_id(conversations: Conversations, mail: Incoming) -> str:
    """The sender's contact, or the id of somebody who is none."""
    contact = contact_for(conversations.account, mail.sender) if mail.is_known else None
    return contact.id if contact else uuid.uuid5(uuid.NAMESPACE_URL, mail.sender).hex


def whole_text(mail: Incoming, exchange: list[Letter]) -> str:
    """All that the mail holds: the answer, and what its program quotes of the last mail there."""
    earlier = [one for one in exchange if not one.is_ours]
    if not (mail.style and earlier):
        return "\n\n".join(part for part in (mail.text, mail.below) if part)
    last = earlier[-1]
    quoted = quote(mail.style, last.text, last.sender, last.subject, last.at_ms)
    return "\n\n".join(part for part in (mail.text, quoted, mail.below) if part)


def _fields(
    thread: Thread,
    account: ChannelAccount,
    mail: Incoming,
    subject: str,
    whole: str,
    longest: int,
) -> Json:
    shown = show(whole, longest)
    before = thread.mails()
    return {
        "text": shown.text,
        "richText": as_html(shown.text),
        "attachments": [_attachment(one) for one in mail.attachments],
        "subject": subject,
        "truncationStatus": shown.status,
        **({"inReplyToId": before[-1].id} if before else {}),
        "status": {"statusType": "RECEIVED"},
        "direction": INCOMING,
        "channelId": account.channel_id,
        "channelAccountId": account.id,
    }


def _attachment(given: Json) -> Json:
    file_id = str(uuid.uuid4().int % 10**12)
    name = str(given.get("name") or "file")
    shown = {"type": "FILE", "fileId": file_id, "name": name, "fileUsageType": "OTHER"}
    return shown | {"url": f"https://files.hub.example/{file_id}"} | given


def _keep_letter(
    conversations: Conversations,
    thread: Thread,
    account: ChannelAccount,
    mail: Incoming,
    written: tuple[str, str, str],
) -> None:
    address, subject, whole = written
    conversations.letters.add(
        exchange=f"thread-{thread.id}",
        at_ms=now_ms(),
        sender=address,
        to=(account.address,),
        cc=tuple(read_address(one)[1] for one in mail.cc),
        subject=subject,
        text=whole,
        is_ours=True,
    )
