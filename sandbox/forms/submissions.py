"""Submissions as they were sent, and the contact that takes their latest values."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Any

from sandbox.crm.account import Account
from sandbox.crm.object_types import CONTACT
from sandbox.crm.records import Record, Source
from sandbox.crm.writes import create_record, update_record
from sandbox.errors import ApiError
from sandbox.forms.definition import FORM_FIELDS
from sandbox.times import now_ms

MAX_LENGTH = 65_536
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class Submission:
    """One filled-in form. Times are Unix milliseconds."""

    conversion_id: str
    submitted_ms: int
    values: tuple[tuple[str, str], ...]
    page_url: str
    received_ms: int

    def value(self, name: str) -> str:
        """What was answered, or an empty text."""
        return dict(self.values).get(name, "")

    def as_json(self) -> dict[str, Any]:
        """A row of the submissions list."""
        return {
            "conversionId": self.conversion_id,
            "submittedAt": self.submitted_ms,
            "values": [
                {"name": name, "value": value, "objectTypeId": "0-1"} for name, value in self.values
            ],
            "pageUrl": self.page_url,
        }


def keep_submission(
    account: Account,
    kept: list[Submission],
    answers: dict[str, str],
    page_url: str,
    form_guid: str,
) -> Record:
    """Keep a submission and give the contact its values; the contact is found by ``email``.

    The form stands in the contact's history as where the values came from.

    Raises:
        ApiError: 400 with HubSpot's ``errorType`` for each answer at fault.

    """
    check_answers(answers)
    at_ms = now_ms()
    given = {field.name: answers.get(field.name, "").strip() for field in FORM_FIELDS}
    values = tuple((name, value) for name, value in given.items() if value)
    with account.lock:
        kept.append(Submission(str(uuid.uuid4()), at_ms, values, page_url, at_ms))
        contact = account.find_by_value(CONTACT, "email", given["email"])
        filled = {name: value for name, value in given.items() if value}
        if contact is None:
            return create_record(account, CONTACT, filled, Source("FORM", form_guid))
        return update_record(account, contact, filled, Source("FORM", form_guid))


def check_answers(answers: dict[str, str]) -> None:
    """Raises ``ApiError`` 400 unless the form would take these answers."""
    found = [
        complaint
        for field in FORM_FIELDS
        if (complaint := _complaint(field.name, field.kind, field.required, answers))
    ]
    known = {field.name for field in FORM_FIELDS}
    found += [_error(name, "FIELD_NOT_IN_FORM_DEFINITION") for name in answers if name not in known]
    if found:
        raise ApiError(400, "The request is not valid", errors=found)


def _complaint(
    name: str, kind: str, required: bool, answers: dict[str, str]
) -> dict[str, Any] | None:
    value = answers.get(name, "").strip()
    if not value:
        return _error(name, "REQUIRED_FIELD") if required else None
    if kind == "email" and not ADDRESS.fullmatch(value):
        return _error(name, "INVALID_EMAIL")
    return _error(name, "INPUT_TOO_LARGE") if len(value) > MAX_LENGTH else None


def _error(name: str, error_type: str) -> dict[str, Any]:
    return {"message": f"Error in 'fields.{name}'", "errorType": error_type}
