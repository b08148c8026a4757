"""The kinds of record, and the names HubSpot knows each by."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.errors import ApiError


@dataclass(frozen=True)
class ObjectType:
    """One kind of record. ``id`` is HubSpot's object type id.

    ``searchable`` are the properties that a search's ``query`` looks at. ``in_crm`` is false for
    what has an interface of its own and only meets the CRM in associations.
    """

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
    searchable: tuple[str, ...] = ()
    in_crm: bool = True


TICKET = ObjectType(
    "0-5",
    "ticket",
    "tickets",
    "subject",
    "hs_pipeline",
    "hs_pipeline_stage",
    ("subject", "hs_pipeline_stage"),
    ("content", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_priority", "subject"),
    searchable=("subject", "content", "hs_pipeline_stage", "hs_ticket_category"),
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
    searchable=("dealname", "pipeline", "dealstage", "description"),
)
COMPANY = ObjectType(
    "0-2",
    "company",
    "companies",
    "name",
    default_properties=("name", "domain"),
    searchable=("name", "domain", "website", "phone"),
)
CONTACT = ObjectType(
    "0-1",
    "contact",
    "contacts",
    "email",
    default_properties=("email", "firstname", "lastname"),
    modified_property="lastmodifieddate",
    searchable=("firstname", "lastname", "email", "phone", "mobilephone", "company"),
)
NOTE = ObjectType(
    "0-46",
    "note",
    "notes",
    required=("hs_timestamp",),
    created_property="hs_createdate",
    searchable=("hs_note_body",),
)
EMAIL = ObjectType(
    "0-49",
    "email",
    "emails",
    "hs_email_subject",
    required=("hs_timestamp", "hs_email_direction"),
    created_property="hs_createdate",
    searchable=("hs_email_subject", "hs_email_text"),
)
TASK = ObjectType(
    "0-27",
    "task",
    "tasks",
    "hs_task_subject",
    required=("hs_timestamp",),
    created_property="hs_createdate",
    searchable=("hs_task_subject", "hs_task_body"),
)
CONVERSATION = ObjectType("0-11", "conversation", "conversations", in_crm=False)
OBJECT_TYPES = (TICKET, DEAL, COMPANY, CONTACT, NOTE, EMAIL, TASK, CONVERSATION)
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
