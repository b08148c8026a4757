"""Reading submissions, sending one, and the form's definition."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from sandbox.api.routes import read_json
from sandbox.crm.records import Record
from sandbox.errors import ApiError, not_found
from sandbox.forms.definition import THANKS, form_definition
from sandbox.forms.submissions import keep_submission
from sandbox.parts import parts
from sandbox.times import now_ms

DEFAULT_PAGE, MAX_PAGE = 20, 50
blueprint = Blueprint("forms", __name__)


def submit_form(answers: dict[str, str], page_url: str) -> Record:
    """Take a filled-in form: keep it, write the contact, start the workflow.

    Raises:
        ApiError: 400 for answers the form would not take.

    """
    here = parts()
    guid = here.settings.form_guid
    contact = keep_submission(here.account, here.submissions, answers, page_url, guid)
    here.workflow.enrol(contact, here.submissions)
    return contact


@blueprint.get("/form-integrations/v1/submissions/forms/<guid>")
def submissions(guid: str) -> ResponseReturnValue:
    """Submissions, newest first. ``after`` is a submission that was shown already."""
    _check_form(guid)
    limit = _limit(request.args.get("limit", str(DEFAULT_PAGE)))
    visible_to = now_ms() - parts().settings.submissions_lag_ms
    with parts().account.lock:
        rows = [one for one in reversed(parts().submissions) if one.received_ms <= visible_to]
    start = _start([one.conversion_id for one in rows], request.args.get("after", ""))
    page = rows[start : start + limit]
    body: dict[str, Any] = {"results": [one.as_json() for one in page]}
    if start + limit < len(rows):
        after = page[-1].conversion_id
        link = f"{request.base_url}?limit={limit}&after={after}"
        body["paging"] = {"next": {"after": after, "link": link}}
    return jsonify(body)


def _check_form(guid: str) -> None:
    if guid != parts().settings.form_guid:
        raise not_found("No form has this id")


def _limit(given: str) -> int:
    if not given.isdigit() or not 0 < int(given) <= MAX_PAGE:
        raise ApiError(400, f"limit must be between 1 and {MAX_PAGE}")
    return int(given)


def _start(ids: list[str], after: str) -> int:
    if not after:
        return 0
    if after not in ids:
        raise ApiError(400, "after is not valid")
    return ids.index(after) + 1


@blueprint.post("/submissions/v3/integration/submit/<int:portal_id>/<guid>")
def submit(portal_id: int, guid: str) -> ResponseReturnValue:
    """Send a form from a page of one's own."""
    if portal_id != parts().settings.portal_id:
        raise not_found("No portal has this id")
    _check_form(guid)
    body = read_json()
    fields = body.get("fields") or []
    answers = {str(row.get("name")): str(row.get("value") or "") for row in fields}
    context = body.get("context") or {}
    submit_form(answers, str(context.get("pageUri") or ""))
    return jsonify({"inlineMessage": THANKS})


@blueprint.get("/marketing/v3/forms/<guid>")
def definition(guid: str) -> ResponseReturnValue:
    """The form's questions and settings."""
    _check_form(guid)
    return jsonify(form_definition(guid))


@blueprint.get("/account-info/v3/details")
def account_details() -> ResponseReturnValue:
    """Whose account this is."""
    return jsonify(
        {
            "portalId": parts().settings.portal_id,
            "accountType": "DEVELOPER_TEST",
            "timeZone": "Europe/London",
            "companyCurrency": "GBP",
            "additionalCurrencies": [],
            "utcOffset": "+00:00",
            "utcOffsetMilliseconds": 0,
            "uiDomain": "app.hubspot.com",
            "dataHostingLocation": "na1",
        }
    )
