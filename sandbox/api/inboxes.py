"""Inboxes, channels, channel accounts and actors of the conversations API."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from sandbox.api.batches import answer_batch
from sandbox.api.routes import read_json, serve
from sandbox.conversations.channels import CHANNEL_ACCOUNTS, CHANNELS, INBOXES
from sandbox.conversations.people import actor_json
from sandbox.errors import ApiError, not_found
from sandbox.parts import parts
from sandbox.times import now_ms

PATHS = ("/conversations/v3/conversations", "/conversations/conversations/<version>")
MAX_ACTORS = 100
Json = dict[str, Any]
blueprint = Blueprint("inboxes", __name__)


@serve(blueprint, "GET", PATHS, "/inboxes")
def inboxes() -> ResponseReturnValue:
    """Every inbox."""
    return jsonify({"total": len(INBOXES), "results": [one.as_json() for one in INBOXES]})


@serve(blueprint, "GET", PATHS, "/inboxes/<inbox_id>")
def inbox(inbox_id: str) -> ResponseReturnValue:
    """One inbox."""
    return jsonify(_one([one.as_json() for one in INBOXES], inbox_id))


@serve(blueprint, "GET", PATHS, "/channels")
def channels() -> ResponseReturnValue:
    """Every kind of way in and out."""
    return jsonify({"total": len(CHANNELS), "results": [one.as_json() for one in CHANNELS]})


@serve(blueprint, "GET", PATHS, "/channels/<channel_id>")
def channel(channel_id: str) -> ResponseReturnValue:
    """One kind of way in and out."""
    return jsonify(_one([one.as_json() for one in CHANNELS], channel_id))


@serve(blueprint, "GET", PATHS, "/channel-accounts")
def channel_accounts() -> ResponseReturnValue:
    """Every connected way in and out, of an inbox or of a channel if asked."""
    rows = [one.as_json() for one in CHANNEL_ACCOUNTS]
    for name in ("channelId", "inboxId"):
        wanted = request.args.getlist(name)
        rows = [row for row in rows if not wanted or row[name] in wanted]
    return jsonify({"total": len(rows), "results": rows})


@serve(blueprint, "GET", PATHS, "/channel-accounts/<account_id>")
def channel_account(account_id: str) -> ResponseReturnValue:
    """One connected way in and out."""
    return jsonify(_one([one.as_json() for one in CHANNEL_ACCOUNTS], account_id))


def _one(rows: list[Json], wanted: str) -> Json:
    for row in rows:
        if row["id"] == wanted:
            return row
    raise not_found(f"There is no {wanted}")


@serve(blueprint, "GET", PATHS, "/actors/<actor_id>")
def actor(actor_id: str) -> ResponseReturnValue:
    """Who is behind an actor id."""
    found = actor_json(parts().account, actor_id)
    if found is None:
        raise not_found(f"There is no actor {actor_id}")
    return jsonify(found)


@serve(blueprint, "POST", PATHS, "/actors/batch/read")
def actors() -> ResponseReturnValue:
    """Who is behind many actor ids: ``{"inputs": ["A-1"]}``; the missing are named in an error."""
    started_ms, given = now_ms(), read_json().get("inputs")
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise ApiError(400, "Invalid input JSON: inputs must be a list of actor ids")
    if len(given) > MAX_ACTORS:
        raise ApiError(400, f"at most {MAX_ACTORS} inputs")
    found = {one: actor_json(parts().account, one) for one in given}
    missing = [one for one, shown in found.items() if shown is None]
    lost = ApiError(404, "Could not find some actors", "OBJECT_NOT_FOUND").row({"ids": missing})
    results = [shown for shown in found.values() if shown is not None]
    return answer_batch(results, [lost] if missing else [], started_ms)
