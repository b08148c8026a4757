"""The figures of the README: start, submission to ticket, memory. Run by ``make figures``.

Everything runs on this machine, the sandbox as HubSpot, with as much work as a quiet day has: one
submission at a time.
"""

import json
import statistics
import tempfile
import time
from pathlib import Path

import requests

from sandbox.crm.object_types import TICKET
from tests.running import RunningService, free_port, make_settings, running_service, start, until

SUBMISSIONS = 50


def main() -> None:
    """Measure, and print as JSON. Times are in seconds, memory in megabytes of 10^6 bytes."""
    with tempfile.TemporaryDirectory() as folder, running_service(Path(folder)) as service:
        waits = [_submission_to_ticket(service, number) for number in range(SUBMISSIONS)]
        figures = {
            "submissions": SUBMISSIONS,
            "submission_to_ticket_median": round(statistics.median(waits), 3),
            "submission_to_ticket_longest": round(max(waits), 3),
            "memory_all_processes": round(_memory(service.process.pid) / 1e6),
            "start_to_first_answer": round(_start_again(service), 2),
        }
    print(json.dumps(figures, indent=2))


def _submission_to_ticket(service: RunningService, number: int) -> float:
    fields = {
        "client_email": f"client{number}@example.is",
        "employer_or_wellbeing_hub": "Marel hf.",
        "email": "anna@clinic.example.is",
    }
    sandbox = service.sandbox
    already = len(sandbox.hubspot.live(TICKET))
    begun = time.monotonic()
    requests.post(f"{sandbox.url}/_sandbox/submit", json=fields, timeout=10).raise_for_status()
    until(lambda: len(sandbox.hubspot.live(TICKET)) > already)
    return time.monotonic() - begun


def _memory(pid: int) -> int:
    """Proportional resident memory of a process and its children, in bytes."""
    total = 0
    for one in [pid, *_children(pid)]:
        for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) * 1024
    return total


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]


def _start_again(service: RunningService) -> float:
    """How long a second start takes, with a database to be made."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        settings = {**service.environment, **make_settings(Path(folder), port, service.sandbox)}
        settings["SEALING_KEYSET_FILE"] = service.environment["SEALING_KEYSET_FILE"]
        begun = time.monotonic()
        with start(Path(folder), settings, port):
            return time.monotonic() - begun


if __name__ == "__main__":
    main()
