"""Property definitions: what a record may hold, and what each value must look like."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.crm.object_types import OBJECT_TYPES, ObjectType
from sandbox.crm.standard_properties import STANDARD_PROPERTIES
from sandbox.errors import ApiError, not_found
from sandbox.times import iso, now_ms

TYPES = ("bool", "date", "datetime", "enumeration", "number", "phone_number", "string")
FIELD_TYPES = (
    "booleancheckbox",
    "calculation_equation",
    "checkbox",
    "date",
    "file",
    "html",
    "number",
    "phonenumber",
    "radio",
    "select",
    "text",
    "textarea",
)
MAX_UNIQUE = 10


@dataclass
class Property:
    """One property definition. Times are Unix milliseconds."""

    name: str
    label: str
    type: str = "string"
    field_type: str = "text"
    group: str = ""
    description: str = ""
    options: list[dict[str, Any]] = field(default_factory=list)
    unique: bool = False
    hidden: bool = False
    form_field: bool = False
    display_order: int = -1
    hubspot_defined: bool = False
    read_only: bool = False
    archived: bool = False
    created_ms: int = field(default_factory=now_ms)
    updated_ms: int = field(default_factory=now_ms)

    def as_json(self) -> dict[str, Any]:
        """The definition in HubSpot's shape."""
        return {
            "updatedAt": iso(self.updated_ms),
            "createdAt": iso(self.created_ms),
            "name": self.name,
            "label": self.label,
            "type": self.type,
            "fieldType": self.field_type,
            "description": self.description,
            "groupName": self.group,
            "options": self.options,
            "displayOrder": self.display_order,
            "calculated": False,
            "externalOptions": False,
            "archived": self.archived,
            "hasUniqueValue": self.unique,
            "hidden": self.hidden,
            "hubspotDefined": self.hubspot_defined,
            "modificationMetadata": {
                "archivable": not self.hubspot_defined,
                "readOnlyDefinition": self.hubspot_defined,
                "readOnlyValue": self.read_only,
            },
            "formField": self.form_field,
            "dataSensitivity": "non_sensitive",
        }


@dataclass
class Group:
    """A heading that properties stand under."""

    name: str
    label: str
    display_order: int = -1

    def as_json(self) -> dict[str, Any]:
        """The group in HubSpot's shape."""
        shown = {"name": self.name, "label": self.label, "displayOrder": self.display_order}
        return shown | {"archived": False}


class Schema:
    """The definitions of every kind of record."""

    def __init__(self) -> None:
        self._properties: dict[str, dict[str, Property]] = {}
        self.groups: dict[str, dict[str, Group]] = {}
        for kind in OBJECT_TYPES:
            self._add_standard(kind)

    def _add_standard(self, kind: ObjectType) -> None:
        group = Group(f"{kind.name}information", f"{kind.name.title()} information")
        self.groups[kind.id] = {group.name: group}
        self._properties[kind.id] = {
            row.name: Property(
                row.name,
                row.label,
                row.type,
                row.field_type,
                group.name,
                options=[_option(value) for value in row.options],
                unique=row.unique,
                hubspot_defined=True,
                read_only=row.read_only,
            )
            for row in STANDARD_PROPERTIES[kind.id]
        }

    def all(self, kind: ObjectType) -> list[Property]:
        """Every definition that is not archived."""
        return [one for one in self._properties[kind.id].values() if not one.archived]

    def find(self, kind: ObjectType, name: str) -> Property | None:
        """A definition that is not archived, or nothing."""
        found = self._properties[kind.id].get(name)
        return None if found is None or found.archived else found

    def get(self, kind: ObjectType, name: str) -> Property:
        """A definition. Raises ``ApiError`` 404 when there is none."""
        found = self.find(kind, name)
        if found is None:
            raise not_found(f"Property {name} does not exist for {kind.id}")
        return found

    def add(self, kind: ObjectType, new: Property) -> Property:
        """Keep a new definition. Raises ``ApiError`` 409 when the name is taken, 400 when the
        group is unknown or the object already has ten unique properties.
        """
        if self.find(kind, new.name):
            raise ApiError(409, f"A property named '{new.name}' already exists.", "CONFLICT")
        if new.group not in self.groups[kind.id]:
            raise ApiError(400, f"Property group {new.group} does not exist")
        if new.unique and sum(one.unique for one in self.all(kind)) >= MAX_UNIQUE:
            raise ApiError(400, f"At most {MAX_UNIQUE} unique properties are allowed")
        self._properties[kind.id][new.name] = new
        return new

    def is_unique(self, kind: ObjectType, name: str) -> bool:
        """Whether a property of that kind holds unique values."""
        found = self.find(kind, name)
        return found is not None and found.unique


def _option(value: str) -> dict[str, Any]:
    return {"label": value.title(), "value": value, "displayOrder": -1, "hidden": False}
