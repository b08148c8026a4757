"""Mail that leaves the shared inbox, and what staff note in a thread for themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.conversations.channels import EMAIL, ChannelAccount
from sandbox.conversations.people import (
    AGENT,
    SENDING,
    agent,
    contact_for,
    read_address,
    recipients,
)
from sandbox.conversations.quoting import NOT_TRUNCATED, as_html
from sandbox.conversations.state import BY_HUBSPOT, Conversations
from sandbox.conversations.threads import COMMENT, MESSAGE, OUTGOING, Message, Thread
from sandbox.crm.records import STAFF, Record, Source
from sandbox.crm.ties import tie_records
from sandbox.times import now_ms

Json = dict[str, Any]


@dataclass(frozen=True)
class Outgoing:
    """A mail about to leave. ``client`` is the program that it was written in."""

    to: list[str]
    subject: str
    text: str
    cc: list[str] = field(default_factory=list)
    html: str = ""
    attachments: list[Json] = field(default_factory=list)
    actor_id: str = AGENT
    source: Source = STAFF
    client: Json = field(default_factory=lambda: dict(BY_HUBSPOT))


def begin_thread(
    conversations: Conversations, ticket: Record, account: ChannelAccount, mail: Outgoing
) -> Message:
    """Write the first mail from a ticket: the thread is tied to it. Only staff can do so.

    Raises:
        ApiError: 400 for what cannot be an address.

    """
    contact = contact_for(conversations.account, mail.to[0])
    thread = conversations.open(account, contact.id, mail.subject, mail.source)
    tie_records(conversations.account, ticket, thread.record, SENDING)
    return send(conversations, thread, account, mail)


def send(
    conversations: Conversations, thread: Thread, account: ChannelAccount, mail: Outgoing
) -> Message:
    """Write into a thread. On an e-mail channel the mail leaves, and arrives."""
    to, cc = ([read_address(one)[1] for one in people] for people in (mail.to, mail.cc))
    subject = mail.subject or thread.subject
    main = (
        f"V-{contact_for(conversations.account, to[0]).id}" if account.channel_id == EMAIL else ""
    )
    fields: Json = {
        "text": mail.text,
        "richText": mail.html or as_html(mail.text),
        "attachments": mail.attachments,
        "truncationStatus": NOT_TRUNCATED,
        "status": {"statusType": "SENT"},
        "direction": OUTGOING,
        "channelId": account.channel_id,
        "channelAccountId": account.id,
    }
    if account.channel_id == EMAIL:
        fields["subject"] = subject
        _post(conversations, thread, account, (to, cc, subject, mail.text))
    return conversations.add(
        thread,
        MESSAGE,
        mail.source,
        created_by=mail.actor_id,
        client=mail.client,
        senders=[agent(mail.actor_id, account.address)],
        recipients=recipients("TO", to, main) + recipients("CC", cc),
        fields=fields,
        whole=mail.text,
        whole_html=fields["richText"],
    )


def _post(
    conversations: Conversations,
    thread: Thread,
    account: ChannelAccount,
    mail: tuple[list[str], list[str], str, str],
) -> None:
    to, cc, subject, text = mail
    conversations.letters.add(
        exchange=f"thread-{thread.id}",
        at_ms=now_ms(),
        sender=account.address,
        to=tuple(to),
        cc=tuple(cc),
        subject=subject,
        text=text,
        is_ours=False,
    )


def comment(
    conversations: Conversations,
    thread: Thread,
    text: str,
    html: str = "",
    source: Source = STAFF,
    created_by: str = AGENT,
    client: Json | None = None,
) -> Message:
    """Note something in a thread that nobody outside sees."""
    return conversations.add(
        thread,
        COMMENT,
        source,
        created_by=created_by,
        client=client or BY_HUBSPOT,
        senders=[{"actorId": created_by}],
        fields={"text": text, "richText": html or as_html(text), "attachments": []},
        whole=text,
        whole_html=html or as_html(text),
    )
