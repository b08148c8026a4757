"""Associations of one record, version 4 and dated."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from sandbox.api.batches import answer_batch
from sandbox.api.routes import serve
from sandbox.crm.association_types import HUBSPOT_DEFINED, default_link
from sandbox.crm.object_types import ObjectType
from sandbox.crm.records import Record
from sandbox.crm.ties import tie_records, untie_records
from sandbox.errors import ApiError
from sandbox.parts import parts
from sandbox.times import now_ms

OBJECT = (
    "/crm/v4/objects/<kind>/<record_id>/associations",
    "/crm/objects/<version>/<kind>/<record_id>/associations",
)
blueprint = Blueprint("associations", __name__)


@serve(blueprint, "PUT", OBJECT, "/default/<other_kind>/<other_id>")
def associate_default(
    kind: ObjectType, record_id: str, other_kind: ObjectType, other_id: str
) -> ResponseReturnValue:
    """Tie two records without a label; doing it again changes nothing."""
    started_ms = now_ms()
    return answer_batch(tie_default(kind, record_id, other_kind, other_id), [], started_ms)


def tie_default(
    kind: ObjectType, record_id: str, other_kind: ObjectType, other_id: str
) -> list[dict[str, Any]]:
    """Tie two records without a label, and the rows that tell of it."""
    account = parts().account
    one, other = account.get(kind, record_id), account.get(other_kind, other_id)
    tie_records(account, one, other, parts().app_source)
    return [
        _default_row(one, other, default_link(kind, other_kind)[1]),
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
    links = account.associations.labels.read(kind, other_kind, given)
    tie_records(account, one, other, parts().app_source, links)
    return jsonify(labels_row(one, other)), 201


def labels_row(one: Record, other: Record) -> dict[str, Any]:
    """The row that tells of a tie with types."""
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
    one, other = account.get(kind, record_id), account.get(other_kind, other_id)
    untie_records(account, one, other, parts().app_source)
    return "", 204


@serve(blueprint, "GET", OBJECT, "/<other_kind>")
def listed(kind: ObjectType, record_id: str, other_kind: ObjectType) -> ResponseReturnValue:
    """Whom a record belongs to."""
    account = parts().account
    rows = account.associations.as_json(account.get(kind, record_id), other_kind)
    return jsonify({"results": rows})
