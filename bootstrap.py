"""The one place that knows everybody: it wires the parts together with plain calls."""

import atexit
import logging
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from flask import Flask

from casework.compare_restored import compare_restored
from casework.delivery_records import Route
from casework.egress import Gate
from casework.egress_log import GuardedFormatter
from casework.errors import CreditsDeskError
from casework.follow_stages import follow_stages
from casework.forget_old import RetentionRules, forget_old
from casework.grant import grant_credits
from casework.guard_contacts import ContactGuard
from casework.guard_texts import TextGuard
from casework.identify import identify
from casework.lanes import LaneWorker
from casework.match_organisations import OrganisationGuard, sync_companies
from casework.notify import notify
from casework.open_tickets import open_tickets
from casework.read_messages import read_messages
from casework.read_replies import ReplyReader
from casework.read_submissions import begin_reading, read_submissions
from casework.read_words import read_words
from casework.receive import Reader, receive
from casework.reconcile import compare_grants
from casework.records import Records
from casework.relink import relink_tickets
from casework.residue import sweep_residue
from casework.send_letter import LetterSender
from casework.sweep_messages import sweep_messages
from casework.sweep_tickets import sweep_tickets
from casework.tell_reason import ReasonRules, tell_reason
from casework.work import Kind
from casework.worker import LANES, RECURRING, WHOLE, Step
from casework.write_back import add_notes, write_back
from config import BadSettings, Config, read_config
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.companies import HubSpotCompanies
from integrations.hubspot.contacts import HubSpotContacts, contact_fields
from integrations.hubspot.desk import HubSpotDesk
from integrations.hubspot.objects import AMOUNT, CRM_OBJECTS
from parts import (
    make_account,
    make_client,
    make_conversations,
    make_desk,
    make_gate,
    make_mailer,
    make_rules,
    make_submissions,
    open_store,
)
from steady import SteadyClock, wall_clock
from storage.sealing import TinkSealer
from storage.store import TableStore
from webhook.crm_payloads import CrmWords, read_crm_delivery
from webhook.door import make_door
from webhook.form_payloads import read_form_delivery
from webhook.signatures import Verifier

log = logging.getLogger(__name__)

#: How long a stop waits for the batches at hand, in seconds.
_PATIENCE = 10.0

#: Beside an undo window nothing is put off for longer, in milliseconds.
LONGEST_WAIT = 6 * 3_600_000

#: With this exit status a gunicorn master stops instead of starting the worker again.
_CANNOT_START = 3


@dataclass(frozen=True)
class Service:
    """All parts, wired. Nothing runs before :meth:`start`."""

    config: Config
    store: TableStore
    sealer: TinkSealer
    desk: HubSpotDesk
    workers: tuple[LaneWorker, ...]
    clock: SteadyClock

    def start(self) -> None:
        """Start the workers, and the work that comes round for ever.

        A process that only answers at the door starts none of it.
        """
        if not self.workers:
            return
        now = self.clock()
        begin_reading(self.store, now)
        self.store.write(partial(bring_to_now, now=now, delay=self.config.grant_delay))
        self.store.write(partial(_ask_for_recurring, now=now))
        self.store.announce = self._wake
        threading.Thread(target=read_words, name="words", daemon=True).start()
        for worker in self.workers:
            worker.start()

    def stop(self) -> None:
        """Finish what is at hand, and close the store."""
        for worker in self.workers:
            worker.stop()
        for worker in self.workers:
            worker.join(_PATIENCE)
        self.store.close()
        log.info("stopped")

    def _wake(self, kinds: frozenset[Kind]) -> None:
        for worker in self.workers:
            if kinds.intersection(worker.kinds):
                worker.wake()


def bring_to_now(records: Records, now: int, delay: int) -> None:
    """Undo what a clock that was ahead has written: nothing is put off for longer than this."""
    records.work.bring_forward(now + max(delay, LONGEST_WAIT))
    records.grants.bring_forward(now + delay)
    records.requests.bring_back(now)
    records.marks.bring_back(now)
    records.retention.bring_back(now)


def _ask_for_recurring(records: Records, now: int) -> None:
    for kind in RECURRING:
        records.work.ask(kind, [WHOLE], now)


def make_service(config: Config, *, works: bool) -> Service:
    """Wire everything, for a process that does the work or for one that does not.

    Raises :class:`CreditsDeskError`.
    """
    store, sealer = open_store(config)
    gate = make_gate(store, sealer)
    client = make_client(config, gate)
    desk = make_desk(config, client)
    clock = SteadyClock()
    steps = _make_steps(config, store, sealer, gate, client, desk, clock)
    workers = tuple(
        LaneWorker(lane, kinds, store=store, locks=store, steps=steps, clock=clock)
        for lane, kinds in (LANES if works else {}).items()
    )
    return Service(config, store, sealer, desk, workers, clock)


def _make_steps(
    config: Config,
    store: TableStore,
    sealer: TinkSealer,
    gate: Gate,
    client: HubSpotClient,
    desk: HubSpotDesk,
    clock: SteadyClock,
) -> Mapping[Kind, Step]:
    rules = make_rules(config)
    submissions = make_submissions(config, client, sealer)
    readers = _make_readers(config, desk)
    contacts = HubSpotContacts(client, CRM_OBJECTS[config.crm_object])
    conversations = make_conversations(config, client)
    account = make_account(config, store)
    mailer = make_mailer(config, gate)
    organisations = OrganisationGuard(
        store,
        desk,
        small_group_ask=config.small_group_ask,
        credits_max=config.credits_max,
        letter_language=config.letter_language,
    )
    look_at = TextGuard(store, desk, gate).look_at
    follow = partial(follow_stages, store=store, desk=desk, rules=rules, look_at=look_at)
    return {
        Kind.RECEIVE: partial(receive, store=store, sealer=sealer, readers=readers),
        Kind.READ_SUBMISSIONS: partial(
            read_submissions, store=store, sealer=sealer, submissions=submissions
        ),
        Kind.RELINK_TICKETS: partial(relink_tickets, store=store, desk=desk),
        Kind.OPEN_TICKETS: partial(open_tickets, store=store, desk=desk),
        Kind.FOLLOW_STAGES: follow,
        Kind.WATCH_TICKETS: follow,
        Kind.SWEEP_TICKETS: partial(sweep_tickets, store=store),
        Kind.WRITE_BACK: partial(write_back, store=store, desk=desk),
        Kind.ADD_NOTE: partial(add_notes, store=store, desk=desk, credits_max=config.credits_max),
        Kind.SYNC_COMPANIES: partial(
            sync_companies, store=store, companies=HubSpotCompanies(client)
        ),
        Kind.MATCH_ORGANISATION: organisations.match_organisations,
        Kind.COMPARE_GRANTS: partial(compare_grants, store=store, account=account),
        Kind.COMPARE_RESTORED: partial(compare_restored, store=store, account=account),
        Kind.GRANT: partial(
            grant_credits, store=store, desk=desk, account=account, rules=rules, clock=clock
        ),
        Kind.SEND_LETTER: LetterSender(
            store, desk, conversations, config.send_letter, rules
        ).send_letters,
        Kind.CHECK_CONTACTS: ContactGuard(
            store, desk, contacts, organisations.adopt
        ).check_contacts,
        Kind.TELL_REASON: partial(
            tell_reason,
            store=store,
            desk=desk,
            rules=ReasonRules(config.reason_on_ticket, config.small_group_reason),
        ),
        Kind.READ_MESSAGES: partial(
            read_messages,
            store=store,
            conversations=conversations,
            gate=gate,
            on_reply=ReplyReader(store, conversations, contacts, gate, config.replies).on_reply,
        ),
        Kind.SWEEP_MESSAGES: partial(sweep_messages, store=store, conversations=conversations),
        Kind.SWEEP_RESIDUE: partial(
            sweep_residue,
            store=store,
            contacts=contacts,
            fields=contact_fields(config.form_fields),
            delay=config.residue_delay,
        ),
        Kind.IDENTIFY: partial(identify, store=store, sealer=sealer, account=account),
        Kind.NOTIFY: partial(notify, store=store, mailer=mailer, delay=config.grant_delay),
        Kind.FORGET_OLD: partial(
            forget_old,
            store=store,
            mailer=mailer,
            rules=RetentionRules(config.retention_days, config.staff_emails),
            clock=clock,
        ),
    }


def _make_readers(config: Config, desk: HubSpotDesk) -> Mapping[Route, Reader]:
    crm_object = CRM_OBJECTS[config.crm_object]
    words = CrmWords(
        prefix=crm_object.event_prefix,
        object_type_id=crm_object.object_type_id,
        stage_property=crm_object.stage,
        properties=frozenset({crm_object.stage, crm_object.pipeline, AMOUNT}),
        texts=frozenset(crm_object.texts.values()),
        portal_id=config.hubspot_portal_id,
        app_id=config.hubspot_app_id,
        stage_of=desk.stage_of,
    )
    return {
        Route.FORM: partial(
            read_form_delivery, fields=config.form_fields, form_id=config.hubspot_form_id
        ),
        Route.CRM: partial(read_crm_delivery, words=words),
    }


def make_app(service: Service) -> Flask:
    """The web application of a service."""
    app = Flask("credits_desk", static_folder=None)
    app.register_blueprint(
        make_door(
            verifier=Verifier(
                service.config.hubspot_client_secrets, service.config.hubspot_signatures
            ),
            store=service.store,
            sealer=service.sealer,
            public_base_url=service.config.public_base_url,
            clock=wall_clock,
        )
    )
    return app


def open_log(level: int) -> None:
    """Log to standard error, through a formatter that the gate guards.

    A line that cannot be written is lost: Python would print it as it is, with its arguments.
    """
    logging.raiseExceptions = False
    handler = logging.StreamHandler()
    handler.setFormatter(GuardedFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])


def serve() -> Flask:
    """Start the service with the settings of the environment, with its workers unless they say no.

    Where that cannot be, says why on standard error and ends the process.
    """
    open_log(logging.INFO)
    try:
        config = read_config()
        service = make_service(config, works=config.run_worker)
        service.start()
    except (BadSettings, CreditsDeskError) as error:
        sys.stderr.write(f"Credits Desk cannot start. {error}\n")
        sys.exit(_CANNOT_START)
    atexit.register(service.stop)
    return make_app(service)
