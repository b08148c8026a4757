"""Property definitions and their groups."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from sandbox.api.routes import read_json, serve
from sandbox.crm.object_types import ObjectType
from sandbox.crm.properties import FIELD_TYPES, TYPES, Group, Property
from sandbox.errors import ApiError, not_found
from sandbox.parts import parts
from sandbox.times import now_ms

PATHS = ("/crm/v3/properties/<kind>", "/crm/properties/<version>/<kind>")
NEEDED = ("groupName", "name", "label", "type", "fieldType")
NAME = re.compile(r"[a-z][a-z0-9_]{0,99}")
blueprint = Blueprint("properties", __name__)


@serve(blueprint, "GET", PATHS, "/groups")
def all_groups(kind: ObjectType) -> ResponseReturnValue:
    """Every group."""
    groups = parts().account.schema.groups[kind.id]
    return jsonify({"results": [group.as_json() for group in groups.values()]})


@serve(blueprint, "POST", PATHS, "/groups")
def create_group(kind: ObjectType) -> ResponseReturnValue:
    """Make a group."""
    body, groups = read_json(), parts().account.schema.groups[kind.id]
    name, label = str(body.get("name") or ""), str(body.get("label") or "")
    if not NAME.fullmatch(name) or not label:
        raise ApiError(400, "A property group needs a name and a label")
    if name in groups:
        raise ApiError(409, f"A property group named {name} already exists.", "CONFLICT")
    groups[name] = Group(name, label, int(body.get("displayOrder", -1)))
    return jsonify(groups[name].as_json()), 201


@serve(blueprint, "GET", PATHS, "/groups/<name>")
def read_group(kind: ObjectType, name: str) -> ResponseReturnValue:
    """One group."""
    return jsonify(_group(kind, name).as_json())


@serve(blueprint, "PATCH", PATHS, "/groups/<name>")
def update_group(kind: ObjectType, name: str) -> ResponseReturnValue:
    """Rename or move a group."""
    body, group = read_json(), _group(kind, name)
    group.label = str(body.get("label", group.label))
    group.display_order = int(body.get("displayOrder", group.display_order))
    return jsonify(group.as_json())


@serve(blueprint, "DELETE", PATHS, "/groups/<name>")
def archive_group(kind: ObjectType, name: str) -> ResponseReturnValue:
    """Remove an empty group."""
    schema = parts().account.schema
    if any(one.group == name for one in schema.all(kind)):
        raise ApiError(400, f"Property group {name} still has properties")
    schema.groups[kind.id].pop(name, None)
    return "", 204


def _group(kind: ObjectType, name: str) -> Group:
    found = parts().account.schema.groups[kind.id].get(name)
    if found is None:
        raise not_found(f"Property group {name} does not exist")
    return found


@serve(blueprint, "GET", PATHS)
def all_properties(kind: ObjectType) -> ResponseReturnValue:
    """Every definition."""
    return jsonify({"results": [one.as_json() for one in parts().account.schema.all(kind)]})


@serve(blueprint, "POST", PATHS)
def create(kind: ObjectType) -> ResponseReturnValue:
    """Add a definition. Unique values can be asked for here and never later."""
    body = read_json()
    missing = [name for name in NEEDED if not body.get(name)]
    if missing:
        raise ApiError(400, f"Required fields are missing: {', '.join(missing)}")
    _check(body)
    made = Property(
        str(body["name"]),
        str(body["label"]),
        str(body["type"]),
        str(body["fieldType"]),
        str(body["groupName"]),
        description=str(body.get("description") or ""),
        options=_options(body),
        unique=bool(body.get("hasUniqueValue")),
        hidden=bool(body.get("hidden")),
        form_field=bool(body.get("formField")),
        display_order=int(body.get("displayOrder", -1)),
    )
    return jsonify(parts().account.schema.add(kind, made).as_json()), 201


def _check(body: dict[str, Any]) -> None:
    if not NAME.fullmatch(str(body.get("name", "x"))):
        raise ApiError(400, f"{body['name']} is not a valid property name")
    if body.get("type", TYPES[0]) not in TYPES:
        raise ApiError(400, f"{body['type']} is not a property type")
    if body.get("fieldType", FIELD_TYPES[0]) not in FIELD_TYPES:
        raise ApiError(400, f"{body['fieldType']} is not a field type")


def _options(body: dict[str, Any]) -> list[dict[str, Any]]:
    default = {"description": "", "displayOrder": -1, "hidden": False}
    return [default | dict(option) for option in body.get("options") or []]


@serve(blueprint, "GET", PATHS, "/<name>")
def read(kind: ObjectType, name: str) -> ResponseReturnValue:
    """One definition."""
    return jsonify(parts().account.schema.get(kind, name).as_json())


@serve(blueprint, "PATCH", PATHS, "/<name>")
def update(kind: ObjectType, name: str) -> ResponseReturnValue:
    """Change a definition, but not what HubSpot made nor whether values are unique."""
    body, known = read_json(), parts().account.schema.get(kind, name)
    if known.hubspot_defined:
        raise ApiError(400, f"{name} is defined by HubSpot and cannot be changed")
    if "hasUniqueValue" in body and bool(body["hasUniqueValue"]) != known.unique:
        raise ApiError(400, "hasUniqueValue can only be set when a property is created")
    _check({key: body[key] for key in ("type", "fieldType") if key in body})
    known.label = str(body.get("label", known.label))
    known.description = str(body.get("description", known.description))
    known.type = str(body.get("type", known.type))
    known.field_type = str(body.get("fieldType", known.field_type))
    known.group = str(body.get("groupName", known.group))
    known.options = _options(body) if "options" in body else known.options
    known.updated_ms = now_ms()
    return jsonify(known.as_json())


@serve(blueprint, "DELETE", PATHS, "/<name>")
def archive(kind: ObjectType, name: str) -> ResponseReturnValue:
    """Archive a definition of our own."""
    known = parts().account.schema.get(kind, name)
    if known.hubspot_defined:
        raise ApiError(400, f"{name} is defined by HubSpot and cannot be archived")
    known.archived = True
    return "", 204
