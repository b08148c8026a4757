"""The kinds of record, and the names HubSpot knows each by."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.errors import ApiError


@dataclass(frozen=True)
class ObjectType:
    """One kind of record. ``id`` is HubSpot's object type id."""

    id: str
    name: str
    plural: str
    title_property: str = ""
    pipeline_property: str = ""
    stage_property: str = ""
    required: tuple[str, ...] = ()
    default_properties: tuple[str, ...] = ()
    modified_property: str = "hs_lastmodifieddate"
    created_property: str = "createdate"


TICKET = ObjectType(
    "0-5",
    "ticket",
    "tickets",
    "subject",
    "hs_pipeline",
    "hs_pipeline_stage",
    ("subject", "hs_pipeline_stage"),
    ("content", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_priority", "subject"),
)
DEAL = ObjectType(
    "0-3",
    "deal",
    "deals",
    "dealname",
    "pipeline",
    "dealstage",
    ("dealname", "dealstage"),
    ("amount", "closedate", "dealname", "dealstage", "pipeline"),
)
COMPANY = ObjectType("0-2", "company", "companies", "name", default_properties=("name", "domain"))
CONTACT = ObjectType(
    "0-1",
    "contact",
    "contacts",
    "email",
    default_properties=("email", "firstname", "lastname"),
    modified_property="lastmodifieddate",
)
NOTE = ObjectType(
    "0-46", "note", "notes", required=("hs_timestamp",), created_property="hs_createdate"
)
OBJECT_TYPES = (TICKET, DEAL, COMPANY, CONTACT, NOTE)
_BY_NAME = {name: one for one in OBJECT_TYPES for name in (one.id, one.name, one.plural)}


def read_object_type(name: str) -> ObjectType:
    """The kind of record behind a path's word: plural, singular or type id.

    Raises:
        ApiError: 400, as HubSpot answers for a word it cannot place.

    """
    found = _BY_NAME.get(name.lower())
    if found is None:
        raise ApiError(400, f"Unable to infer object type from: {name}")
    return found
