"""A running sandbox, clients that do not really sleep, and a server that answers by script."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from integrations.hubspot.client import HubSpotClient
from integrations.hubspot.pace import Pace
from sandbox.server import Sandbox, start_sandbox
from tests.fakes.open_gate import OpenGate
from tests.fakes.scripted_server import Script, serve_script


@pytest.fixture(scope="session")
def running_sandbox() -> Iterator[Sandbox]:
    with start_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running_sandbox: Sandbox) -> Sandbox:
    requests.post(f"{running_sandbox.url}/_sandbox/reset", timeout=5).raise_for_status()
    return running_sandbox


@pytest.fixture
def slept() -> list[float]:
    """How long the client would have slept, in seconds."""
    return []


@pytest.fixture
def pace(slept: list[float]) -> Pace:
    time = [0.0]

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        time[0] += seconds

    return Pace(100_000, clock=lambda: time[0], sleep=sleep)


@pytest.fixture
def make_client(pace: Pace) -> Callable[[str], HubSpotClient]:
    return lambda url: HubSpotClient(
        lambda: "sandbox-access-token",
        url,
        gate=OpenGate(),
        pace=pace,
        timeouts=(1.0, 0.5),
    )


@pytest.fixture
def client(sandbox: Sandbox, make_client: Callable[[str], HubSpotClient]) -> HubSpotClient:
    return make_client(sandbox.url)


@pytest.fixture
def netrc_for_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password for 127.0.0.1 where curl and ``requests`` look for one."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))


@pytest.fixture
def script() -> Iterator[Script]:
    with serve_script() as script:
        yield script
