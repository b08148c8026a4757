"""Mail between staff and organisations, by control calls."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from sandbox.api.routes import read_json
from sandbox.conversations.channels import HELP_DESK, account_of
from sandbox.conversations.logged_mail import (
    RECEIVED,
    LoggedMail,
    exchange_of,
    log_mail,
)
from sandbox.conversations.people import SENDING, USERS
from sandbox.conversations.quoting import STYLES
from sandbox.conversations.receiving import Incoming, receive, whole_text
from sandbox.conversations.sending import Outgoing, begin_thread, comment, send
from sandbox.crm.object_types import DEAL, TICKET
from sandbox.crm.records import Record
from sandbox.errors import ApiError
from sandbox.parts import parts

Json = dict[str, Any]
blueprint = Blueprint("mailing", __name__, url_prefix="/_sandbox")


@blueprint.post("/send")
def send_mail() -> ResponseReturnValue:
    """Write to the organisation from the shared inbox, as staff.

    ``{"ticket", "to", "subject", "text", "cc"?, "inbox"?}`` begins a thread that belongs to the
    ticket; ``{"thread", "text", "to"?, …}`` goes on with one; ``{"thread", "text", "comment":
    true}`` notes something in it.
    """
    body, here = read_json(), parts()
    with here.account.lock:
        if body.get("comment"):
            thread = here.conversations.get(str(body.get("thread")))
            made = comment(here.conversations, thread, str(body.get("text")))
        elif body.get("thread"):
            thread = here.conversations.get(str(body["thread"]))
            to = _people(body, "to") or _counterpart(str(body["thread"]))
            made = send(here.conversations, thread, thread.account, _outgoing(body, to))
        else:
            ticket = here.account.get(TICKET, str(body.get("ticket")))
            account = account_of(str(body.get("inbox") or HELP_DESK.id))
            mail = _outgoing(body, _people(body, "to"))
            made = begin_thread(here.conversations, ticket, account, mail)
    return jsonify({"thread": made.thread_id, "message": made.as_json()}), 201


def _outgoing(body: Json, to: list[str]) -> Outgoing:
    if not to:
        raise ApiError(400, "to is required")
    subject, text = str(body.get("subject") or ""), str(body.get("text") or "")
    return Outgoing(to, subject, text, _people(body, "cc"))


def _counterpart(thread_id: str) -> list[str]:
    """Who wrote the last mail of a thread, or whom it went to if we did."""
    letters = parts().conversations.letters.of(f"thread-{thread_id}")
    if not letters:
        return []
    return [letters[-1].sender] if letters[-1].is_ours else list(letters[-1].to)


def _people(body: Json, name: str) -> list[str]:
    given = body.get(name) or []
    return [str(one) for one in given] if isinstance(given, list) else [str(given)]


@blueprint.post("/reply")
def reply() -> ResponseReturnValue:
    """Answer as the organisation: ``{"thread", "from", "text", "quote"?, "cc"?, "attachments"?,
    "subject"?, "below"?, "contact"?}``.

    Without ``thread`` it is a mail out of the blue. ``quote`` is true, or the way of quoting:
    gmail, outlook, icelandic. ``below`` is written under the quotation. ``contact`` false: HubSpot
    makes no contact of the sender.
    """
    body, here = read_json(), parts()
    with here.account.lock:
        thread_id = str(body.get("thread") or "")
        thread = here.conversations.get(thread_id) if thread_id else None
        account = thread.account if thread else account_of(str(body.get("inbox") or HELP_DESK.id))
        longest = here.settings.longest_message
        made = receive(here.conversations, thread, account, _incoming(body), longest)
    return jsonify({"thread": made.thread_id, "message": made.as_json()}), 201


def _incoming(body: Json) -> Incoming:
    if "@" not in str(body.get("from") or ""):
        raise ApiError(400, "from must be an address")
    attachments = [
        one if isinstance(one, dict) else {"name": str(one)}
        for one in body.get("attachments") or []
    ]
    return Incoming(
        str(body["from"]),
        str(body.get("text") or ""),
        str(body.get("subject") or ""),
        _people(body, "cc"),
        attachments,
        _style(body.get("quote")),
        str(body.get("below") or ""),
        body.get("contact") is not False,
    )


def _style(given: Any) -> str:
    style = STYLES[0] if given is True else str(given or "")
    if style and style not in STYLES:
        raise ApiError(400, f"quote must be true or one of {', '.join(STYLES)}")
    return style


@blueprint.post("/email")
def email() -> ResponseReturnValue:
    """Log a mail of somebody's own inbox: ``{"ticket" | "deal", "from", "to"?, "subject"?,
    "text", "cc"?, "direction"?, "html"?, "quote"?}``; it is INCOMING_EMAIL unless said otherwise.
    """
    body, here = {"from": USERS["9"][1]} | read_json(), parts()
    with here.account.lock:
        record = _ticket_or_deal(body)
        incoming = _incoming(body)
        letters = here.conversations.letters.of(exchange_of(record))
        mail = LoggedMail(
            incoming.sender,
            _people(body, "to") or [USERS["9"][1]],
            incoming.subject,
            whole_text(incoming, letters),
            incoming.cc,
            str(body.get("direction") or RECEIVED),
            str(body.get("html") or ""),
        )
        made = log_mail(here.conversations, record, mail)
    return jsonify({"id": made.id, "properties": made.properties}), 201


def _ticket_or_deal(body: Json) -> Record:
    if body.get("deal"):
        return parts().account.get(DEAL, str(body["deal"]))
    return parts().account.get(TICKET, str(body.get("ticket")))


@blueprint.post("/message")
def message() -> ResponseReturnValue:
    """Put a message of any type into a thread: ``{"thread", "type", "fields"?}``."""
    body, here = read_json(), parts()
    with here.account.lock:
        thread = here.conversations.get(str(body.get("thread")))
        kind, fields = str(body.get("type") or "MESSAGE"), dict(body.get("fields") or {})
        made = here.conversations.add(thread, kind, SENDING, fields=fields)
    return jsonify(made.as_json()), 201
