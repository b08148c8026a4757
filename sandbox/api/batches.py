"""Up to 100 records in one call.

A row that is refused spoils the whole batch (400), unless it carries an ``objectWriteTraceId``
or the record it names is missing: then the others are written and the answer is 207.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from sandbox.api.objects import MAX_WITH_HISTORY, PATHS, read_properties, read_ties, tie
from sandbox.api.routes import read_json, refuse_others, serve
from sandbox.crm.checks import checked_properties
from sandbox.crm.object_types import ObjectType
from sandbox.crm.writes import archive_record, create_record, update_record
from sandbox.errors import ApiError
from sandbox.parts import parts
from sandbox.times import iso, now_ms

MAX_INPUTS = 100
Row = dict[str, Any]
Plan = Callable[[], Row]
"""Writes a row that was found good, and shows the record."""
blueprint = Blueprint("batches", __name__)
refuse_others(blueprint)


@serve(blueprint, "POST", PATHS, "/batch/create")
def create(kind: ObjectType) -> ResponseReturnValue:
    """Make many records."""
    return _write(kind, _plan_create, _inputs(read_json()), 201)


@serve(blueprint, "POST", PATHS, "/batch/update")
def update(kind: ObjectType) -> ResponseReturnValue:
    """Change many records."""
    return _write(kind, _plan_update, _inputs(read_json()), 200)


@serve(blueprint, "POST", PATHS, "/batch/upsert")
def upsert(kind: ObjectType) -> ResponseReturnValue:
    """Make or change records by a property with unique values."""
    rows = _inputs(read_json())
    keys = [(row.get("idProperty"), str(row.get("id")).casefold()) for row in rows]
    if len(set(keys)) < len(keys):
        raise ApiError(400, "Duplicate IDs found in batch input")
    return _write(kind, _plan_upsert, rows, 200)


def _inputs(body: dict[str, Any], most: int = MAX_INPUTS) -> list[Row]:
    rows = body.get("inputs")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ApiError(400, "Invalid input JSON: inputs must be a list of objects")
    if len(rows) > most:
        raise ApiError(400, f"The maximum batch size is {most}, but got {len(rows)}")
    return rows


def _plan_create(kind: ObjectType, row: Row) -> Plan:
    account = parts().account
    values = checked_properties(account, kind, read_properties(row), None)
    ties = read_ties(account, kind, row.get("associations") or [])

    def write() -> Row:
        record = create_record(account, kind, values, parts().app_source)
        tie(account, record, ties)
        return record.as_json(list(values))

    return write


def _plan_update(kind: ObjectType, row: Row) -> Plan:
    account = parts().account
    record = account.get(kind, str(row.get("id")), str(row.get("idProperty") or ""))
    values = checked_properties(account, kind, read_properties(row), record)

    def write() -> Row:
        update_record(account, record, values, parts().app_source)
        return record.as_json(list(values))

    return write


def _plan_upsert(kind: ObjectType, row: Row) -> Plan:
    account, name, key = parts().account, str(row.get("idProperty") or ""), str(row.get("id") or "")
    if not name or name == "hs_object_id":
        raise ApiError(400, "idProperty must be a property with unique values")
    account.check_unique(kind, name)
    if not key:
        raise ApiError(400, f"id must be a value of {name}")
    record = account.find_by_value(kind, name, key)
    given = read_properties(row) | ({name: key} if record is None else {})
    values = checked_properties(account, kind, given, record)

    def write() -> Row:
        source = parts().app_source
        if record is None:
            return create_record(account, kind, values, source).as_json([*values]) | {"new": True}
        shown = update_record(account, record, values, source).as_json([name, *values])
        return shown | {"new": False}

    return write


def _write(
    kind: ObjectType, plan: Callable[[ObjectType, Row], Plan], rows: list[Row], status: int
) -> ResponseReturnValue:
    started_ms = now_ms()
    errors: list[Row] = []
    planned: list[tuple[Row, Plan]] = []
    for row in rows:
        try:
            planned.append((row, plan(kind, row)))
        except ApiError as refused:
            errors.append(_error_row(row, refused))
    _check_twins(kind, rows)
    results = [_traced(row, write()) for row, write in planned]
    return answer_batch(results, errors, started_ms, status)


def _check_twins(kind: ObjectType, rows: list[Row]) -> None:
    """Two rows of one batch may not share a unique value either."""
    schema, seen = parts().account.schema, set()
    for row in rows:
        for name, value in (row.get("properties") or {}).items():
            if not value or not schema.is_unique(kind, name):
                continue
            if (name, str(value).casefold()) in seen:
                raise ApiError(400, f"Two inputs have the same value for {name}")
            seen.add((name, str(value).casefold()))


def _error_row(row: Row, refused: ApiError) -> Row:
    trace = row.get("objectWriteTraceId")
    if trace:
        return refused.row({"objectWriteTraceId": [str(trace)]})
    if refused.status == 404:
        return refused.row({"ids": [str(row.get("id"))]})
    raise refused


def _traced(row: Row, shown: Row) -> Row:
    trace = row.get("objectWriteTraceId")
    return shown | ({"objectWriteTraceId": str(trace)} if trace else {})


def answer_batch(
    results: list[Row],
    errors: list[Row],
    started_ms: int,
    status: int = 200,
    errors_status: int = 207,
) -> ResponseReturnValue:
    """The envelope of every batch. ``started_ms`` is Unix milliseconds."""
    body: Row = {
        "status": "COMPLETE",
        "results": results,
        "startedAt": iso(started_ms),
        "completedAt": iso(now_ms()),
    }
    if not errors:
        return jsonify(body), status
    return jsonify(body | {"numErrors": len(errors), "errors": errors}), errors_status


@serve(blueprint, "POST", PATHS, "/batch/read")
def read(kind: ObjectType) -> ResponseReturnValue:
    """Many records by id or by a unique property; the missing ones are named in one error."""
    started_ms, body, account = now_ms(), read_json(), parts().account
    id_property = str(body.get("idProperty") or "")
    history = list(body.get("propertiesWithHistory") or [])
    most = MAX_WITH_HISTORY if history else MAX_INPUTS
    names = [*(body.get("properties") or []), *history, *([id_property] if id_property else [])]
    ids = list(dict.fromkeys(str(row.get("id")) for row in _inputs(body, most)))
    found = {one: account.find(kind, one, id_property) for one in ids}
    results = [record.as_json(names, history) for record in found.values() if record]
    missing = [one for one, record in found.items() if record is None]
    told = "Could not get some objects, they may be deleted or not exist. Check that ids are valid."
    lost = ApiError(404, told, "OBJECT_NOT_FOUND").row({"ids": missing})
    return answer_batch(results, [lost] if missing else [], started_ms)


@serve(blueprint, "POST", PATHS, "/batch/archive")
def archive(kind: ObjectType) -> ResponseReturnValue:
    """Put many records in the recycle bin; those that are not there are passed over."""
    account = parts().account
    for row in _inputs(read_json()):
        record = account.find(kind, str(row.get("id")))
        if record is not None:
            archive_record(account, record, parts().app_source)
    return "", 204
