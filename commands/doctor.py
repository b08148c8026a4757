"""Whether everything is set up as it has to be, in plain words."""

from collections.abc import Iterator
from dataclasses import asdict

import click

from casework.egress import GateBeforeAnything
from casework.errors import CreditsDeskError, NotKept
from casework.ports import EgressGate
from casework.read_replies import ReplyPolicy
from casework.send_letter import LetterPolicy
from casework.tell_reason import ReasonPolicy
from commands.opening import as_json, print_json
from config import BadSettings, Config, read_config
from integrations.checking import Check, Verdict
from integrations.credits_api import HttpCreditsAccount
from integrations.hubspot.check_up import CheckUp
from integrations.hubspot.conversations import HubSpotConversations
from integrations.hubspot.objects import CRM_OBJECTS
from integrations.mail import SmtpMailer
from parts import (
    make_client,
    make_conversations,
    make_gate,
    make_mailer,
    make_submissions,
    open_store,
)
from storage.sealing import TinkSealer
from storage.store import TableStore

#: A key under which nothing can have been granted: ours are `credit-request-…`.
_MADE_UP_KEY = "doctor-asks-about-nothing"
_NOT_TRIED = "Nothing was written, so whether the app may write was not tried."


@click.command("doctor")
@as_json
def doctor(*, as_json: bool) -> None:
    """Look whether all is set up. Writes nothing. Exit status 1 if anything is wrong."""
    checks = list(_look())
    ok = all(check.verdict is not Verdict.WRONG for check in checks)
    if as_json:
        print_json({"ok": ok, "checks": [asdict(check) for check in checks]})
    else:
        _print(checks)
    if not ok:
        raise SystemExit(1)


def _print(checks: list[Check]) -> None:
    for check in checks:
        click.echo(f"{check.verdict:8} {check.what}")
        if check.advice:
            click.echo(f"{'':8} {check.advice}")
    click.echo(_NOT_TRIED)


def _look() -> Iterator[Check]:
    try:
        config = read_config()
    except BadSettings as error:
        yield Check("the settings can be read", Verdict.WRONG, str(error))
        return
    yield Check("the settings can be read")
    yield from _check_sense(config)
    try:
        sealer = TinkSealer(config.keyset())
    except CreditsDeskError as error:
        advice = f"{error}. Check SEALING_KEYSET"
        yield Check("the keyset can be read", Verdict.WRONG, advice)
        return
    store = None
    try:
        file = config.database().file
        if file is None or file.exists():
            store, sealer = open_store(config)
        yield _about_database(store)
    except NotKept as error:
        advice = f"{error}. Check DATABASE_URL, and that whatever keeps the database is there"
        yield Check("the database can be opened", Verdict.WRONG, advice)
    except CreditsDeskError as error:
        advice = f"{error}. Give SEALING_KEYSET the keys that this database was made with"
        yield Check("the keyset opens the database", Verdict.WRONG, advice)
    try:
        # Keys that do not fit have closed the store again: then nothing with an address leaves.
        gate = make_gate(store, sealer) if store else GateBeforeAnything()
        yield from _check_outside(config, sealer, gate)
    finally:
        if store:
            store.close()


def _about_database(store: TableStore | None) -> Check:
    if store is None:
        return Check("there is no database yet; the first start makes it")
    return Check("the keyset opens the database")


def _check_sense(config: Config) -> Iterator[Check]:
    """Settings that may each be meant, and seldom are."""
    if config.small_group_ask < 2:
        advice = "it is below 2, so no organisation is too small to be asked about one person"
        yield Check("SMALL_GROUP_ASK shields small groups", Verdict.WARNING, advice)
    told = config.reason_on_ticket is not ReasonPolicy.NEVER
    if told and config.small_group_reason < config.small_group_ask:
        advice = "a reason tells more than a question does: make it SMALL_GROUP_ASK at least"
        yield Check("SMALL_GROUP_REASON is no smaller", Verdict.WARNING, advice)
    if config.grant_delay == 0:
        advice = "GRANT_DELAY_SECONDS is 0, so what staff move by mistake cannot be stopped"
        yield Check("there is an undo window", Verdict.WARNING, advice)


def _check_outside(config: Config, sealer: TinkSealer, gate: EgressGate) -> Iterator[Check]:
    client = make_client(config, gate)
    sends = config.send_letter is LetterPolicy.THREAD
    hubspot = CheckUp(
        client,
        CRM_OBJECTS[config.crm_object],
        make_submissions(config, client, sealer),
        reads_mail=sends or config.replies is not ReplyPolicy.OFF,
    )
    checks = list(hubspot.look(config.crm_pipeline, config.crm_stages))
    yield from checks
    if checks[0].verdict is Verdict.OK:
        yield from _check_mailing(config, make_conversations(config, client), sends=sends)
    yield _check_credits(config)
    yield _check_mail_server(make_mailer(config, gate))


def _check_mailing(
    config: Config, conversations: HubSpotConversations, *, sends: bool
) -> Iterator[Check]:
    what = "a shared address can send mail"
    try:
        accounts = conversations.find_sending_accounts()
    except CreditsDeskError as error:
        yield Check(what, Verdict.WARNING, f"{error}. This could not be looked up")
        return
    if accounts:
        yield Check(what)
    else:
        yield Check(what, Verdict.WARNING, _NO_SHARED + (_NO_LETTERS if sends else ""))
    if sends and config.crm_object != "ticket":
        yield Check("SEND_LETTER=thread sends letters", Verdict.WARNING, _DEALS)
    elif sends and not config.hubspot_sender_user:
        yield Check("HUBSPOT_SENDER_USER says who sends letters", Verdict.WARNING, _NOBODY)


_NO_SHARED = (
    "replies to personal inboxes are read as logged mails only. Connect a shared address to the "
    "help desk or an inbox, so that replies become threads"
)
_NO_LETTERS = "; until then SEND_LETTER=thread sends nothing"
_DEALS = "HubSpot ties threads to tickets only, and CRM_OBJECT is deal: no letter will be sent"
_NOBODY = (
    "it is empty, so a letter goes in the name of whoever has the thread or wrote in it last, and "
    "waits where there is nobody"
)


def _check_credits(config: Config) -> Check:
    if not config.credits_api_url:
        return Check("credits are kept in the embedded ledger, to be entered by hand")
    what = "the credits platform answers"
    platform = HttpCreditsAccount(config.credits_api_url, config.credits_api_token)
    try:
        found = platform.find_grant(_MADE_UP_KEY)
    except CreditsDeskError as error:
        advice = f"{error}. Check CREDITS_API_URL and CREDITS_API_TOKEN"
        return Check(what, Verdict.WRONG, advice)
    if found is not None:
        advice = "it knows a grant under a key that nobody used, so it cannot tell what was granted"
        return Check(what, Verdict.WRONG, advice)
    return Check(what)


def _check_mail_server(mailer: SmtpMailer | None) -> Check:
    what = "the mail server answers"
    if mailer is None:
        advice = "SMTP_URL is not set: professionals get no mail"
        return Check(what, Verdict.WARNING, advice)
    try:
        mailer.check()
    except CreditsDeskError as error:
        return Check(what, Verdict.WRONG, f"{error}. Check SMTP_URL")
    return Check(what)
