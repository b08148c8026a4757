"""Each part of the service, made from the settings. :mod:`bootstrap` puts them together."""

import logging

from casework.egress import Gate
from casework.egress_log import all_handlers, guard_log
from casework.errors import CreditsDeskError
from casework.follow_stages import GrantRules
from casework.ports import CreditsAccount, EgressGate
from config import Config
from integrations.credits_api import HttpCreditsAccount
from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.conversations import HubSpotConversations
from integrations.hubspot.desk import HubSpotDesk
from integrations.hubspot.finder import HubSpotFinder
from integrations.hubspot.form_submit import HubSpotFormDoor
from integrations.hubspot.objects import CRM_OBJECTS
from integrations.hubspot.submissions import HubSpotSubmissions
from integrations.mail import SmtpMailer
from setting_readers import DatabaseAddress
from steady import wall_clock
from storage import postgres_keys, sqlite_keys
from storage.ledger_account import LedgerAccount
from storage.postgres import PostgresStore
from storage.sealing import TinkSealer
from storage.sqlite import SqliteStore
from storage.store import TableStore
from storage.unfinished import refuse_unfinished

log = logging.getLogger(__name__)


def open_store(config: Config) -> tuple[TableStore, TinkSealer]:
    """The store and its keys. Raises :class:`CreditsDeskError` where they cannot be opened."""
    sealer = TinkSealer(config.keyset)
    store = open_engine(config.database(), sealer)
    try:
        store.read(lambda tables: refuse_unfinished(tables.marks))
        store.check_keys()
    except CreditsDeskError:
        store.close()
        raise
    return store, sealer


def open_engine(address: DatabaseAddress, sealer: TinkSealer) -> TableStore:
    """The store at this address, with whatever keys. Raises :class:`CreditsDeskError`."""
    if address.file:
        return SqliteStore(address.file, sealer)
    return PostgresStore(address.server, sealer)


def is_sealed(address: DatabaseAddress) -> bool:
    """Whether there is a database that some keys have sealed. It is not changed."""
    if address.file:
        return bool(sqlite_keys.find_key_check(address.file))
    return bool(postgres_keys.find_key_check(address.server))


def make_gate(store: TableStore, sealer: TinkSealer) -> Gate:
    """What everything that leaves passes; the log too from now on, that of the server included."""
    gate = Gate(store, sealer, wall_clock)
    guard_log(all_handlers(), gate)
    return gate


def make_client(config: Config, gate: EgressGate) -> HubSpotClient:
    """The one way to HubSpot, with the one limiter."""
    return HubSpotClient(config.hubspot_access_token, config.hubspot_base_url, gate=gate)


def make_form_door(config: Config, gate: EgressGate) -> HubSpotFormDoor:
    """The form, as a professional fills it in."""
    return HubSpotFormDoor(
        make_client(config, gate),
        config.hubspot_forms_url,
        config.hubspot_portal_id,
        config.hubspot_form_id,
    )


def make_finder(
    config: Config, store: TableStore, sealer: TinkSealer, reference: str
) -> HubSpotFinder:
    """Looks in HubSpot for the client of this request: of nobody else may it send a word."""
    gate = Gate(store, sealer, wall_clock, apart_from=[reference])
    crm_object = CRM_OBJECTS[config.crm_object]
    return HubSpotFinder(make_client(config, gate), crm_object, config.form_fields)


def make_desk(config: Config, client: HubSpotClient) -> HubSpotDesk:
    """The CRM."""
    return HubSpotDesk(
        client, CRM_OBJECTS[config.crm_object], config.crm_pipeline, config.crm_stages
    )


def make_conversations(config: Config, client: HubSpotClient) -> HubSpotConversations:
    """Mail between staff and organisations."""
    return HubSpotConversations(
        client,
        CRM_OBJECTS[config.crm_object],
        config.hubspot_app_id,
        f"A-{config.hubspot_sender_user}" if config.hubspot_sender_user else "",
    )


def make_submissions(
    config: Config, client: HubSpotClient, sealer: TinkSealer
) -> HubSpotSubmissions:
    """The list of submissions."""
    return HubSpotSubmissions(client, config.hubspot_form_id, config.form_fields, sealer.digest)


def make_rules(config: Config) -> GrantRules:
    """When how many credits are added."""
    return GrantRules(config.grant_delay, config.credits_max)


def make_account(config: Config, store: TableStore) -> CreditsAccount:
    """The credits platform, or the embedded ledger."""
    if config.credits_api_url:
        return HttpCreditsAccount(config.credits_api_url, config.credits_api_token)
    return LedgerAccount(store, wall_clock)


def make_mailer(config: Config, gate: EgressGate) -> SmtpMailer | None:
    """Mail to professionals, where there is a server for it."""
    if config.smtp_url is None:
        log.warning("SMTP_URL is not set: professionals get no mail")
        return None
    return SmtpMailer(config.smtp_url, config.mail_from, gate=gate)
