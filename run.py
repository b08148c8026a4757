"""Try Credits Desk on this machine: the service, and the sandbox that stands for everything else.

Started by ``make run``. Everything is made anew in ``data/tryout`` each time, with invented keys.
"""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TextIO

from settings import SETTINGS

_HERE = Path(__file__).parent
_DATA = _HERE / "data" / "tryout"
_PATIENCE = 30.0
#: Everything is on this machine, so no proxy has a part in it.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_NO_PROXY = dict.fromkeys(("NO_PROXY", "no_proxy"), "127.0.0.1,localhost")


def main() -> int:
    """Start both, print where to look, and stop both on Ctrl-C. Only one may run at a time."""
    signal.signal(signal.SIGTERM, _stop)
    with _only_one() as lock:
        return _run(lock)


def _run(lock: TextIO) -> int:
    shutil.rmtree(_DATA, ignore_errors=True)
    _DATA.mkdir(parents=True)
    service, sandbox, smtp = (_free_port(port) for port in (8000, 8001, 2525))
    environment = _environment(_settings(service, sandbox, smtp))
    _desk(environment, "keys", "new", environment["SEALING_KEYSET_FILE"])
    children: list[subprocess.Popen[bytes]] = []
    try:
        children.append(_start_sandbox(environment, service, sandbox, smtp))
        _wait_for(f"http://127.0.0.1:{sandbox}/", children)
        _desk(environment, "setup")
        children.append(_start_service(environment, service))
        _wait_for(f"http://127.0.0.1:{service}/health", children)
        _print_addresses(service, sandbox)
        print(f"http://127.0.0.1:{sandbox}/", file=lock, flush=True)
        return _watch(children)
    except KeyboardInterrupt:
        print("\nStopping.")  # noqa: T201
        return 0
    finally:
        _end(children)


@contextmanager
def _only_one() -> Iterator[TextIO]:
    """Hold the lock file, which is to tell others where to look. Ends all where somebody has it."""
    _DATA.parent.mkdir(parents=True, exist_ok=True)
    with _DATA.with_suffix(".lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            where = lock.read().strip() or "it is just starting"
            raise SystemExit(f"Credits Desk is already running: {where}") from None
        lock.truncate(0)
        yield lock


def _environment(settings: Mapping[str, str]) -> Mapping[str, str]:
    """These settings and nobody else's: the operator's real ones may be in ours."""
    foreign = {name for known in SETTINGS for name in (known.name, f"{known.name}_FILE")}
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return {**kept, **_NO_PROXY, **settings}


def _settings(service: int, sandbox: int, smtp: int) -> Mapping[str, str]:
    """The settings of a try-out; the sandbox's own are the same."""
    return {
        "PUBLIC_BASE_URL": f"http://127.0.0.1:{service}",
        "DATABASE_URL": f"sqlite:///{_DATA / 'desk.db'}",
        "SEALING_KEYSET_FILE": str(_DATA / "keyset.json"),
        "HUBSPOT_BASE_URL": f"http://127.0.0.1:{sandbox}",
        "HUBSPOT_FORMS_URL": f"http://127.0.0.1:{sandbox}",
        "HUBSPOT_ACCESS_TOKEN": "sandbox-access-token",
        "HUBSPOT_CLIENT_SECRETS": "sandbox-client-secret",
        "HUBSPOT_APP_ID": "54321",
        "HUBSPOT_FORM_URL": "https://share.hsforms.com/2KTSxK6iFSt2OgoIai4M4jQ2uw42",
        "FORM_FIELDS": (
            "client_email=client_email,organisation=employer_or_wellbeing_hub,"
            "professional_email=email,reason=additional_information"
        ),
        "CREDITS_API_URL": f"http://127.0.0.1:{sandbox}/credits",
        "CREDITS_API_TOKEN": "sandbox-credits-token",
        "GRANT_DELAY_SECONDS": "5",
        "SMTP_URL": f"smtp://127.0.0.1:{smtp}",
        "MAIL_FROM": "Credits Desk <credits@example.org>",
    }


def _start_sandbox(
    environment: Mapping[str, str], service: int, sandbox: int, smtp: int
) -> subprocess.Popen[bytes]:
    return _start(
        "sandbox",
        environment,
        *("-m", "sandbox", "--port", str(sandbox), "--smtp-port", str(smtp)),
        *("--service-url", f"http://127.0.0.1:{service}"),
    )


def _start_service(environment: Mapping[str, str], port: int) -> subprocess.Popen[bytes]:
    return _start(
        "service",
        environment,
        *("-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "16"),
        *("--host", "127.0.0.1", "--port", str(port), "wsgi:app"),
    )


def _start(name: str, environment: Mapping[str, str], *arguments: str) -> subprocess.Popen[bytes]:
    """Start a Python process in a session of its own, so that Ctrl-C reaches only us."""
    with (_DATA / f"{name}.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, *arguments],
            cwd=_HERE,
            env=dict(environment),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _desk(environment: Mapping[str, str], *arguments: str) -> None:
    """Run one of the operators' commands. Ends everything, with its words, if it fails."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "flask", "--app", "wsgi", "desk", *arguments],
        cwd=_HERE,
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"`desk {' '.join(arguments)}` failed:\n{done.stdout}{done.stderr}")


def _free_port(wanted: int) -> int:
    """The port we want, or any other if somebody has it."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise SystemExit("No port is free on 127.0.0.1.")


def _wait_for(url: str, children: list[subprocess.Popen[bytes]]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        _check_alive(children)
        try:
            _OPENER.open(url, timeout=1).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"{url} did not answer in {_PATIENCE:.0f} s; see the logs in {_DATA}.")


def _check_alive(children: list[subprocess.Popen[bytes]]) -> None:
    for name, child in zip(("sandbox", "service"), children, strict=False):
        if child.poll() is not None:
            log = _DATA / f"{name}.log"
            last = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
            raise SystemExit(f"The {name} has ended by itself. The end of {log}:\n{last}")


def _print_addresses(service: int, sandbox: int) -> None:
    at = f"http://127.0.0.1:{sandbox}"
    print(  # noqa: T201
        f"""
Credits Desk is running. Open, in this order:

  1. {at}/form      the hosted form, as a professional
  2. {at}/board     the pipeline in the CRM, as staff: fill in credits, drag to Approved
  3. {at}/organisation   the mail of the organisations: answer as they would
  4. {at}/credits   the credits platform: the balance rises once, after 5 s of undo
  5. {at}/mailbox   the mails the professional gets

The service itself: http://127.0.0.1:{service}/health
Logs and database:  {os.path.relpath(_DATA)}
Ctrl-C stops everything.
""",
        flush=True,
    )


def _watch(children: list[subprocess.Popen[bytes]]) -> int:
    while True:
        _check_alive(children)
        time.sleep(0.5)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    """End them, the service first, so that it can still reach the sandbox."""
    for child in reversed(children):
        child.terminate()
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
