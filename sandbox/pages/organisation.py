"""The organisation's mailbox: what it got, and a form to answer as it would."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from sandbox.conversations.channels import HELP_DESK, account_of
from sandbox.conversations.letters import Letter
from sandbox.conversations.logged_mail import LoggedMail, log_mail
from sandbox.conversations.quoting import STYLES
from sandbox.conversations.receiving import Incoming, receive, whole_text
from sandbox.crm.object_types import read_object_type
from sandbox.pages.mail_form import MailForm, read_form
from sandbox.parts import parts

NEW = "new"
blueprint = Blueprint("organisation", __name__, url_prefix="/organisation")


@blueprint.get("")
def mailbox() -> ResponseReturnValue:
    """Every exchange, the newest first."""
    with parts().account.lock:
        exchanges = parts().conversations.letters.exchanges()
    return render_template("organisation.html", exchanges=exchanges)


@blueprint.get("/<exchange>")
def exchange(exchange: str) -> ResponseReturnValue:
    """One exchange with the form to answer in it; ``new`` is a mail out of the blue."""
    letters = _letters(exchange)
    form = MailForm(sender=_own_address(letters), subject=_answer_to(letters))
    return _page(exchange, letters, form)


def _letters(exchange: str) -> list[Letter]:
    with parts().account.lock:
        letters = parts().conversations.letters.of(exchange)
    return letters if letters or exchange == NEW else abort(404)


def _own_address(letters: list[Letter]) -> str:
    if not letters:
        return ""
    last = letters[-1]
    return last.sender if last.is_ours else last.to[0]


def _answer_to(letters: list[Letter]) -> str:
    if not letters:
        return ""
    subject = letters[-1].subject
    return subject if subject.casefold().startswith("re:") else f"Re: {subject}"


def _page(exchange: str, letters: list[Letter], form: MailForm) -> str:
    shown = {"letters": letters, "form": form, "is_new": exchange == NEW}
    return render_template("exchange.html", **shown)


@blueprint.post("/<exchange>")
def answer(exchange: str) -> ResponseReturnValue:
    """Send the answer, or show the form again with what is wrong."""
    letters, form = _letters(exchange), read_form(needs=("sender", "subject", "text"))
    if form.wrong:
        return _page(exchange, letters, form), 400
    style = STYLES[0] if request.form.get("quote") else ""
    mail = Incoming(form.sender, form.text, form.subject, form.people("cc"), style=style)
    with parts().account.lock:
        sent_to = _send(exchange, letters, mail)
    return redirect(f"/organisation/{sent_to}", 303)


def _send(exchange: str, letters: list[Letter], mail: Incoming) -> str:
    """Send a mail to where the exchange belongs; the exchange that it is in now."""
    here = parts()
    where, _, number = exchange.partition("-")
    if exchange == NEW or where == "thread":
        thread = None if exchange == NEW else here.conversations.get(number)
        account = thread.account if thread else account_of(HELP_DESK.id)
        longest = here.settings.longest_message
        return f"thread-{receive(here.conversations, thread, account, mail, longest).thread_id}"
    record = here.account.get(read_object_type(where), number)
    to = [letters[-1].to[0] if letters[-1].is_ours else letters[-1].sender]
    text = whole_text(mail, letters)
    log_mail(here.conversations, record, LoggedMail(mail.sender, to, mail.subject, text, mail.cc))
    return exchange
