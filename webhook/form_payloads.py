"""What comes in at the form door, in three shapes, and what it is in our words.

===========================  ====================================================================
theirs                       ours
===========================  ====================================================================
customised flat JSON         a submission with the contact's *present* values, to be confirmed
full contact JSON            the same; its newest ``form-submissions`` entry names the submission
a row of the submissions     a submission as the list shows it, which is the truth
API
===========================  ====================================================================

Sources: https://knowledge.hubspot.com/workflows/how-do-i-use-webhooks-with-hubspot-workflows and
https://legacydocs.hubspot.com/docs/methods/workflows/webhook_information
"""

import json
from collections.abc import Iterator
from typing import Any

from casework.errors import Unreadable
from casework.form_fields import Answer, FormFields
from casework.receive import Reading
from casework.request import Submission


def read_form_delivery(body: bytes, fields: FormFields, form_id: str) -> Reading:
    """Read one body. Raises :class:`Unreadable`, which never quotes it."""
    payload = read_json(body)
    if not isinstance(payload, dict):
        raise Unreadable("the body is not a JSON object")
    if isinstance(payload.get("values"), list):
        submission = _read_row(payload, fields)
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


def _read_row(row: dict[str, Any], fields: FormFields) -> Submission:
    conversion_id = _read_conversion_id(row.get("conversionId"))
    return fields.read_submission(
        _answers_of_row(row["values"]),
        conversion_id=conversion_id,
        submitted_at=_read_time(row.get("submittedAt")),
        listed=bool(conversion_id),
    )


def _answers_of_row(values: list[Any]) -> Iterator[Answer]:
    for entry in values:
        if isinstance(entry, dict):
            yield Answer(
                _text(entry.get("name")),
                _text(entry.get("value")),
                _text(entry.get("objectTypeId")) or None,
            )


def _read_contact(payload: dict[str, Any], fields: FormFields, form_id: str) -> Submission:
    answers = [
        Answer(name, _text(entry.get("value") if isinstance(entry, dict) else entry))
        for name, entry in payload["properties"].items()
    ]
    newest = _newest_submission(payload.get("form-submissions"), form_id)
    return fields.read_submission(
        answers,
        conversion_id=_read_conversion_id(newest.get("conversion-id")),
        submitted_at=_read_time(newest.get("timestamp")),
        listed=False,
    )


def _newest_submission(entries: object, form_id: str) -> dict[str, Any]:
    """The contact's newest submission of our form; the shape is undocumented, so with care."""
    ours = [
        entry
        for entry in (entries if isinstance(entries, list) else [])
        if isinstance(entry, dict) and _text(entry.get("form-id")).lower() == form_id.lower()
    ]
    return max(ours, key=lambda entry: _read_time(entry.get("timestamp")) or 0, default={})


def _read_flat(payload: dict[str, Any], fields: FormFields) -> Submission:
    answers = [Answer(name, _text(value)) for name, value in payload.items()]
    return fields.read_submission(answers, conversion_id=None, submitted_at=None, listed=False)


def _text(value: object) -> str:
    """Property values are text; a gateway may make numbers of them, or lists of one.

    HubSpot cuts long texts, perhaps in the middle of a character: half of one cannot be kept.
    """
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""


def _read_conversion_id(value: object) -> str | None:
    """A submission's id. Anything odd is none, since one id for two would lose a request."""
    return _text(value).strip() or None if isinstance(value, str) else None


def _read_time(value: object) -> int | None:
    """A time in Unix milliseconds, as a number or as text."""
    text = _text(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None
