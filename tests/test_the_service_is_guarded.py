"""The service as it is wired: every way out has the gate, and every line of its log passes it."""

import logging
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import bootstrap
import parts
from casework.egress import Gate, GateBeforeAnything, keyed
from casework.egress_log import GuardedFormatter
from casework.identifiers import identifiers_of
from casework.request import Details
from config import read_config
from integrations.hubspot.client import HubSpotClient
from integrations.mail import SmtpMailer
from steady import wall_clock
from storage.sealing import new_keyset
from tests.storage.made_up import new_request
from tests.test_house_rules import ROOT

CLIENT, PRO = "jona.gudrun@heima.example.is", "anna@clinic.is"

SETTINGS = {
    "PUBLIC_BASE_URL": "https://credits.example.is",
    "HUBSPOT_ACCESS_TOKEN": "a-token",
    "HUBSPOT_CLIENT_SECRETS": "a-client-secret",
    "HUBSPOT_FORM_URL": "https://share.hsforms.com/2KTSxK6iFSt2OgoIai4M4jQ2uw42",
    "FORM_FIELDS": "client_email=c,organisation=o,professional_email=p",
    "SMTP_URL": "smtp://127.0.0.1:9",
    "MAIL_FROM": "desk@example.com",
}


def settings(folder: Path) -> dict[str, str]:
    keys = {"SEALING_KEYSET": new_keyset()}
    return {**SETTINGS, **keys, "DATABASE_URL": f"sqlite:///{folder / 'desk.db'}"}


def test_the_service_makes_no_way_out_without_its_gate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gates: list[object] = []
    for kind in (HubSpotClient, SmtpMailer):
        made = kind.__init__

        def remember(self: object, *args: Any, made: Any = made, **more: Any) -> None:
            gates.append(more["gate"])
            made(self, *args, **more)

        monkeypatch.setattr(kind, "__init__", remember)
    service = bootstrap.make_service(read_config(settings(tmp_path)), works=True)
    try:
        assert len(gates) == 2
        assert gates[0] is gates[1]
        assert isinstance(gates[0], Gate)
        assert not isinstance(gates[0], GateBeforeAnything)
        assert not gates[0]._apart_from
        assert gates[0]._store is service.store
    finally:
        service.store.close()


IN_A_SERVICE = """
import logging
from tests.test_the_service_is_guarded import log_by_everybody, service_with_one_request

service = service_with_one_request()
log_by_everybody()
service.store.close()
"""


def service_with_one_request() -> bootstrap.Service:
    """As the service starts, with a handler that a server brought along before it."""
    early = logging.getLogger("granian.access")
    early.propagate = False
    early.addHandler(logging.StreamHandler())
    bootstrap.open_log(logging.INFO)
    assert not logging.raiseExceptions
    service = bootstrap.make_service(read_config(), works=True)
    assert service.desk._client._api
    details = Details(CLIENT, PRO, "")
    identifiers = keyed(service.sealer, identifiers_of(details.identity, "Marel hf."))
    new = replace(new_request("CR-1", details=details), identifiers=identifiers)
    service.store.write(lambda records: records.requests.add(new, wall_clock()))
    return service


def log_by_everybody() -> None:
    """Every logger there is, and one that only appears later, says it in every way."""
    names = ["", "urllib3.connectionpool", "hubspot", "hubspot.crm.objects", "made.later"]
    for name in [*names, *logging.Logger.manager.loggerDict]:
        logger = logging.getLogger(name)
        logger.warning("said of a client: %s", CLIENT)
        logger.error("and nothing of %s", name)
        logger.error("half a character: %s \ud83d", CLIENT)
        logger.error("too few: %s %s", CLIENT)  # noqa: PLE1206 - it is meant to fail
        try:
            int("jona gudrun")
        except ValueError:
            logger.exception("failed")


def test_no_logger_of_a_started_service_writes_who_the_client_is(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", IN_A_SERVICE],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **settings(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "gudrun" not in done.stderr.lower() + done.stdout.lower()
    for name in ("urllib3.connectionpool", "hubspot.crm.objects", "made.later", "granian.access"):
        assert f"and nothing of {name}" in done.stderr


def test_every_handler_of_the_service_is_guarded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    monkeypatch.setattr(logging, "raiseExceptions", logging.raiseExceptions)
    bootstrap.open_log(logging.WARNING)
    store, sealer = parts.open_store(read_config(settings(tmp_path)))
    gate = parts.make_gate(store, sealer)
    try:
        for handler in (*root.handlers, logging.lastResort):
            assert handler
            assert isinstance(handler.formatter, GuardedFormatter)
            assert handler.formatter._gate is gate
        assert root.handlers
    finally:
        store.close()
        monkeypatch.setattr(logging, "lastResort", None)
