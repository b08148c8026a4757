"""What the sandbox holds, what came and what was sent; and beginning afresh."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from sandbox.conversations.threads import Thread
from sandbox.credits.ledger import Grant
from sandbox.crm.object_types import COMPANY, CONTACT, DEAL, EMAIL, NOTE, OBJECT_TYPES, TASK, TICKET
from sandbox.crm.records import Record
from sandbox.parts import Parts, parts
from sandbox.webhooks.courier import Delivery

SHOWN = (TICKET, DEAL, NOTE, COMPANY, CONTACT, EMAIL, TASK)
WITH_HISTORY = (CONTACT,)
blueprint = Blueprint("looking", __name__, url_prefix="/_sandbox")


@blueprint.get("/state")
def state() -> ResponseReturnValue:
    """Everything the sandbox holds."""
    here = parts()
    with here.account.lock:
        return jsonify(
            _records(here)
            | {
                "submissions": [one.as_json() for one in here.submissions],
                "grants": [_grant(one) for one in list(here.ledger.grants.values())],
                "balances": dict(here.ledger.balances),
                "mails": [mail.as_json() for mail in list(here.mailbox.messages)],
                "threads": [_thread(here, one) for one in here.conversations.all()],
                "organisation_mails": [one.as_json() for one in here.conversations.letters.all],
                "undelivered": [one.as_json() for one in _undelivered(here)],
                "idle": here.idle(),
            }
        )


def _records(here: Parts) -> dict[str, Any]:
    return {kind.plural: [_record(here, one) for one in here.account.live(kind)] for kind in SHOWN}


def _record(here: Parts, record: Record) -> dict[str, Any]:
    ids = {
        kind.plural: found
        for kind in OBJECT_TYPES
        if (found := here.account.associations.ids(record, kind))
    }
    shown: dict[str, Any] = {
        "id": record.id,
        "properties": record.properties,
        "associations": ids,
    }
    if record.kind in WITH_HISTORY:
        history = record.history.items()
        shown["history"] = {name: [one.as_json() for one in found] for name, found in history}
    return shown


def _thread(here: Parts, thread: Thread) -> dict[str, Any]:
    messages = [
        one.as_json() | {"original": {"text": one.whole, "richText": one.whole_html}}
        for one in thread.messages
    ]
    return thread.as_json(here.conversations.ticket_id(thread)) | {"messages": messages}


def _grant(grant: Grant) -> dict[str, Any]:
    return {"key": grant.key} | dict(grant.asked) | grant.as_json()


def _undelivered(here: Parts) -> list[Delivery]:
    return [*here.crm_courier.undelivered(), *here.workflow_courier.undelivered()]


@blueprint.get("/requests")
def requests_seen() -> ResponseReturnValue:
    """Every API call that came, oldest first."""
    return jsonify([one.as_json() for one in list(parts().requests_seen)])


@blueprint.get("/deliveries")
def deliveries() -> ResponseReturnValue:
    """Every delivery that was sent or is to be."""
    here = parts()
    found = [*here.crm_courier.deliveries, *here.workflow_courier.deliveries]
    return jsonify([one.as_json() for one in found])


@blueprint.post("/reset")
def reset() -> ResponseReturnValue:
    """Begin afresh."""
    here = parts()
    here.account.reset()
    here.conversations.reset()
    for part in (here.ledger, here.mailbox, here.events, here.crm_courier, here.workflow_courier):
        part.reset()
    here.calls.reset()
    here.searches.reset()
    here.faults.clear()
    here.submissions.clear()
    here.requests_seen.clear()
    return "", 204
