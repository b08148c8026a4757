"""What is done for each kind of work, wired with plain calls."""

from collections.abc import Mapping
from functools import partial

from casework.compare_restored import compare_restored
from casework.delivery_records import Route
from casework.egress import Gate
from casework.follow_stages import follow_stages
from casework.forget_old import RetentionRules, forget_old
from casework.grant import grant_credits
from casework.guard_contacts import ContactGuard
from casework.guard_texts import TextGuard
from casework.identify import identify
from casework.match_organisations import OrganisationGuard, sync_companies
from casework.notify import notify
from casework.open_tickets import open_tickets
from casework.read_messages import read_messages
from casework.read_replies import ReplyReader
from casework.read_submissions import read_submissions
from casework.receive import Reader, receive
from casework.reconcile import compare_grants
from casework.relink import relink_tickets
from casework.residue import sweep_residue
from casework.send_letter import LetterSender
from casework.sweep_messages import sweep_messages
from casework.sweep_tickets import sweep_tickets
from casework.tell_reason import ReasonRules, tell_reason
from casework.work import Kind
from casework.worker import Step
from casework.write_back import add_notes, write_back
from config import Config
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.companies import HubSpotCompanies
from integrations.hubspot.contacts import HubSpotContacts, contact_fields
from integrations.hubspot.desk import HubSpotDesk
from integrations.hubspot.objects import AMOUNT, CRM_OBJECTS
from parts import (
    make_account,
    make_conversations,
    make_mailer,
    make_rules,
    make_submissions,
)
from steady import SteadyClock
from storage.sealing import TinkSealer
from storage.store import TableStore
from webhook.crm_payloads import CrmWords, read_crm_delivery
from webhook.form_payloads import read_form_delivery


def make_steps(
    config: Config,
    store: TableStore,
    sealer: TinkSealer,
    gate: Gate,
    client: HubSpotClient,
    desk: HubSpotDesk,
    clock: SteadyClock,
) -> Mapping[Kind, Step]:
    """The step for each kind of work, with all that it needs."""
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
