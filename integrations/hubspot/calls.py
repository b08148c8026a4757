"""Every call made to HubSpot, with its path, in one table.

HubSpot gives up support for the v3 paths in September 2027. The dated paths that follow them
(``/crm/objects/2026-09/tickets/batch/upsert``) take the same bodies, so moving there means changing
this table. They also check the account's own rules on writing.
Source: https://developers.hubspot.com/docs/developer-tooling/platform/versioning
"""

from dataclasses import dataclass

from casework.identifiers import Whose

_OBJECTS = "/crm/v3/objects/{objects}"
_PROPERTIES = "/crm/v3/properties/{objects}"
_PIPELINES = "/crm/v3/pipelines/{objects}"
#: Dated: /conversations/conversations/2026-09/…, with the same words after it.
_CONVERSATIONS = "/conversations/v3/conversations"
_MESSAGES = f"{_CONVERSATIONS}/threads/{{thread}}/messages"


@dataclass(frozen=True)
class Call:
    """One kind of call. ``repeatable``: twice has the same end as once, so it may be sent again.

    A batch upsert is not: it would write the draft again over what staff did in between.
    """

    operation: str
    method: str
    path: str
    repeatable: bool = False
    #: Whom this call is meant to name; see :class:`casework.ports.EgressGate`.
    may_name: frozenset[Whose] = frozenset()


OPEN_TICKETS = Call("open tickets", "POST", f"{_OBJECTS}/batch/upsert")
READ_TICKETS = Call("read tickets", "POST", f"{_OBJECTS}/batch/read", repeatable=True)
LIST_TICKETS = Call("list tickets", "GET", _OBJECTS, repeatable=True)
READ_TICKET = Call("read a ticket", "GET", f"{_OBJECTS}/{{id}}", repeatable=True)
CHANGE_TICKETS = Call("change tickets", "POST", f"{_OBJECTS}/batch/update", repeatable=True)
ADD_NOTE = Call("add a note", "POST", "/crm/v3/objects/notes")
READ_NOTES = Call("read notes", "POST", "/crm/v3/objects/notes/batch/read", repeatable=True)

LIST_PROPERTIES = Call("list properties", "GET", _PROPERTIES, repeatable=True)
MAKE_PROPERTY = Call("make a property", "POST", _PROPERTIES)
LIST_GROUPS = Call("list property groups", "GET", f"{_PROPERTIES}/groups", repeatable=True)
MAKE_GROUP = Call("make a property group", "POST", f"{_PROPERTIES}/groups")

LIST_PIPELINES = Call("list pipelines", "GET", _PIPELINES, repeatable=True)
MAKE_PIPELINE = Call("make a pipeline", "POST", _PIPELINES)
MAKE_STAGE = Call("make a stage", "POST", f"{_PIPELINES}/{{pipeline}}/stages")

#: The body names the professional, whose contact it is; a URL would end up in logs.
READ_CONTACT_BY_ADDRESS = Call(
    "read a professional's contact",
    "POST",
    "/crm/v3/objects/contacts/batch/read",
    repeatable=True,
    may_name=frozenset({Whose.PROFESSIONAL}),
)
READ_CONTACTS = Call(
    "read contacts", "POST", "/crm/v3/objects/contacts/batch/read", repeatable=True
)
BLANK_CONTACT = Call(
    "blank a contact's fields", "POST", "/crm/v3/objects/contacts/batch/update", repeatable=True
)
#: Dated: /crm/associations/2026-09/…
READ_ASSOCIATED = Call(
    "read associations",
    "POST",
    "/crm/v4/associations/{objects}/{others}/batch/read",
    repeatable=True,
)
TAKE_OFF_CONTACTS = Call(
    "take contacts off",
    "POST",
    "/crm/v4/associations/{objects}/contacts/batch/archive",
    repeatable=True,
)

LIST_THREADS = Call("list threads", "GET", f"{_CONVERSATIONS}/threads", repeatable=True)
READ_THREAD = Call("read a thread", "GET", f"{_CONVERSATIONS}/threads/{{thread}}", repeatable=True)
LIST_MESSAGES = Call("list messages", "GET", _MESSAGES, repeatable=True)
READ_MESSAGE = Call("read a message", "GET", f"{_MESSAGES}/{{message}}", repeatable=True)
READ_ORIGINAL = Call(
    "read a message's original content",
    "GET",
    f"{_MESSAGES}/{{message}}/original-content",
    repeatable=True,
)
#: Both make a new one each time.
SEND_MESSAGE = Call("send a message", "POST", _MESSAGES)
ADD_COMMENT = Call("add a comment", "POST", _MESSAGES)
LIST_CHANNEL_ACCOUNTS = Call(
    "list channel accounts", "GET", f"{_CONVERSATIONS}/channel-accounts", repeatable=True
)
READ_EMAILS = Call(
    "read logged mails", "POST", "/crm/v3/objects/emails/batch/read", repeatable=True
)
#: In associations a thread is a conversation. Dated: /crm/associations/2026-09/…
TIE_THREAD = Call(
    "tie a thread",
    "POST",
    "/crm/v4/associations/{objects}/conversation/batch/create",
    repeatable=True,
)

LIST_COMPANIES = Call("list companies", "GET", "/crm/v3/objects/companies", repeatable=True)
#: Version 4 ends earlier, in March 2027. Dated: /crm/associations/2026-09/…
ASSOCIATE_COMPANIES = Call(
    "associate companies",
    "POST",
    "/crm/v4/associations/{objects}/companies/batch/associate/default",
    repeatable=True,
)

LIST_SUBMISSIONS = Call(
    "list submissions",
    "GET",
    # It has no dated twin yet.
    "/form-integrations/v1/submissions/forms/{form}",
    repeatable=True,
)

#: Not at HubSpot's usual address. The body names the professional, who fills it in.
SUBMIT_FORM = Call(
    "send the form",
    "POST",
    "/submissions/v3/integration/submit/{portal}/{form}",
    may_name=frozenset({Whose.PROFESSIONAL}),
)
SEARCH = Call("search", "POST", f"{_OBJECTS}/search", repeatable=True)
READ_RECORDS = Call("read records", "POST", f"{_OBJECTS}/batch/read", repeatable=True)
