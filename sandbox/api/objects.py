"""One record at a time: ``/crm/v3/objects/…`` and ``/crm/objects/2026-09/…``."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from sandbox.api.routes import read_json, read_names, refuse_others, serve
from sandbox.crm.account import Account
from sandbox.crm.checks import checked_properties
from sandbox.crm.object_types import OBJECT_TYPES, ObjectType, read_object_type
from sandbox.crm.records import Record
from sandbox.crm.ties import tie_records
from sandbox.crm.writes import archive_record, create_record, merge_records, update_record
from sandbox.errors import ApiError
from sandbox.parts import parts

PATHS = ("/crm/v3/objects/<kind>", "/crm/objects/<version>/<kind>")
MAX_PAGE, MAX_WITH_HISTORY = 100, 50
blueprint = Blueprint("objects", __name__)
refuse_others(blueprint)
Tie = tuple[Record, list[tuple[str, int]]]


@serve(blueprint, "POST", PATHS)
def create(kind: ObjectType) -> ResponseReturnValue:
    """Make a record, with its associations."""
    body, account = read_json(), parts().account
    values = checked_properties(account, kind, read_properties(body), None)
    ties = read_ties(account, kind, body.get("associations") or [])
    record = create_record(account, kind, values, parts().app_source)
    tie(account, record, ties)
    return jsonify(record.as_json(list(values))), 201


def read_properties(body: dict[str, Any]) -> dict[str, Any]:
    """``properties`` of a request. Raises ``ApiError`` 400 when it is not an object."""
    given = body.get("properties")
    if not isinstance(given, dict):
        raise ApiError(400, "Invalid input JSON: properties must be an object")
    return given


def read_ties(account: Account, kind: ObjectType, given: list[dict[str, Any]]) -> list[Tie]:
    """Whom a new record belongs to; the other's kind follows from the association type.

    Raises:
        ApiError: 400 for a type that does not start at this kind, or a record that is missing.

    """
    return [_read_tie(account, kind, row) for row in given]


def _read_tie(account: Account, kind: ObjectType, row: dict[str, Any]) -> Tie:
    other_id, types = str(row["to"]["id"]), list(row.get("types") or [])
    for other_kind in OBJECT_TYPES:
        try:
            links = account.associations.labels.read(kind, other_kind, types)
        except ApiError:
            continue
        other = account.find(other_kind, other_id)
        if other is not None and links:
            return other, links
    raise ApiError(400, f"One or more associations are not valid: {kind.name} to {other_id}")


def tie(account: Account, record: Record, ties: list[Tie]) -> None:
    """Associate a new record."""
    for other, links in ties:
        tie_records(account, record, other, parts().app_source, links)


@serve(blueprint, "GET", PATHS)
def page(kind: ObjectType) -> ResponseReturnValue:
    """Records in the order they were made."""
    most = MAX_WITH_HISTORY if read_names("propertiesWithHistory") else MAX_PAGE
    limit = min(int(request.args.get("limit", 10)), most)
    after = int(request.args.get("after") or 0)
    found = [one for one in parts().account.live(kind) if int(one.id) > after]
    body: dict[str, Any] = {"results": [_shown(one) for one in found[:limit]]}
    if len(found) > limit:
        body["paging"] = {"next": {"after": found[limit - 1].id, "link": request.base_url}}
    return jsonify(body)


@serve(blueprint, "GET", PATHS, "/<record_id>")
def read(kind: ObjectType, record_id: str) -> ResponseReturnValue:
    """One record."""
    archived = request.args.get("archived", "false").lower() == "true"
    id_property = request.args.get("idProperty", "")
    record = parts().account.get(kind, record_id, id_property, archived)
    return jsonify(_shown(record))


def _shown(record: Record) -> dict[str, Any]:
    history = read_names("propertiesWithHistory")
    body = record.as_json([*read_names("properties"), *history], history)
    wanted = [read_object_type(name) for name in read_names("associations")]
    found = {other.plural: _associated(record, other) for other in wanted}
    if any(found.values()):
        body["associations"] = {name: {"results": rows} for name, rows in found.items() if rows}
    return body


def _associated(record: Record, other: ObjectType) -> list[dict[str, str]]:
    word = f"{record.kind.name}_to_{other.name}"
    ids = parts().account.associations.ids(record, other)
    return [{"id": one, "type": word} for one in ids]


@serve(blueprint, "PATCH", PATHS, "/<record_id>")
def update(kind: ObjectType, record_id: str) -> ResponseReturnValue:
    """Change some properties."""
    account = parts().account
    record = account.get(kind, record_id, request.args.get("idProperty", ""))
    values = checked_properties(account, kind, read_properties(read_json()), record)
    update_record(account, record, values, parts().app_source)
    return jsonify(record.as_json(list(values)))


@serve(blueprint, "DELETE", PATHS, "/<record_id>")
def archive(kind: ObjectType, record_id: str) -> ResponseReturnValue:
    """Put a record in the recycle bin; doing so again is no error."""
    record = parts().account.find(kind, record_id)
    if record is not None:
        archive_record(parts().account, record, parts().app_source)
    return "", 204


@serve(blueprint, "POST", PATHS, "/merge")
def merge(kind: ObjectType) -> ResponseReturnValue:
    """Merge one record into another."""
    body, account = read_json(), parts().account
    kept = account.get(kind, str(body.get("primaryObjectId")))
    lost = account.get(kind, str(body.get("objectIdToMerge")))
    merge_records(account, kept, lost, parts().app_source)
    return jsonify(kept.as_json([]))
