"""What HubSpot refuses to write."""

from __future__ import annotations

import json
from typing import Any

from sandbox.crm.account import Account
from sandbox.crm.email_headers import HEADERS, are_headers
from sandbox.crm.object_types import ObjectType
from sandbox.crm.properties import Property
from sandbox.crm.records import Record
from sandbox.errors import ApiError, invalid_properties, property_error
from sandbox.times import iso, read_time

MAX_TEXT = 65_536


def checked_properties(
    account: Account, kind: ObjectType, given: dict[str, Any], record: Record | None
) -> dict[str, str]:
    """The values as they will be kept; ``record`` is nothing when one is about to be made.

    Raises:
        ApiError: 400 that names every property at fault, 409 for a unique value in use.

    """
    found: list[dict[str, Any]] = []
    kept: dict[str, str] = {}
    for name, value in given.items():
        try:
            kept[name] = _checked(account.schema.find(kind, name), name, value)
        except _RefusedError as refused:
            found.append(property_error(name, refused.code, str(refused)))
    if record is None:
        found += _missing(kind, kept)
    if kind.stage_property and not found:
        found += _placed(account, kind, kept, record)
    if found:
        raise invalid_properties(found)
    _check_unique_values(account, kind, kept, record)
    return kept


class _RefusedError(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _checked(definition: Property | None, name: str, value: Any) -> str:
    if definition is None:
        raise _RefusedError("PROPERTY_DOESNT_EXIST", f'Property "{name}" does not exist')
    if definition.read_only and value not in (None, ""):
        raise _RefusedError("READ_ONLY_VALUE", f'"{name}" is a read only property')
    text = _text(name, value)
    if text == "":
        return text
    if len(text) > MAX_TEXT:
        raise _RefusedError("INVALID_STRING", f"{name} is longer than {MAX_TEXT} characters")
    return _fitted(definition, text)


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float):
        return str(value)
    raise _RefusedError("INVALID_STRING", f"{name} must be a string")


def _fitted(definition: Property, text: str) -> str:
    if definition.name == HEADERS and not are_headers(text):
        raise _RefusedError("INVALID_JSON", f"{HEADERS} must be JSON")
    if definition.type == "number":
        return _number(text)
    if definition.type == "bool" and text not in {"true", "false"}:
        raise _RefusedError("INVALID_BOOLEAN", f"{text} is neither true nor false")
    if definition.type in {"date", "datetime"}:
        return _moment(definition.name, text)
    if definition.type == "enumeration":
        _check_options(definition, text)
    return text


def _number(text: str) -> str:
    try:
        float(text)
    except ValueError:
        raise _RefusedError("INVALID_NUMBER", f"{text} was not a valid number.") from None
    if not text.strip().lstrip("+-").replace(".", "", 1).isdigit():
        raise _RefusedError("INVALID_NUMBER", f"{text} was not a valid number.")
    return text.strip()


def _moment(name: str, text: str) -> str:
    try:
        return iso(read_time(text))
    except (ValueError, OverflowError):
        raise _RefusedError("INVALID_DATE", f"{text} was not a valid date for {name}.") from None


def _check_options(definition: Property, text: str) -> None:
    allowed = [str(option["value"]) for option in definition.options]
    for part in text.split(";"):
        if part and part not in allowed:
            message = f"{part} was not one of the allowed options: {json.dumps(allowed)}"
            raise _RefusedError("INVALID_OPTION", message)


def _missing(kind: ObjectType, kept: dict[str, str]) -> list[dict[str, Any]]:
    return [
        property_error(name, "REQUIRED_FIELD", f'Property "{name}" is required')
        for name in kind.required
        if not kept.get(name)
    ]


def _placed(
    account: Account, kind: ObjectType, kept: dict[str, str], record: Record | None
) -> list[dict[str, Any]]:
    """Complaints about a pipeline or stage that is not there."""
    before = record.properties if record else {}
    pipelines = account.pipelines.of(kind)
    default = before.get(kind.pipeline_property) or account.pipelines.default(kind).id
    pipeline_id = kept.get(kind.pipeline_property) or default
    if pipeline_id not in pipelines:
        told = f"{pipeline_id} is not a pipeline"
        return [property_error(kind.pipeline_property, "INVALID_OPTION", told)]
    stage_id = kept.get(kind.stage_property, before.get(kind.stage_property, ""))
    if stage_id not in pipelines[pipeline_id].stages:
        told = f"{stage_id} is not a stage of pipeline {pipeline_id}"
        return [property_error(kind.stage_property, "INVALID_OPTION", told)]
    kept[kind.pipeline_property] = pipeline_id
    return []


def _check_unique_values(
    account: Account, kind: ObjectType, kept: dict[str, str], record: Record | None
) -> None:
    for name, value in kept.items():
        definition = account.schema.find(kind, name)
        if not (definition and definition.unique and value):
            continue
        other = account.find_by_value(kind, name, value)
        if other is not None and other is not record:
            raise _clash(kind, name, value, other)


def _clash(kind: ObjectType, name: str, value: str, other: Record) -> ApiError:
    if kind.name == "contact" and name == "email":
        return ApiError(409, f"Contact already exists. Existing ID: {other.id}", "CONFLICT")
    told = f"{value} is already used as {name} by {kind.name} {other.id}"
    return ApiError(
        400,
        f"Property values were not valid: {told}",
        errors=[property_error(name, "CONFLICTING_UNIQUE_VALUE", told)],
    )
