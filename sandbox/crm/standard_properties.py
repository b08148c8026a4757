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


_EMAIL_READ_ONLY = {
    "from_email": "From",
    "from_firstname": "From, first name",
    "from_lastname": "From, last name",
    "to_email": "To",
    "cc_email": "Cc",
    "bcc_email": "Bcc",
    "thread_id": "Thread",
    "message_id": "Message ID",
}
_TASK_STATUSES = ("NOT_STARTED", "IN_PROGRESS", "WAITING", "COMPLETED", "DEFERRED")
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
        Standard("website", "Website URL"),
        Standard("phone", "Phone number"),
        Standard("city", "City"),
        Standard("country", "Country/Region"),
    ],
    "0-1": [
        *_shared("lastmodifieddate"),
        Standard("email", "Email", unique=True),
        Standard("firstname", "First name"),
        Standard("lastname", "Last name"),
        Standard("phone", "Phone number"),
        Standard("mobilephone", "Mobile phone number"),
        Standard("company", "Company name"),
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
    "0-49": [
        *_shared(created="hs_createdate"),
        Standard("hs_timestamp", "Activity date", "datetime", "date"),
        Standard(
            "hs_email_direction",
            "Direction",
            "enumeration",
            "select",
            options=("EMAIL", "INCOMING_EMAIL", "FORWARDED_EMAIL"),
        ),
        Standard(
            "hs_email_status",
            "Send status",
            "enumeration",
            "select",
            options=("BOUNCED", "FAILED", "SCHEDULED", "SENDING", "SENT"),
        ),
        Standard("hs_email_subject", "Subject"),
        Standard("hs_email_text", "Text body", field_type="textarea"),
        Standard("hs_email_html", "HTML body", field_type="html"),
        Standard("hs_email_headers", "Headers", field_type="textarea"),
        Standard("hs_attachment_ids", "Attached files"),
        *(
            Standard(f"hs_email_{name}", label, read_only=True)
            for name, label in _EMAIL_READ_ONLY.items()
        ),
    ],
    "0-27": [
        *_shared(created="hs_createdate"),
        Standard("hs_timestamp", "Due date", "datetime", "date"),
        Standard("hs_task_subject", "Title"),
        Standard("hs_task_body", "Notes", field_type="html"),
        Standard("hs_task_status", "Status", "enumeration", "select", options=_TASK_STATUSES),
    ],
    "0-11": [
        *_shared(),
        Standard("status", "Status"),
        Standard("assignedTo", "Assigned to"),
        Standard("isArchived", "Is archived"),
    ],
}
