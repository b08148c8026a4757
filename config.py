"""The settings: read once from the environment, typed, and refused loudly when they make no sense.

:data:`settings.SETTINGS` is the one table of them. Any secret may also
be given as ``NAME_FILE``, the path of a file that holds it; such a file is read again when it has
changed, so that a secret can be changed while the service runs.
"""

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casework.form_fields import FormFields
from casework.languages import Language
from casework.read_replies import ReplyPolicy
from casework.send_letter import LetterPolicy
from casework.stages import Stage
from casework.tell_reason import ReasonPolicy
from integrations.hubspot.share_link import read_share_link
from setting_readers import DatabaseAddress
from settings import SETTINGS, Setting

log = logging.getLogger(__name__)


class BadSettings(Exception):
    """Some settings are missing or malformed. The message lists all of them, and no value."""


Secret = Callable[[], str]


@dataclass(frozen=True)
class Config:
    """All settings. Secrets are callables, so that no ``repr`` shows one. Delays are in ms."""

    public_base_url: str
    database: Callable[[], DatabaseAddress]
    run_worker: bool
    keyset: Secret
    secret_key: Secret
    hubspot_base_url: str
    hubspot_forms_url: str
    hubspot_access_token: Secret
    hubspot_client_secrets: Callable[[], tuple[str, ...]]
    hubspot_portal_id: str
    hubspot_app_id: str
    hubspot_sender_user: str
    hubspot_form_id: str
    hubspot_signatures: frozenset[str]
    form_fields: FormFields
    crm_object: str
    crm_pipeline: str
    crm_stages: Mapping[Stage, str]
    credits_api_url: str
    credits_api_token: Secret
    credits_max: int
    grant_delay: int
    small_group_ask: int
    small_group_reason: int
    residue_delay: int
    replies: ReplyPolicy
    send_letter: LetterPolicy
    letter_language: Language
    reason_on_ticket: ReasonPolicy
    smtp_url: Secret | None
    mail_from: str
    canary_domain: str
    staff_emails: tuple[str, ...]
    retention_days: int

    @property
    def keyset_file(self) -> Path | None:
        """Where the keys are, unless they are in the environment."""
        return self.keyset.path if isinstance(self.keyset, SecretFile) else None


def read_config(environment: Mapping[str, str] | None = None) -> Config:
    """Read all settings. Raises :class:`BadSettings`, which lists everything that is wrong."""
    source = os.environ if environment is None else environment
    wrong: list[str] = []
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        try:
            values[setting.name] = _read_setting(setting, source)
        except (ValueError, OSError) as error:
            wrong.append(f"{setting.name} {_in_words(error)}. {setting.meaning}")
    wrong += _fill_in_form(values) + _missing_companions(values)
    if wrong:
        lines = "\n".join(f"  - {line}" for line in wrong)
        raise BadSettings(f"{len(wrong)} setting(s) to mend (see .env.example):\n{lines}")
    return _config(values)


def _read_setting(setting: Setting, source: Mapping[str, str]) -> Any:
    """The value; for a secret, a callable that gives it. Raises ValueError or OSError."""
    file = source.get(f"{setting.name}_FILE") if setting.secret else None
    if file:
        secret = SecretFile(Path(file), setting.read)
        secret()
        return secret
    text = source.get(setting.name, "").strip() or setting.default
    if text is None:
        raise ValueError("is missing")
    value = setting.read(text)
    return (lambda: value) if setting.secret else value


def _in_words(error: ValueError | OSError) -> str:
    if isinstance(error, OSError):
        return f"names a file that cannot be read ({error.strerror})"
    return str(error)


class SecretFile:
    """A secret in a file, read again when the file has changed.

    While the file is away or makes no sense, the last good value holds.
    """

    def __init__(self, path: Path, read: Callable[[str], Any]) -> None:
        self.path, self._read = path, read
        # When it was read and what it said, in one: several threads may be at it.
        self._last: tuple[tuple[int, int, int], Any] | None = None

    def __call__(self) -> Any:
        """The secret. Raises OSError or ValueError if it could never be read."""
        try:
            stat = self.path.stat()
            seen = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if self._last is None or seen != self._last[0]:
                self._last = seen, self._read(_text_of(self.path))
        except (OSError, ValueError):
            if self._last is None:
                raise
        return self._last[1]


def _text_of(path: Path) -> str:
    """What a secret's file says. An empty one is being written, or was never filled in."""
    try:
        text = path.read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:  # its message quotes what it could not decode
        raise ValueError("names a file that is not text") from None
    if not text:
        raise ValueError("names a file that is empty")
    return text


def _fill_in_form(values: dict[str, Any]) -> list[str]:
    """Account and form, from the share link where there is one. Returns what is wrong."""
    if values.get("HUBSPOT_FORM_URL"):
        try:
            portal_id, form_id = read_share_link(values["HUBSPOT_FORM_URL"])
        except ValueError as error:
            return [str(error)]
        for name, told in (("HUBSPOT_PORTAL_ID", portal_id), ("HUBSPOT_FORM_ID", form_id)):
            if values.get(name, told) not in ("", told):
                log.warning("%s differs from what HUBSPOT_FORM_URL says, and is used", name)
            values[name] = values.get(name) or told
    if values.get("HUBSPOT_FORM_ID") == "":
        return ["HUBSPOT_FORM_ID is missing, and there is no HUBSPOT_FORM_URL to tell it."]
    return []


def _missing_companions(values: dict[str, Any]) -> list[str]:
    wrong = []
    if "SMTP_URL" in values and values["SMTP_URL"]() and not values.get("MAIL_FROM"):
        wrong.append("MAIL_FROM is missing, and is needed because SMTP_URL is set.")
    token = values.get("CREDITS_API_TOKEN")
    if values.get("CREDITS_API_URL") and token and not token():
        wrong.append("CREDITS_API_TOKEN is missing, and is needed because CREDITS_API_URL is set.")
    if values.get("CRM_STAGES") and not values.get("CRM_PIPELINE"):
        wrong.append("CRM_PIPELINE is missing, and is needed because CRM_STAGES is set.")
    return wrong


def find_setting(name: str) -> Any:
    """One setting of the environment by itself; nothing where it is missing or malformed."""
    (setting,) = (each for each in SETTINGS if each.name == name)
    try:
        return _read_setting(setting, os.environ)
    except (ValueError, OSError):
        return None


def _config(values: Mapping[str, Any]) -> Config:
    return Config(
        public_base_url=values["PUBLIC_BASE_URL"],
        database=values["DATABASE_URL"],
        run_worker=values["RUN_WORKER"] == "yes",
        keyset=values["SEALING_KEYSET"],
        secret_key=values["SECRET_KEY"],
        hubspot_base_url=values["HUBSPOT_BASE_URL"],
        hubspot_forms_url=values["HUBSPOT_FORMS_URL"],
        hubspot_access_token=values["HUBSPOT_ACCESS_TOKEN"],
        hubspot_client_secrets=values["HUBSPOT_CLIENT_SECRETS"],
        hubspot_portal_id=values["HUBSPOT_PORTAL_ID"],
        hubspot_app_id=values["HUBSPOT_APP_ID"],
        hubspot_sender_user=values["HUBSPOT_SENDER_USER"],
        hubspot_form_id=values["HUBSPOT_FORM_ID"],
        hubspot_signatures=values["HUBSPOT_SIGNATURES"],
        form_fields=values["FORM_FIELDS"],
        crm_object=values["CRM_OBJECT"],
        crm_pipeline=values["CRM_PIPELINE"],
        crm_stages=values["CRM_STAGES"],
        credits_api_url=values["CREDITS_API_URL"],
        credits_api_token=values["CREDITS_API_TOKEN"],
        credits_max=values["CREDITS_MAX"],
        grant_delay=values["GRANT_DELAY_SECONDS"] * 1000,
        residue_delay=values["RESIDUE_DELAY_SECONDS"] * 1000,
        small_group_ask=values["SMALL_GROUP_ASK"],
        small_group_reason=values["SMALL_GROUP_REASON"],
        replies=ReplyPolicy(values["REPLIES"]),
        send_letter=LetterPolicy(values["SEND_LETTER"]),
        letter_language=Language(values["LETTER_LANGUAGE"]),
        reason_on_ticket=ReasonPolicy(values["REASON_ON_TICKET"]),
        smtp_url=values["SMTP_URL"] if values["SMTP_URL"]() else None,
        mail_from=values["MAIL_FROM"],
        canary_domain=values["CANARY_DOMAIN"],
        staff_emails=values["STAFF_EMAILS"],
        retention_days=values["RETENTION_DAYS"],
    )
