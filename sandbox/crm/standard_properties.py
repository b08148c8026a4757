"""The properties that are there before anybody adds one. A small choice of HubSpot's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Standard:
    """One property that comes with the account."""

    name: str
    label: str
    type: str = "string"
    field_type: str = "text"
    read_only: bool = False
    unique: bool = False
    options: tuple[str, ...] = ()


def _stamp(name: str, label: str) -> Standard:
    return Standard(name, label, "datetime", "date", read_only=True)


def _shared(modified: str = "hs_lastmodifieddate", created: str = "createdate") -> list[Standard]:
    return [
        Standard("hs_object_id", "Record ID", "number", "number", read_only=True),
        Standard("hubspot_owner_id", "Owner"),
        _stamp(created, "Create date"),
        _stamp(modified, "Last modified date"),
    ]


STANDARD_PROPERTIES: dict[str, list[Standard]] = {
    "0-5": [
        *_shared(),
        Standard("subject", "Ticket name"),
        Standard("content", "Ticket description", field_type="textarea"),
        Standard("hs_pipeline", "Pipeline", "string", "select"),
        Standard("hs_pipeline_stage", "Ticket status", "string", "select"),
        Standard(
            "hs_ticket_priority",
            "Priority",
            "enumeration",
            "select",
            options=("LOW", "MEDIUM", "HIGH", "URGENT"),
        ),
        Standard("hs_ticket_category", "Category"),
        Standard("source_type", "Source"),
        _stamp("closed_date", "Close date"),
    ],
    "0-3": [
        *_shared(),
        Standard("dealname", "Deal name"),
        Standard("description", "Deal description", field_type="textarea"),
        Standard("pipeline", "Pipeline", "string", "select"),
        Standard("dealstage", "Deal stage", "string", "select"),
        Standard("amount", "Amount", "number", "number"),
        Standard("closedate", "Close date", "datetime", "date"),
    ],
    "0-2": [
        *_shared(),
        Standard("name", "Company name"),
        Standard("domain", "Company domain name"),
        Standard("hs_additional_domains", "Additional domains"),
        Standard("city", "City"),
        Standard("country", "Country/Region"),
    ],
    "0-1": [
        *_shared("lastmodifieddate"),
        Standard("email", "Email", unique=True),
        Standard("firstname", "First name"),
        Standard("lastname", "Last name"),
        Standard("client_email", "Client's email"),
        Standard("employer_or_wellbeing_hub", "Client's employer or Wellbeing Hub"),
        Standard("additional_information", "Additional information", field_type="textarea"),
    ],
    "0-46": [
        *_shared(created="hs_createdate"),
        Standard("hs_timestamp", "Activity date", "datetime", "date"),
        Standard("hs_note_body", "Note body", field_type="html"),
        Standard("hs_attachment_ids", "Attached files"),
    ],
}
