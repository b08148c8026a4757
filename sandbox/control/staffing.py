"""What staff do to records, by control calls. All of it is marked as done in the CRM."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from sandbox.api.routes import read_json
from sandbox.crm.object_types import COMPANY, CONTACT, ObjectType, read_object_type
from sandbox.crm.records import STAFF, Record
from sandbox.crm.ties import tie_records, untie_records
from sandbox.crm.writes import archive_record, merge_records, restore_record
from sandbox.errors import ApiError
from sandbox.parts import parts
from sandbox.staff import AMOUNT, change_as_staff, make_as_staff, read_stage

blueprint = Blueprint("staffing", __name__, url_prefix="/_sandbox")


@blueprint.post("/stage")
def stage() -> ResponseReturnValue:
    """Move a record as staff would: ``{"object", "id", "stage", "amount"?}``.

    ``stage`` is an id, or a label of the record's pipeline; leave it out to change the amount.
    """
    body, account = read_json(), parts().account
    record = _record(body)
    given: dict[str, str] = {}
    if body.get("amount") is not None:
        given[AMOUNT] = str(body["amount"])
    if body.get("stage"):
        stage_id = read_stage(account, record.kind, record, str(body["stage"]))
        given[record.kind.stage_property] = stage_id
    return _changed(record, given)


@blueprint.post("/edit")
def edit() -> ResponseReturnValue:
    """Change any properties as staff: ``{"object", "id", "properties"}``."""
    body = read_json()
    return _changed(_record(body), _properties(body))


def _record(body: dict[str, Any]) -> Record:
    kind = read_object_type(str(body.get("object") or "tickets"))
    return parts().account.get(kind, str(body.get("id")))


def _properties(body: dict[str, Any]) -> dict[str, str]:
    given = body.get("properties")
    if not isinstance(given, dict):
        raise ApiError(400, "properties must be an object")
    return {name: "" if value is None else str(value) for name, value in given.items()}


def _changed(record: Record, given: dict[str, str]) -> ResponseReturnValue:
    changed = change_as_staff(parts().account, record.kind, record.id, given)
    return jsonify(changed.as_json(list(given)))


@blueprint.post("/contact")
def contact() -> ResponseReturnValue:
    """Make a contact as staff: ``{"properties"}``."""
    return _made(CONTACT)


@blueprint.post("/company")
def company() -> ResponseReturnValue:
    """Make a company as staff: ``{"properties"}``."""
    return _made(COMPANY)


def _made(kind: ObjectType) -> ResponseReturnValue:
    given = _properties(read_json())
    made = make_as_staff(parts().account, kind, given)
    return jsonify(made.as_json(list(given))), 201


@blueprint.post("/associate")
def associate() -> ResponseReturnValue:
    """Tie or untie two records as staff: ``{"object", "id", "to", "to_id", "remove"?}``.

    ``to`` is the other's kind; a thread is a ``conversation``.
    """
    body, account = read_json(), parts().account
    with account.lock:
        one = _record(body)
        other = account.get(read_object_type(str(body.get("to"))), str(body.get("to_id")))
        (untie_records if body.get("remove") else tie_records)(account, one, other, STAFF)
    return "", 204


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
