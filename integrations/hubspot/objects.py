"""HubSpot's words for the ticket, and for the deal where accounts prefer deals, in one table."""

from collections.abc import Mapping
from dataclasses import dataclass

from casework.tickets import TicketText

PROPERTY_GROUP = "credits_desk"
PROPERTY_GROUP_LABEL = "Credits Desk"

REFERENCE = "credit_request_ref"
AMOUNT = "credits_to_grant"
ORGANISATION = "credit_request_organisation"
STATUS = "credit_request_status"
LETTER = "credit_request_letter"
ANSWER = "credit_request_answer"
REASON = "credit_request_reason"
CHECK = "credit_request_check"
MEMBERS = "credits_members"
LANGUAGE = "credits_language"
COMPANIES, CONTACTS = "companies", "contacts"
#: On contacts: whether somebody may answer for a company.
APPROVER = "credits_approver"
#: Which of our properties holds which text; where the object has one of its own, that.
TEXTS = {
    TicketText.ORGANISATION: ORGANISATION,
    TicketText.STATUS: STATUS,
    TicketText.LETTER: LETTER,
    TicketText.ANSWER: ANSWER,
    TicketText.REASON: REASON,
    TicketText.CHECK: CHECK,
}
#: Shown to staff, or read after a restore only, so that work goes on without.
OPTIONAL = frozenset({ORGANISATION, STATUS, LETTER, ANSWER, REASON, CHECK})


@dataclass(frozen=True)
class Property:
    """One of our own properties."""

    name: str
    label: str
    type: str
    field_type: str
    description: str
    unique: bool = False
    #: Value and label of each choice, where there are some.
    options: tuple[tuple[str, str], ...] = ()


PROPERTIES = (
    Property(
        REFERENCE,
        "Credit request reference",
        "string",
        "text",
        "Written by Credits Desk; ties this to the request. Please do not change it.",
        unique=True,
    ),
    Property(
        AMOUNT,
        "Credits to grant",
        "number",
        "number",
        "How many credits to add. Fill this in before moving to Approved.",
    ),
    Property(
        ORGANISATION,
        "Credit request organisation",
        "string",
        "text",
        "The organisation to ask. Written by Credits Desk.",
    ),
    Property(
        STATUS,
        "Credit request status",
        "string",
        "textarea",
        "What Credits Desk has done so far. Written by Credits Desk.",
    ),
    Property(
        LETTER,
        "Letter to the organisation",
        "string",
        "textarea",
        "Ready to be sent: the first line is the subject. Please add nothing about the client.",
    ),
    Property(
        ANSWER,
        "Answer if asked who it is",
        "string",
        "textarea",
        "The same whether a guess is right or wrong. Please send it as it is.",
    ),
    Property(
        REASON,
        "Why the professional asks",
        "string",
        "textarea",
        "For you, and not for the organisation. What could identify somebody is cut out: […].",
    ),
    Property(
        CHECK,
        "Credit request check value",
        "string",
        "text",
        "By this Credits Desk knows the record again after a restore. It says nothing to anybody "
        "else. Please do not change it.",
    ),
)


#: Of companies: filled in by staff, and read by us.
COMPANY_PROPERTIES = (
    Property(
        MEMBERS,
        "Members of the Wellbeing Hub",
        "number",
        "number",
        "How many people may use the Hub. Where they are few, Credits Desk has nobody ask about "
        "one person.",
    ),
    Property(
        LANGUAGE,
        "Language of letters",
        "string",
        "text",
        "The language in which the organisation is written to, such as is or en.",
    ),
)


#: Of contacts: filled in by staff, and read by us.
CONTACT_PROPERTIES = (
    Property(
        APPROVER,
        "Credits approver",
        "enumeration",
        "booleancheckbox",
        "May answer for the company about sponsored credits. Only such a contact may stay on a "
        "credit request.",
        options=(("true", "Yes"), ("false", "No")),
    ),
)


@dataclass(frozen=True)
class CrmObject:
    """What HubSpot calls things on one of its objects.

    ``note_association`` is the type id of a note's link *to* it.
    Source: https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide
    """

    plural: str
    object_type_id: str
    event_prefix: str
    stage: str
    pipeline: str
    subject: str
    content: str
    note_association: int
    #: HubSpot refuses a deal's stage without a probability; a ticket's says open or closed.
    stages_have_probability: bool

    @property
    def texts(self) -> Mapping[TicketText, str]:
        """The property that holds each text."""
        return {TicketText.SUBJECT: self.subject, TicketText.CONTENT: self.content, **TEXTS}


TICKET = CrmObject(
    plural="tickets",
    object_type_id="0-5",
    event_prefix="ticket",
    stage="hs_pipeline_stage",
    pipeline="hs_pipeline",
    subject="subject",
    content="content",
    note_association=228,
    stages_have_probability=False,
)

DEAL = CrmObject(
    plural="deals",
    object_type_id="0-3",
    event_prefix="deal",
    stage="dealstage",
    pipeline="pipeline",
    subject="dealname",
    content="description",
    note_association=214,
    stages_have_probability=True,
)

#: By the words of the setting ``CRM_OBJECT``.
CRM_OBJECTS = {"ticket": TICKET, "deal": DEAL}
