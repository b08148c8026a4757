"""The port FormDoor: HubSpot's public address for filled-in forms, which asks for no token.

Source: https://developers.hubspot.com/docs/api-reference/legacy/marketing/forms/v3-legacy/submit-data-unauthenticated
"""

from collections.abc import Mapping, Sequence
from typing import Any

import requests

from casework.form_fields import Answer
from integrations.hubspot.calls import SUBMIT_FORM
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.faults import Reply

_CONTACT = "0-1"
#: What HubSpot shows beside the submission.
_PAGE_NAME = "Credits Desk canary"


class HubSpotFormDoor:
    """Implements :class:`casework.canary_looking.FormDoor`.

    ``client`` lends its gate and its way of trying again; the address is another.
    """

    def __init__(self, client: HubSpotClient, forms_url: str, portal_id: str, form_id: str) -> None:
        self._client, self._session = client, requests.Session()
        path = SUBMIT_FORM.path.format(portal=portal_id, form=form_id)
        self._url = f"{forms_url}{path}"

    def submit(self, answers: Sequence[Answer]) -> None:
        """Send the form. Never repeated once it may have arrived."""
        body = {
            "fields": [
                {
                    "objectTypeId": answer.object_type_id or _CONTACT,
                    "name": answer.name,
                    "value": answer.value,
                }
                for answer in answers
            ],
            "context": {"pageName": _PAGE_NAME},
        }
        texts = [answer.value for answer in answers]
        self._client.attempt(SUBMIT_FORM, lambda: self._send(body), [texts])

    def _send(self, body: Mapping[str, Any]) -> Reply:
        answer = self._session.post(
            self._url, json=body, timeout=self._client.timeouts, allow_redirects=False
        )
        # The words of thanks are of no use, and a form may have none.
        status = 204 if answer.ok and answer.status_code < 300 else answer.status_code
        return Reply(status, answer.headers, answer.content)
