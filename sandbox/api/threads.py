"""Threads of the conversations API."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from sandbox.api.inboxes import PATHS
from sandbox.api.routes import read_json, read_names, serve
from sandbox.api.thread_pages import read_asked
from sandbox.conversations.people import actor_json
from sandbox.conversations.threads import CLOSED, OPEN, Thread
from sandbox.crm.writes import archive_record, restore_record
from sandbox.errors import ApiError
from sandbox.parts import parts

# Reference: https://developers.hubspot.com/docs/api-reference/conversations-conversations-v3/guide
# The published file of version 3 gives the assignee a path of a style of its own.
ASSIGNEE = (
    *(f"{path}/threads/<thread_id>/assignee" for path in PATHS),
    "/conversations/conversations/v3/threads/<thread_id>/assignee",
)
blueprint = Blueprint("threads", __name__)


@serve(blueprint, "GET", PATHS, "/threads")
def threads() -> ResponseReturnValue:
    """Threads by id, or by their newest mail."""
    asked, here = read_asked(), parts().conversations
    tickets = {one.id: here.ticket_id(one) for one in here.all(asked.archived)}
    page, after = asked.page(here.all(asked.archived), tickets)
    body: dict[str, Any] = {"results": [_shown(one) for one in page]}
    if after:
        link = f"{request.base_url}?after={after}"
        body["paging"] = {"next": {"after": after, "link": link}}
    return jsonify(body)


@serve(blueprint, "GET", PATHS, "/threads/<thread_id>")
def thread(thread_id: str) -> ResponseReturnValue:
    """One thread."""
    return jsonify(_shown(parts().conversations.get(thread_id, _is_archived())))


def _is_archived() -> bool:
    return request.args.get("archived", "false").lower() == "true"


def _shown(one: Thread) -> dict[str, Any]:
    """A thread; its ticket only when it was asked for."""
    with_ticket = read_names("association") == ["TICKET"]
    return one.as_json(parts().conversations.ticket_id(one) if with_ticket else "")


@serve(blueprint, "PATCH", PATHS, "/threads/<thread_id>")
def update(thread_id: str) -> ResponseReturnValue:
    """Open, close or restore a thread; nothing else of it can be changed."""
    body, here = read_json(), parts()
    one = here.conversations.get(thread_id, _is_archived())
    if "status" in body:
        if body["status"] not in {OPEN, CLOSED}:
            raise ApiError(400, f"status must be {OPEN} or {CLOSED}")
        who = f"I-{here.settings.app_id}"
        here.conversations.set_status(one, body["status"], here.app_source, who)
    if body.get("archived") is False and one.record.archived:
        restore_record(here.account, one.record, here.app_source)
    elif body.get("archived") is True:
        archive_record(here.account, one.record, here.app_source)
    return jsonify(_shown(one))


@serve(blueprint, "DELETE", PATHS, "/threads/<thread_id>")
def archive(thread_id: str) -> ResponseReturnValue:
    """Delete a thread; for thirty days it can be restored."""
    here = parts()
    archive_record(here.account, here.conversations.get(thread_id).record, here.app_source)
    return "", 204


@serve(blueprint, "PUT", ASSIGNEE)
def assign(thread_id: str) -> ResponseReturnValue:
    """Give a thread to a person: ``{"actorId"}``."""
    return _assign(thread_id, str(read_json().get("actorId") or ""))


@serve(blueprint, "POST", ASSIGNEE)
def assign_as_documented(thread_id: str) -> ResponseReturnValue:
    """The same: HubSpot's guide writes POST where its published file writes PUT."""
    return _assign(thread_id, str(read_json().get("actorId") or ""))


def _assign(thread_id: str, actor_id: str) -> ResponseReturnValue:
    here = parts()
    one = here.conversations.get(thread_id)
    if not actor_id.startswith("A-") or actor_json(here.account, actor_id) is None:
        raise ApiError(400, "actorId must be a user of the account")
    here.conversations.assign(one, actor_id, here.app_source, f"I-{here.settings.app_id}")
    return jsonify(_shown(one))


@serve(blueprint, "DELETE", ASSIGNEE)
def unassign(thread_id: str) -> ResponseReturnValue:
    """Give a thread to nobody."""
    here = parts()
    one = here.conversations.get(thread_id)
    here.conversations.assign(one, "", here.app_source, f"I-{here.settings.app_id}")
    return "", 204
