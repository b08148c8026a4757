"""Where staff write to the organisation from a card of the board."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from sandbox.conversations.channels import HELP_DESK, account_of
from sandbox.conversations.letters import Letter
from sandbox.conversations.logged_mail import SENT, LoggedMail, exchange_of, log_mail
from sandbox.conversations.people import USERS
from sandbox.conversations.sending import Outgoing, begin_thread, send
from sandbox.crm.object_types import COMPANY, CONVERSATION, TICKET, read_object_type
from sandbox.crm.records import Record
from sandbox.pages.mail_form import MailForm, read_form
from sandbox.parts import parts

LETTER = "credit_request_letter"
SUBJECT = "Subject: "
OWN_INBOX = USERS["9"][1]
blueprint = Blueprint("staff_mail", __name__, url_prefix="/board/cards")


@blueprint.get("/<record_id>/mail")
def write(record_id: str) -> ResponseReturnValue:
    """The mail with the organisation so far, and a form to write the next."""
    with parts().account.lock:
        record = _record(record_id)
        exchange = letters_of(record)
        form = _go_on(exchange) if exchange else _begin(record)
    return _page(record, exchange, form)


def _record(record_id: str) -> Record:
    kind = read_object_type(request.args.get("object") or TICKET.plural)
    return parts().account.get(kind, record_id)


def letters_of(record: Record) -> list[Letter]:
    """All mail about a record, oldest first, from whichever inbox."""
    here = parts()
    threads = here.account.associations.ids(record, CONVERSATION)
    return here.conversations.letters.of(*(f"thread-{one}" for one in threads), exchange_of(record))


def _begin(record: Record) -> MailForm:
    """The first mail: the service's letter, to an invented address at the company's domain."""
    values = record.properties
    subject, text = values.get(record.kind.title_property, ""), values.get(LETTER, "")
    if text.startswith(SUBJECT):
        first, _, text = text.removeprefix(SUBJECT).partition("\n")
        subject = first.strip()
    return MailForm(to=_guess_address(record), subject=subject, text=text.strip())


def _guess_address(record: Record) -> str:
    account = parts().account
    for company_id in account.associations.ids(record, COMPANY):
        domain = account.records[COMPANY.id][company_id].properties.get("domain")
        if domain:
            return f"people@{domain}"
    return ""


def _go_on(exchange: list[Letter]) -> MailForm:
    last = exchange[-1]
    to = last.sender if last.is_ours else ", ".join(last.to)
    return MailForm(to=to, subject=last.subject)


def _page(record: Record, exchange: list[Letter], form: MailForm) -> str:
    return render_template(
        "staff_mail.html",
        title=record.properties.get(record.kind.title_property, ""),
        kind=record.kind,
        letters=exchange,
        form=form,
        shared=account_of(HELP_DESK.id).address if record.kind is TICKET else "",
        own=OWN_INBOX,
        is_own=_is_own(exchange),
    )


def _is_own(exchange: list[Letter]) -> bool:
    """Whether the own inbox was chosen, or was used last."""
    last = exchange[-1].exchange if exchange else "thread-"
    return request.form.get("inbox", "" if last.startswith("thread-") else "own") == "own"


@blueprint.post("/<record_id>/mail")
def send_mail(record_id: str) -> ResponseReturnValue:
    """Send it from the shared inbox, or from one's own (``inbox=own``)."""
    form = read_form(needs=("to", "subject", "text"))
    with parts().account.lock:
        record = _record(record_id)
        exchange = letters_of(record)
        if form.wrong:
            return _page(record, exchange, form), 400
        if request.form.get("inbox") == "own" or record.kind is not TICKET:
            _send_own(record, form)
        else:
            _send_shared(record, exchange, form)
    return redirect(request.full_path, 303)


def _send_own(record: Record, form: MailForm) -> None:
    mail = LoggedMail(
        OWN_INBOX, form.people("to"), form.subject, form.text, form.people("cc"), SENT
    )
    log_mail(parts().conversations, record, mail)


def _send_shared(record: Record, exchange: list[Letter], form: MailForm) -> None:
    """Go on with the newest thread of the ticket, or begin one."""
    here = parts()
    mail = Outgoing(form.people("to"), form.subject, form.text, form.people("cc"))
    threads = [one.exchange for one in exchange if one.exchange.startswith("thread-")]
    if threads:
        thread = here.conversations.get(threads[-1].removeprefix("thread-"))
        send(here.conversations, thread, thread.account, mail)
    else:
        begin_thread(here.conversations, record, account_of(HELP_DESK.id), mail)
