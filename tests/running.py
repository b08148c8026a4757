"""The whole service as an operator starts it: a server of its own, settings in the environment."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sandbox.server import Sandbox, start_sandbox
from sandbox.settings import SandboxSettings

T = TypeVar("T")

HERE = Path(__file__).parent.parent

SERVERS = {
    "granian": "granian --interface wsgi --workers 1 --blocking-threads 16 --host 127.0.0.1"
    " --port {port} wsgi:app",
    "gunicorn": "gunicorn --bind 127.0.0.1:{port} wsgi:app",
}


@dataclass
class RunningService:
    """A started service, and the sandbox that stands for everything around it."""

    url: str
    folder: Path
    environment: Mapping[str, str]
    sandbox: Sandbox
    process: "subprocess.Popen[bytes]"

    @property
    def log(self) -> Path:
        """What it wrote to standard output and error."""
        return self.folder / "service.log"

    def desk(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run one of the operators' commands beside the running service."""
        return run_desk(self.environment, *arguments)


def run_desk(environment: Mapping[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """``flask --app wsgi desk …``"""
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "desk", *arguments],
        cwd=HERE,
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def free_port() -> int:
    """A port that nobody has right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(look: Callable[[], T], seconds: float = 15.0) -> T:
    """Wait until ``look`` gives something true, and return it."""
    end = time.monotonic() + seconds
    while not (seen := look()):
        if time.monotonic() > end:
            raise AssertionError(f"not seen within {seconds:.0f} s")
        time.sleep(0.01)
    return seen


@contextmanager
def running_service(
    folder: Path,
    *,
    server: str = "granian",
    sandbox_settings: SandboxSettings | None = None,
    set_up: bool = True,
    prepare: Callable[[Sandbox], object] = lambda _sandbox: None,
    **settings: str,
) -> Iterator[RunningService]:
    """Start a sandbox and the service with these settings; stop both at the end.

    ``prepare`` is what staff do in HubSpot between the set-up and the first start.
    """
    port = free_port()
    around = sandbox_settings or SandboxSettings()
    around.service_url = f"http://127.0.0.1:{port}"
    around.minute_ms = 200
    with start_sandbox(around) as sandbox:
        environment = {**clean_environment(), **make_settings(folder, port, sandbox), **settings}
        done = run_desk(environment, "keys", "new", environment["SEALING_KEYSET_FILE"])
        assert done.returncode == 0, done.stderr
        if set_up:
            done = run_desk(environment, "setup")
            assert done.returncode == 0, done.stdout + done.stderr
        prepare(sandbox)
        with start(folder, environment, port, server) as process:
            yield RunningService(around.service_url, folder, environment, sandbox, process)


@contextmanager
def start(
    folder: Path, environment: Mapping[str, str], port: int, server: str = "granian"
) -> Iterator["subprocess.Popen[bytes]"]:
    """Start the service under a server and wait for its door."""
    arguments = SERVERS[server].format(port=port).split()
    with (folder / "service.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=HERE,
            env=dict(environment),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        until(lambda: _answers(f"http://127.0.0.1:{port}/health", process))
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            kill(process)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End the server and its workers at once, as a power cut would."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _answers(url: str, process: "subprocess.Popen[bytes]") -> bool:
    assert process.poll() is None, "the service has ended by itself"
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def clean_environment() -> dict[str, str]:
    """Ours without anything that could be a setting."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV")
    return {name: os.environ[name] for name in kept if name in os.environ}


def make_settings(folder: Path, port: int, sandbox: Sandbox) -> dict[str, str]:
    """The settings that go with this sandbox."""
    around = sandbox.settings
    return {
        "PUBLIC_BASE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{folder / 'desk.db'}",
        "SEALING_KEYSET_FILE": str(folder / "keyset.json"),
        "HUBSPOT_BASE_URL": sandbox.url,
        "HUBSPOT_FORMS_URL": sandbox.url,
        "HUBSPOT_ACCESS_TOKEN": around.access_token,
        "HUBSPOT_CLIENT_SECRETS": ",".join(around.client_secrets),
        "HUBSPOT_PORTAL_ID": str(around.portal_id),
        "HUBSPOT_APP_ID": str(around.app_id),
        "HUBSPOT_FORM_ID": around.form_guid,
        "FORM_FIELDS": (
            "client_email=client_email,organisation=employer_or_wellbeing_hub,"
            "professional_email=email,reason=additional_information"
        ),
        "CREDITS_API_URL": f"{sandbox.url}/credits",
        "CREDITS_API_TOKEN": around.credits_token,
        "GRANT_DELAY_SECONDS": "0",
        "SMTP_URL": f"smtp://127.0.0.1:{sandbox.smtp_port}",
        "MAIL_FROM": "Credits Desk <credits@example.org>",
    }
