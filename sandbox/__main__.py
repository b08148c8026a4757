"""``python -m sandbox``: start and say where everything is."""

from __future__ import annotations

import argparse
import signal
import threading
from dataclasses import fields

from sandbox.server import start_sandbox
from sandbox.settings import SandboxSettings, change_setting, settings_from_environment


def main() -> None:
    """Run until interrupted."""
    settings = settings_from_environment()
    for name, given in vars(_read_arguments()).items():
        if given is not None:
            change_setting(settings, name, given)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with start_sandbox(settings) as sandbox:
        print(f"Sandbox on {sandbox.url}, mail on port {sandbox.smtp_port}", flush=True)
        for page in ("form", "board", "organisation", "mailbox", "credits"):
            print(f"  {sandbox.url}/{page}", flush=True)
        print(f"Deliveries go to {settings.service_url}", flush=True)
        stopped.wait()


def _read_arguments() -> argparse.Namespace:
    """Every setting is an option; its default is in the environment or in the settings."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    for one in fields(SandboxSettings):
        option = f"--{one.name.replace('_', '-')}"
        parser.add_argument(option, help=f"environment: SANDBOX_{one.name.upper()}")
    return parser.parse_args()


if __name__ == "__main__":
    main()
