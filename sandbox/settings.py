"""What can be set on the sandbox, with its environment names."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields

FORM_GUID = "2934b12b-a885-4add-8e82-821a8b83388d"


@dataclass
class SandboxSettings:
    """Every switch of the sandbox. Names that end in ``_ms`` are milliseconds.

    A running sandbox reads its settings afresh at each use, so a test may change one mid-way.
    """

    host: str = "127.0.0.1"
    port: int = 0
    """0 picks a free port."""
    smtp_port: int = 0
    service_url: str = "http://127.0.0.1:8000"
    """Where deliveries are posted."""
    public_service_url: str = ""
    """What the signature covers, when the service knows itself by another address."""

    portal_id: int = 4800530
    app_id: int = 54321
    form_guid: str = FORM_GUID
    access_token: str = "sandbox-access-token"
    client_secrets: tuple[str, ...] = ("sandbox-client-secret",)
    """Deliveries are signed with the first."""
    credits_token: str = "sandbox-credits-token"

    rate_limit: int = 190
    rate_window_ms: int = 10_000
    search_limit: int = 5
    search_window_ms: int = 1_000
    search_lag_ms: int = 1_000
    submissions_lag_ms: int = 0

    minute_ms: int = 5_000
    """How long a minute of HubSpot's retry schedules takes here."""
    workflow_delay_ms: int = 0
    workflow_payload: str = "customised"
    """``customised`` (flat) or ``contact`` (all contact properties)."""
    batch_wait_ms: int = 50
    generic_events: bool = False
    """Send ``object.propertyChange`` instead of ``ticket.propertyChange``."""
    record_events: bool = False
    """Send creation, deletion, merge and restore events of tickets and deals as well, and the
    deletions of contacts."""
    subscriptions: tuple[str, ...] = (
        *("hs_pipeline_stage", "hs_pipeline", "subject", "content"),
        *("dealstage", "pipeline", "dealname", "description"),
        "credits_to_grant",
    )
    """Properties of tickets and deals whose changes are announced."""
    events: tuple[str, ...] = (
        *("ticket.associationChange", "deal.associationChange"),
        *("conversation.newMessage", "email.creation"),
    )
    """What else is announced, as ``<kind>.<what happens>``. Where HubSpot has no event under the
    kind's own name, the generic one is sent: ``email.creation`` as ``object.creation``."""
    longest_message: int = 10_000
    """Characters of a thread's message before it is cut; HubSpot does not tell its own."""
    in_flight: int = 10
    seed: int = field(default=1)
    """Of the random numbers behind faults that have a probability."""

    @property
    def signed_url(self) -> str:
        """The service's address as it stands in signatures."""
        return (self.public_service_url or self.service_url).rstrip("/")


def settings_from_environment() -> SandboxSettings:
    """Settings from ``SANDBOX_<NAME>`` variables; what is not given keeps its default."""
    settings = SandboxSettings(port=8001, smtp_port=2525)
    for one in fields(SandboxSettings):
        given = os.environ.get(f"SANDBOX_{one.name.upper()}")
        if given is not None:
            change_setting(settings, one.name, given)
    return settings


def change_setting(settings: SandboxSettings, name: str, given: object) -> None:
    """Set one setting from text or JSON.

    Raises:
        ValueError: there is no such setting, or the value does not fit it.

    """
    if name not in {one.name for one in fields(SandboxSettings)}:
        raise ValueError(f"there is no setting {name}")
    setattr(settings, name, _fitted(getattr(settings, name), given))


def _fitted(present: object, given: object) -> object:
    if isinstance(present, bool):
        return str(given).lower() in {"1", "true", "yes", "on"}
    if isinstance(present, int):
        return int(str(given))
    if isinstance(present, tuple):
        parts = given if isinstance(given, list) else str(given).split(",")
        return tuple(str(part).strip() for part in parts)
    return str(given)
