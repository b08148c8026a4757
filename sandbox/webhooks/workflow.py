"""The workflow that tells the service of a form: the contact's values, not the submission's."""

from __future__ import annotations

import json
from typing import Any

from sandbox.crm.account import Account
from sandbox.crm.records import Record
from sandbox.forms.definition import FIELD_NAMES
from sandbox.forms.submissions import Submission
from sandbox.settings import SandboxSettings
from sandbox.webhooks.courier import Courier, Delivery
from sandbox.webhooks.retry import workflow_retry_minutes
from sandbox.webhooks.signing import workflow_headers

PATH = "/webhook/form"
TIMEOUT = (3.0, 30.0)


class Workflow:
    """Enrols a contact at each submission and sends its values of that later moment."""

    def __init__(self, settings: SandboxSettings, account: Account, courier: Courier) -> None:
        self._settings = settings
        self._account = account
        self._courier = courier

    def enrol(self, contact: Record, submissions: list[Submission]) -> None:
        """Send the webhook after the workflow's delay.

        The body is made at the first try, so of two quick submissions both may carry the
        second one's values; the tries after that repeat it.
        """
        written: list[bytes] = []

        def write(_attempt: int) -> bytes:
            if not written:
                written.append(json.dumps(self._payload(contact, submissions)).encode())
            return written[0]

        delivery = Delivery(PATH, write, self._sign, workflow_retry_minutes, TIMEOUT)
        self._courier.send(delivery, self._settings.workflow_delay_ms)

    def _payload(self, contact: Record, submissions: list[Submission]) -> dict[str, Any]:
        with self._account.lock:
            if self._settings.workflow_payload == "contact":
                return _whole_contact(contact, submissions, self._settings)
            values = {name: contact.properties.get(name, "") for name in FIELD_NAMES}
            return values | {"hs_object_id": contact.id}

    def _sign(self, body: bytes) -> dict[str, str]:
        secret = self._settings.client_secrets[0]
        return workflow_headers(secret, self._settings.signed_url + PATH, body)


def _whole_contact(
    contact: Record, submissions: list[Submission], settings: SandboxSettings
) -> dict[str, Any]:
    """All contact properties with their history; ``form-submissions`` holds ids, no answers."""
    vid = int(contact.id)
    email = contact.properties.get("email", "")
    identity = {"type": "EMAIL", "value": email, "timestamp": contact.created_ms}
    return {
        "vid": vid,
        "canonical-vid": vid,
        "merged-vids": [],
        "portal-id": settings.portal_id,
        "is-contact": True,
        "properties": {name: _with_history(contact, name) for name in contact.properties},
        "form-submissions": [
            _submission_row(one, settings)
            for one in submissions
            if one.value("email").casefold() == email.casefold()
        ],
        "list-memberships": [],
        "identity-profiles": [{"vid": vid, "identities": [identity]}],
        "merge-audits": [],
        "associated-company": {},
    }


def _with_history(contact: Record, name: str) -> dict[str, Any]:
    versions = [
        {
            "value": one.value,
            "source-type": one.source.name,
            "source-id": one.source.id,
            "source-label": None,
            "timestamp": one.at_ms,
            "selected": False,
        }
        for one in contact.history[name]
    ]
    return {"value": contact.properties[name], "versions": versions}


def _submission_row(one: Submission, settings: SandboxSettings) -> dict[str, Any]:
    return {
        "conversion-id": one.conversion_id,
        "timestamp": one.submitted_ms,
        "form-id": settings.form_guid,
        "portal-id": settings.portal_id,
        "page-title": "More credits for a client",
        "page-url": one.page_url,
        "title": "More credits for a client",
    }
