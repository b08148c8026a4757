"""Messages of a thread: read, sent, noted."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from sandbox.api.inboxes import PATHS
from sandbox.api.new_messages import read_comment, read_message
from sandbox.api.routes import read_json, serve
from sandbox.api.thread_pages import read_cursor, read_limit, write_cursor
from sandbox.conversations.channels import get_channel_account
from sandbox.conversations.sending import Outgoing, comment, send
from sandbox.conversations.threads import COMMENT, MESSAGE, Message
from sandbox.errors import ApiError, not_found
from sandbox.parts import parts

REST = "/threads/<thread_id>/messages"
SORTS = {"": True, "-createdAt": True, "createdAt": False}
"""Whether the newest comes first, which it does unless asked otherwise."""
blueprint = Blueprint("messages", __name__)


@serve(blueprint, "GET", PATHS, REST)
def messages(thread_id: str) -> ResponseReturnValue:
    """What happened in a thread: mails, comments, and what HubSpot itself put there."""
    found = list(parts().conversations.get(thread_id, _is_archived()).messages)
    sort = request.args.get("sort", "")
    if sort not in SORTS:
        raise ApiError(400, "sort must be createdAt or -createdAt")
    if SORTS[sort]:
        found.reverse()
    limit, start = read_limit(), max(0, read_cursor(request.args.get("after", ""))[1])
    body: dict[str, Any] = {"results": [one.as_json() for one in found[start : start + limit]]}
    if start + limit < len(found):
        after = write_cursor((0, start + limit))
        link = f"{request.base_url}?after={after}"
        body["paging"] = {"next": {"after": after, "link": link}}
    return jsonify(body)


def _is_archived() -> bool:
    return request.args.get("archived", "false").lower() == "true"


@serve(blueprint, "GET", PATHS, f"{REST}/<message_id>")
def message(thread_id: str, message_id: str) -> ResponseReturnValue:
    """One message, without the history that HubSpot cut off."""
    return jsonify(_message(thread_id, message_id).as_json())


@serve(blueprint, "GET", PATHS, f"{REST}/<message_id>/original-content")
def original_content(thread_id: str, message_id: str) -> ResponseReturnValue:
    """All of a message's text."""
    found = _message(thread_id, message_id)
    return jsonify({"text": found.whole, "richText": found.whole_html})


def _message(thread_id: str, message_id: str) -> Message:
    for one in parts().conversations.get(thread_id, _is_archived()).messages:
        if one.id == message_id:
            return one
    raise not_found(f"No message {message_id} in thread {thread_id}")


@serve(blueprint, "POST", PATHS, REST)
def create(thread_id: str) -> ResponseReturnValue:
    """Send a mail in a thread (MESSAGE), or note something in it (COMMENT)."""
    body = read_json()
    makers = {MESSAGE: _send, COMMENT: _comment}
    kind = body.get("type")
    if kind not in makers:
        raise ApiError(400, f"type must be {MESSAGE} or {COMMENT}")
    return jsonify(makers[kind](thread_id, body).as_json()), 201


def _send(thread_id: str, body: dict[str, Any]) -> Message:
    here, given = parts(), read_message(body)
    thread = here.conversations.get(thread_id)
    account = get_channel_account(given.channel_account_id, given.channel_id)
    mail = Outgoing(
        given.to,
        given.subject,
        given.text,
        given.cc,
        given.html,
        given.attachments,
        given.sender,
        here.app_source,
        _by_app(),
    )
    return send(here.conversations, thread, account, mail)


def _comment(thread_id: str, body: dict[str, Any]) -> Message:
    here, (text, html) = parts(), read_comment(body)
    thread = here.conversations.get(thread_id)
    who = f"I-{here.settings.app_id}"
    return comment(here.conversations, thread, text, html, here.app_source, who, _by_app())


def _by_app() -> dict[str, Any]:
    return {"clientType": "INTEGRATION", "integrationAppId": parts().settings.app_id}
