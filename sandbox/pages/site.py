"""The index, the hosted form, the mailbox and the balances."""

from __future__ import annotations

from flask import Blueprint, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from sandbox.api.forms import submit_form
from sandbox.errors import ApiError
from sandbox.forms.definition import FORM_FIELDS, THANKS, TITLE
from sandbox.parts import parts

NO_SCRIPTS = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
COMPLAINTS = {
    "REQUIRED_FIELD": "Please fill this in.",
    "INVALID_EMAIL": "Please give an email address, like name@example.org.",
}
blueprint = Blueprint("site", __name__)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    """What there is."""
    return render_template("index.html", settings=parts().settings)


@blueprint.get("/form")
def form() -> ResponseReturnValue:
    """The hosted form."""
    return render_template("form.html", title=TITLE, fields=FORM_FIELDS, answers={}, wrong={})


@blueprint.post("/form")
def send_form() -> ResponseReturnValue:
    """Take the form, or show it again with what is wrong."""
    answers = {one.name: request.form.get(one.name, "") for one in FORM_FIELDS}
    try:
        submit_form(answers, request.base_url)
    except ApiError as refused:
        wrong = {one.name: _complaint(refused, one.name) for one in FORM_FIELDS}
        page = render_template(
            "form.html", title=TITLE, fields=FORM_FIELDS, answers=answers, wrong=wrong
        )
        return page, 400
    return render_template("thanks.html", title=TITLE, thanks=THANKS)


def _complaint(refused: ApiError, name: str) -> str:
    for row in refused.errors:
        if f"fields.{name}'" in str(row["message"]):
            return COMPLAINTS.get(str(row["errorType"]), "This cannot be taken.")
    return ""


@blueprint.get("/mailbox")
def mailbox() -> ResponseReturnValue:
    """Every mail, newest first."""
    mails = list(reversed(parts().mailbox.messages))
    return render_template("mailbox.html", mails=mails)


@blueprint.get("/mailbox/<int:number>/html")
def mail_html(number: int) -> ResponseReturnValue:
    """A mail's HTML by itself, for a frame in which nothing can run."""
    for mail in parts().mailbox.messages:
        if mail.id == number:
            page = make_response(mail.part("html"))
            page.headers["Content-Security-Policy"] = NO_SCRIPTS
            return page
    return abort(404)


@blueprint.get("/credits")
def balances() -> ResponseReturnValue:
    """Balances and grants."""
    ledger = parts().ledger
    return render_template(
        "credits.html",
        balances=sorted(ledger.balances.items()),
        grants=[(grant, dict(grant.asked)) for grant in reversed(list(ledger.grants.values()))],
    )
