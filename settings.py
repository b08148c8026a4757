"""The table of settings, from which ``.env.example`` is written."""

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from setting_readers import (
    one_of,
    read_addresses,
    read_database,
    read_digits,
    read_domain,
    read_form_fields,
    read_form_id,
    read_optional_address,
    read_optional_url,
    read_secrets,
    read_signatures,
    read_smtp_url,
    read_stages,
    read_text,
    read_url,
    whole_number,
)


@dataclass(frozen=True)
class Setting:
    """One setting: what it means, how it is read, and what it is when it is not given."""

    name: str
    meaning: str
    read: Callable[[str], Any]
    default: str | None = None
    example: str = ""
    secret: bool = False


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "PUBLIC_BASE_URL",
        "The address at which HubSpot reaches this service. Signatures are checked against it.",
        read_url,
        example="https://credits.example.org",
    ),
    Setting(
        "DATABASE_URL",
        "Where requests are kept: one SQLite file, or a PostgreSQL database (14 or later) for as "
        "many processes and machines as you like: postgresql://user:password@host/database",
        read_database,
        "sqlite:///data/desk.db",
        secret=True,
    ),
    Setting(
        "RUN_WORKER",
        "yes: this process does the work as well, or stands by for whoever does. no: it only "
        "answers at the door, and `desk work` runs elsewhere.",
        one_of("yes", "no"),
        "yes",
    ),
    Setting(
        "SEALING_KEYSET",
        "The keys that seal what is sensitive, best given as SEALING_KEYSET_FILE. "
        "Make one with: flask --app wsgi desk keys new FILE. "
        "A database opens only with the keys it was made with, so never make another one for it.",
        read_text,
        secret=True,
    ),
    Setting(
        "SECRET_KEY",
        "Signs links that people get. Not used yet.",
        read_text,
        "",
        secret=True,
    ),
    Setting(
        "HUBSPOT_BASE_URL",
        "HubSpot's own address, or a sandbox's.",
        read_url,
        "https://api.hubapi.com",
    ),
    Setting(
        "HUBSPOT_FORMS_URL",
        "Where HubSpot takes filled-in forms; only `desk canary` sends one.",
        read_url,
        "https://api.hsforms.com",
    ),
    Setting("HUBSPOT_ACCESS_TOKEN", "The app's access token (Auth tab).", read_text, secret=True),
    Setting(
        "HUBSPOT_CLIENT_SECRETS",
        "The app's client secret (Auth tab); two, separated by a comma, while it is changed.",
        read_secrets,
        secret=True,
    ),
    Setting(
        "HUBSPOT_PORTAL_ID", "The account's id; the form's share link tells it.", read_digits, ""
    ),
    Setting("HUBSPOT_APP_ID", "The app's id, by which our own writes are known.", read_digits, ""),
    Setting(
        "HUBSPOT_SENDER_USER",
        "The id of the HubSpot user in whose name mail is sent from the shared inbox. Empty: "
        "whoever the conversation is assigned to, or wrote in it last.",
        read_digits,
        "",
    ),
    Setting(
        "HUBSPOT_FORM_URL",
        "The form's share link, from which the account's and the form's id are read.",
        read_text,
        "",
        example="https://share.hsforms.com/2KTSxK6iFSt2OgoIai4M4jQ2uw42",
    ),
    Setting("HUBSPOT_FORM_ID", "The form's id, where there is no share link.", read_form_id, ""),
    Setting(
        "HUBSPOT_SIGNATURES",
        "The signature schemes accepted. v1 and v2 carry no time; v1 only if you must.",
        read_signatures,
        "v3,v2",
    ),
    Setting(
        "FORM_FIELDS",
        "Which field of the form is what; objectTypeId/name where two objects share a name.",
        read_form_fields,
        example=(
            "client_email=client_email,organisation=employer_or_wellbeing_hub,"
            "professional_email=email,reason=additional_information"
        ),
    ),
    Setting("CRM_OBJECT", "ticket or deal.", one_of("ticket", "deal"), "ticket"),
    Setting(
        "CRM_PIPELINE",
        "The pipeline's id. Empty: found by the label `desk setup` gave.",
        read_text,
        "",
    ),
    Setting(
        "CRM_STAGES",
        "The stages' ids: new=…,needs_attention=…,asked=…,replied=…,approved=…,credited=…,"
        "declined=…,withdrawn=…. Empty: found by the labels `desk setup` gave.",
        read_stages,
        "",
    ),
    Setting(
        "CREDITS_API_URL",
        "The credits platform (docs/credits-api.yaml). Empty: the ledger in our own database.",
        read_optional_url,
        "",
    ),
    Setting("CREDITS_API_TOKEN", "The token for it.", read_text, "", secret=True),
    Setting("CREDITS_MAX", "The most credits one request may add.", whole_number(1, 100_000), "20"),
    Setting(
        "GRANT_DELAY_SECONDS",
        "The undo window between Approved and the credits, in seconds.",
        whole_number(0, 604_800),
        "300",
    ),
    Setting(
        "SMALL_GROUP_ASK",
        "An organisation with fewer Wellbeing Hub members than this is not asked about one person, "
        "and totals are told of no fewer clients than this.",
        whole_number(1, 100_000),
        "5",
    ),
    Setting(
        "SMALL_GROUP_REASON",
        "An organisation with fewer members than this, or an unknown number, is told no reason.",
        whole_number(1, 100_000),
        "10",
    ),
    Setting(
        "RESIDUE_DELAY_SECONDS",
        "How long HubSpot's copy of an answer stays on the professional's contact, in seconds, so "
        "that the workflow can read it. Then it is blanked.",
        whole_number(0, 86_400),
        "120",
    ),
    Setting(
        "REPLIES",
        "What becomes of organisations' replies: propose (the card moves, with what they seem to "
        "say), file (the card moves), or off.",
        one_of("propose", "file", "off"),
        "propose",
    ),
    Setting(
        "SEND_LETTER",
        "Whether moving a card to Asked organisation sends the letter: thread (into its thread in "
        "the shared inbox, where there is one, after the undo window), or off (staff send it).",
        one_of("off", "thread"),
        "off",
    ),
    Setting(
        "LETTER_LANGUAGE",
        "The language of the letter to an organisation of which none is known: is, en, da, sv, nb.",
        one_of("is", "en", "da", "sv", "nb"),
        "en",
    ),
    Setting(
        "REASON_ON_TICKET",
        "What staff read of the reason: redacted (what could identify somebody is cut; what may "
        "still point to somebody waits for a person), reviewed (all of it waits), or never.",
        one_of("redacted", "reviewed", "never"),
        "never",
    ),
    Setting(
        "SMTP_URL",
        "The mail server: smtp://, smtps:// or smtp+starttls://. Empty: no mail is sent.",
        read_smtp_url,
        "",
        example="smtp+starttls://user:password@mail.example.org:587",
        secret=True,
    ),
    Setting(
        "MAIL_FROM",
        "The sender of mails to professionals. Needed where SMTP_URL is set.",
        read_optional_address,
        "",
        example="Credits Desk <credits@example.org>",
    ),
    Setting(
        "CANARY_DOMAIN",
        "The domain of the invented addresses of `desk canary`. The default is reserved for "
        "examples: nobody gets mail there.",
        read_domain,
        "canary.example.org",
    ),
    Setting(
        "STAFF_EMAILS",
        "Who gets a mail a week before old data is erased; several, separated by commas. Empty: "
        "nobody is told, `desk retention` shows it, and it is erased all the same.",
        read_addresses,
        "",
    ),
    Setting(
        "RETENTION_DAYS",
        "How long what identifies people is kept after a request was closed, in days. Fewer than "
        "365 and a standing rule does not know what a client got of it earlier in the year.",
        whole_number(1, 36_500),
        "365",
    ),
)


def env_example() -> str:
    """The text of ``.env.example``."""
    heading = (
        "# The settings of Credits Desk. Written from settings.py by `make env-example`.\n"
        "# Those without “Default” are needed.\n"
        "# Any secret may be given as NAME_FILE=/path/to/a/file instead.\n"
    )
    blocks = [heading]
    for setting in SETTINGS:
        default = "" if setting.default is None else f" Default: {setting.default or 'empty'}."
        lines = textwrap.wrap(setting.meaning + default, 96)
        if setting.example:
            lines.append(f"For example {setting.example}")
        comment = "\n".join(f"# {line}" for line in lines)
        blocks.append(f"{comment}\n{setting.name}={setting.default or ''}\n")
    return "\n".join(blocks)
