"""The port Conversations on HubSpot's inbox, help desk and logged mails.

Source: https://developers.hubspot.com/docs/api-reference/conversations-conversations-v3/guide
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from casework.conversation_ports import (
    Message,
    MessagesFound,
    SendingAccount,
    id_in_thread,
)
from casework.errors import Refused, Unavailable
from integrations.hubspot.answering import make_answer
from integrations.hubspot.batches import dicts_in, next_page_in
from integrations.hubspot.calls import (
    ADD_COMMENT,
    LIST_CHANNEL_ACCOUNTS,
    LIST_MESSAGES,
    LIST_THREADS,
    READ_MESSAGE,
    READ_ORIGINAL,
    READ_THREAD,
    SEND_MESSAGE,
    TIE_THREAD,
    Call,
)
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.faults import NOT_FOUND, SERVICE, fault_of_row
from integrations.hubspot.logged_mails import LoggedMails
from integrations.hubspot.messages import (
    Json,
    identifiers_of,
    is_mail,
    is_truncated,
    message_of,
    text_of,
    time_of,
    write_time,
)
from integrations.hubspot.objects import TICKET, CrmObject

#: HubSpot's own id of the channel that is e-mail.
EMAIL_CHANNEL = "1002"
THREADS_AT_ONCE = 100
_LARGEST_PAGE = "500"
#: So many pages of a list are read at most: 2000 messages of a thread.
_MOST_PAGES = 4
#: What worked for others under the name of a conversation.
#: Source: https://github.com/captaincontrat/hubspot-api-ruby/pull/30
_TICKET_TO_THREAD = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 32}
_WITH_TICKET = ("association", "TICKET")


class HubSpotConversations:
    """Implements :class:`casework.conversation_ports.Conversations`. Threads may share it.

    ``app_id`` is our own, by which our messages are known. ``sender_actor_id`` is a user
    (``A-…``) in whose name to send; empty: whoever has the thread, or wrote in it last.
    """

    def __init__(
        self,
        client: HubSpotClient,
        crm_object: CrmObject,
        app_id: str = "",
        sender_actor_id: str = "",
    ) -> None:
        self._client, self._app_id, self._sender = client, app_id, sender_actor_id
        #: HubSpot ties threads to tickets, never to deals.
        self._tickets = crm_object is TICKET
        self._objects = crm_object.plural
        self._logged = LoggedMails(client, crm_object.plural)

    def read_message(self, thread_id: str, message_id: str) -> Message | None:
        """Read the message, its thread for the ticket, and where it was cut its whole text."""
        row = self._find(READ_MESSAGE, thread=thread_id, message=message_id)
        if row is None or not is_mail(row):
            return None
        thread = self._find(READ_THREAD, [_WITH_TICKET], thread=thread_id)
        return None if thread is None else self._message_of(row, thread)

    def read_thread(self, thread_id: str) -> Sequence[Message]:
        """Read the thread, and all that is in it."""
        thread = self._find(READ_THREAD, [_WITH_TICKET], thread=thread_id)
        if thread is None:
            return []
        return [self._message_of(row, thread) for row in self._list_mails(thread_id)]

    def read_emails(self, email_ids: Sequence[str]) -> Mapping[str, Message]:
        """Read the logged mails, and which tickets they are on."""
        return self._logged.read(email_ids)

    def find_messages_since(self, since: int, threads_since: int) -> MessagesFound:
        """List threads by their newest message, and what is new in each."""
        query = [
            ("sort", "latestMessageTimestamp"),
            ("latestMessageTimestampAfter", write_time(threads_since)),
            ("limit", str(THREADS_AT_ONCE)),
        ]
        document = self._client.call(LIST_THREADS, query=query)
        threads = _results_in(LIST_THREADS, document)
        ids = [one for thread in threads for one in self._find_new(str(thread["id"]), since)]
        if not threads or next_page_in(document) is None:
            return MessagesFound(ids, None)
        last = time_of(threads[-1], "latestMessageTimestamp") or 0
        return MessagesFound(ids, max(last, threads_since + 1))

    def find_emails_of_tickets(self, ticket_ids: Sequence[str], since: int) -> Sequence[str]:
        """Look up which mails are on the tickets, and which of these are new."""
        return self._logged.find_of(ticket_ids, since)

    def find_thread_of(self, ticket_id: str) -> str | None:
        """List the ticket's threads."""
        if not self._tickets:
            return None
        query = [("associatedTicketId", ticket_id), _WITH_TICKET, ("limit", _LARGEST_PAGE)]
        listed = _results_in(LIST_THREADS, self._client.call(LIST_THREADS, query=query))
        # A filter that HubSpot does not know would give us anybody's.
        own = [thread for thread in listed if _ticket_of(thread) == ticket_id]
        newest = max(own, key=lambda one: time_of(one, "latestMessageTimestamp") or 0, default=None)
        return str(newest["id"]) if newest else None

    def tie_thread(self, ticket_id: str, thread_id: str) -> None:
        """Associate them, with HubSpot's own type."""
        if not self._tickets:
            return
        pair = {"from": {"id": ticket_id}, "to": {"id": thread_id}, "types": [_TICKET_TO_THREAD]}
        document = self._client.call(TIE_THREAD, {"inputs": [pair]}, objects=self._objects)
        for error in dicts_in(document, "errors"):
            raise fault_of_row(TIE_THREAD.operation, error)

    def send(self, thread_id: str, text: str, subject: str) -> str:
        """Copy from the mail to be answered where the answer goes. Never repeated."""
        thread = self._client.call(READ_THREAD, thread=thread_id)
        mails = self._list_mails(thread_id)
        body = make_answer(thread, mails, text, subject, self._sender)
        sent = self._client.call(SEND_MESSAGE, body, thread=thread_id)
        return id_in_thread(thread_id, str(sent.get("id")))

    def comment(self, thread_id: str, text: str) -> None:
        """Make a comment. Never repeated."""
        body = {"type": "COMMENT", "text": text, "attachments": []}
        self._client.call(ADD_COMMENT, body, thread=thread_id)

    def find_sending_accounts(self) -> Sequence[SendingAccount]:
        """List what is connected to the channel that is e-mail."""
        pages = self._pages(LIST_CHANNEL_ACCOUNTS, [("channelId", EMAIL_CHANNEL)])
        return [_account_of(row) for row in pages if _can_send(row)]

    def _message_of(self, row: Json, thread: Json) -> Message:
        thread_id = str(thread["id"])
        text = self._whole_text(thread_id, row)
        ticket_id = _ticket_of(thread) if self._tickets else None
        return message_of(row, thread_id, ticket_id, text, self._app_id)

    def _whole_text(self, thread_id: str, row: Json) -> str:
        if not is_truncated(row):
            return text_of(row)
        original = self._find(READ_ORIGINAL, thread=thread_id, message=str(row["id"]))
        return text_of(row if original is None else original)

    def _find_new(self, thread_id: str, since: int) -> Iterator[str]:
        for row in self._list_mails(thread_id):
            if (time_of(row) or since) >= since:
                yield id_in_thread(thread_id, str(row["id"]))

    def _list_mails(self, thread_id: str) -> list[Json]:
        """The mails of a thread, oldest first; none where it is gone meanwhile."""
        query = [("limit", _LARGEST_PAGE)]
        try:
            rows = list(self._pages(LIST_MESSAGES, query, thread=thread_id))
        except Refused as error:
            if error.code != NOT_FOUND:
                raise
            return []
        return sorted(filter(is_mail, rows), key=lambda row: time_of(row) or 0)

    def _pages(self, call: Call, query: Sequence[tuple[str, str]], **path: str) -> Iterator[Json]:
        after: list[tuple[str, str]] = []
        for _ in range(_MOST_PAGES):
            document = self._client.call(call, None, [*query, *after], **path)
            yield from _results_in(call, document)
            following = next_page_in(document)
            if following is None:
                return
            after = [("after", following)]

    def _find(
        self, call: Call, query: Sequence[tuple[str, str]] = (), **path: str
    ) -> dict[str, Any] | None:
        """What is there, or nothing where HubSpot says that it is not."""
        try:
            return self._client.call(call, None, query, **path)
        except Refused as error:
            if error.code == NOT_FOUND:
                return None
            raise


def _results_in(call: Call, document: Json) -> list[dict[str, Any]]:
    if not isinstance(document.get("results"), list):
        raise Unavailable(SERVICE, call.operation, "UNREADABLE_ANSWER")
    return [row for row in dicts_in(document, "results") if row.get("id")]


def _ticket_of(thread: Json) -> str | None:
    tied = thread.get("threadAssociations")
    ticket_id = tied.get("associatedTicketId") if isinstance(tied, dict) else None
    return str(ticket_id) if ticket_id else None


def _can_send(row: Json) -> bool:
    return row.get("active") is True and row.get("authorized") is True and not row.get("archived")


def _account_of(row: Json) -> SendingAccount:
    address = next((value for _, value in identifiers_of(row)), "")
    return SendingAccount(
        str(row["id"]), str(row.get("name") or ""), str(row.get("inboxId") or ""), address
    )
