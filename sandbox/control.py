"""Looking inside a running sandbox and steering it, for tests and for people."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from sandbox.api.forms import submit_form
from sandbox.api.routes import read_json
from sandbox.credits.ledger import Grant
from sandbox.crm.object_types import DEAL, NOTE, OBJECT_TYPES, TICKET, ObjectType, read_object_type
from sandbox.crm.records import STAFF, Record
from sandbox.crm.writes import archive_record, merge_records, restore_record
from sandbox.errors import ApiError
from sandbox.parts import Parts, parts
from sandbox.settings import change_setting
from sandbox.staff import AMOUNT, change_as_staff, read_stage
from sandbox.webhooks.courier import Delivery

blueprint = Blueprint("control", __name__, url_prefix="/_sandbox")


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
                "undelivered": [one.as_json() for one in _undelivered(here)],
                "idle": here.idle(),
            }
        )


def _records(here: Parts) -> dict[str, Any]:
    return {
        kind.plural: [_record(here, one) for one in here.account.live(kind)]
        for kind in (TICKET, DEAL, NOTE)
    }


def _record(here: Parts, record: Record) -> dict[str, Any]:
    ids = {
        kind.plural: found
        for kind in OBJECT_TYPES
        if (found := here.account.associations.ids(record, kind))
    }
    return {"id": record.id, "properties": record.properties, "associations": ids}


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
    for part in (here.ledger, here.mailbox, here.events, here.crm_courier, here.workflow_courier):
        part.reset()
    here.calls.reset()
    here.searches.reset()
    here.faults.clear()
    here.submissions.clear()
    here.requests_seen.clear()
    return "", 204


@blueprint.post("/stage")
def stage() -> ResponseReturnValue:
    """Move a record as staff would: ``{"object", "id", "stage", "amount"?}``.

    ``stage`` is an id, or a label of the record's pipeline; leave it out to change the amount.
    """
    body, account = read_json(), parts().account
    kind = read_object_type(str(body.get("object") or "tickets"))
    record = account.get(kind, str(body.get("id")))
    given: dict[str, str] = {}
    if body.get("amount") is not None:
        given[AMOUNT] = str(body["amount"])
    if body.get("stage"):
        given[kind.stage_property] = read_stage(account, kind, record, str(body["stage"]))
    return jsonify(change_as_staff(account, kind, record.id, given).as_json(list(given)))


@blueprint.post("/record")
def record() -> ResponseReturnValue:
    """Bin, restore or merge as staff: ``{"object", "id", "do", "into"?}``."""
    body, account = read_json(), parts().account
    kind = read_object_type(str(body.get("object") or "tickets"))
    with account.lock:
        _do(str(body.get("do")), kind, str(body.get("id")), str(body.get("into")))
    return "", 204


def _do(what: str, kind: ObjectType, record_id: str, into: str) -> None:
    account = parts().account
    if what == "restore":
        restore_record(account, account.get(kind, record_id, archived=True), STAFF)
    elif what == "archive":
        archive_record(account, account.get(kind, record_id), STAFF)
    elif what == "merge":
        kept, lost = account.get(kind, into), account.get(kind, record_id)
        merge_records(account, kept, lost, STAFF)
    else:
        raise ApiError(400, "do must be archive, restore or merge")


@blueprint.post("/submit")
def submit() -> ResponseReturnValue:
    """Fill in the form: ``{"client_email": …, "email": …, …}``."""
    answers = {name: str(value) for name, value in read_json().items()}
    contact = submit_form(answers, "")
    return jsonify({"contact": contact.id, "submission": parts().submissions[-1].as_json()}), 201


@blueprint.get("/faults")
def faults() -> ResponseReturnValue:
    """What may still go wrong."""
    return jsonify(parts().faults.as_json())


@blueprint.post("/faults")
def add_fault() -> ResponseReturnValue:
    """Set a fault: ``{"kind", "times"?, "probability"?, "path"?, …}``; ``{}`` clears them all."""
    how = read_json()
    if not how:
        parts().faults.clear()
        return "", 204
    try:
        fault = parts().faults.add(str(how.pop("kind", "")), **how)
    except (TypeError, ValueError) as problem:
        raise ApiError(400, str(problem)) from None
    return jsonify(vars(fault)), 201


@blueprint.post("/settings")
def change_settings() -> ResponseReturnValue:
    """Change settings of the running sandbox by their names."""
    for name, given in read_json().items():
        try:
            change_setting(parts().settings, name, given)
        except ValueError as problem:
            raise ApiError(400, str(problem)) from None
    return "", 204
