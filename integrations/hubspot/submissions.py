"""The port Submissions on HubSpot's list of a form's submissions.

Source: https://developers.hubspot.com/docs/api-reference/legacy/marketing/forms/v1
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import requests

from casework.errors import Unreadable
from casework.form_fields import FormFields
from casework.ports import SubmissionPage
from casework.request import Submission
from integrations.hubspot.batches import next_page_in
from integrations.hubspot.calls import LIST_SUBMISSIONS
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.faults import Reply
from integrations.requests_rules import Bearer

#: With more than 50 rows a page HubSpot has been seen to lose some.
PAGE_SIZE = 50


class HubSpotSubmissions:
    """Reads the list, newest first.

    ``digest`` makes a key for the rows that come without HubSpot's own. It has to be a keyed one:
    anybody could try addresses against a plain hash.
    """

    def __init__(
        self,
        client: HubSpotClient,
        form_id: str,
        form_fields: FormFields,
        digest: Callable[[str], str],
    ) -> None:
        self._client, self._form_id = client, form_id
        self._form_fields, self._digest = form_fields, digest
        self._session = requests.Session()
        self._session.auth = Bearer(client.access_token)

    def read_page(self, page: str | None) -> SubmissionPage:
        """One page; the first for nothing, then whatever ``next_page`` said."""
        document = self._client.attempt(LIST_SUBMISSIONS, lambda: self._send(page), [[page or ""]])
        listed = document.get("results")
        rows = listed if isinstance(listed, list) else []
        submissions = [found for row in rows if (found := self._read_row(row))]
        times = [found.submitted_at for found in submissions if found.submitted_at is not None]
        return SubmissionPage(
            submissions=submissions,
            unreadable=len(rows) - len(submissions),
            oldest=min(times, default=None),
            next_page=next_page_in(document),
        )

    def _send(self, page: str | None) -> Reply:
        path = LIST_SUBMISSIONS.path.format(form=self._form_id)
        answer = self._session.get(
            f"{self._client.base_url}{path}",
            params={"limit": str(PAGE_SIZE)} | ({"after": page} if page else {}),
            timeout=self._client.timeouts,
            allow_redirects=False,
        )
        return Reply(answer.status_code, answer.headers, answer.content)

    def _read_row(self, row: object) -> Submission | None:
        try:
            submission = self._form_fields.read_row(row, listed=True)
        except Unreadable:
            return None
        if submission.conversion_id or not isinstance(row, dict):
            return submission
        return replace(submission, conversion_id=self._key_for(row))

    def _key_for(self, row: Mapping[str, Any]) -> str:
        """The same row has the same key each time."""
        whole = [self._form_id, row.get("submittedAt"), row.get("values")]
        return self._digest(json.dumps(whole, sort_keys=True, ensure_ascii=True))
