"""Associations, version 4 and dated."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from sandbox.api.batches import answer_batch
from sandbox.api.routes import read_json, serve
from sandbox.crm.associations import HUBSPOT_DEFINED, default_link, read_links
from sandbox.crm.object_types import ObjectType
from sandbox.crm.records import Record
from sandbox.errors import ApiError
from sandbox.parts import parts
from sandbox.times import now_ms

OBJECT = (
    "/crm/v4/objects/<kind>/<record_id>/associations",
    "/crm/objects/<version>/<kind>/<record_id>/associations",
)
BATCH = (
    "/crm/v4/associations/<kind>/<other_kind>/batch",
    "/crm/associations/<version>/<kind>/<other_kind>/batch",
)
MAX_READ, MAX_CREATE = 1_000, 2_000
blueprint = Blueprint("associations", __name__)


@serve(blueprint, "PUT", OBJECT, "/default/<other_kind>/<other_id>")
def associate_default(
    kind: ObjectType, record_id: str, other_kind: ObjectType, other_id: str
) -> ResponseReturnValue:
    """Tie two records without a label; doing it again changes nothing."""
    started_ms = now_ms()
    return answer_batch(_tie_default(kind, record_id, other_kind, other_id), [], started_ms)


def _tie_default(
    kind: ObjectType, record_id: str, other_kind: ObjectType, other_id: str
) -> list[dict[str, Any]]:
    account = parts().account
    one, other = account.get(kind, record_id), account.get(other_kind, other_id)
    there = default_link(kind, other_kind)
    account.associations.link(one, other, [there])
    return [
        _default_row(one, other, there[1]),
        _default_row(other, one, default_link(other_kind, kind)[1]),
    ]


def _default_row(one: Record, other: Record, type_id: int) -> dict[str, Any]:
    spec = {"associationCategory": HUBSPOT_DEFINED, "associationTypeId": type_id}
    return {"from": {"id": one.id}, "to": {"id": other.id}, "associationSpec": spec}


@serve(blueprint, "PUT", OBJECT, "/<other_kind>/<other_id>")
def associate(
    kind: ObjectType, record_id: str, other_kind: ObjectType, other_id: str
) -> ResponseReturnValue:
    """Tie two records with given types."""
    account, given = parts().account, request.get_json(force=True, silent=True)
    if not isinstance(given, list) or not given:
        raise ApiError(400, "Invalid input JSON: expected a list of association types")
    one, other = account.get(kind, record_id), account.get(other_kind, other_id)
    account.associations.link(one, other, read_links(kind, other_kind, given))
    return jsonify(_labels_row(one, other)), 201


def _labels_row(one: Record, other: Record) -> dict[str, Any]:
    return {
        "fromObjectTypeId": one.kind.id,
        "fromObjectId": int(one.id),
        "toObjectTypeId": other.kind.id,
        "toObjectId": int(other.id),
        "labels": [],
    }


@serve(blueprint, "DELETE", OBJECT, "/<other_kind>/<other_id>")
def dissociate(
    kind: ObjectType, record_id: str, other_kind: ObjectType, other_id: str
) -> ResponseReturnValue:
    """Untie two records."""
    account = parts().account
    account.associations.unlink(account.get(kind, record_id), account.get(other_kind, other_id))
    return "", 204


@serve(blueprint, "GET", OBJECT, "/<other_kind>")
def listed(kind: ObjectType, record_id: str, other_kind: ObjectType) -> ResponseReturnValue:
    """Whom a record belongs to."""
    account = parts().account
    rows = account.associations.as_json(account.get(kind, record_id), other_kind)
    return jsonify({"results": rows})


@serve(blueprint, "POST", BATCH, "/read")
def batch_read(kind: ObjectType, other_kind: ObjectType) -> ResponseReturnValue:
    """Whom many records belong to; those that belong to nobody are named in one error."""
    started_ms, account = now_ms(), parts().account
    rows, lone = [], []
    for record_id in [str(row.get("id")) for row in _inputs(MAX_READ)]:
        record = account.find(kind, record_id)
        ties = account.associations.as_json(record, other_kind) if record else []
        if ties:
            rows.append({"from": {"id": record_id}, "to": ties})
        else:
            lone.append(record_id)
    told = f"No {other_kind.name} is associated"
    error = ApiError(404, told, "OBJECT_NOT_FOUND").row({"fromObjectId": lone})
    return answer_batch(rows, [error] if lone else [], started_ms)


@serve(blueprint, "POST", BATCH, "/associate/default")
def batch_default(kind: ObjectType, other_kind: ObjectType) -> ResponseReturnValue:
    """Tie many pairs without a label. A pair with a record that is missing spoils no other."""
    started_ms = now_ms()
    rows: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for one, other in map(_read_pair, _inputs(MAX_CREATE)):
        try:
            rows += _tie_default(kind, one, other_kind, other)
        except ApiError as refused:
            if refused.status != 404:
                raise
            errors.append(refused.row({"fromObjectId": [one], "toObjectId": [other]}))
    # This one's errors come under 200; HubSpot's own client knows no 207 for it.
    return answer_batch(rows, errors, started_ms, errors_status=200)


def _read_pair(row: dict[str, Any]) -> tuple[str, str]:
    try:
        return str(row["from"]["id"]), str(row["to"]["id"])
    except (KeyError, TypeError):
        raise ApiError(400, "Invalid input JSON: from.id and to.id are required") from None


@serve(blueprint, "POST", BATCH, "/create")
def batch_create(kind: ObjectType, other_kind: ObjectType) -> ResponseReturnValue:
    """Tie many pairs with given types."""
    started_ms, account, shown = now_ms(), parts().account, []
    for row in _inputs(MAX_CREATE):
        one = account.get(kind, str(row["from"]["id"]))
        other = account.get(other_kind, str(row["to"]["id"]))
        account.associations.link(one, other, read_links(kind, other_kind, row["types"]))
        shown.append(_labels_row(one, other))
    return answer_batch(shown, [], started_ms, 201)


def _inputs(most: int) -> list[dict[str, Any]]:
    rows = read_json().get("inputs")
    if not isinstance(rows, list):
        raise ApiError(400, "Invalid input JSON: inputs must be a list")
    if len(rows) > most:
        raise ApiError(400, f"at most {most} inputs")
    return rows
