"""Associations of many records, and the labels they may have."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from sandbox.api.associations import labels_row, tie_default
from sandbox.api.batches import answer_batch
from sandbox.api.routes import read_json, serve
from sandbox.crm.association_types import USER_DEFINED
from sandbox.crm.object_types import ObjectType
from sandbox.crm.ties import tie_records, untie_records
from sandbox.errors import ApiError
from sandbox.parts import parts
from sandbox.times import now_ms

PAIRS = (
    "/crm/v4/associations/<kind>/<other_kind>",
    "/crm/associations/<version>/<kind>/<other_kind>",
)
MAX_READ, MAX_WRITE = 1_000, 2_000
blueprint = Blueprint("association_batches", __name__)


@serve(blueprint, "POST", PAIRS, "/batch/read")
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


@serve(blueprint, "POST", PAIRS, "/batch/associate/default")
def batch_default(kind: ObjectType, other_kind: ObjectType) -> ResponseReturnValue:
    """Tie many pairs without a label. A pair with a record that is missing spoils no other."""
    started_ms = now_ms()
    rows: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for one, other in map(_read_pair, _inputs(MAX_WRITE)):
        try:
            rows += tie_default(kind, one, other_kind, other)
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


@serve(blueprint, "POST", PAIRS, "/batch/create")
def batch_create(kind: ObjectType, other_kind: ObjectType) -> ResponseReturnValue:
    """Tie many pairs with given types."""
    started_ms, account, shown = now_ms(), parts().account, []
    for row in _inputs(MAX_WRITE):
        one_id, other_id = _read_pair(row)
        if not row.get("types"):
            raise ApiError(400, "Invalid input JSON: types are required")
        links = account.associations.labels.read(kind, other_kind, row["types"])
        one, other = account.get(kind, one_id), account.get(other_kind, other_id)
        tie_records(account, one, other, parts().app_source, links)
        shown.append(labels_row(one, other))
    return answer_batch(shown, [], started_ms, 201)


@serve(blueprint, "POST", PAIRS, "/batch/archive")
def batch_archive(kind: ObjectType, other_kind: ObjectType) -> ResponseReturnValue:
    """Untie many pairs: ``{"from": {"id"}, "to": [{"id"}]}``; a pair that is not tied is none."""
    for row in _inputs(MAX_WRITE):
        if not isinstance(row.get("to"), list):
            raise ApiError(400, "Invalid input JSON: to must be a list")
        for to in row["to"]:
            _untie(kind, other_kind, {"from": row.get("from"), "to": to})
    return "", 204


@serve(blueprint, "POST", PAIRS, "/batch/labels/archive")
def batch_labels_archive(kind: ObjectType, other_kind: ObjectType) -> ResponseReturnValue:
    """Take some types away from many pairs."""
    for row in _inputs(MAX_WRITE):
        if not row.get("types"):
            raise ApiError(400, "Invalid input JSON: types are required")
        _untie(kind, other_kind, row)
    return "", 204


def _untie(kind: ObjectType, other_kind: ObjectType, row: dict[str, Any]) -> None:
    account, (one_id, other_id) = parts().account, _read_pair(row)
    one, other = account.find(kind, one_id), account.find(other_kind, other_id)
    given = row.get("types")
    types = account.associations.labels.read(kind, other_kind, given) if given else None
    if one is not None and other is not None:
        untie_records(account, one, other, parts().app_source, types)


@serve(blueprint, "GET", PAIRS, "/labels")
def labels(kind: ObjectType, other_kind: ObjectType) -> ResponseReturnValue:
    """Every type between two kinds, with its label."""
    rows = parts().account.associations.labels.as_json(kind, other_kind)
    return jsonify({"results": rows})


@serve(blueprint, "POST", PAIRS, "/labels")
def create_label(kind: ObjectType, other_kind: ObjectType) -> ResponseReturnValue:
    """Make a label: ``{"name", "label", "inverseLabel"?}``; the answer has both directions."""
    body, known = read_json(), parts().account.associations.labels
    words = [str(body.get(name) or "") for name in ("name", "label", "inverseLabel")]
    made = known.add(kind, other_kind, *words)
    rows = [
        known.shown(kind, other_kind, (USER_DEFINED, made.there)),
        known.shown(other_kind, kind, (USER_DEFINED, made.back)),
    ]
    return jsonify({"results": rows})


def _inputs(most: int) -> list[dict[str, Any]]:
    rows = read_json().get("inputs")
    if not isinstance(rows, list):
        raise ApiError(400, "Invalid input JSON: inputs must be a list")
    if len(rows) > most:
        raise ApiError(400, f"at most {most} inputs")
    return rows
