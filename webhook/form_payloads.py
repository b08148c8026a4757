"""What comes in at the form door, in three shapes, and what it is in our words.

===========================  ====================================================================
theirs                       ours
===========================  ====================================================================
customised flat JSON         a submission with the contact's *present* values, to be confirmed
full contact JSON            the same; its newest ``form-submissions`` entry names the submission
a row of the submissions     the same, named by its own id; the list confirms it
API
===========================  ====================================================================

Sources: https://knowledge.hubspot.com/workflows/how-do-i-use-webhooks-with-hubspot-workflows and
https://legacydocs.hubspot.com/docs/methods/workflows/webhook_information
"""

import json
from typing import Any

from casework.errors import Unreadable
from casework.form_fields import Answer, FormFields, read_conversion_id, read_text, read_time
from casework.receive import Reading
from casework.request import Submission


def read_form_delivery(body: bytes, fields: FormFields, form_id: str) -> Reading:
    """Read one body. Raises :class:`Unreadable`, which never quotes it."""
    payload = read_json(body)
    if not isinstance(payload, dict):
        raise Unreadable("the body is not a JSON object")
    if isinstance(payload.get("values"), list):
        submission = fields.read_row(payload, listed=False)
    elif isinstance(payload.get("properties"), dict):
        submission = _read_contact(payload, fields, form_id)
    else:
        submission = _read_flat(payload, fields)
    return Reading(submissions=[submission])


def read_json(body: bytes) -> Any:
    """JSON from bytes. Raises :class:`Unreadable`."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable("the body is not JSON") from None


def _read_contact(payload: dict[str, Any], fields: FormFields, form_id: str) -> Submission:
    answers = [
        Answer(name, read_text(entry.get("value") if isinstance(entry, dict) else entry))
        for name, entry in payload["properties"].items()
    ]
    newest = _newest_submission(payload.get("form-submissions"), form_id)
    return fields.read_submission(
        answers,
        conversion_id=read_conversion_id(newest.get("conversion-id")),
        submitted_at=read_time(newest.get("timestamp")),
        listed=False,
    )


def _newest_submission(entries: object, form_id: str) -> dict[str, Any]:
    """The contact's newest submission of our form; the shape is undocumented, so with care."""
    ours = [
        entry
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, dict) and read_text(entry.get("form-id")).lower() == form_id.lower()
    ]
    return max(ours, key=lambda entry: read_time(entry.get("timestamp")) or 0, default={})


def _read_flat(payload: dict[str, Any], fields: FormFields) -> Submission:
    answers = [Answer(name, read_text(value)) for name, value in payload.items()]
    return fields.read_submission(answers, conversion_id=None, submitted_at=None, listed=False)
