"""The port Submissions on HubSpot's list of a form's submissions.

Source: https://developers.hubspot.com/docs/api-reference/legacy/marketing/forms/v1
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import requests

from casework.errors import Unreadable
from casework.form_fields import Answer, FormFields
from casework.ports import SubmissionPage
from casework.request import Submission
from integrations.hubspot.calls import LIST_SUBMISSIONS
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.faults import Reply

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

    def read_page(self, page: str | None) -> SubmissionPage:
        """One page; the first for nothing, then whatever ``next_page`` said."""
        document = self._client.attempt(LIST_SUBMISSIONS, lambda: self._send(page))
        listed = document.get("results")
        rows = listed if isinstance(listed, list) else []
        submissions = [found for row in rows if (found := self._read_row(row))]
        times = [at for row in rows if (at := _submitted_at(row)) is not None]
        return SubmissionPage(
            submissions=submissions,
            unreadable=len(rows) - len(submissions),
            oldest=min(times, default=None),
            next_page=_next_page(document),
        )

    def _send(self, page: str | None) -> Reply:
        path = LIST_SUBMISSIONS.path.format(form=self._form_id)
        answer = self._session.get(
            f"{self._client.base_url}{path}",
            params={"limit": str(PAGE_SIZE)} | ({"after": page} if page else {}),
            headers={"Authorization": f"Bearer {self._client.access_token()}"},
            timeout=self._client.timeouts,
            allow_redirects=False,
        )
        return Reply(answer.status_code, answer.headers, answer.content)

    def _read_row(self, row: object) -> Submission | None:
        values = row.get("values") if isinstance(row, dict) else None
        if not isinstance(row, dict) or not isinstance(values, list):
            return None
        try:
            return self._form_fields.read_submission(
                [answer for value in values if (answer := _read_answer(value))],
                conversion_id=str(row.get("conversionId") or "") or self._key_for(row),
                submitted_at=_submitted_at(row),
                listed=True,
            )
        except Unreadable:
            return None

    def _key_for(self, row: Mapping[str, Any]) -> str:
        """The same row has the same key each time."""
        whole = [self._form_id, row.get("submittedAt"), row.get("values")]
        return self._digest(json.dumps(whole, sort_keys=True, ensure_ascii=True))


def _read_answer(value: object) -> Answer | None:
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        return None
    answer = value.get("value")
    object_type_id = value.get("objectTypeId")
    return Answer(
        value["name"],
        "" if answer is None else str(answer),
        str(object_type_id) if object_type_id else None,
    )


def _submitted_at(row: object) -> int | None:
    at = row.get("submittedAt") if isinstance(row, dict) else None
    return at if isinstance(at, int) and not isinstance(at, bool) else None


def _next_page(document: Mapping[str, Any]) -> str | None:
    paging = document.get("paging")
    following = paging.get("next") if isinstance(paging, dict) else None
    after = following.get("after") if isinstance(following, dict) else None
    return str(after) if after else None
